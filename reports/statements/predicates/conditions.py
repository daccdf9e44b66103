"""States in words: the status of things; what is in their way is read by ``obstacles``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.moods import find_mood
from reports.statements.predicates.obstacles import read_obstacles
from reports.statements.predicates.said_of import ITEMS, find_said_of, is_task_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch
    from reports.statements.subjects import Subject, SubjectMemory

_NOT_YET: Final = frozenset({"planned", "required", "proposed", "conditional", "forecast"})
_MANY: Final = re.compile(
    r"(?:^|\s)(?:các|những|nhóm|nhiều|một số|mọi|số|danh mục|toàn bộ|hàng loạt|\d+)\s(?!này|trên)",
    re.IGNORECASE,
)
_STEP: Final = re.compile(
    r"^\s(?:các\s|công tác\s|việc\s|bước\s)?(?:thủ tục|lập|công tác|giải phóng|gpmb|bồi thường"
    r"|kiểm|đo|quy hoạch|hồ sơ|lựa chọn|thu hút|cho thuê|chi trả|rà soát|điều chỉnh|chính sách"
    r"|phương án|đề án|dự thảo|báo cáo|nội dung|tờ trình|quy định|chương trình|kế hoạch|cơ chế"
    r"|nhiệm vụ)",
    re.IGNORECASE,
)
_ACTS: Final = frozenset({"under_construction", "paused", "removed_from_list"})


def read_conditions(lexed: LexedSentence, memory: SubjectMemory) -> tuple[Statement, ...]:
    """Return the states that a sentence tells, each for every subject that it is told of."""
    statements: dict[tuple[str, str], Statement] = {}
    if is_task_line(lexed):
        return ()
    for statement, subject in _read_status(lexed, memory):
        statements.setdefault((subject.key, str(statement.value)), statement)
    return (*statements.values(), *read_obstacles(lexed, memory))


def _read_status(
    lexed: LexedSentence, memory: SubjectMemory
) -> Iterator[tuple[Statement, Subject]]:
    for match in load_phrases("conditions", "status").find(lexed.text):
        words = lexed.text[match.start : match.end].lower()
        if match.key in _ACTS and _STEP.match(lexed.text[match.end :]):
            continue
        begin, _ = lexed.find_clause(match.start)
        if not _holds(lexed, begin, match, words):
            continue
        subjects = find_said_of(lexed, match.start, match.end, memory, items=True)
        if len(subjects) == 1 and _is_of_many(lexed, begin, match):
            continue
        for subject in subjects:
            if subject.kind in ITEMS:
                yield _make(lexed, subject, match), subject


def _holds(lexed: LexedSentence, begin: int, match: PhraseMatch, words: str) -> bool:
    """Return False for a state that is to come, asked for, denied or dated later."""
    before = lexed.text[begin : match.start]
    if words.startswith(("đang", "còn", "chưa", "đã")):
        before = re.split(r",(?!\d)", before)[-1]
    mood = find_mood(before, "done")
    if mood in _NOT_YET or (mood == "denied" and match.key != "not_started"):
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
    line = lexed.sentence.find_line(match.start)
    return Statement(
        subject=subject.name,
        subject_kind=subject.kind,
        field="status",
        value=match.key,
        sentence=lexed.sentence.text,
        place=SourcePlace(line, line, lexed.sentence.place.page),
        start=match.start,
        end=match.end,
        item=subject.item,
        stated=lexed.text[match.start : match.end],
        mood="done",
        communes=subject.communes,
        detail=subject.phase,
    )
