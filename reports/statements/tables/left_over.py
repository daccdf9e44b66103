"""What of a table is not read: rows into the queue, columns asked about once, cells listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.grammar.cell_parts import says_nothing
from reports.model.extraction import QueueEntry
from reports.model.statement import UnreadSentence
from reports.tables.cell_balance import list_read_keys
from reports.tables.grid.header_rows import position_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import SourcePlace, TableCell, TableRow
    from reports.statements.tables.role_columns import RoleColumn, TableRoles
    from reports.statements.tables.table_reading import TableReading
    from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

_LONGEST: Final = 500
_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 40


def leave_row(row: StitchedRow, read: TableReading, left: Sequence[str], why: str) -> None:
    """List what of a row nothing used."""
    if left:
        read.unread.append(UnreadSentence(join_cells(row.lines), row.place, tuple(left), why))


def question_row(row: StitchedRow, read: TableReading) -> None:
    """Put a row that gave nothing into the queue."""
    words = join_cells(row.lines)
    if not words:
        return
    detail = t("reports.queue.unread_row")
    read.queue.append(QueueEntry("unread_row", words[:_LONGEST], row.place, detail))
    read.asked |= {cell.place.cell_key for line in row.lines for cell in line.cells if cell.text}


def leave_table(table: StitchedTable, read: TableReading, *, project: bool) -> None:
    """Put the rows of a table that is not understood into the queue, with their cells listed.

    Of a table that has a reader of its own the columns are listed that it does not use.
    """
    keys = list_read_keys(table)
    unused = {
        column.index
        for column in table.columns
        if not (column.state == "taken" and column.key in keys)
    }
    for row in table.rows:
        own = project or (bool(keys) and row.kind == "row" and row.number is not None)
        if own and row.kind == "row":
            marks = {table.mark_column}
            left = [c.text for i, c in _iterate_cells(row) if i in unused - marks]
            leave_row(row, read, _plain(left), "unknown_column")
        elif not own:
            texts = _plain(cell.text for _, cell in _iterate_cells(row))
            if _shows_figures(row):
                question_row(row, read)
                leave_row(row, read, texts, "unknown_table")
            else:
                figures = [text for text in texts if any(map(str.isdigit, text))]
                leave_row(row, read, figures, "unknown_table")


def leave_lines(table: StitchedTable, read: TableReading) -> None:
    """List the lines of a table that are no rows: remarks, and lines that no row could take."""
    details = [line for row in table.rows for line in row.details]
    for line in (*table.unattached, *table.notes, *details):
        left = _plain(cell.text for cell in line.cells)
        if left:
            why = "unknown_table" if not table.columns else "line_of_table"
            read.unread.append(UnreadSentence(" | ".join(left), line.place, tuple(left), why))


def question_columns(table: StitchedTable, roles: TableRoles, read: TableReading) -> None:
    """Ask once about each column of a table that is read which is not understood."""
    read_lines = any(id(line) in read.lines for row in table.rows for line in row.lines)
    if list_read_keys(table) or roles.subject.key == "indicator" or not read_lines:
        return
    for column in roles.columns:
        cells = [row.cell(column.index) for row in table.rows if row.kind == "row"]
        filled = [cell for cell in cells if not says_nothing(cell.text)]
        known = table.columns[column.index].key and table.columns[column.index].state == "taken"
        if column.meanings or column.ignored or known or not filled:
            continue
        place = find_heading_place(table, column) or filled[0].place
        samples = " · ".join(" ".join(c.text.split())[:_SAMPLE_LENGTH] for c in filled[:_SAMPLES])
        heading = " ".join(column.heading.split())
        detail = t("reports.queue.unknown_column", heading=heading or f"#{column.index + 1}")
        raw = f"{heading}: {samples}"[:_LONGEST]
        read.queue.append(QueueEntry("unknown_column", raw, place, detail))
        read.asked |= {cell.place.cell_key for cell in filled}


def find_heading_place(table: StitchedTable, column: RoleColumn) -> SourcePlace | None:
    """Return where the lowest heading of a column stands; ``None`` where it has none."""
    for line in reversed(table.header_lines):
        for index, cell in position_cells(line):
            if index == column.index and cell.text:
                return cell.place
    return None


def join_cells(lines: Sequence[TableRow]) -> str:
    """Return the words of lines, cell by cell."""
    return " | ".join(_plain(cell.text for line in lines for cell in line.cells))


def _plain(texts: Iterable[str]) -> list[str]:
    plain = (" ".join(text.split()) for text in texts)
    return [text for text in plain if text and not says_nothing(text)]


def _iterate_cells(row: StitchedRow) -> Iterable[tuple[int, TableCell]]:
    return [pair for line in row.lines for pair in position_cells(line) if pair[1].text]


def _shows_figures(row: StitchedRow) -> bool:
    """Return True for a row, or for a group heading or a sum that has cells beside its words."""
    return row.kind != "section" or len(row.cells) > 2  # noqa: PLR2004 - its mark and its words
