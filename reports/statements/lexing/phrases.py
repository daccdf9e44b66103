"""Phrases of a dictionary found in a text: whole words, small slips of spelling allowed.

A phrase is compared folded first and then letter by letter with its marks: a short word has to be
spelt as the dictionary spells it (``ước`` is not ``được``, ``hộ`` not ``hồ``), a long phrase may
differ in two letters or have no marks at all, as scans and hasty writers leave it.

The dictionaries are the TOML files of ``data/grammar``, tables of keys with their phrases; what is
wrong in one is told with its file, table and key.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from geo.paths import DATA
from geo.text import fold_text, normalise_spelling
from reports.model.errors import GrammarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CAPITALS: Final = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Capital letters, for the inside of a character class: no range of Unicode holds them alone."""
_LONG: Final = 9
"""Letters from which a phrase may differ from the dictionary in ``_SLIPS`` letters."""
_SLIPS: Final = 2
_GAP: Final = r"[^,;:()]{0,30}?"


@dataclass(frozen=True)
class PhraseMatch:
    """A phrase of a dictionary where it stands; ``key`` is what the dictionary files it under."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class _Pattern:
    """A phrase ready to be found: its first word, its folded form, how its parts are spelt."""

    first: str
    pattern: re.Pattern[str]
    parts: tuple[str, ...]
    key: str


class PhraseBook:
    """Phrases by key, found in texts; ``…`` in a phrase stands for a few words between."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._patterns = [_make_pattern(key, phrase) for key, phrase in phrases]

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[PhraseMatch]:
        """Yield the phrases within ``text[start:end]``, longer ones before those inside them.

        Of two that stand in the same place the better spelt one is meant.
        """
        stop = len(text) if end is None else end
        folded = _fold(text)
        if len(folded) != len(text):
            return
        part = folded if stop - start == len(folded) else folded[start:stop]
        found: list[tuple[int, int, int, str]] = []
        for phrase in self._patterns:
            if phrase.first not in part:
                continue
            for match in phrase.pattern.finditer(folded, start, stop):
                slips = _count_slips(text, match, phrase.parts)
                if slips is not None:
                    found.append((match.start(), -match.end(), slips, phrase.key))
        found.sort(key=lambda row: row[:3])
        reach = -1
        for begin, negative_end, _, key in found:
            if -negative_end > reach:
                yield PhraseMatch(key, begin, -negative_end)
                reach = -negative_end

    def has(self, text: str) -> bool:
        """Return True if any of the phrases stands in the text."""
        return next(self.find(text), None) is not None


@lru_cache(maxsize=64)
def _fold(text: str) -> str:
    """Return a folded text; the same sentence is asked for many dictionaries in a row."""
    return fold_text(text)


def _make_pattern(key: str, phrase: str) -> _Pattern:
    parts = tuple(normalise_spelling(part).lower() for part in phrase.split("…"))
    folded = [re.escape(fold_text(part)).replace(r"\ ", r"\s+") for part in parts]
    body = _GAP.join(f"({part})" for part in folded)
    first = fold_text(parts[0]).split()[0]
    return _Pattern(first, re.compile(rf"(?<!\w){body}(?!\w)"), parts, key)


def _count_slips(text: str, match: re.Match[str], parts: tuple[str, ...]) -> int | None:
    """Return in how many letters words differ from a phrase, ``None`` where they are others."""
    slips = 0
    for number, part in enumerate(parts, 1):
        words = text[match.start(number) : match.end(number)]
        if not is_spelt(words, part):
            return None
        plain = " ".join(words.lower().split())
        slips += sum(a != b for a, b in zip(plain, part, strict=False))
    return slips


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text as long, with dots for what is told already."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "·" * (end - start)
    return "".join(letters)


def is_spelt(words: str, phrase: str) -> bool:
    """Return True if words that are a phrase when folded may be it with their marks."""
    plain = " ".join(words.lower().split())
    if plain == phrase or plain.isascii():
        return plain == phrase or len(phrase) >= _LONG or phrase.isascii()
    if len(plain) != len(phrase) or len(phrase) < _LONG:
        return False
    return sum(a != b for a, b in zip(plain, phrase, strict=True)) <= _SLIPS


@cache
def load_grammar(name: str) -> dict[str, Any]:
    """Return a dictionary of ``data/grammar``: tables of keys with their phrases.

    Raises ``GrammarError``, which names the file, the table and the key, where it is none.
    """
    file = f"{name}.toml"
    try:
        tables = tomllib.loads((DATA / "grammar" / file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise GrammarError(t("statements.grammar.unreadable", file=file, why=error)) from error
    check_grammar(file, tables)
    return tables


def check_grammar(file: str, tables: dict[str, Any]) -> None:
    """Raise ``GrammarError`` for what is no table of keys with lists of phrases."""
    for table, entries in tables.items():
        if not isinstance(entries, dict):
            raise GrammarError(t("statements.grammar.no_table", file=file, table=table))
        for key, phrases in entries.items():
            where = {"file": file, "table": table, "key": key}
            if not isinstance(phrases, list) or not phrases:
                raise GrammarError(t("statements.grammar.no_list", **where))
            for phrase in phrases:
                if not isinstance(phrase, str) or not all(map(str.strip, phrase.split("…"))):
                    raise GrammarError(t("statements.grammar.no_phrase", **where, phrase=phrase))


def find_clash(entries: dict[str, list[str]]) -> tuple[str, str, str] | None:
    """Return two keys and the phrase that both have, for nothing tells which one is meant."""
    keys: dict[str, str] = {}
    for key, phrases in entries.items():
        for phrase in phrases:
            first = keys.setdefault(normalise_spelling(phrase).lower(), key)
            if first != key:
                return first, key, phrase
    return None


@cache
def load_phrases(name: str, table: str) -> PhraseBook:
    """Return the phrases of one table of a dictionary: keys with their lists of phrases.

    Raises ``GrammarError`` where two keys have the same phrase.
    """
    entries: dict[str, list[str]] = load_grammar(name)[table]
    clash = find_clash(entries)
    if clash is not None:
        where = dict(zip(("first", "key", "phrase"), clash, strict=True))
        raise GrammarError(t("statements.grammar.clash", file=f"{name}.toml", table=table, **where))
    return PhraseBook((key, phrase) for key, phrases in entries.items() for phrase in phrases)
