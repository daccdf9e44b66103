"""Rows of a CSV that are shorter or longer than their heading: put right or named, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import TableCell
from reports.readers.encodings.preview import format_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.sheets.csv_dialect import CsvShape
    from reports.readers.text_tables import TextRow

_NUMBER_PART: Final = re.compile(r"\s*[-+(<>≥≤]?\d[\d.]*")
_NUMBER_REST: Final = re.compile(r"\d{1,6}(?!\d).{0,20}")
_ROW_START: Final = re.compile(r"\s*\(?(?:\d{1,4}|[IVXLivxl]{1,5})(?:\.\d{1,2})*[.)/]?\s*")
_HEADING_LINES: Final = 5
_GROUP_CELLS: Final = 2
_SAMPLE: Final = 200
_LOOSE_SHARE: Final = 1 / 3


@dataclass
class FittedRows:
    """The rows of a table as cells, and messages that name the rows that did not fit."""

    rows: list[list[TableCell]] = field(default_factory=list)
    messages: tuple[str, ...] = ()


def fit_rows(rows: Sequence[TextRow], shape: CsvShape) -> FittedRows:
    """Return the rows of a table, heading first, as cells of its columns.

    Cells are joined where that can be done in one way only: a number or sentence that its own
    comma parted, a row that a line break parted. A row that stays too long is not read, for nobody
    knows which of its cells is whose.
    """
    return _Fitter(rows, shape).fit()


class _Fitter:
    def __init__(self, rows: Sequence[TextRow], shape: CsvShape) -> None:
        self.source = rows
        self.separator = shape.dialect.separator
        self.loose = self._have_loose_cells()
        self.heading = self._find_heading_end()
        self.width = self._find_width(shape.width)
        self.lines: dict[str, list[int]] = {"joined": [], "short": [], "long": []}
        self.sample = ""

    def fit(self) -> FittedRows:
        made = FittedRows()
        index = 0
        while index < len(self.source):
            row = self.source[index]
            cells = self._join_heading(row.cells) if index < self.heading else list(row.cells)
            while index + 1 < len(self.source) and self._goes_on(cells, index + 1):
                index += 1
                first, *rest = self.source[index].cells
                cells = [*cells[:-1], f"{cells[-1]}\n{first}", *rest]
                self._note("joined", row.first, f"{cells[-1 - len(rest)]}")
            made.rows.append(self._fit_row(cells, row.first))
            index += 1
        made.messages = tuple(
            t(
                f"reports.csv.{kind}",
                where=format_lines(lines),
                width=self.width,
                separator="tab" if self.separator == "\t" else self.separator,
                sample=self.sample,
            )
            for kind, lines in self.lines.items()
            if lines
        )
        return made

    def _note(self, kind: str, line: int, sample: str = "") -> None:
        self.lines[kind].append(line)
        self.sample = self.sample or " ".join(sample.split())[:60]

    def _have_loose_cells(self) -> bool:
        """Return True if cells usually begin with a blank, so that it tells nothing."""
        cells = [cell for row in self.source[:_SAMPLE] for cell in row.cells[1:] if cell.strip()]
        return sum(1 for cell in cells if cell[0] == " ") > _LOOSE_SHARE * len(cells)

    def _find_heading_end(self) -> int:
        """Return the index of the first row below the heading."""
        rows = self.source[1:_HEADING_LINES]
        numbered = (i for i, row in enumerate(rows, 1) if _ROW_START.fullmatch(row.cells[0]))
        return next(numbered, 1)

    def _join_heading(self, cells: Sequence[str]) -> list[str]:
        """Return a heading's cells; one that a comma and a blank parted is one again."""
        joined: list[str] = []
        for cell in cells:
            if joined and joined[-1].strip() and self._is_loose(cell):
                joined[-1] += self.separator + cell
            else:
                joined.append(cell)
        return joined

    def _is_loose(self, cell: str) -> bool:
        return not self.loose and cell[:1] == " " and bool(cell.strip())

    def _find_width(self, usual: int) -> int:
        """Return how many columns the table has: those of its heading, or of its rows.

        Where most rows have more cells than the heading, its last columns have no name, unless
        the extra cells come of a separator within a number or sentence.
        """
        if not self.source:
            return usual
        end = self.heading
        heads = (self._join_heading(row.cells) for row in self.source[:end])
        named = max(len(_cut_blank_end(cells)) for cells in heads)
        if usual <= named:
            return named
        rows = [row.cells for row in self.source[end:] if len(row.cells) == usual][:_SAMPLE]
        filled = [cells for cells in rows if any(map(str.strip, cells[named:]))]
        if not filled:
            return named
        joinable = sum(1 for cells in filled if len(self._find_joints(cells)) == usual - named)
        return named if 2 * joinable > len(filled) else usual

    def _goes_on(self, cells: Sequence[str], index: int) -> bool:
        """Return True if a row was broken within a cell that has no quotes."""
        following = self.source[index].cells
        if not 1 < len(cells) < self.width or len(cells) + len(following) - 1 != self.width:
            return False
        begin = following[0].strip()
        return bool(begin) and not _ROW_START.fullmatch(begin)

    def _fit_row(self, cells: list[str], line: int) -> list[TableCell]:
        cells = cells[: self.width] + _cut_blank_end(cells[self.width :])
        extra = len(cells) - self.width
        if extra > 0:
            places = self._find_joints(cells)
            if len(places) != extra:
                self._note("long", line)
                return _set_aside(cells, self.width)
            for place in reversed(places):
                joined = f"{cells[place]}{self.separator}{cells[place + 1]}"
                cells[place : place + 2] = [joined]
            self._note("joined", line, cells[places[0]])
        elif extra < 0 and sum(1 for cell in cells if cell.strip()) > _GROUP_CELLS:
            self._note("short", line)
        return [TableCell(cell) for cell in cells]

    def _find_joints(self, cells: Sequence[str]) -> list[int]:
        """Return after which cells the separator is one of a number or of a sentence."""
        return [
            index
            for index, (cell, after) in enumerate(pairwise(cells))
            if self._is_number(cell, after) or (self._is_loose(after) and cell.strip())
        ]

    def _is_number(self, cell: str, after: str) -> bool:
        return (
            self.separator == ","
            and _NUMBER_PART.fullmatch(cell) is not None
            and _NUMBER_REST.fullmatch(after) is not None
        )


def _set_aside(cells: Sequence[str], width: int) -> list[TableCell]:
    """Return a row of blank cells that hold what the file has in it."""
    held = [*cells[: width - 1], " ".join(cells[width - 1 :])]
    return [
        TableCell("", unseen=cell, unseen_reason="misfit" if cell.strip() else "") for cell in held
    ]


def _cut_blank_end(cells: Sequence[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return list(cells[:end])
