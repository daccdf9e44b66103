"""What a part is called: the words beside its figure, and the commune that they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reports.model.statement import OWNER_MARK
from reports.statements.lexing.phrases import load_phrases

if TYPE_CHECKING:
    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence

_ASKED: Final = frozenset({"unclear_field", "no_subject", "contradiction"})
"""Questions that go once a figure is known to be a part of another."""
_MARKS: Final = " ,;:()–-+*•.“”\"'"
_END: Final = re.compile(r"[,;()]|\.\s|\.$|\svà\s")
_OWN_FIELDS: Final = frozenset({
    "construction_cost", "clearance_cost", "compensation", "equity", "industrial_land",
    "land_to_clear", "land_cleared", "land_handed_over", "households_agreed", "households_paid",
    "households_cleared", "households_remaining", "land_remaining", "disbursed", "physical_done",
})  # fmt: skip
"""Fields that say by themselves which part they are."""
_LONGEST: Final = 90
WHOLE: Final = "Tổng"
"""The owner of a total of which the text does not say whose it is."""


@dataclass(frozen=True)
class PartPlace:
    """Where a part stands: its words lie in ``text[begin:start]`` or ``text[end:stop]``."""

    begin: int
    start: int
    end: int
    stop: int


def make_part(
    lexed: LexedSentence, total: Statement, part: Statement, place: PartPlace, marker: str
) -> Statement:
    """Return a statement as a part of a total: what narrows it, whose it is, no figure of all.

    ``marker`` are the words that name it where there are no better ones. A commune's part is the
    commune's, a thing's that has a name of its own remains that thing's.
    """
    first, last = _find_words(lexed, part, place)
    words = " ".join(lexed.text[first:last].split())[:_LONGEST]
    if part.subject != total.subject and part.subject_kind not in {"unknown", "works", "city"}:
        made = _settle(total, part) if part.status == "sure" else part
        return replace(made, part_of=_name_total(total))
    made = _settle(total, part)
    inside = [p for p in lexed.places if p.codes and first <= p.start and p.end <= last]
    if len(inside) == 1 and inside[0].start == first and part.field != "length":
        return replace(
            made, subject=inside[0].words, subject_kind="commune", item="",
            part_of=_name_total(total), communes=inside[0].codes, detail=total.subject,
        )  # fmt: skip
    if words and part.detail and part.field != "count" and part.detail not in words:
        words = f"{words} · {part.detail}"
    codes = tuple(dict.fromkeys(code for one in inside for code in one.codes))
    return replace(
        made,
        part_of=total.stated,
        detail=words or part.detail or marker,
        communes=codes or made.communes,
    )


def _name_total(total: Statement) -> str:
    return f"{total.subject or WHOLE}{OWNER_MARK}{total.stated}"


def _settle(total: Statement, part: Statement) -> Statement:
    """Return a part whose field, and question, the total settles."""
    made = part
    if part.field not in _OWN_FIELDS and part.field != total.field:
        mood = total.mood if part.mood == "measured" else part.mood
        made = replace(made, field=total.field, mood=mood)
    if part.status == "ask" and part.why in _ASKED and total.subject_kind != "unknown":
        made = replace(made, status="sure", why="", candidates=())
    if not part.subject or part.subject_kind == "unknown":
        made = replace(made, subject=total.subject, subject_kind=total.subject_kind)
        made = replace(made, item=total.item)
    return made


def _find_words(lexed: LexedSentence, part: Statement, place: PartPlace) -> tuple[int, int]:
    """Return where the words stand that name a part: before its figure, else behind it."""
    counted = part.field in {"count", "dwellings", "buildings"}
    begin = place.begin
    if counted:
        begin = max([begin, *(q.end for q in lexed.quantities if q.end <= place.start)])
    before = _strip(lexed.text, begin, place.start)
    after = _END.search(lexed.text, place.end, place.stop)
    behind = _strip(lexed.text, place.end, after.start() if after else place.stop)
    first, second = (behind, before) if counted else (before, behind)
    return first if first[1] - first[0] > 1 else second


def _strip(text: str, first: int, last: int) -> tuple[int, int]:
    """Return a span without the marks and small words at both its ends."""
    edges = list(load_phrases("totals", "edges").find(text, first, last))
    while True:
        before = (first, last)
        while first < last and text[first] in _MARKS:
            first += 1
        while first < last and text[last - 1] in _MARKS:
            last -= 1
        for edge in edges:
            if edge.start == first and edge.end <= last:
                first = edge.end
            elif edge.end == last and edge.start >= first:
                last = edge.start
        if (first, last) == before:
            return first, last
