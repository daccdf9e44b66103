"""Classes of a map layer: where one colour ends and the next begins, and the colours.

The values of communes run over four orders of magnitude, and often many are equal, zero or
unknown. Breaks are rounded to figures that a legend can show, never merge everything into one
class while values differ, and never raise for what the data hold.

Every palette runs from light to dark in even steps of perceived lightness (OKLab), so that order
is read without hue, by colour-blind readers and in a black-and-white print. Unknown and nothing
are greys outside the run; unknown is hatched as well.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

Method = Literal["quantile", "log", "equal", "fixed", "counts"]
DEFAULT_CLASSES: Final = 5
_MAX_DIGITS: Final = 15


@dataclass(frozen=True)
class ClassBreaks:
    """Classes from ``low`` to ``high`` with ``bounds`` between them, each belonging to the upper.

    ``size`` classes: one more than bounds, none where there was no value.
    """

    low: float
    high: float
    bounds: tuple[float, ...]
    method: Method
    size: int

    def index(self, values: Iterable[float]) -> NDArray[np.int64]:
        """Return the class of every value, -1 for NaN (and for all where there are no classes)."""
        array = np.asarray(list(values), dtype=np.float64)
        if not self.size:
            return np.full(array.shape, -1, dtype=np.int64)
        indices = np.searchsorted(np.asarray(self.bounds), array, side="right").astype(np.int64)
        return np.where(np.isfinite(array), indices, -1)

    def limits(self) -> tuple[tuple[float, float], ...]:
        """Return the lower and the upper limit of every class."""
        if not self.size:
            return ()
        return tuple(pairwise((self.low, *self.bounds, self.high)))


def make_breaks(
    values: Iterable[float], *, method: Method = "quantile", classes: int = DEFAULT_CLASSES
) -> ClassBreaks:
    """Return at most ``classes`` classes for the finite values.

    ``quantile``: about as many communes in each. ``log``: equal steps of the logarithm (values of
    zero or less are in the first class). ``equal``: equal steps. ``counts``: whole numbers, one
    class each as long as they last. No value gives no class, equal values give one.
    """
    finite = np.asarray(list(values), dtype=np.float64)
    finite = np.sort(finite[np.isfinite(finite)])
    if not finite.size:
        return ClassBreaks(float("nan"), float("nan"), (), method, 0)
    low, high = float(finite[0]), float(finite[-1])
    if low == high:
        return ClassBreaks(low, high, (), method, 1)
    if method == "counts":
        wanted: Sequence[float] = _compute_count_bounds(low, high, classes)
        return make_fixed_breaks(wanted, low=low, high=high, method=method)
    wanted = _compute_wanted_bounds(finite, method, classes)
    bounds = _round_bounds(wanted, finite)
    return ClassBreaks(low, high, bounds, method, len(bounds) + 1)


def make_fixed_breaks(
    bounds: Sequence[float], *, low: float, high: float, method: Method = "fixed"
) -> ClassBreaks:
    """Return classes with given bounds: the same whatever the values, so that periods compare."""
    inner_bounds = tuple(sorted(set(bounds)))
    return ClassBreaks(low, high, inner_bounds, method, len(inner_bounds) + 1)


def find_next_round_number(below: float, upto: float) -> float:
    """Return the roundest figure above ``below`` and not above ``upto`` (both positive)."""
    for digits in range(_MAX_DIGITS):
        place = 10.0 ** (math.floor(math.log10(below)) - digits)
        bound = float(f"{(math.floor(below / place) + 1) * place:.{digits + 1}g}")
        if below < bound <= upto:
            return bound
    return upto


def label_classes(
    breaks: ClassBreaks,
    show: Callable[[float], str],
    *,
    below: str,
    between: str,
    above: str,
) -> tuple[str, ...]:
    """Return a label for every class.

    ``show`` writes a number; ``below`` holds ``{high}``, ``above`` ``{low}``, ``between`` both. A
    single class is labelled by its one value or its range. Whole-number classes (``counts``) of
    one number are labelled by it.
    """
    limits = breaks.limits()
    if not limits:
        return ()
    if len(limits) == 1:
        low, high = limits[0]
        return (show(low) if low == high else between.format(low=show(low), high=show(high)),)
    labels = []
    for position, (low, high) in enumerate(limits):
        last = position == len(limits) - 1
        if breaks.method == "counts":
            top = high if last else high - 1
            labels.append(_format_count_label(low, top, show, above if last else ""))
        elif position == 0:
            labels.append(below.format(high=show(high)))
        elif last:
            labels.append(above.format(low=show(low)))
        else:
            labels.append(between.format(low=show(low), high=show(high)))
    return tuple(labels)


def _compute_wanted_bounds(
    finite: NDArray[np.float64], method: Method, classes: int
) -> list[float]:
    steps = np.arange(1, classes) / classes
    low, high = finite[0], finite[-1]
    if method == "quantile":
        return [float(bound) for bound in np.quantile(finite, steps)]
    if method == "log" and high > 0:
        first, last = math.log(finite[finite > 0][0]), math.log(high)
        return [math.exp(first * (1 - step) + last * step) for step in steps]
    # Half the limits first: their difference may be more than a float holds.
    return [float(low * (1 - step) + high * step) for step in steps]


def _round_bounds(wanted: Sequence[float], finite: NDArray[np.float64]) -> tuple[float, ...]:
    """Return the bounds rounded to as few digits as keep them apart and inside the values.

    A bound that leaves one side empty is no bound; if rounding spoils all, the exact ones stay.
    """
    low, high = float(finite[0]), float(finite[-1])
    exact = sorted({bound for bound in wanted if low < bound <= high})
    if not exact:  # more than half the values are the lowest one
        exact = [float(finite[finite > low][0])]
    rounded: list[float] = []
    for digits in range(2, _MAX_DIGITS):
        rounded = [float(f"{bound:.{digits}g}") for bound in exact]
        if len(set(rounded)) == len(exact) and all(low < bound <= high for bound in rounded):
            return tuple(rounded)
    return tuple(exact)


def _compute_count_bounds(low: float, high: float, classes: int) -> list[float]:
    """Return bounds between whole numbers: 1, 2, 3… and the rest together in the last class."""
    first = int(np.floor(low)) + 1
    last = min(int(np.floor(high)), first + classes - 2)
    return [float(bound) for bound in range(first, last + 1)]


def _format_count_label(low: float, top: float, show: Callable[[float], str], above: str) -> str:
    if low == top:
        return show(low)
    return above.format(low=show(low)) if above else f"{show(low)}–{show(top)}"


UNKNOWN_COLOUR: Final = "#c9c9c9"
NOTHING_COLOUR: Final = "#f4f4f2"

_Lab = tuple[float, float, float]

RUNS: Final = {
    "progress": ("#e3f2c9", "#3aa17e", "#0b3c5d"),
    "investment": ("#fdf0c4", "#e8853b", "#5a1a3c"),
    "clearance": ("#fbe3d6", "#d65f5f", "#4c0f3d"),
    "misses": ("#e8eefb", "#8f7cc3", "#3a1259"),
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


def compute_lightness(colour: str) -> float:
    """Return the perceived lightness of a colour, from 0 (black) to 1 (white)."""
    return _to_oklab(colour)[0]


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
