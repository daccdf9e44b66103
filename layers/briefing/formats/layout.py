"""Measures of the official layout (Decree 30/2020/NĐ-CP, appendix I), shared by both writers.

Lengths in millimetres, type in points.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from geo.i18n import t

if TYPE_CHECKING:
    from layers.briefing.document import Align, AnnexTable

PAGE_WIDTH: Final = 210
PAGE_HEIGHT: Final = 297
TOP: Final = 20
BOTTOM: Final = 20
LEFT: Final = 30
RIGHT: Final = 20
HEADER: Final = 10
HEAD_COLUMNS: Final = (62, 98)
"""The issuing body on the left, the country and its motto on the right."""

COUNTRY_PT: Final = 12
MOTTO_PT: Final = 13
NUMBER_PT: Final = 13
TITLE_PT: Final = 14
BODY_PT: Final = 13
TABLE_PT: Final = 10
RECIPIENTS_PT: Final = 11
INDENT: Final = 12.7
AFTER_PT: Final = 6
TIGHT_AFTER_PT: Final = 2
TIGHT_SPARE: Final = 6
"""Left free at the foot of a tight page of the PDF, for Word breaks lines a little differently."""

MOTTO_RULE: Final = 58
"""As long as the motto at its size."""

LEGEND_WIDTH: Final = 57
"""Of the legend beside a map, with the room between."""

SMALL_PT: Final = 9
"""Of notes after the signature."""

FIGURES_IN_LINE: Final = 3
FIGURE_PT: Final = 15
"""Of a figure that stands out."""

WHOLE_CHARS: Final = 900
"""A row of a table is kept on one page unless a cell of the table has more letters than these."""

TEXT_CHARS: Final = 5000
LEAD_CHARS: Final = 500
CELL_CHARS: Final = 1200
"""Letters of a paragraph, of its beginning and of a table's cell; more is cut, and marked so."""

_LETTER: Final = 0.49
_CAPITAL: Final = 0.7
"""Rough widths of a letter, in parts of the type's size."""

_MM_PER_PT: Final = 25.4 / 72
_ROW_MM: Final = 11.0
_SOURCE_PART: Final = 0.12


def compute_rule_length(text: str, size_pt: float, room: float) -> float:
    """Return how long the line under a text is: two fifths of it, at most of the column."""
    return round(min(_estimate_width(text, size_pt), room) * 0.4, 1)


def balance_lines(text: str, size_pt: float, room: float) -> list[str]:
    """Return a name in one line, or in two of about the same length where one has no room.

    Without a name there is no line.
    """
    words = text.split()
    if not words:
        return []
    if _estimate_width(text, size_pt) <= room or len(words) == 1:
        return [text]
    middle = len(text) / 2
    ends = list(accumulate(len(word) + 1 for word in words[:-1]))
    split = 1 + min(range(len(ends)), key=lambda end: abs(ends[end] - middle))
    return [" ".join(words[:split]), " ".join(words[split:])]


def head_columns(table: AnnexTable, language: str) -> tuple[list[str], list[Align]]:
    """Return the titles of a table's columns, number and sources with them, and their alignment."""
    titles = [t("briefing.column.row", language), *(column.title for column in table.columns)]
    aligns: list[Align] = ["center", *(column.align for column in table.columns)]
    if table.cited:
        titles.append(t("briefing.column.source", language))
        aligns.append("left")
    return titles, aligns


def compute_column_widths(table: AnnexTable, page_width: float = PAGE_HEIGHT) -> list[float]:
    """Return the widths of a table's columns in millimetres, by default on a landscape page.

    The row's number and the sources have their own; the others share what is left.
    """
    room = page_width - LEFT - RIGHT
    source = round(room * _SOURCE_PART, 1) if table.cited else 0.0
    left = room - _ROW_MM - source
    whole = sum(column.width for column in table.columns)
    shared = [round(left * column.width / whole, 1) for column in table.columns]
    return [_ROW_MM, *shared, *([source] if table.cited else [])]


def _estimate_width(text: str, size_pt: float) -> float:
    letters = sum(_CAPITAL if letter.isupper() else _LETTER for letter in text)
    return letters * size_pt * _MM_PER_PT
