"""Tables over pages: parts put together, repeated headers dropped, broken rows and cells joined.

``stitch_tables`` works on a ``Document`` of any format. Every table line (``TableRow``) gets one
fate: ``row``, ``header`` (titles, group headings and totals too) or ``queue``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.document import Paragraph
from reports.tables.grid.columns import describe_columns
from reports.tables.grid.header_rows import are_alike, fold_words, join_headings, position_cells
from reports.tables.grid.line_kinds import classify_line
from reports.tables.grid.segments import cut_block
from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Document, TableCell, TableRow
    from reports.model.extraction import ColumnChoice
    from reports.tables.grid.segments import Segment

_PAGE_NUMBER: Final = re.compile(
    r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE
)
_TITLES: Final = 4
"""Paragraphs above a table in which its title and unit are looked for."""
_SHARED_BY_MERGING: Final = frozenset({"location", "lead", "support", "directs", "owner", "group"})
"""What holds for every row that a merged cell reaches; figures and results are asked about."""


def stitch_tables(
    document: Document, choices: Sequence[ColumnChoice] = ()
) -> tuple[StitchedTable, ...]:
    """Return the tables of a document; every line of its table blocks is in exactly one of them."""
    tables: list[StitchedTable] = []
    titles: list[str] = []
    apart = True
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text and not block.footnote and not _PAGE_NUMBER.fullmatch(block.text.strip()):
                apart, titles = True, [*titles, block.text][-_TITLES:]
            continue
        for segment in cut_block(block.rows):
            above = (*titles, *(_join_row(row) for row in segment.titles))
            before = tables[-1] if tables else None
            table = _find_table(before, segment, apart=apart)
            new = table is None
            if table is None:
                table = _start_table(segment, document.period, choices)
                table.titles = tuple(text for text in above if text)
                table.sheet = block.sheet
                tables.append(table)
            table.header_lines.extend(segment.titles)
            _take_lines(table, _drop_header(table, segment, new=new))
            apart, titles = False, []
    return tuple(tables)


def _join_row(row: TableRow) -> str:
    return " ".join(cell.text for cell in row.cells if cell.text)


def _find_table(
    before: StitchedTable | None, segment: Segment, *, apart: bool
) -> StitchedTable | None:
    """Return the table that a segment goes on with, if it does."""
    if before is None or segment.source:
        return None
    if not segment.header:
        width = max((_measure_width(row) for row in segment.body), default=0)
        fits = before.columns and not (apart and width != len(before.columns))
        return before if fits and not segment.titles else None
    if not before.header_pattern or not segment.counted:
        return None
    if apart and any(row.kind == "row" for row in before.rows):
        return None
    same = are_alike(fold_words(segment.header[0]), before.header_pattern[0])
    return before if same and not segment.titles else None


def _measure_width(row: TableRow) -> int:
    return sum(max(1, cell.spans) for cell in row.cells)


def _start_table(segment: Segment, period: str, choices: Sequence[ColumnChoice]) -> StitchedTable:
    columns = describe_columns(join_headings(segment.header), period, choices)
    return StitchedTable(
        columns,
        header_pattern=[fold_words(row) for row in segment.header],
        counted=segment.counted,
        source=segment.source,
    )


def _drop_header(table: StitchedTable, segment: Segment, *, new: bool) -> list[TableRow]:
    """Put the header's lines with the table's; return the rest of the segment."""
    if new:
        table.header_lines.extend(segment.header)
        return list(segment.body)
    rows = [*segment.header, *segment.body]
    count = 0
    for row in rows[: len(segment.header)]:
        words = fold_words(row)
        if not any(are_alike(words, known) for known in table.header_pattern):
            break
        table.header_lines.append(row)
        count += 1
    return rows[count:]


def _take_lines(table: StitchedTable, lines: Sequence[TableRow]) -> None:
    for line in lines:
        texts = {column: cell for column, cell in position_cells(line) if cell.text}
        kind, mark = classify_line(table, line, texts)
        if kind == "blank":
            _get_last_lines(table).append(line)
        elif kind == "header":
            table.header_lines.append(line)
        elif kind == "unattached" or (kind in {"more", "part", "detail"} and not table.rows):
            table.unattached.append(line)
        elif kind == "more":
            _extend_row(table.rows[-1], line, texts)
        elif kind == "part":
            _add_part(table.rows[-1], mark, line, texts)
        elif kind == "detail":
            table.rows[-1].lines.append(line)
            table.rows[-1].details.append(line)
        else:
            cells = {column: [cell] for column, cell in texts.items()}
            row = StitchedRow(kind, mark, cells, [line])
            if kind == "row":
                _take_merged(table, row, line)
            table.rows.append(row)


def _get_last_lines(table: StitchedTable) -> list[TableRow]:
    return table.rows[-1].lines if table.rows else table.header_lines


def _extend_row(row: StitchedRow, line: TableRow, texts: dict[int, TableCell]) -> None:
    target = row.parts[-1] if row.parts else row
    for column, cell in texts.items():
        target.cells.setdefault(column, []).append(cell)
    row.lines.append(line)


def _add_part(row: StitchedRow, mark: str, line: TableRow, texts: dict[int, TableCell]) -> None:
    cells = {column: [cell] for column, cell in texts.items()}
    row.parts.append(StitchedRow("row", mark, cells, [line]))
    row.lines.append(line)


def _take_merged(table: StitchedTable, row: StitchedRow, line: TableRow) -> None:
    """Give a row what the merged cells above it hold: places and bodies as its own."""
    keys = {column.index: column.key for column in table.columns if column.state == "taken"}
    before = next((other for other in reversed(table.rows) if other.kind == "row"), None)
    if before is None:
        return
    for column, cell in position_cells(line):
        if not cell.merged or column in row.cells:
            continue
        above = before.merged.get(column) or before.cell(column)
        if not above.text:
            continue
        row.merged[column] = above
        if keys.get(column) in _SHARED_BY_MERGING:
            row.cells[column] = [replace(above, spans=1, row_spans=1)]
