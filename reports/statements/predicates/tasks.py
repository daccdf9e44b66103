"""Tasks: what is still to be done with a thing that a sentence names, and who is told to do it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reports.statements.antecedents import ask_which, find_pointed
from reports.statements.lexing.body_names import find_bodies
from reports.statements.lexing.phrases import load_phrases
from reports.statements.lexing.pointing import find_pointing
from reports.statements.predicates.said_of import ITEMS, is_named
from reports.statements.predicates.statement_making import make_statement
from reports.statements.subjects import Subject, make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.narrative.prose import Sentence
    from reports.statements.lexing.body_names import BodyMention
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.subjects import SubjectMemory

_LONGEST: Final = 300
_MARK: Final = re.compile(r"^\W*(?:\(?[\dIVXa-zđ]{1,4}[.)]\s)?(?:\d{1,2}(?:\.\d{1,2})*\.\s)?\W*")
_MANY: Final = re.compile(r"(?:(?:các|những|hai|ba|bốn)\s)?", re.IGNORECASE)
_TASKS: Final = re.compile(r"nhiệm vụ|giải pháp|phương hướng|chỉ đạo\W*$", re.IGNORECASE)
_GOALS: Final = re.compile(r"^\W*(?:[IVX\d.]+\s)?(?:các\s|một số\s)?mục tiêu", re.IGNORECASE)
_RESULTS: Final = re.compile(r"kết quả|tình hình|đánh giá|đã đạt|ưu điểm", re.IGNORECASE)
_IS_TOLD: Final = re.compile(
    r"\s(?:(?:tập trung\s)?(?:lãnh đạo,\s)?chỉ đạo|chủ trì|tập trung|có trách nhiệm|thực hiện"
    r"|tổ chức|khẩn trương|phối hợp)[^:]{0,24}:\s*$"
)
_TELLS: Final = re.compile(
    r"(?:giao|đề nghị|yêu cầu|kiến nghị|phân công)(?:\scho)?\s$", re.IGNORECASE
)


@dataclass(frozen=True)
class Order:
    """Who the heading above some tasks tells to do them ("Giao Sở Xây dựng chỉ đạo:")."""

    sentence: Sentence
    body: BodyMention


def find_orders(headings: Sequence[Sentence]) -> tuple[Order, ...]:
    """Return whom the nearest heading that tells somebody tells; none where none does."""
    for heading in headings:
        text = heading.text
        if not text.rstrip().endswith(":"):
            continue
        told = [
            body
            for body in find_bodies(text)
            if body.named
            and (_TELLS.search(text[: body.start]) or _IS_TOLD.match(text[body.end :]))
        ]
        if told:
            return tuple(Order(heading, body) for body in told)
    return ()


def sets_tasks(headings: Sequence[str]) -> bool:
    """Return True if the nearest title that says what is below it says that these are tasks."""
    for heading in headings:
        if _TASKS.search(heading):
            return _RESULTS.search(heading) is None
        if _RESULTS.search(heading):
            return False
    return False


def sets_goals(headings: Sequence[str]) -> bool:
    """Return True if the titles above say that what is below them are goals, not results."""
    if any(_RESULTS.search(heading) for heading in headings):
        return False
    return any(_GOALS.search(heading) for heading in headings)


def read_tasks(
    lexed: LexedSentence,
    memory: SubjectMemory,
    orders: Sequence[Order] = (),
    *,
    listed: bool = False,
) -> Iterator[Statement]:
    """Yield what each clause that sets a task wants done with the things that it speaks of.

    These are named, or pointed back to ("dự án này"): which is asked where several may be meant.

    ``listed``: the sentence stands in a list of tasks, where any verb sets one. Elsewhere a clause
    does behind one that does ("Tập trung đôn đốc …; hoàn thiện phương án …"), and a thing there is
    one more of what is to be done ("Đẩy nhanh tuyến A; tuyến B"). Whoever ``orders``
    tell is asked to do it.
    """
    listed = listed or bool(orders)
    span = range(0)
    goes_on = False
    words = ""
    for begin, stop in _list_clauses(lexed):
        first = begin + _MARK.match(lexed.text[begin:stop]).end()  # type: ignore[union-attr]
        verb = next(load_phrases("moods", "tasks").find(lexed.text, first, stop), None)
        sets = verb is not None and verb.start == first
        goes_on = sets and (listed or goes_on or verb.key == "starts")  # type: ignore[union-attr]
        more = bool(words) and any(
            first <= name.start < stop and _MANY.fullmatch(lexed.text, first, name.start)
            for name in lexed.names
        )
        goes_on = goes_on or more
        if not goes_on:
            words = ""
            continue
        if not more:
            words = lexed.text[first:stop].strip(" ;.,")[:_LONGEST]
            span = range(first, first + len(words))
        for name in lexed.names:
            subject = make_subject(name)
            if begin <= name.start < stop and not name.beside and subject.kind in ITEMS:
                made = make_statement(lexed.sentence, subject, "planned_work", words, span)
                yield replace(made, mood="planned")
                yield from _list_asked(subject, words, orders)
        for pointing in find_pointing(lexed.text):
            if first <= pointing.start < stop:
                pointed = find_pointed(lexed, memory, pointing)
                yield from _set_for_pointed(lexed, pointed, span, orders)


def _set_for_pointed(
    lexed: LexedSentence,
    pointed: tuple[Sequence[Subject], bool],
    span: range,
    orders: Sequence[Order],
) -> Iterator[Statement]:
    """Yield a task for what its words point back to; one to be asked about where that is open."""
    subjects, sure = pointed
    words = lexed.text[span.start : span.stop]
    if not subjects:
        nobody = Subject("unknown", words)
        made = make_statement(lexed.sentence, nobody, "planned_work", words, span)
        for one in (replace(made, mood="planned"), *_make_asked(nobody, words, orders)):
            yield replace(one, status="ask", why="subject")
        return
    for subject in subjects if sure else subjects[:1]:
        made = make_statement(lexed.sentence, subject, "planned_work", words, span)
        told = [replace(made, mood="planned"), *_list_asked(subject, words, orders)]
        yield from told if sure else (ask_which(one, subjects) for one in told)


def _list_clauses(lexed: LexedSentence) -> Iterator[tuple[int, int]]:
    """Yield where each clause begins and ends; one goes on until its brackets are closed."""
    begin = 0
    for stop in (*lexed.breaks, len(lexed.text)):
        opened = lexed.text.count("(", begin, stop) > lexed.text.count(")", begin, stop)
        if not opened or stop == len(lexed.text) or ")" not in lexed.text[stop:]:
            yield begin, stop
            begin = stop


def _list_asked(subject: Subject, task: str, orders: Sequence[Order]) -> Iterator[Statement]:
    return _make_asked(subject, task, orders if is_named(subject) else ())


def _make_asked(subject: Subject, task: str, orders: Sequence[Order]) -> Iterator[Statement]:
    for order in orders:
        body = order.body
        span = range(body.start, body.end)
        made = make_statement(order.sentence, subject, "asked_to_act", body.name, span)
        yield replace(made, mood="required", bodies=(body.name,), detail=task)
