"""Several times in one phrase: "quý III - IV/2025", "tháng 9, 10 năm 2025", "19 đến 25/8/2025"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.statements.lexing.parts.time_parts import (
    TO_YEAR,
    D,
    M,
    Q,
    TimeToken,
    read_year,
    write_day,
    write_month,
    write_quarter,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TO: Final = r"\s?(?:-|–|—|(?:den|toi)(?:\shet)?)\s?"
_AND: Final = rf"(?:{_TO}|\s?(?:,|;|va|hoac|,\sva)\s)"
_OF: Final = r"(?:\s?/\s?|\sthang\s)"
_QUARTERS: Final = re.compile(
    rf"(?<!\w)(?:cac\s)?qu[yi]\s(?P<list>{Q}(?:{_AND}(?:qu[yi]\s)?{Q}(?!\w)){{1,9}}){TO_YEAR}"
)
_MONTHS: Final = re.compile(
    rf"(?<!\w)(?:cac\s)?thang\s(?P<list>{M}(?:{_AND}(?:thang\s)?{M}(?!\w)){{1,9}}){TO_YEAR}"
)
_DAYS: Final = re.compile(
    rf"(?<!\w)(?:cac\s)?ngay\s(?P<list>{D}(?:{_OF}{M})?"
    rf"(?:{_AND}(?:ngay\s)?{D}(?:{_OF}{M})?(?!\d)){{0,9}}?{_AND}(?:ngay\s)?{D}{_OF}{M})"
    rf"{TO_YEAR}"
)
_DAYS_TO: Final = re.compile(
    rf"(?<![\w/.,-])(?P<list>{D}(?:/{M})?{_TO}(?:ngay\s)?{D}/{M}){TO_YEAR}"
)
_QUARTER: Final = re.compile(rf"(?P<quarter>{Q})(?!\w)")
_MONTH: Final = re.compile(rf"(?P<month>{M})(?!\w)")
_DAY: Final = re.compile(rf"(?P<day>{D})(?:{_OF}(?P<month>{M}))?(?!\d)")
_BETWEEN: Final = re.compile(
    r"[\s(]?(?P<join>-|–|—|(?:keo dai\s)?(?:den|toi)(?:\s(?:het|cuoi|giua|dau|khoang))*)\s?"
)
_FROM: Final = re.compile(
    r"(?<!\w)(?:tu|ke tu|thoi gian(?: thuc hien)?|giai doan|tien do(?: thuc hien)?)\s?:?\s?"
    r"(?:khoang\s|dau\s|cuoi\s|giua\s)?$"
)
_DASHES: Final = frozenset({"-", "–", "—"})
_REACH: Final = 30
_PAIR: Final = 2


def list_series(folded: str) -> Iterator[TimeToken]:
    """Yield the times that share one year at the end of their list, and ranges of two such."""
    for pattern, item, write in (
        (_QUARTERS, _QUARTER, write_quarter),
        (_MONTHS, _MONTH, write_month),
    ):
        for match in pattern.finditer(folded):
            items = list(item.finditer(folded, *match.span("list")))
            values = [write(match["year"], item) for item in items]
            yield from _make_tokens(folded, match, items, values)
    for pattern in (_DAYS, _DAYS_TO):
        for match in pattern.finditer(folded):
            yield from _make_days(folded, match)


def _make_days(folded: str, match: re.Match[str]) -> Iterator[TimeToken]:
    """Yield days; one without a month has that of the next."""
    items = list(_DAY.finditer(folded, *match.span("list")))
    values: list[str] = []
    month = ""
    for item in reversed(items):
        month = item["month"] or month
        day = _DAY.fullmatch(f"{item['day']}/{month}")
        values.insert(0, write_day(match["year"], day) if day else "")
    yield from _make_tokens(folded, match, items, values)


def _make_tokens(
    folded: str, match: re.Match[str], items: Sequence[re.Match[str]], values: Sequence[str]
) -> Iterator[TimeToken]:
    if len(items) < _PAIR or not all(values):
        return
    dated = [values[-1]]
    for value in reversed(values[:-1]):
        dated.insert(0, _step_back(value) if value > dated[0] else value)
    inferred = dated != list(values)
    between = folded[items[0].end() : items[1].start()]
    if len(items) == _PAIR and _BETWEEN.match(between):
        whole = f"{dated[0]}..{dated[1]}"
        yield TimeToken(whole, match.start(), match.end(), year_inferred=inferred)
        return
    for index, (item, value) in enumerate(zip(items, dated, strict=True)):
        start = match.start() if index == 0 else item.start()
        end = match.end() if index == len(items) - 1 else item.end()
        yield TimeToken(value, start, end, year_inferred=value != values[index])


def _step_back(value: str) -> str:
    """Return the same time a year before: "quý IV - I/2026" begins in 2025."""
    return f"{int(value[:4]) - 1}{value[4:]}"


def join_ranges(folded: str, tokens: Sequence[TimeToken]) -> tuple[TimeToken, ...]:
    """Return times in order with "từ … đến …" as one; the first takes the year of the second."""
    joined: list[TimeToken] = []
    for token in tokens:
        whole = _join(folded, joined[-1], token) if joined else None
        if whole is None:
            joined.append(token)
        else:
            joined[-1] = whole
    return tuple(joined)


def _join(folded: str, first: TimeToken, last: TimeToken) -> TimeToken | None:
    if not (first.value and last.value) or ".." in first.value + last.value:
        return None
    match = _BETWEEN.fullmatch(folded, first.end, last.start)
    if not match:
        return None
    before = folded[max(0, first.start - _REACH) : first.start]
    if match["join"] not in _DASHES and not _FROM.search(before):
        return None
    begin = first.value
    if first.year_inferred and not last.year_inferred:
        begin = last.value[:4] + begin[4:]
        if begin > last.value:
            begin = _step_back(begin)
    low, high = parse_span(begin), parse_span(last.value)
    if low is None or high is None or low[0] > high[1] or begin == last.value:
        return None
    value = f"{begin}..{last.value}"
    return replace(first, value=value, end=last.end, role="", year_inferred=last.year_inferred)


def read_years(first: str, last: str) -> str:
    """Return a range of years, '' where the second isn't the later one."""
    low, high = read_year(first), read_year(last)
    return f"{low}..{high}" if low < high else ""
