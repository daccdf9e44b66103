"""What tables of grids give, in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.tables.grids import read_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import TableCell
    from reports.model.extraction import ColumnChoice, Extraction
    from reports.model.statement import Statement, UnreadSentence


def read_table(
    *blocks: str | Sequence[Sequence[str | TableCell]], choices: Sequence[ColumnChoice] = ()
) -> Extraction:
    """Return what is read of titles and tables; every row is read or asked about."""
    read = read_grid(*blocks, choices=choices)
    assert read.balance.exact
    return read


def list_unread_rows(read: Extraction) -> list[UnreadSentence]:
    """Return the rows of which something is left over; the titles above the table are sentences."""
    return [entry for entry in read.reading.unread if entry.place.table]


def list_said(read: Extraction, field: str = "") -> list[tuple[str, str, float | str, str]]:
    """Return (subject, field, value, unit) of the sure statements, of one field or all."""
    return [
        (entry.subject, entry.field, entry.value, entry.unit)
        for entry in read.reading.statements
        if entry.status == "sure" and field in {"", entry.field}
    ]


def find_said(read: Extraction, subject: str, field: str) -> Statement:
    """Return the one statement about a subject's field."""
    (found,) = [
        entry
        for entry in read.reading.statements
        if entry.subject == subject and entry.field == field
    ]
    return found
