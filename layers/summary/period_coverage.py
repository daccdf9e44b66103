"""How much each period's reports cover, and whether there is a newer one than the one shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from store.column_values import list_cells
from store.facts.item_snapshot import list_reported_items, list_standing_items
from store.facts.labels import format_count, format_iso_day, get_period_label
from store.facts.selection import MOST, resolve_period
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters


@dataclass(frozen=True)
class PeriodCoverage:
    """A period, its day as shown, and how much of the key projects its own documents speak of.

    ``reported`` of ``listed`` key projects are spoken of one by one; ``text`` says it in words, or
    how many the documents count themselves.
    """

    period: str
    label: str
    day: str
    reported: int
    listed: int
    text: str


@cache_on_reports()
def list_period_coverage(
    facts: Facts, language: str = DEFAULT_LANGUAGE
) -> tuple[PeriodCoverage, ...]:
    """Return all periods with what their documents cover, the newest first."""
    periods = facts.periods.sort_values("as_of", ascending=False)
    return tuple(
        _describe_period(facts, period, as_of, language)
        for period, as_of in list_cells(periods, "period", "as_of")
    )


def find_newer_report(
    facts: Facts, filters: Filters, language: str = DEFAULT_LANGUAGE
) -> PeriodCoverage | None:
    """Return the newest period where it is newer than the one shown, else ``None``."""
    coverage = list_period_coverage(facts, language)
    shown = resolve_period(facts, filters)
    return coverage[0] if coverage and coverage[0].period != shown else None


def _describe_period(facts: Facts, period: str, as_of: str, language: str) -> PeriodCoverage:
    key_projects = frozenset(facts.items.loc[facts.items["kind"] == "key_project", "item"])
    standing = list_standing_items(facts, period) & key_projects
    reported, listed = len(standing & list_reported_items(facts, period)), len(standing)
    # A report from before the year's list speaks of a few of its projects, not of a list.
    is_list = listed > MOST * len(key_projects)
    stated = _find_stated_total(facts, period)
    values = {
        "reported": format_count(reported, language),
        "listed": format_count(listed, language),
    }
    if is_list and reported == listed:
        key = "all"
    elif is_list and reported > MOST * listed:
        key = "most"
    elif stated is not None:
        key, values["reported"] = "total", format_count(stated, language)
    else:
        key = "some" if reported else "none"
    text = t(f"layers.coverage.{key}", language, **values)
    label, day = get_period_label(facts, period, language), format_iso_day(as_of, language)
    return PeriodCoverage(period, label, day, reported, listed, text)


def _find_stated_total(facts: Facts, period: str) -> int | None:
    """Return of how many key projects the period's documents count something themselves."""
    rows = facts.indicators
    own = (rows["period"] == period) & (rows["subject"] == "key_projects")
    rows = rows[own & rows["measure"].isin(["misses_goal", "meets_goal"])]
    totals = pd.to_numeric(rows["total"]).dropna()
    return int(totals.max()) if len(totals) else None
