"""Totals of a table: the rows below a sum or a group's figures, the lines below a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from reports.model.statement import OWNER_MARK
from reports.statements.totals.judging import NamedPart, judge_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.totals.adding_up import Completeness

EntryKind = Literal["row", "part", "section", "total"]
_DEEPEST: Final = 9
_FEWEST: Final = 2


@dataclass(frozen=True)
class TableEntry:
    """A row of a table that was read, or a line of one, with its statements ``first`` to ``last``.

    ``words`` name it, ``whole`` marks the sum of all rows, ``number`` is its running number,
    ``filled`` are the columns in which it says something.
    """

    kind: EntryKind
    mark: str
    words: str
    first: int
    last: int
    number: int | None = None
    whole: bool = False
    filled: frozenset[int] = frozenset()

    @property
    def level(self) -> int:
        """Return how deep it stands: groups by their marks, rows below all of them."""
        if self.kind in {"row", "part"}:
            return _DEEPEST
        plain = self.mark.strip(" .)")
        if re.fullmatch(r"[IVX]+", plain):
            return 1
        if re.fullmatch(r"[A-HĐ]", plain):
            return 0
        return 2 + plain.count(".") if plain[:1].isdigit() else 4


def link_rows(statements: list[Statement], entries: Sequence[TableEntry]) -> list[int]:
    """Link every figure of a table with the sum that it is in; return which sums are asked about.

    ``statements`` are changed in place: parts are told their total, a sum that its rows are not
    becomes a question.
    """
    asked: list[int] = []
    for number, entry in enumerate(entries):
        members = list(_list_members(entries, number))
        if not members:
            continue
        asked += [
            index
            for index in range(entry.first, entry.last)
            if _may_be_sum(statements[index]) and _link(statements, entry, index, members)
        ]
    return asked


def _list_members(entries: Sequence[TableEntry], number: int) -> Iterator[TableEntry]:
    """Yield what a row, a group's heading or a sum is the total of."""
    entry = entries[number]
    if entry.kind == "row":
        for below in entries[number + 1 :]:
            if below.kind != "part":
                return
            yield below
    elif entry.kind == "section":
        yield from _keep_highest(_list_below(entries, number))
    elif entry.kind == "total" and entry.whole:
        others = [one for one in entries if one.kind in {"row", "section"}]
        yield from _keep_highest(others)
    elif entry.kind == "total":
        rows: list[TableEntry] = []
        for above in reversed(entries[:number]):
            if above.kind in {"section", "total"}:
                break
            rows.append(above)
        yield from (one for one in reversed(rows) if one.kind == "row")


def _list_below(entries: Sequence[TableEntry], number: int) -> list[TableEntry]:
    """Return what stands below a group's heading, up to the next one of its level or higher."""
    below: list[TableEntry] = []
    for one in entries[number + 1 :]:
        if one.kind == "total" or one.level <= entries[number].level:
            break
        if one.kind != "part":
            below.append(one)
    return below


def _keep_highest(entries: Sequence[TableEntry]) -> list[TableEntry]:
    """Return the entries of the highest level that have figures: groups, else the rows."""
    figured = [one for one in entries if one.first < one.last]
    levels = [one.level for one in figured]
    groups = [one for one in entries if levels and one.level == min(levels)]
    return (
        groups
        if groups and groups[0].level < _DEEPEST
        else [one for one in entries if one.kind == "row"]
    )


def _may_be_sum(statement: Statement) -> bool:
    figured = not isinstance(statement.value, str) and statement.total is None
    return figured and statement.unit != "%" and bool(statement.place.column)


def _link(
    statements: list[Statement], entry: TableEntry, index: int, members: Sequence[TableEntry]
) -> bool:
    """Link one figure with those of its column below it; return True if it is asked about now."""
    total = statements[index]
    found: list[int] = []
    complete = _is_numbered_through(members)
    for member in members:
        own = [i for i in range(member.first, member.last) if _is_same(total, statements[i])]
        found += own[:1]
        complete = complete and (bool(own) or total.place.column not in member.filled)
    if len(found) < _FEWEST:
        return False
    for i in found:
        if not statements[i].part_of:
            owner = " ".join(entry.words.split()) or total.subject
            part_of = f"{owner}{OWNER_MARK}{total.stated}"
            statements[i] = replace(statements[i], part_of=part_of)
    together = [total, *(statements[i] for i in found)]
    named = [NamedPart(n, "part") for n in range(1, len(together))]
    completeness: Completeness = "all" if complete else "some"
    judge_parts(together, 0, named, completeness)
    newly_asked = together[0].status != total.status
    statements[index] = together[0]
    return newly_asked


def _is_same(total: Statement, statement: Statement) -> bool:
    """Return True for a figure of the same column, field and unit as a total."""
    return (
        statement.place.column == total.place.column
        and (statement.field, statement.unit) == (total.field, total.unit)
        and _may_be_sum(statement)
    )


def _is_numbered_through(members: Sequence[TableEntry]) -> bool:
    """Return False where running numbers are missing: only some of the rows stand here."""
    numbers = [one.number for one in members if one.number is not None]
    return all(after == before + 1 for before, after in pairwise(numbers))
