"""The amounts of a report's columns: how each may be read, and what is known of its item."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reports.grammar.numbers import read_number
from reports.model.document import SourcePlace
from reports.model.extraction import ExtractedValue
from reports.tables.grid.headings import fold_heading
from store.audit.rows import format_cell
from store.imports.plan.fact_rows import PENDING, find_bad_column, make_observation_row
from store.imports.plan.matching import KEY_PROJECT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reports.model.extraction import ColumnUse
    from store.audit.changes import RowChange
    from store.audit.rows import Content, Row
    from store.imports.plan.review_rows import ReviewRow

FIELD: Final = "investment_mvnd"
UNITS: Final = {
    "triệu đồng": Decimal(1),
    "tỷ đồng": Decimal(1000),
    "đồng": Decimal("0.000001"),
}
"""Units of a column of amounts, in million VND."""

_CLOSE: Final = (Decimal("0.8"), Decimal("1.25"))
"""A figure that is this near to what is known is the same, or a later state of it."""


@dataclass
class AmountCell:
    """One amount of a column: its row, or the question that it is, and what is known of its item.

    ``numbers`` are the ways to read its digits; ``close`` is how near one is to what is known.
    """

    numbers: tuple[Decimal, ...]
    row: Row
    change: RowChange | None = None
    question: ReviewRow | None = None
    before: Decimal | None = None
    close: tuple[Decimal, Decimal] = _CLOSE

    def read_in(self, unit: str) -> Decimal | None:
        """Return the amount in a unit that is near what is known, ``None`` for none."""
        if not self.before or unit not in UNITS:
            return None
        amounts = (number * UNITS[unit] for number in self.numbers)
        return next(
            (one for one in amounts if self.close[0] < one / self.before < self.close[1]), None
        )

    def scale(self, own: str, unit: str) -> str:
        """Return the amount read in ``unit`` instead of its ``own``, '' where that is not to tell.

        It is written as the row's value is.
        """
        near = self.read_in(unit)
        if near is None and (self.change is None or own not in UNITS):
            return ""
        value = near or Decimal(str(self.row["value"])) / UNITS[own] * UNITS[unit]
        return self._write(value.to_integral_value())

    def read_as_written(self, own: str, unit: str) -> str:
        """Return the amount in the column's own unit, '' where a row cannot hold it."""
        if self.change is not None:
            return str(self.row["value"])
        near = self.read_in(unit)
        if near is None or own not in UNITS:
            return ""
        return self._write(near / UNITS[unit] * UNITS[own])

    def _write(self, value: Decimal) -> str:
        text = format_cell(float(value))
        return "" if find_bad_column(self.row | {"value": text}, "observations") else text


def list_amount_cells(
    changes: Sequence[RowChange],
    asked: Sequence[ReviewRow],
    columns: Sequence[ColumnUse],
    source: Content,
) -> list[AmountCell]:
    """Return the plain amounts of the columns, those that are questions too."""
    headings = {fold_heading(one.heading) for one in columns}
    cells = []
    for change in changes:
        row = change.after if change.table == "observations" else None
        if row and _is_amount(row, headings):
            numbers = read_number(str(row["raw"]))
            cells.append(AmountCell(numbers, dict(row), change))
    for question in asked:
        found = _make_asked_row(question, columns, source)
        if found and _is_amount(found, headings):
            numbers = read_number(question.raw)
            cells.append(AmountCell(numbers, found, question=question))
    return [cell for cell in cells if cell.numbers]


def _is_amount(row: Content, headings: Collection[str]) -> bool:
    """Return whether a row is the amount of a settled item, whole, from one of the columns."""
    whole = row["field"] == FIELD and not row["component"] and row["item"] != PENDING
    return whole and fold_heading(str(row["cell"])) in headings


def _make_asked_row(
    question: ReviewRow, columns: Sequence[ColumnUse], source: Content
) -> Row | None:
    """Return the row that a question about an amount would make, ``None`` for any other."""
    if question.reason not in {"ambiguous_number", "unreadable_value"}:
        return None
    for entry in question.payload.get("add", ()):
        row: Row = entry["content"]
        return row if row.get("field") == FIELD else None
    item, place = str(question.payload.get("item") or ""), question.place
    headings = [one.heading for one in columns if one.column == place.get("column")]
    if question.payload.get("field") != FIELD or not item or not headings:
        return None
    value = ExtractedValue(
        FIELD, "0", question.raw, SourcePlace(**place), headings[0], unit="million_vnd",
        qualifier="exact",
    )  # fmt: skip
    return make_observation_row(value, item, KEY_PROJECT, source)
