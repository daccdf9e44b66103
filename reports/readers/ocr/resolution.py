"""How large the letters of a scan are: below some pixels nobody can tell them apart."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

from reports.readers.ocr.page_images import DPI
from reports.readers.ocr.table_grid import binarise_picture
from reports.readers.refusal import FileRefusedError

_COARSE: Final = 1.6
"""A scan that had to be enlarged so much is measured."""
_SMALLEST: Final = 5.5
"""Pixels of the scan that a usual small letter must be high."""
_PIECE_HEIGHT: Final = (3, 60)
_MOST_LONG: Final = 8.0
_FEWEST_PIECES: Final = 20


def check_resolution(clean: np.ndarray, enlarged: float) -> None:
    """Raise ``FileRefusedError`` for a page whose letters are too few pixels high in the scan.

    ``clean`` is the page without ruling lines, ``enlarged`` its pixels for one of the scan's.
    """
    if enlarged < _COARSE:
        return
    size = (max(1, round(clean.shape[1] / enlarged)), max(1, round(clean.shape[0] / enlarged)))
    small = np.asarray(Image.fromarray(clean).resize(size, Image.Resampling.BOX))
    height = measure_letter_height(binarise_picture(small))
    if 0 < height < _SMALLEST:
        raise FileRefusedError(
            "letters_too_small", dpi=round(DPI / enlarged), height=max(1, round(height))
        )


def measure_letter_height(dark: np.ndarray) -> float:
    """Return the usual height of connected ink in pixels; 0.0 where there is hardly any."""
    heights = [
        bottom - top
        for left, top, right, bottom in find_pieces(dark)
        if _PIECE_HEIGHT[0] <= bottom - top <= _PIECE_HEIGHT[1]
        and right - left <= _MOST_LONG * (bottom - top)
    ]
    return float(np.median(heights)) if len(heights) >= _FEWEST_PIECES else 0.0


def find_pieces(dark: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Return the boxes of connected ink (left, top, right, bottom), by the runs of each row."""
    boxes: list[list[int]] = []
    parents: list[int] = []

    def find(piece: int) -> int:
        while parents[piece] != piece:
            parents[piece] = parents[parents[piece]]
            piece = parents[piece]
        return piece

    before: list[tuple[int, int, int]] = []
    for row in range(dark.shape[0]):
        padded = np.concatenate(([0], dark[row].astype(np.int8), [0]))
        change = np.flatnonzero(np.diff(padded)).tolist()
        now: list[tuple[int, int, int]] = []
        at = 0
        for begin, end in zip(change[::2], change[1::2], strict=True):
            while at < len(before) and before[at][1] < begin:
                at += 1
            own = -1
            look = at
            while look < len(before) and before[look][0] <= end:
                other = find(before[look][2])
                if own < 0:
                    own = other
                elif other != own:
                    _join(boxes[own], boxes[other])
                    parents[other] = own
                look += 1
            if own < 0:
                own = len(parents)
                parents.append(own)
                boxes.append([begin, row, end, row + 1])
            else:
                _join(boxes[own], [begin, row, end, row + 1])
            now.append((begin, end, own))
        before = now
    return [
        (box[0], box[1], box[2], box[3])
        for number, box in enumerate(boxes)
        if parents[number] == number
    ]


def _join(box: list[int], other: list[int]) -> None:
    box[:] = [
        min(box[0], other[0]),
        min(box[1], other[1]),
        max(box[2], other[2]),
        max(box[3], other[3]),
    ]
