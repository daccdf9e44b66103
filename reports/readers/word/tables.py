"""Tables of a Word document as grids: merged cells, hidden rows, tables within cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reports.model.document import Paragraph
from reports.readers.word.grid import GridCell, fill_rows, join_edges, join_merged, turn_row
from reports.readers.word.ooxml.names import (
    choose_branch,
    find_path,
    make_name,
    parse_count,
    read_count,
    read_switch,
    read_value,
)
from reports.readers.word.ooxml.styles import UNKNOWN_GROUND, read_ground
from reports.readers.word.pieces import Notice, RawTable
from reports.readers.word.small_tables import is_small, write_small_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.readers.word.ooxml.styles import Styles
    from reports.readers.word.pieces import Budget, Piece, Surroundings
    from reports.readers.word.runs import BlockReader

_LARGEST_SPAN: Final = 200
_THIN: Final = 40
"""In twentieths of a point: no letter is seen in a row that is two points high."""
_ROW: Final = make_name("w:tr")
_CELL: Final = make_name("w:tc")
_ALTERNATE: Final = make_name("mc:AlternateContent")
_SKIPPED: Final = frozenset(make_name(f"w:{name}") for name in ("del", "moveFrom", "tblPr"))


@dataclass
class TableReader:
    """Reads the tables of a document; what is in a cell is read by ``blocks``."""

    styles: Styles
    budget: Budget
    blocks: BlockReader

    def read(self, table: Any, surroundings: Surroundings) -> Iterator[Piece]:
        """Yield the table, or the contents of one that is only a frame around them."""
        properties = find_path(table, "w:tblPr")
        ground = self._find_ground(properties, surroundings)
        rows = list(_iterate_parts(table, _ROW))
        cells = list(_iterate_parts(rows[0], _CELL)) if len(rows) == 1 else []
        if len(cells) == 1 and not _is_hidden(rows[0]):
            inner = surroundings.enter(_find_cell_ground(cells[0], ground))
            self.budget.check(inner)
            yield from self.blocks.read_blocks(cells[0], inner)
            return
        for row in table.iterchildren(_ROW):
            if find_path(row, "w:trPr", "w:del") is not None:
                yield Notice("change", _join_row(row))
            elif find_path(row, "w:trPr", "w:ins") is not None:
                yield Notice("change")
        grid = [self._read_row(row, ground, surroundings) for row in rows]
        join_edges(grid, _read_widths(table))
        width = fill_rows(grid)
        join_merged(grid)
        if read_switch(properties, "w:bidiVisual"):
            grid = [turn_row(row, width) for row in grid]
        result = RawTable(
            tuple(tuple(cell.finish() for cell in row) for row in grid),
            tuple(
                (number, cell.column + 1, piece)
                for number, row in enumerate(grid, start=1)
                for cell in row
                for piece in cell.inside
            ),
        )
        yield from _open_frame(result) if width == 1 else [result]

    def _find_ground(self, properties: Any, surroundings: Surroundings) -> str:
        own = read_ground(find_path(properties, "w:shd"))
        if own not in {"", "none"}:
            return own
        shaded = self.styles.is_table_shaded(read_value(properties, "w:tblStyle"))
        return UNKNOWN_GROUND if shaded else surroundings.ground

    def _read_row(self, row: Any, ground: str, surroundings: Surroundings) -> list[GridCell]:
        self.budget.check(surroundings)
        column = read_count(row, "w:trPr", "w:gridBefore", largest=_LARGEST_SPAN)
        cells = [GridCell(place) for place in range(column)]
        hidden = _is_hidden(row)
        elements = list(_iterate_parts(row, _CELL))
        for element in elements:
            self.budget.cells += 1
            properties = find_path(element, "w:tcPr")
            if find_path(properties, "w:cellDel") is not None:
                continue
            inner = surroundings.enter(_find_cell_ground(element, ground), in_cell=True)
            self.budget.check(inner)
            cell = self._read_cell(element, inner, len(elements))
            cell.column = column
            cell.spans = max(1, read_count(properties, "w:gridSpan", largest=_LARGEST_SPAN))
            cell.merge = _read_merge(properties, "w:vMerge")
            column += cell.spans
            if hidden:
                cell.hide("hidden_row")
            if _read_merge(properties, "w:hMerge") == "continue" and cells:
                cells[-1].spans += cell.spans
                cells[-1].take_hidden(cell)
            else:
                cells.append(cell)
        after = read_count(row, "w:trPr", "w:gridAfter", largest=_LARGEST_SPAN)
        return cells + [GridCell(place) for place in range(column, column + after)]

    def _read_cell(self, element: Any, surroundings: Surroundings, columns: int) -> GridCell:
        cell = GridCell(0)
        lines: list[str] = []
        unseen: list[str] = []
        for piece in self.blocks.read_blocks(element, surroundings):
            if isinstance(piece, Paragraph) and not piece.footnote:
                lines.append(piece.text.replace("\t", " "))
                unseen.append(piece.unseen)
                cell.reason = cell.reason or piece.unseen_reason
            elif isinstance(piece, RawTable) and is_small(piece, columns):
                lines += write_small_table(piece)
                for inner in (inner for row in piece.rows for inner in row):
                    unseen.append(inner.unseen)
                    cell.reason = cell.reason or inner.unseen_reason
                cell.inside += [inner for _, _, inner in piece.inside]
            else:
                cell.inside.append(piece)
        cell.text, cell.unseen = "\n".join(lines), "\n".join(filter(None, unseen))
        return cell


def _open_frame(table: RawTable) -> Iterator[Piece]:
    """Yield the contents of a table of one column that other tables stand in, else the table."""
    if not any(isinstance(piece, RawTable) for _, _, piece in table.inside):
        yield table
        return
    for number, (cell,) in enumerate(table.rows, start=1):
        yield Paragraph(cell.text, unseen=cell.unseen, unseen_reason=cell.unseen_reason)
        yield from (piece for row, _, piece in table.inside if row == number)


def _read_widths(table: Any) -> list[int]:
    columns = table.iterfind(f"{make_name('w:tblGrid')}/{make_name('w:gridCol')}")
    return [parse_count(column.get(make_name("w:w"), "")) for column in columns]


def _read_merge(properties: Any, name: str) -> str:
    if find_path(properties, name) is None:
        return ""
    return "restart" if read_value(properties, name) == "restart" else "continue"


def _find_cell_ground(cell: Any, ground: str) -> str:
    own = read_ground(find_path(cell, "w:tcPr", "w:shd"))
    return ground if own in {"", "none"} else own


def _join_row(row: Any) -> str:
    parts = row.iter(make_name("w:t"), make_name("w:delText"))
    return " ".join(part.text or "" for part in parts)


def _is_hidden(row: Any) -> bool:
    """Return True if a row is not shown: hidden, or too thin for any letter."""
    if read_switch(row, "w:trPr", "w:hidden"):
        return True
    height = find_path(row, "w:trPr", "w:trHeight")
    if height is None or height.get(make_name("w:hRule")) != "exact":
        return False
    return 0 < parse_count(height.get(make_name("w:val"), "")) <= _THIN


def _iterate_parts(parent: Any, name: str) -> Iterator[Any]:
    """Yield the rows or cells below an element, through content controls and the like."""
    for child in parent:
        if child.tag == name:
            if name != _ROW or find_path(child, "w:trPr", "w:del") is None:
                yield child
        elif child.tag == _ALTERNATE:
            branch = choose_branch(child)
            yield from _iterate_parts(branch, name) if branch is not None else ()
        elif child.tag not in _SKIPPED and len(child):
            yield from _iterate_parts(child, name)
