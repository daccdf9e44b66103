"""Roman numerals in a picture, told by their strokes.

Recognition by letters takes II for H, 11 or I, and quarters and groups hang on it. A stroke count
does not: a straight numeral has as many strokes low as high, a V comes together below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

LIKE_ROMAN: Final = re.compile(r"[I1lHVTJLÍÌìíi|!\[\]]{1,5}")
"""What recognition makes of I, II, III, IV and V."""

_STRAIGHT: Final = {1: "I", 2: "II", 3: "III"}
_WITH_V: Final = {2: "V", 3: "IV"}
"""By the strokes a third from the top, the last two straight or coming together."""
_TOGETHER: Final = 0.78
"""The most of its upper gap that a V has left a quarter from the bottom."""
_HIGH: Final = (0.30, 0.42)
_LOW: Final = (0.70, 0.80)
_TOP: Final = 0.2
_DOT: Final = 0.35
"""The most of the letters' height that a dot has."""
_SLANT: Final = 0.45
_EVEN: Final = 0.25
_FEWEST: Final = 6


def read_roman_before_slash(dark: np.ndarray) -> str:
    """Return the numeral before the slash of ``II/2026``; '' when it cannot be told."""
    for piece in _find_pieces(dark):
        if _is_slash(dark, piece):
            return _read_numeral(dark[:, : piece[0]])
    return ""


def read_roman_mark(dark: np.ndarray) -> tuple[str, int]:
    """Return the numeral that a mark such as ``II`` or ``II.1`` begins with, and its dot's end.

    The numeral is '' where the mark begins with a figure or cannot be told; the column is 0 where
    there is no dot.
    """
    height = _measure_height(dark)
    end, after = dark.shape[1], 0
    for left, top, right, bottom in _find_pieces(dark):
        if bottom - top <= _DOT * height and right - left <= _DOT * height and left > 0:
            end, after = left, right
            break
    part = dark[:, :end]
    return (_read_numeral(part) if _is_upright(part) else ""), after


def _read_numeral(dark: np.ndarray) -> str:
    rows = np.flatnonzero(dark.any(axis=1))
    if len(rows) < _FEWEST:
        return ""
    body = dark[rows[0] : rows[-1] + 1]
    high, low = _find_strokes(body, _HIGH), _find_strokes(body, _LOW)
    if len(high) <= 1:
        return _STRAIGHT.get(len(high), "") if len(low) == len(high) else ""
    gap = high[-1] - high[-2]
    if len(low) == len(high):
        together = (low[-1] - low[-2]) < _TOGETHER * gap
    else:
        together = len(low) == len(high) - 1
        if not together:
            return ""
    return (_WITH_V if together else _STRAIGHT).get(len(high), "")


def _find_strokes(body: np.ndarray, band: tuple[float, float]) -> list[float]:
    """Return the middles of the strokes that most rows of a band cross, from left to right."""
    first, last = (int(part * len(body)) for part in band)
    row_strokes: list[list[float]] = []
    for row in body[first : max(last, first + 1)]:
        change = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        row_strokes.append(list((change[::2] + change[1::2]) / 2))
    usual = int(np.median([len(strokes) for strokes in row_strokes]))
    usual_rows = [strokes for strokes in row_strokes if len(strokes) == usual]
    return [float(np.median(column)) for column in zip(*usual_rows, strict=True)]


def _is_upright(dark: np.ndarray) -> bool:
    """Return True if the tops of straight strokes are even: a figure 1 has a flag on its left."""
    rows = np.flatnonzero(dark.any(axis=1))
    if len(rows) < _FEWEST:
        return False
    body = dark[rows[0] : rows[-1] + 1]
    columns = np.flatnonzero(body.any(axis=0))
    body = body[:, columns[0] : columns[-1] + 1]
    high = body[int(_HIGH[0] * len(body)) : int(_HIGH[1] * len(body)) + 1].any(axis=0)
    top = body[: max(1, int(_TOP * len(body)))].any(axis=0)
    if not high.any():
        return False
    left = int(np.flatnonzero(high)[0] - np.flatnonzero(top)[0])
    right = int(np.flatnonzero(top)[-1] - np.flatnonzero(high)[-1])
    return abs(left - right) <= max(2, _EVEN * len(body) / 2)


def _is_slash(dark: np.ndarray, piece: tuple[int, int, int, int]) -> bool:
    """Return True if a piece leans to the right as a whole, as only a slash does."""
    left, top, right, bottom = piece
    if bottom - top < 0.8 * _measure_height(dark) or left == 0:
        return False
    body = dark[top:bottom, left:right]
    fifth = max(1, len(body) // 5)
    above, below = body[:fifth], body[-fifth:]
    if not above.any() or not below.any():
        return False
    lean = float(np.nonzero(above)[1].mean() - np.nonzero(below)[1].mean())
    return lean > _SLANT * (right - left) and len(_find_strokes(body, _LOW)) == 1


def _measure_height(dark: np.ndarray) -> int:
    return int(dark.any(axis=1).sum())


def _find_pieces(dark: np.ndarray) -> Iterator[tuple[int, int, int, int]]:
    """Yield the boxes of connected ink from left to right."""
    left_over = {(int(y), int(x)) for y, x in zip(*np.nonzero(dark), strict=True)}
    boxes: list[tuple[int, int, int, int]] = []
    while left_over:
        start = left_over.pop()
        stack, seen = [start], [start]
        while stack:
            y, x = stack.pop()
            for near in ((y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)):
                if near in left_over:
                    left_over.remove(near)
                    stack.append(near)
                    seen.append(near)
        ys, xs = [y for y, _ in seen], [x for _, x in seen]
        if len(seen) >= _FEWEST:
            boxes.append((min(xs), min(ys), max(xs) + 1, max(ys) + 1))
    yield from sorted(boxes)
