"""The pages of a PDF with a text layer, by pdfplumber: runs in the process that reads pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pdfplumber
import pypdfium2
from pdfplumber.table import Table, TableFinder, TableSettings
from pdfplumber.utils.text import extract_words

from reports.model.document import TableCell
from reports.readers.raw_pages import RawPage, make_table
from reports.readers.refusal import FileRefusedError
from reports.readers.text_layout import PageWord, group_paragraphs, join_cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reports.model.document import Block, TableBlock

_SETTINGS: Final = TableSettings.resolve(
    {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": 3}
)
_WORDS: Final[dict[str, Any]] = {
    "x_tolerance_ratio": 0.15,
    "y_tolerance": 2,
    "extra_attrs": ["size"],
    "use_text_flow": False,
}
_MAX_CHARS: Final = 60_000
"""On one page; a full page of small print has some 8,000."""
_MAX_LINES: Final = 20_000
_PASSWORD: Final = 4
_EDGE: Final = 2.0
_RIGHT: Final = 0.85
"""Full lines end at least this far across the page."""


def read_pdf_pages(path: Path, *, max_pages: int) -> Iterator[dict[str, Any] | RawPage]:
    """Yield ``{"count": pages}``, then each page; pages without text have no parts.

    Raises ``FileRefusedError`` for a file that is locked, damaged or has too many pages.
    """
    count = count_pages(path)
    if count > max_pages:
        raise FileRefusedError("too_many_pages", pages=count, limit=max_pages)
    yield {"count": count}
    try:
        with pdfplumber.open(path) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                yield RawPage(number, tuple(_read_parts(page, number)))
                page.close()
    except (FileRefusedError, MemoryError, GeneratorExit):
        raise
    except Exception as fault:  # pdfminer raises anything on a damaged file
        raise FileRefusedError("damaged") from fault


def count_pages(path: Path) -> int:
    """Return the number of pages. Raises ``FileRefusedError`` for a locked or damaged file."""
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as fault:
        locked = getattr(fault, "err_code", None) == _PASSWORD
        raise FileRefusedError("encrypted_pdf" if locked else "damaged") from fault
    try:
        count = len(pdf)
    finally:
        pdf.close()
    if not count:
        raise FileRefusedError("damaged")
    return int(count)


def _read_parts(page: Any, number: int) -> Iterator[Block]:
    """Yield the page's paragraphs and tables from top to bottom."""
    if len(page.chars) > _MAX_CHARS or len(page.edges) > _MAX_LINES:
        raise FileRefusedError("page_too_full", page=number)
    if not page.chars:
        return
    page = page.dedupe_chars(tolerance=1)
    words = [_make_word(word) for word in extract_words(page.chars, **_WORDS)]
    tables = sorted(
        (table for table in TableFinder(page, _SETTINGS).tables if _is_table(table)),
        key=lambda table: table.bbox[1],
    )
    outside = [word for word in words if not any(_is_within(word, t.bbox) for t in tables)]
    right = max(_RIGHT * float(page.width), *(word.x1 for word in words), 0.0)
    top = 0.0
    for table in tables:
        above = [word for word in outside if top <= word.middle < table.bbox[1]]
        yield from group_paragraphs(above, right)
        yield _read_table(table, page.chars)
        top = max(top, table.bbox[1])
    yield from group_paragraphs([word for word in outside if word.middle >= top], right)


def _is_table(table: Table) -> bool:
    """Return True if a ruled area is a table: a frame around a paragraph is none."""
    return len(table.cells) > 1


def _read_table(table: Table, chars: Sequence[dict[str, Any]]) -> TableBlock:
    x0, top, x1, bottom = table.bbox
    inside = [
        char
        for char in chars
        if x0 <= (char["x0"] + char["x1"]) / 2 <= x1
        and top <= (char["top"] + char["bottom"]) / 2 <= bottom
    ]
    edges = sorted({cell[0] for cell in table.cells})
    return make_table(tuple(_read_cells(row.cells, edges, inside)) for row in table.rows)


def _read_cells(
    boxes: Sequence[tuple[float, float, float, float] | None],
    edges: Sequence[float],
    chars: Sequence[dict[str, Any]],
) -> Iterator[TableCell]:
    """Yield a row's cells; where the cell above reaches down into the row it is empty."""
    covered = float("-inf")
    for edge, box in zip(edges, boxes, strict=True):
        if box is not None:
            spans = sum(1 for other in edges if box[0] <= other < box[2] - _EDGE)
            covered = box[2]
            yield TableCell(_read_text_in(box, chars), spans=max(1, spans))
        elif edge >= covered - _EDGE:
            yield TableCell("")


def _read_text_in(box: tuple[float, float, float, float], chars: Sequence[dict[str, Any]]) -> str:
    x0, top, x1, bottom = box
    own = [
        char
        for char in chars
        if x0 <= (char["x0"] + char["x1"]) / 2 < x1
        and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]
    return (
        join_cell_text([_make_word(word) for word in extract_words(own, **_WORDS)]) if own else ""
    )


def _make_word(word: dict[str, Any]) -> PageWord:
    return PageWord(
        text=str(word["text"]),
        x0=float(word["x0"]),
        x1=float(word["x1"]),
        top=float(word["top"]),
        bottom=float(word["bottom"]),
        size=float(word["size"]),
    )


def _is_within(word: PageWord, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= word.middle <= box[3]
