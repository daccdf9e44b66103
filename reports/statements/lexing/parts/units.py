"""Units, counted things and qualifiers beside a number, as ``data/grammar/units.toml`` has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, normalise_spelling
from reports.statements.lexing.phrases import is_spelt, load_grammar

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD: Final = re.compile(r"[^\W\d_]+")
_TAIL: Final = re.compile(r"\s(?P<tail>tro len|tro xuong)(?!\w)")
_BEFORE: Final = 24


@dataclass(frozen=True)
class Unit:
    """What stands behind a number: ``kind`` of quantity, the unit or the key of what is counted.

    ``factor``: a word that multiplies the number ("nghìn", "triệu"), 1 for none.
    """

    kind: str
    name: str
    start: int
    end: int
    factor: float = 1


def find_unit(text: str, folded: str, start: int) -> Unit | None:
    """Return the unit or counted thing that stands right behind a number; the longest one."""
    position, factor = start, 1.0
    multiple = _find_longest(text, folded, start, "multiples")
    if multiple is not None:
        key, position = multiple
        factor = float(key)
    for kind in ("area", "length", "percent"):
        found = _find_longest(text, folded, position, kind)
        if found is not None:
            return Unit(kind, found[0], _skip_blank(folded, position), found[1], factor)
    counted = _find_longest(text, folded, position, "counted")
    if counted is not None and (position > start or text[start : start + 1].isspace()):
        return Unit("count", counted[0], _skip_blank(folded, position), counted[1], factor)
    return None


def find_qualifier(text: str, folded: str, start: int) -> tuple[str, int]:
    """Return what the words before a number make of it, and where they begin."""
    begin = max(0, start - _BEFORE)
    before = folded[begin:start].rstrip()
    for key, phrase, spelt in _load_qualifiers():
        at = begin + len(before) - len(phrase)
        if not before.endswith(phrase) or at < begin:
            continue
        words = text[at : begin + len(before)]
        part_of_word = phrase[0].isalpha() and at > 0 and folded[at - 1].isalnum()
        if not part_of_word and is_spelt(words, spelt) and not _is_other_word(folded, at, phrase):
            return key, at
    return "", start


def find_tail(folded: str, end: int) -> tuple[str, int]:
    """Return the qualifier of "trở lên", "trở xuống" behind a quantity, and its end."""
    match = _TAIL.match(folded, end)
    if not match:
        return "", end
    return ("over" if match["tail"] == "tro len" else "under"), match.end()


def _is_other_word(folded: str, at: int, phrase: str) -> bool:
    """Return True for "tiến độ", "mật độ": a syllable of another word and no qualifier."""
    before = _WORD.findall(folded[max(0, at - 8) : at])
    parts: Mapping[str, list[str]] = load_grammar("units")["qualifier_in_word"]
    return bool(before) and any(
        fold_text(qualifier) == phrase and before[-1] in map(fold_text, words)
        for qualifier, words in parts.items()
    )


@cache
def _load_qualifiers() -> tuple[tuple[str, str, str], ...]:
    rows = [
        (key, fold_text(phrase), normalise_spelling(phrase).lower())
        for key, phrases in load_grammar("units")["qualifiers"].items()
        for phrase in phrases
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[1])))


@cache
def _load_table(table: str) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Return the phrases of a table by their first letter: (key, folded, spelt), longest first."""
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for key, phrases in load_grammar("units")[table].items():
        for phrase in phrases:
            folded = fold_text(phrase)
            rows.setdefault(folded[0], []).append((key, folded, normalise_spelling(phrase).lower()))
    return {
        letter: tuple(sorted(entries, key=lambda row: -len(row[1])))
        for letter, entries in rows.items()
    }


def _find_longest(text: str, folded: str, start: int, table: str) -> tuple[str, int] | None:
    at = _skip_blank(folded, start)
    for key, phrase, spelt in _load_table(table).get(folded[at : at + 1], ()):
        end = at + len(phrase)
        if not folded.startswith(phrase, at):
            continue
        whole = not (folded[end : end + 1].isalnum() or text[end : end + 1] in {"²", "³"})
        if (whole or not phrase[-1].isalnum()) and is_spelt(text[at:end], spelt):
            return key, end
    return None


def _skip_blank(folded: str, start: int) -> int:
    return start + 1 if folded[start : start + 1].isspace() else start
