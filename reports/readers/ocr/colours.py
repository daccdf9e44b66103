"""Colours of a scan made grey: round red seals lightened, so that the text under them is read."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

_RED: Final = 50
"""Of 255: red ink is so much redder than green and blue."""
_LIGHT_RED: Final = 130
"""Darker red is writing under the seal's ink."""
_PAPER: Final = 255
_BLOCK: Final = 16
_FEWEST: Final = 6
"""Red pixels in a block that make it red."""
_SIDE: Final = (0.055, 0.22)
"""Of the page's longer side: a seal is 20 to 50 mm wide."""
_ROUND: Final = (0.7, 1.4)
_RIM: Final = (0.8, 1.12)
_OUTSIDE: Final = 0.03
_SECTORS: Final = 16
_FEWEST_SECTORS: Final = 13
"""A seal's rim is seen on most sides, and hardly anything red outside of it."""
_STEP: Final = 3
_SHADE: Final = (0.55, 0.92)
"""Of the paper's brightness; writing is darker."""
_LEAST_SHADE: Final = 0.002
_DARK: Final = 100
_DARK_SHARE: Final = 0.6
_EIGHT_BITS: Final = 255.0


def grey_colours(picture: np.ndarray) -> np.ndarray:
    """Return a picture (grey, or red, green and blue) in grey, dark writing on light paper."""
    if picture.ndim == 2:  # noqa: PLR2004
        return _lighten_paper(picture)
    grey = np.array(Image.fromarray(picture).convert("L"))
    small = picture[::4, ::4].astype(np.int16)
    if ((small[:, :, 0] - small[:, :, 1:].max(axis=2)) > _RED).any():
        red = picture[:, :, 0]
        highest = np.maximum(picture[:, :, 1], picture[:, :, 2])
        inked = (red > highest) & (red - np.minimum(highest, red) > _RED)
        for top, left, bottom, right in find_seals(inked):
            place = (slice(top, bottom), slice(left, right))
            grey[place][inked[place] & (red[place] >= _LIGHT_RED)] = _PAPER
    return _lighten_paper(grey)


def spread_values(picture: np.ndarray) -> np.ndarray:
    """Return a picture of more than eight bits for a pixel as one of eight."""
    values = picture.astype(np.float64)
    most = float(values.max()) if values.size else 0.0
    whole = next((float(top) for top in (1, 255, 4095, 65535) if most <= top), most)
    return _lighten_paper((values.clip(0, whole) * (_EIGHT_BITS / whole)).astype(np.uint8))


def find_seals(inked: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Return the boxes (top, left, bottom, right) of round seals among what has red ink."""
    high, wide = (side // _BLOCK for side in inked.shape)
    if not high or not wide:
        return []
    blocks = inked[: high * _BLOCK, : wide * _BLOCK].reshape(high, _BLOCK, wide, _BLOCK)
    red = blocks.sum(axis=(1, 3), dtype=np.int32) >= _FEWEST
    longer = max(inked.shape)
    seals: list[tuple[int, int, int, int]] = []
    for places in _group_blocks(red):
        rows, columns = [row for row, _ in places], [column for _, column in places]
        top, bottom = min(rows), max(rows) + 1
        left, right = min(columns), max(columns) + 1
        across, down = (right - left) * _BLOCK, (bottom - top) * _BLOCK
        sides = all(_SIDE[0] * longer <= side <= _SIDE[1] * longer for side in (across, down))
        if sides and _ROUND[0] <= across / down <= _ROUND[1] and _is_circle(rows, columns):
            seals.append((top * _BLOCK, left * _BLOCK, bottom * _BLOCK, right * _BLOCK))
    return seals


def _is_circle(rows: list[int], columns: list[int]) -> bool:
    y, x = np.array(rows, dtype=np.float64), np.array(columns, dtype=np.float64)
    y, x = y - (y.max() + y.min()) / 2, x - (x.max() + x.min()) / 2
    away = np.hypot(y / max(y.max(), 1.0), x / max(x.max(), 1.0))
    rim = (away >= _RIM[0]) & (away <= _RIM[1])
    sectors = np.floor((np.arctan2(y, x)[rim] / np.pi + 1) / 2 * _SECTORS) % _SECTORS
    outside = float((away > _RIM[1]).mean())
    return len(np.unique(sectors)) >= _FEWEST_SECTORS and outside <= _OUTSIDE


def _group_blocks(red: np.ndarray) -> list[list[tuple[int, int]]]:
    left = {(int(row), int(column)) for row, column in zip(*np.nonzero(red), strict=True)}
    groups: list[list[tuple[int, int]]] = []
    while left:
        start = left.pop()
        group, stack = [start], [start]
        while stack:
            row, column = stack.pop()
            for near in ((row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)):
                if near in left:
                    left.remove(near)
                    stack.append(near)
                    group.append(near)
        groups.append(group)
    return groups


def lighten_shades(grey: np.ndarray) -> np.ndarray:
    """Return a page with watermarks, shaded cells and shadows as light as its paper."""
    if not grey.size:
        return grey
    paper = float(np.percentile(grey[::8, ::8], 90))
    small = grey[::_STEP, ::_STEP]
    shaded = (small > _SHADE[0] * paper) & (small < _SHADE[1] * paper)
    solid = shaded.copy()
    for axis in (0, 1):
        solid &= np.roll(shaded, 1, axis) & np.roll(shaded, -1, axis)
    if float(solid.mean()) < _LEAST_SHADE:
        return grey
    near = solid
    for axis in (0, 1):
        near = near | np.logical_or.reduce(
            [np.roll(near, by, axis) for by in (-3, -2, -1, 1, 2, 3)]
        )
    whole = near.repeat(_STEP, axis=0).repeat(_STEP, axis=1)[: grey.shape[0], : grey.shape[1]]
    result = grey.copy()
    result[whole & (grey > _SHADE[0] * paper)] = int(paper)
    return result


def _lighten_paper(grey: np.ndarray) -> np.ndarray:
    """Return a picture with light writing on a dark page the other way round."""
    sample = grey[::8, ::8]
    dark = sample.size and float((sample < _DARK).mean()) >= _DARK_SHARE
    return 255 - grey if dark else grey
