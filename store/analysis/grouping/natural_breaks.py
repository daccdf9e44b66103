"""Where one class of values should end and the next begin, by the values themselves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAX_DIGITS: Final = 15


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
