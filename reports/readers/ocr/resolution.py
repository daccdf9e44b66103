"""How large the letters of a scan are: below some pixels nobody can tell them apart."""

from __future__ import annotations

from typing import Final

import numpy as np

from reports.readers.ocr.table_grid import binarise_picture
from reports.readers.refusal import FileRefusedError

_COARSE: Final = 1.6
"""A scan that had to be enlarged so much is measured."""
_SMALLEST: Final = 8.0
"""Pixels of the scan that usual letters must be high: 10 points at 90 dots per inch."""
_PIECE_HEIGHT: Final = (3.0, 60.0)
_MOST_LONG: Final = 8.0
_FEWEST_PIECES: Final = 20


def check_resolution(clean: np.ndarray, enlarged: float, dpi: int) -> None:
    """Raise ``FileRefusedError`` for a page whose letters are too few pixels high in the scan.

    ``clean`` is the page without ruling lines, ``enlarged`` its pixels for one of the scan's, and
    ``dpi`` the scan's resolution as far as it is known.
    """
    if enlarged < _COARSE:
        return
    height = measure_letter_height(binarise_picture(clean), enlarged)
    if 0 < height < _SMALLEST:
        raise FileRefusedError("letters_too_small", dpi=dpi, height=int(height))


def measure_letter_height(dark: np.ndarray, enlarged: float = 1.0) -> float:
    """Return the usual height of connected ink in pixels of the scan; 0.0 for hardly any ink."""
    pieces = [
        ((bottom - top) / enlarged, (bottom - top) * (right - left))
        for left, top, right, bottom in find_pieces(dark)
        if _PIECE_HEIGHT[0] <= (bottom - top) / enlarged <= _PIECE_HEIGHT[1]
        and right - left <= _MOST_LONG * (bottom - top)
    ]
    if len(pieces) < _FEWEST_PIECES:
        return 0.0
    # By area, so that the dots of letters and lines don't count as much as letters.
    heights, areas = np.array(sorted(pieces)).T
    return float(heights[np.searchsorted(np.cumsum(areas), areas.sum() / 2)])


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
