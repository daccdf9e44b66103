"""What a reader finds before places are counted, and how that becomes a ``Document``.

Readers find pages of parts: paragraphs and tables. ``assemble_document`` numbers lines, tables,
rows and columns the same way for every format: a paragraph is a line, a table row is a line.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.model.document import Document, Paragraph, SourcePlace, TableBlock, TableCell, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import Block, Media


@dataclass(frozen=True)
class FoundCell:
    """A cell: its text, how many columns it covers, how sure the reading is (0 to 1)."""

    text: str
    spans: int = 1
    confidence: float = 1.0


@dataclass(frozen=True)
class FoundTable:
    """A table's rows, each a tuple of cells that together cover the whole width."""

    rows: tuple[tuple[FoundCell, ...], ...]


@dataclass(frozen=True)
class FoundParagraph:
    """A paragraph; ``footnote`` is its mark when it is a footnote's text."""

    text: str
    footnote: str = ""
    confidence: float = 1.0


Found = FoundParagraph | FoundTable


@dataclass(frozen=True)
class FoundPage:
    """The parts of a page in reading order; ``number`` is 0 where a format has no pages."""

    number: int
    parts: tuple[Found, ...]


def assemble_document(
    pages: Iterable[FoundPage],
    *,
    name: str,
    data: bytes,
    media: Media,
    page_count: int,
    messages: Sequence[str] = (),
) -> Document:
    """Return the document of the pages' parts; empty paragraphs and empty tables are left out."""
    blocks: list[Block] = []
    line = tables = 0
    for page in pages:
        for part in page.parts:
            if isinstance(part, FoundParagraph):
                text = clean_text(part.text)
                if text:
                    line += 1
                    place = SourcePlace(line, line, page=page.number)
                    blocks.append(Paragraph(text, place, part.footnote, part.confidence))
            elif part.rows:
                tables += 1
                blocks.append(_make_table_block(part, line + 1, page.number, tables))
                line += len(part.rows)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media=media,
        pages=page_count,
        blocks=tuple(blocks),
        messages=tuple(messages),
    )


def clean_text(text: str) -> str:
    """Return the text in NFC, without control characters, spaces single, lines kept."""
    text = unicodedata.normalize("NFC", text.replace("\u00ad", "").replace("\u200b", ""))
    lines = (" ".join(line.split()) for line in text.splitlines())
    kept = "\n".join(line for line in lines if line)
    return "".join(c for c in kept if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def page_to_json(page: FoundPage) -> dict[str, Any]:
    """Return the page as plain lists, to be handed from one process to another."""
    parts: list[list[Any]] = []
    for part in page.parts:
        if isinstance(part, FoundParagraph):
            parts.append(["paragraph", part.text, part.footnote, part.confidence])
        else:
            rows = [[[c.text, c.spans, c.confidence] for c in row] for row in part.rows]
            parts.append(["table", rows])
    return {"page": page.number, "parts": parts}


def page_from_json(record: dict[str, Any]) -> FoundPage:
    """Return the page that ``page_to_json`` wrote."""
    parts: list[Found] = []
    for kind, *content in record["parts"]:
        if kind == "paragraph":
            parts.append(FoundParagraph(*content))
        else:
            rows = tuple(tuple(FoundCell(*cell) for cell in row) for row in content[0])
            parts.append(FoundTable(rows))
    return FoundPage(record["page"], tuple(parts))


def _make_table_block(found: FoundTable, first_line: int, page: int, number: int) -> TableBlock:
    rows: list[TableRow] = []
    for index, cells in enumerate(found.rows):
        line = first_line + index
        column = 1
        made: list[TableCell] = []
        for cell in cells:
            place = SourcePlace(line, line, page, number, index + 1, column)
            made.append(TableCell(clean_text(cell.text), place, cell.spans, cell.confidence))
            column += cell.spans
        rows.append(TableRow(tuple(made), SourcePlace(line, line, page, number, index + 1)))
    last = first_line + len(found.rows) - 1
    return TableBlock(tuple(rows), SourcePlace(first_line, last, page, number))
