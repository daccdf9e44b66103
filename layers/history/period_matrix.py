"""What reports said, period beside period: the cells of a matrix and how one differs from before.

A cell holds what the documents of its own period say and nothing else: an empty one means that
they say nothing of it, not that it no longer holds. A value is held against the one said last
before it, however long ago, of the same part and as a share of the same whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layers.details.value_lines import ORDER, format_basis_note
from layers.labels.statement_labels import format_field_label
from reports.model.schema import FIELDS
from store.analysis.change_direction import classify_direction
from store.analysis.milestones.milestone_delays import MILESTONES
from store.analysis.value_comparison import compute_amount, is_same_value
from store.column_values import list_rows
from store.facts.labels import format_iso_day, format_observation
from store.facts.sources import Source, find_sources
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from store.facts.facts import Facts

Row = dict[str, Any]

HEADLINES: Final = frozenset(
    {
        "status",
        "forecast",
        "investment_mvnd",
        "actual_construction_pct",
        "actual_clearance_pct",
        "obstacle",
        "clearance",
        "known.name",
        "known.kind",
        "known.commune",
        *MILESTONES,
    }
)
"""The fields that are shown first; the others when asked for."""

_TEXTS: Final = frozenset({"obstacle_text", "request_text", "result_text", "planned_work"})
"""Fields in the report's own words: they differ every time, which tells nothing."""

_SETS: Final = frozenset({"obstacle", "asked_to_act", "lead"})


@dataclass(frozen=True)
class PeriodColumn:
    """A column of the matrix: a period, its name, and the day its documents speak as of."""

    period: str
    label: str
    as_of: str


@dataclass(frozen=True)
class CellValue:
    """One value in a cell, with its sources; texts are in the reader's language.

    ``change`` is '' (the same, or said for the first time), ``changed``, ``better``, ``worse``,
    ``new`` (a problem stated of something that earlier periods knew without it) or ``refined`` (a
    time told more or less precisely); ``before`` is what had been said last, where it differs.
    ``note`` says what to mind, ``remark`` is what was noted of it, in Vietnamese.
    ``conflicted``: documents of the period differ on it, and every one's value is in the cell.
    """

    text: str
    sources: tuple[Source, ...]
    change: str = ""
    before: str = ""
    note: str = ""
    remark: str = ""
    conflicted: bool = False


Cell = tuple[CellValue, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One row: a field's name, its label, what a share is of, and a cell for every period."""

    key: str
    label: str
    note: str
    cells: tuple[Cell, ...]

    @property
    def headline(self) -> bool:
        """Whether the row is one of those shown first."""
        return self.key in HEADLINES

    @property
    def changed(self) -> bool:
        """Whether some value of the row changed."""
        return any(value.change for cell in self.cells for value in cell)


def list_period_columns(facts: Facts, language: str) -> tuple[PeriodColumn, ...]:
    """Return a column for every period, in order of time."""
    periods = facts.periods
    return tuple(
        PeriodColumn(str(period), str(label), format_iso_day(str(day), language))
        for period, label, day in zip(
            periods["period"], periods[f"label_{language}"], periods["as_of"], strict=True
        )
    )


def build_field_rows(
    facts: Facts, said: Iterable[tuple[int, Row]], first: int | None, language: str
) -> tuple[MatrixRow, ...]:
    """Return the rows of an item's observations, as ``list_observations_of`` gives them.

    ``first`` is the rank of the first period that names the item: an obstacle stated later is new.
    """
    rank = {field: order for order, field in enumerate(ORDER)}
    by_key: dict[tuple[str, str, str], dict[int, list[Row]]] = {}
    for rank_of_period, row in said:
        by_key.setdefault(_make_row_key(row), {}).setdefault(rank_of_period, []).append(row)
    ordered = sorted(by_key, key=lambda key: (rank.get(key[0], len(rank)), key[1], key[2]))
    return tuple(
        MatrixRow(
            key=key[0],
            label=format_field_label(key[0], key[1], language),
            note=format_basis_note(key[0], key[2], language),
            cells=_build_cells(facts, key[0], by_key[key], first=first, language=language),
        )
        for key in ordered
    )


def classify_set_change(
    member: str, earlier: Iterable[str], *, at: int, first: int | None, problem: bool
) -> str:
    """Return how a member of a set (an obstacle, a body, a problem) differs from before."""
    earlier = set(earlier)
    if member in earlier or first is None or first >= at:
        return ""
    if problem:
        return "new"
    return "changed" if earlier else ""


def list_observations_of(facts: Facts, items: Collection[str]) -> dict[str, list[tuple[int, Row]]]:
    """Return every observation by item, with the rank of its period, and marks on it."""
    observations: dict[str, list[tuple[int, Row]]] = {}
    for rank, period in enumerate(facts.periods["period"]):
        for row in list_rows(compute_values_at(facts, str(period), carry=False, items=items)):
            observations.setdefault(row["item"], []).append((rank, row))
    return observations


def _make_row_key(row: Row) -> tuple[str, str, str]:
    many = FIELDS[row["field"]].many and row["field"] != "physical_done"
    return row["field"], "" if many else row["component"], "" if many else row["basis"]


def _build_cells(
    facts: Facts,
    field: str,
    rows: dict[int, list[Row]],
    *,
    first: int | None,
    language: str,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    last_row: Row | None = None
    earlier: set[str] = set()
    for rank in range(len(facts.periods)):
        here = rows.get(rank, [])
        values = []
        for row in here:
            change, before = _classify_change(field, last_row, row, language)
            if field in _SETS:
                problem = field == "obstacle"
                change = classify_set_change(
                    row["value"], earlier, at=rank, first=first, problem=problem
                )
            values.append(_build_value(facts, row, change, before, language))
        cells.append(tuple(values))
        earlier |= {row["value"] for row in here}
        chosen = [row for row in here if row["chosen"]]
        last_row = chosen[-1] if chosen else last_row
    return tuple(cells)


def _classify_change(field: str, last_row: Row | None, row: Row, language: str) -> tuple[str, str]:
    """Return how a value differs from the one held before, and what that one was."""
    if last_row is None or field in _TEXTS or field in _SETS or is_same_value(last_row, row):
        return "", ""
    before = format_observation(last_row, language)
    amount = compute_amount(last_row, row)
    if field in MILESTONES and amount is None:
        return "refined", before
    direction = classify_direction(field, str(last_row["value"]), str(row["value"]), amount)
    return direction or "changed", before


def _build_value(facts: Facts, row: Row, change: str, before: str, language: str) -> CellValue:
    text = format_observation(row, language)
    if FIELDS[row["field"]].many and row["field"] != "physical_done" and row["component"]:
        text = f"{row['component']}: {text}"
    return CellValue(
        text=text,
        sources=find_sources(facts, [str(row["obs"])]),
        change=change,
        before=before,
        remark=str(row["note"]),
        conflicted=bool(row["conflicted"]),
    )


def make_empty_cells(columns: Sequence[PeriodColumn]) -> list[list[CellValue]]:
    """Return a row of cells without anything in them, to be filled."""
    return [[] for _ in columns]
