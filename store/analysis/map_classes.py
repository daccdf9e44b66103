"""Classes of a map layer: where one colour ends and the next begins.

The map draws by them, and so does the style of an exported GeoPackage.

The values of communes run over four orders of magnitude, and often many are equal, zero or
unknown. Breaks are rounded to figures that a legend can show, never merge everything into one
class while values differ, and never raise for what the data hold.
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

Method = Literal["quantile", "natural", "log", "equal", "fixed", "counts", "values"]
DEFAULT_CLASSES: Final = 5
MOST_LISTED: Final = 7
"""So many distinct values are listed one by one instead of being put into classes."""

_MAX_DIGITS: Final = 15

PROGRESS_BOUNDS: Final = (20.0, 40.0, 60.0, 80.0)
"""Percent; fixed, so that periods compare."""


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

    ``quantile``: about as many communes in each. ``natural``: breaks where the logarithms of the
    values lie furthest apart (Jenks), so that what differs many times over never shares a class.
    ``log``: equal steps of the logarithm (values of zero or less are in the first class).
    ``equal``: equal steps. ``counts``: whole numbers, one class each as long as they last. No
    value gives no class, equal values give one. ``natural`` lists up to ``MOST_LISTED`` distinct
    values one by one (``values``).
    """
    finite = np.asarray(list(values), dtype=np.float64)
    finite = np.sort(finite[np.isfinite(finite)])
    if not finite.size:
        return ClassBreaks(float("nan"), float("nan"), (), method, 0)
    low, high = float(finite[0]), float(finite[-1])
    if low == high:
        return ClassBreaks(low, high, (), method, 1)
    if method == "counts":
        wanted = _compute_count_bounds(low, high, classes)
        return make_fixed_breaks(wanted, low=low, high=high, method=method)
    distinct = np.unique(finite)
    if method == "natural" and distinct.size <= MOST_LISTED:
        return make_fixed_breaks(distinct[1:].tolist(), low=low, high=high, method="values")
    if method == "natural" and low > 0:
        bounds = compute_natural_bounds(finite, classes)
    else:
        bounds = _round_bounds(_compute_wanted_bounds(finite, method, classes), finite)
    return ClassBreaks(low, high, bounds, method, len(bounds) + 1)


def make_fixed_breaks(
    bounds: Sequence[float], *, low: float, high: float, method: Method = "fixed"
) -> ClassBreaks:
    """Return classes with given bounds: the same whatever the values, so that periods compare."""
    inner_bounds = tuple(sorted(set(bounds)))
    return ClassBreaks(low, high, inner_bounds, method, len(inner_bounds) + 1)


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
    one number are labelled by it, and so is a class of one value (``values``).
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
        elif breaks.method == "values":
            labels.append(show(low))
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


def make_investment_breaks(values: Iterable[float]) -> ClassBreaks:
    """Return classes that part what differs many times over; of zeros alone, one class."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    positive = known[known > 0]
    merged = _merge_alike(positive if len(positive) else known)
    return make_breaks(merged, method="natural", classes=7)


def _merge_alike(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values with those a đồng apart made one, as shares of one amount differ."""
    if not values.size:
        return values
    distinct = np.unique(values)
    firsts = distinct[np.concatenate(([True], np.diff(distinct) > 1))]
    return firsts[np.searchsorted(firsts, values, side="right") - 1]


def compute_natural_bounds(values: NDArray[np.float64], classes: int) -> tuple[float, ...]:
    """Return the bounds that leave the least spread of logarithms within classes (Jenks, exact).

    ``values`` are sorted and positive; there are more distinct ones than classes. Each bound is
    the roundest figure between the two values that it parts.
    """
    logs = np.log(values)
    size = logs.size
    sums = np.concatenate(([0.0], np.cumsum(logs)))
    squares = np.concatenate(([0.0], np.cumsum(logs**2)))
    starts, ends = np.arange(size)[:, None], np.arange(1, size + 1)[None, :]
    counts = np.maximum(ends - starts, 1)
    spread = squares[ends] - squares[starts] - (sums[ends] - sums[starts]) ** 2 / counts
    spread = np.where(ends > starts, spread, np.inf)  # [first, end): one class of these values
    best, cuts = spread[0], []
    for _ in range(1, min(classes, size)):
        options = np.concatenate(([np.inf], best[:-1]))[:, None] + spread
        cuts.append(options.argmin(axis=0))
        best = options.min(axis=0)
    bounds, end = [], size - 1
    for cut in reversed(cuts):
        first = int(cut[end])
        bounds.append(find_next_round_number(float(values[first - 1]), float(values[first])))
        end = first - 1
    return tuple(sorted(bounds))


def find_next_round_number(below: float, upto: float) -> float:
    """Return the roundest figure above ``below`` and not above ``upto`` (both positive)."""
    for digits in range(_MAX_DIGITS):
        place = 10.0 ** (math.floor(math.log10(below)) - digits)
        bound = float(f"{(math.floor(below / place) + 1) * place:.{digits + 1}g}")
        if below < bound <= upto:
            return bound
    return upto
