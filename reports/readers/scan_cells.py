"""Reading the cells of a scanned table; numbers twice, with a low confidence where they differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from reports.readers.grid import ink
from reports.readers.ocr import read_regions, words_of
from reports.readers.page_text import cell_text
from reports.readers.parts import FoundCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.grid import Box
    from reports.readers.page_text import Word

UNREAD: Final = "?"
"""Stands, with confidence 0, where something is written that could not be read."""

_INSET: Final = 3
_PAD: Final = 8
_FEWEST_DARK: Final = 12
_DIGIT: Final = re.compile(r"\d")
_NUMBER_SIGNS: Final = re.compile(r"[\d.,\s]+")
_NUMBER_SHARE: Final = 0.5
_NUMBER_LENGTH: Final = 24
_DIFFERENT: Final = 0.3
"""The most that a number is trusted when its two readings differ."""
_AGREED: Final = 0.75
"""The least that a number is trusted when two models read the same."""
_DASH_HEIGHT: Final = 12
_ENLARGED: Final = 1.5


def read_cells(picture: np.ndarray, boxes: Sequence[Box], deadline: float) -> dict[Box, FoundCell]:
    """Return the text of each cell that holds ink, with its confidence."""
    dark = ink(picture)
    inner = {box: region for box in boxes if (region := _written_part(dark, box)) is not None}
    order = list(inner)
    if not order:
        return {}
    lines = read_regions(picture, [inner[box] for box in order], deadline)
    words = {box: words_of(found) for box, found in zip(order, lines, strict=True)}
    missed = [box for box in order if not words[box] and not _is_dash(inner[box])]
    if missed:
        regions = [inner[box] for box in missed]
        again = read_regions(picture, regions, deadline, scale=_ENLARGED)
        words |= {box: words_of(found) for box, found in zip(missed, again, strict=True)}
    cells = {box: _cell(words[box], inner[box]) for box in order}
    return cells | _numbers(picture, cells, inner, deadline)


def _numbers(
    picture: np.ndarray, cells: dict[Box, FoundCell], inner: dict[Box, Box], deadline: float
) -> dict[Box, FoundCell]:
    """Return the cells that hold a number alone, read a second time by another model."""
    numbers = [box for box, cell in cells.items() if _is_number(cell.text)]
    if not numbers:
        return {}
    regions = [inner[box] for box in numbers]
    again = read_regions(picture, regions, deadline, digits=True, scale=_ENLARGED)
    checked: dict[Box, FoundCell] = {}
    for box, found in zip(numbers, again, strict=True):
        cell, words = cells[box], words_of(found)
        second = cell_text(words)
        same = _bare(second) == _bare(cell.text)
        sure = min([cell.confidence, *(word.confidence for word in words)])
        if same and _NUMBER_SIGNS.fullmatch(cell.text):
            checked[box] = FoundCell(cell.text, 1, max(sure, _AGREED))
        else:
            checked[box] = FoundCell(cell.text, 1, min(cell.confidence, _DIFFERENT))
    return checked


def _cell(words: Sequence[Word], region: Box) -> FoundCell:
    if not words:
        return FoundCell("-") if _is_dash(region) else FoundCell(UNREAD, 1, 0.0)
    text = cell_text(words)
    if _is_number(text):
        return FoundCell(text, 1, min(word.confidence for word in words))
    letters = sum(len(word.text) for word in words)
    sure = sum(word.confidence * len(word.text) for word in words) / letters
    return FoundCell(text, 1, round(sure, 3))


def _written_part(dark: np.ndarray, box: Box) -> Box | None:
    """Return the part of a cell that holds ink, with some paper around it; ``None`` for none."""
    left, top, right, bottom = box
    left, top, right, bottom = left + _INSET, top + _INSET, right - _INSET, bottom - _INSET
    inside = dark[top:bottom, left:right]
    if inside.size == 0 or int(inside.sum()) < _FEWEST_DARK:
        return None
    rows = np.flatnonzero(inside.any(axis=1))
    columns = np.flatnonzero(inside.any(axis=0))
    return (
        max(left, left + int(columns[0]) - _PAD),
        max(top, top + int(rows[0]) - _PAD),
        min(right, left + int(columns[-1]) + 1 + _PAD),
        min(bottom, top + int(rows[-1]) + 1 + _PAD),
    )


def _is_dash(region: Box) -> bool:
    left, top, right, bottom = region
    height, width = bottom - top - 2 * _PAD, right - left - 2 * _PAD
    return height <= _DASH_HEIGHT and 1 < width / max(height, 1) < 12  # noqa: PLR2004


def _is_number(text: str) -> bool:
    """Say whether a cell is a number and nothing else, some signs perhaps misread."""
    bare = "".join(text.split())
    if not bare or len(bare) > _NUMBER_LENGTH:
        return False
    return len(_DIGIT.findall(bare)) >= _NUMBER_SHARE * len(bare) and "%" not in bare


def _bare(text: str) -> str:
    return "".join(text.split())
