"""One row of a project table while it is read: its cells, values and questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.grammar.numbers import format_decimal
from reports.model.document import TableCell
from reports.model.extraction import QueueEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from geo.geocoder import Geocoder
    from reports.model.extraction import ExtractedValue
    from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

_READABLE: Final = 0.6
"""Below this a recognised cell is asked about, whatever it seems to say."""
_OWN_LINE: Final = frozenset({"request", "note", "obstacles", "actual", "planned"})


class RowValues:
    """One row while it is read: its cells, and the values and questions that they gave.

    ``component`` is the part of the item that the row is about, '' for the whole of it.
    """

    def __init__(
        self,
        table: StitchedTable,
        row: StitchedRow,
        geocoder: Geocoder,
        as_of: date | None,
        component: str = "",
    ) -> None:
        self.table, self.row, self.geocoder, self.as_of = table, row, geocoder, as_of
        self.component = component
        self._cells: dict[str, TableCell] = {}
        self.values: list[ExtractedValue] = []
        self.queue: list[QueueEntry] = []

    def cell(self, key: str) -> TableCell:
        """Return the cell of a key about all of the works; several columns one after the other."""
        if key not in self._cells:
            self._cells[key] = self._join_cells(key)
        return self._cells[key]

    def _join_cells(self, key: str) -> TableCell:
        cells = [self.row.cell(column.index) for column in self.table.list_columns(key, "")]
        filled = [cell for cell in cells if cell.text]
        if len(filled) < 2:  # noqa: PLR2004 - nothing to join
            return filled[0] if filled else cells[0] if cells else TableCell("", self.row.place)
        text = ("\n" if key in _OWN_LINE else ", ").join(cell.text for cell in filled)
        return TableCell(text, filled[0].place, confidence=min(cell.confidence for cell in filled))

    def get_heading(self, key: str) -> str:
        """Return the heading of the column that a key's cell stands in."""
        columns = self.table.list_columns(key, "")
        filled = [column for column in columns if self.row.cell(column.index).text]
        return (filled or columns)[0].heading if columns else ""

    def ask(
        self, reason: str, raw: str, key: str, detail: str, readings: Sequence[Decimal | str] = ()
    ) -> None:
        """Put a question about the cell of a key."""
        self.ask_at(reason, raw, self.cell(key), detail, readings)

    def ask_at(
        self,
        reason: str,
        raw: str,
        cell: TableCell,
        detail: str,
        readings: Sequence[Decimal | str] = (),
        *,
        field: str = "",
    ) -> None:
        """Put a question about a cell, with the values that it may mean of a field."""
        candidates = tuple(
            (
                reading if isinstance(reading, str) else format_decimal(reading),
                round(1 / len(readings), 2),
            )
            for reading in readings
        )
        self.queue.append(
            QueueEntry(reason, raw, cell.place, detail, candidates, field)  # type: ignore[arg-type]
        )

    def add(self, value: ExtractedValue, key: str) -> None:
        """Keep a value that the cell of a key states."""
        self.add_at(value, self.cell(key), self.get_heading(key))

    def add_at(self, value: ExtractedValue, cell: TableCell, heading: str) -> None:
        """Keep a value that a cell under a heading states; a weak reading is asked about too."""
        if cell.confidence < _READABLE:
            self.ask_at("low_confidence", value.raw, cell, t("reports.queue.low_confidence"))
        self.values.append(
            replace(
                value,
                place=cell.place,
                column=heading,
                component=": ".join(filter(None, (self.component, value.component))),
                confidence=round(value.confidence * cell.confidence, 3),
            )
        )
