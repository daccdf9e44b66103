"""The colours of the map's classes, of what is unknown and of the ground.

Every palette runs from light to dark in even steps of perceived lightness (OKLab), so that order
is read without hue, by colour-blind readers and in a black-and-white print. Its lightest colour
stands out at least 3 : 1 from the pale ground of the communes of which nothing is shown. What is
no number (unknown, not begun, somewhere along a route) is a light pattern in its own ink.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

UNKNOWN_COLOUR: Final = "#858c98"
"""Ink of the light hatch over communes of which a value is unknown, or construction not begun."""

NOTHING_COLOUR: Final = "#f4f4f2"
"""The pale ground: communes of which the layer shows nothing, and what patterns are drawn on."""

ON_TRACK_COLOUR: Final = "#2b6f6a"
"""Ink of the dots over communes where nothing is late."""

_Lab = tuple[float, float, float]

RUNS: Final = {
    "progress": ("#47976f", "#1c6a6a", "#0a2740"),
    "investment": ("#c9742e", "#96441f", "#3d1230"),
    "clearance": ("#e2603f", "#b3202c", "#45061c"),
    "misses": ("#b06bb8", "#7d3aa0", "#3a1264"),
}
"""Anchor colours of each layer, light to dark, chosen for their lightness rather than their hue."""

_SRGB_LINEAR_LIMIT: Final = 0.04045
_LINEAR_LIMIT: Final = 0.0031308


def pick_colours(run: str, size: int) -> tuple[str, ...]:
    """Return ``size`` colours (``#rrggbb``) of a run, light to dark; one alone is the middle one.

    Raises ``KeyError`` for a run that is not in ``RUNS``.
    """
    anchors = [_to_oklab(colour) for colour in RUNS[run]]
    if size == 1:
        return (_to_hex(_interpolate_colour(anchors, 0.5)),)
    return tuple(
        _to_hex(_interpolate_colour(anchors, position / (size - 1))) for position in range(size)
    )


def _interpolate_colour(anchors: list[_Lab], part: float) -> _Lab:
    """Return the colour at ``part`` (0 to 1) of the way, by even steps of lightness."""
    first, last = anchors[0][0], anchors[-1][0]
    wanted = first + (last - first) * part
    for start, end in pairwise(anchors):
        if end is anchors[-1] or wanted >= end[0]:
            step = (wanted - start[0]) / (end[0] - start[0])
            return (
                wanted,
                start[1] + (end[1] - start[1]) * step,
                start[2] + (end[2] - start[2]) * step,
            )
    raise AssertionError("a run has at least two anchors")


def _to_oklab(colour: str) -> _Lab:
    """Return a colour in OKLab (Björn Ottosson, 2020)."""
    red, green, blue = (
        _decode_gamma(int(colour[position : position + 2], 16) / 255) for position in (1, 3, 5)
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _to_hex(lab: _Lab) -> str:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _encode_gamma(part)):02x}" for part in parts)


def _decode_gamma(part: float) -> float:
    if part <= _SRGB_LINEAR_LIMIT:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)


def _encode_gamma(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    if part <= _LINEAR_LIMIT:
        return part * 12.92
    return float(1.055 * part ** (1 / 2.4) - 0.055)
