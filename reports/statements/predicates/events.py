"""Times as statements: what happened or is to happen then, and how long it takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.moods import find_mood
from reports.statements.subjects import Subject, choose_subject, make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Mood
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch
    from reports.statements.lexing.times import TimeToken
    from reports.statements.subjects import SubjectMemory

_REACH: Final = 70
_AFTER: Final = 40
_MANY: Final = re.compile(
    r"(?:các|những|toàn bộ|cả \w+)\s(?:\w+\s){0,3}(?:này|trên|nói trên|sau)", re.IGNORECASE
)
_POINTS: Final = frozenset({"start", "finish", "inauguration"})


def read_events(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return what the times of a sentence date, each with its subject."""
    statements: list[Statement] = []
    for index, time in enumerate(lexed.times):
        if time.role == "as_of":
            continue
        event = _find_event(lexed, index, time)
        if event is None or event.key == "other":
            continue
        field = _choose_field(event.key, time)
        if not field:
            continue
        statements.extend(_make_statements(lexed, memory, time, event, field))
    return tuple(statements)


def _find_event(lexed: LexedSentence, index: int, time: TimeToken) -> PhraseMatch | None:
    """Return the event nearest to a time: before it, or right after it."""
    begin, stop = lexed.find_clause(time.start)
    earlier = [t.end for t in lexed.times[:index] if t.end > begin]
    later = [t.start for t in lexed.times[index + 1 :]]
    low = max([begin, time.start - _REACH, *earlier])
    high = min([stop, time.end + _AFTER, *later])
    book = load_phrases("predicates", "events")
    before = list(book.find(lexed.text, low, time.start))
    cut = re.search(r"[;)]|,\s(?=\w+\s\w+)", lexed.text[time.end : high])
    after = list(book.find(lexed.text, time.end, time.end + cut.start() if cut else high))
    if before and after:
        near_before = time.start - before[-1].end
        near_after = after[0].start - time.end
        crossing = re.search(r"[,(]", lexed.text[before[-1].end : time.start])
        if near_after < near_before and (crossing or near_before > near_after + 12):
            return after[0]
    if before:
        return before[-1]
    return after[0] if after else None


def _choose_field(key: str, time: TimeToken) -> str:
    if time.months:
        return "" if key == "operation" else "duration_months"
    if key == "operation":
        return ""
    if ".." in time.value:
        return "works_from_to" if key not in {"established_on", "approved_on", "deadline"} else ""
    if key == "works_from_to":
        return "start"
    return key


def _make_statements(
    lexed: LexedSentence, memory: SubjectMemory, time: TimeToken, event: PhraseMatch, field: str
) -> Iterator[Statement]:
    begin, _ = lexed.find_clause(time.start)
    subjects = _list_subjects(lexed, memory, time, event)
    first = min(event.start, time.start)
    default: Mood = "required" if field == "deadline" or time.role == "before" else "done"
    if field in {"works_from_to", "duration_months"}:
        default = "planned"
    mood = find_mood(lexed.text[begin : max(first, event.end)], default)
    if field in {"established_on", "approved_on"} and mood != "conditional":
        mood = "done"
    if mood == "denied" and field in _POINTS:
        mood = "planned" if time.value else "denied"
    line = lexed.sentence.find_line(time.start)
    chosen: list[Subject | None] = [*subjects] or [None]
    for subject in chosen:
        why = "no_subject" if subject is None else ""
        if not why and mood in {"conditional", "proposed"}:
            why = "mood"
        value: float | str = float(time.months) if time.months else time.value
        yield Statement(
            subject=subject.name if subject else "",
            subject_kind=subject.kind if subject else "unknown",
            field=field,
            value=value,
            sentence=lexed.sentence.text,
            place=SourcePlace(line, line, lexed.sentence.place.page),
            start=time.start,
            end=time.end,
            item=subject.item if subject else "",
            stated=lexed.text[time.start : time.end],
            unit="tháng" if time.months else "",
            qualifier="under" if time.role == "before" else "exact",
            mood=mood,
            when="" if time.months else time.value,
            communes=subject.communes if subject else (),
            detail=_describe(lexed, event, field, subject),
            inferred=("year",) if time.year_inferred else (),
            status="ask" if why else "sure",
            why=why,
        )


def _describe(lexed: LexedSentence, event: PhraseMatch, field: str, subject: Subject | None) -> str:
    words = lexed.text[event.start : event.end] if field in {"milestone", "deadline"} else ""
    phase = subject.phase if subject else ""
    return " · ".join(filter(None, (words, phase)))


def _list_subjects(
    lexed: LexedSentence, memory: SubjectMemory, time: TimeToken, event: PhraseMatch
) -> list[Subject]:
    """Return the subjects that an event holds for; several where it is said of a list."""
    begin, stop = lexed.find_clause(time.start)
    clause = lexed.text[begin:stop]
    if _MANY.search(clause) and memory.group and not lexed.names:
        return list(memory.group)
    listed = [name for name in lexed.names if name.start > min(event.start, time.start)]
    listed = [n for n in listed if begin <= n.start < stop]
    if len(listed) > 1 and all(n.listed or n.kind == listed[0].kind for n in listed):
        return [make_subject(name) for name in listed]
    subject = choose_subject(lexed, event.start, max(time.end, event.end), memory)
    return [subject] if subject is not None else []
