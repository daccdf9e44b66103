"""From a document to everything that is read from it: ``extract(document)``.

It works on any format's ``Document``. Nothing is silently lost: a table line is in a row, in a
header or in the queue, and a cell that shows something is used, asked about or named as not used
(``balance``); a sentence that gave nothing is counted, and running numbers with gaps and groups
smaller than they say are asked about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.geocoder import get_default_geocoder
from geo.i18n import t
from reports.model.extraction import Extraction, LineBalance, QueueEntry
from reports.model.head.document_head import add_document_metadata
from reports.model.head.document_scope import place_in_scope, read_document_scope
from reports.narrative.narrative import read_narrative
from reports.statements.reader import read_statements, read_tables
from reports.statements.tables.table_reading import TableReading
from reports.tables.cell_balance import count_cells, describe_unused, list_column_uses
from reports.tables.grid.stitched_table import count_lines, iterate_table_lines
from reports.tables.grid.stitching import stitch_tables
from reports.tables.periods import choose_period, describe_other_periods
from reports.tables.project_rows import (
    find_gaps,
    find_group_counts,
    find_wrong_counts,
    is_project_table,
    read_clearance,
    read_projects,
)
from reports.tables.tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.model.extraction import ColumnChoice, ProjectRow
    from reports.tables.grid.stitched_table import StitchedTable

NOTHING_READ: Final = TableReading()


def extract_document(
    document: Document,
    geocoder: Geocoder | None = None,
    choices: Sequence[ColumnChoice] = (),
    period: str = "",
) -> Extraction:
    """Return the rows, counts, clearance statements, parks, queue and balance of a document.

    ``choices`` are what a person said of columns. ``period`` is the one to read where the tables
    are of several; by default the document's, or the latest.
    """
    document = add_document_metadata(document)
    scope = read_document_scope(document)
    geocoder = place_in_scope(geocoder or get_default_geocoder(), scope)
    choices = [choice for choice in choices if choice.issuer in {"", document.issuer}]
    tables = stitch_tables(document, choices)
    document = choose_period(document, tables, period)
    wanted = [table for table in tables if table.period in {"", document.period}]
    as_of = date.fromisoformat(document.as_of) if document.as_of else None
    last = 0
    projects: list[ProjectRow] = []
    queue: list[QueueEntry] = []
    for table in wanted:
        if is_project_table(table):
            read = read_projects(table, geocoder, as_of)
            projects.extend(read.projects)
            queue.extend((*read.queue, *find_gaps(table, last), *find_wrong_counts(table)))
            last = max((row.no for row in read.projects), default=last)
        queue.extend(_question_unattached(table))
    narrative = read_narrative(document, geocoder, as_of)
    rows = read_tables(wanted, document, geocoder)
    queue.extend((*narrative.queue, *rows.queue))
    columns = tuple(use for table in wanted for use in list_column_uses(table, queue, rows))
    reading = read_statements(document, geocoder, rows.reading)
    messages = (
        *describe_other_periods(tables, document.period),
        *describe_unused(wanted, columns, rows),
    )
    return Extraction(
        document=replace(document, messages=(*document.messages, *messages)),
        projects=tuple(projects),
        tasks=tuple(entry for table in wanted for entry in read_tasks(table, geocoder, as_of)),
        indicators=(
            *(narrative.indicators if scope.speaks_for_city else ()),
            *(statement for table in wanted for statement in find_group_counts(table)),
        ),
        clearance=(
            *narrative.clearance,
            *(entry for row in projects for entry in read_clearance(row)),
        ),
        parks=tuple(narrative.parks),
        queue=tuple(queue),
        columns=columns,
        balance=compute_balance(document, tables, queue, rows),
        reading=reading,
    )


def _question_unattached(table: StitchedTable) -> list[QueueEntry]:
    detail = t(f"reports.queue.{'unattached_line' if table.inside is None else 'inner_line'}")
    return [
        QueueEntry(
            "unattached_line",
            " | ".join(cell.text for cell in line.cells if cell.text)[:500],
            line.place if table.inside is None else table.inside,
            detail,
        )
        for line in table.unattached
        if any(cell.text for cell in line.cells)
    ]


def compute_balance(
    document: Document,
    tables: Sequence[StitchedTable],
    queue: Sequence[QueueEntry] = (),
    rows: TableReading = NOTHING_READ,
) -> LineBalance:
    """Return where lines and cells of tables went; the totals are counted from the document.

    ``rows`` is what was read of tables that are no project table.
    """
    in_rows = in_headers = in_queue = in_other_periods = 0
    for table in tables:
        if not table.counted:
            continue
        lines = _count_lines_by_fate(table, rows)
        if table.period not in {"", document.period}:
            in_other_periods += sum(lines)
            continue
        in_rows, in_headers, in_queue = (
            total + own for total, own in zip((in_rows, in_headers, in_queue), lines, strict=True)
        )
    used, asked, unused = count_cells(tables, queue, document.period, rows)
    lines_in_all = list(iterate_table_lines(document))
    return LineBalance(
        sum(map(count_lines, lines_in_all)),
        in_rows,
        in_headers,
        in_queue,
        in_other_periods,
        cells=sum(1 for row in lines_in_all for cell in row.cells if cell.text),
        cells_used=used,
        cells_asked=asked,
        cells_unused=unused,
        pages=document.pages,
        pages_unread=len(document.unread_pages),
    )


def _count_lines_by_fate(table: StitchedTable, rows: TableReading) -> tuple[int, int, int]:
    """Return how many lines of a table are in rows, in headers and in the queue.

    A row that nothing read is in the queue; so is a sum of a table that is not understood.
    """
    queued = {entry.place for entry in rows.queue if entry.reason == "unread_row"}
    if table.source:
        total = sum(map(count_lines, table.source))
        waiting = any(row.place in queued for row in table.rows)
        return (0, 0, total) if waiting else (total, 0, 0)
    in_rows = in_queue = 0
    in_headers = sum(map(count_lines, (*table.header_lines, *table.notes)))
    for row in table.rows:
        lines = sum(map(count_lines, row.lines))
        if row.place in queued:
            in_queue += lines
        elif row.kind == "row" or any(id(line) in rows.lines for line in row.lines):
            in_rows += lines
        else:
            in_headers += lines
    return in_rows, in_headers, in_queue + sum(map(count_lines, table.unattached))
