"""What the heading of a column means, by the words of ``data/grammar/columns.toml``.

A heading is cut into known words, a unit, a period and fillers; the column whose set of words is
exactly that one is meant. A word that nothing knows ("chưa", "tái định cư") leaves the heading
unknown: half a heading is never taken for the whole.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.paths import DATA
from geo.text import fold_text, normalise_spelling
from reports.grammar.columns.units import find_noun, find_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ColumnRole = Literal[
    "name", "place", "zone", "value", "note", "obstacle", "body", "time", "ceremony", "work",
    "number", "unit", "skip",
]  # fmt: skip
"""``name``: who the row is about; ``zone``: the larger zone that it belongs to."""

ValueClass = Literal["", "money", "size", "percent", "count", "number"]

_FILE: Final = "columns.toml"
_WORD: Final = re.compile(r"[^\W_]+")
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PERIOD: Final = re.compile(
    r"(?:(?:ngày|ngay) )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|(?:tháng|thang) \d{1,2}(?:[/.-]\d{4})?"
    r"|(?:quý|quy) (?:iv|i{1,3}|[1-4])\b(?:[/.-]\d{4})?|(?:năm|nam) \d{4}|\d{4}(?: ?[-–] ?\d{4})?"
    r"|\d+ (?:tháng|thang)(?: (?:đầu|cuối|dau|cuoi))?(?: (?:năm|nam))?"
)
_PERCENT: Final = re.compile(r"(?<![\d.,])\s?%")
_CONTEXT: Final = frozenset({"clearance", "to_clear", "works", "project", "name_project", "scale"})
"""Words of a head over several columns that only says what they are all about."""
_PARTS: Final = re.compile(r"\s*(?:[,;/+]|\bvà\b)\s*")


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column holds: its key, role, and of a value the field, class, unit, mood, detail."""

    key: str
    role: ColumnRole = "value"
    field: str = ""
    value_class: ValueClass = ""
    unit: str = ""
    mood: str = "measured"
    detail: str = ""


@dataclass(frozen=True)
class HeadingReading:
    """A heading understood: one meaning, or one for each of its parts ("Diện tích, số căn").

    ``unit`` is the unit that it names, ``period`` its words of time; ``meanings`` is empty where
    it is not understood.
    """

    meanings: tuple[ColumnMeaning, ...] = ()
    unit: str = ""
    period: str = ""


@dataclass(frozen=True)
class _Vocabulary:
    phrases: Mapping[tuple[str, ...], str]
    """Word by word to what is meant; '' for a filler."""
    folded: Mapping[tuple[str, ...], str]
    longest: int
    by_words: Mapping[frozenset[str], ColumnMeaning]
    by_key: Mapping[str, ColumnMeaning]


def find_meaning(key: str) -> ColumnMeaning | None:
    """Return the meaning with a key; ``None`` where there is none."""
    return _load_vocabulary().by_key.get(key)


def understand_heading(
    heading: str, abbreviations: Mapping[str, str] | None = None
) -> HeadingReading:
    """Return what a heading means; ``abbreviations`` are those that the document declares."""
    return _understand(heading, tuple(sorted((abbreviations or {}).items())))


@lru_cache(maxsize=4096)
def _understand(heading: str, abbreviations: tuple[tuple[str, str], ...]) -> HeadingReading:
    heads = [head for head in heading.split(" · ") if head.strip()]
    unit = next((unit for head in reversed(heads) if (unit := _find_unit_in(head))), "")
    texts = [_expand(_drop_unit(head), dict(abbreviations)) for head in heads]
    periods = [match[0] for text in texts for match in _PERIOD.finditer(text)]
    period = periods[-1] if periods else ""
    plain = [_PERIOD.sub(" ", text) for text in texts]
    extra = frozenset({find_noun(unit)} - {""})
    for first in range(len(plain)):
        above = _find_words(" ".join(plain[:first]))
        if first and (above is None or not above <= _CONTEXT):
            break
        meaning = _find_by_words(" ".join(plain[first:]), extra)
        if meaning is not None:
            return HeadingReading((meaning,), unit, period)
    parts = [part for part in _PARTS.split(plain[-1]) if part.strip()] if plain else []
    meanings = [_find_by_words(part, frozenset()) for part in parts]
    if len(parts) > 1 and len(plain) == 1 and all(m and m.role == "value" for m in meanings):
        return HeadingReading(tuple(m for m in meanings if m), unit, period)
    if len(plain) == 1 and sorted(m.role if m else "" for m in meanings) == ["body", "name"]:
        both = sorted((m for m in meanings if m), key=lambda m: m.role, reverse=True)
        return HeadingReading(tuple(both), unit, period)  # "Công trình / Chủ đầu tư"
    return HeadingReading((), unit, period)


def _find_unit_in(head: str) -> str:
    for match in _BRACKETS.finditer(head):
        unit = find_unit(match[1])
        if unit:
            return unit
    if _PERCENT.search(head):
        return "%"
    tail = re.split(r"\s[-–:]\s|:\s|\n", head)[-1]
    return find_unit(tail)


def _drop_unit(head: str) -> str:
    def keep(match: re.Match[str]) -> str:
        return " " if find_unit(match[1]) or not match[1].strip() else f" {match[1]} "

    text = _BRACKETS.sub(keep, head)
    parts = re.split(r"(\s[-–:]\s|:\s|\n)", text)
    if len(parts) > 1 and find_unit(parts[-1]):
        text = "".join(parts[:-2])
    return normalise_spelling(text).lower().replace("%", " ")


def _expand(text: str, abbreviations: Mapping[str, str]) -> str:
    for short, long in abbreviations.items():
        text = re.sub(rf"(?<!\w){re.escape(short.lower())}(?!\w)", long.lower(), text)
    return text


def _find_by_words(text: str, extra: frozenset[str]) -> ColumnMeaning | None:
    words = _find_words(text)
    if words is None:
        return None
    known = _load_vocabulary().by_words
    return known.get(words | extra) or known.get(words)


def _find_words(text: str) -> frozenset[str] | None:
    """Return the known words of a text, longest phrases first; ``None`` if something is unknown."""
    vocabulary = _load_vocabulary()
    toned = fold_text(text) != text
    phrases = vocabulary.phrases if toned else vocabulary.folded
    tokens = _WORD.findall(text)
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        for length in range(min(vocabulary.longest, len(tokens) - at), 0, -1):
            word = phrases.get(tuple(tokens[at : at + length]))
            if word is not None:
                found.add(word)
                at += length
                break
        else:
            return None
    return frozenset(found - {""})


@cache
def _load_vocabulary() -> _Vocabulary:
    data = tomllib.loads((DATA / "grammar" / _FILE).read_text("utf-8"))
    phrases: dict[tuple[str, ...], str] = dict.fromkeys(map(_cut, data["fillers"]), "")
    for word, spellings in data["words"].items():
        phrases |= dict.fromkeys(map(_cut, spellings), word)
    folded = {tuple(map(fold_text, phrase)): word for phrase, word in phrases.items()}
    by_words: dict[frozenset[str], ColumnMeaning] = {}
    by_key: dict[str, ColumnMeaning] = {}
    for column in data["column"]:
        meaning = _make_meaning(column)
        by_key[meaning.key] = meaning
        by_words |= {frozenset(words): meaning for words in column["words"]}
    return _Vocabulary(phrases, folded, max(map(len, phrases)), by_words, by_key)


def _make_meaning(column: Mapping[str, Any]) -> ColumnMeaning:
    role: ColumnRole = column.get("role", "value")
    return ColumnMeaning(
        column["key"],
        role,
        column.get("field", column["key"]),
        column.get("class", ""),
        column.get("unit", ""),
        column.get("mood", "measured"),
        column.get("detail", ""),
    )


def _cut(phrase: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(normalise_spelling(phrase).lower()))


def iterate_understood(headings: Sequence[str]) -> Iterator[ColumnMeaning]:
    """Yield the first meaning of each heading that is understood."""
    for heading in headings:
        reading = understand_heading(heading)
        if reading.meanings:
            yield reading.meanings[0]
