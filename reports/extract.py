"""From a document to everything that is read from it: ``extract(document)``.

It works on any format's ``Document``. Nothing is silently lost: a table line is in a row, in a
header or in the queue (``balance``), a sentence that gave nothing is counted, and running numbers
with gaps and groups smaller than they say are asked about.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.geocoder import get_default_geocoder
from geo.i18n import t
from reports.model.document_head import add_document_metadata
from reports.model.extraction import Extraction, Indicator, LineBalance, QueueEntry
from reports.narrative.narrative import read_narrative
from reports.tables.headings import find_phase
from reports.tables.project_rows import is_project_table, read_clearance, read_projects
from reports.tables.stitched_table import count_lines, iterate_table_lines
from reports.tables.stitching import stitch_tables
from reports.tables.tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.model.extraction import ColumnChoice, ProjectRow
    from reports.tables.stitched_table import StitchedRow, StitchedTable


def extract_document(
    document: Document,
    geocoder: Geocoder | None = None,
    choices: tuple[ColumnChoice, ...] = (),  # noqa: ARG001 - tables do not take it yet
) -> Extraction:
    """Return the rows, counts, clearance statements, parks, queue and balance of a document.

    ``choices`` are what a person says of columns, by their headings.
    """
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
            queue.extend(_find_gaps(table))
            queue.extend(_find_wrong_counts(table))
        queue.extend(
            QueueEntry(
                "unattached_line",
                " | ".join(cell.text for cell in line.cells if cell.text)[:500],
                line.place,
                t("reports.queue.unattached_line"),
            )
            for line in table.unattached
        )
    narrative = read_narrative(document, geocoder, as_of)
    return Extraction(
        document=document,
        projects=tuple(projects),
        tasks=tuple(entry for table in tables for entry in read_tasks(table, geocoder, as_of)),
        indicators=(
            *narrative.indicators,
            *(statement for table in tables for statement in find_group_counts(table)),
        ),
        clearance=(
            *narrative.clearance,
            *(entry for row in projects for entry in read_clearance(row)),
        ),
        parks=tuple(narrative.parks),
        queue=(*queue, *narrative.queue),
        not_understood=narrative.not_understood,
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


def _find_gaps(table: StitchedTable) -> Iterator[QueueEntry]:
    last = 0
    seen: set[int] = set()
    for row in table.rows:
        if row.kind != "row":
            continue
        number = row.number
        name = row.cell(table.column("name")).text
        if number is None:
            detail = t("reports.queue.row_without_number", after=last)
            yield QueueEntry("row_without_number", f"{row.mark} {name}".strip(), row.place, detail)
            last += 1
            continue
        if number in seen:
            detail = t("reports.queue.number_twice", number=number)
            yield QueueEntry("gap_in_numbers", f"{number} {name}", row.place, detail)
        elif number != last + 1:
            detail = t("reports.queue.gap_in_numbers", last=last, number=number)
            yield QueueEntry("gap_in_numbers", f"{number} {name}", row.place, detail)
        seen.add(number)
        last = number


def _find_wrong_counts(table: StitchedTable) -> Iterator[QueueEntry]:
    for index, row in enumerate(table.rows):
        stated = row.stated_count if row.kind != "row" else None
        if stated is None:
            continue
        member_count = sum(1 for _ in _iterate_members(table.rows, index))
        if member_count != stated:
            detail = t("reports.queue.group_count_differs", stated=stated, found=member_count)
            yield QueueEntry("group_count_differs", row.title, row.place, detail)


def _iterate_members(rows: list[StitchedRow], index: int) -> Iterator[StitchedRow]:
    """Yield the rows of a group: up to the next heading of its rank or a higher one."""
    heading = rows[index]
    depth = heading.mark.count(".") if heading.mark else -1
    for row in rows[index + 1 :]:
        if row.kind == "section" and heading.kind == "section":
            if row.mark.count(".") <= depth:
                return
        elif row.kind == "row":
            yield row


def find_group_counts(table: StitchedTable) -> Iterator[Indicator]:
    """Yield the counts that the group headings of a project table state."""
    if not is_project_table(table):
        return
    total = next((row.stated_count for row in table.rows if row.kind == "total"), None)
    for row in table.rows:
        count = row.stated_count if row.kind != "row" else None
        if count is None:
            continue
        measure = "listed" if row.kind == "total" else find_phase(row.title) or f"group_{row.mark}"
        of = None if row.kind == "total" else total
        yield Indicator("key_projects", measure, count, of, "project", row.title, row.place)
