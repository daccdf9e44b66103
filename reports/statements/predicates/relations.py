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

_OWNER_BEFORE: Final = re.compile(
    r"(?:(?:chủ đầu tư|nhà đầu tư|CĐT)(?: hạ tầng| dự án)?(?:\s?\([^)]*\))?\s?(?::|là)\s*(?:đại diện\s)?|\bdo\s|giao cho\s)$",
    re.IGNORECASE,
)
_OWNER_AFTER: Final = re.compile(
    r"^\s(?:làm chủ đầu tư|là chủ đầu tư|là nhà đầu tư|làm nhà đầu tư|đầu tư (?:xây dựng )?(?:cụm|khu|dự án)|phát triển|đầu tư(?=[\s,.;]))",
    re.IGNORECASE,
)
_DO: Final = re.compile(r"\bdo\s$", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"(?:yêu cầu|giao|giao cho|đề nghị|chỉ đạo|đôn đốc|kiến nghị|nhắc nhở|giao nhiệm vụ cho)\s(?:(?:các|cho)\s)?$",
    re.IGNORECASE,
)
_MUST: Final = re.compile(
    r"^(?:[^;.]{0,80}?)[\s,](?:phải|cần|có trách nhiệm|chịu trách nhiệm|được yêu cầu|khẩn trương|tập trung|chủ trì|chủ động|sớm|đẩy nhanh|hướng dẫn|rà soát|hoàn thiện|hoàn thành|chi trả|chỉ đạo|phối hợp|làm nhanh|làm dứt điểm|dồn sức|xử lý)\b",
    re.IGNORECASE,
)
_LIES: Final = re.compile(
    r"(?:tại|ở|thuộc|trên địa bàn|địa phận|địa điểm|thuộc địa bàn|qua|đi qua|trên|gồm|:|,|\()\s?(?:một số\s|các\s|địa bàn\s|phần\s|một phần\s|\d{1,2}\s|hai\s|ba\s)*$",
    re.IGNORECASE,
)


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
        before, after = lexed.text[: body.start], lexed.text[body.end :]
        led = _OWNER_BEFORE.search(before[-60:])
        trailed = _OWNER_AFTER.match(after)
        if not led and not trailed:
            continue
        if led and _DO.search(before) and not trailed:
            continue  # "do Sở Xây dựng thẩm định"
        subject = choose_subject(lexed, body.start, body.end, memory)
        if subject is not None and subject.kind not in {"works", "commune"}:
            yield _make_body(lexed, subject, body, "owner", "done")


def _read_asked(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    for index, body in enumerate(lexed.bodies):
        following = [b.start for b in lexed.bodies[index + 1 :]]
        reach = following[0] if following else len(lexed.text)
        before, after = lexed.text[: body.start], lexed.text[body.end : max(reach, body.end)]
        asked = _ASKS.search(before[-40:])
        must = _MUST.match(after)
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
        if not _LIES.search(lexed.text[: place.start][-40:]) and place.start > 0:
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


def has_asking(text: str) -> bool:
    """Return True if a text asks somebody to act."""
    return load_phrases("moods", "asks").has(text)
