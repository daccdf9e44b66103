"""Web pages and archives of them as pages of blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reports.model.document import Paragraph, TableBlock, TableRow
from reports.readers.raw_pages import RawPage
from reports.readers.refusal import FileRefusedError
from reports.readers.web_pages.archive import FRAMES, WebSheet, list_sheets, read_archive
from reports.readers.web_pages.decoding import decode_page
from reports.readers.web_pages.reading import read_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.document import Block, TableCell


def read_web_pages(kind: str, data: bytes, *, max_cells: int) -> Iterator[dict[str, Any] | RawPage]:
    """Yield how many pages there are, then each; ``kind`` is ``html`` or ``mht``.

    Raises ``FileRefusedError`` beyond the limits, and for a page whose content is elsewhere.
    """
    sheets, messages = read_archive(data) if kind == "mht" else (_read_page(data), ())
    yield {"count": len(sheets)}
    number = tables = 0
    for sheet in sheets:
        number += not sheet.hidden
        blocks = read_html(sheet.text, max_cells, tables)
        tables += sum(isinstance(block, TableBlock) for block in blocks)
        if sheet.hidden:
            blocks = tuple(_hide(block) for block in blocks)
        shown = 0 if sheet.hidden or not sheet.name else number
        yield RawPage(shown, blocks, sheet.name, messages if sheet is sheets[0] else ())


def _read_page(data: bytes) -> list[WebSheet]:
    text = decode_page(data)
    if FRAMES.search(text):
        raise FileRefusedError("web_frames")
    sheets = list_sheets(text)
    return [WebSheet(text, sheets[0][0] if len(sheets) == 1 else "")]


def _hide(block: Block) -> Block:
    if isinstance(block, Paragraph):
        text = " ".join(filter(None, (block.text, block.unseen)))
        return Paragraph("", unseen=text, unseen_reason="hidden_sheet")
    rows = (TableRow(tuple(_hide_cell(cell) for cell in row.cells)) for row in block.rows)
    return TableBlock(tuple(rows))


def _hide_cell(cell: TableCell) -> TableCell:
    text = " ".join(filter(None, (cell.text, cell.unseen)))
    return replace(cell, text="", unseen=text, unseen_reason="hidden_sheet" if text else "")
