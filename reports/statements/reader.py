"""What a document says: its sentences and lists, and the rows of its tables by their headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model.statement import StatementReading
from reports.statements.sentences import read_sentences
from reports.statements.tables.column_roles import describe_roles
from reports.statements.tables.declarations import read_declarations, read_units
from reports.statements.tables.left_over import leave_lines, leave_table, question_columns
from reports.statements.tables.table_reader import TableContext, TableReader
from reports.statements.tables.table_reading import TableReading
from reports.tables.project_rows import is_project_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.tables.grid.stitched_table import StitchedTable


def read_statements(
    document: Document, geocoder: Geocoder, rows: StatementReading
) -> StatementReading:
    """Return what a document says, and what is left over; ``rows`` is what its tables say."""
    prose = read_sentences(document, geocoder)
    return StatementReading(
        (*prose.statements, *rows.statements), (*prose.unread, *rows.unread), prose.balance
    )


def read_tables(
    tables: Sequence[StitchedTable], document: Document, geocoder: Geocoder
) -> TableReading:
    """Return what the tables' rows say, and where every row and cell of them went.

    Of a project table only the columns are read that its own reader has no use for. What gives
    nothing is listed with its cells, and a row that gives nothing is asked about.
    """
    read = TableReading()
    declared = read_declarations(document)
    for table in tables:
        titles = [line for title in table.titles for line in title.split("\n")]
        own = replace(declared, units=read_units(titles, declared.abbreviations))
        roles = describe_roles(table, own, document.media)
        if roles is None:
            leave_table(table, read, project=is_project_table(table))
        else:
            context = TableContext(document, own, geocoder)
            TableReader(table, roles, context, read).read()
            question_columns(table, roles, read)
        leave_lines(table, read)
    return read
