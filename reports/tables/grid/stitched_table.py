"""A table as it was meant: rows and cells put together from the parts of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text
from reports.grammar.columns.meanings import understand_heading
from reports.model.document import SourcePlace, TableBlock, TableCell, TableRow
from reports.model.wrapped_text import join_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import Document
    from reports.tables.grid.columns import Column

RowKind = Literal["row", "section", "total"]

NUMBER_MARK: Final = re.compile(r"\(?\s*(\d{1,4})\s*[).]?")
STATED_COUNT: Final = re.compile(r"\(\s*(\d{1,3})\s*(?:du an|cong trinh|nhiem vu|khu|cum)")
_NO_TITLE: Final = re.compile(r"\W*(?:don vi|dvt|hai phong, ngay|kem theo)\b|\(")
_BULLET: Final = re.compile(r"[-+*•–]\s?\S")


@dataclass
class StitchedRow:
    """A row of the table as it was meant: its kind, number mark, and cells by column."""

    kind: RowKind
    mark: str
    cells: dict[int, list[TableCell]]
    lines: list[TableRow]
    parts: list[StitchedRow] = field(default_factory=list)
    """Lines of parts of the item, with figures of their own; they are no rows of the table."""
    details: list[TableRow] = field(default_factory=list)
    """Lines about the item that stand in its name's column, such as its owner."""
    merged: dict[int, TableCell] = field(default_factory=dict)
    """By column, the cell above that reaches down into this row."""

    def cell(self, column: int | None) -> TableCell:
        """Return the cell of a column (from 0), put together from its pieces in order of the pages.

        A list item begins a line, anything else goes on. It is as sure as its least sure piece. A
        cell that is empty stands where the row does.
        """
        all_pieces = self.cells.get(column, []) if column is not None else []
        pieces = [piece for piece in all_pieces if piece.text]
        if not pieces:
            return TableCell("", self.place)
        text = pieces[0].text
        for piece in pieces[1:]:
            listed = _BULLET.match(piece.text)
            text = f"{text}\n{piece.text}" if listed else join_wrapped(text, piece.text)
        place = join_places([piece.place for piece in pieces])
        return TableCell(text, place, confidence=min(piece.confidence for piece in pieces))

    @property
    def title(self) -> str:
        """Return the words of a group heading or total: all its cells but the mark and sums."""
        texts = (self.cell(column).text for column in sorted(self.cells) if column or not self.mark)
        return " ".join(text for text in texts if any(letter.isalpha() for letter in text))

    @property
    def number(self) -> int | None:
        """Return the running number; ``None`` where the row has none."""
        match = NUMBER_MARK.fullmatch(self.mark)
        return int(match[1]) if match else None

    @property
    def stated_count(self) -> int | None:
        """Return how many projects a group heading says that it has."""
        match = STATED_COUNT.search(fold_text(self.title))
        return int(match[1]) if match else None

    @property
    def place(self) -> SourcePlace:
        """Return from which line to which it goes."""
        return join_places([line.place for line in self.lines])


@dataclass
class StitchedTable:
    """A whole table, with its columns. ``unattached`` are lines that no row could take.

    ``titles`` are the lines and paragraphs right above it, the nearest last. ``counted`` is False
    for a table beside another one whose lines it shares; ``period`` is its own where the document
    has tables of several; ``source`` are the rows of a turned table as they stand in the file.
    """

    columns: tuple[Column, ...]
    rows: list[StitchedRow] = field(default_factory=list)
    header_lines: list[TableRow] = field(default_factory=list)
    unattached: list[TableRow] = field(default_factory=list)
    notes: list[TableRow] = field(default_factory=list)
    letterhead: bool = False
    """True for the two columns above a document's title, which tell of the document itself."""
    """Remarks and signatures below the rows."""
    header_pattern: list[str] = field(default_factory=list)
    titles: tuple[str, ...] = ()
    sheet: str = ""
    period: str = ""
    inside: SourcePlace | None = None
    """The cell of another table that it stands in: its lines are asked about there."""
    counted: bool = True
    source: tuple[TableRow, ...] = ()

    @property
    def title(self) -> str:
        """Return the line right above the table that is no unit or date; '' for none."""
        named = [title for title in self.titles if not _NO_TITLE.match(fold_text(title))]
        return named[-1] if named else ""

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the heading of each column."""
        return tuple(column.heading for column in self.columns)

    @property
    def keys(self) -> frozenset[str]:
        """Return what the columns hold."""
        return frozenset(column.key for column in self.columns if column.key)

    @property
    def mark_column(self) -> int | None:
        """Return the column of running numbers and group marks; ``None`` for none."""
        at = self.column("no")
        if at is not None:
            return at
        return None if self.name_column == 0 else 0

    @property
    def name_column(self) -> int:
        """Return the column of the items' names."""
        at = self.column("name")
        return self._guess_name_column() if at is None else at

    def _guess_name_column(self) -> int:
        """Return the column of what rows of a table of any heading are about, else the second."""
        readings = [understand_heading(column.heading) for column in self.columns]
        roles = [reading.meanings[0].role if reading.meanings else "" for reading in readings]
        return next((roles.index(role) for role in ("name", "place", "body") if role in roles), 1)

    def column(self, key: str) -> int | None:
        """Return the first column (from 0) that holds a key, about all of the works."""
        found = self.list_columns(key, "")
        return found[0].index if found else None

    def list_columns(self, key: str, topic: str | None = None) -> list[Column]:
        """Return the columns taken for a key, the best first; of one topic, or of any."""
        taken = [
            column
            for column in self.columns
            if column.key == key
            and column.state == "taken"
            and (topic is None or column.topic == topic)
        ]
        return sorted(taken, key=lambda column: -column.rank)


def join_places(places: Sequence[SourcePlace]) -> SourcePlace:
    """Return one place from the first line to the last of several."""
    first = places[0]
    if len(places) == 1:
        return first
    return SourcePlace(
        min(place.line_from for place in places),
        max(place.line_to for place in places),
        page=first.page,
        table=first.table,
        row=first.row,
        column=first.column if len({place.column for place in places}) == 1 else 0,
    )


def count_lines(row: TableRow) -> int:
    """Return how many lines of the file a table line covers, at least one."""
    return max(1, row.place.line_to - row.place.line_from + 1)


def iterate_table_lines(document: Document) -> Iterator[TableRow]:
    """Yield every table line of a document."""
    for block in document.blocks:
        if isinstance(block, TableBlock):
            yield from block.rows
