"""Whose figure a figure is: a thing near it, a body, or the whole unit of the document."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.statements.lexing.phrases import CAPITALS
from reports.statements.predicates.said_of import find_asked_commune
from reports.statements.subjects import (
    Subject,
    choose_subject,
    find_again,
    list_subjects,
    name_whole,
    names_city,
)

if TYPE_CHECKING:
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.quantities import Quantity
    from reports.statements.subjects import SubjectMemory

_CITY_FIELDS: Final = frozenset({
    "disbursed", "disbursed_pct", "disbursement_target", "planned_disbursement", "allocated",
    "remaining_money",
})  # fmt: skip
_ON_THE_GROUND: Final = frozenset({
    "area", "length", "land_to_clear", "land_cleared", "land_handed_over", "land_remaining",
    "clearance_pct", "construction_pct", "compensation", "households", "households_paid",
    "households_agreed", "households_cleared", "households_remaining", "graves", "organisations",
})  # fmt: skip
"""What a text on one project tells of it without naming it again."""
_TIED: Final = re.compile(
    r"[\s(:,–-]*(?:(?:với|đã|mới|giải ngân|vốn|đầu tư công|đạt|được|chỉ|là|có|tỷ lệ|cao nhất"
    r"|thấp nhất|khoảng|hơn|gần|ở mức)\s)*"
)
_NAMED_BRACKET: Final = re.compile(rf"[{CAPITALS}]\w*\s?\((?:[^()\d]{{0,12}}\s)?$")
_OF_CITY: Final = re.compile(
    r"(?:UBND|HĐND|[UỦ][yỷỶ] ban nhân dân|Hội đồng nhân dân|Thành ủy|Đảng ủy)"
    r"(?:\s(?:TP|Tp|thành phố)\b|$)|Thành ủy",
    re.IGNORECASE,
)
_GIVES: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:vừa\s|đã\s)?"
    r"(?:giao|quyết định|đề ra|cho biết|cho hay|báo cáo|thông tin|công bố|thống kê)\b"
)
_GIVES_TO: Final = re.compile(r"\s?:\s?(?:là\s|đạt\s|được\s)?")
_UP_TO: Final = re.compile(r"(?<!\w)(?:đến|đến hết|đến ngày|đến hết ngày)\s$", re.IGNORECASE)
_SOURCE: Final = re.compile(r"(?:theo|từ)\s$", re.IGNORECASE)
_SOCIAL_HOUSING: Final = re.compile(r"nhà ở xã hội|NƠXH|NOXH", re.IGNORECASE)
_OF_SIZE: Final = re.compile(r"(?:có|với)\squy mô\s$")
"""A figure behind these is of the things just counted, not of the whole city."""
_MERGER: Final = "2025-07-01"
_BEFORE_MERGER: Final = "Hải Phòng và Hải Dương trước 01/7/2025"


def find_time(lexed: LexedSentence, start: int) -> str:
    """Return the time that a figure holds for: the nearest one before it that is an "up to".

    One with a colon right before the figure is its own ("Quý I: 120; Quý II: 84 căn"), and one of
    its clause with "đến" before it.
    """
    own = [t for t in lexed.times if t.value and _GIVES_TO.fullmatch(lexed.text, t.end, start)]
    begin, _ = lexed.find_clause(start)
    own = own or [
        time
        for time in lexed.times
        if begin <= time.start < start and time.value and _UP_TO.search(lexed.text[: time.start])
    ]
    if own:
        return own[-1].value
    times = [t for t in lexed.times if t.end <= start and t.value and t.role == "as_of"]
    return times[-1].value if times else ""


def find_figure_subject(
    lexed: LexedSentence, memory: SubjectMemory, quantity: Quantity, field: str
) -> Subject | None:
    """Return whose figure it is; ``None`` where nothing tells."""
    begin, _ = lexed.find_clause(quantity.start)
    if field == "count":
        return Subject("works", quantity.unit, start=quantity.start)
    if field in {"disbursed_pct", "pct"}:
        body = _find_body(lexed, quantity.start, begin)
        if body is not None:
            return body
    subject = _find_respective(lexed, quantity, begin)
    subject = subject or choose_subject(lexed, quantity.start, quantity.end, memory, is_figure=True)
    if field.startswith("households") and (subject is None or subject.carried):
        subject = find_asked_commune(lexed, begin, quantity.start) or subject
    loose = subject is None or subject.carried
    if field == "dwellings" and (subject is None or subject.kind == "works"):
        own = subject is not None and _OF_SIZE.search(lexed.text, begin, quantity.start) is not None
        loose = _SOCIAL_HOUSING.search(lexed.text) is not None and not own
    elif field not in _CITY_FIELDS:
        loose = False
    if field != "dwellings":
        loose = loose and not _is_of_other(lexed, quantity.start, begin)
    whole = name_whole(memory.scope) if loose else None
    if whole is not None and (
        subject is None or subject.kind == "works" or names_city(lexed.text[: quantity.start])
    ):
        return _date_whole(whole, find_time(lexed, quantity.start))
    if subject is None and memory.only is not None and field in _ON_THE_GROUND:
        again = find_again(lexed)
        return replace(memory.only, start=-1, carried=again, supposed=not again)
    return subject


def _is_of_other(lexed: LexedSentence, start: int, begin: int) -> bool:
    """Return True for a figure that is somebody's: a body's of its clause, "Nam Sách (59,7%)".

    Who gives a plan or tells a figure ("HĐND thành phố giao", "UBND thành phố cho biết") has none.
    """
    if _NAMED_BRACKET.search(lexed.text, begin, start):
        return True
    return any(
        body.named
        and begin <= body.start < start
        and not _OF_CITY.match(body.name)
        and not _GIVES.match(lexed.text, body.end)
        and not _SOURCE.search(lexed.text[: body.start])
        for body in lexed.bodies
    )


def _date_whole(whole: Subject, when: str) -> Subject:
    """Return the unit of the time: before the merger no figure is today's city's."""
    span = parse_span(when)
    if whole.kind == "city" and span is not None and span[1].isoformat() < _MERGER:
        return replace(whole, kind="province", name=_BEFORE_MERGER)
    return whole


def _find_respective(lexed: LexedSentence, quantity: Quantity, begin: int) -> Subject | None:
    """Return whose figure it is in "A và B, lần lượt 12 ha và 30 ha": in the same order."""
    word = lexed.text.find("lần lượt", begin, quantity.start)
    if word < 0:
        return None
    figures = [q for q in lexed.quantities if q.start > word and q.kind == quantity.kind]
    subjects = [s for s in list_subjects(lexed) if begin <= s.start < word]
    if len(subjects) < len(figures) or quantity not in figures:
        return None
    return subjects[-len(figures) :][figures.index(quantity)]


def _find_body(lexed: LexedSentence, start: int, begin: int) -> Subject | None:
    """Return the body whose share it is: "An Lão (53%)", "UBND huyện Cát Hải đạt 33%"."""
    named = [b for b in lexed.bodies if b.named and begin <= b.start < start]
    if not named:
        return None
    between = lexed.text[named[-1].end : start]
    return (
        Subject("body", named[-1].name, start=named[-1].start) if _TIED.fullmatch(between) else None
    )
