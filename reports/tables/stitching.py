"""Tables over pages: parts put together, repeated headers dropped, broken rows and cells joined.

``stitch_tables`` works on a ``Document`` of any format. Every table line (``TableRow``) gets one
fate: ``row``, ``header`` (group headings and totals too) or ``queue``; nothing is left without one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz import fuzz

from geo.text import fold_text
from reports.model.document import Paragraph
from reports.tables.headings import find_column_key, find_column_keys, is_number_heading
from reports.tables.stitched_table import NUMBER_MARK, STATED_COUNT, StitchedRow, StitchedTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Document, TableBlock, TableCell, TableRow


Kind = Literal["row", "section", "total", "more", "blank", "header", "unattached"]

_LONGEST_HEADING: Final = 160
_LONGEST_MARK: Final = 8
_SAME_HEADER: Final = 85
_FEWEST_KNOWN: Final = 3
_ROMAN: Final = re.compile(r"[ivxl|1]{1,5}(?:\s?\.\s?[\dil|]{1,2})*\s?\.?")
_ARABIC_PART: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")
_TOTAL: Final = re.compile(r"(?:tong so|tong cong|tong)\b")
_PAGE_NUMBER: Final = re.compile(
    r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE
)


def stitch_tables(document: Document) -> tuple[StitchedTable, ...]:
    """Return the tables of a document; every line of its table blocks is in exactly one of them."""
    tables: list[StitchedTable] = []
    apart = True
    title = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if not block.footnote and not _PAGE_NUMBER.fullmatch(block.text.strip()):
                apart, title = True, block.text
            continue
        before = tables[-1] if tables else None
        header = _find_header_rows(block.rows)
        if header:
            table = _find_same_table(before, header, apart=apart)
            if table is None:
                table = _start_table(header, title)
                tables.append(table)
            left = _drop_header(table, block.rows)
        elif (
            before is not None
            and before.keys
            and not (apart and _measure_width(block) != _count_columns(before))
        ):
            table, left = before, list(block.rows)
        else:
            table = StitchedTable((), (), title=title)
            tables.append(table)
            left = list(block.rows)
        _take_lines(table, left)
        apart = False
    return tuple(tables)


def _position_cells(row: TableRow) -> list[tuple[int, TableCell]]:
    """Return the cells with the column (from 0) that each begins in."""
    column, cells = 0, []
    for cell in row.cells:
        cells.append((column, cell))
        column += max(1, cell.spans)
    return cells


def _count_columns(table: StitchedTable) -> int:
    return len(table.headings)


def _measure_width(block: TableBlock) -> int:
    return max((sum(max(1, cell.spans) for cell in row.cells) for row in block.rows), default=0)


def _find_header_rows(rows: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows that head a block: the one with known headings and those under it."""
    if not rows or not _is_header(rows[0]):
        return []
    header = [rows[0]]
    for row in rows[1:]:
        by_column = {column: cell.text for column, cell in _position_cells(row) if cell.text}
        again = _is_header(row) or _are_alike(_fold_words(row), _fold_words(rows[0]))
        if by_column and (again or not ({0, 1} & set(by_column))):
            header.append(row)
        else:
            break
    return header


def _is_header(row: TableRow) -> bool:
    texts = [cell.text for cell in row.cells if cell.text]
    known = sum(1 for text in texts if len(text) < _LONGEST_HEADING and find_column_key(text))
    numbered = bool(texts) and is_number_heading(texts[0])
    return known >= (_FEWEST_KNOWN - 1 if numbered else _FEWEST_KNOWN)


def _fold_words(row: TableRow) -> str:
    return " ".join(fold_text(" ".join(cell.text for cell in row.cells if cell.text)).split())


def _are_alike(text: str, other: str) -> bool:
    return bool(text and other) and fuzz.ratio(text, other, score_cutoff=_SAME_HEADER) > 0


def _find_same_table(
    before: StitchedTable | None, header: Sequence[TableRow], *, apart: bool
) -> StitchedTable | None:
    """Return the table that a block with this header goes on with, if it does."""
    if before is None or not before.header_pattern:
        return None
    if apart and any(row.kind == "row" for row in before.rows):
        return None
    return before if _are_alike(_fold_words(header[0]), before.header_pattern[0]) else None


def _start_table(header: Sequence[TableRow], title: str) -> StitchedTable:
    headings: dict[int, list[str]] = {}
    for row in header:
        for column, cell in _position_cells(row):
            known = headings.setdefault(column, [])
            if cell.text and cell.text not in known:
                known.append(cell.text)
    width = max(headings, default=0) + 1
    texts = tuple(" ".join(headings.get(column, [])) for column in range(width))
    return StitchedTable(
        texts,
        find_column_keys(texts),
        header_pattern=[_fold_words(row) for row in header],
        title=title,
    )


def _drop_header(table: StitchedTable, rows: Sequence[TableRow]) -> list[TableRow]:
    """Put the header's lines with the table's; return the rest of the block."""
    count = 0
    for row in rows:
        words = _fold_words(row)
        if not any(_are_alike(words, known) for known in table.header_pattern):
            break
        table.header_lines.append(row)
        count += 1
    return list(rows[count:])


def _take_lines(table: StitchedTable, lines: Sequence[TableRow]) -> None:
    for line in lines:
        texts = {column: cell for column, cell in _position_cells(line) if cell.text}
        kind, mark = _classify_line(table, texts)
        if kind == "blank":
            _get_last_lines(table).append(line)
        elif kind == "header":
            table.header_lines.append(line)
        elif kind == "unattached" or (kind == "more" and not table.rows):
            table.unattached.append(line)
        elif kind == "more":
            _extend_row(table.rows[-1], line, texts)
        else:
            cells = {column: [cell] for column, cell in texts.items()}
            table.rows.append(StitchedRow(kind, mark, cells, [line]))


def _get_last_lines(table: StitchedTable) -> list[TableRow]:
    return table.rows[-1].lines if table.rows else table.header_lines


def _extend_row(row: StitchedRow, line: TableRow, texts: dict[int, TableCell]) -> None:
    for column, cell in texts.items():
        row.cells.setdefault(column, []).append(cell)
    row.lines.append(line)


def _classify_line(  # noqa: PLR0911
    table: StitchedTable, texts: dict[int, TableCell]
) -> tuple[Kind, str]:
    """Return what a line is, and its mark (number or group) where it has one."""
    if not texts:
        return "blank", ""
    if not table.keys:
        return "unattached", ""
    mark = texts[0].text.strip() if 0 in texts else ""
    others = set(texts) - {0, 1}
    name = fold_text(texts[1].text) if 1 in texts else ""
    if not mark:
        if 1 in texts and not others and _TOTAL.match(name):
            return "total", ""
        starts = table.rows and table.rows[-1].kind != "row" and 1 in texts and others
        first = not table.rows and 1 in texts
        if starts or first or _is_new_row(table, texts):
            return "row", ""
        return "more", ""
    if any(
        _are_alike(" ".join(fold_text(c.text) for c in texts.values()), k)
        for k in table.header_pattern
    ):
        return "header", ""
    if _TOTAL.match(fold_text(mark)) and len(texts) == 1:
        return "total", ""
    return _classify_marked_line(table, mark, name, others)


def _classify_marked_line(
    table: StitchedTable, mark: str, name: str, others: set[int]
) -> tuple[Kind, str]:
    numbered = bool(NUMBER_MARK.fullmatch(mark))
    group = bool(_ROMAN.fullmatch(fold_text(mark)) or _ARABIC_PART.fullmatch(mark))
    heading = numbered and (STATED_COUNT.search(name) or table.column("investment") is None)
    if not others and name and (group or (heading and not mark.startswith("("))):
        return "section", _clean_mark(mark) if not numbered else mark
    if numbered:
        return "row", mark
    if not others and not name:
        return ("section", "") if len(mark) >= _LONGEST_MARK else ("unattached", "")
    is_project = table.column("investment") is not None
    return ("unattached", "") if is_project and len(mark) > _LONGEST_MARK else ("row", mark)


def _is_new_row(table: StitchedTable, texts: dict[int, TableCell]) -> bool:
    """Return True if a line without a number is a project whose number was lost."""
    needed = [table.column("name"), table.column("investment"), table.column("location")]
    return None not in needed and all(column in texts for column in needed if column is not None)


def _clean_mark(mark: str) -> str:
    head, *parts = [part.strip() for part in mark.rstrip(". ").split(".")]
    roman = re.sub(r"[L|1]", "I", fold_text(head).upper())
    return ".".join([roman, *(re.sub(r"[l|I]", "1", part) for part in parts)])
