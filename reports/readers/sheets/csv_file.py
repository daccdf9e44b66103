"""CSV files: cells parted by any usual separator, below titles and a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.document import Paragraph
from reports.readers.raw_pages import RawPage, assemble_document, make_table
from reports.readers.refusal import make_refusal
from reports.readers.sheets.csv_fitting import fit_rows
from reports.readers.sheets.csv_rows import split_rows
from reports.readers.sheets.layout import find_heading_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Block, Document, ReadLimits
    from reports.readers.encodings.decoding import DecodedText
    from reports.readers.sheets.csv_dialect import CsvShape
    from reports.readers.text_tables import TextRow

_HEADING_LINES: Final = 3
"""How many lines of a heading may stand above the one whose words are known."""
_HEADING_LENGTH: Final = 120
_UNIT: Final = re.compile(r"don vi|dvt")


def build_csv_document(
    decoded: DecodedText, shape: CsvShape, data: bytes, name: str, limits: ReadLimits
) -> Document:
    """Return the document of a CSV text whose shape is known, its messages naming odd rows.

    Raises ``ReportLimitError`` for a text beyond the limits.
    """
    lines = decoded.text.split("\n")
    if shape.skipped:
        lines = ["", *lines[shape.skipped :]]
    rows: list[TextRow] = []
    count = 0
    for row in split_rows(lines, shape.dialect, shape.width):
        count += len(row.cells)
        if count > limits.max_cells:
            raise make_refusal("too_many_cells", name, limit=limits.max_cells)
        if any(map(str.strip, row.cells)):
            rows.append(row)
    start = _find_table_start(rows, shape.width)
    fitted = fit_rows(rows[start:], shape)
    page = RawPage(0, (*_list_titles(rows[:start]), make_table(fitted.rows)))
    return assemble_document(
        (page,),
        name=name,
        data=data,
        media="csv",
        page_count=1,
        messages=(*decoded.messages, *fitted.messages),
    )


def _find_table_start(rows: Sequence[TextRow], width: int) -> int:
    """Return the index of the first row of the heading, or of the first row that fills a table."""
    known = find_heading_row([row.cells for row in rows[:100]])
    if known is None:
        return next(
            (i for i, row in enumerate(rows) if 2 * _count_filled(row.cells) >= max(width, 3)), 0
        )
    start = known
    while start and known - start < _HEADING_LINES and _is_heading_line(rows[start - 1], width):
        start -= 1
    return start


def _is_heading_line(row: TextRow, width: int) -> bool:
    """Return True if a line above the known headings is one of them: heads over several columns."""
    filled = [(i, cell.strip()) for i, cell in enumerate(row.cells) if cell.strip()]
    if len(row.cells) < width or any(len(cell) > _HEADING_LENGTH for _, cell in filled):
        return False
    if len(filled) == 1:
        column, text = filled[0]
        return column > 1 and _UNIT.search(fold_text(text)) is None
    return not all(column < 2 for column, _ in filled)  # noqa: PLR2004 - number and name


def _list_titles(rows: Sequence[TextRow]) -> list[Block]:
    return [Paragraph(" ".join(filter(None, map(str.strip, row.cells)))) for row in rows]


def _count_filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())
