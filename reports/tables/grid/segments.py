"""A block of rows cut into the tables that it holds: one below the other, side by side, turned."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from reports.model.document import SourcePlace, TableRow
from reports.tables.grid.header_rows import (
    are_alike,
    fold_words,
    guess_header,
    measure_header,
    position_cells,
)
from reports.tables.grid.headings import find_column_key, is_number_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import TableCell

_FEWEST_KNOWN: Final = 3
_TITLE_LENGTH: Final = 300
_SHORT: Final = 160


@dataclass(frozen=True)
class Segment:
    """Rows that belong together: lines of a title, of a heading, of the body.

    ``counted`` is False for the second of two tables side by side: their lines are the first
    one's. ``source`` are the rows as they stand in the file where the table was turned.
    """

    header: tuple[TableRow, ...]
    body: tuple[TableRow, ...]
    titles: tuple[TableRow, ...] = ()
    counted: bool = True
    source: tuple[TableRow, ...] = field(default=())


def cut_block(rows: Sequence[TableRow]) -> Iterator[Segment]:
    """Yield the tables of a block in order; every row is in exactly one counted segment."""
    turned = _turn_table(rows)
    if turned is not None:
        yield turned
        return
    titles: list[TableRow] = []
    header: Sequence[TableRow] = ()
    body: list[TableRow] = []
    index = 0
    while index < len(rows):
        lines = measure_header(rows, index, inside=bool(header or body))
        again = bool(header) and are_alike(fold_words(rows[index]), fold_words(header[0]))
        if lines and again:
            body.extend(rows[index : index + lines])
            index += lines
        elif lines:
            taken = _take_titles(body) if (header or body) else []
            if header or body or titles:
                yield from _make_segments(titles, header, body)
            titles, header, body = taken, rows[index : index + lines], []
            index += lines
        else:
            body.append(rows[index])
            index += 1
    if not header and len(body) == len(rows):
        lines = guess_header(body)
        header, body = body[:lines], body[lines:]
    if header or body or titles:
        yield from _make_segments(titles, header, body)


def _take_titles(body: list[TableRow]) -> list[TableRow]:
    """Take the title of the next table off the end of this one's rows."""
    titles: list[TableRow] = []
    while body and _is_title(body[-1]):
        titles.insert(0, body.pop())
    return titles


def _is_title(row: TableRow) -> bool:
    texts = [(column, cell.text) for column, cell in position_cells(row) if cell.text]
    if not texts:
        return True
    column, text = texts[0]
    return len(texts) == 1 and len(text) < _TITLE_LENGTH and column <= 1


def _make_segments(
    titles: Sequence[TableRow], header: Sequence[TableRow], body: Sequence[TableRow]
) -> Iterator[Segment]:
    cut = _find_second_table(header)
    if not cut:
        yield Segment(tuple(header), tuple(body), tuple(titles))
        return
    yield Segment(_cut_rows(header, 0, cut), _cut_rows(body, 0, cut), tuple(titles))
    yield Segment(_cut_rows(header, cut, None), _cut_rows(body, cut, None), counted=False)


def _find_second_table(header: Sequence[TableRow]) -> int:
    """Return the column where a second table begins beside the first; 0 for none."""
    for row in header:
        heads = [(column, cell.text) for column, cell in position_cells(row) if cell.text]
        numbers = [column for column, text in heads if is_number_heading(text)]
        if len(numbers) == 2 and numbers[0] == heads[0][0]:  # noqa: PLR2004
            halves = (
                {find_column_key(text) for column, text in heads if column < numbers[1]},
                {find_column_key(text) for column, text in heads if column >= numbers[1]},
            )
            if all("name" in half and len(half - {""}) >= _FEWEST_KNOWN for half in halves):
                return numbers[1]
    return 0


def _cut_rows(rows: Sequence[TableRow], first: int, end: int | None) -> tuple[TableRow, ...]:
    return tuple(
        replace(
            row,
            cells=tuple(
                cell
                for column, cell in position_cells(row)
                if column >= first and (end is None or column < end)
            ),
        )
        for row in rows
    )


def _turn_table(rows: Sequence[TableRow]) -> Segment | None:
    """Return the table of a block whose headings stand down its first column; else ``None``."""
    filled = [row for row in rows if any(cell.text for cell in row.cells)]
    if len(filled) < _FEWEST_KNOWN:
        return None
    heads = [row.cells[0].text if row.cells else "" for row in filled]
    known = [find_column_key(text) if len(text) < _SHORT else "" for text in heads]
    keys = set(known) - {""}
    if len(keys) < _FEWEST_KNOWN + (not any(map(is_number_heading, heads))) or "name" not in keys:
        return None
    across = [find_column_key(c.text) for c in filled[0].cells if len(c.text) < _SHORT]
    if len(set(across) - {""}) >= len(keys):
        return None
    first = next(i for i, text in enumerate(heads) if find_column_key(text))
    lines = [dict(position_cells(row)) for row in filled[first:]]
    width = max(max(line) for line in lines) + 1
    if sum(1 for key in known[first:] if key) * 2 < len(lines) or width < 2:  # noqa: PLR2004
        return None
    columns = [tuple(_get_cell(line, column) for line in lines) for column in range(width)]
    turned = [TableRow(tuple(cells), _join_column(cells, filled[first])) for cells in columns]
    return Segment(
        (turned[0],), tuple(turned[1:]), titles=tuple(filled[:first]), source=tuple(rows)
    )


def _get_cell(line: dict[int, TableCell], column: int) -> TableCell:
    cell = line.get(column)
    if cell is None:
        first = line[0]
        return replace(first, text="", unseen="", spans=1, row_spans=1, merged=False)
    return replace(cell, spans=1, row_spans=1, merged=False)


def _join_column(cells: Sequence[TableCell], row: TableRow) -> SourcePlace:
    places = [cell.place for cell in cells if cell.text] or [row.place]
    return SourcePlace(
        min(place.line_from for place in places),
        max(place.line_to for place in places),
        page=places[0].page,
        table=places[0].table,
        column=places[0].column,
    )
