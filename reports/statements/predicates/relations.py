"""Who owns, who is asked to act, where it lies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.moods import find_mood
from reports.statements.subjects import Subject, choose_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.statements.lexing.body_names import BodyMention
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.places import PlaceMention
    from reports.statements.subjects import SubjectMemory

_REACH: Final = 60
_MUST_REACH: Final = 80


def read_relations(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return owners, who is asked to act, and where subjects lie."""
    return (
        *_read_owners(lexed, memory),
        *_read_asked(lexed, memory),
        *_read_places(lexed, memory),
    )


def _read_owners(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    for body in lexed.bodies:
        if not body.named:
            continue
        led = _ends_with("owner_before", lexed.text[: body.start])
        trailed = _begins_with("owner_after", lexed.text[body.end :])
        if not trailed and led in {"", "by"}:  # "do Sở Xây dựng thẩm định" owns nothing
            continue
        subject = choose_subject(lexed, body.start, body.end, memory)
        if subject is not None and subject.kind not in {"works", "commune"}:
            yield _make_body(lexed, subject, body, "owner", "done")


def _read_asked(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    for index, body in enumerate(lexed.bodies):
        following = [b.start for b in lexed.bodies[index + 1 :]]
        reach = following[0] if following else len(lexed.text)
        after = re.split(r"[;.]", lexed.text[body.end : max(reach, body.end)])[0]
        asked = _ends_with("asked_before", lexed.text[: body.start])
        must = load_phrases("relations", "asked_after").has(after[:_MUST_REACH])
        if not asked and not must:
            continue
        subject = choose_subject(lexed, body.start, body.end, memory)
        if subject is None:
            subject = _find_place_subject(lexed, body)
        if subject is None or not body.named:
            continue
        yield _make_body(lexed, subject, body, "asked_to_act", "required")


def _find_place_subject(lexed: LexedSentence, body: BodyMention) -> Subject | None:
    near = [p for p in lexed.places if p.codes and not p.start <= body.start < p.end]
    if not near:
        return None
    place = min(near, key=lambda p: abs(p.start - body.start))
    return Subject("commune", place.words, communes=place.codes, start=place.start)


def _make_body(
    lexed: LexedSentence, subject: Subject, body: BodyMention, field: str, mood: str
) -> Statement:
    line = lexed.sentence.find_line(body.start)
    return Statement(
        subject=subject.name,
        subject_kind=subject.kind,
        field=field,
        value=body.name,
        sentence=lexed.sentence.text,
        place=SourcePlace(line, line, lexed.sentence.place.page),
        start=body.start,
        end=body.end,
        item=subject.item,
        stated=lexed.text[body.start : body.end],
        mood=mood,  # type: ignore[arg-type]
        communes=subject.communes,
        bodies=(body.name,),
        detail=subject.phase,
    )


def _read_places(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    for place in lexed.places:
        if not place.codes and not place.doubtful:
            continue
        subject = choose_subject(lexed, place.start, place.end, memory)
        if subject is None or subject.kind in {"commune", "body", "city"}:
            continue
        if place.start > 0 and not _ends_with("lies_before", lexed.text[: place.start]):
            continue
        yield _make_place(lexed, subject, place)


def _make_place(lexed: LexedSentence, subject: Subject, place: PlaceMention) -> Statement:
    begin, _ = lexed.find_clause(place.start)
    line = lexed.sentence.find_line(place.start)
    mood = find_mood(lexed.text[begin : place.start], "measured")
    doubtful = not place.codes
    return Statement(
        subject=subject.name,
        subject_kind=subject.kind,
        field="located_in",
        value=place.words,
        sentence=lexed.sentence.text,
        place=SourcePlace(line, line, lexed.sentence.place.page),
        start=place.start,
        end=place.end,
        item=subject.item,
        stated=place.words,
        mood="measured" if mood in {"done", "planned", "required"} else mood,
        communes=place.codes,
        detail=subject.phase,
        status="ask" if doubtful else "sure",
        why="uncertain_place" if doubtful else "",
        candidates=place.doubtful,
    )


def _ends_with(table: str, before: str) -> str:
    """Return the key of the phrase of a table that stands right before a place; '' for none."""
    near = before[-_REACH:]
    for match in load_phrases("relations", table).find(near):
        if re.fullmatch(
            r"[\s:(,]*(?:(?:các|một số|một phần|địa bàn|\d{1,2}|hai|ba|cho)\s)*", near[match.end :]
        ):
            return match.key
    return "mark" if table == "lies_before" and re.search(r"[,:(]\s?(?:các\s)?$", near) else ""


def _begins_with(table: str, after: str) -> bool:
    """Return True if a phrase of a table stands right behind a place."""
    first = next(load_phrases("relations", table).find(after[:_REACH]), None)
    return first is not None and not after[: first.start].strip()
