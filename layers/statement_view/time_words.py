"""The ways in which a text writes a time that is known as ``2026-Q3`` or ``2026-05-07``."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROMAN: Final = ("", "I", "II", "III", "IV")
_WHEN: Final = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?", re.ASCII)


def find_time(text: str, when: str) -> Iterator[tuple[int, int]]:
    """Yield where a text writes a time, or the ends of a range ``a..b``, the fullest words first.

    Nothing where the text does not write it: a time may be the whole document's.
    """
    for part in when.split(".."):
        match = _WHEN.fullmatch(part)
        patterns = _list_patterns(*match.groups()) if match else ()
        spans = chain.from_iterable(re.finditer(p, text, re.IGNORECASE) for p in patterns)
        first = next(spans, None)
        if first is not None:
            yield first.span()


def _list_patterns(
    year: str, quarter: str | None, month: str | None, day: str | None
) -> tuple[str, ...]:
    of_year = rf"(?:\s*/\s*|\s+năm\s+|[.-]|\s+){year}\b"
    if quarter:
        name = rf"\bquý\s+(?:{_ROMAN[int(quarter)]}|{quarter})"
        return (name + of_year, rf"{name}\b")
    if day and month:
        number = rf"(?<![\d.,/])0?{int(day)}\s*(?:[/.-]\s*|\s+tháng\s+)0?{int(month)}"
        return (number + of_year, rf"{number}(?![\d/])")
    if month:
        name = rf"(?:\btháng\s+|(?<![\d/.,]))0?{int(month)}"
        return (name + of_year, rf"\btháng\s+0?{int(month)}(?![\d/.,])")
    return (rf"\bnăm\s+{year}\b", rf"(?<![\d.,]){year}(?![\d.,]*\d)")
