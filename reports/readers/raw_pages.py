"""How the pages that a reader finds become a ``Document``.

Readers find pages of paragraphs and tables without places. ``assemble_document`` numbers lines,
tables, rows and columns the same way for every format: a paragraph is a line, a table row is one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from reports.model.document import (
    NO_PLACE,
    Document,
    Paragraph,
    SourcePlace,
    TableBlock,
    TableCell,
    TableRow,
)
from reports.readers.encodings.legacy_fonts import may_be_legacy
from reports.readers.encodings.mojibake import is_garbled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reports.model.document import Block, Media

_HIDDEN: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x80-\x84\x86-\x9f]"
)
_CONTROLS: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")
_OTHER_WIDTHS: Final = re.compile("[\uff01-\uff5e]|(?![0-9])\\d")
"""Full-width letters, digits and signs; digits of other scripts."""
_NUMBER_AS_TEXT: Final = re.compile(r"['\u2019\u00b4`][-+(]?\d[\d.,  %/)]*")


ScanReason = Literal["", "picture", "layer", "garbled", "drawn"]
"""Why a page must be recognised from its picture: it is a scan, a scan with a text layer, its
letters make no sense, or it is drawn without any text; '' for a page that is read by its text.
"""

PicturePart = tuple[float, float, float, float]
"""Left, top, right and bottom side, as parts of the page's width and height."""


@dataclass(frozen=True)
class RawPage:
    """The blocks of a page in reading order, without places; ``number`` is 0 without pages.

    ``parts`` of a page that is ``scanned`` are what its text gives, such as a page number;
    ``pictures`` are those with writing on a page that is not.
    ``sheet`` is the name of a workbook's sheet; ``messages`` are what its reader noticed.
    """

    number: int
    parts: tuple[Block, ...]
    sheet: str = ""
    messages: tuple[str, ...] = ()
    scanned: ScanReason = ""
    pictures: tuple[PicturePart, ...] = ()


def make_table(rows: Iterable[Sequence[TableCell]]) -> TableBlock:
    """Return a table, still without places; the cells of each row cover its whole width."""
    return TableBlock(tuple(TableRow(tuple(cells)) for cells in rows))


def assemble_document(
    pages: Iterable[RawPage],
    *,
    name: str,
    data: bytes,
    media: Media,
    page_count: int,
    messages: Sequence[str] = (),
    unread_pages: Sequence[int] = (),
    sheets: Sequence[str] = (),
) -> Document:
    """Return the document of the pages' parts; empty paragraphs and empty tables are left out.

    A table inside a cell of another names that table's number, and the cell's row and column;
    it stands after it.
    """
    blocks: list[Block] = []
    numbered: dict[int, TableBlock] = {}
    line = tables = 0
    for page in pages:
        for part in page.parts:
            if isinstance(part, Paragraph):
                text, unseen = clean_text(part.text), clean_text(part.unseen)
                if text or unseen:
                    line += 1
                    place = SourcePlace(line, line, page=page.number)
                    blocks.append(replace(part, text=text, unseen=unseen, place=place))
            elif part.rows:
                tables += 1
                table = _place_table(part, line + 1, page.number, tables)
                numbered[tables] = replace(table, sheet=table.sheet or page.sheet)
                blocks.append(_place_inside(numbered[tables], numbered))
                line += len(part.rows)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media=media,
        pages=page_count,
        blocks=tuple(blocks),
        messages=(*messages, *(message for page in pages for message in page.messages)),
        unread_pages=tuple(unread_pages),
        sheets=tuple(sheets),
    )


def _place_inside(table: TableBlock, numbered: Mapping[int, TableBlock]) -> TableBlock:
    """Return the table with the place of the cell that it stands in, lines and page filled in."""
    if table.inside is None or table.inside.table not in numbered:
        return replace(table, inside=None)
    outer = numbered[table.inside.table].place
    line = outer.line_from + table.inside.row - 1
    inside = replace(table.inside, line_from=line, line_to=line, page=outer.page)
    return replace(table, inside=inside)


def clean_text(text: str) -> str:
    """Return the text in NFC, without control characters, spaces single, lines kept.

    Digits and signs of other widths and scripts become plain ones; the apostrophe that marks a
    number as text goes. What an old font or a wrong decoding made of letters is kept for the step
    that reads it (``encodings.document_encoding``).
    """
    if not text.isascii():
        if not (may_be_legacy(text) or is_garbled(text)):
            text = _HIDDEN.sub("", text)
        elif "\u00a0" in text:
            lines = (" ".join(filter(None, line.split(" "))) for line in text.split("\n"))
            return "\n".join(filter(None, lines))
        text = unicodedata.normalize("NFC", _OTHER_WIDTHS.sub(_write_plainly, text))
    lines = (" ".join(line.split()) for line in text.splitlines())
    joined_lines = _CONTROLS.sub("", "\n".join(line for line in lines if line))
    return joined_lines[1:] if _NUMBER_AS_TEXT.fullmatch(joined_lines) else joined_lines


def _write_plainly(match: re.Match[str]) -> str:
    sign = match[0]
    digit = unicodedata.decimal(sign, None)
    return unicodedata.normalize("NFKC", sign) if digit is None else str(digit)


def page_to_json(page: RawPage) -> dict[str, Any]:
    """Return the page as plain lists, to be handed from one process to another."""
    parts: list[list[Any]] = []
    for part in page.parts:
        if isinstance(part, Paragraph):
            texts = [part.text, part.footnote, part.confidence, part.unseen, part.unseen_reason]
            parts.append(["paragraph", *texts])
        else:
            rows = [[_cell_to_list(cell) for cell in row.cells] for row in part.rows]
            inside = part.inside
            place = [inside.table, inside.row, inside.column] if inside else None
            parts.append(["table", rows, place])
    about = [page.sheet, list(page.messages), page.scanned, page.pictures]
    return {"page": page.number, "parts": parts, "about": about}


def page_from_json(record: dict[str, Any]) -> RawPage:
    """Return the page that ``page_to_json`` wrote."""
    parts: list[Block] = []
    for kind, *content in record["parts"]:
        if kind == "paragraph":
            text, footnote, confidence, unseen, reason = content
            parts.append(Paragraph(text, NO_PLACE, footnote, confidence, unseen, reason))
        else:
            rows, place = content
            table = make_table(
                [TableCell(cell[0], NO_PLACE, *cell[1:]) for cell in row] for row in rows
            )
            inside = SourcePlace(0, 0, 0, *place) if place else None
            parts.append(replace(table, inside=inside))
    sheet, messages, scanned, pictures = record["about"]
    boxes = tuple((x0, top, x1, bottom) for x0, top, x1, bottom in pictures)
    return RawPage(record["page"], tuple(parts), sheet, tuple(messages), scanned, boxes)


def _cell_to_list(cell: TableCell) -> list[Any]:
    """Return all of a cell but its place, in the order of its fields."""
    return [
        cell.text,
        cell.spans,
        cell.confidence,
        cell.row_spans,
        cell.merged,
        cell.unseen,
        cell.unseen_reason,
    ]


def _place_table(table: TableBlock, first_line: int, page: int, number: int) -> TableBlock:
    rows: list[TableRow] = []
    for index, row in enumerate(table.rows):
        line = first_line + index
        column = 1
        cells: list[TableCell] = []
        for cell in row.cells:
            place = SourcePlace(line, line, page, number, index + 1, column)
            text, unseen = clean_text(cell.text), clean_text(cell.unseen)
            cells.append(replace(cell, text=text, unseen=unseen, place=place))
            column += cell.spans
        rows.append(TableRow(tuple(cells), SourcePlace(line, line, page, number, index + 1)))
    last = first_line + len(rows) - 1
    return replace(table, rows=tuple(rows), place=SourcePlace(first_line, last, page, number))
