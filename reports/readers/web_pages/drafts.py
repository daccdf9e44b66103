"""Paragraphs and tables of a web page while it is read, and the grid that a table makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from reports.model.document import Paragraph, SourcePlace, TableBlock, TableCell
from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.layout import split_sheet
from reports.readers.word.pieces import RawTable
from reports.readers.word.small_tables import is_small, write_small_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import Block, UnseenReason

_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_EMPTY: Final = TableCell("")
_MAX_SPAN: Final = 1000


@dataclass
class Flow:
    """What stands one below the other: in the page itself, or in one cell."""

    blocks: list[Paragraph | TableDraft] = field(default_factory=list)
    _pieces: list[tuple[str, UnseenReason]] = field(default_factory=list)

    def add(self, text: str, reason: UnseenReason, *, kept_spaces: bool = False) -> None:
        """Go on with the paragraph."""
        self._pieces.append((text if kept_spaces else _SPACES.sub(" ", text), reason))

    def end_paragraph(self) -> None:
        """Begin a new paragraph with what comes next."""
        seen = "".join(text for text, reason in self._pieces if not reason)
        unseen = "".join(text for text, reason in self._pieces if reason)
        reasons = [reason for text, reason in self._pieces if reason and text.strip()]
        self._pieces.clear()
        if seen.strip() or reasons:
            reason = reasons[0] if reasons else ""
            unseen = unseen if reasons else ""
            self.blocks.append(Paragraph(seen.strip(), unseen=unseen, unseen_reason=reason))

    def list_blocks(self, counter: TableCounter) -> Iterator[Block]:
        """Yield the paragraphs and tables, those of tables that only lay out the page too."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            elif block.is_layout():
                for cell in block.list_cells():
                    yield from cell.flow.list_blocks(counter)
            else:
                yield from block.list_blocks(counter)


@dataclass
class TableCounter:
    """How many tables a page has given so far, and how many cells one may have."""

    max_cells: int
    tables: int = 0


@dataclass
class CellDraft:
    """A cell with what it holds. ``shown`` replaces its text."""

    spans: int = 1
    row_spans: int = 1
    hidden: UnseenReason = ""
    flow: Flow = field(default_factory=Flow)
    shown: str = ""

    def list_tables(self) -> list[TableDraft]:
        """Return the tables that stand in the cell."""
        return [block for block in self.flow.blocks if not isinstance(block, Paragraph)]

    def write_small_tables(self, max_cells: int, columns: int) -> None:
        """Make lines of the cell's own text of the small tables in it, as Word's reader does.

        ``columns`` is how many cells the row has.
        """
        for index, block in enumerate(self.flow.blocks):
            if isinstance(block, TableDraft) and not any(
                cell.list_tables() for cell in block.list_cells()
            ):
                table = RawTable(tuple(map(tuple, block.lay_out(max_cells).fill())))
                if is_small(table, columns):
                    cells = [cell for row in table.rows for cell in row]
                    self.flow.blocks[index] = Paragraph(
                        "\n".join(write_small_table(table)),
                        unseen=" ".join(cell.unseen for cell in cells if cell.unseen),
                        unseen_reason=next((c.unseen_reason for c in cells if c.unseen), ""),
                    )

    def make_cell(self, spans: int, row_spans: int) -> TableCell:
        """Return the cell with its own text, without that of the tables in it."""
        texts = [block for block in self.flow.blocks if isinstance(block, Paragraph)]
        unseen = "\n".join(block.unseen for block in texts if block.unseen)
        return TableCell(
            self.shown or "\n".join(block.text for block in texts if block.text),
            spans=spans,
            row_spans=row_spans,
            unseen=unseen,
            unseen_reason=next((b.unseen_reason for b in texts if b.unseen_reason), ""),
        )


@dataclass
class RowDraft:
    """A row's own cells; ``section`` is 0 for a head, 1 for a body, 2 for a foot."""

    section: int = 1
    hidden: bool = False
    cells: list[CellDraft] = field(default_factory=list)


@dataclass
class TableDraft:
    """A table's rows as they stand in the page."""

    rows: list[RowDraft] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """Columns, from 0, that the page says it does not show."""
    columns: int = 0
    """How many columns were stated so far."""

    def list_cells(self) -> Iterator[CellDraft]:
        """Yield the cells in order."""
        for row in self.rows:
            yield from row.cells

    def is_layout(self) -> bool:
        """Return whether the table holds less than the tables that stand in it."""
        own = within = 0
        for cell in self.list_cells():
            own += any(isinstance(block, Paragraph) for block in cell.flow.blocks)
            within += sum(sum(len(row.cells) for row in table.rows) for table in cell.list_tables())
        return within > own

    def list_blocks(self, counter: TableCounter) -> Iterator[Block]:
        """Yield what stands above the table's heading, the table, and those in its cells.

        Raises ``FileRefusedError`` for a grid beyond the limit.
        """
        grid = self.lay_out(counter.max_cells)
        rows = [self._hide(row) for row in grid.fill()]
        above = number = 0
        if any(cell.text or cell.unseen for row in rows for cell in row):
            blocks = split_sheet(rows)
            above = sum(isinstance(block, Paragraph) for block in blocks)
            counter.tables += 1
            number = counter.tables
            yield from blocks
        for row, column, cell in grid.places:
            place = SourcePlace(0, 0, table=number, row=row + 1 - above, column=column + 1)
            for block in Flow(list(cell.list_tables())).list_blocks(counter):
                if isinstance(block, TableBlock) and block.inside is None and number > 0:
                    yield replace(block, inside=place if row >= above else None)
                else:
                    yield block

    def lay_out(self, max_cells: int) -> _Grid:
        """Return the table's grid; raise ``FileRefusedError`` beyond the limit."""
        drafts = sorted((row for row in self.rows if row.cells), key=lambda row: row.section)
        if not self._hides_whole_columns(drafts):
            drafts = [row if row.hidden else _drop_hidden(row) for row in drafts]
        grid = _Grid(max_cells)
        for index, row in enumerate(drafts):
            grid.add(row, len(drafts) - index)
        return grid

    def _hides_whole_columns(self, rows: Sequence[RowDraft]) -> bool:
        """Return whether cells that are not shown stand in the same places of all full rows."""
        widest = max((len(row.cells) for row in rows), default=0)
        places = {
            tuple(i for i, cell in enumerate(row.cells) if cell.hidden)
            for row in rows
            if len(row.cells) == widest and not row.hidden
        }
        return len(places) <= 1

    def _hide(self, row: list[TableCell]) -> tuple[TableCell, ...]:
        if not self.hidden_columns:
            return tuple(row)
        column = 0
        made: list[TableCell] = []
        for cell in row:
            last = column + cell.spans - 1
            if cell.text and any(a <= column and last <= b for a, b in self.hidden_columns):
                made.append(
                    TableCell(
                        "",
                        spans=cell.spans,
                        row_spans=cell.row_spans,
                        unseen=cell.text,
                        unseen_reason="hidden_column",
                    )
                )
            else:
                made.append(cell)
            column = last + 1
        return tuple(made)


def _drop_hidden(row: RowDraft) -> RowDraft:
    """Return the row as a browser lays it out: cells that are not shown take no place."""
    kept: list[CellDraft] = []
    for cell in row.cells:
        if cell.hidden and kept:
            kept[-1].flow.blocks.extend(cell.flow.blocks)
        elif not cell.hidden:
            kept.append(cell)
    return RowDraft(row.section, row.hidden, kept)


class _Grid:
    """Lays cells out as HTML says: each into the first free place of its row."""

    def __init__(self, max_cells: int) -> None:
        self.max_cells = max_cells
        self._rows: list[list[TableCell]] = []
        self._carried: dict[int, tuple[int, int]] = {}
        """By column: for how many more rows a cell from above covers it, and how widely."""
        self._count = 0
        self.places: list[tuple[int, int, CellDraft]] = []
        """Row and column, from 0, of the cells that tables stand in."""

    def add(self, row: RowDraft, rows_left: int) -> None:
        """Add a row; ``rows_left`` counts it and the rows below."""
        made: list[TableCell] = []
        carried = dict(self._carried)
        column = 0
        for cell in row.cells:
            column = self._pass_covered(made, column, carried)
            spans = min(max(cell.spans, 1), _MAX_SPAN)
            spans = next((i for i in range(1, spans) if column + i in carried), spans)
            below = min(cell.row_spans, rows_left) if cell.row_spans > 0 else rows_left
            made.append(cell.make_cell(spans, below))
            if cell.list_tables():
                self.places.append((len(self._rows), column, cell))
            if below > 1:
                self._carried[column] = (below, spans)
            column += spans
            self._spend(spans)
        for start in sorted(place for place in carried if place >= column):
            if start < column:
                continue
            made.extend([_EMPTY] * (start - column))
            self._spend(start - column)
            column = self._pass_covered(made, start, carried)
        self._rows.append(made)
        self._carried = {
            start: (left - 1, spans) for start, (left, spans) in self._carried.items() if left > 1
        }

    def fill(self) -> Iterator[list[TableCell]]:
        """Yield the rows, each as wide as the widest."""
        widths = [sum(cell.spans for cell in row) for row in self._rows]
        width = max(widths, default=0)
        self._spend(sum(width - own for own in widths))
        for row, own in zip(self._rows, widths, strict=True):
            yield [*row, *[_EMPTY] * (width - own)]

    def _pass_covered(
        self, made: list[TableCell], column: int, carried: dict[int, tuple[int, int]]
    ) -> int:
        while column in carried:
            spans = carried[column][1]
            made.append(TableCell("", spans=spans, merged=True))
            self._spend(spans)
            column += spans
        return column

    def _spend(self, cells: int) -> None:
        self._count += cells
        if self._count > self.max_cells:
            raise FileRefusedError("too_many_cells", limit=self.max_cells)
