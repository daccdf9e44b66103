"""Shares of one whole that two periods both state, side by side: counts, and progress by item.

Only what the documents of either period say themselves: nothing is carried over, what is counted in
other years or of other wholes is not set side by side, and what one period alone states is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import format_percent, t
from layers.history.s_curve import MEASURES
from layers.labels.short_names import shorten_name
from layers.labels.statement_labels import format_count_label, format_stated_count
from store.analysis.period_diff import compare_periods
from store.column_values import list_rows
from store.facts.filters import Filters
from store.facts.selection import select_items
from store.facts.sources import find_sources
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from layers.history.s_curve import Measure
    from store.analysis.difference import Difference
    from store.facts.facts import Facts
    from store.facts.sources import Source
    from store.facts.statements import Statement

_PERCENT: Final = "percent"


@dataclass(frozen=True)
class PeriodStep:
    """One share in two periods, in percent; the texts say it as the documents do.

    ``direction``: ``better``, ``worse`` or ''. ``item`` is '' for a count.
    """

    item: str
    name: str
    before: float
    after: float
    before_text: str
    after_text: str
    direction: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class PeriodSteps:
    """What both periods state: ``counts``, and ``items`` by their progress.

    ``other_counts`` are differences of counts that are no shares, or of two years.
    ``before_only`` and ``after_only`` count the progress figures that one period alone has.
    """

    counts: tuple[PeriodStep, ...]
    items: tuple[PeriodStep, ...]
    other_counts: int
    before_only: int
    after_only: int


@cache_on_reports(most=12)
def list_period_steps(facts: Facts, before: str, after: str, *, language: str) -> PeriodSteps:
    """Return what two periods both state as shares.

    Raises ``StoreError`` as ``store.analysis.period_diff.compare_periods`` does.
    """
    counts = compare_periods(facts, before, after).counts
    shares = tuple(step for change in counts if (step := _make_count_step(change, language)))
    frames = [select_items(facts, Filters(period=period)).items for period in (before, after)]
    own = {
        (period, measure): _index_own(items, measure, period)
        for period, items in zip((before, after), frames, strict=True)
        for measure in MEASURES
    }
    steps: list[PeriodStep] = []
    alone = {before: 0, after: 0}
    for measure in MEASURES:
        first, then = own[before, measure], own[after, measure]
        both = [key for key in first if key in then]
        steps += [_make_item_step(facts, measure, first[key], then[key], language) for key in both]
        alone[before] += len(first) - len(both)
        alone[after] += len(then) - len(both)
    steps.sort(key=lambda step: (step.before - step.after, step.item))
    return PeriodSteps(
        counts=shares,
        items=tuple(steps),
        other_counts=len(counts) - len(shares),
        before_only=alone[before],
        after_only=alone[after],
    )


def _make_count_step(change: Difference, language: str) -> PeriodStep | None:
    """Return a count of both periods as shares of its total, ``None`` where it is none.

    Where fewer are a larger share, as the total fell more, the step is neither better nor worse.
    """
    shares = [_find_share(change, side) for side in (change.before, change.after)]
    before, after = shares
    if change.what != "count" or before is None or after is None:
        return None
    texts = [
        _format_share(change, side, share, language)
        for side, share in ((change.before, before), (change.after, after))
    ]
    return PeriodStep(
        item="",
        name=format_count_label(change.field, language),
        before=before,
        after=after,
        before_text=texts[0],
        after_text=texts[1],
        direction=change.direction if (after - before) * (change.amount or 0) > 0 else "",
        sources=(*change.before.sources, *change.after.sources),
    )


def _find_share(change: Difference, side: Statement) -> float | None:
    if not side.value:
        return None
    if change.unit == _PERCENT:
        return float(side.value)
    return 100 * float(side.value) / side.total if side.total else None


def _format_share(change: Difference, side: Statement, share: float, language: str) -> str:
    if change.unit == _PERCENT:
        return format_stated_count(side, _PERCENT, language)
    stated = format_stated_count(side, "", language)
    return f"{stated} ({format_percent(round(share, 1), language)})"


def _index_own(
    items: pd.DataFrame, measure: Measure, period: str
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return the items of which the period itself states a share, by item, part and whole."""
    stated = items[
        items[measure].notna()
        & items[f"{measure}_comparable"].astype(bool)
        & (items[f"{measure}_period"] == period)
    ]
    marks = [f"{measure}_{end}" for end in ("component", "basis", "obs")]
    return {
        (row["item"], row[f"{measure}_component"], row[f"{measure}_basis"]): row
        for row in list_rows(stated[["item", "name", measure, *marks]])
    }


def _make_item_step(
    facts: Facts, measure: Measure, first: dict[str, Any], then: dict[str, Any], language: str
) -> PeriodStep:
    before, after = float(first[measure]), float(then[measure])
    under = t(f"leader.curve.{measure}", language)
    part = first[f"{measure}_component"]
    direction = ("better" if after > before else "worse") if after != before else ""
    return PeriodStep(
        item=first["item"],
        name=f"{shorten_name(then['name'])} · {f'{under}: {part}' if part else under}",
        before=before,
        after=after,
        before_text=format_percent(before, language),
        after_text=format_percent(after, language),
        direction=direction,
        sources=tuple(dict.fromkeys(_list_sources(facts, measure, first, then))),
    )


def _list_sources(
    facts: Facts, measure: Measure, first: dict[str, Any], then: dict[str, Any]
) -> Iterator[Source]:
    for row in (first, then):
        seen = row[f"{measure}_obs"]
        yield from find_sources(facts, filter(None, [seen] if isinstance(seen, str) else seen))
