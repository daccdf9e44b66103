"""The rows that head a table: where they begin and end, and the heading of each column.

A heading has one to four lines. Heads over several columns are joined with those below them
("Kết quả thực hiện · Quý II"); units in brackets and rows of column numbers belong to it.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from geo.text import fold_text
from reports.grammar.columns.meanings import iterate_understood
from reports.tables.grid.headings import find_column_key, is_number_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import TableCell, TableRow

_LONGEST_HEADING: Final = 160
_FEWEST_KNOWN: Final = 3
_FEWEST_MEANT: Final = 2
_FEWEST_LINES: Final = 3
_LONGEST_GUESSED: Final = 80
_FIGURE: Final = re.compile(r"(?<!\w)\W{0,2}\d[\d.,]*")
_MOST_LINES: Final = 4
_KNOWN_SHARE: Final = 0.6
_SAME_HEADER: Final = 85
_COLUMN_NUMBER: Final = re.compile(
    r"[\[(]?\s*(?:\d{1,2}|[a-zđ])\s*[\])]?(?:\s*=\s*[\d\s()+\-*/x:=a-z]+)?", re.IGNORECASE
)
_UNIT: Final = re.compile(r"\([^()\d]{1,24}\)|%")
_DATA: Final = re.compile(r"\d[\d.,]*\s*%|\d{1,3}(?:[.,]\d{3})+|^\d+(?:[.,]\d+)?$")
_MARK: Final = re.compile(
    r"\(?\s*(?:\d{1,4}|[ivxl]{1,5}|[a-zđ])(?:\.\d{1,2})*\s*[).\\/]?", re.IGNORECASE
)


def position_cells(row: TableRow) -> list[tuple[int, TableCell]]:
    """Return the cells with the column (from 0) that each begins in."""
    column, cells = 0, []
    for cell in row.cells:
        cells.append((column, cell))
        column += max(1, cell.spans)
    return cells


def fold_words(row: TableRow) -> str:
    """Return all words of a row, folded."""
    return " ".join(fold_text(row.text).split())


def are_alike(text: str, other: str) -> bool:
    """Return True if two folded rows are the same heading but for letters misread."""
    return bool(text and other) and fuzz.ratio(text, other, score_cutoff=_SAME_HEADER) > 0


def is_column_numbers(row: TableRow) -> bool:
    """Return True if a row numbers the columns: 1 2 3 …, (1) (2) …, A B 1 2, (5)=(3)+(4)."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    if len(texts) < max(_FEWEST_KNOWN, (len(row.cells) + 1) // 2):
        return False
    if not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.match(r"\d+", text.strip("[( ")))]
    rises = all(after > before for before, after in pairwise(numbers))
    return rises and len(numbers) >= len(texts) - 3 and (not numbers or numbers[0] <= 3)  # noqa: PLR2004


def is_header_row(row: TableRow, *, inside: bool = False) -> bool:
    """Return True if a row's own words are those of headings.

    ``inside`` a table, below rows of data, more is asked: there a line may just hold such words.
    """
    texts = [cell.text for cell in row.cells if cell.text]
    if not texts or any(len(text) > 2 * _LONGEST_HEADING for text in texts):
        return False
    marked = bool(_MARK.fullmatch(texts[0].strip())) and not is_number_heading(texts[0])
    keys = [find_column_key(text) for text in texts if len(text) < _LONGEST_HEADING]
    known = len(set(keys) - {""})
    if is_number_heading(texts[0]):
        return known >= _FEWEST_KNOWN - 1 or _are_meant(texts)
    if any(_DATA.search(text) for text in texts[marked:]) or (marked and inside):
        return False
    if marked:  # a scan may read STT as a number
        return known > _FEWEST_KNOWN and known >= _KNOWN_SHARE * len(texts)
    if not inside:
        return known >= _FEWEST_KNOWN or _are_meant(texts)
    return known > _FEWEST_KNOWN and known >= _KNOWN_SHARE * len(texts)


def _are_meant(texts: Sequence[str]) -> bool:
    """Return True if most texts are headings of some table, one of them of what rows are about."""
    short = [text for text in texts if len(text) < _LONGEST_HEADING]
    roles = [meaning.role for meaning in iterate_understood(short)]
    about = {"name", "place", "body"} & set(roles)
    return bool(about) and len(roles) >= _FEWEST_MEANT and len(roles) >= _KNOWN_SHARE * len(texts)


def measure_header(rows: Sequence[TableRow], start: int, *, inside: bool = False) -> int:
    """Return how many rows from ``start`` on head a table; 0 where none begins there."""
    if start >= len(rows):
        return 0
    first = _find_first_line(rows, start, inside=inside)
    if not first:
        return 0
    end = start + first
    reach = max(
        (start + i + cell.row_spans for i in range(first) for cell in rows[start + i].cells
         if cell.text),
        default=end,
    )  # fmt: skip
    pattern = fold_words(rows[start])
    while end < len(rows) and end - start < _MOST_LINES + 2:
        row = rows[end]
        if not _goes_on(row, pattern, within=end < min(reach, start + _MOST_LINES)):
            break
        end += 1
    return end - start


def guess_header(rows: Sequence[TableRow]) -> int:
    """Return how many rows seem to head others, of which none is a heading that is known.

    It is the first row with the lines of units below it ("(tỷ đồng)"), or none.
    All of its cells hold different words and no figure, and below most of one of them stand
    figures. What its columns mean, a person has to say.
    """
    if len(rows) < _FEWEST_LINES:
        return 0
    heads = {column: cell.text.strip() for column, cell in position_cells(rows[0])}
    words = [text for text in heads.values() if text]
    width = max(row.width for row in rows)
    plain = all(len(text) <= _LONGEST_GUESSED and not _FIGURE.search(text) for text in words)
    if len(words) < _FEWEST_KNOWN or len(words) < width - 1 or not plain:
        return 0
    if len({fold_text(text) for text in words}) < len(words):
        return 0
    below = [dict(position_cells(row)) for row in rows[1:]]
    if not any(_holds_figures(below, column) for column in heads if column):
        return 0
    return 1 + sum(1 for _ in takewhile(_is_line_of_units, rows[1:]))


def _is_line_of_units(row: TableRow) -> bool:
    """Return True for a line that holds units in brackets only."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return bool(texts) and all(_UNIT.fullmatch(text) for text in texts)


def _holds_figures(lines: Sequence[dict[int, TableCell]], column: int) -> bool:
    """Return True if most lines begin with a number in a column."""
    texts = (line[column].text.strip() for line in lines if column in line)
    figures = sum(bool(_FIGURE.match(text)) for text in texts)
    return figures > _KNOWN_SHARE * len(lines)


def _find_first_line(rows: Sequence[TableRow], start: int, *, inside: bool) -> int:
    """Return the lines up to the one with known headings; heads over several columns may lead."""
    if is_header_row(rows[start], inside=inside):
        return 1
    if inside:
        return 0
    if _is_line_over_all(rows[start]):
        return 0
    for count in range(2, _MOST_LINES):
        lines = rows[start : start + count]
        if len(lines) < count or any(_looks_like_data(line) for line in lines):
            return 0
        texts = [text for text in join_headings(lines) if text]
        keys = {find_column_key(text) for text in texts if len(text) < _LONGEST_HEADING} - {""}
        spans = any(cell.spans > 1 or cell.row_spans > 1 for cell in lines[0].cells if cell.text)
        known = len(keys) >= _FEWEST_KNOWN and "name" in keys
        if spans and (known or _are_meant(texts)):
            return count
    return 0


def _is_line_over_all(row: TableRow) -> bool:
    """Return True for one text over most of a table: its title or unit, no head of columns."""
    texts = [(column, cell) for column, cell in position_cells(row) if cell.text]
    return len(texts) == 1 and texts[0][0] <= 1 and texts[0][1].spans > _KNOWN_SHARE * row.width


def _looks_like_data(row: TableRow) -> bool:
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    if not texts:
        return True
    return any(len(text) > _LONGEST_HEADING or _DATA.search(text) for text in texts)


def _goes_on(row: TableRow, pattern: str, *, within: bool) -> bool:
    """Return True if a row below a heading's first line is still heading."""
    by_column = {column: cell.text for column, cell in position_cells(row) if cell.text}
    if not by_column:
        return within
    if is_column_numbers(row):
        return True
    marks = by_column.get(0, "").strip()
    if _MARK.fullmatch(marks) and not is_number_heading(marks):
        return False
    if is_header_row(row) or are_alike(fold_words(row), pattern):
        return True
    if within and not any(_DATA.search(text) for text in by_column.values()):
        return True
    return not ({0, 1} & set(by_column))


def join_headings(rows: Sequence[TableRow]) -> tuple[str, ...]:
    """Return the heading of each column, from the lines of the header that cover it.

    A head over several columns is set before each of theirs with a middle dot. Where the file
    does not say how far a head reaches (CSV), an empty place beside it, with a heading below,
    belongs to it.
    """
    lines = [row for row in rows if not is_column_numbers(row)]
    width = max((row.width for row in rows), default=0)
    filled = [{column for column, c in position_cells(row) if c.text} for row in lines]
    parts: list[list[str]] = [[] for _ in range(width)]
    joints: list[set[int]] = [set() for _ in range(width)]
    for depth, row in enumerate(lines):
        below = set().union(*filled[depth + 1 :]) if depth + 1 < len(lines) else set()
        reach = _find_reach(row, below, width)
        for column, cell in position_cells(row):
            if not cell.text:
                continue
            covered = range(column, reach[column])
            over = len(covered) > 1 and any(c in below for c in covered)
            for place in covered if over else (column,):
                if cell.text not in parts[place]:
                    parts[place].append(cell.text)
                    if over:
                        joints[place].add(len(parts[place]))
    return tuple(_join_parts(parts[c], joints[c]) for c in range(width))


def _find_reach(row: TableRow, below: set[int], width: int) -> dict[int, int]:
    """Return for each text's column the column after its last."""
    cells = position_cells(row)
    starts = [column for column, cell in cells if cell.text]
    reach: dict[int, int] = {}
    for column, cell in cells:
        if not cell.text:
            continue
        end = column + max(1, cell.spans)
        stop = next((start for start in starts if start > column), width)
        merged = {c for c, other in cells if other.merged}
        if cell.spans == 1 and column in below:
            while end < stop and end in below and end not in merged:
                end += 1
        reach[column] = min(end, width)
    return reach


def _join_parts(parts: Sequence[str], joints: set[int]) -> str:
    text = ""
    for index, part in enumerate(parts):
        text += (" · " if index in joints else " ") * bool(text) + part
    return text
