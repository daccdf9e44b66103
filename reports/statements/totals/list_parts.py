"""Totals whose parts are the items of a list below them: "250 hộ, trong đó:" and its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import load_phrases
from reports.statements.totals.families import may_be_part, share_unit
from reports.statements.totals.judging import NamedPart, judge_parts
from reports.statements.totals.part_words import PartPlace, make_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence

_MARKER_REACH: Final = 40
"""Characters before the colon in which the words stand that name a list of parts."""
_FEWEST: Final = 2
"""Items that a list has at least: a single line below a colon may be anything."""


@dataclass
class ListLine:
    """A sentence of a document with its statements; ``mark`` is its list mark, '' for none.

    ``first``: it begins a line; the rest of an item's words follow without a mark.
    """

    lexed: LexedSentence
    mark: str
    first: bool
    statements: list[Statement] = field(default_factory=list)


def link_lists(lines: Sequence[ListLine]) -> None:
    """Link the items of every list with the totals of the line above it, in place."""
    for number, line in enumerate(lines):
        marker = _find_marker(line.lexed.text)
        if not marker:
            continue
        items = list(_list_items(lines, number))
        if len(items) < _FEWEST:
            continue
        for index in reversed(range(len(line.statements))):
            total = line.statements[index]
            figured = not isinstance(total.value, str) and total.unit != "%"
            later = line.statements[index + 1 :]
            if figured and not total.is_part and not any(share_unit(total, s) for s in later):
                _link(line, index, items, marker)


def _find_marker(text: str) -> str:
    """Return what a line's last words promise of the list below it; '' for no list of parts."""
    plain = text.rstrip()
    if not plain.endswith(":") and not load_phrases("totals", "markers").has(plain[-12:]):
        return ""
    reach = max(0, len(plain) - _MARKER_REACH)
    markers = list(load_phrases("totals", "markers").find(plain, reach))
    return markers[-1].key if markers else ""


def _list_items(lines: Sequence[ListLine], above: int) -> Iterator[ListLine]:
    """Yield the lines of the list below a line: those with the first item's kind of mark."""
    mark = own = ""
    for line in lines[above + 1 :]:
        if not line.first:
            continue
        kind = _name_mark(line.mark)
        if not kind or kind == own:
            return
        if not mark:
            mark, own = kind, _name_mark(lines[above].mark)
            if mark == own:
                return
        if kind == mark:
            yield line
        elif _RANKS.get(kind, 0) <= _RANKS.get(mark, 0):
            return


_RANKS: Final = {"A": 0, "I": 1, "1": 2, "1.1": 3, "(1)": 4, "a": 5, "-": 6, "+": 7}


def _name_mark(mark: str) -> str:
    """Return the kind of a list mark: ``1``, ``a``, ``-`` …; '' for none."""
    plain = mark.strip()
    if not plain:
        return ""
    if plain[0] in "-–•*":
        return "-"
    if plain[0] == "+":
        return "+"
    if plain[0] == "(":
        return "(1)"
    if plain[0].isdigit():
        return "1.1" if re.match(r"\d+\.\d", plain) else "1"
    return ("I" if re.match(r"[IVX]", plain) else "A") if plain[0].isupper() else "a"


def _link(line: ListLine, index: int, items: Sequence[ListLine], marker: str) -> None:
    """Link one total with the first figure of its kind of each item, and check their sum."""
    total = line.statements[index]
    found: list[tuple[ListLine, int]] = []
    for item in items:
        alike = [
            i
            for i, s in enumerate(item.statements)
            if not s.part_of and s.total is None and share_unit(total, s) and s.unit != "%"
        ]
        if not alike or not may_be_part(total, item.statements[alike[0]]):
            continue
        found.append((item, alike[0]))
    if len(found) < _FEWEST:
        return
    for item, i in found:
        item.statements[i] = _name(item, total, item.statements[i])
    together = [total, *(item.statements[i] for item, i in found)]
    named = [NamedPart(n, "part") for n in range(1, len(together))]
    every = len(found) == len(items)
    judge_parts(together, 0, named, "all" if marker == "all" and every else "some")
    line.statements[index] = together[0]


def _name(item: ListLine, total: Statement, part: Statement) -> Statement:
    """Return an item's figure as a part: of its own subject, or of the total's, narrowed."""
    place = PartPlace(len(item.mark), part.start, part.end, len(item.lexed.text))
    return make_part(item.lexed, total, part, place, "")
