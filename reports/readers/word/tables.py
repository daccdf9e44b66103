"""Tables of a Word document as grids: merged cells, hidden rows, tables within cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geo.text import fold_text
from reports.model.document import Paragraph, TableCell
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
from reports.readers.word.pieces import Notice, RawTable, list_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.document import UnseenReason
    from reports.readers.word.ooxml.styles import Styles
    from reports.readers.word.pieces import Budget, Piece, Surroundings
    from reports.readers.word.runs import BlockReader

_LARGEST_SPAN: Final = 200
_SMALL_ROWS: Final = 10
_SMALL_COLUMNS: Final = 4
_PAIR: Final = 2
_THIN: Final = 40
"""In twentieths of a point: no letter is seen in a row that is two points high."""
_NUMBER_HEADS: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "s tt", "no"})
_VALUE_START: Final = re.compile(r"\s*[-+<>≥≤~]?\s*\d|.*%")
_ROW: Final = make_name("w:tr")
_CELL: Final = make_name("w:tc")
_ALTERNATE: Final = make_name("mc:AlternateContent")
_SKIPPED: Final = frozenset(make_name(f"w:{name}") for name in ("del", "moveFrom", "tblPr"))


@dataclass
class _Cell:
    """A cell while its table is read; ``column`` counts from 0, ``merge`` is ``w:vMerge``."""

    column: int
    spans: int = 1
    text: str = ""
    unseen: str = ""
    reason: UnseenReason = ""
    inside: list[Piece] = field(default_factory=list)
    merge: str = ""
    row_spans: int = 1
    merged: bool = False

    def hide(self, reason: UnseenReason) -> None:
        """Take all that the cell holds as not shown."""
        texts = [self.text, self.unseen]
        texts += [text for piece in self.inside for text in list_texts(piece, unseen=True)]
        self.text, self.unseen, self.inside = "", "\n".join(filter(None, texts)), []
        self.reason = reason if self.unseen.strip() else ""

    def finish(self) -> TableCell:
        """Return the cell as the rest of the program knows it."""
        return TableCell(
            self.text,
            spans=self.spans,
            row_spans=self.row_spans,
            merged=self.merged,
            unseen=self.unseen,
            unseen_reason=self.reason,
        )


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
        grid = [self._read_row(row, ground, surroundings) for row in rows]
        _join_merged(grid)
        width = max((sum(cell.spans for cell in row) for row in grid), default=0)
        for row in grid:
            used = sum(cell.spans for cell in row)
            row += [_Cell(column) for column in range(used, width)]
        if read_switch(properties, "w:bidiVisual"):
            grid = [_turn_row(row, width) for row in grid]
        for row in table.iterchildren(_ROW):
            if find_path(row, "w:trPr", "w:del") is not None:
                yield Notice("change", _join_row(row))
            elif find_path(row, "w:trPr", "w:ins") is not None:
                yield Notice("change")
        yield RawTable(
            tuple(tuple(cell.finish() for cell in row) for row in grid),
            tuple(
                (number, cell.column + 1, piece)
                for number, row in enumerate(grid, start=1)
                for cell in row
                for piece in cell.inside
            ),
        )

    def _find_ground(self, properties: Any, surroundings: Surroundings) -> str:
        own = read_ground(find_path(properties, "w:shd"))
        if own not in {"", "none"}:
            return own
        shaded = self.styles.is_table_shaded(read_value(properties, "w:tblStyle"))
        return UNKNOWN_GROUND if shaded else surroundings.ground

    def _read_row(self, row: Any, ground: str, surroundings: Surroundings) -> list[_Cell]:
        self.budget.check(surroundings)
        column = read_count(row, "w:trPr", "w:gridBefore", largest=_LARGEST_SPAN)
        cells = [_Cell(place) for place in range(column)]
        hidden = _is_hidden(row)
        for element in _iterate_parts(row, _CELL):
            self.budget.cells += 1
            properties = find_path(element, "w:tcPr")
            if find_path(properties, "w:cellDel") is not None:
                continue
            inner = surroundings.enter(_find_cell_ground(element, ground), in_cell=True)
            self.budget.check(inner)
            cell = self._read_cell(element, inner)
            cell.column = column
            cell.spans = max(1, read_count(properties, "w:gridSpan", largest=_LARGEST_SPAN))
            cell.merge = _read_merge(properties, "w:vMerge")
            column += cell.spans
            if hidden:
                cell.hide("hidden_row")
            if _read_merge(properties, "w:hMerge") == "continue" and cells:
                cell.hide("hidden_text")
                cells[-1].spans += cell.spans
                cells[-1].unseen = "\n".join(filter(None, (cells[-1].unseen, cell.unseen)))
                cells[-1].reason = cells[-1].reason or cell.reason
            else:
                cells.append(cell)
        after = read_count(row, "w:trPr", "w:gridAfter", largest=_LARGEST_SPAN)
        return cells + [_Cell(place) for place in range(column, column + after)]

    def _read_cell(self, element: Any, surroundings: Surroundings) -> _Cell:
        cell = _Cell(0)
        lines: list[str] = []
        unseen: list[str] = []
        for piece in self.blocks.read_blocks(element, surroundings):
            if isinstance(piece, Paragraph) and not piece.footnote:
                lines.append(piece.text)
                unseen.append(piece.unseen)
                cell.reason = cell.reason or piece.unseen_reason
            elif isinstance(piece, RawTable) and _is_small(piece):
                lines += write_small_table(piece)
                for inner in (inner for row in piece.rows for inner in row):
                    unseen.append(inner.unseen)
                    cell.reason = cell.reason or inner.unseen_reason
                cell.inside += [inner for _, _, inner in piece.inside]
            else:
                cell.inside.append(piece)
        cell.text, cell.unseen = "\n".join(lines), "\n".join(filter(None, unseen))
        return cell


def write_small_table(table: RawTable) -> list[str]:
    """Return the rows of a small table as lines: “Phần cầu: đạt 45%”.

    Of more than two columns with headings, each value has its heading before it.
    """
    rows = _fill_merged(table)
    heads = rows[0] if len(rows) > 1 and len(rows[0]) > _PAIR and _is_head(rows[0]) else []
    return [_write_row(row, heads) for row in (rows[1:] if heads else rows)]


def _write_row(row: list[str], heads: list[str]) -> str:
    first, *others = row
    if heads:
        pairs = zip(heads[1:], others, strict=False)
        values = [f"{head} {value}".strip() for head, value in pairs if value]
    else:
        values = [value for value in others if value]
    if not (first and values):
        return first or ", ".join(values)
    return f"{first.rstrip(': ')}: {', '.join(values)}"


def _fill_merged(table: RawTable) -> list[list[str]]:
    """Return the texts of a table; a cell over several rows gives its text to each of them."""
    rows: list[list[str]] = []
    for row in table.rows:
        texts: list[str] = []
        for cell in row:
            at = len(texts)
            above = rows[-1][at] if cell.merged and rows and at < len(rows[-1]) else ""
            text = " ".join((above or cell.text).split())
            texts += [text] + [""] * (cell.spans - 1)
        rows.append(texts)
    return rows


def _is_head(row: list[str]) -> bool:
    return all(row[1:]) and not any(_VALUE_START.match(text) for text in row[1:])


def _is_small(table: RawTable) -> bool:
    """Return True if a table in a cell is a list of what the cell says, not a table of items."""
    width = sum(cell.spans for cell in table.rows[0]) if table.rows else 0
    if not 1 <= width <= _SMALL_COLUMNS or len(table.rows) > _SMALL_ROWS:
        return False
    if any(isinstance(inner, RawTable) for _, _, inner in table.inside):
        return False
    return not any(fold_text(cell.text).strip(" .") in _NUMBER_HEADS for cell in table.rows[0])


def _join_merged(grid: list[list[_Cell]]) -> None:
    """Give each cell over several rows its height, and mark the places that it covers."""
    above: dict[int, _Cell] = {}
    for row in grid:
        opened: dict[int, _Cell] = {}
        for cell in row:
            origin = above.get(cell.column) if cell.merge == "continue" else None
            if origin is not None:
                origin.row_spans += 1
                cell.hide(cell.reason or "hidden_text")
                cell.merged = True
            if cell.merge:
                opened[cell.column] = origin or cell
        above = opened


def _turn_row(row: list[_Cell], width: int) -> list[_Cell]:
    """Return a row that is written from right to left as it is seen from left to right."""
    for cell in row:
        cell.column = width - cell.column - cell.spans
    return row[::-1]


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
