"""Text and Markdown from scans: lines in, blocks out.

A table is a run of lines with tabs, of lines with bars or in a frame, or of columns parted by
blanks. One row may run over several lines of the file where a list inside a cell was broken; such
lines are put back together by the tags they leave open and by the columns they lack. Everything
else is paragraphs; one that begins with a superscript number is the text of that footnote.
"""

from __future__ import annotations

import hashlib
import re
from statistics import mode
from typing import TYPE_CHECKING, Final

from reports.model.document import (
    OPTIONS,
    Document,
    Paragraph,
    ReadLimits,
    SourcePlace,
    TableBlock,
    TableCell,
    TableRow,
)
from reports.model.markup import (
    SUPERSCRIPT,
    SUPERSCRIPTS,
    count_open_lists,
    strip_cell_markup,
    strip_paragraph_markup,
)
from reports.readers.encodings.decoding import decode_bytes
from reports.readers.refusal import make_refusal
from reports.readers.text_tables import (
    AlignedTables,
    TextRow,
    is_table_line,
    may_be_aligned,
    read_framed_table,
    read_pipe_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import Block, ReadOptions
    from reports.readers.encodings.decoding import DecodedText

_ROW_START: Final = re.compile(r"\(?(?:\d{1,3}|[IVXLivxl]{1,5})(?:\.\d{1,2})*[.)]?")
_GROUP_START: Final = re.compile(r"[IVX]{1,5}[.)]\s")
_FOOTNOTE: Final = re.compile(rf"([{SUPERSCRIPT}]{{1,3}})\s*(?=\S)")
_ITEM: Final = re.compile(r"[-+*•–]\s")
_RULE: Final = re.compile(r"[-_=*\s]{3,}")
_TABS: Final = 2
_JOINED_LINES: Final = 40
LIMITS: Final = ReadLimits()


def read_text(
    data: bytes, name: str, options: ReadOptions = OPTIONS, limits: ReadLimits = LIMITS
) -> Document:
    """Return the document that a text or Markdown file holds; see ``messages`` for lost letters.

    Raises ``ReportLimitError`` for a text beyond the limits.
    """
    return build_text_document(decode_bytes(data, options.encoding), data, name, limits)


def build_text_document(
    decoded: DecodedText, data: bytes, name: str, limits: ReadLimits
) -> Document:
    """Return the document of a text whose encoding is known; as ``read_text``."""
    lines = decoded.text.split("\n")
    longest = max(map(len, lines))
    if longest > limits.max_line_length:
        raise make_refusal("line_too_long", name, count=longest, limit=limits.max_line_length)
    if sum(line.count("\t") for line in lines) > limits.max_cells:
        raise make_refusal("too_many_cells", name, limit=limits.max_cells)
    blocks: list[Block] = []
    cells = 0
    for block in _split_blocks(lines):
        blocks.append(block)
        if isinstance(block, TableBlock):
            cells += sum(len(row.cells) for row in block.rows)
            if cells > limits.max_cells:
                raise make_refusal("too_many_cells", name, limit=limits.max_cells)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media="text",
        pages=decoded.text.count("\f") + 1,
        blocks=tuple(blocks),
        messages=decoded.messages,
    )


def _split_blocks(lines: Sequence[str]) -> Iterator[Block]:
    index, tables = 0, 0
    region, aligned = _TabRegion(lines), AlignedTables(lines)
    while index < len(lines):
        line = lines[index]
        rows, end = _read_table(lines, index, region, aligned) if line.strip() else ([], index)
        if rows:
            tables += 1
            yield _make_table(rows, tables)
        elif line.strip():
            end = _find_paragraph_end(lines, index)
            paragraph = _make_paragraph(lines[index:end], index + 1)
            if paragraph.text:
                yield paragraph
        else:
            end = index + 1
        index = end


def _read_table(
    lines: Sequence[str], start: int, region: _TabRegion, aligned: AlignedTables
) -> tuple[list[TextRow], int]:
    """Return the rows of the table that begins in a line, and where it ends; none for none."""
    line = lines[start]
    if "|" in line:
        rows, end = read_pipe_table(lines, start)
        if rows:
            return rows, end
    if is_table_line(line):
        return read_framed_table(lines, start)
    if _is_tab_row(line):
        return region.read_rows(start)
    if may_be_aligned(line):
        return aligned.read(start)
    return [], start


def _is_tab_row(line: str) -> bool:
    return line.count("\t") >= _TABS or "\t" in line.strip()


class _TabRegion:
    """Lines up to a blank one or another table: how long rows with tabs usually are in them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._end = 0
        self._width = 0

    def read_rows(self, start: int) -> tuple[list[TextRow], int]:
        """Return the rows of a table that begins in a line with tabs, and where it ends."""
        if start >= self._end:
            self._measure(start)
        rows: list[TextRow] = []
        index = start
        while index < self._end:
            cells = self._lines[index].split("\t")
            if rows and _continues_cell(rows[-1], cells, self._width):
                known = rows[-1]
                known.cells[-1] += "\n" + cells[0]
                known.cells.extend(cells[1:])
                known.last = index + 1
            elif not _is_tab_row(self._lines[index]):
                break
            else:
                rows.append(TextRow(index + 1, index + 1, cells))
            index += 1
        return rows, index

    def _measure(self, start: int) -> None:
        end = start
        widths: list[int] = []
        while end < len(self._lines) and not is_table_line(self._lines[end]):
            line = self._lines[end]
            if _is_tab_row(line):
                widths.append(line.count("\t") + 1)
            elif not line.strip() or line[:1] == "\f":
                break
            end += 1
        self._end, self._width = end, mode(widths)


def _continues_cell(row: TextRow, cells: list[str], width: int) -> bool:
    """Return True if a line goes on with the last cell of the row before it."""
    known = row.cells
    if row.last - row.first >= _JOINED_LINES or len(known) + len(cells) - 1 > width:
        return False
    if len(known) == width and not count_open_lists(known[-1]) and not _ITEM.match(cells[0]):
        return False
    begin = cells[0].strip()
    if len(cells) == 1 and _GROUP_START.match(begin):
        return False
    return bool(begin) and not (len(cells) > 1 and _ROW_START.fullmatch(begin))


def _make_table(rows: Sequence[TextRow], number: int) -> TableBlock:
    made = tuple(_make_row(row, number, index) for index, row in enumerate(rows, 1))
    return TableBlock(made, SourcePlace(rows[0].first, rows[-1].last, table=number))


def _make_row(row: TextRow, table: int, index: int) -> TableRow:
    cells: list[TableCell] = []
    column = 1
    for position, text in enumerate(row.cells):
        place = SourcePlace(row.first, row.last, table=table, row=index, column=column)
        spans = row.spans[position] if row.spans else 1
        cells.append(TableCell(strip_cell_markup(text), place, spans))
        column += spans
    return TableRow(tuple(cells), SourcePlace(row.first, row.last, table=table, row=index))


def _find_paragraph_end(lines: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if not line.strip() or _is_tab_row(line) or is_table_line(line) or may_be_aligned(line):
            break
        if _ITEM.match(line) or _FOOTNOTE.match(line) or line.startswith("#"):
            break
        end += 1
    return end


def _make_paragraph(lines: Sequence[str], first: int) -> Paragraph:
    joined = "\n".join(lines)
    place = SourcePlace(first, first + len(lines) - 1)
    if _RULE.fullmatch(joined):
        return Paragraph("", place)
    text = strip_paragraph_markup(joined)
    mark = _FOOTNOTE.match(text)
    if mark:
        return Paragraph(text[mark.end() :], place, footnote=mark[1].translate(SUPERSCRIPTS))
    return Paragraph(text, place)
