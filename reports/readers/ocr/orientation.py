"""Pages that lie crooked, on their side or upside down in a scan, turned so that they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from reports.readers.ocr.table_grid import binarise_picture
from reports.readers.ocr.tesseract import list_words, read_regions

if TYPE_CHECKING:
    from reports.readers.text_layout import PageWord

_REDUCED: Final = 3
_LONG_RUN: Final = 60
"""Pixels at a third of the resolution: longer runs of ink are lines of tables."""
_SIDEWAYS: Final = 1.6
"""Lines of text make rows so much more uneven than columns."""
_BAND: Final = 420
_SURE: Final = 0.6
_ENOUGH: Final = 24
"""Letters of words that are surely read, for a page to be known as upright."""
_MOST: Final = 0.7
_BETTER: Final = 1.3
_SMALLER: Final = 0.75
_SHORT: Final = 2
_SAMPLE: Final = 60_000
_MAX_ANGLE: Final = 3.0
_STEP: Final = 0.1
_STRAIGHT: Final = 0.15


def right_picture(picture: np.ndarray, deadline: float) -> np.ndarray:
    """Return the picture turned by quarter turns so that its text is upright.

    The words of a band of the page are read in the likely positions; without any sure word the
    picture stays as it is. Raises ``FileRefusedError`` when that takes too long.
    """
    uneven = measure_unevenness(picture)
    turns: tuple[int, ...]
    if uneven >= _SIDEWAYS:
        turns = (0, 2)
    elif uneven <= 1 / _SIDEWAYS:
        turns = (1, 3)
    else:
        turns = (0, 2, 1, 3)
    best, score = 0, 0.0
    for turn in turns:
        turned = np.ascontiguousarray(np.rot90(picture, turn))
        letters, share = _read_band(turned, deadline)
        if letters >= _ENOUGH and share >= _MOST:
            return turned
        if letters > (score * _BETTER if turn else score):
            best, score = turn, letters
    return np.ascontiguousarray(np.rot90(picture, best)) if best else picture


def measure_unevenness(picture: np.ndarray) -> float:
    """Return how much more uneven the rows of a page are than its columns: above 1 for text.

    Ruling lines don't count. 1.0 for an empty page.
    """
    small = _reduce(binarise_picture(picture))
    letters = small & ~_find_long(small) & ~_find_long(small.T).T
    if letters.sum() < _ENOUGH:
        return 1.0
    rows, columns = (_measure_steps(letters.sum(axis=axis)) for axis in (1, 0))
    return rows / columns if columns else _SIDEWAYS


def _measure_steps(sums: np.ndarray) -> float:
    """Return how much neighbouring sums differ, for their number and height."""
    steps = np.abs(np.diff(sums.astype(np.float64)))
    return float((steps**2).mean() / max(float(sums.mean()), 1e-9))


def _reduce(dark: np.ndarray) -> np.ndarray:
    high, wide = (side // _REDUCED * _REDUCED for side in dark.shape)
    blocks = dark[:high, :wide].reshape(high // _REDUCED, _REDUCED, wide // _REDUCED, _REDUCED)
    return np.asarray(blocks.any(axis=(1, 3)))


def _find_long(dark: np.ndarray) -> np.ndarray:
    """Return the pixels that lie in long runs along the rows."""
    height, width = dark.shape
    found = np.zeros_like(dark)
    if width <= _LONG_RUN:
        return found
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, out=sums[:, 1:])
    full = (sums[:, _LONG_RUN:] - sums[:, :-_LONG_RUN]) == _LONG_RUN
    for row in np.flatnonzero(full.any(axis=1)):
        for begin in np.flatnonzero(full[row]):
            found[row, begin : begin + _LONG_RUN] = True
    return found


def _read_band(picture: np.ndarray, deadline: float) -> tuple[float, float]:
    """Return how many letters of a band are surely read, and their part of all its letters."""
    top = _find_band(picture)
    region = (0, top, picture.shape[1], min(picture.shape[0], top + _BAND))
    (lines,) = read_regions(picture, [region], deadline, layout=11, scale=_SMALLER)
    words = [word for word in list_words(lines) if len(word.text) >= _SHORT]
    sure = sum(_count_letters(word) for word in words if word.confidence >= _SURE)
    total = sum(_count_letters(word) for word in words)
    return float(sure), sure / total if total else 0.0


def _count_letters(word: PageWord) -> int:
    return sum(sign.isalnum() for sign in word.text)


def _find_band(picture: np.ndarray) -> int:
    """Return the upper side of the band with the most strokes."""
    dark = binarise_picture(picture)
    strokes = (dark[:, 1:] & ~dark[:, :-1]).sum(axis=1)
    if len(strokes) <= _BAND:
        return 0
    sums = np.concatenate(([0], np.cumsum(strokes)))
    return int(np.argmax(sums[_BAND:] - sums[:-_BAND]))


def deskew_picture(picture: np.ndarray) -> np.ndarray:
    """Return the picture turned so that its lines of text run level (up to 3 degrees)."""
    angle = _measure_slant(binarise_picture(picture))
    if abs(angle) < _STRAIGHT:
        return picture
    turned = Image.fromarray(picture).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned)


def _measure_slant(dark: np.ndarray) -> float:
    """Return by how many degrees the page's lines fall to the right."""
    ys, xs = np.nonzero(dark[::2, ::2])
    if len(ys) < 100:  # noqa: PLR2004 - an empty page
        return 0.0
    if len(ys) > _SAMPLE:
        chosen = np.random.default_rng(0).choice(len(ys), _SAMPLE, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    best, score = 0.0, -1.0
    for angle in np.arange(-_MAX_ANGLE, _MAX_ANGLE + _STEP / 2, _STEP):
        level = (ys - xs * np.tan(np.radians(angle))).astype(np.int64)
        counts = np.bincount(level - level.min()).astype(np.float64)
        value = float((counts**2).sum())
        if value > score * (1 + 1e-9):
            best, score = float(angle), value
    return best
