"""Ceremonies without a day of their own: on the day of those that were announced before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.statements.predicates.events.event_verbs import find_events
from reports.statements.predicates.moods import find_mood
from reports.statements.predicates.said_of import ITEMS, find_said_of
from reports.statements.predicates.statement_making import make_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch
    from reports.statements.subjects import Subject, SubjectMemory

_CEREMONIES: Final = frozenset({"start", "inauguration"})
_DAY_LENGTH: Final = len("2026-05-07")
_THEN: Final = re.compile(
    r"dịp này|nhân dịp|cùng ngày|cùng dịp|lễ (?:này|thứ|khởi công|khánh thành|động thổ)|các lễ|cũng"
    r"|^\W*(?:về phía|trong nhóm|nhóm)",
    re.IGNORECASE,
)
_THIS_DAY: Final = re.compile(r"dịp này|nhân dịp|cùng ngày|cùng dịp", re.IGNORECASE)


def read_untimed(
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
                yield _make_untimed(lexed, subject, verb, memory), subject


def _has_own_time(lexed: LexedSentence, verb: PhraseMatch) -> bool:
    return any(abs(t.start - verb.end) < 30 and t.value for t in lexed.times)  # noqa: PLR2004


def _make_untimed(
    lexed: LexedSentence, subject: Subject, verb: PhraseMatch, memory: SubjectMemory
) -> Statement:
    """Return a ceremony on the day of the others: asked about, but where the text points at it.

    It does where "dịp này" follows the one day of its paragraph, or the document is of that day.
    """
    day = memory.day
    points = _THIS_DAY.search(lexed.text[: verb.start]) is not None
    clear = points and memory.day_paragraph == lexed.sentence.paragraph
    clear = clear or (lexed.as_of is not None and day == lexed.as_of.isoformat())
    span = parse_span(day)
    coming = span is not None and lexed.as_of is not None and span[1] > lexed.as_of
    return replace(
        make_statement(lexed.sentence, subject, verb.key, day, range(verb.start, verb.end)),
        mood="planned" if coming else "done",
        when=day,
        inferred=("day",),
        status="sure" if clear else "ask",
        why="" if clear else "day_of_other_sentence",
        candidates=() if clear else (day,),
    )


def remember_day(lexed: LexedSentence, memory: SubjectMemory) -> None:
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
        memory.day_paragraph = lexed.sentence.paragraph if len(set(days)) == 1 else -1
    elif days and set(days) != {memory.day}:
        memory.day_paragraph = -1
