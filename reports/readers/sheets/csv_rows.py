"""Lines of a CSV text as rows of cells, whatever its quotes: linear in size, never refusing.

A quotation mark opens a cell only where a cell begins and a mark that can close it is found within
what one cell may hold; anywhere else it is a sign like any other (``12" pipe``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reports.readers.text_tables import TextRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_CELL: Final = 32_767
"""What a cell of Excel holds at most."""


@dataclass(frozen=True)
class CsvDialect:
    """How a CSV text is written; ``escaped``: a mark within quotes has a backslash before it."""

    separator: str
    quote: str = '"'
    escaped: bool = False


def split_rows(lines: Sequence[str], dialect: CsvDialect, width: int = 0) -> Iterator[TextRow]:
    """Yield the rows of lines; ``width`` is how many cells a row usually has, 0 if not known."""
    index = 0
    while index < len(lines):
        line = lines[index]
        if dialect.quote not in line:
            cells, end = line.split(dialect.separator), index + 1
        else:
            cells, end = _read_quoted_row(lines, index, dialect)
            if end > index + 1 and width and len(cells) != width:
                plain = line.split(dialect.separator)
                if len(plain) == width:  # the mark was no quotation mark
                    cells, end = plain, index + 1
        yield TextRow(index + 1, end, cells)
        index = end


def _read_quoted_row(
    lines: Sequence[str], start: int, dialect: CsvDialect
) -> tuple[list[str], int]:
    """Return the cells of a row and the index of the line after it."""
    opening, _ = _get_patterns(dialect)
    cells: list[str] = []
    text, end, position = lines[start], start + 1, 0
    while True:
        opened = opening.match(text, position)
        if opened is not None:
            whole, after = text, end
            closing = _find_closing(whole, opened.end(), dialect)
            while closing == _OPEN and after < len(lines):
                searched = len(whole)
                whole, after = f"{whole}\n{lines[after]}", after + 1
                if len(whole) - opened.end() > _LONGEST_CELL:
                    break
                # Only what was added is looked through again, from the mark before it at most.
                closing = _find_closing(whole, max(opened.end(), searched), dialect)
            if closing >= 0:
                text, end = whole, after
                cells.append(_unquote(text[opened.end() : closing], dialect))
                position = text.find(dialect.separator, closing)
                if position < 0:
                    return cells, end
                position += len(dialect.separator)
                continue
        stop = text.find(dialect.separator, position)
        if stop < 0:
            cells.append(text[position:])
            return cells, end
        cells.append(text[position:stop])
        position = stop + len(dialect.separator)


_OPEN: Final = -1
_STRAY: Final = -2


def _find_closing(text: str, start: int, dialect: CsvDialect) -> int:
    """Return where a quoted cell is closed; that it is still open, or that nothing opened it."""
    quote, separator = dialect.quote, dialect.separator
    for match in _get_patterns(dialect)[1].finditer(text, start):
        if len(match[0]) > 1:
            continue
        rest = match.end()
        while rest < len(text) and text[rest] == " ":
            rest += 1
        if rest == len(text) or text[rest] == "\n" or text.startswith(separator, rest):
            return match.start()
        before = match.start() - 1
        while before >= start and text[before] == " ":
            before -= 1
        if before >= start and (text[before] == "\n" or text[before] == separator[-1]):
            return _STRAY  # here a cell is opened, so none was open
    return _OPEN if quote else _STRAY


def _unquote(text: str, dialect: CsvDialect) -> str:
    if dialect.escaped:
        text = re.sub(r"\\([\\\"'])", r"\1", text)
    return text.replace(dialect.quote * 2, dialect.quote)


@lru_cache(maxsize=64)
def _get_patterns(dialect: CsvDialect) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what opens a cell, and what within it may be its end."""
    quote = re.escape(dialect.quote)
    within = rf"\\.|{quote}{quote}|{quote}" if dialect.escaped else f"{quote}{quote}|{quote}"
    return re.compile(f" *{quote}"), re.compile(within, re.DOTALL)
