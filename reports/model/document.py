"""A report as read from its file, whatever its format: blocks in order, every piece with its place.

Readers (``reports.readers``) make a ``Document``; everything after them works on it alone and never
on a file format. A place is a line of the document (1-based; for PDF, DOCX and sheets the running
number of the paragraph or table row) and, where there is one, a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Media = Literal["text", "docx", "pdf", "scan", "xlsx", "csv"]


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


NO_PLACE: Final = SourcePlace(0, 0)
"""That of what a reader has found before lines are counted."""


@dataclass(frozen=True)
class TableCell:
    """One cell of a table row as it stands in the file, markup taken out, NFC.

    ``spans`` is how many columns the cell covers (merged cells). ``confidence`` is from 0 to 1;
    below 1 only for text that was recognised in a picture.
    """

    text: str
    place: SourcePlace = NO_PLACE
    spans: int = 1
    confidence: float = 1.0


@dataclass(frozen=True)
class TableRow:
    """One line of a table in one part of the file."""

    cells: tuple[TableCell, ...]
    place: SourcePlace = NO_PLACE


@dataclass(frozen=True)
class TableBlock:
    """A table as far as it goes without a break: one page's part of what may be a longer one."""

    rows: tuple[TableRow, ...]
    place: SourcePlace = NO_PLACE


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or heading. ``footnote`` is its mark when it is the text of a footnote."""

    text: str
    place: SourcePlace = NO_PLACE
    footnote: str = ""
    confidence: float = 1.0


Block = TableBlock | Paragraph


@dataclass(frozen=True)
class Document:
    """A report: who says what as of when, and its blocks in order.

    ``sha256`` is of the file as it came. ``title``, ``issuer``, ``issued`` and ``as_of`` (ISO)
    are '' where the document does not say. ``period`` is the id of the period that it reports
    on as read from the title (``2026-Q1``), '' where it cannot be told. ``messages`` are what a
    reader noticed about the file, in Vietnamese, such as a legacy font encoding.
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


@dataclass(frozen=True)
class ReadLimits:
    """What a file may cost at most: sizes in MB, pages, seconds."""

    max_upload_mb: float = 20
    max_uncompressed_mb: float = 200
    max_pages: int = 300
    max_seconds: float = 120
    max_cells: int = 200_000
