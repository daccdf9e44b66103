"""Plan against actual, item by item: only where the period gives both, of the same whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.i18n import format_percent
from layers.history.s_curve import MEASURES, is_same_whole
from store.column_values import list_rows
from store.facts.selection import resolve_period, select_items
from store.facts.sources import find_sources
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    import pandas as pd

    from layers.history.s_curve import Measure
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source


@dataclass(frozen=True)
class PlanBar:
    """One measure of one item, in percent; the texts are in the reader's language.

    ``measure`` is ``construction`` or ``clearance``; ``part`` what part of the item it is of, ''
    for the whole. ``short``: how many points the actual is under the plan, 0 or less where not.
    """

    item: str
    name: str
    measure: Measure
    part: str
    planned: float
    actual: float
    planned_text: str
    actual_text: str
    short: float
    sources: tuple[Source, ...]


@cache_on_reports(most=32)
def list_plan_bars(facts: Facts, filters: Filters, *, language: str) -> tuple[PlanBar, ...]:
    """Return plan and actual of what the filters choose, the furthest behind first.

    Nothing is carried over from another period, and shares of different wholes are not compared,
    as in ``layers.history.s_curve``.
    """
    items = select_items(facts, filters).items
    period = resolve_period(facts, filters)
    bars = [
        _build_bar(facts, row, measure, language)
        for measure in MEASURES
        for row in list_rows(
            items.loc[_have_both(items, measure, period), ["item", "name", *_list_columns(measure)]]
        )
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.short, bar.item, bar.measure)))


def _list_columns(measure: Measure) -> list[str]:
    """Return the columns of a snapshot that make the bars of a measure."""
    ends = ("", "_obs", "_component")
    return [f"{start}{measure}{end}" for start in ("", "planned_") for end in ends]


def _have_both(items: pd.DataFrame, measure: Measure, period: str) -> pd.Series:
    """Return which items the period itself gives plan and actual of, as shares of one whole."""
    return (
        items[measure].notna()
        & items[f"planned_{measure}"].notna()
        & items[f"{measure}_comparable"].astype(bool)
        & items[f"planned_{measure}_comparable"].astype(bool)
        & (items[f"{measure}_period"] == period)
        & (items[f"planned_{measure}_period"] == period)
        & is_same_whole(items, measure)
    )


def _build_bar(facts: Facts, row: dict[str, Any], measure: Measure, language: str) -> PlanBar:
    planned, actual = float(row[f"planned_{measure}"]), float(row[measure])
    seen: list[str] = []
    for value in (row[f"{measure}_obs"], row[f"planned_{measure}_obs"]):
        seen.extend([value] if isinstance(value, str) else value)
    return PlanBar(
        item=row["item"],
        name=row["name"],
        measure=measure,
        part=row[f"{measure}_component"] or row[f"planned_{measure}_component"],
        planned=planned,
        actual=actual,
        planned_text=format_percent(planned, language),
        actual_text=format_percent(actual, language),
        short=round(planned - actual, 2),
        sources=tuple(dict.fromkeys(find_sources(facts, filter(None, seen)))),
    )
