"""Tables over pages: parts put together, repeated headers dropped, broken rows and cells joined.

``stitch_tables`` works on a ``Document`` of any format. Every table line (``TableRow``) gets one
fate: ``row``, ``header`` (titles, group headings and totals too) or ``queue``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.document import Paragraph
from reports.model.head.letterhead import is_letterhead_table
from reports.tables.grid.columns import describe_columns
from reports.tables.grid.header_rows import are_alike, fold_words, join_headings, position_cells
from reports.tables.grid.line_kinds import classify_line, names_part
from reports.tables.grid.segments import cut_block
from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Document, TableCell, TableRow
    from reports.model.extraction import ColumnChoice
    from reports.tables.grid.line_kinds import LineKind
    from reports.tables.grid.segments import Segment

_PAGE_NUMBER: Final = re.compile(
    r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE
)
_DITTO: Final = re.compile(r"-?\s*n\s?[./]?\s?t\s*-?|nhu tren|\W{0,2}[\"”″]\W{0,2}|''|//")
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
        if block.inside is not None:
            tables.append(StitchedTable((), unattached=list(block.rows), inside=block.inside))
            continue
        if not tables and is_letterhead_table(block):
            tables.append(StitchedTable((), notes=list(block.rows), letterhead=True))
            continue
        for segment in cut_block(block.rows):
            above = (*titles, *(row.text for row in segment.titles))
            before = next((table for table in reversed(tables) if table.inside is None), None)
            elsewhere = before is not None and before.sheet != block.sheet
            table = _find_table(before, segment, apart=apart or elsewhere)
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


def _find_table(
    before: StitchedTable | None, segment: Segment, *, apart: bool
) -> StitchedTable | None:
    """Return the table that a segment goes on with, if it does."""
    if before is None or segment.source or before.source:
        return None
    if not segment.header:
        width = max((row.width for row in segment.body), default=0)
        fits = before.columns and not (apart and width != len(before.columns))
        return before if fits and not segment.titles else None
    if not before.header_pattern or not segment.counted:
        return None
    if apart and any(row.kind == "row" for row in before.rows):
        return None
    same = are_alike(fold_words(segment.header[0]), before.header_pattern[0])
    return before if same and not segment.titles else None


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
    for index, line in enumerate(lines):
        texts = _list_texts(line)
        kind, mark = classify_line(table, line, texts, first=index == 0)
        if kind == "row" and set(texts) == {table.mark_column}:
            following = _list_texts(lines[index + 1]) if index + 1 < len(lines) else {}
            if table.mark_column in following or not following:
                kind = "header"  # a number that was filled in ahead, with nothing beside it
        if kind in {"more", "part", "detail"} and not table.rows:
            kind = "unattached"
        if kind == "blank" or kind == "header" or kind == "note" or kind == "unattached":  # noqa: PLR1714 - narrows the type
            _list_lines_of(table, kind).append(line)
        elif kind == "more":
            _extend_row(table.rows[-1], line, texts)
        elif kind == "part":
            _add_part(table, mark, line, texts)
        elif kind == "detail":
            table.rows[-1].lines.append(line)
            table.rows[-1].details.append(line)
        else:
            cells = {column: [cell] for column, cell in texts.items()}
            row = StitchedRow(kind, mark, cells, [line])
            if kind == "row":
                _take_merged(table, row, line)
                _fill_dittos(table, row)
            table.rows.append(row)
    _drop_trailing_groups(table)


def _list_texts(line: TableRow) -> dict[int, TableCell]:
    return {column: cell for column, cell in position_cells(line) if cell.text}


def _drop_trailing_groups(table: StitchedTable) -> None:
    """Put group headings without a mark that no row follows with the remarks."""
    while len(table.rows) > 1 and table.rows[-1].kind == "section" and not table.rows[-1].mark:
        table.notes[:0] = table.rows.pop().lines


def _list_lines_of(table: StitchedTable, kind: LineKind) -> list[TableRow]:
    """Return the lines of a table that a line without a row of its own joins."""
    if kind == "note":
        return table.notes
    if kind == "unattached":
        return table.unattached
    return table.rows[-1].lines if kind == "blank" and table.rows else table.header_lines


def _extend_row(row: StitchedRow, line: TableRow, texts: dict[int, TableCell]) -> None:
    target = row.parts[-1] if row.parts else row
    for column, cell in texts.items():
        target.cells.setdefault(column, []).append(cell)
    row.lines.append(line)


def _add_part(table: StitchedTable, mark: str, line: TableRow, texts: dict[int, TableCell]) -> None:
    """Add a line below the item that it is part of, or, below a bare name, as an item of a group.

    "1 Giao thông" with nothing beside it, above "1.1 Cầu A" with figures, is a group.
    """
    above = table.rows[-1]
    part = StitchedRow("row", mark, {column: [cell] for column, cell in texts.items()}, [line])
    bare = set(above.cells) <= {table.mark_column, table.name_column} and not above.parts
    if bare and not names_part(part.cell(table.name_column).text):
        above.kind = "section"
        _take_merged(table, part, line)
        table.rows.append(part)
        return
    above.parts.append(part)
    above.lines.append(line)


def _fill_dittos(table: StitchedTable, row: StitchedRow) -> None:
    """Replace "nt" and ditto marks by what the row above has, where places and bodies stand."""
    above = next((other for other in reversed(table.rows) if other.kind == "row"), None)
    for column in table.columns:
        pieces = row.cells.get(column.index, [])
        if above is None or column.key not in _SHARED_BY_MERGING or len(pieces) != 1:
            continue
        if _DITTO.fullmatch(fold_text(pieces[0].text).strip()) and above.cell(column.index).text:
            row.cells[column.index] = [above.cell(column.index)]


def _take_merged(table: StitchedTable, row: StitchedRow, line: TableRow) -> None:
    """Give a row what the merged cells above it hold: places and bodies as its own.

    No name reaches over a group's heading, or into another table.
    """
    keys = {column.index: column.key for column in table.columns if column.state == "taken"}
    before = next((other for other in reversed(table.rows) if other.kind == "row"), None)
    if before is None:
        return
    ended = table.rows[-1].kind != "row" or before.place.table != line.place.table
    for column, cell in position_cells(line):
        if not cell.merged or column in row.cells or (ended and column == table.name_column):
            continue
        above = before.merged.get(column) or before.cell(column)
        if not above.text:
            continue
        if keys.get(column) in _SHARED_BY_MERGING:
            row.merged[column] = above
            row.cells[column] = [replace(above, spans=1, row_spans=1)]
            continue
        row.merged[column] = replace(above, place=cell.place)
        if column in before.cells:  # what holds for several rows is no row's own
            before.merged[column] = above
            del before.cells[column]
