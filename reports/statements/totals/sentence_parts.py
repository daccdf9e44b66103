"""Totals and parts of one sentence: "500 tỷ đồng, trong đó A 300 tỷ đồng, B 200 tỷ đồng"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.said_of import ITEMS
from reports.statements.totals.adding_up import Completeness, question_total
from reports.statements.totals.families import is_stage, may_be_part, may_be_rest, share_unit
from reports.statements.totals.judging import NamedPart, Role, judge_parts, judge_rest
from reports.statements.totals.part_words import PartPlace, make_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.phrases import PhraseMatch

_REACH: Final = 260
"""Characters before the marker of parts in which their total stands."""
_UNCLEAR: Final = frozenset({"no_subject", "unclear_field"})
"""Questions about a figure that being a part of another one answers."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_STOP: Final = re.compile(r"[.…]\s$")


def link_parts(lexed: LexedSentence, statements: Sequence[Statement]) -> list[Statement]:
    """Return a sentence's figures, the parts among them with their total; sums are checked.

    ``statements`` are all figures of the sentence in their order.
    """
    linked = list(statements)
    markers = [m for m in load_phrases("totals", "markers").find(lexed.text) if _may_mark(lexed, m)]
    for number, marker in enumerate(markers):
        after = [m.start for m in markers[number + 1 :]]
        _link_behind(lexed, linked, marker, after, inner=number > 0)
    _link_rests(lexed, linked)
    return linked


def _may_mark(lexed: LexedSentence, marker: PhraseMatch) -> bool:
    """Return True for a marker that begins a clause's part; a list's total has its own sentence."""
    return bool(lexed.text[marker.end :].strip(" :."))


def _link_behind(
    lexed: LexedSentence,
    linked: list[Statement],
    marker: PhraseMatch,
    markers: Sequence[int],
    *,
    inner: bool,
) -> None:
    """Link what stands behind a marker with the totals before it, kind by kind.

    An ``inner`` marker, behind another one, holds up to the next semicolon.
    """
    stop = _find_stop(lexed, marker.end)
    if inner:
        stop = min([stop, *(at for at in lexed.breaks if at > marker.end)])
    totals: list[int] = []
    for index in reversed(range(len(linked))):
        total = linked[index]
        before = total.end <= marker.start and marker.start - total.end < _REACH
        joined = before and not _crosses(lexed, total.end, marker.start)
        if joined and not isinstance(total.value, str) and total.unit != "%":
            taken = any(share_unit(linked[t], total) for t in totals)
            if not taken and not _is_in_closed_bracket(lexed.text, total.start, marker.start):
                totals.append(index)
    for index in totals:
        parts = list(_find_parts(lexed, linked, index, marker, stop))
        nested = [
            p
            for p in parts
            for m in markers
            if marker.end < m < linked[p].start and _holds(lexed.text[m : linked[p].start])
        ]
        _link(lexed, linked, index, [p for p in parts if p not in nested], marker, whole=not nested)


def _holds(between: str) -> bool:
    """Return True if what a marker begins has not ended yet: no semicolon, no closing bracket."""
    return ";" not in between and between.count(")") <= between.count("(")


def _find_stop(lexed: LexedSentence, start: int) -> int:
    """Return where the parts behind a marker end at the latest: its bracket, its sentence."""
    depth = 0
    for at in range(start, len(lexed.text)):
        depth += {"(": 1, ")": -1}.get(lexed.text[at], 0)
        if depth < 0:
            return at
    ends = [at for at in lexed.breaks if at > start and _STOP.search(lexed.text[:at])]
    return min([*ends, len(lexed.text)])


def _crosses(lexed: LexedSentence, first: int, last: int) -> bool:
    return any(first < at <= last and _STOP.search(lexed.text[:at]) for at in lexed.breaks)


def _is_in_closed_bracket(text: str, start: int, marker: int) -> bool:
    """Return True if a figure stands in brackets that close before the marker."""
    opening = text.rfind("(", 0, start)
    if opening < 0 or ")" in text[opening:start]:
        return False
    closing = text.find(")", start)
    return 0 <= closing < marker


def _find_parts(
    lexed: LexedSentence, linked: Sequence[Statement], index: int, marker: PhraseMatch, stop: int
) -> Iterator[int]:
    """Yield which statements behind a marker are parts of a total, in order."""
    total = linked[index]
    inside = [i for i, s in enumerate(linked) if marker.end <= s.start and s.end <= stop]
    alike = [i for i in inside if share_unit(total, linked[i]) and linked[i].unit != "%"]
    outer = [i for i in alike if not _is_in_bracket(lexed.text, marker.end, linked[i].start)]
    begin = marker.end
    for i in outer or alike:
        part = linked[i]
        again = load_phrases("totals", "again").has(lexed.text[begin : part.start])
        if again or _is_of_another(total, part) or part.total is not None:
            return
        begin = part.end
        fits = may_be_part(total, part) or is_stage(total, part) or may_be_rest(total, part)
        if fits or part.why in _UNCLEAR:
            yield i
        if marker.key == "one":
            return


def _is_in_bracket(text: str, first: int, at: int) -> bool:
    return text.count("(", first, at) > text.count(")", first, at)


def _is_of_another(total: Statement, part: Statement) -> bool:
    """Return True for the figure of another thing behind the total of a single one."""
    named = total.subject_kind in ITEMS and part.subject_kind in ITEMS
    return named and (part.item or part.subject) != (total.item or total.subject)


def _link(
    lexed: LexedSentence,
    linked: list[Statement],
    index: int,
    parts: Sequence[int],
    marker: PhraseMatch,
    *,
    whole: bool,
) -> None:
    named: list[NamedPart] = []
    total = linked[index]
    begin = marker.end
    for number, i in enumerate(parts):
        part = linked[i]
        following = [s.start for s in linked if s.start >= part.end]
        begin = max(begin, lexed.text.rfind(")", begin, part.start) + 1)
        place = PartPlace(begin, part.start, part.end, min([*following, len(lexed.text)]))
        between = lexed.text[begin : part.start]
        role: Role = "stage" if is_stage(total, part) else "part"
        if load_phrases("totals", "rest").has(between) and (number or marker.key != "one"):
            role = "rest"
        words = lexed.text[marker.start : marker.end]
        if role != "stage":  # what is done of it is a figure of its own, no lesser thing
            linked[i] = make_part(lexed, total, part, place, words)
        named.append(NamedPart(i, role))
        begin = max(begin, part.end)
    if named:
        completeness: Completeness = marker.key  # type: ignore[assignment]
        if completeness == "all" and not (
            whole and _closes_list(lexed, linked[named[-1].index].end)
        ):
            completeness = "some"
        judge_parts(linked, index, named, completeness)


def _closes_list(lexed: LexedSentence, end: int) -> bool:
    """Return False if something without a figure goes on behind the last part of a list."""
    stop = min((at for at in lexed.breaks if at > end), default=len(lexed.text))
    rest = lexed.text[end:stop]
    cut = re.search(r",|\svà\s|\scùng\s|…|\.\.\.", rest)
    return cut is None or not _LETTER.search(rest[cut.end() :])


def _link_rests(lexed: LexedSentence, linked: list[Statement]) -> None:
    """Link what is left with its total where no marker does: "250 hộ, đã trả 180, còn lại 70"."""
    for i, rest in enumerate(linked):
        if rest.part_of or isinstance(rest.value, str):
            continue
        begin = max((s.end for s in linked if s.end <= rest.start), default=0)
        if not load_phrases("totals", "rest").has(lexed.text[begin : rest.start]):
            continue
        before = [
            j
            for j in range(i)
            if share_unit(linked[j], rest)
            and linked[j].subject == rest.subject
            and not isinstance(linked[j].value, str)
            and not _crosses(lexed, linked[j].end, rest.start)
        ]
        if before and linked[before[-1]].total is not None:
            _link_rest_of_ratio(linked, before[-1], i)
            continue
        wholes = [j for j in before if may_be_rest(linked[j], rest)]
        if not wholes:
            continue
        whole = wholes[0]
        stages = [j for j in before if j > whole and is_stage(linked[whole], linked[j])]
        stages = stages or [j for j in before if j > whole]
        if stages:
            linked[i] = replace(rest, part_of=linked[whole].stated)
            judge_rest(linked, whole, stages, i)


def _link_rest_of_ratio(linked: list[Statement], index: int, rest: int) -> None:
    """Link what is left behind "180/250 hộ" with the 250."""
    ratio, left = linked[index], linked[rest]
    number = float(left.value) if not isinstance(left.value, str) else 0.0
    linked[rest] = left = replace(left, part_of=ratio.stated)
    if ratio.total is None or isinstance(ratio.value, str):
        return
    expected = ratio.total - float(ratio.value)
    exact = left.qualifier == ratio.qualifier == "exact" and ratio.unit in {"hộ", left.unit}
    counted = left.field.startswith("households")
    if exact and counted and number != expected:
        linked[rest] = question_total(left, [expected])
