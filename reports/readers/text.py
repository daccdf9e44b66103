"""Text and Markdown from scans: lines in, blocks out.

A table is a run of lines with tabs, or of Markdown lines with pipes. One row may run over several
lines of the file where a list inside a cell was broken; such lines are put back together by the
tags they leave open and by the columns they lack. Everything else is paragraphs; one that begins
with a superscript number is the text of that footnote.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from statistics import mode
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import (
    OPTIONS,
    Document,
    Paragraph,
    SourcePlace,
    TableBlock,
    TableCell,
    TableRow,
)
from reports.model.document_head import add_document_metadata
from reports.model.markup import (
    SUPERSCRIPT,
    SUPERSCRIPTS,
    count_open_lists,
    strip_cell_markup,
    strip_paragraph_markup,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.document import Block, ReadOptions

_ROW_START: Final = re.compile(r"\(?(?:\d{1,3}|[IVXLivxl]{1,5})(?:\.\d{1,2})*[.)]?")
_SEPARATOR: Final = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_FOOTNOTE: Final = re.compile(rf"([{SUPERSCRIPT}]{{1,3}})\s*(?=\S)")
_ITEM: Final = re.compile(r"[-+*•–]\s")
_RULE: Final = re.compile(r"[-_=*\s]{3,}")
_TABS: Final = 2
_PIPES: Final = 3
_JOINED_LINES: Final = 40
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(
    data: bytes,
    name: str,
    options: ReadOptions = OPTIONS,  # noqa: ARG001
) -> Document:
    """Return the document that a text or Markdown file holds. It never refuses: see ``messages``.

    Bytes that are no UTF-8 are read as far as they go and the document says so.
    """
    text, messages = _decode_text(data)
    lines = re.sub(r"\r\n?", "\n", text).split("\n")
    blocks = tuple(_split_blocks(lines))
    document = Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media="text",
        pages=text.count("\f") + 1,
        blocks=blocks,
        messages=messages,
    )
    return add_document_metadata(document)


def _decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as fault:
        return data.decode("utf-8", "replace"), (t("reports.read.not_utf8", byte=fault.start),)


def _split_blocks(lines: Sequence[str]) -> Iterator[Block]:
    index, tables = 0, 0
    while index < len(lines):
        line = lines[index]
        if _is_pipe_row(line):
            end = index + 1
            while end < len(lines) and _is_pipe_row(lines[end]):
                end += 1
            tables += 1
            yield _read_pipe_table(lines[index:end], index + 1, tables)
        elif _is_tab_row(line):
            rows, end = _read_tab_rows(lines, index)
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


def _is_tab_row(line: str) -> bool:
    return line.count("\t") >= _TABS or "\t" in line.strip()


def _is_pipe_row(line: str) -> bool:
    stripped = line.strip()
    return stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") >= _PIPES


def _read_tab_rows(
    lines: Sequence[str], start: int
) -> tuple[list[tuple[int, int, list[str]]], int]:
    """Return rows as (first line, last line, cells), lines 1-based, and where the table ends."""
    end = start
    widths: list[int] = []
    while end < len(lines) and not _is_pipe_row(lines[end]):
        if _is_tab_row(lines[end]):
            widths.append(lines[end].count("\t") + 1)
        elif not lines[end].strip() or lines[end][:1] == "\f":
            break
        end += 1
    width = mode(widths)
    rows: list[tuple[int, int, list[str]]] = []
    index = start
    while index < end:
        cells = lines[index].split("\t")
        if rows and _continues_cell(rows[-1], cells, width):
            first, _, known = rows[-1]
            known[-1] += "\n" + cells[0]
            known.extend(cells[1:])
            rows[-1] = (first, index + 1, known)
        elif not _is_tab_row(lines[index]):
            break
        else:
            rows.append((index + 1, index + 1, cells))
        index += 1
    return rows, index


def _continues_cell(row: tuple[int, int, list[str]], cells: list[str], width: int) -> bool:
    """Return True if a line goes on with the last cell of the row before it."""
    first, last, known = row
    if last - first >= _JOINED_LINES or len(known) + len(cells) - 1 > width:
        return False
    if len(known) == width and not count_open_lists(known[-1]) and not _ITEM.match(cells[0]):
        return False
    begin = cells[0].strip()
    return bool(begin) and not (len(cells) > 1 and _ROW_START.fullmatch(begin))


def _make_table(rows: Sequence[tuple[int, int, list[str]]], number: int) -> TableBlock:
    made: list[TableRow] = []
    for index, (first, last, cells) in enumerate(rows, 1):
        made.append(_make_row(cells, first, last, number, index))
    place = SourcePlace(rows[0][0], rows[-1][1], table=number)
    return TableBlock(tuple(made), place)


def _make_row(cells: Sequence[str], first: int, last: int, table: int, index: int) -> TableRow:
    return TableRow(
        tuple(
            TableCell(
                strip_cell_markup(cell),
                SourcePlace(first, last, table=table, row=index, column=column),
            )
            for column, cell in enumerate(cells, 1)
        ),
        SourcePlace(first, last, table=table, row=index),
    )


def _read_pipe_table(lines: Sequence[str], first_line: int, number: int) -> TableBlock:
    """Return a Markdown table; the dashes under a header belong to the row above them."""
    rows: list[tuple[int, int, list[str]]] = []
    for line_number, line in enumerate(lines, first_line):
        if _SEPARATOR.fullmatch(line.strip()) and rows:
            rows[-1] = (rows[-1][0], line_number, rows[-1][2])
        else:
            cells = line.strip()[1:-1].replace("\\|", "\u0001").split("|")
            rows.append((line_number, line_number, [cell.replace("\u0001", "|") for cell in cells]))
    return _make_table(rows, number)


def _find_paragraph_end(lines: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if not line.strip() or _is_tab_row(line) or _is_pipe_row(line):
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
