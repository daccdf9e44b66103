"""Numbers and days that a file states twice: as it shows them, and as a plain value.

A program set to English shows 234,539 and 09/01/2026 where a Vietnamese one shows 234.539 and
01/09/2026. The plain value tells which is meant; it is written as ``number_formats`` writes it.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(r"\d(?:[\d.,\u00a0\u202f' ]*\d)?")
_SPACES: Final = re.compile("[\u00a0\u202f' ]")
_DAY: Final = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SCALES: Final = (1, 100, Decimal("1e-3"), Decimal("1e-6"), Decimal("1e-9"))
"""As stored, as percent, and in thousands, millions and milliards."""
_GROUP: Final = 3


def settle_number(text: str, stated: str, divided_by: Decimal = Decimal(1)) -> str:
    """Return the text with its one number written as the stated value says it is meant.

    ``divided_by`` is how many times smaller the look of the cell shows its value.
    """
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 1:
        return text
    try:
        value = abs(Decimal(stated))
    except InvalidOperation:
        return text
    match = numbers[0]
    readings = list(_read_both_ways(_SPACES.sub("", match[0])))
    scales = _SCALES if divided_by == 1 else (1 / divided_by, *_SCALES)
    for scale in scales:
        for whole, decimals in readings:
            read = Decimal(f"{whole}.{decimals or 0}")
            if _is_rounded(value * scale, read, len(decimals)):
                written = f"{whole},{decimals}" if decimals else whole
                written += "0" if len(decimals) == _GROUP else ""
                return text[: match.start()] + written + text[match.end() :]
    return text


def settle_day(text: str, stated: str) -> str:
    """Return a day in digits as day/month/year of the ISO date; any other text as it is."""
    day = _ISO.match(stated)
    if day is None or not _DAY.fullmatch(text.strip()):
        return text
    return f"{day[3]}/{day[2]}/{day[1]}"


def _is_rounded(value: Decimal, shown: Decimal, places: int) -> bool:
    return abs(value - shown) <= Decimal(1).scaleb(-places) / 2


def _read_both_ways(shown: str) -> Iterator[tuple[str, str]]:
    """Yield the digits before and after the decimal mark, that being a comma or a point."""
    for mark, group in ((",", "."), (".", ",")):
        whole, _, decimals = shown.partition(mark)
        digits = whole.replace(group, "")
        if digits.isdigit() and (not decimals or decimals.isdigit()):
            yield digits, decimals
