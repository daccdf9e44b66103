"""Milestones: start, inauguration, completion, with a day, month, quarter or year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text
from reports.model.dates import parse_span

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["start", "inauguration", "finish"]

_QUARTERS: Final = {"i": 1, "l": 1, "|": 1, "1": 1, "ii": 2, "ll": 2, "il": 2, "li": 2, "2": 2,
                    "iii": 3, "lll": 3, "3": 3, "iv": 4, "lv": 4, "4": 4}  # fmt: skip
_ROMAN: Final = r"[ilv|]{1,3}|[1-4]"
_YEAR: Final = r"\s?(?:/|\.|,?\s?(?:cua )?nam|-)\s?"
_WHEN: Final = re.compile(
    r"(?P<under>truoc |cham nhat |khong muon hon )?(?P<over>sau |khong truoc )?(?:thoi diem )?(?:"
    r"(?:ngay )?(?P<day>\d{1,2})(?:\s?/\s?|[.-]|\sthang\s)(?P<dmonth>\d{1,2})"
    r"(?:\s?/\s?|[.-]|\snam\s)(?P<dyear>20\d\d)"
    rf"|quy (?P<quarter>{_ROMAN}){_YEAR}(?P<qyear>20\d\d)"
    rf"|thang (?P<month>\d{{1,2}}){_YEAR}(?P<myear>20\d\d)"
    r"|nam (?P<year>20\d\d))(?!\d)"
)
_TIE: Final = r"\s?(?:-|–|—|,|&|va|hoac|hay|den|toi)\s?"
_SPAN: Final = re.compile(
    rf"(?:quy (?P<quarter>{_ROMAN}){_TIE}(?:quy )?(?P<quarter2>{_ROMAN}){_YEAR}(?P<qyear>20\d\d)"
    rf"|thang (?P<month>\d{{1,2}}){_TIE}(?:thang )?(?P<month2>\d{{1,2}}){_YEAR}(?P<myear>20\d\d)"
    rf"|(?<![\d/.-])(?P<day>\d{{1,2}})(?:\s?/\s?(?P<dmonth>\d{{1,2}}))?{_TIE}(?P<day2>\d{{1,2}})\s?/\s?"
    r"(?P<dmonth2>\d{1,2})\s?/\s?(?P<dyear>20\d\d)"
    rf"|nam (?P<year>20\d\d){_TIE}(?:nam )?(?P<year2>20\d\d))(?!\d)"
)
"""Two ends with one year: "quý III-IV năm 2026", "15-30/9/2026"."""
_SHORT: Final = re.compile(
    rf"\b(?:q\.?\s?(?P<quarter>{_ROMAN})|t\.?\s?(?P<month>\d{{1,2}}))\s?[/.-]\s?(?P<year>20\d\d)"
    r"(?!\d)"
)
"""Short forms (Q3/2026, T9/2026) are offered, never taken: a letter says little."""
_ALONE: Final = re.compile(r"\W*(?:(?P<month>\d{1,2})\s?[/.-]\s?)?(?P<year>20\d\d)\W*")
_BARE_MONTH: Final = re.compile(
    r"[\s:,(\-]*(?:(?P<under>truoc |cham nhat )|(?P<over>sau )|(?:du kien|vao|trong) )*"
    r"(?P<month>\d{1,2})\s?[/\-]\s?(?P<myear>20\d\d)(?![\d/])"
    r"(?P<day>(?!))?(?P<quarter>(?!))?"
)
"""A month written 09/2026, as cells show it: only right after its event. Elsewhere such digits may
be the number of a decision."""
_EVENT: Final = re.compile(
    r"(?P<start>khoi cong|dong tho|le khoi cong)"
    r"|(?P<inauguration>khanh thanh)"
    r"|(?P<finish>hoan thanh(?! (?:muc tieu|gpmb|giai phong|thu tuc|cac thu tuc|cong tac"
    r"|viec|ho so))"
    r"|dua vao (?:su dung|van hanh|hoat dong|khai thac)|thong xe)"
)
_LINK: Final = re.compile(
    r"[\s(,–—-]*(?:(?:den|toi|hoac|hay|va|sang|lui|dieu chinh|chuyen|doi|nay|la|thanh|gia han"
    r"|du kien|cham|tien do|thay vi|ke hoach|truoc day|khong|phai|sau|trong|vao|qua|het|cuoi|dau)"
    r"[\s:(,–-]+)*"
)
_REACH: Final = 60
"""Characters within which the time of an event follows it."""


@dataclass(frozen=True)
class Milestone:
    """An event and when: ``when`` as ``2026-Q3``, ``2026-05``, ``2026-05-07`` or ``2026``."""

    kind: Kind
    when: str
    raw: str
    qualifier: str
    start: int


@dataclass(frozen=True)
class _Time:
    value: str
    qualifier: str
    start: int
    end: int


def find_milestones(text: str) -> Iterator[Milestone]:
    """Yield the milestones that a text names. A time without a year is none, nor is a range."""
    for kind, start, times in _find_events(text):
        if len({time.value for time in times}) == 1:
            time = times[0]
            raw = text[start : time.end].strip()
            yield Milestone(kind, time.value, raw, time.qualifier, start)


def find_open_milestones(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words of each event whose time is a choice, and the times that may be meant.

    That is a range, two times, or a short form.
    """
    folded = fold_text(text)
    for _, start, times in _find_events(text):
        values = tuple(dict.fromkeys(time.value for time in times))
        if len(values) > 1:
            yield text[start : times[-1].end].strip(), values
        elif not values:
            near = re.split(r"[;\n]|\.\s", folded[start : start + _REACH], maxsplit=1)[0]
            short = _SHORT.search(folded, start, start + len(near))
            value = _format_short(short) if short else ""
            if short and value:
                yield text[start : short.end()].strip(), (value,)


def find_times(text: str) -> Iterator[tuple[str, str]]:
    """Yield each time that a text names, as (time, its words); of a range both ends.

    A month or a year that is all of the text ("09/2026", "2027") is one too.
    """
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    alone = _ALONE.fullmatch(folded)
    if alone:
        value = f"{alone['year']}-{int(alone['month']):02}" if alone["month"] else alone["year"]
        if parse_span(value):
            yield value, text.strip()
        return
    for time in _list_times(folded, 0, len(folded)):
        yield time.value, text[time.start : time.end].strip()


def _find_events(text: str) -> Iterator[tuple[Kind, int, list[_Time]]]:
    """Yield each event with where it begins and the times that may be its own."""
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    events = list(_EVENT.finditer(folded))
    for index, event in enumerate(events):
        limit = events[index + 1].start() if index + 1 < len(events) else len(folded)
        stop = re.search(r"[;\n]|\.\s", folded[event.end() : limit])
        end = event.end() + stop.start() if stop else limit
        kind: Kind = event.lastgroup  # type: ignore[assignment]
        bare = _BARE_MONTH.match(folded, event.end(), end)
        first = [_Time(format_time(bare), _qualify(bare), bare.start(), bare.end())] if bare else []
        begin = bare.end() if bare else event.end()
        times = _list_times(folded, begin, min(end, event.end() + _REACH))
        yield kind, event.start(), _keep_own([time for time in first if time.value] + times, folded)


def _list_times(folded: str, begin: int, end: int) -> list[_Time]:
    times: list[_Time] = []
    position = begin
    while position < end:
        when, span = _WHEN.search(folded, position, end), _SPAN.search(folded, position, end)
        if span and (not when or span.start() <= when.start()):
            times += [_Time(value, "", span.start(), span.end()) for value in _format_span(span)]
            position = span.end()
        elif when:
            value = format_time(when)
            if value:
                times.append(_Time(value, _qualify(when), when.start(), when.end()))
            position = when.end()
        else:
            break
    return times


def _qualify(when: re.Match[str]) -> str:
    return "under" if when["under"] else "over" if when["over"] else ""


def _keep_own(times: list[_Time], folded: str) -> list[_Time]:
    """Return the first time, with those that a link ties to it as the other end or a later plan."""
    own = times[:1]
    for time in times[1:]:
        last = own[-1]
        between = folded[last.end : time.start]
        if time.start != last.start and not _LINK.fullmatch(between):
            break
        if not _holds(time.value, last.value):
            own.append(time)
    return own


def _holds(wide: str, narrow: str) -> bool:
    """Return True if a time is the same as another or holds it ("tháng 9/2026 (quý III/2026)")."""
    outer, inner = parse_span(wide), parse_span(narrow)
    return bool(outer and inner and outer[0] <= inner[0] and inner[1] <= outer[1])


def _format_span(span: re.Match[str]) -> tuple[str, ...]:
    """Return both ends of a range with one year; () where one cannot be."""
    if span["quarter"]:
        ends = [_QUARTERS.get(span[name]) for name in ("quarter", "quarter2")]
        values = [f"{span['qyear']}-Q{end}" for end in ends]
    elif span["month"]:
        values = [f"{span['myear']}-{int(span[name]):02}" for name in ("month", "month2")]
    elif span["day"]:
        month = int(span["dmonth2"])
        first = int(span["dmonth"] or month)
        year = span["dyear"]
        values = [
            f"{year}-{first:02}-{int(span['day']):02}",
            f"{year}-{month:02}-{int(span['day2']):02}",
        ]
    else:
        values = [span["year"], span["year2"]]
    return tuple(values) if all(parse_span(value) for value in values) else ()


def _format_short(short: re.Match[str]) -> str:
    quarter = _QUARTERS.get(short["quarter"] or "")
    value = f"{short['year']}-Q{quarter}" if quarter else ""
    if short["month"]:
        value = f"{short['year']}-{int(short['month']):02}"
    return value if parse_span(value) else ""


def format_time(match: re.Match[str]) -> str:
    """Return a found time as the facts write it; '' for one that cannot be."""
    if match["day"]:
        value = f"{match['dyear']}-{int(match['dmonth']):02}-{int(match['day']):02}"
    elif match["quarter"]:
        quarter = _QUARTERS.get(match["quarter"])
        value = f"{match['qyear']}-Q{quarter}" if quarter else ""
    elif match["month"]:
        value = f"{match['myear']}-{int(match['month']):02}"
    else:
        value = match["year"]
    return value if parse_span(value) else ""
