"""Rows of tables that are no project table, as statements by their columns' headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model.statement import StatementReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.tables.grid.stitched_table import StitchedTable


def read_table_statements(
    tables: Sequence[StitchedTable], document: Document, geocoder: Geocoder
) -> StatementReading:
    """Return the statements of the tables' rows, and the rows that nothing reads."""
    del tables, document, geocoder
    return StatementReading()
