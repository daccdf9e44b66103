"""The differences between two periods as single things."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from store.analysis.milestone_delays import MILESTONES

if TYPE_CHECKING:
    from store.analysis.milestone_delays import MilestoneDelay
    from store.analysis.stated_counts import CountChange
    from store.facts.statements import Statement

ORDER: Final = (
    "investment_mvnd",
    "status",
    "forecast",
    "actual_construction_pct",
    "planned_construction_pct",
    "actual_clearance_pct",
    "planned_clearance_pct",
    "physical_done",
    *MILESTONES,
    "obstacle",
    "clearance",
    "places",
    "area_ha",
    "land_payment_mvnd",
)
"""The fields that are compared, in the order in which they are told."""

TELLING: Final = ("status", "investment_mvnd", "forecast", "milestone_start", "planned_work")
"""What a new item is introduced with, the first of these that the report says."""

REMOVED: Final = "removed_from_list"


@dataclass(frozen=True)
class ReportedChange:
    """One difference.

    ``what``: ``new`` (the item was not known before; ``field`` is what the report says of it first,
    '' where it only gives its place), ``gone`` (a report has taken it off its list), ``changed``,
    ``said`` (known item, value stated for the first time) or ``unsaid`` (an obstacle no longer
    among those named). ``field`` is one of ``ORDER``; ``clearance`` is a problem stated in the
    communes ``places``, ``places`` are communes the item is newly said to lie in.
    ``amount``: by how much, in the field's unit (million VND, points of percent, hectares; days for
    a milestone), ``None`` where that is no number or where one time is only more precise than the
    other (``refined``). ``direction``: ``better``, ``worse`` or ''.
    """

    what: str
    item: str
    name: str
    field: str
    component: str
    basis: str
    before: Statement | None
    after: Statement | None
    amount: float | None
    direction: str
    refined: bool
    places: tuple[str, ...]
    investment_mvnd: int | None


@dataclass(frozen=True)
class PeriodDiff:
    """All differences between two periods; items by money, the largest first in every list."""

    before: str
    after: str
    new: tuple[ReportedChange, ...]
    gone: tuple[ReportedChange, ...]
    changed: tuple[ReportedChange, ...]
    counts: tuple[CountChange, ...]
    slips: tuple[MilestoneDelay, ...]


def diff_to_json(found: PeriodDiff) -> dict[str, Any]:
    """Return a diff as plain data.

    ``{"before", "after", "new": [change], "gone": [change], "changed": [change], "counts": [count],
    "slips": [slip]}`` with the fields of ``ReportedChange``, ``CountChange`` and
    ``MilestoneDelay``. A side of one (``before``, ``after``) is ``null`` or
    ``{"period", "value", "total", "rows", "sources": [source]}`` with the fields of
    ``store.facts.sources.Source``.
    """
    return asdict(found)
