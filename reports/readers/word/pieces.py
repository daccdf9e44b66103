"""What is found on the way through a Word document, and how it becomes blocks and messages.

A ``Notice`` is something that a person sees and that is not read. Its place is known only when
the lines before it are counted, so it stands among the pieces until ``lay_out`` counts them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import Paragraph, SourcePlace
from reports.readers.raw_pages import clean_text, make_table
from reports.readers.refusal import make_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.model.document import Block, ReadLimits, TableCell

MAX_DEPTH: Final = 8
"""How deep tables, boxes and documents brought in may stand in one another."""
_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 60


@dataclass(frozen=True)
class Notice:
    """Something seen that is not read: ``kind`` is a key of ``reports.word``."""

    kind: str
    sample: str = ""


@dataclass(frozen=True)
class RawTable:
    """A table without places, and what stands in its cells beside their text.

    ``inside`` holds row and column (from 1) of the cell with each piece.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    inside: tuple[tuple[int, int, Piece], ...] = ()


Piece = Paragraph | RawTable | Notice


@dataclass(frozen=True)
class Surroundings:
    """Where blocks are read: how deep, before which colour, and whether in a table's cell."""

    depth: int = 0
    ground: str = ""
    in_cell: bool = False

    def enter(self, ground: str, *, in_cell: bool = False) -> Surroundings:
        """Return the surroundings one level further in."""
        return Surroundings(self.depth + 1, ground, in_cell or self.in_cell)


@dataclass
class Budget:
    """What a file may still cost: cells and time."""

    name: str
    limits: ReadLimits
    deadline: float
    cells: int = 0

    def check(self, surroundings: Surroundings) -> None:
        """Raise ``ReportLimitError`` once the cells, the time or the depth are used up."""
        if surroundings.depth > MAX_DEPTH:
            raise make_refusal("too_deep", self.name, limit=MAX_DEPTH)
        if self.cells > self.limits.max_cells:
            raise make_refusal("too_many_cells", self.name, limit=self.limits.max_cells)
        if time.monotonic() > self.deadline:
            raise make_refusal("too_slow", self.name, seconds=round(self.limits.max_seconds))


@dataclass
class _Layout:
    """The blocks so far, and the lines and tables that they count."""

    blocks: list[Block] = field(default_factory=list)
    line: int = 0
    tables: int = 0
    notices: list[tuple[Notice, str]] = field(default_factory=list)

    def add(self, piece: Piece, outer: SourcePlace | None = None) -> None:
        """Put a piece at the end; ``outer`` is the cell of a table that it stands in."""
        if isinstance(piece, Notice):
            self.notices.append((piece, self._describe_place(outer)))
        elif isinstance(piece, Paragraph):
            self.line += bool(clean_text(piece.text) or clean_text(piece.unseen))
            self.blocks.append(piece)
        elif piece.rows:
            self.tables += 1
            number, first = self.tables, self.line + 1
            self.blocks.append(replace(make_table(piece.rows), inside=outer))
            self.line += len(piece.rows)
            for row, column, inner in piece.inside:
                line = first + row - 1
                place = SourcePlace(line, line, table=number, row=row, column=column)
                self.add(inner, place)

    def _describe_place(self, outer: SourcePlace | None) -> str:
        if outer is None:
            return t("reports.word.line", line=max(1, self.line))
        return t("reports.word.cell", table=outer.table, row=outer.row, column=outer.column)


def lay_out(pieces: Iterable[Piece]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks in order, and one message for each kind of what was not read."""
    layout = _Layout()
    for piece in pieces:
        layout.add(piece)
    return tuple(layout.blocks), tuple(_describe_notices(layout.notices))


def list_texts(piece: Piece, *, unseen: bool = False) -> Iterator[str]:
    """Yield the texts of a piece in order, with what is not shown too if ``unseen``."""
    if isinstance(piece, Paragraph):
        yield from filter(None, (piece.text, piece.unseen if unseen else ""))
    elif isinstance(piece, RawTable):
        for cell in (cell for row in piece.rows for cell in row):
            yield from filter(None, (cell.text, cell.unseen if unseen else ""))
        for _, _, inner in piece.inside:
            yield from list_texts(inner, unseen=unseen)


def _describe_notices(notices: list[tuple[Notice, str]]) -> Iterator[str]:
    by_kind: dict[str, list[tuple[Notice, str]]] = {}
    for notice, where in notices:
        by_kind.setdefault(notice.kind, []).append((notice, where))
    for kind, found in by_kind.items():
        places = list(dict.fromkeys(where for _, where in found))
        samples = list(dict.fromkeys(_shorten(notice.sample) for notice, _ in found))
        named = ", ".join(f"“{sample}”" for sample in [s for s in samples if s][:_SAMPLES])
        yield t(
            f"reports.word.{kind}",
            count=len(found),
            where=", ".join(places[:_SAMPLES]) + (", …" if len(places) > _SAMPLES else ""),
            samples=t("reports.word.samples", samples=named) if named else "",
        )


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SAMPLE_LENGTH else f"{words[: _SAMPLE_LENGTH - 1]}…"
