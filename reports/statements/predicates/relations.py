"""Who owns, who is asked to act, where it lies."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases
from reports.statements.lexing.pointing import find_pointing
from reports.statements.predicates.moods import find_mood
from reports.statements.predicates.said_of import (
    ITEMS,
    find_committee_communes,
    find_said_of,
)
from reports.statements.predicates.statement_making import make_statement
from reports.statements.subjects import Subject, choose_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Mood, Statement
    from reports.statements.lexing.body_names import BodyMention
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.places import PlaceMention
    from reports.statements.subjects import SubjectMemory

_REACH: Final = 60
_MUST_REACH: Final = 60
_LONGEST_TASK: Final = 200
_COMPANY: Final = re.compile(
    r"(?:công ty|cty|ctcp|tập đoàn|tổng công ty|liên danh|doanh nghiệp|hợp tác xã|quỹ đầu tư)\b",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\s*(?:,|;|và|cùng|cùng với|phối hợp với|phối hợp)\s*(?:các\s)?$")
_NOT_GIVEN: Final = re.compile(
    r"(?:bàn|chuyển|được|đã được|vốn|kế hoạch|hồ sơ|văn bản|tờ trình|tạm|thời gian|đất|mặt bằng"
    r"|ngành|theo)\s$",
    re.IGNORECASE,
)
_OF_WHOM: Final = re.compile(
    r"(?:của|theo|bởi|từ)\s(?:(?:phó|chủ tịch|thường trực|lãnh đạo|đồng chí|giám đốc)\s)*$",
    re.IGNORECASE,
)
_TASKS_HEAD: Final = re.compile(
    r"(?:việc còn lại|việc phải làm|việc cần làm|nhiệm vụ[^:]*|giải pháp[^:]*|phân công[^:]*"
    r"|kiến nghị|đề xuất|trách nhiệm[^:]*):\s*$",
    re.IGNORECASE,
)
_OURS: Final = re.compile(
    r"dự án|công trình|khu công nghiệp|cụm công nghiệp|\bcụm\b|KCN|CCN|mặt bằng|GPMB|bồi thường"
    r"|thu hồi đất|tái định cư|đầu tư công|giải ngân|vốn|quy hoạch|nhà ở xã hội|giao đất|hạ tầng",
    re.IGNORECASE,
)
"""What a task has to speak of for one to ask about whom it concerns."""
_HANDED: Final = re.compile(r"mặt bằng|\bđất\b|\bha\b|\d\s?ha\b|\bvốn\b|hồ sơ", re.IGNORECASE)
_ITEM: Final = re.compile(r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]|[-+–*•])?\s*$")
_TASK: Final = re.compile(
    r"^\s?:\s+(?!đã|đạt|có|còn|chưa|được|là|giải ngân|không|khoảng|hơn|gần|tổng|diện tích|vốn)"
    r"[^\W\d_A-ZĐ][^\W\d_]+\s[^\W\d_]"
)
_REMARK: Final = re.compile(r"^\s?\([^()]{1,80}\)")
"""A remark right behind a body: "Công ty X (thuộc Tập đoàn Y) làm chủ đầu tư"."""
_OWNED: Final = re.compile(r"^\s*(?:làm|là)\s(?:chủ|nhà)\s?đầu tư")


def read_relations(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return owners, who is asked to act, and where subjects lie."""
    return (
        *_read_owners(lexed, memory),
        *_read_asked(lexed, memory),
        *_read_places(lexed, memory),
    )


def _read_owners(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    for body in lexed.bodies:
        if not body.named or not _owns(lexed, body):
            continue
        for subject in find_said_of(lexed, body.start, body.end, memory, items=True):
            if subject.kind in ITEMS:
                yield _make_body(lexed, subject, body, "owner", "done")


def _owns(lexed: LexedSentence, body: BodyMention) -> bool:
    led = _ends_with("owner_before", lexed.text[: body.start])
    if led == "is":
        return True
    behind = _REMARK.sub("", lexed.text[body.end :])
    trailed = _begins_with("owner_after", re.sub(r"^,\s", " ", behind))
    if trailed in {"", "owns"}:  # "do Sở Xây dựng thẩm định" owns nothing
        return bool(trailed)
    if behind.startswith(","):
        return False
    company = _COMPANY.match(body.name) is not None
    return led == "by" or (trailed == "invests" and company)


def _read_asked(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    run: list[BodyMention] = []
    for body in lexed.bodies:
        if run and not _JOINED.fullmatch(lexed.text[run[-1].end : body.start]):
            yield from _make_asked(lexed, memory, run)
            run = []
        if _OF_WHOM.search(lexed.text[: body.start]):
            continue
        run.append(body)
    if run:
        yield from _make_asked(lexed, memory, run)


def _make_asked(
    lexed: LexedSentence, memory: SubjectMemory, run: list[BodyMention]
) -> Iterator[Statement]:
    """Yield what the bodies of a list are asked to do; each is asked."""
    if not _is_asked(lexed, run):
        return
    task = _find_task(lexed, run[-1].end)
    subjects = find_said_of(lexed, run[0].start, run[-1].end, memory)
    things = [s for s in subjects if s.kind in ITEMS or s.kind == "commune"]
    points = any(pointing.start >= run[-1].end for pointing in find_pointing(lexed.text))
    if points:  # to a thing that nothing names: no commune is meant
        things = [s for s in things if s.kind in ITEMS]
    for body in run:
        if not body.named:
            continue
        places = find_committee_communes(lexed, body)
        found = things or ([] if points else places or _find_place_subject(lexed, body))
        for subject in found:
            own = places[0].communes if places else subject.communes
            statement = _make_body(lexed, subject, body, "asked_to_act", "required")
            yield replace(statement, communes=own, detail=task)
        if not found and _OURS.search(task):
            nobody = Subject("unknown", task or body.name)
            statement = _make_body(lexed, nobody, body, "asked_to_act", "required")
            yield replace(
                statement, detail=task, status="ask", why="subject", candidates=(body.name,)
            )


def _is_asked(lexed: LexedSentence, run: list[BodyMention]) -> bool:
    text = lexed.text
    first, last = run[0], run[-1]
    before, after = text[: first.start], text[last.end :]
    if _OWNED.match(after) or re.match(r"\s(?:hơn|gần|khoảng)?\s?\d", after):
        return False
    phrase = _find_ending("asked_before", before)
    if phrase >= 0 and re.search(r"\w", after[:20]):
        handed = before[phrase:].lower().startswith("giao") and _HANDED.search(before[:phrase])
        return not _NOT_GIVEN.search(before[:phrase]) and not handed
    if _ITEM.match(before) and _TASK.match(after):
        return True
    if _TASKS_HEAD.search(before) and re.match(r"\s[^\W\d_A-ZĐ]", after):
        return not re.match(r"\s(?:đã|đang|vừa|được)\s", after)
    if _begins_with("asks", after):
        return False
    return _must_act(after)


def _must_act(after: str) -> bool:
    """Return True if the words behind a body say that it has to act."""
    if _begins_with("asked_after", re.sub(r"^,\s", " ", after)):
        return True
    clause = re.split(r"[,;:.()]|không phải", after[:_MUST_REACH])[0]
    return any(m.key == "strong" for m in load_phrases("relations", "asked_after").find(clause))


def _find_task(lexed: LexedSentence, start: int) -> str:
    """Return what is to be done: the words behind who is asked."""
    words = re.split(r";|\.\s|\.$", lexed.text[start : start + _LONGEST_TASK])[0]
    return words.strip(" ,:.;–-")


def _find_place_subject(lexed: LexedSentence, body: BodyMention) -> list[Subject]:
    near = [p for p in lexed.places if p.codes and not p.start <= body.start < p.end]
    begin, stop = lexed.find_clause(body.start)
    near = [p for p in near if begin <= p.start < stop]
    if not near:
        return []
    place = min(near, key=lambda p: abs(p.start - body.start))
    return [Subject("commune", place.words, communes=place.codes, start=place.start)]


def _make_body(
    lexed: LexedSentence, subject: Subject, body: BodyMention, field: str, mood: Mood
) -> Statement:
    made = make_statement(lexed.sentence, subject, field, body.name, range(body.start, body.end))
    return replace(made, mood=mood, bodies=(body.name,))


def _read_places(lexed: LexedSentence, memory: SubjectMemory) -> Iterator[Statement]:
    for place in lexed.places:
        if not place.codes and not place.doubtful:
            continue
        if any(body.start <= place.start < body.end for body in lexed.bodies):
            continue
        subject = choose_subject(lexed, place.start, place.end, memory)
        if subject is None or subject.kind in {"commune", "body", "city"}:
            continue
        # A name may say itself where its thing lies ("NƠXH phường Tràng Cát").
        named = any(name.start <= place.start < name.end for name in lexed.names)
        lies = named or _ends_with("lies_before", lexed.text[: place.start])
        if (place.start > 0 and not lies) or _is_of_task(lexed, place, subject):
            continue
        yield _make_place(lexed, subject, place)


def _is_of_task(lexed: LexedSentence, place: PlaceMention, subject: Subject) -> bool:
    """Return True for where something else is to be done than with what was named before."""
    begin, _ = lexed.find_clause(place.start)
    if not 0 <= subject.start < begin:
        return False
    verb = next(load_phrases("moods", "tasks").find(lexed.text, begin, place.start), None)
    return verb is not None and not lexed.text[begin : verb.start].strip()


def _make_place(lexed: LexedSentence, subject: Subject, place: PlaceMention) -> Statement:
    begin, _ = lexed.find_clause(place.start)
    mood = find_mood(lexed.text[begin : place.start], "measured")
    doubtful = not place.codes
    return replace(
        make_statement(
            lexed.sentence, subject, "located_in", place.words, range(place.start, place.end)
        ),
        mood=mood if mood in {"proposed", "conditional"} else "measured",
        communes=place.codes,
        left_out=place.left_out,
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


def _find_ending(table: str, before: str) -> int:
    """Return where the phrase of a table begins that ends right there; -1 where none does."""
    near = before[-_REACH:]
    for match in load_phrases("relations", table).find(near):
        if re.fullmatch(r"[\s:]*(?:các\s|cho\s)?", near[match.end :]):
            return len(before) - len(near) + match.start
    return -1


def _begins_with(table: str, after: str) -> str:
    """Return the key of the phrase of a table that stands right behind; '' for none."""
    first = next(load_phrases("relations", table).find(after[:_REACH]), None)
    return first.key if first is not None and not after[: first.start].strip() else ""
