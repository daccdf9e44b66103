"""Times as statements: what happened or is to happen then, and how long it takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.predicates.event_times import TimedEvent, bind_times, find_events
from reports.statements.predicates.moods import find_mood
from reports.statements.predicates.said_of import (
    ITEMS,
    find_committee_communes,
    find_said_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Mood
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch
    from reports.statements.subjects import Subject, SubjectMemory

_FIELDS: Final = {
    "works": "works_from_to", "months": "duration_months", "task": "deadline",
}  # fmt: skip
_LEGAL: Final = frozenset({"established_on", "approved_on"})
_CEREMONIES: Final = frozenset({"start", "inauguration"})
_ZONES: Final = frozenset({"park", "cluster", "zone"})
_ORDERED: Final = frozenset({"required", "planned"})
_MONTH_LENGTH: Final = len("2026-05")
_DAY_LENGTH: Final = len("2026-05-07")
_THEN: Final = re.compile(
    r"dịp này|nhân dịp|cùng ngày|cùng dịp|lễ (?:này|thứ|khởi công|khánh thành|động thổ)|các lễ|cũng"
    r"|^\W*(?:về phía|trong nhóm|nhóm)",
    re.IGNORECASE,
)
_PHASE: Final = re.compile(
    r"((?:GĐ|giai đoạn)\s?(?:\d|[IVX]+\b|đầu|hai))[^;]{0,14}$", re.IGNORECASE
)
_PAPER: Final = re.compile(
    r"(?:nghị quyết|đề án|quy chế|quy định|chương trình|kế hoạch|tờ trình)\s(?:về|[“\"]|quy định)",
    re.IGNORECASE,
)
_OTHER_PLAN: Final = re.compile(
    r"quy hoạch (?:chung|tỉnh|thành phố|vùng|tổng thể|phát triển|điện|mạng lưới)|đề án|chương trình"
    r"|danh mục|điều lệ|kế hoạch|quyết toán|phương án|đồ án|báo cáo",
    re.IGNORECASE,
)


def read_events(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return what the times of a sentence date, each with its subject."""
    statements: dict[tuple[str, str, str], Statement] = {}
    bound: set[int] = set()
    for event in bind_times(lexed):
        bound.add(event.start)
        for statement, subject in _make_statements(lexed, memory, event):
            key = (subject.key, statement.field, str(statement.value))
            statements.setdefault(key, statement)
            memory.dated.add((subject.key, statement.field))
    for statement, subject in _read_untimed(lexed, memory, bound):
        if (subject.key, statement.field) not in memory.dated:
            memory.dated.add((subject.key, statement.field))
            statements.setdefault((subject.key, statement.field, ""), statement)
    _remember_day(lexed, memory)
    return tuple(statements.values())


def _make_statements(
    lexed: LexedSentence, memory: SubjectMemory, event: TimedEvent
) -> Iterator[tuple[Statement, Subject]]:
    field = _FIELDS.get(event.key, event.key)
    mood = _find_event_mood(lexed, event, field)
    if field == "deadline" and mood not in _ORDERED:
        return
    if field in _LEGAL and (_is_to_come(lexed, event.value) or _is_of_paper(lexed, event)):
        return
    if field in _LEGAL and _OTHER_PLAN.match(lexed.text[event.end :].lstrip()):
        return
    subjects = find_said_of(lexed, event.start, event.end, memory, items=field != "deadline")
    if field == "deadline" and not subjects:
        subjects = _list_asked_communes(lexed, event)
    for subject in subjects:
        if not _may_be_dated(subject, field, event.value):
            continue
        why = "mood" if mood in {"conditional", "proposed", "denied"} else ""
        why = "unclear_event" if event.unclear else why
        if event.unclear and subject.kind not in _ZONES:
            continue
        yield _make(lexed, subject, event, field, mood=mood, why=why), subject


def _list_asked_communes(lexed: LexedSentence, event: TimedEvent) -> list[Subject]:
    """Return the communes whose committees are named before a deadline in its clause."""
    begin, _ = lexed.find_clause(event.first)
    return [
        commune
        for body in lexed.bodies
        if begin <= body.start < event.first
        for commune in find_committee_communes(lexed, body)
    ]


def _may_be_dated(subject: Subject, field: str, value: str) -> bool:
    if field == "deadline":
        return subject.kind not in {"city", "province", "country", "unknown"}
    if subject.kind == "works":
        return field in {"start", "inauguration", *_LEGAL} and (
            len(value) >= _MONTH_LENGTH and ".." not in value
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
    line = lexed.sentence.find_line(event.first)
    months = event.time.months if event.key == "months" else 0
    words = lexed.text[event.start : event.end] if field in {"milestone", "deadline"} else ""
    bodies = _find_asked(lexed, event) if field == "deadline" else ()
    under = event.time.role == "before" or field == "deadline" or _has_cap(lexed, event)
    return Statement(
        subject=subject.name,
        subject_kind=subject.kind,
        field=field,
        value=float(months) if months else event.value,
        sentence=lexed.sentence.text,
        place=SourcePlace(line, line, lexed.sentence.place.page),
        start=event.first,
        end=event.last,
        item=subject.item,
        stated=lexed.text[event.first : event.last],
        unit="tháng" if months else "",
        qualifier="under" if under else "exact",
        mood=mood,
        when="" if months else event.value,
        communes=subject.communes,
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
    names = [b.name for b in lexed.bodies if b.named and begin <= b.start < event.first]
    return tuple(dict.fromkeys(names))


def _read_untimed(
    lexed: LexedSentence, memory: SubjectMemory, bound: set[int]
) -> Iterator[tuple[Statement, Subject]]:
    """Yield ceremonies without a day of their own where one was given before: to be asked."""
    if not memory.day or not _THEN.search(lexed.text):
        return
    for verb in find_events(lexed):
        if verb.key not in _CEREMONIES or verb.start in bound or _has_own_time(lexed, verb):
            continue
        begin, _ = lexed.find_clause(verb.start)
        if find_mood(lexed.text[begin : verb.start], "done") in {"denied", "conditional"}:
            continue
        for subject in find_said_of(lexed, verb.start, verb.end, memory, items=True):
            if subject.kind in ITEMS and not subject.carried:
                yield _make_untimed(lexed, subject, verb, memory.day), subject


def _has_own_time(lexed: LexedSentence, verb: PhraseMatch) -> bool:
    return any(abs(t.start - verb.end) < 30 and t.value for t in lexed.times)  # noqa: PLR2004


def _make_untimed(lexed: LexedSentence, subject: Subject, verb: PhraseMatch, day: str) -> Statement:
    line = lexed.sentence.find_line(verb.start)
    span = parse_span(day)
    coming = span is not None and lexed.as_of is not None and span[1] > lexed.as_of
    return Statement(
        subject=subject.name,
        subject_kind=subject.kind,
        field=verb.key,
        value=day,
        sentence=lexed.sentence.text,
        place=SourcePlace(line, line, lexed.sentence.place.page),
        start=verb.start,
        end=verb.end,
        item=subject.item,
        stated=lexed.text[verb.start : verb.end],
        mood="planned" if coming else "done",
        when=day,
        communes=subject.communes,
        detail=subject.phase,
        inferred=("day",),
        status="ask",
        why="day_of_other_sentence",
        candidates=(day,),
    )


def _remember_day(lexed: LexedSentence, memory: SubjectMemory) -> None:
    """Keep the day of the ceremonies that a sentence announces."""
    if not any(verb.key in _CEREMONIES for verb in find_events(lexed)):
        return
    days = [
        t.value
        for t in lexed.times
        if len(t.value) == _DAY_LENGTH and t.role == "" and ".." not in t.value
    ]
    if days and (not memory.day or not lexed.names):
        memory.day = days[-1]
