"""Times in a sentence: days, months, quarters, years, ranges, with or without their year.

A day or month without a year takes that of the document and says so (``inferred``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import parse_span

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUARTERS: Final = {
    "i": 1, "l": 1, "1": 1, "ii": 2, "ll": 2, "il": 2, "li": 2, "2": 2,
    "iii": 3, "lll": 3, "3": 3, "iv": 4, "lv": 4, "4": 4,
}  # fmt: skip
_D: Final = r"[0-3]?[0-9l]"
_YEAR: Final = r"(?:19|20)\d\d"
_TO_YEAR: Final = rf"(?:\s?[/.-]\s?|,?\s(?:cua\s)?nam\s)(?P<{{name}}>{_YEAR})(?!\d)"
_DAY: Final = re.compile(
    rf"(?<![\d/.,])(?:ngay\s)?(?P<day>{_D})(?:\s?[/]\s?|-|\.|\sthang\s)(?P<month>[01]?[0-9l])"
    rf"(?:{_TO_YEAR.format(name='year')})(?![\w/])"
)
_DAY_ALONE: Final = re.compile(
    rf"(?<![\d/.,])(?P<word>ngay\s|sang\s|chieu\s|toi\s)(?:ngay\s)?(?P<day>{_D})"
    rf"(?:\s?/\s?|\sthang\s)(?P<month>[01]?\d)(?![\w/]|[.,]\d)"
)
_MONTH: Final = re.compile(
    rf"(?<!\w)(?P<part>dau|giua|cuoi)?\s?(?:het\s)?thang\s(?P<month>[01]?[0-9l])"
    rf"{_TO_YEAR.format(name='year')}"
)
_MONTH_ALONE: Final = re.compile(r"(?<!\w)thang\s(?P<month>0?[1-9]|1[0-2])(?![\w/]|[.,]\d)")
_QUARTER: Final = re.compile(
    rf"(?<!\w)quy\s(?P<quarter>[ilv]{{1,3}}|[1-4]){_TO_YEAR.format(name='year')}"
)
_QUARTER_ALONE: Final = re.compile(r"(?<!\w)quy\s(?P<quarter>i{1,3}|iv|[1-4])(?![\w/])")
_SLASHED: Final = re.compile(
    rf"(?<![\d/.,])(?<!ty le )(?!1/2000)(?P<month>0?[1-9]|1[0-2])\s?/\s?(?P<year>{_YEAR})(?![\w/])"
)
_YEARS: Final = re.compile(
    rf"(?<!\w)(?:giai doan|thoi gian|tu nam|tu|nam|,|\()\s?(?:\w+\s){{0,3}}?"
    rf"(?P<first>{_YEAR})\s?(?:-|–|—|den|den nam)\s?(?:nam\s)?(?P<last>{_YEAR})(?![\w/])"
)
_ONLY_YEARS: Final = re.compile(
    rf"(?<![\w/.,-])(?P<first>{_YEAR})\s?[-–—]\s?(?P<last>{_YEAR})(?![\w/])"
)
_YEAR_ALONE: Final = re.compile(
    rf"(?<!\w)(?:(?P<part>dau|giua|cuoi|het|trong)\s)?nam\s(?P<year>{_YEAR})(?![\w/]|\s?[-–]\s?\d)"
)
_YEAR_BEHIND: Final = re.compile(
    rf"(?<!\w)(?:hoan thanh|khoi cong|khanh thanh|ket thuc|han)\s(?P<year>{_YEAR})"
    r"(?![\w/]|[.,]\d|\s?[-–]\s?\d)"
)
_DURATION: Final = re.compile(
    r"(?<![\w/.,])(?P<number>\d{1,3})\s(?P<unit>thang|nam)(?!\s?\d)(?!\w)"
)
_AS_OF: Final = re.compile(
    r"(?:(?:tinh|luy ke|so lieu)\s)?(?:den|toi)\s(?:(?:het|nay|cuoi|thoi diem|ngay)[\s,]*)*$"
    r"|(?:tinh|luy ke)\s(?:den\s)?$"
)
_BEFORE: Final = re.compile(
    r"(?:truoc|cham nhat(?: la| vao| trong)?|khong muon hon|xong trong|chua qua)\s"
    r"(?:ngay\s|het\s|thang\s|nam\s|quy\s)?$"
)
_AFTER: Final = re.compile(r"(?:sau|ke tu)\s(?:ngay\s)?$")


@dataclass(frozen=True)
class TimeToken:
    """A time where it stands: ISO-like ``value`` ('' for a duration), or ``months`` long.

    ``role`` is ``as_of`` ("đến hết …"), ``before`` or ``after`` where the words before it say so.
    ``year_inferred``: the year is the document's, not the text's.
    """

    value: str
    start: int
    end: int
    role: str = ""
    year_inferred: bool = False
    months: int = 0


def find_times(text: str, year: str = "") -> tuple[TimeToken, ...]:
    """Return the times of a sentence in order, none inside another; ``year`` is the document's."""
    folded = fold_text(text)
    if len(folded) != len(text):
        return ()
    taken: list[TimeToken] = []
    for token in _list_times(folded, year):
        if all(token.end <= other.start or token.start >= other.end for other in taken):
            taken.append(token)
    taken.sort(key=lambda token: token.start)
    return tuple(taken)


def _list_times(folded: str, year: str) -> Iterator[TimeToken]:
    """Yield every reading, the more telling patterns first."""
    for pattern, write in _DATED:
        for match in pattern.finditer(folded):
            yield from _make(folded, match, write(match["year"], match))
    yield from _list_spans(folded)
    for pattern, write in _LOOSER:
        for match in pattern.finditer(folded):
            yield from _make(folded, match, write(match["year"], match))
    yield from _list_durations(folded)
    for pattern, write in _YEARLESS if year else ():
        for match in pattern.finditer(folded):
            yield from _make(folded, match, write(year, match), inferred=True)


def _list_spans(folded: str) -> Iterator[TimeToken]:
    for pattern in (_YEARS, _ONLY_YEARS):
        for match in pattern.finditer(folded):
            if match["first"] < match["last"]:
                start = match.start("first")
                value = f"{match['first']}..{match['last']}"
                yield TimeToken(value, start, match.end(), _find_role(folded, start))


def _list_durations(folded: str) -> Iterator[TimeToken]:
    for match in _DURATION.finditer(folded):
        number = int(match["number"])
        months = number if match["unit"] == "thang" else 12 * number
        if number and not _is_of_months(folded, match):
            yield TimeToken("", match.start(), match.end(), months=months)


def _is_of_months(folded: str, match: re.Match[str]) -> bool:
    """Return True for "6 tháng đầu năm", "9 tháng năm 2025": a span of the year, no duration."""
    after = folded[match.end() : match.end() + 10]
    before = folded[max(0, match.start() - 8) : match.start()]
    return bool(re.match(r"\s(?:dau|cuoi|nam|qua)\b", after) or re.search(r"luy ke $", before))


def _make(
    folded: str, match: re.Match[str], value: str, *, inferred: bool = False
) -> Iterator[TimeToken]:
    if value:
        start = match.start("year") if match.re is _YEAR_BEHIND else match.start()
        yield TimeToken(value, start, match.end(), _find_role(folded, start), inferred)


def _find_role(folded: str, start: int) -> str:
    before = folded[max(0, start - 40) : start]
    if _BEFORE.search(before):
        return "before"
    if _AFTER.search(before):
        return "after"
    return "as_of" if _AS_OF.search(before) else ""


def _digits(text: str) -> int:
    return int(text.replace("l", "1"))


def _write_day(year: str, match: re.Match[str]) -> str:
    value = f"{year}-{_digits(match['month']):02}-{_digits(match['day']):02}"
    return value if parse_span(value) else ""


def _write_month(year: str, match: re.Match[str]) -> str:
    value = f"{year}-{_digits(match['month']):02}"
    return value if parse_span(value) else ""


def _write_quarter(year: str, match: re.Match[str]) -> str:
    number = _QUARTERS.get(match["quarter"])
    return f"{year}-Q{number}" if number else ""


def _write_year(year: str, match: re.Match[str]) -> str:
    del match
    return year


_Writer = Callable[[str, "re.Match[str]"], str]
_DATED: Final[tuple[tuple[re.Pattern[str], _Writer], ...]] = (
    (_DAY, _write_day),
    (_QUARTER, _write_quarter),
    (_MONTH, _write_month),
)
_LOOSER: Final[tuple[tuple[re.Pattern[str], _Writer], ...]] = (
    (_SLASHED, _write_month),
    (_YEAR_ALONE, _write_year),
    (_YEAR_BEHIND, _write_year),
)
_YEARLESS: Final[tuple[tuple[re.Pattern[str], _Writer], ...]] = (
    (_DAY_ALONE, _write_day),
    (_QUARTER_ALONE, _write_quarter),
    (_MONTH_ALONE, _write_month),
)
