"""Tables drawn in text: bars and dashes, frames of box signs, columns that stand under each other.

Each function takes lines and where to begin, and returns the rows it finds there and where the
table ends; no rows where none begins. Each reads its lines once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR: Final = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_PIPES: Final = 3
_BARS: Final = "|│┃║"
_RULE: Final = re.compile(r"[-+=─━═┄┅|│┃║┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫╭╮╰╯\s]{3,}")
_FRAME_SIGN: Final = re.compile(r"[+┌├└┏┣┗╔╠╚╒╓╘╙╞╟╭╰─━═]")
_BAR: Final = re.compile(f"[{_BARS}]")
_EDGES: Final = f"{_BARS}+├┤┼┣┫╠╣╞╡╟╢"
_PART_RULE: Final = re.compile(r"[+├┼┣╠╞╟][-=─━═]{2,}")
"""In a line with words: a rule under some of the columns only."""
_GAP: Final = re.compile(r" {2,}")
_CHUNK: Final = re.compile(r"\S+(?: \S+)*")
_FEWEST_LINES: Final = 3
_FEWEST_COLUMNS: Final = 3
_WIDEST_LINE: Final = 2000
_REGULAR_SHARE: Final = 0.6


@dataclass
class TextRow:
    """A row and the lines (1-based) of the file it stands in.

    ``spans`` are how many columns its cells cover, one each where there are none.
    """

    first: int
    last: int
    cells: list[str]
    spans: Sequence[int] = ()


def read_pipe_table(lines: Sequence[str], start: int) -> tuple[list[TextRow], int]:
    """Return a Markdown table; the dashes under a header belong to the row above them."""
    outer = _is_pipe_row(lines[start])
    if not outer and not _is_pipe_header(lines, start):
        return [], start
    rows: list[TextRow] = []
    end = start
    while end < len(lines) and (_is_pipe_row(lines[end]) if outer else "|" in lines[end]):
        line = lines[end].strip()
        if _SEPARATOR.fullmatch(line) and rows:
            rows[-1].last = end + 1
        else:
            whole = line.replace("\\|", "\u0001")
            whole = whole.removeprefix("|").removesuffix("|")
            cells = [cell.replace("\u0001", "|") for cell in whole.split("|")]
            rows.append(TextRow(end + 1, end + 1, cells))
        end += 1
    return rows, end


def read_framed_table(lines: Sequence[str], start: int) -> tuple[list[TextRow], int]:
    """Return a table in a frame of ``+---+`` or of box signs; a cell may go over several lines."""
    if not _is_frame(lines[start]):
        return [], start
    end = start
    groups: list[list[int]] = [[]]
    while end < len(lines) and (_is_frame(lines[end]) or _is_framed_row(lines[end])):
        if _is_frame(lines[end]) or _PART_RULE.search(lines[end]):
            groups.append([])
        else:
            groups[-1].append(end)
        end += 1
    groups = [group for group in groups if group]
    if not groups:
        return [], start
    edges = sorted({bar for group in groups for index in group for bar in _find_bars(lines[index])})
    ruled = len(groups) > 2 or max(map(len, groups)) == 1  # noqa: PLR2004 - a head and a body
    rows: list[TextRow] = []
    for number, group in enumerate(groups):
        whole = ruled or (number == 0 and len(groups) > 1)
        for index in group:
            row = _read_framed_row(lines[index], index, edges)
            goes_on = whole and index > group[0]
            if not whole and rows and index > group[0] and not row.cells[0]:
                goes_on = True  # the number's cell is blank: a cell of the row before goes on
            if goes_on and rows[-1].spans == row.spans:
                _join_rows(rows[-1], row)
            else:
                rows.append(row)
    return rows, end


class AlignedTables:
    """Tables whose columns are parted by blanks: at least three, under each other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._refused = 0
        """Up to this line there is none: lines are looked through once."""

    def read(self, start: int) -> tuple[list[TextRow], int]:
        """Return the rows of the table that begins in a line, and where it ends."""
        if start < self._refused:
            return [], start
        end = self._find_end(start)
        columns = _find_columns(self._lines[start:end]) if end > start else []
        if len(columns) < _FEWEST_COLUMNS:
            return [], start
        rows: list[TextRow] = []
        for index in range(start, end):
            if _RULE.fullmatch(self._lines[index].strip()):
                if rows:
                    rows[-1].last = index + 1
                continue
            cells = _cut_at_columns(self._lines[index], columns)
            rows.append(TextRow(index + 1, index + 1, cells))
        self._refused = 0 if rows else end
        return rows, end

    def _find_end(self, start: int) -> int:
        """Return where the lines end that may be a table; ``start`` where they are none."""
        end, regular, longest = start, 0, 0
        while end < len(self._lines):
            line = self._lines[end]
            if not line or line.isspace() or "\t" in line:
                break
            regular += _count_gaps(line) >= _FEWEST_COLUMNS - 1
            longest = max(longest, len(line))
            end += 1
        self._refused = end
        enough = regular >= _FEWEST_LINES and regular >= _REGULAR_SHARE * (end - start)
        return end if enough and longest <= _WIDEST_LINE else start


def may_be_aligned(line: str) -> bool:
    """Return True if a line has cells parted by blanks, as the first of an aligned table has."""
    return "  " in line and _count_gaps(line) >= _FEWEST_COLUMNS - 1


def is_table_line(line: str) -> bool:
    """Return True if a line is one of a drawn table, so that no paragraph goes on in it."""
    return _is_pipe_row(line) or _is_frame(line)


def _is_pipe_row(line: str) -> bool:
    stripped = line.strip()
    return stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") >= _PIPES


def _is_pipe_header(lines: Sequence[str], start: int) -> bool:
    below = lines[start + 1].strip() if start + 1 < len(lines) else ""
    return "|" in lines[start] and "|" in below and _SEPARATOR.fullmatch(below) is not None


def _is_frame(line: str) -> bool:
    stripped = line.strip()
    if len(stripped) < _PIPES or _FRAME_SIGN.match(stripped) is None:
        return False
    return len(set(stripped)) > 1 and _RULE.fullmatch(stripped) is not None


def _is_framed_row(line: str) -> bool:
    stripped = line.strip()
    return len(stripped) > 1 and stripped[0] in _EDGES and stripped[-1] in _EDGES


def _find_bars(line: str) -> list[int]:
    return [match.start() for match in _BAR.finditer(line)]


def _read_framed_row(line: str, index: int, edges: Sequence[int]) -> TextRow:
    """Return a line as a row; a cell between bars that others have bars between covers more."""
    bars = _find_bars(line)
    rank = {edge: number for number, edge in enumerate(edges)}
    cells = [line[left + 1 : right].strip() for left, right in pairwise(bars)]
    spans = [rank[right] - rank[left] for left, right in pairwise(bars)]
    return TextRow(index + 1, index + 1, cells, spans)


def _join_rows(row: TextRow, more: TextRow) -> None:
    row.cells = [" ".join(filter(None, pair)) for pair in zip(row.cells, more.cells, strict=True)]
    row.last = more.last


def _count_gaps(line: str) -> int:
    return len(_GAP.findall(line.strip()))


def _find_columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return from where to where columns go: where lines with all cells have letters."""
    most = max(map(_count_gaps, lines))
    full = [line for line in lines if _count_gaps(line) >= max(_FEWEST_COLUMNS - 1, most - 2)]
    filled = bytearray(max(map(len, lines)) + 2)
    for line in full:
        for match in _CHUNK.finditer(line):
            filled[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return [match.span() for match in re.finditer(rb"\x01+(?:\x00\x01+)*", filled)]


def _cut_at_columns(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    """Return the cells of a line: each piece in the column that it overlaps or stands next to."""
    cells = [""] * len(columns)
    for match in _CHUNK.finditer(line):
        number = max(
            range(len(columns)),
            key=lambda n: min(match.end(), columns[n][1]) - max(match.start(), columns[n][0]),
        )
        touched = [n for n, (a, b) in enumerate(columns) if match.start() < b and match.end() > a]
        number = touched[0] if touched else number
        cells[number] = f"{cells[number]} {match[0]}".strip()
    return cells
