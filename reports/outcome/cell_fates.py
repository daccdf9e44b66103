"""What became of each cell and line of a document: used, asked about, not used, or not shown.

Only places are looked at: a value, a name or a question says where it stands, a column says what
was made of it (``ColumnUse``). Of two fates that meet in one cell the one that a person must see
wins: asked, then used, then not used.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from reports.model.document import Paragraph, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reports.model.document import SourcePlace, TableCell, TableRow
    from reports.model.extraction import ColumnFate, ColumnUse, Extraction, NamedItem

CellFate = Literal["used", "asked", "unused", "unseen"]
CellKey: TypeAlias = tuple[int, int, int]
"""Table, row and column, each from 1."""


def classify_cells(extraction: Extraction) -> Mapping[CellKey, CellFate]:
    """Return the fate of every cell that shows something, or holds what is not shown.

    Empty cells and the places below a cell over several rows have none.
    """
    asked = _Cover.of(entry.place for entry in extraction.queue)
    used = _Cover.of(_iterate_used_places(extraction))
    rows = [row.place for row in extraction.projects] + [row.place for row in extraction.tasks]
    items = _Cover.of(rows)
    words = _list_item_words(extraction)
    columns = _Columns(extraction.columns)
    fates: dict[CellKey, CellFate] = {}
    for block in extraction.document.blocks:
        if not isinstance(block, TableBlock):
            continue
        read = any(items.holds_line(row.place) or used.holds_line(row.place) for row in block.rows)
        for row in block.rows:
            item = items.holds_line(row.place)
            for cell in row.cells:
                if not cell.text.strip():
                    if cell.unseen:
                        fates[_make_key(cell)] = "unseen"
                    continue
                if asked.holds(cell):
                    fate: CellFate = "asked"
                elif used.holds(cell):
                    fate = "used"
                else:
                    known = columns.find_fate(cell, block.rows)
                    fate = _judge_cell(known, cell, words.get(row.place.line_from, ()), item, read)
                fates[_make_key(cell)] = fate
    return fates


def classify_lines(extraction: Extraction) -> Mapping[int, CellFate]:
    """Return the fate of the paragraphs from which something was read or asked, by line."""
    asked = _Cover.of(entry.place for entry in extraction.queue)
    used = _Cover.of(_iterate_used_places(extraction))
    fates: dict[int, CellFate] = {}
    for block in extraction.document.blocks:
        if not isinstance(block, Paragraph):
            continue
        line = block.place.line_from
        if not block.text.strip():
            fates[line] = "unseen"
        elif asked.holds_line(block.place):
            fates[line] = "asked"
        elif used.holds_line(block.place):
            fates[line] = "used"
    return fates


def count_fates(fates: Iterable[CellFate]) -> Counter[CellFate]:
    """Return how many cells have each fate."""
    return Counter(fates)


def _judge_cell(
    column: ColumnFate | None, cell: TableCell, words: tuple[str, ...], item: bool, read: bool
) -> CellFate:
    """Return the fate of a cell that nothing names: by its column, its words or its row."""
    if column in {"asked", "unused"}:
        return "asked" if column == "asked" else "unused"
    if not read:
        return "unused"
    if not item or column == "used":
        return "used"  # a heading, a group or a total; or a cell read as saying nothing
    text = " ".join(cell.text.split())
    return "used" if any(text in word for word in words) else "unused"


def _iterate_used_places(extraction: Extraction) -> Iterator[SourcePlace]:
    named: tuple[NamedItem, ...] = (*extraction.projects, *extraction.parks)
    for item in named:
        yield from (commune.place for commune in item.communes)
        yield from (value.place for value in item.values)
    for task in extraction.tasks:
        yield from (value.place for value in task.values)
    yield from (park.place for park in extraction.parks)
    yield from (indicator.place for indicator in extraction.indicators)
    yield from (statement.place for statement in extraction.clearance)


def _list_item_words(extraction: Extraction) -> dict[int, tuple[str, ...]]:
    """Return by line the number, name and place of the item that stands there."""
    words: dict[int, tuple[str, ...]] = {}
    for row in extraction.projects:
        own = (str(row.no), f"{row.no}.", row.name_raw, row.location_raw)
        words |= dict.fromkeys(range(row.place.line_from, row.place.line_to + 1), own)
    for task in extraction.tasks:
        own = (str(task.no), f"{task.no}.", " ".join(task.name.split()), task.when_raw)
        words |= dict.fromkeys(range(task.place.line_from, task.place.line_to + 1), own)
    return words


def _make_key(cell: TableCell) -> CellKey:
    return cell.place.table, cell.place.row, cell.place.column


@dataclass
class _Cover:
    """The lines and cells that some places name; a place without a column names its lines."""

    lines: set[int] = field(default_factory=set)
    columns: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, places: Iterable[SourcePlace]) -> _Cover:
        cover = cls()
        for place in places:
            lines = range(place.line_from, place.line_to + 1)
            if place.column:
                for line in lines:
                    cover.columns[line].add(place.column)
            else:
                cover.lines.update(lines)
        return cover

    def holds_line(self, place: SourcePlace) -> bool:
        """Return True if something names the line or one of its cells."""
        lines = range(place.line_from, place.line_to + 1)
        return any(line in self.lines or line in self.columns for line in lines)

    def holds(self, cell: TableCell) -> bool:
        """Return True if something names the cell, or its whole line."""
        place = cell.place
        own = range(place.column, place.column + cell.spans)
        return any(
            line in self.lines or not self.columns.get(line, set()).isdisjoint(own)
            for line in range(place.line_from, place.line_to + 1)
        )


class _Columns:
    """Columns by the line of their heading: several tables may stand below one another."""

    def __init__(self, columns: Iterable[ColumnUse]) -> None:
        self.by_line: defaultdict[int, dict[int, ColumnUse]] = defaultdict(dict)
        for column in columns:
            self.by_line[column.place.line_from][column.column] = column
        self.starts = sorted(self.by_line)

    def find_fate(self, cell: TableCell, rows: tuple[TableRow, ...]) -> ColumnFate | None:
        """Return the fate of the cell's column; ``None`` where nothing is known of it.

        A table without headings of its own is the next page's part of the one before, if it is
        as wide.
        """
        at = bisect_right(self.starts, cell.place.line_from) - 1
        if at < 0:
            return None
        columns = self.by_line[self.starts[at]]
        first = next(iter(columns.values()))
        width = max((c.place.column + c.spans - 1 for row in rows for c in row.cells), default=0)
        if first.table != cell.place.table and max(columns) > width:
            return None
        own = range(cell.place.column, cell.place.column + cell.spans)
        fates = [columns[number].fate for number in own if number in columns]
        return next((fate for fate in ("used", "asked", "unused") if fate in fates), None)
