"""Telling CSV from other text: what parts its cells, by headings or by rows of one length."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reports.readers.sheets.csv_rows import CsvDialect, split_rows
from reports.readers.sheets.layout import find_heading_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.text_tables import TextRow

_SEPARATORS: Final = (";", ",", "\t", "|", "^")
_SEP_LINE: Final = re.compile(r'"?sep=(.|\\t)"?[;,\t ]*', re.IGNORECASE)
_SAMPLE_LINES: Final = 200
_SAMPLE_LENGTH: Final = 400_000
_EVEN_SHARE: Final = 0.5
_EVEN_WITHOUT_HEADING: Final = 0.7
_FEWEST_ROWS: Final = 3
_KNOWN_CELLS: Final = 3
_FEWEST_CELLS: Final = {",": 3}
_LONGEST_CELL: Final = 120
"""On the average; sentences are longer."""
_LOOSE_SHARE: Final = 0.3
"""Commas of sentences have a blank after them, those between cells seldom."""
_QUOTED_SHARE: Final = 0.3


@dataclass(frozen=True)
class CsvShape:
    """How a CSV text is written, how many of its lines say so, and its usual row length."""

    dialect: CsvDialect
    width: int
    skipped: int = 0


def find_csv_shape(text: str) -> CsvShape | None:
    """Return how a text that is CSV is written, ``None`` for any other text.

    It is CSV when it says so (``sep=;``), when a heading row stands near its beginning and most
    lines have as many cells, or when nearly all lines have: the headings need not be known.
    """
    lines = text[:_SAMPLE_LENGTH].split("\n")[:_SAMPLE_LINES]
    said = _SEP_LINE.fullmatch(lines[0].strip("\r \ufeff")) if lines else None
    if said is not None:
        separator = "\t" if said[1] == "\\t" else said[1]
        dialect = _find_quotes(lines[1:], separator)
        rows = _list_rows(lines[1:], dialect)
        return CsvShape(dialect, _find_width(rows), skipped=1)
    found: list[tuple[tuple[bool, float, int], CsvShape]] = []
    for separator in _SEPARATORS:
        if separator not in text[:_SAMPLE_LENGTH]:
            continue
        dialect = _find_quotes(lines, separator)
        rows = _list_rows(lines, dialect)
        width = _find_width(rows)
        rating = _rate_rows(rows, width, separator)
        if rating is not None:
            found.append((rating, CsvShape(dialect, width)))
    return max(found, key=lambda each: each[0])[1] if found else None


def _list_rows(lines: Sequence[str], dialect: CsvDialect) -> list[TextRow]:
    rows = split_rows(lines, dialect)
    return [row for row in rows if any(cell.strip() for cell in row.cells)]


def _find_width(rows: Sequence[TextRow]) -> int:
    """Return how many cells most rows have; of two lengths that are as frequent the larger."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _rate_rows(
    rows: Sequence[TextRow], width: int, separator: str
) -> tuple[bool, float, int] | None:
    """Return how well rows look like a table, for comparison; ``None`` where they do not."""
    if width < 2 or _are_framed(rows, separator):  # noqa: PLR2004 - one cell is no table
        return None
    heading = find_heading_row([row.cells for row in rows])
    start = next(i for i, row in enumerate(rows) if len(row.cells) == width)
    below = rows[min(heading, start) if heading is not None else start :]
    even = sum(1 for row in below if len(row.cells) == width)
    share = even / len(below)
    if (heading is None or share < 1) and _are_paragraphs(below, separator):
        return None
    if heading is not None:
        least = max(_KNOWN_CELLS, len(rows[heading].cells) // 2)
        near = sum(1 for row in below if len(row.cells) >= least)
        if share > _EVEN_SHARE or (
            near > _EVEN_SHARE * len(below) and not _are_sentences(below, separator)
        ):
            return True, share, width
    if share < _EVEN_WITHOUT_HEADING or even < _FEWEST_ROWS:
        return None
    if width < _FEWEST_CELLS.get(separator, 2) or _are_sentences(below, separator):
        return None
    return False, share, width


def _are_framed(rows: Sequence[TextRow], separator: str) -> bool:
    """Return True for tables of Markdown, whose lines begin with a bar: the text reader's."""
    if separator != "|":
        return False
    framed = sum(1 for row in rows if len(row.cells) > 1 and not row.cells[0].strip())
    return framed > _EVEN_SHARE * len(rows)


def _are_sentences(rows: Sequence[TextRow], separator: str) -> bool:
    cells = [cell for row in rows for cell in row.cells]
    if sum(map(len, cells)) > _LONGEST_CELL * len(cells):
        return True
    after = [cell for row in rows for cell in row.cells[1:] if cell]
    loose = sum(1 for cell in after if cell.startswith(" "))
    return separator in ",;" and loose > _LOOSE_SHARE * len(after)


def _are_paragraphs(rows: Sequence[TextRow], separator: str) -> bool:
    """Return True if most rows end as sentences do, and what parts them is a sentence's."""
    ends = [row.cells[-1].rstrip(' \r"”’)') for row in rows]
    closed = sum(1 for end in ends if end.endswith((".", "!", "?")))
    return closed > _EVEN_SHARE * len(rows) and _are_sentences(rows, separator)


def _find_quotes(lines: Sequence[str], separator: str) -> CsvDialect:
    """Return the dialect of the lines: which quotation marks they have, and how one is escaped."""
    cells = [cell.strip() for line in lines for cell in line.split(separator)]
    filled = sum(map(bool, cells))
    single = sum(1 for cell in cells if len(cell) > 1 and cell[0] == "'" == cell[-1])
    quote = "'" if single and single > _QUOTED_SHARE * filled else '"'
    text = "\n".join(lines)
    sign = re.escape(separator)
    end = rf"\s*(?:{sign}|\n|$)"
    standard = CsvDialect(separator, quote, escaped=False)
    if not re.search(rf"\\{quote}(?!{end})", text):
        return standard
    # A doubled mark is the rule; another way is taken only where the text breaks that rule.
    doubled = re.search(rf"[^{sign}\s]{quote}{quote}[^{sign}\s{quote}]", text) is not None
    return standard if doubled or _is_standard(text, standard) else replace(standard, escaped=True)


def _is_standard(text: str, dialect: CsvDialect) -> bool:
    """Return True if every quotation mark inside a cell in quotes is doubled."""
    try:
        for _ in csv.reader(
            io.StringIO(text, newline=""),
            delimiter=dialect.separator,
            quotechar=dialect.quote,
            strict=True,
        ):
            pass
    except csv.Error:
        return False
    return True
