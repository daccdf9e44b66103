"""CSV files: cells parted by a separator, below a table heading."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from reports.model.document import OPTIONS, TableCell
from reports.readers.encodings import decode_text
from reports.readers.raw_pages import RawPage, assemble_document
from reports.readers.refusal import make_refusal
from reports.readers.sheets.layout import Rows, find_heading_row, split_sheet

if TYPE_CHECKING:
    from reports.model.document import Document, ReadLimits, ReadOptions

_DELIMITERS: Final = (";", ",", "\t")
_SAMPLE_LINES: Final = 200
_EVEN_SHARE: Final = 0.5


def read_csv(
    data: bytes,
    name: str,
    limits: ReadLimits,
    options: ReadOptions = OPTIONS,  # noqa: ARG001
) -> Document:
    """Return the document of a CSV file: any of the encodings that Excel writes; ``;``, ``,``, tab.

    Raises ``ReportError`` for a file without a table heading or beyond the limits.
    """
    text = decode_text(data)
    delimiter = detect_delimiter(text)
    if delimiter is None:
        raise make_refusal("not_a_report", name)
    rows: Rows = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            if cells > limits.max_cells:
                raise make_refusal("too_many_cells", name, limit=limits.max_cells)
            if any(cell.strip() for cell in row):
                rows.append(tuple(TableCell(cell) for cell in row))
    except csv.Error as fault:
        raise make_refusal("damaged", name) from fault
    page = RawPage(0, split_sheet(rows))
    return assemble_document((page,), name=name, data=data, media="csv", page_count=1)


def detect_delimiter(text: str) -> str | None:
    """Return what parts the cells of a text that is CSV, ``None`` for any other text.

    It is CSV when a heading row stands near its beginning and most lines have as many cells.
    """
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        heading_index = find_heading_row(rows)
        if heading_index is None:
            continue
        below = rows[heading_index:]
        even = sum(1 for row in below if len(row) == len(rows[heading_index]))
        if even == len(below) or (delimiter != "\t" and even > _EVEN_SHARE * len(below)):
            return delimiter
    return None
