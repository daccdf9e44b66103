"""Reading the cells of a scanned table; numbers twice, with a low confidence where they differ."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from reports.model.document import TableCell
from reports.readers.ocr.roman_numerals import LIKE_ROMAN, read_roman_before_slash, read_roman_mark
from reports.readers.ocr.table_grid import binarise_picture
from reports.readers.ocr.tesseract import list_words, read_regions
from reports.readers.text_layout import join_cell_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.ocr.table_grid import Box
    from reports.readers.text_layout import PageWord

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
_REDUCED: Final = 0.75
_WEAK: Final = 0.88
_QUARTER: Final = re.compile(r"qu[ýyíi]$", re.IGNORECASE)
_MARK_LENGTH: Final = 6
_SHORT_MARK: Final = 3
_WORD_AT_MOST: Final = 0.7
_LEAST_SURE: Final = 0.3
_HEADINGS: Final = frozenset({"STT", "TT", "SỐ", "MÃ"})
_MARK_WIDTH: Final = 4
"""The most that a mark is as wide as high."""


def read_cells(
    picture: np.ndarray, boxes: Sequence[Box], marks: frozenset[Box], deadline: float
) -> dict[Box, TableCell]:
    """Return the text of each cell that holds ink, with its confidence.

    ``marks`` are the cells of the first column: running numbers, and Roman ones of groups.
    """
    dark = binarise_picture(picture)
    inner = {box: region for box in boxes if (region := _find_ink_box(dark, box)) is not None}
    order = list(inner)
    if not order:
        return {}
    words: dict[Box, list[PageWord]] = {}
    for group in ([b for b in order if b not in marks], [b for b in order if b in marks]):
        lines = read_regions(picture, [inner[box] for box in group], deadline)
        words |= {box: list_words(box_lines) for box, box_lines in zip(group, lines, strict=True)}
    missed = [box for box in order if not words[box] and not _is_dash(inner[box])]
    if missed:
        regions = [inner[box] for box in missed]
        again = read_regions(picture, regions, deadline, scale=_ENLARGED)
        words |= {box: list_words(box_lines) for box, box_lines in zip(missed, again, strict=True)}
    words = {box: _restore_quarters(box_words, dark) for box, box_words in words.items()}
    cells = {box: _make_cell(words[box], inner[box]) for box in order}
    cells |= _reread_weak_cells(picture, dark, cells, inner, deadline)
    cells |= _reread_numbers(picture, cells, inner, deadline)
    first = {box: inner[box] for box in order if box in marks}
    cells |= _read_group_marks(picture, dark, cells, first, deadline)
    return cells | _read_running_numbers(picture, cells, first, deadline)


def _reread_weak_cells(
    picture: np.ndarray,
    dark: np.ndarray,
    cells: dict[Box, TableCell],
    inner: dict[Box, Box],
    deadline: float,
) -> dict[Box, TableCell]:
    """Return the cells whose reading was weak and is surer among fewer neighbours, smaller."""
    weak = [box for box, cell in cells.items() if cell.confidence < _WEAK]
    regions = [inner[box] for box in weak]
    again = read_regions(picture, regions, deadline, scale=_REDUCED)
    better: dict[Box, TableCell] = {}
    for box, lines in zip(weak, again, strict=True):
        cell = _make_cell(_restore_quarters(list_words(lines), dark), inner[box])
        if cell.confidence > cells[box].confidence:
            better[box] = cell
    return better


def _reread_numbers(
    picture: np.ndarray, cells: dict[Box, TableCell], inner: dict[Box, Box], deadline: float
) -> dict[Box, TableCell]:
    """Return the cells that hold a number alone, read a second time by another model."""
    numbers = [box for box, cell in cells.items() if _is_number(cell.text)]
    if not numbers:
        return {}
    regions = [inner[box] for box in numbers]
    again = read_regions(picture, regions, deadline, digits=True, scale=_ENLARGED)
    checked: dict[Box, TableCell] = {}
    for box, lines in zip(numbers, again, strict=True):
        cell, words = cells[box], list_words(lines)
        second = join_cell_text(words)
        same = _strip_spaces(second) == _strip_spaces(cell.text)
        sure = min([cell.confidence, *(word.confidence for word in words)])
        if same and _NUMBER_SIGNS.fullmatch(cell.text):
            checked[box] = TableCell(cell.text, confidence=max(sure, _AGREED))
        else:
            checked[box] = TableCell(cell.text, confidence=min(cell.confidence, _DIFFERENT))
    return checked


def _read_group_marks(
    picture: np.ndarray,
    dark: np.ndarray,
    cells: dict[Box, TableCell],
    marks: dict[Box, Box],
    deadline: float,
) -> dict[Box, TableCell]:
    """Return the cells that hold a group's Roman number (II, II.1), told by their strokes."""
    numerals: dict[Box, str] = {}
    rest: dict[Box, Box] = {}
    for box, (left, top, right, bottom) in marks.items():
        cell = cells[box]
        if len(_strip_spaces(cell.text)) > _MARK_LENGTH or right - left > _MARK_WIDTH * (
            bottom - top
        ):
            continue
        numeral, after = read_roman_mark(dark[top:bottom, left:right])
        plain = _NUMBER_SIGNS.fullmatch(cell.text) and cell.confidence >= _AGREED
        if not numeral or (plain and not after and set(cell.text) != {"1"}):
            continue
        if after:
            rest[box] = (left + after, top, right, bottom)
        elif not LIKE_ROMAN.fullmatch(_strip_spaces(cell.text)) and cell.text != UNREAD:
            continue
        numerals[box] = numeral
    digits = read_regions(picture, list(rest.values()), deadline, digits=True, scale=_ENLARGED)
    made = {box: TableCell(numeral, confidence=_AGREED) for box, numeral in numerals.items()}
    for box, lines in zip(rest, digits, strict=True):
        number = _strip_spaces(join_cell_text(list_words(lines))).strip(".,")
        if number:
            made[box] = TableCell(f"{numerals[box]}.{number}", confidence=_AGREED)
        else:
            made[box] = TableCell(
                cells[box].text, confidence=min(cells[box].confidence, _DIFFERENT)
            )
    return made


def _read_running_numbers(
    picture: np.ndarray, cells: dict[Box, TableCell], marks: dict[Box, Box], deadline: float
) -> dict[Box, TableCell]:
    """Return the short marks that are neither figure nor numeral, read as figures alone."""
    unclear = {
        box: region
        for box, region in marks.items()
        if not re.search(r"[\dIVX]", cells[box].text)
        and _strip_spaces(cells[box].text).upper() not in _HEADINGS
        and len(_strip_spaces(cells[box].text)) <= _SHORT_MARK
    }
    made: dict[Box, TableCell] = {}
    for scale in (1.0, _ENLARGED):
        regions = list(unclear.values())
        again = read_regions(picture, regions, deadline, digits=True, scale=scale)
        for box, lines in zip(list(unclear), again, strict=True):
            words = list_words(lines)
            number = _strip_spaces(join_cell_text(words)).strip(".,")
            sure = min((word.confidence for word in words), default=0.0)
            if number.isdigit() and len(number) <= _SHORT_MARK and sure >= _LEAST_SURE:
                made[box] = TableCell(number, confidence=min(_WORD_AT_MOST, sure))
                del unclear[box]
    return made


def _restore_quarters(words: Sequence[PageWord], dark: np.ndarray) -> list[PageWord]:
    """Return the words with the Roman quarter of each ``quý II/2026`` told by its strokes.

    Where it cannot be told the word keeps its letters with a low confidence.
    """
    result = list(words)
    for index in range(1, len(result)):
        word = result[index]
        before, slash, after = word.text.partition("/")
        if not (slash and _QUARTER.search(result[index - 1].text) and LIKE_ROMAN.fullmatch(before)):
            continue
        top, bottom = max(0, int(word.top)), int(word.bottom) + 1
        left, right = max(0, int(word.x0) - 2), int(word.x1) + 2
        numeral = read_roman_before_slash(dark[top:bottom, left:right])
        if numeral and numeral != "V" and ("V" in before) == ("V" in numeral):
            result[index] = replace(word, text=f"{numeral}/{after}", confidence=_AGREED)
        else:
            result[index] = replace(word, confidence=min(word.confidence, _DIFFERENT))
    return result


def _make_cell(words: Sequence[PageWord], region: Box) -> TableCell:
    if not words:
        return TableCell("-") if _is_dash(region) else TableCell(UNREAD, confidence=0.0)
    text = join_cell_text(words)
    if _is_number(text):
        return TableCell(text, confidence=min(word.confidence for word in words))
    letters = sum(len(word.text) for word in words)
    sure = sum(word.confidence * len(word.text) for word in words) / letters
    if any("/" in word.text and word.confidence <= _DIFFERENT for word in words):
        sure = min(sure, _DIFFERENT)
    return TableCell(text, confidence=round(sure, 3))


def _find_ink_box(dark: np.ndarray, box: Box) -> Box | None:
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
    """Return True if a cell is a number and nothing else, some signs perhaps misread."""
    bare = "".join(text.split())
    if not bare or len(bare) > _NUMBER_LENGTH:
        return False
    return len(_DIGIT.findall(bare)) >= _NUMBER_SHARE * len(bare) and "%" not in bare


def _strip_spaces(text: str) -> str:
    return "".join(text.split())
