"""Whether a change is for the better or for the worse, where that can be said at all."""

from __future__ import annotations

from typing import Final

STATUS_RANK: Final = {
    "preparing": 1,
    "not_started": 1,
    "approved": 2,
    "established": 2,
    "started": 3,
    "under_construction": 4,
    "inaugurated": 5,
    "in_operation": 6,
}
"""How far on an item is; ``paused``, ``undetermined`` and ``removed_from_list`` are setbacks."""

FORECAST_RANK: Final = {
    "misses": 0,
    "undetermined": 0,
    "strives": 1,
    "may_meet": 2,
    "meets": 3,
    "exceeds": 4,
}
MORE_IS_BETTER: Final = frozenset(
    {"actual_clearance_pct", "actual_construction_pct", "physical_done"}
)
MORE_IS_WORSE: Final = frozenset(
    {"milestone_start", "milestone_inauguration", "milestone_finish", "obstacle", "clearance"}
)
GOOD_COUNTS: Final = frozenset(
    {"meets_goal", "exceeds_goal", "inaugurated", "done", "started", "resolved", "established"}
)
BAD_COUNTS: Final = frozenset(
    {"misses_goal", "undetermined", "not_reported", "clearance_problem", "start_postponed"}
)


def classify_direction(field: str, before: str, after: str, amount: float | None) -> str:
    """Return ``better``, ``worse``, or '' where neither can be said.

    ``amount`` is by how much the value grew (days for a milestone), ``None`` where that is no
    number. An obstacle that is new grows by one.
    """
    ranks = {"status": STATUS_RANK, "forecast": FORECAST_RANK}.get(field)
    if ranks is not None:
        if not before or not after:
            return ""
        return _classify_sign(ranks.get(after, 0) - ranks.get(before, 0), good=True)
    if field in MORE_IS_BETTER or field in GOOD_COUNTS:
        return _classify_sign(amount or 0, good=True)
    if field in MORE_IS_WORSE or field in BAD_COUNTS:
        return _classify_sign(amount or 0, good=False)
    return ""


def _classify_sign(amount: float, *, good: bool) -> str:
    if not amount:
        return ""
    return "better" if (amount > 0) == good else "worse"
