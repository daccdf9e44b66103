"""Ruling lines in a picture: solid ones, and those made of dashes or dots."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL: Final = 0.96
"""Of a solid line's length so much is ink; broken by noise it is less."""
_THICKEST: Final = 18
_BAND: Final = 8
_CLEAR: Final = 5
"""Pixels at 300 dots per inch: a dash is no thicker, and letters keep so far from it."""
_GAP: Final = 40
_LENGTH: Final = 240
_FEWEST: Final = 6
_FILLED: Final = 0.15
_LONGEST: Final = 90
_ALIKE: Final = 0.35
_MOST: Final = 0.65
"""So much of the pieces are as long as the usual one, within its part ``_ALIKE`` or 3 pixels."""
_CROSSED: Final = 0.35
"""Lines that cross it are at most such a part of its pieces."""
_NEAR: Final = 3
_ROUNDING: Final = 3

Line = tuple[int, int, int]
"""Row, first and last column."""


def find_solid_lines(dark: np.ndarray, length: int) -> list[Line]:
    """Return the straight lines along the rows as (row, from, to), thick ones once."""
    height, width = dark.shape
    if width <= length or not height:
        return []
    near = dark.copy()
    near[1:] |= dark[:-1]
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(near, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) >= _FULL * length
    lines: list[list[int]] = []
    open_lines: list[list[int]] = []
    for row in np.flatnonzero(full.any(axis=1)):
        padded = np.concatenate(([0], full[row].astype(np.int8), [0]))
        change = np.flatnonzero(np.diff(padded))
        now: list[list[int]] = []
        for begin, end in zip(change[::2], change[1::2] + length - 1, strict=True):
            for line in open_lines:
                if row - line[3] <= 2 and begin <= line[2] and end >= line[1]:  # noqa: PLR2004
                    line[1], line[2] = min(line[1], int(begin)), max(line[2], int(end))
                    line[3] = int(row)
                    break
            else:
                line = [int(row), int(begin), int(end), int(row)]
                lines.append(line)
                now.append(line)
        open_lines = [line for line in open_lines if row - line[3] <= 2] + now  # noqa: PLR2004
    return [
        ((first + last) // 2, begin, end)
        for first, begin, end, last in lines
        if last - first < _THICKEST
    ]


def find_broken_lines(dark: np.ndarray) -> list[Line]:
    """Return the dashed and dotted lines along the rows of a page.

    They are thin pieces of one length and at one distance, with paper around.
    """
    height, width = dark.shape
    reach = _BAND + 2 * _CLEAR
    if height <= reach or width <= _LENGTH:
        return []
    sums = np.zeros((height + 1, width), dtype=np.int32)
    np.cumsum(dark, axis=0, out=sums[1:])
    last = height - reach + 1
    above = sums[_CLEAR : _CLEAR + last] == sums[:last]
    band = sums[_CLEAR + _BAND : _CLEAR + _BAND + last] > sums[_CLEAR : _CLEAR + last]
    below = sums[reach : reach + last] == sums[_CLEAR + _BAND : _CLEAR + _BAND + last]
    alone = above & band & below
    found: list[Line] = []
    for row in np.flatnonzero(alone.sum(axis=1) >= _FILLED * _LENGTH):
        middle = int(row) + _CLEAR + _BAND // 2
        stretches = _find_rows_of_pieces(band[row], alone[row])
        found.extend((middle, begin, end) for begin, end in stretches)
    return _join_neighbours(found)


def _find_rows_of_pieces(inked: np.ndarray, alone: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a row that pieces of one length fill at small gaps.

    A piece stands alone as a whole: the foot of a letter does not.
    """
    change = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    group: list[tuple[int, int]] = []
    for piece in zip(change[::2].tolist(), change[1::2].tolist(), strict=True):
        if group and piece[0] - group[-1][1] > _GAP:
            yield from _take_line(group, alone)
            group = []
        group.append(piece)
    yield from _take_line(group, alone)


def _take_line(pieces: list[tuple[int, int]], alone: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of pieces that are a dashed or dotted line."""
    own = [piece for piece in pieces if alone[piece[0] : piece[1]].all()]
    if len(own) < _FEWEST or len(pieces) - len(own) > _CROSSED * len(own):
        return
    length = own[-1][1] - own[0][0]
    lengths = np.array([end - begin for begin, end in own])
    gaps = np.array([after[0] - before[1] for before, after in pairwise(own)])
    usual = float(np.median(lengths))
    if (
        length >= _LENGTH
        and usual <= _LONGEST
        and float(lengths.sum()) >= _FILLED * length
        and _are_alike(lengths, usual)
        and _are_alike(gaps, float(np.median(gaps)))
    ):
        # A line that crosses may stand at the very end.
        first, last = pieces.index(own[0]), pieces.index(own[-1])
        room = round(float(np.median(gaps)))
        begin, end = pieces[max(0, first - 1)][0], pieces[min(len(pieces) - 1, last + 1)][1]
        yield max(0, begin - room), min(alone.size, end + room)


def _are_alike(values: np.ndarray, usual: float) -> bool:
    near = np.abs(values - usual) <= max(_ROUNDING, _ALIKE * usual)
    return float(near.mean()) >= _MOST


def _join_neighbours(lines: list[Line]) -> list[Line]:
    """Return one line for those that the rows of one line's thickness gave."""
    joined: list[list[int]] = []
    for row, begin, end in sorted(lines):
        for other in reversed(joined):
            if row - other[3] > _NEAR:
                continue
            if begin <= other[2] and end >= other[1]:
                other[1], other[2] = min(other[1], begin), max(other[2], end)
                other[3] = row
                break
        else:
            joined.append([row, begin, end, row])
    return [((first + last) // 2, begin, end) for first, begin, end, last in joined]
