"""From a document to everything that is read from it: ``extract(document)``.

It works on any format's ``Document``. Nothing is silently lost: a table line is in a row, in a
header or in the queue (``balance``), a sentence that gave nothing is counted.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.geocoder import get_default_geocoder
from geo.i18n import t
from reports.model.document_head import add_document_metadata
from reports.model.extraction import Extraction, LineBalance, QueueEntry
from reports.narrative.narrative import read_narrative
from reports.tables.completeness import check_numbers, find_group_counts
from reports.tables.project_rows import is_project_table, read_clearance, read_projects
from reports.tables.stitched_table import count_lines, iterate_table_lines
from reports.tables.stitching import stitch_tables
from reports.tables.tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.model.extraction import ProjectRow
    from reports.tables.stitched_table import StitchedTable


def extract_document(document: Document, geocoder: Geocoder | None = None) -> Extraction:
    """Return the rows, counts, clearance statements, parks, queue and balance of a document."""
    document = add_document_metadata(document)
    geocoder = geocoder or get_default_geocoder()
    as_of = date.fromisoformat(document.as_of) if document.as_of else None
    tables = stitch_tables(document)
    projects: list[ProjectRow] = []
    queue: list[QueueEntry] = []
    for table in tables:
        if is_project_table(table):
            read = read_projects(table, geocoder, as_of)
            projects.extend(read.projects)
            queue.extend(read.queue)
            queue.extend(check_numbers(table))
        queue.extend(
            QueueEntry(
                "unattached_line",
                " | ".join(cell.text for cell in line.cells if cell.text)[:500],
                line.place,
                t("reports.queue.unattached_line"),
            )
            for line in table.unattached
        )
    told = read_narrative(document, geocoder, as_of)
    return Extraction(
        document=document,
        projects=tuple(projects),
        tasks=tuple(one for table in tables for one in read_tasks(table, geocoder, as_of)),
        indicators=(
            *told.indicators,
            *(one for table in tables for one in find_group_counts(table)),
        ),
        clearance=(*told.clearance, *(one for row in projects for one in read_clearance(row))),
        parks=tuple(told.parks),
        queue=(*queue, *told.queue),
        not_understood=told.not_understood,
        balance=compute_balance(document, tables),
    )


def compute_balance(document: Document, tables: Sequence[StitchedTable]) -> LineBalance:
    """Return where the table lines went; the total is counted from the document itself."""
    in_rows = in_headers = in_queue = 0
    for table in tables:
        in_headers += sum(map(count_lines, table.header_lines))
        in_queue += sum(map(count_lines, table.unattached))
        for row in table.rows:
            lines = sum(map(count_lines, row.lines))
            if row.kind == "row":
                in_rows += lines
            else:
                in_headers += lines
    return LineBalance(
        sum(map(count_lines, iterate_table_lines(document))), in_rows, in_headers, in_queue
    )
