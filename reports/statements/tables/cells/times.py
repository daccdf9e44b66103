"""Times in cells: with their year, or with the document's where none is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.milestone import find_times

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEARLESS: Final = re.compile(
    r"(?:truoc |trong |cuoi |den |het |xong )*(?:ngay )?(?:(?P<day>\d{1,2})[/.-](?P<dm>\d{1,2})"
    r"|(?:thang |t)(?P<month>\d{1,2})|(?:quy |q)(?P<quarter>iv|i{1,3}|[1-4]))"
)
_SHORT: Final = (
    (re.compile(r"(?<!\w)[Tt]\.?\s?(?=\d{1,2}/20\d\d)"), "tháng "),
    (re.compile(r"(?<!\w)[Qq]\.?\s?(?=(?:[1-4]|IV|I{1,3})/20\d\d)"), "quý "),
)
"""Abbreviations that tables have: "T12/2025", "QI/2026"."""
_RANGE: Final = re.compile(r"(?:tu )?(20\d\d) ?(?:[-–]|den) ?(20\d\d)")
_TO: Final = re.compile(r"·\s?(?:-|–|den(?:\shet)?)\s?·")
_WORDS: Final = r"(?:(?!\sva\s|\shoac\s)[^,;])*"
_THROUGH: Final = re.compile(rf"{_WORDS}(?:\sden\s|[-–]){_WORDS}")
_ENDS: Final = 2
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_times(text: str, year: str) -> list[tuple[str, str, bool]]:
    """Return the times of a cell as (time, its words, whether the year is the document's)."""
    folded = " ".join(fold_text(text).split())
    span = _RANGE.fullmatch(folded.strip(" .()"))
    if span:
        return [(f"{span[1]}..{span[2]}", text.strip(), False)]
    full = text
    for short, word in _SHORT:
        full = short.sub(word, full)
    found = find_times(full)
    times = [(when, words if full == text else text.strip(), False) for when, words in found]
    match = _YEARLESS.fullmatch(folded.strip(" .;()"))
    if times or match is None or not year:
        return list(dict.fromkeys(times))
    if match["quarter"]:
        number = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        return [(f"{year}-Q{number}", text.strip(), True)]
    month = int(match["month"] or match["dm"])
    value = f"{year}-{month:02}" + (f"-{int(match['day']):02}" if match["day"] else "")
    valid = 1 <= month <= 12 and (not match["day"] or 1 <= int(match["day"]) <= 31)  # noqa: PLR2004
    return [(value, text.strip(), True)] if valid else []


def is_span(text: str, words: Sequence[str]) -> bool:
    """Return True if a cell holds two times and says that it is from one to the other."""
    if len(words) != _ENDS or has_more(text, words):
        return False
    if words[0] == words[1]:  # one phrase tells both: "quý I đến quý IV năm 2026"
        return _THROUGH.fullmatch(fold_text(words[0])) is not None
    return _TO.search(fold_text(_cut(text, words))) is not None


def has_more(text: str, words: Sequence[str]) -> bool:
    """Return True if figures are left of a cell when its times are taken out."""
    return any(sign.isdigit() for sign in _cut(text, words))


def _cut(text: str, words: Sequence[str]) -> str:
    rest = text
    for piece in dict.fromkeys(words):
        rest = rest.replace(piece, "·", 1)
    return rest
