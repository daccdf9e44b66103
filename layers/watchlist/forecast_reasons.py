"""Forecasts of the quarter's goal as reasons to watch an item, with the reported reason."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.i18n import t
from layers.watchlist.reason import Found, WatchContext, WatchReason
from store.column_values import iterate_rows, list_cells
from store.facts.clearance_problems import WITHOUT_CAUSE
from store.facts.labels import (
    format_forecast,
    get_as_of_date,
    get_period_label,
    translate_word,
)
from store.facts.sources import find_sources
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from store.facts.facts import Facts


def find_forecast_reasons(context: WatchContext) -> Found:
    """Return who is forecast to miss the quarter's goal, is undetermined, or is paused."""
    reasons: Found = defaultdict(list)
    forecast, status = context.items["forecast"], context.items["status"]
    told = forecast.isin(["misses", "undetermined"]) | status.isin(["undetermined", "paused"])
    for row in iterate_rows(context.items[told]):
        if row.forecast in {"misses", "undetermined"}:
            reasons[row.item].append(_build_forecast_reason(context, row))
        if row.status in {"undetermined", "paused"} and row.forecast != "undetermined":
            reasons[row.item].append(
                _build_stated_reason(context, row.item, "status", row.status, row.status_obs)
            )
    return reasons


def _build_forecast_reason(context: WatchContext, row: pd.Series) -> WatchReason:
    """Return the forecast with what the report gives as its reason, or that it gives none."""
    reason = _build_stated_reason(context, row.item, "forecast", row.forecast, row.forecast_obs)
    forecast = format_forecast(
        row.forecast, year_goal=bool(row.year_goal), language=context.language
    )
    obstacles = row.obstacles if row.obstacles_period == context.period else ()
    named = ", ".join(_name_obstacles(context, row.item, obstacles))
    key = "with_obstacles" if obstacles else "no_obstacle"
    year = (t("leader.reason.year_goal", context.language),) if row.year_goal else ()
    why = t(f"leader.reason.{key}", context.language, obstacles=named)
    return WatchReason(
        key=reason.key,
        label=t(f"leader.label.{key}", context.language, forecast=forecast, obstacles=named),
        sentence=" ".join((reason.sentence, *year, why)),
        since=reason.since,
        sources=(*reason.sources, *find_sources(context.facts, row.obstacles_obs))
        if obstacles
        else reason.sources,
    )


def _name_obstacles(context: WatchContext, item: str, obstacles: Iterable[str]) -> list[str]:
    """Return what the report gives as reasons, each once; what has no kind in its own words."""
    names: dict[str, None] = {}
    for obstacle in obstacles:
        if obstacle in WITHOUT_CAUSE:
            names[t("leader.reason.land", context.language)] = None
        elif obstacle == "other":
            texts = _map_obstacle_texts(context.facts).get((item, context.period), ())
            names |= dict.fromkeys(
                texts or (translate_word("obstacle", obstacle, context.language),)
            )
        else:
            names[translate_word("obstacle", obstacle, context.language).lower()] = None
    return list(names)


@cache_on_reports()
def _map_obstacle_texts(facts: Facts) -> dict[tuple[str, str], list[str]]:
    """Return the reports' own words on obstacles by item and period."""
    seen = facts.observations[facts.observations["field"] == "obstacle_text"]
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item, period, value in list_cells(seen, "item", "period", "value"):
        texts[item, period].append(value)
    return texts


def _build_stated_reason(
    context: WatchContext, item: str, field: str, value: str, obs: str
) -> WatchReason:
    """Return a reason that is a word of the report itself, since the first report that has it."""
    ranks = context.facts.period_ranks
    stated = _find_first_periods(context.facts, field).get((item, value), "")
    first = stated if stated and ranks[stated] <= ranks[context.period] else ""
    sources = find_sources(context.facts, (obs,))
    period = get_period_label(context.facts, sources[0].period if sources else "", context.language)
    return WatchReason(
        key=value,
        label=translate_word(field, value, context.language),
        sentence=t(f"leader.reason.{value}", context.language, period=period),
        since=get_as_of_date(context.facts, first),
        sources=sources,
    )


@cache_on_reports()
def _find_first_periods(facts: Facts, field: str) -> dict[tuple[str, str], str]:
    """Return the first period that states a value of a field, by item and value."""
    ranks = facts.period_ranks
    seen = facts.observations[facts.observations["field"] == field]
    firsts: dict[tuple[str, str], str] = {}
    for item, value, period in list_cells(seen, "item", "value", "period"):
        known = firsts.get((item, value))
        if known is None or ranks[period] < ranks[known]:
            firsts[item, value] = period
    return firsts
