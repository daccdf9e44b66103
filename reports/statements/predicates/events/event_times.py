"""Which verb a time of a sentence dates: the one beside it, a decision's act, a span of works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.statements.predicates.events.event_verbs import find_events, find_verb, is_task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.times import TimeToken

_YEAR_LENGTH: Final = len("2026")
_IN_YEAR: Final = re.compile(
    r"(?:^|\s)(?:trong|vào|cuối|đầu|giữa|sang|hết|trước|từ|là|dự kiến|nhất)\s$|[:,(;–-]\s*$|^\W*$"
)
"""What stands before a year in which something happens: "kế hoạch năm 2026" is none."""
_DAY_LENGTH: Final = len("2026-05-07")
_BARE: Final = frozenset({"lập", "xong", "hạn", "khai thác", "bàn giao", "vận hành"})
"""Verbs of one word that date only what stands right behind them."""
_BARE_REACH: Final = 16
_PAPER: Final = re.compile(
    r"(?:van ban|cong van|to trinh|thong bao|ke hoach|ket luan|thong tu|nghi dinh|chi thi|bao cao"
    r"|cong dien|bien ban|phieu|luat|phu luc|giay moi|don)\s(?:(?:so|lien nganh|ket luan)\b)?"
    r"[^,;:]{0,60}$"
)
_DECISION: Final = re.compile(
    r"\b(?:quyet dinh|nghi quyet|giay chung nhan|giay phep|qd|gcn\w*|gcndkdt)\b"
    r"(?! (?:thanh lap|chu truong))[^;]{0,110}$"
)
_HIGHER: Final = re.compile(r"\W*(?:cua )?(?:bo chinh tri|ban|trung uong|quoc hoi|hdnd|hoi dong)")
_SIGNED: Final = re.compile(r"(?:\bso\b.*|\bky|ban hanh|qd|\bky ngay)\s*$|^\W*(?:ngay)?\W*$")
_FROM: Final = re.compile(r"(?:^|\s)(?:từ|kể từ|từ nay)\s(?:khoảng\s|đầu\s|giữa\s|cuối\s)?$")
_UNTIL: Final = re.compile(
    r"^[\s,]*(?:(?:và|để|sẽ|dự kiến|phấn đấu)\s)?"
    r"(?:(?:kết thúc|hoàn thành|xong)\s(?:vào\s|trong\s|năm\s)?|(?:đến|tới)\s|[-–—]\s?)"
    r"(?:hết\s|cuối\s|năm\s|đầu\s)*$"
)
_SPAN_GAP: Final = re.compile(
    r"[\s:,(]*(?:(?:trong|từ|giai đoạn|là|năm|dự kiến|khoảng|được|thời gian|vào|quý|tháng|dự án"
    r"|các năm|hạ tầng|cụm|khu|kéo dài|phải)[\s:]*)*"
)
_LASTS: Final = re.compile(
    r"(?:trong|sau|không quá|tối đa|là|:|khoảng|dự kiến|vòng|thời gian|tiến độ|kéo dài)\s*$"
)
_SPAN_OF_PHASE: Final = re.compile(
    r"(?:GĐ|giai đoạn)\s?(?:\d|[IVX]+)\s?[:(]\s?(?:từ\s)?(?:năm\s)?$", re.IGNORECASE
)
_MOVED: Final = re.compile(
    r"(?:điều chỉnh|lùi|giãn|dời|chuyển)\s(?:lại\s)?(?:kế hoạch|tiến độ|thời gian|thời hạn|mốc)\s"
    r"(?P<step>[^;,:()]{3,60}?)\s(?:từ\s[^;,:()]{3,24}\s)?(?:sang|đến|tới)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TimedEvent:
    """A verb with its time: ``key`` names the field, ``value`` the time, ``months`` how long.

    ``start`` and ``end`` are the verb's, ``first`` and ``last`` those of the words of the time.
    """

    key: str
    start: int
    end: int
    time: TimeToken
    value: str
    first: int
    last: int
    unclear: bool = False


def bind_times(lexed: LexedSentence) -> Iterator[TimedEvent]:
    """Yield what the times of a sentence date; a time that dates nothing of ours is left out."""
    skip = -1
    for index, time in enumerate(lexed.times):
        if index == skip or (time.role == "as_of" and not _ends_span(lexed, index)):
            continue
        following = lexed.times[index + 1] if index + 1 < len(lexed.times) else None
        if following is not None and _is_span(lexed, time, following):
            skip = index + 1
            yield from _bind_span(lexed, time, f"{time.value}..{following.value}", following.end)
        elif time.months:
            yield from _bind_duration(lexed, time)
        elif ".." in time.value:
            yield from _bind_span(lexed, time, time.value, time.end)
        else:
            yield from _bind_point(lexed, time)


def _ends_span(lexed: LexedSentence, index: int) -> bool:
    return index + 1 < len(lexed.times) and _is_span(
        lexed, lexed.times[index], lexed.times[index + 1]
    )


def _is_span(lexed: LexedSentence, time: TimeToken, following: TimeToken) -> bool:
    """Return True for "từ quý IV/2024, kết thúc vào quý IV/2025"."""
    if not time.value or not following.value or ".." in time.value + following.value:
        return False
    text = lexed.text
    between = text[time.end : following.start].lower()
    from_then = _FROM.search(text[max(0, time.start - 24) : time.start].lower())
    return bool(from_then and _UNTIL.match(between)) and time.value < following.value


def _bind_span(
    lexed: LexedSentence, time: TimeToken, value: str, last: int
) -> Iterator[TimedEvent]:
    if _SPAN_OF_PHASE.search(lexed.text[max(0, time.start - 24) : time.start]):
        yield TimedEvent("works", time.start, time.start, time, value, time.start, last)
        return
    verb = find_verb(lexed, time, last, {"works", "start", "finish", "operation", "other"})
    phase = re.search(
        r"giai đoạn (?:\d|[IVX]+|đầu|hai)[\s,]*(?:làm\s)?(?:từ\s)?(?:năm\s)?$",
        lexed.text[max(0, time.start - 36) : time.start],
    )
    if verb is None and phase and _FROM.search(lexed.text[: time.start].replace("năm ", "")):
        yield TimedEvent("works", time.start, time.start, time, value, time.start, last)
    elif (
        verb is not None
        and _SPAN_GAP.fullmatch(lexed.text[verb.end : time.start].lower())
        and verb.key in {"works", "start", "finish"}
        and not is_task(lexed, verb)
    ):
        yield TimedEvent("works", verb.start, verb.end, time, value, time.start, last)


def _bind_duration(lexed: LexedSentence, time: TimeToken) -> Iterator[TimedEvent]:
    """Yield how long works take: "xây trong 39 tháng", "hoàn thành sau 24 tháng"."""
    before = lexed.text[max(0, time.start - 60) : time.start].lower()
    after = lexed.text[time.end : time.end + 24].lower()
    if not _LASTS.search(before) or re.match(r"\s(?:qua|nay|đầu|cuối|trước|liền)\b", after):
        return
    keys = {"works", "finish", "operation", "other", "task"}
    verb = find_verb(lexed, time, len(lexed.text), keys)
    if verb is None or verb.key not in {"works", "finish"}:
        return
    if re.search(r"(?:chậm|trễ|quá hạn|kéo dài thêm)\s[^,;]*$", before[-40:]):
        return
    if not is_task(lexed, verb, time.start):
        yield TimedEvent("months", verb.start, verb.end, time, "", time.start, time.end)


def _find_moved(lexed: LexedSentence, begin: int, time: TimeToken) -> TimedEvent | None:
    """Return the step that is put off to a time: "điều chỉnh kế hoạch tính giá sang năm 2027"."""
    moved = _MOVED.search(lexed.text[begin : time.start])
    if moved is None:
        return None
    start, end = begin + moved.start("step"), begin + moved.end("step")
    if any(match.key != "task" for match in find_events(lexed, start, end)):
        return None
    return TimedEvent("milestone", start, end, time, time.value, time.start, time.end)


def _bind_point(lexed: LexedSentence, time: TimeToken) -> Iterator[TimedEvent]:
    begin, stop = lexed.find_clause(time.start)
    moved = _find_moved(lexed, begin, time)
    if moved is not None:
        yield moved
        return
    left = fold_text(lexed.text[max(begin, time.start - 130) : time.start])
    if len(time.value) == _DAY_LENGTH:
        decision = _DECISION.search(left)
        signed = decision and _SIGNED.search(re.split(r"^\W*\w+ \w+", decision[0])[-1])
        if decision and signed and not _dates_verb(lexed, time):
            yield from _bind_decision(lexed, time, begin, stop)
            return
        if time.role != "before" and _PAPER.search(left) and not _dates_verb(lexed, time):
            return
    if len(time.value) == _YEAR_LENGTH and not _is_when(lexed, time):
        return
    keys = {"start", "finish", "inauguration", "milestone", "task", "established_on"}
    keys |= {"approved_on", "operation", "other"}
    verb = find_verb(lexed, time, time.end, keys)
    if verb is None or verb.key in {"operation", "other"}:
        return
    words = lexed.text[verb.start : verb.end].lower()
    gap = lexed.text[verb.end : time.start] if verb.end <= time.start else ""
    key = "task" if verb.key in {"finish", "milestone"} and is_task(lexed, verb) else verb.key
    if words in _BARE and key != "task" and len(gap) > _BARE_REACH:
        return
    if key == "approved_on" and time.role == "before":
        key = "task"
    yield TimedEvent(key, verb.start, verb.end, time, time.value, time.start, time.end)


def _is_when(lexed: LexedSentence, time: TimeToken) -> bool:
    """Return True for a year in which something happens, not one that tells of which plan."""
    words = lexed.text[time.start : time.end].lower().lstrip()
    if _IN_YEAR.search(lexed.text[: time.start].lower()) or not words.startswith(("năm", "2", "1")):
        return True
    verbs = find_events(lexed, max(0, time.start - 40), time.start)
    return any(m.end >= time.start - 1 and m.key != "task" for m in verbs)


def _dates_verb(lexed: LexedSentence, time: TimeToken) -> bool:
    """Return True if a verb stands right beside the time ("… phê duyệt ngày 18/6/2024")."""
    verbs = list(find_events(lexed, max(0, time.start - 40), time.start))
    return bool(verbs) and verbs[-1].end >= time.start - 5


def _bind_decision(
    lexed: LexedSentence, time: TimeToken, begin: int, stop: int
) -> Iterator[TimedEvent]:
    """Yield what a decision of that day does: it founds or approves."""
    acts = [
        m for m in find_events(lexed, begin, stop) if m.key in {"established_on", "approved_on"}
    ]
    behind = [m for m in acts if m.start >= time.end]
    act = behind[0] if behind else (acts[-1] if acts else None)
    after = fold_text(lexed.text[time.end : time.end + 40])
    left = fold_text(lexed.text[max(begin, time.start - 40) : time.start])
    if act is None and (_HIGHER.match(after) or "quyet dinh" not in left):
        return
    if act is None:
        yield TimedEvent(
            "approved_on", time.start, time.start, time, time.value, time.start, time.end, True
        )
        return
    yield TimedEvent(act.key, act.start, act.end, time, time.value, time.start, time.end)
