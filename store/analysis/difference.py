"""One difference between two times in what the reports state, and all those between two periods."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from store.facts.statements import NOT_STATED, Statement

if TYPE_CHECKING:
    from store.facts.sources import Source


@dataclass(frozen=True)
class Difference:
    """One difference of an item's value, of a milestone or of a stated count.

    ``what`` of a value: ``new`` (the item was not known before; ``field`` is what the report says
    of it first, '' where it only gives its place), ``gone`` (a report has taken it off its list),
    ``changed``, ``said`` (known item, value stated for the first time) or ``unsaid`` (an obstacle
    no longer among those named). ``field`` is an item's field; ``clearance`` is a problem stated in
    the communes ``places``, ``places`` are communes the item is newly said to lie in.

    ``what`` of a milestone: ``moved`` (a later document gives another time), ``stated`` (one
    sentence says from when to when) or ``overdue`` (its time was over when a report still gave a
    status from before it; ``after.value`` is that status).

    ``what`` of a count: ``count``, or ``other_year`` where the two periods are of different years:
    what is counted from January on, and the year's list, are other things then. ``field`` is
    ``subject/measure``, counted in ``unit``.

    ``carrier`` of a milestone: the item whose milestone it is, where the same sentences are said of
    this item as a part of it (a bridge of a motorway); '' where it is the item's own. A milestone
    is counted once, at its carrier.

    ``amount``: by how much, in the field's unit (million VND, points of percent, hectares; days for
    a milestone, end to end, of an overdue one at least so many), ``None`` where that is no number
    or where one time is only more precise than the other (``refined``). ``direction``: ``better``,
    ``worse`` or ''. ``component`` is '' for the whole item.
    """

    what: str
    field: str
    before: Statement = NOT_STATED
    after: Statement = NOT_STATED
    amount: float | None = None
    direction: str = ""
    item: str = ""
    name: str = ""
    component: str = ""
    basis: str = ""
    unit: str = ""
    refined: bool = False
    places: tuple[str, ...] = ()
    carrier: str = ""
    investment_mvnd: int | None = None

    @property
    def days(self) -> int:
        """By how many days a milestone moved, negative for one brought forward."""
        return int(self.amount or 0)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where both sides stand, the earlier first."""
        return (*self.before.sources, *self.after.sources)


@dataclass(frozen=True)
class PeriodDiff:
    """All differences between two periods; items by money, the largest first in every list."""

    before: str
    after: str
    new: tuple[Difference, ...]
    gone: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    counts: tuple[Difference, ...]
    slips: tuple[Difference, ...]


_VALUE: Final = (
    "what", "item", "name", "field", "component", "basis", "before", "after", "amount",
    "direction", "refined", "places", "investment_mvnd",
)  # fmt: skip
_COUNT: Final = (
    "subject", "measure", "unit", "before", "after", "amount", "direction", "other_year",
)  # fmt: skip
_DELAY: Final = (
    "item", "name", "field", "component", "carrier", "how", "days", "before", "after",
    "investment_mvnd",
)  # fmt: skip
_KEYS: Final = {
    "new": _VALUE, "gone": _VALUE, "changed": _VALUE, "counts": _COUNT, "slips": _DELAY
}  # fmt: skip


def diff_to_json(period_diff: PeriodDiff) -> dict[str, Any]:
    """Return a diff as plain data.

    ``{"before", "after", "new": [value], "gone": [value], "changed": [value], "counts": [count],
    "slips": [delay]}`` with the fields of ``Difference`` that such a one has; ``how`` is ``what``
    of a milestone, ``days`` its ``amount``; of a count, ``subject`` and ``measure`` are the parts
    of ``field``. A side of one (``before``, ``after``) is ``null`` or
    ``{"period", "value", "total", "rows", "sources": [source]}`` with the fields of
    ``store.facts.sources.Source``.
    """
    return {"before": period_diff.before, "after": period_diff.after} | {
        part: [_to_json(difference, keys) for difference in getattr(period_diff, part)]
        for part, keys in _KEYS.items()
    }


def _to_json(difference: Difference, keys: tuple[str, ...]) -> dict[str, Any]:
    subject, _, measure = difference.field.partition("/")
    names = {"subject": subject, "measure": measure, "other_year": difference.what == "other_year"}
    whole = asdict(difference) | names | {"how": difference.what, "days": difference.days}
    for side in ("before", "after"):
        whole[side] = whole[side] if whole[side]["period"] else None
    return {key: whole[key] for key in keys}
