"""A document in the parts that a person looks at one by one: its pages, sheets, or all of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.model.document import Paragraph, TableBlock
from reports.outcome.cell_fates import classify_cells, classify_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model.document import CellKey, SourcePlace, TableRow
    from reports.model.extraction import Extraction
    from reports.outcome.cell_fates import CellFate

LINES_SHOWN: Final = 100
"""Lines of a part shown at a time."""

_TO_SEE: Final = frozenset({"asked", "unused"})


@dataclass(frozen=True)
class FileLine:
    """A line of the file: a row of a table, or a paragraph. ``first``: it begins its table."""

    content: TableRow | Paragraph
    first: bool = False
    nested: bool = False

    @property
    def place(self) -> SourcePlace:
        """Return where it stands."""
        return self.content.place


@dataclass(frozen=True)
class FilePart:
    """A page, a sheet, or the whole of a file without pages (``page`` 0)."""

    page: int
    sheet: str
    lines: tuple[FileLine, ...] = ()


@dataclass(frozen=True)
class FileLayout:
    """A document's parts, and what became of each cell and line."""

    parts: tuple[FilePart, ...]
    cells: Mapping[CellKey, CellFate]
    lines: Mapping[int, CellFate]
    starts: Mapping[int, tuple[int, int]]
    """Of each line: the index of its part, and its own in it."""
    ordered: Sequence[int]
    """The lines that something begins in, in order."""

    def find_line(self, line: int) -> tuple[int, int] | None:
        """Return the part and the index in it of a line, or of the one that goes on in it."""
        at = bisect_right(self.ordered, line) - 1
        return self.starts[self.ordered[at]] if at >= 0 else None

    def list_lines(self, part: FilePart, *, only_open: bool) -> tuple[FileLine, ...]:
        """Return a part's lines; ``only_open``: those asked about or not used, heads kept."""
        if not only_open:
            return part.lines
        return tuple(line for line in part.lines if line.first or self.is_open(line))

    def is_open(self, line: FileLine) -> bool:
        """Return True if a person should look at a line: something of it is asked or unused."""
        if self.lines.get(line.place.line_from) in _TO_SEE:
            return True
        content = line.content
        if isinstance(content, Paragraph):
            return False
        return any(self.cells.get(cell.place.cell_key) in _TO_SEE for cell in content.cells)


def lay_out(extraction: Extraction) -> FileLayout:
    """Return a document's parts in order; pages of which nothing was read are among them."""
    document = extraction.document
    found: dict[tuple[int, str], list[FileLine]] = {}
    for page in range(1, document.pages + 1) if document.media in {"pdf", "scan"} else ():
        found[page, ""] = []
    for block in document.blocks:
        if isinstance(block, TableBlock):
            nested = block.inside is not None
            lines = [FileLine(row, index == 0, nested) for index, row in enumerate(block.rows)]
            sheet = block.sheet or _find_sheet(document.sheets, block.place.page)
        else:
            lines = [FileLine(block)]
            sheet = _find_sheet(document.sheets, block.place.page)
        found.setdefault((block.place.page, sheet), []).extend(lines)
    parts = tuple(FilePart(page, sheet, tuple(lines)) for (page, sheet), lines in found.items())
    starts = {
        line.place.line_from: (number, index)
        for number, part in enumerate(parts)
        for index, line in enumerate(part.lines)
    }
    cells, marks = classify_cells(extraction), classify_lines(extraction)
    return FileLayout(parts, cells, marks, starts, sorted(starts))


def _find_sheet(sheets: Sequence[str], page: int) -> str:
    return sheets[page - 1] if 0 < page <= len(sheets) else ""
