"""Times as statements: what happened or is to happen then, and how long it takes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.statements.predicates.events.ceremonies import read_untimed, remember_day
from reports.statements.predicates.events.event_times import TimedEvent, bind_times
from reports.statements.predicates.moods import find_mood, is_left_behind
from reports.statements.predicates.said_of import (
    ITEMS,
    asks_others,
    find_committee_communes,
    find_said_of,
    is_told_to,
)
from reports.statements.predicates.statement_making import make_statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Mood, Statement
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.subjects import Subject, SubjectMemory

_FIELDS: Final = {
    "works": "works_from_to", "months": "duration_months", "task": "deadline",
}  # fmt: skip
_LEGAL: Final = frozenset({"established_on", "approved_on"})
_ZONES: Final = frozenset({"park", "cluster", "zone"})
_ORDERED: Final = frozenset({"required", "planned"})
_MONTH_LENGTH: Final = len("2026-05")
_PHASE: Final = re.compile(
    r"((?:GĐ|giai đoạn)\s?(?:\d|[IVX]+\b|đầu|hai))[^;]{0,14}$", re.IGNORECASE
)
_PAPER: Final = re.compile(
    r"(?:nghị quyết|đề án|quy chế|quy định|chương trình|kế hoạch|tờ trình)\s(?:về|[“\"]|quy định)",
    re.IGNORECASE,
)
_PUT_OFF: Final = re.compile(
    r"(?:đề xuất|đề nghị|kiến nghị|xin)\s(?:được\s)?(?:điều chỉnh|lùi|giãn|dời|chuyển)\s[^;]*$",
    re.IGNORECASE,
)
_OTHER_PLAN: Final = re.compile(
    r"quy hoạch (?:chung|tỉnh|thành phố|vùng|tổng thể|phát triển|điện|mạng lưới)|đề án|chương trình"
    r"|nhiệm vụ|danh mục|điều lệ|kế hoạch|quyết toán|phương án|đồ án|báo cáo",
    re.IGNORECASE,
)


_PLAN_OF_ONE: Final = re.compile(
    r"\s(?P<plan>(?:điều chỉnh\s)?(?:cục bộ\s)?(?:(?:đồ án|nhiệm vụ)\s)?(?:quy hoạch\s)?(?:\d+\s)?"
    r"(?:quy hoạch (?:chung|phân khu|chi tiết)(?: xây dựng)?|quy hoạch khu|quy hoạch phân khu"
    r"|báo cáo nghiên cứu khả thi)(?:\s(?:tỷ lệ\s)?1/\d[\d.]*)?)\s(?:của\s)?",
    re.IGNORECASE,
)
"""The plan of one thing; its name follows."""


def read_events(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return what the times of a sentence date, each with its subject."""
    statements: dict[tuple[str, str, str], Statement] = {}
    bound: set[int] = set()
    asked: list[Subject] = []
    for event in bind_times(lexed):
        bound.add(event.start)
        if is_left_behind(lexed.text, event.first, event.last):
            continue
        for statement, subject in _make_statements(lexed, memory, event):
            key = (subject.key, statement.field, str(statement.value))
            statements.setdefault(key, statement)
            memory.dated.add((subject.key, statement.field))
            if subject.kind == "commune":
                asked.append(subject)
    for statement, subject in read_untimed(lexed, memory, bound):
        if (subject.key, statement.field) not in memory.dated:
            memory.dated.add((subject.key, statement.field))
            statements.setdefault((subject.key, statement.field, ""), statement)
    remember_day(lexed, memory)
    _remember_asked(lexed, memory, asked)
    return tuple(statements.values())


def _make_statements(
    lexed: LexedSentence, memory: SubjectMemory, event: TimedEvent
) -> Iterator[tuple[Statement, Subject]]:
    field = _FIELDS.get(event.key, event.key)
    mood = _find_event_mood(lexed, event, field)
    if field == "deadline" and mood not in {*_ORDERED, "conditional"}:
        return
    if field in _LEGAL and (_is_to_come(lexed, event.value) or _is_of_paper(lexed, event)):
        return
    other = field in _LEGAL and _OTHER_PLAN.match(lexed.text[event.end :].lstrip())
    if other and not _find_plan(lexed, event):
        return
    # What is put off stands behind its new time: "… sang năm 2027 đối với 13 dự án".
    end = event.last if field == "milestone" else event.end
    subjects = find_said_of(lexed, event.start, end, memory, items=field != "deadline")
    if field == "deadline" and not subjects:
        subjects = _list_asked_communes(lexed, event) or _recall_asked(lexed, memory)
    if field == "deadline" and mood == "conditional":
        subjects = [subject for subject in subjects if subject.kind == "commune"]
    for subject in subjects:
        if field == "finish" and subject.carried and is_told_to(lexed, event.start):
            yield _make(lexed, subject, event, "deadline", mood="required", why=""), subject
            continue
        if not _may_be_dated(subject, field, event.value):
            continue
        why = "mood" if mood in {"conditional", "proposed", "denied"} else ""
        why = "unclear_event" if event.unclear else why
        if event.unclear and subject.kind not in _ZONES:
            continue
        yield _make(lexed, subject, event, field, mood=mood, why=why), subject


def _find_plan(lexed: LexedSentence, event: TimedEvent) -> str:
    """Return the plan of one thing that is approved ("Quy hoạch chung Khu kinh tế …"), else ''."""
    plan = _PLAN_OF_ONE.match(lexed.text, event.end)
    if plan is None or event.key != "approved_on":
        return ""
    return plan["plan"] if any(name.start == plan.end() for name in lexed.names) else ""


def _list_asked_communes(lexed: LexedSentence, event: TimedEvent) -> list[Subject]:
    """Return the communes whose committees are named before a deadline in its clause."""
    begin, _ = lexed.find_clause(event.first)
    return [
        commune
        for body in lexed.bodies
        if begin <= body.start < event.first
        for commune in find_committee_communes(lexed, body)
    ]


def _recall_asked(lexed: LexedSentence, memory: SubjectMemory) -> list[Subject]:
    """Return the communes that the sentences before ask, where this one names nobody else."""
    same = memory.asked_paragraph == lexed.sentence.paragraph
    alone = not (lexed.names or lexed.places or any(body.named for body in lexed.bodies))
    return list(memory.asked) if same and alone else []


def _remember_asked(lexed: LexedSentence, memory: SubjectMemory, asked: Sequence[Subject]) -> None:
    """Keep the communes that a sentence asks to act; another thing named ends that."""
    communes = [c for body in lexed.bodies for c in find_committee_communes(lexed, body)]
    if communes or asked:
        memory.asked = tuple(dict.fromkeys(communes or asked))
        memory.asked_paragraph = lexed.sentence.paragraph
    elif lexed.names or lexed.places:
        memory.asked = ()


def _may_be_dated(subject: Subject, field: str, value: str) -> bool:
    if field == "deadline":
        return subject.kind not in {"city", "province", "country", "unknown"}
    if subject.kind == "works":
        return field == "milestone" or (
            field in {"start", "inauguration", *_LEGAL}
            and len(value) >= _MONTH_LENGTH
            and ".." not in value
        )
    return subject.kind in ITEMS


def _find_event_mood(lexed: LexedSentence, event: TimedEvent, field: str) -> Mood:
    begin, _ = lexed.find_clause(event.first)
    default = _judge_by_day(lexed, event)
    if field in {"works_from_to", "duration_months"} and default == "done":
        default = "planned" if field == "duration_months" else "done"
    words = lexed.text[event.start : event.end].lower()
    if event.time.role == "before" or "hạn" in words:
        default = "required" if field == "deadline" else "planned"
    before = lexed.text[begin : max(event.end, event.first)]
    if field == "milestone" and _PUT_OFF.search(before):
        return "proposed"
    mood = find_mood(before, default)
    if field == "deadline" and mood == "done":  # "đã" may be of a piece before
        mood = find_mood(re.split(r",(?!\d)", before)[-1], default)
    if field in _LEGAL:
        return "done" if mood not in {"conditional", "proposed", "denied"} else mood
    if mood == "done" and default == "planned":
        return "planned"
    return mood


def _is_of_paper(lexed: LexedSentence, event: TimedEvent) -> bool:
    """Return True where a resolution or a plan itself is approved, not what it speaks of."""
    begin, _ = lexed.find_clause(event.start)
    return _PAPER.search(lexed.text[begin : event.start]) is not None


def _is_to_come(lexed: LexedSentence, value: str) -> bool:
    span = parse_span(value)
    return span is not None and lexed.as_of is not None and span[0] > lexed.as_of


def _judge_by_day(lexed: LexedSentence, event: TimedEvent) -> Mood:
    """Return ``planned`` for a time that is to come when the document is written."""
    span = parse_span(event.value.rpartition("..")[2])
    if span is None or lexed.as_of is None:
        return "planned"
    return "planned" if span[1] > lexed.as_of else "done"


def _make(
    lexed: LexedSentence,
    subject: Subject,
    event: TimedEvent,
    field: str,
    *,
    mood: Mood,
    why: str,
) -> Statement:
    months = event.time.months if event.key == "months" else 0
    words = lexed.text[event.start : event.end] if field in {"milestone", "deadline"} else ""
    words = words or (_find_plan(lexed, event) if field in _LEGAL else "")
    bodies = _find_asked(lexed, event) if field == "deadline" else ()
    under = event.time.role == "before" or field == "deadline" or _has_cap(lexed, event)
    value = float(months) if months else event.value
    return replace(
        make_statement(lexed.sentence, subject, field, value, range(event.first, event.last)),
        unit="tháng" if months else "",
        qualifier="under" if under else "exact",
        mood=mood,
        when="" if months else event.value,
        bodies=bodies,
        detail=" · ".join(filter(None, (words, subject.phase or _find_phase(lexed, event)))),
        inferred=("year",) if event.time.year_inferred else (),
        status="ask" if why else "sure",
        why=why,
        candidates=(event.value,) if why and event.value else (),
    )


def _find_phase(lexed: LexedSentence, event: TimedEvent) -> str:
    """Return the phase that a span stands right behind: "GĐ1 (2025 - 2030)"."""
    if event.key != "works":
        return ""
    before = lexed.text[max(0, event.first - 40) : event.first]
    phase = _PHASE.search(before)
    return phase[1] if phase else ""


def _has_cap(lexed: LexedSentence, event: TimedEvent) -> bool:
    before = lexed.text[max(0, event.first - 14) : event.first].lower()
    return re.search(r"(?:không quá|tối đa|chưa đầy)\s$", before) is not None


def _find_asked(lexed: LexedSentence, event: TimedEvent) -> tuple[str, ...]:
    """Return the bodies named before a deadline in its clause: they have to keep it."""
    begin, _ = lexed.find_clause(event.first)
    names = [
        body.name
        for body in lexed.bodies
        if body.named and begin <= body.start < event.first and not asks_others(lexed, body)
    ]
    return tuple(dict.fromkeys(names))
