"""Phrases of a dictionary found in a text: whole words, small slips of spelling allowed.

A phrase is compared folded first and then letter by letter with its marks: a short word has to be
spelt as the dictionary spells it (``ước`` is not ``được``, ``hộ`` not ``hồ``), a long phrase may
differ in two letters or have no marks at all, as scans and hasty writers leave it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from geo.paths import DATA
from geo.text import fold_text, normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


class PhraseBook:
    """Phrases by key, found in texts; ``…`` in a phrase stands for a few words between."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._patterns: list[tuple[re.Pattern[str], str, str, str]] = []
        for key, phrase in phrases:
            words = normalise_spelling(phrase).lower()
            body = _GAP.join(re.escape(fold_text(part.strip())) for part in words.split("…"))
            body = body.replace(r"\ ", r"\s+")
            # The longest word is looked for first: most phrases are not there, and that is quick.
            word = max(fold_text(words).replace("…", " ").split(), key=len)
            self._patterns.append((re.compile(rf"(?<!\w){body}(?!\w)"), word, words, key))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[PhraseMatch]:
        """Yield the phrases within ``text[start:end]``, longer ones before those inside them."""
        stop = len(text) if end is None else end
        folded = fold_text(text)
        if len(folded) != len(text):
            return
        found = [
            PhraseMatch(key, match.start(), match.end())
            for pattern, word, words, key in self._patterns
            if folded.find(word, start, stop) >= 0
            for match in pattern.finditer(folded, start, stop)
            if is_spelt(text[match.start() : match.end()], words)
        ]
        found.sort(key=lambda match: (match.start, -match.end))
        reach = -1
        for match in found:
            if match.end > reach:
                yield match
                reach = match.end

    def has(self, text: str) -> bool:
        """Return True if any of the phrases stands in the text."""
        return next(self.find(text), None) is not None


def is_spelt(words: str, phrase: str) -> bool:
    """Return True if words that are a phrase when folded may be it with their marks."""
    if "…" in phrase:
        return True
    plain = " ".join(words.lower().split())
    if plain == phrase or plain.isascii():
        return plain == phrase or len(phrase) >= _LONG or phrase.isascii()
    if len(plain) != len(phrase) or len(phrase) < _LONG:
        return False
    return sum(a != b for a, b in zip(plain, phrase, strict=True)) <= _SLIPS


@cache
def load_grammar(name: str) -> dict[str, Any]:
    """Return a dictionary of ``data/grammar``: its TOML file as plain data."""
    return tomllib.loads((DATA / "grammar" / f"{name}.toml").read_text("utf-8"))


@cache
def load_phrases(name: str, table: str) -> PhraseBook:
    """Return the phrases of one table of a dictionary: keys with their lists of phrases."""
    entries: dict[str, list[str]] = load_grammar(name)[table]
    return PhraseBook((key, phrase) for key, phrases in entries.items() for phrase in phrases)
