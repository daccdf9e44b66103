"""The verbs of events in a sentence: where they stand, which is nearest a time, which are tasks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.statements.lexing.phrases import PhraseMatch, load_grammar, load_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.times import TimeToken

_FARTHEST: Final = 62
"""What a verb may cost at most: letters between it and the time, more for every mark."""

_COMMA: Final = 22
_BRACKET: Final = 14
_OTHER_TIME: Final = 40
_BEHIND: Final = 10
_TIGHT_AFTER: Final = re.compile(
    r"\s*(?:(?:thì|sẽ|dự kiến|mới|phải|chính thức|đồng loạt|được|đã|tổ chức|lễ|làm lễ)\s)*"
)
_AMOUNT: Final = re.compile(
    r"\s(?:được\s|khoảng\s|hơn\s|gần\s|trên\s|cả\s|các\s|những\s|toàn bộ\s|tốt\s|việc\s)*"
    r"(?:\d|chỉ tiêu|kế hoạch|nhiệm vụ|khối lượng|mục tiêu|cuộc|chương trình|đề án|nghị quyết"
    r"|kiểm tra)"
)
_TASK: Final = re.compile(
    r"chi tra|phuong an|ho so|thu tuc|mat bang|\bgpmb\b|cuong che|kiem ke|kiem dem|di doi"
    r"|bao cao|quy hoach|danh sach|thu hoi dat|giao dat|giai ngan|quyet toan|boi thuong|thiet ke"
    r"|tai dinh cu cho|cam moc|do dac|ban giao dat|ban giao (?:\w+ )?\d[\d.,]* ?(?:km|ha|m2|m)\b"
    r"|\d ?(?:ha|m2)\b[^,;]*\bban giao"
)
_DEMANDED: Final = re.compile(r"\W*yêu cầu\s(?:phải\s)?", re.IGNORECASE)
"""What makes a demand to finish one of what stands before it."""


@cache
def _load_parts() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = load_grammar("predicates")["events_part_of"]
    return {phrase: tuple(words) for phrase, words in table.items()}


def find_events(
    lexed: LexedSentence, start: int = 0, stop: int | None = None
) -> Iterator[PhraseMatch]:
    """Yield the verbs of events, without those that are part of another word ("công trình")."""
    text = lexed.text
    for match in load_phrases("predicates", "events").find(text, start, stop):
        words = " ".join(text[match.start : match.end].lower().split())
        before = text[max(0, match.start - 12) : match.start].lower().rstrip()
        if before.endswith(_load_parts().get(words, ())):
            continue
        dated = any(0 <= time.start - match.end <= 1 for time in lexed.times)
        alone = " " not in words and match.start and text[match.start].isupper()
        if alone and text[match.start - 1] == " " and text[match.start - 2 : match.start] != ". ":
            continue
        if match.key == "finish" and not dated and _AMOUNT.match(text, match.end):
            continue
        yield match


def find_verb(
    lexed: LexedSentence, time: TimeToken, last: int, keys: set[str]
) -> PhraseMatch | None:
    """Return the verb that costs least to tie to a time, ``None`` where all are too far."""
    begin, stop = lexed.find_clause(time.start)
    best: tuple[int, PhraseMatch] | None = None
    low = max(begin, time.start - 140)
    for match in find_events(lexed, low, min(stop, last + 90)):
        if match.key not in keys:
            continue
        if match.end <= time.start:
            cost = _weigh(lexed, match.end, time.start)
        elif match.start >= last:
            gap = lexed.text[last : match.start]
            tight = _TIGHT_AFTER.fullmatch(gap.lower()) is not None
            cost = len(gap) // 4 if tight else _weigh(lexed, last, match.start) + _BEHIND
        else:
            continue
        if cost <= _FARTHEST and (best is None or cost < best[0]):
            best = (cost, match)
    return best[1] if best else None


def _weigh(lexed: LexedSentence, start: int, end: int) -> int:
    """Return how far two places of a sentence are apart: letters, more for marks between."""
    gap = lexed.text[start:end]
    cost = len(gap.strip())
    cost += _COMMA * len(re.findall(r",(?!\d)", gap))
    cost += 0 if re.fullmatch(r"\s?:\s?", gap) else _COMMA * gap.count(":")
    cost += _BRACKET * gap.count("(")
    cost += 4 * _BRACKET * max(0, gap.count(")") - gap.count("("))
    cost += _OTHER_TIME * sum(start <= t.start and t.end <= end for t in lexed.times)
    return cost


def is_task(lexed: LexedSentence, verb: PhraseMatch, limit: int = 0) -> bool:
    """Return True if what is to be finished is a step on the way, not the works."""
    begin, stop = lexed.find_clause(verb.start)
    marks = [m.end() for m in re.finditer(r"[,:(](?!\d)", lexed.text[begin : verb.start])]
    words = lexed.text[verb.start : verb.end].lower()
    bare = words in {"xong", "hạn", "hạn hoàn thành", "hạn chót"}
    if bare and len(marks) > 1:
        own = begin + marks[-2]
    elif bare:
        own = begin
    else:
        own = begin + marks[-1] if marks else begin
        if marks and _DEMANDED.fullmatch(lexed.text, own, verb.start):
            own = begin
    after = re.search(r"[,;:()]|\.\s", lexed.text[verb.end : stop])
    until = verb.end + after.start() if after else min(stop, verb.end + 50)
    until = min(until, limit or until)
    return _TASK.search(fold_text(lexed.text[own:until])) is not None
