"""Whose figure a figure is: a thing near it, a body, or the whole unit of the document."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.statements.subjects import Subject, choose_subject, name_whole, names_city

if TYPE_CHECKING:
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.quantities import Quantity
    from reports.statements.subjects import SubjectMemory

_CITY_FIELDS: Final = frozenset({
    "disbursed", "disbursed_pct", "disbursement_target", "planned_disbursement", "allocated",
    "remaining_money",
})  # fmt: skip
_TIED: Final = re.compile(
    r"[\s(:,–-]*(?:(?:với|đã|mới|giải ngân|đạt|được|chỉ|là|tỷ lệ|khoảng|hơn|gần|ở mức)\s)*"
)
_SOCIAL_HOUSING: Final = re.compile(r"nhà ở xã hội|NƠXH|NOXH", re.IGNORECASE)
_MERGER: Final = "2025-07-01"
_BEFORE_MERGER: Final = "Hải Phòng và Hải Dương trước 01/7/2025"


def find_time(lexed: LexedSentence, start: int) -> str:
    """Return the time that a figure holds for: the nearest one before it that is an "up to"."""
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
    subject = choose_subject(lexed, quantity.start, quantity.end, memory)
    loose = subject is None or subject.carried
    if field == "dwellings" and (subject is None or subject.kind == "works"):
        loose = _SOCIAL_HOUSING.search(lexed.text) is not None
    elif field not in _CITY_FIELDS:
        loose = False
    whole = name_whole(memory.scope) if loose else None
    if whole is not None and (
        subject is None or subject.kind == "works" or names_city(lexed.text[: quantity.start])
    ):
        return _date_whole(whole, find_time(lexed, quantity.start))
    return subject


def _date_whole(whole: Subject, when: str) -> Subject:
    """Return the unit of the time: before the merger no figure is today's city's."""
    span = parse_span(when)
    if whole.kind == "city" and span is not None and span[1].isoformat() < _MERGER:
        return replace(whole, kind="province", name=_BEFORE_MERGER)
    return whole


def _find_body(lexed: LexedSentence, start: int, begin: int) -> Subject | None:
    """Return the body whose share it is: "An Lão (53%)", "UBND huyện Cát Hải đạt 33%"."""
    named = [b for b in lexed.bodies if b.named and begin <= b.start < start]
    if not named:
        return None
    between = lexed.text[named[-1].end : start]
    return (
        Subject("body", named[-1].name, start=named[-1].start) if _TIED.fullmatch(between) else None
    )
