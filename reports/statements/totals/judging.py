"""Totals that their parts deny: told as a question, never put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reports.statements.totals.adding_up import (
    Completeness,
    Figure,
    adds_up,
    exceeds,
    question_total,
    read_figure,
    scale_back,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.statement import Statement

Role = Literal["part", "stage", "rest"]
_FEWEST: Final = 2
"""Parts from which a list of them may be the whole of a total."""
_MEASURED: Final = frozenset({"area", "investment", "allocated", "disbursed", "length", "money"})
"""What no two parts share; of things counted two parts may be the same ("8 …, 5 of them late")."""


@dataclass(frozen=True)
class NamedPart:
    """Which statement is a part, and how: a part, what is done of the total, what is left of it."""

    index: int
    role: Role


def judge_parts(
    statements: list[Statement],
    index: int,
    named: Sequence[NamedPart],
    completeness: Completeness,
) -> None:
    """Ask about a total that its parts are not, or about what is left where that does not fit.

    ``some`` parts only may not exceed it; rough figures prove nothing.
    """
    total = read_figure(statements[index])
    figures = [read_figure(statements[one.index]) for one in named]
    if total is None or not total.clear or any(one is None or not one.clear for one in figures):
        return
    clear = [one for one in figures if one is not None]
    rests = [one for one in named if one.role == "rest"]
    if rests:
        others = [one.index for one in named if one.role != "rest"]
        if others:
            judge_rest(statements, index, others, rests[0].index)
        return
    parts = [one for one, part in zip(clear, named, strict=True) if part.role == "part"]
    apart = completeness == "all" or _are_apart(statements, index, named)
    too_much = [one for one in clear if exceeds(total, [one])]
    if too_much or (apart and exceeds(total, parts)):
        _ask(statements, index, parts or too_much)
    elif completeness == "all" and len(parts) >= _FEWEST and not adds_up(total, parts):
        _ask(statements, index, parts)


def judge_rest(statements: list[Statement], index: int, others: Sequence[int], rest: int) -> None:
    """Ask about what is left of a total where it is neither the total less its parts nor one."""
    total, left = read_figure(statements[index]), read_figure(statements[rest])
    figures = [read_figure(statements[other]) for other in others]
    parts = [one for one in figures if one is not None and one.clear]
    clear = total is not None and left is not None and total.clear and left.clear
    if total is None or left is None or not clear or len(parts) != len(figures):
        return
    if adds_up(total, [*parts, left]) or any(adds_up(total, [one, left]) for one in parts):
        return
    expected = total.value - sum(one.value for one in parts)
    unit = statements[rest].unit
    values = [scale_back(expected, unit)] if expected > 0 else []
    statements[rest] = question_total(statements[rest], values)


def _are_apart(statements: Sequence[Statement], index: int, named: Sequence[NamedPart]) -> bool:
    """Return True for parts that share nothing: amounts, land, the communes of a count."""
    if statements[index].field in _MEASURED:
        return True
    places = [statements[one.index].subject_kind == "commune" for one in named]
    return all(places)


def _ask(statements: list[Statement], index: int, parts: Sequence[Figure]) -> None:
    made = scale_back(sum(one.value for one in parts), statements[index].unit)
    statements[index] = question_total(statements[index], [made])
