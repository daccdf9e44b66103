"""What became of each cell and line of a document: used, asked about, not used, or not shown.

Only places are looked at: a value, a name or a question says where it stands, a column says what
was made of it (``ColumnUse``). Of two fates that meet in one cell the one that a person must see
wins: asked, then used, then not used. A question about a whole line is the line's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from reports.model.document import TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reports.model.document import CellKey, SourcePlace, TableCell, TableRow
    from reports.model.extraction import ColumnFate, ColumnUse, Extraction
    from reports.model.item_mention import NamedItem

CellFate = Literal["used", "asked", "unused", "unseen"]
_OF_WHOLE_LINES: Final = frozenset({"unattached_line", "unread_row"})


def classify_cells(extraction: Extraction) -> Mapping[CellKey, CellFate]:
    """Return the fate of every cell that shows something, or holds what is not shown.

    Empty cells and the places below a cell over several rows have none.
    """
    judge = _CellJudge(extraction)
    fates: dict[CellKey, CellFate] = {}
    for block in extraction.document.blocks:
        if not isinstance(block, TableBlock):
            continue
        judge.enter(block)
        for row in block.rows:
            for cell in row.cells:
                if cell.text.strip():
                    fates[cell.place.cell_key] = judge.find_fate(cell, row)
                elif cell.unseen:
                    fates[cell.place.cell_key] = "unseen"
    return fates


def classify_lines(extraction: Extraction) -> Mapping[int, CellFate]:
    """Return the fate of the paragraphs that gave something, are asked about or are not shown.

    Lines of tables are among them only where the whole line is asked about.
    """
    asked = _PlaceCover.of(entry.place for entry in extraction.queue if not entry.place.column)
    used = _PlaceCover.of(_iterate_used_places(extraction))
    fates: dict[int, CellFate] = {}
    for block in extraction.document.blocks:
        if isinstance(block, TableBlock):
            lines = (row.place for row in block.rows if asked.holds_line(row.place))
            fates |= dict.fromkeys((place.line_from for place in lines), "asked")
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


class _CellJudge:
    """Says of one cell after the other what became of it; ``enter`` first says of which table."""

    def __init__(self, extraction: Extraction) -> None:
        queue = extraction.queue
        self.asked = _PlaceCover.of(
            entry.place for entry in queue if entry.place.column or entry.reason in _OF_WHOLE_LINES
        )
        self.asked.add(s.place for s in extraction.reading.statements if s.status == "ask")
        self.used = _PlaceCover.of(_iterate_used_places(extraction))
        items = [row.place for row in extraction.projects]
        items += [row.place for row in extraction.tasks]
        items += [entry.place for entry in extraction.reading.statements if entry.place.table]
        self.items = _PlaceCover.of(items)
        self.turned = _PlaceCover.of(place for place in items if place.column and not place.row)
        self.words = _list_item_words(extraction)
        self.columns = _ColumnLookup(extraction.columns)
        self.other_periods = extraction.balance.in_other_periods > 0
        self.read = False
        self.asked_whole = False

    def enter(self, table: TableBlock) -> None:
        self.read = any(
            self.items.holds_line(row.place) or self.used.holds_line(row.place)
            for row in table.rows
        )
        inside = table.inside
        self.asked_whole = inside is not None and self.asked.holds_cell_at(inside)
        self.columns.enter(table)

    def find_fate(self, cell: TableCell, row: TableRow) -> CellFate:
        """Return the fate of a cell that shows something."""
        if self.asked.holds(cell):
            return "asked"
        if self.used.holds(cell):
            return "used"
        if not self.read:
            return "asked" if self.asked_whole else "unused"
        if self.turned.holds_line(row.place):
            return _to_cell_fate(self.columns.find_by_line(cell))
        if self.items.holds_line(row.place):
            return self._judge_item_cell(cell, row)
        return "unused" if self._is_of_other_period(row) else "used"

    def _judge_item_cell(self, cell: TableCell, row: TableRow) -> CellFate:
        """Return the fate of a cell of an item's row that nothing names: by column and words."""
        text = " ".join(cell.text.split())
        own = any(text in words for words in self.words.get(row.place.line_from, ()))
        column = self.columns.find(cell)
        if column is None:
            return "used" if own else "unused"
        # A line of its own in the name's column that is no part of the name was only set aside.
        lone = sum(bool(other.text.strip()) for other in row.cells) == 1
        if column.key == "name" and lone and not own:
            return "unused"
        return _to_cell_fate(column.fate)

    def _is_of_other_period(self, row: TableRow) -> bool:
        """Return True if a line that gave no item looks like one: its table was passed over."""
        first = next((cell.text.strip() for cell in row.cells if cell.text.strip()), "")
        return self.other_periods and first.rstrip(".").isdecimal()


def _to_cell_fate(column: ColumnFate | None) -> CellFate:
    """Return what a column's fate says of a cell in it that nothing else is known of."""
    if column == "asked":
        return "asked"
    return "unused" if column == "unused" else "used"


def _iterate_used_places(extraction: Extraction) -> Iterator[SourcePlace]:
    named: tuple[NamedItem, ...] = (*extraction.projects, *extraction.parks)
    for item in named:
        yield from (commune.place for commune in item.communes)
        yield from (value.place for value in item.values)
    for task in extraction.tasks:
        yield from (value.place for value in task.values)
    yield from (park.place for park in extraction.parks)
    yield from (indicator.place for indicator in extraction.indicators)
    yield from (entry.place for entry in extraction.reading.statements)
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


@dataclass
class _PlaceCover:
    """What some places name: whole lines, and columns of lines."""

    lines: set[int] = field(default_factory=set)
    columns: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, places: Iterable[SourcePlace]) -> _PlaceCover:
        """Return the cover of places; one without a column names its lines."""
        cover = cls()
        cover.add(places)
        return cover

    def add(self, places: Iterable[SourcePlace]) -> None:
        """Cover further places too."""
        for place in places:
            lines = range(place.line_from, place.line_to + 1)
            if place.column:
                for line in lines:
                    self.columns[line].add(place.column)
            else:
                self.lines.update(lines)

    def holds_line(self, place: SourcePlace) -> bool:
        """Return True if something names the line or one of its cells."""
        lines = range(place.line_from, place.line_to + 1)
        return any(line in self.lines or line in self.columns for line in lines)

    def holds(self, cell: TableCell) -> bool:
        """Return True if something names the cell, or its whole line."""
        return self.holds_cell_at(cell.place, cell.spans)

    def holds_cell_at(self, place: SourcePlace, spans: int = 1) -> bool:
        """Return True if something names the cell of a place, or its whole line."""
        own = range(place.column, place.column + spans)
        return any(
            line in self.lines or not self.columns.get(line, set()).isdisjoint(own)
            for line in range(place.line_from, place.line_to + 1)
        )


class _ColumnLookup:
    """Columns by the first line that they hold something in; ``enter`` says which table is read.

    A table without columns of its own is the next page's part of the one before, if as wide.
    """

    def __init__(self, columns: Sequence[ColumnUse]) -> None:
        groups: list[list[ColumnUse]] = []
        for column in columns:
            last = groups[-1][-1] if groups else None
            if last is None or last.table != column.table or column.column <= last.column:
                groups.append([])
            groups[-1].append(column)
        found = [(min(column.place.line_from for column in group), group) for group in groups]
        found.sort(key=lambda pair: pair[0])
        self._starts = [start for start, _ in found]
        self._groups = [{column.column: column for column in group} for _, group in found]
        self._by_line = {column.place.line_from: column.fate for column in columns}
        self._width = 0

    def enter(self, table: TableBlock) -> None:
        """Say which table the cells asked for next belong to."""
        cells = (cell for row in table.rows for cell in row.cells)
        self._width = max((cell.place.column + cell.spans - 1 for cell in cells), default=0)

    def find(self, cell: TableCell) -> ColumnUse | None:
        """Return the cell's column; ``None`` where nothing is known of it."""
        at = bisect_right(self._starts, cell.place.line_from) - 1
        if at < 0:
            return None
        columns = self._groups[at]
        first = next(iter(columns.values()))
        if first.table != cell.place.table and max(columns) > self._width:
            return None
        own = range(cell.place.column, cell.place.column + cell.spans)
        return next((columns[number] for number in own if number in columns), None)

    def find_by_line(self, cell: TableCell) -> ColumnFate | None:
        """Return the fate of a cell of a turned table, whose columns are its lines."""
        return self._by_line.get(cell.place.line_from)
