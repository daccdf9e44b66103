"""A report as read from its file, whatever its format: blocks in order, every piece with its place.

Readers (``reports.readers``) make a ``Document``; everything after them works on it alone and never
on a file format. A place is a line of the document (1-based; for PDF, DOCX and sheets the running
number of the paragraph or table row) and, where there is one, a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Media = Literal[
    "text", "docx", "doc", "odt", "rtf", "html", "pdf", "scan", "xlsx", "xls", "xlsb", "ods", "csv"
]

UnseenReason = Literal[
    "",
    "hidden_row",
    "hidden_column",
    "hidden_sheet",
    "hidden_text",
    "struck_out",
    "same_colour",
    "off_page",
    "invisible",
    "watermark",
    "garbled",
    "misfit",
]
"""Why a reader of the page does not see what the file holds; '' for what is seen.

``filtered`` rows are hidden rows; ``same_colour`` is text in the colour of the page,
``invisible`` text that is drawn without ink (such as the text layer of a scan), ``garbled`` what
is in sight and no language, for its letters were decoded wrongly, ``misfit`` what is in sight
but stands in a row with more cells than there are columns.
"""


CellKey: TypeAlias = tuple[int, int, int]
"""Table, row and column of a cell, each from 1."""


@dataclass(frozen=True)
class SourcePlace:
    """Where something stands: lines (1-based, inclusive), the page (1-based) and the table cell.

    ``page``, ``table``, ``row`` and ``column`` are 0 where there is none; tables, rows and columns
    count from 1, in the order of the document.
    """

    line_from: int
    line_to: int
    page: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    @property
    def cell_key(self) -> CellKey:
        """Table, row and column: the same for everything that stands in one cell."""
        return self.table, self.row, self.column


NO_PLACE: Final = SourcePlace(0, 0)
"""That of what a reader has found before lines are counted."""


@dataclass(frozen=True)
class TableCell:
    """One cell of a table row **as it is shown**, markup taken out, NFC.

    ``text`` is what a person sees: numbers in their format, with its units and words. ``spans`` is
    how many columns the cell covers, ``row_spans`` how many rows. The places below a cell that
    covers several rows are cells of their own with ``merged`` set and no text. ``unseen`` is what
    the file holds in this place and does not show, and ``unseen_reason`` why. ``confidence`` is
    from 0 to 1; below 1 only for text that was recognised in a picture.
    """

    text: str
    place: SourcePlace = NO_PLACE
    spans: int = 1
    confidence: float = 1.0
    row_spans: int = 1
    merged: bool = False
    unseen: str = ""
    unseen_reason: UnseenReason = ""


@dataclass(frozen=True)
class TableRow:
    """One line of a table in one part of the file."""

    cells: tuple[TableCell, ...]
    place: SourcePlace = NO_PLACE

    @property
    def text(self) -> str:
        """The words of all cells."""
        return " ".join(cell.text for cell in self.cells if cell.text)

    @property
    def width(self) -> int:
        """How many columns the cells cover."""
        return sum(max(1, cell.spans) for cell in self.cells)


@dataclass(frozen=True)
class TableBlock:
    """A table as far as it goes without a break: one page's part of what may be a longer one.

    ``sheet`` is the name of its sheet in a workbook, '' elsewhere. ``inside`` is the place of the
    cell of another table that it stands in.
    """

    rows: tuple[TableRow, ...]
    place: SourcePlace = NO_PLACE
    sheet: str = ""
    inside: SourcePlace | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or heading. ``footnote`` is its mark when it is the text of a footnote.

    ``unseen`` and ``unseen_reason`` are as those of a ``TableCell``.
    """

    text: str
    place: SourcePlace = NO_PLACE
    footnote: str = ""
    confidence: float = 1.0
    unseen: str = ""
    unseen_reason: UnseenReason = ""


Block = TableBlock | Paragraph


@dataclass(frozen=True)
class Document:
    """A report: who says what as of when, and its blocks in order.

    ``sha256`` is of the file as it came. ``title``, ``issuer``, ``issued`` and ``as_of`` (ISO)
    are '' where the document does not say. ``period`` is the id of the period that it reports
    on as read from the title (``2026-Q1``), '' where it cannot be told. ``number`` is the
    document's own (``12/BC-UBND``), ``dated`` the time that it bears, as precise as it is
    (``2023-08``). ``area`` is the unit that it speaks for, with its type word (``huyện An
    Dương``); ``province`` the other province, or the ministry, that it is by or about, '' for the
    city and its former districts, and where that is not told: see ``document_scope``.
    ``messages`` are what a reader noticed about the file, in Vietnamese, such as a legacy font
    encoding.
    """

    name: str
    sha256: str
    media: Media
    pages: int
    blocks: tuple[Block, ...]
    title: str = ""
    issuer: str = ""
    issued: str = ""
    as_of: str = ""
    period: str = ""
    draft: bool = False
    messages: tuple[str, ...] = ()
    unread_pages: tuple[int, ...] = ()
    """Pages (or sheets) of which nothing, or not all, could be read, such as scans without OCR."""
    sheets: tuple[str, ...] = ()
    """The names of a workbook's visible sheets, in order: page 1 is the first."""
    signed: bool = False
    """A line of the document says that it is signed (``(Đã ký)``)."""
    number: str = ""
    dated: str = ""
    area: str = ""
    province: str = ""


def iterate_pieces(document: Document) -> Iterator[tuple[TableCell | Paragraph, str]]:
    """Yield every paragraph and cell of a document, with the name of its sheet, '' for none."""
    for block in document.blocks:
        if isinstance(block, TableBlock):
            for row in block.rows:
                yield from ((cell, block.sheet) for cell in row.cells)
        else:
            yield block, ""


@dataclass(frozen=True)
class ReadOptions:
    """How a person wants a file to be read, where the file alone leaves a choice.

    ``pages`` are ranges of pages (1-based, inclusive; sheets of a workbook too), all when empty.
    ``unseen`` reads hidden rows, columns, sheets and texts like any other. ``encoding`` is that
    of a text or CSV file (``utf-8``, ``cp1258``, ``tcvn3``, ``vni`` …), '' to judge by its bytes.
    """

    pages: tuple[tuple[int, int], ...] = ()
    unseen: bool = False
    encoding: str = ""

    def wants_page(self, number: int) -> bool:
        """Return True if a page (1-based) is to be read."""
        return not self.pages or any(first <= number <= last for first, last in self.pages)


OPTIONS: Final = ReadOptions()
"""Everything that is shown, as the file's own bytes say."""


@dataclass(frozen=True)
class ReadLimits:
    """What a file may cost at most: sizes in MB, pages, seconds."""

    max_upload_mb: float = 20
    max_uncompressed_mb: float = 200
    max_pages: int = 300
    max_seconds: float = 120
    max_cells: int = 400_000
    max_line_length: int = 2_000_000
