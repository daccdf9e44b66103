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
_WHEN: Final = re.compile(
    r"(?P<under>truoc |cham nhat )?(?:thoi diem )?(?:"
    r"(?:ngay )?(?P<day>\d{1,2})\s?/\s?(?P<dmonth>\d{1,2})\s?/\s?(?P<dyear>20\d\d)"
    r"|quy (?P<quarter>[ilv|]{1,3}|[1-4])\s?(?:/|,?\s?nam|-)\s?(?P<qyear>20\d\d)"
    r"|thang (?P<month>\d{1,2})\s?(?:/|,?\s?nam|-)\s?(?P<myear>20\d\d)"
    r"|nam (?P<year>20\d\d))(?!\d)"
)
_BARE_MONTH: Final = re.compile(
    r"[\s:,(\-]*(?:(?P<under>truoc |cham nhat )|(?:du kien|vao|trong) )*"
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
_STRIVES: Final = re.compile(r"ph[ao]n d[ao]u|du kien|se\b")
_REACH: Final = 60
"""Characters within which the time of an event follows it."""


@dataclass(frozen=True)
class Milestone:
    """An event and when: ``when`` as ``2026-Q3``, ``2026-05``, ``2026-05-07`` or ``2026``."""

    kind: Kind
    when: str
    raw: str
    qualifier: str
    confidence: float
    start: int


def find_milestones(text: str) -> Iterator[Milestone]:
    """Yield the milestones that a text names. A time without a year is none."""
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    events = list(_EVENT.finditer(folded))
    for index, event in enumerate(events):
        limit = events[index + 1].start() if index + 1 < len(events) else len(folded)
        stop = re.search(r"[;\n]|\.\s", folded[event.end() : limit])
        end = event.end() + stop.start() if stop else limit
        when = _BARE_MONTH.match(folded, event.end(), end)
        when = when or _WHEN.search(folded, event.end(), min(end, event.end() + _REACH))
        if not when:
            continue
        value = format_time(when)
        if not value:
            continue
        kind: Kind = event.lastgroup  # type: ignore[assignment]
        raw = text[event.start() : when.end()].strip()
        yield Milestone(kind, value, raw, "under" if when["under"] else "", 1.0, event.start())


def find_times(text: str) -> Iterator[tuple[str, str]]:
    """Yield each time that a text names, as (time, its words)."""
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    for match in _WHEN.finditer(folded):
        value = format_time(match)
        if value:
            yield value, text[match.start() : match.end()].strip()


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
