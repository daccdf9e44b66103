"""States in words: status, what is in the way, land that is late."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.grammar.obstacle import classify_cause
from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.moods import find_mood
from reports.statements.subjects import Subject, choose_subject, make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch
    from reports.statements.subjects import SubjectMemory

_PIECE: Final = re.compile(r"[,;:()]|\.\s")
_LONGEST: Final = 160
_SOLVED: Final = re.compile(
    r"(?:^|\s)(?:không còn|gỡ|tháo gỡ|giải quyết|xử lý|khắc phục|hết)\s(?:\w+\s){0,2}$"
)
_ASKED: Final = re.compile(
    r"(?:phải|cần|yêu cầu|đề nghị|tập trung|khẩn trương|sớm)\s(?:[^,;.]{0,40})$"
)


def read_conditions(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return the states that a sentence tells, each for every subject that it is told of."""
    return (*_read_status(lexed, memory), *_read_obstacles(lexed, memory))


def _read_status(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    for match in load_phrases("conditions", "status").find(lexed.text):
        if _ASKED.search(lexed.text[: match.start]):
            continue
        begin, stop = lexed.find_clause(match.start)
        subjects = _list_subjects(lexed, memory, match, begin, stop)
        for subject in subjects:
            if subject.kind in {"works", "commune", "body", "city", "unknown"}:
                continue
            words = lexed.text[match.start : match.end]
            yield _make(lexed, subject, match, field="status", value=match.key, words=words)


def _read_obstacles(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    taken: list[tuple[int, int]] = []
    for match in load_phrases("conditions", "late").find(lexed.text):
        if match.key in {"land_words", "causes", "solved"}:
            continue
        if _SOLVED.search(lexed.text[: match.start].lower()[-40:]):
            continue
        begin, stop = lexed.find_clause(match.start)
        start, end = _find_piece(lexed.text, match, begin, stop)
        if any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        words = lexed.text[start:end].strip(" ,;.:–-")
        land = match.key == "land" or _speaks_of_land(lexed.text[begin:stop])
        if re.search(r"không (?:còn |có )?vướng", words, re.IGNORECASE):
            continue
        field = "clearance_delayed" if land else "obstacle"
        cause = classify_cause(words) if land else "other"
        communes = _list_communes(lexed, begin, stop) if land else []
        for subject in communes or _list_subjects(lexed, memory, match, begin, stop):
            if subject.kind == "works" and communes:
                continue
            yield _make(lexed, subject, match, field=field, value=words, words=words, cause=cause)


def _speaks_of_land(clause: str) -> bool:
    return any(m.key == "land_words" for m in load_phrases("conditions", "late").find(clause))


def _find_piece(text: str, match: PhraseMatch, begin: int, stop: int) -> tuple[int, int]:
    """Return the part of the clause around a phrase that tells of it: between its commas."""
    before = [m.end() for m in _PIECE.finditer(text, begin, match.start)]
    after = _PIECE.search(text, match.end, stop)
    start = max([begin, *before, match.start - _LONGEST])
    return start, min(after.start() if after else stop, match.end + _LONGEST)


def _list_communes(lexed: LexedSentence, begin: int, stop: int) -> list[Subject]:
    """Return the communes that a clause says it of, one subject each."""
    subjects: list[Subject] = []
    for place in lexed.places:
        if begin <= place.start < stop and not any(
            n.end <= place.start for n in lexed.names if n.start >= begin
        ):
            subjects.extend(
                Subject("commune", place.words, communes=(code,), start=place.start)
                for code in place.codes
            )
    return subjects


def _list_subjects(
    lexed: LexedSentence, memory: SubjectMemory, match: PhraseMatch, begin: int, stop: int
) -> list[Subject]:
    listed = [name for name in lexed.names if begin <= name.start < stop]
    together = [n for n in listed if n.listed or n.kind == listed[0].kind]
    if len(together) > 1 and any(n.listed for n in together):
        return [make_subject(name) for name in together]
    subject = choose_subject(lexed, match.start, match.end, memory)
    return [subject] if subject is not None else []


def _make(
    lexed: LexedSentence,
    subject: Subject,
    match: PhraseMatch,
    *,
    field: str,
    value: str,
    words: str,
    cause: str = "",
) -> Statement:
    line = lexed.sentence.find_line(match.start)
    begin, _ = lexed.find_clause(match.start)
    mood = find_mood(lexed.text[begin : match.start], "done")
    if field == "status" or mood in {"denied", "planned", "forecast", "required"}:
        mood = "done"
    asked = mood in {"conditional", "proposed"} or (subject.kind == "works" and field != "status")
    return Statement(
        subject=subject.name,
        subject_kind=subject.kind,
        field=field,
        value=value,
        sentence=lexed.sentence.text,
        place=SourcePlace(line, line, lexed.sentence.place.page),
        start=match.start,
        end=match.end,
        item=subject.item,
        stated=words,
        mood=mood,
        communes=subject.communes,
        cause=cause,
        detail=subject.phase,
        status="ask" if asked else "sure",
        why="mood" if asked else "",
    )
