"""Words that tell something wherever they stand: a state, a trouble, who is asked to act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence

_REACH: Final = 40
_BLANK: Final = re.compile(r"[\s:,]*(?:cho\s|các\s|đơn vị\s)*")
_WORDED: Final = frozenset({"status", "obstacle", "clearance_delayed", "planned_work"})
_ORDERED: Final = frozenset({"asked_to_act", "deadline", "lead", "planned_work"})


def find_untold(lexed: LexedSentence, statements: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Yield the telling words of a sentence that no statement of it tells, with where they stand.

    A trouble that is named only to be cleared away tells what is to be done.
    """
    told = [(s.start, s.end) for s in statements if s.field in _WORDED]
    for table in ("status", "obstacles"):
        for match in load_phrases("conditions", table).find(lexed.text):
            if not any(start < match.end and match.start < end for start, end in told):
                yield match.start, match.end
    ordered = [lexed.find_clause(s.start) for s in statements if s.field in _ORDERED]
    for start, end in _list_orders(lexed):
        if not any(first <= start < last for first, last in ordered):
            yield start, end


def _list_orders(lexed: LexedSentence) -> Iterator[tuple[int, int]]:
    """Yield where a body is asked to do something: "Giao Sở …", "UBND xã … phải"."""
    for body in lexed.bodies:
        before = list(
            load_phrases("relations", "asked_before").find(
                lexed.text, max(0, body.start - _REACH), body.start
            )
        )
        if before and _BLANK.fullmatch(lexed.text, before[-1].end, body.start):
            yield before[-1].start, body.end
            continue
        stop = min(len(lexed.text), body.end + _REACH)
        after = next(
            load_phrases("relations", "asked_after").find(lexed.text, body.end, stop), None
        )
        if after is not None and _BLANK.fullmatch(lexed.text, body.end, after.start):
            yield body.start, after.end
