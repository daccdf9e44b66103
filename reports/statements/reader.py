"""From a document to its statements: sentences and lists first, then tables by their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model.statement import StatementReading
from reports.statements.sentences import read_sentences
from reports.statements.tables.rows import read_table_statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.tables.grid.stitched_table import StitchedTable


def read_statements(
    document: Document, geocoder: Geocoder, tables: Sequence[StitchedTable]
) -> StatementReading:
    """Return what the sentences and the tables of a document say, and what is left over."""
    prose = read_sentences(document, geocoder)
    rows = read_table_statements(tables, document, geocoder)
    return StatementReading(
        (*prose.statements, *rows.statements), (*prose.unread, *rows.unread), prose.balance
    )
