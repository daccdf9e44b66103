"""States in words: the status of things; what is in their way is read by ``obstacles``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.moods import find_mood
from reports.statements.predicates.obstacles import read_obstacles
from reports.statements.predicates.said_of import (
    ITEMS,
    find_runs_within,
    find_said_of,
    is_named,
    is_task_line,
)
from reports.statements.predicates.statement_making import make_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch
    from reports.statements.subjects import Subject, SubjectMemory

_NOT_YET: Final = frozenset({"planned", "required", "proposed", "conditional", "forecast"})
_MANY: Final = re.compile(
    r"(?:^|\s)(?:các|những|nhóm|nhiều|một số|mọi|số|danh mục|toàn bộ|hàng loạt"
    r"|(?!0?1\s)\d+)\s(?!này|trên)",
    re.IGNORECASE,
)
_STEP: Final = re.compile(
    r"^\s(?:các\s|công tác\s|việc\s|bước\s)?(?:thủ tục|lập|công tác|giải phóng|gpmb|bồi thường"
    r"|kiểm|đo|quy hoạch|hồ sơ|lựa chọn|thu hút|cho thuê|chi trả|rà soát|điều chỉnh|chính sách"
    r"|phương án|đề án|dự thảo|báo cáo|nội dung|tờ trình|quy định|chương trình|kế hoạch|cơ chế"
    r"|nhiệm vụ)",
    re.IGNORECASE,
)
_GRANTED: Final = re.compile(
    r"(?:chấp thuận|phê duyệt|quyết định|điều chỉnh|thông qua|ban hành|có|chưa|không|thu hồi"
    r"|chấm dứt|nếu|đồng ý)\s[^,;:()]{0,40}$",
    re.IGNORECASE,
)
_GRANTED_AFTER: Final = re.compile(
    r"(?:đã|được|vừa)\s(?:\w+\s){0,3}?(?:chấp thuận|phê duyệt|duyệt)"
)
_TO_NAME: Final = re.compile(
    r"(?:,\s[^,;:()]{2,30}\scủa)?\s?"
    r"(?:(?:xây dựng|đầu tư|thực hiện|triển khai|hạ tầng|các|hai|ba|\d+|bến|khởi động|của|cho"
    r"|đối với|kết nối|thành lập|công trình|dự án|tài trợ|trọng điểm|, nghiệm thu)\s)*[“\"(]?"
)
_PLAN: Final = re.compile(r"quy hoạch$", re.IGNORECASE)
"""What of a thing is approved, where it is not the thing itself."""
_NOT_KNOWN: Final = frozenset({"not_started", "undetermined"})
"""States whose own words deny."""
_DECIDED: Final = frozenset({"removed_from_list"})
"""States that a decision brings about."""
_ACTS: Final = frozenset({"under_construction", "paused", "removed_from_list"})


def read_conditions(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return the states that a sentence tells, each for every subject that it is told of."""
    statements: dict[tuple[str, str], Statement] = {}
    task = is_task_line(lexed)
    for statement, subject in () if task else _read_status(lexed, memory):
        statements.setdefault((subject.key, str(statement.value)), statement)
    told = {key for key, _ in statements}
    for statement, subject in _read_worked_on(lexed):
        if subject.key not in told:
            statements.setdefault((subject.key, str(statement.value)), statement)
    return (*statements.values(), *(() if task else read_obstacles(lexed, memory)))


def _read_worked_on(lexed: LexedSentence) -> Iterator[tuple[Statement, Subject]]:
    """Yield how far a thing is where its papers or its works are spoken of right before it.

    Papers that are granted or changed tell another state.
    """
    for match in load_phrases("conditions", "worked_on").find(lexed.text):
        begin, stop = lexed.find_clause(match.start)
        papers = match.key == "preparing"
        if papers and _GRANTED.search(lexed.text[begin : match.start]):
            continue
        name = next((n for n in lexed.names if match.end <= n.start < stop), None)
        if name is None or name.beside or not _TO_NAME.fullmatch(lexed.text, match.end, name.start):
            continue
        if papers and _GRANTED_AFTER.search(lexed.text[name.end : stop]):
            continue
        end = _find_closing(lexed.text, name.start) if lexed.text[name.start - 1] == "(" else 0
        for subject in find_runs_within(lexed, name.start, max(end, name.end)):
            if subject.kind in ITEMS and is_named(subject):
                yield _make(lexed, subject, match), subject


def _find_closing(text: str, start: int) -> int:
    """Return where the bracket that something stands in closes."""
    depth = 1
    for mark in re.finditer(r"[()]", text[start:]):
        depth += 1 if mark[0] == "(" else -1
        if not depth:
            return start + mark.start()
    return len(text)


def _read_status(
    lexed: LexedSentence, memory: SubjectMemory
) -> Iterator[tuple[Statement, Subject]]:
    for match in load_phrases("conditions", "status").find(lexed.text):
        words = lexed.text[match.start : match.end].lower()
        if match.key in _ACTS and _STEP.match(lexed.text[match.end :]):
            continue
        begin, _ = lexed.find_clause(match.start)
        proposed = match.key in _DECIDED and _is_proposed(lexed.text[begin : match.start])
        if not proposed and not _holds(lexed, begin, match, words):
            continue
        subjects = find_said_of(lexed, match.start, match.end, memory, items=True)
        if len(subjects) == 1 and _is_of_many(lexed, begin, match):
            continue
        for subject in subjects:
            if subject.kind in ITEMS:
                made = _make(lexed, subject, match)
                ask = replace(made, mood="proposed", status="ask", why="mood")
                yield (replace(ask, candidates=(match.key,)) if proposed else made), subject


def _is_proposed(before: str) -> bool:
    """Return True where somebody only asks for it: whether it was decided is not told."""
    return find_mood(before, "done") == "proposed"


def _holds(lexed: LexedSentence, begin: int, match: PhraseMatch, words: str) -> bool:
    """Return False for a state that is to come, asked for, denied or dated later."""
    before = lexed.text[begin : match.start]
    if words.startswith(("đang", "còn", "chưa", "đã")):
        before = re.split(r",(?!\d)", before)[-1]
    mood = find_mood(before, "done")
    if mood in _NOT_YET or (mood == "denied" and match.key not in _NOT_KNOWN):
        return False
    spans = [
        parse_span(t.value)
        for t in lexed.times
        if match.end <= t.start < match.end + 12 and ".." not in t.value
    ]
    coming = lexed.as_of is not None and any(s and s[0] > lexed.as_of for s in spans)
    return not coming


def _is_of_many(lexed: LexedSentence, begin: int, match: PhraseMatch) -> bool:
    """Return True for "các dự án đang triển khai": it tells which ones are meant, of none."""
    marks = [m.end() for m in re.finditer(r"[,:(]\s", lexed.text[begin : match.start])]
    start = begin + (marks[-1] if marks else 0)
    if re.match(r"\s*(?:phần|hạng mục|gói thầu)\s", lexed.text[start:]):
        return True
    if any(start <= name.start and name.end <= match.start for name in lexed.names):
        return False
    return _MANY.search(lexed.text[start : match.start]) is not None


def _make(lexed: LexedSentence, subject: Subject, match: PhraseMatch) -> Statement:
    span = range(match.start, match.end)
    made = make_statement(lexed.sentence, subject, "status", match.key, span)
    plan = _PLAN.search(lexed.text, match.start, match.end) if match.key == "approved" else None
    detail = " · ".join(filter(None, (plan[0].lower() if plan else "", made.detail)))
    return replace(made, mood="done", detail=detail)
