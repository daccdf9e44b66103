"""Which items a set of filters chooses: the one answer that map, table and figures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.search.query_variants import list_query_variants
from geo.text import fold_text
from store.column_values import iterate_rows, mark_members
from store.facts.filters import NOT_REPORTED, Filters
from store.facts.item_snapshot import REMOVED, build_item_snapshot
from store.facts_cache import cache_on_facts, cache_on_reports

if TYPE_CHECKING:
    import pandas as pd

    from store.facts.facts import Facts

OUTLIER_SHARE: Final = 0.25
"""An item with more than this share of the whole known investment is named as an outlier."""

MOST: Final = 0.5
"""Share of the key projects that a period must say something of to be opened first."""


@dataclass(frozen=True, eq=False)
class Selection:
    """The items chosen, as known at a period.

    ``items`` has the columns of ``store.facts.item_snapshot.build_item_snapshot``, sorted by item;
    items that a report took off its list are in only when that status is asked for. ``area`` are
    the codes of the chosen communes and district, ``None`` when none is chosen. ``outliers`` are
    the items that by themselves make up more than ``OUTLIER_SHARE`` of all investment known at the
    period (filters aside); ``left_out`` are those of them that the filters leave out.
    """

    period: str
    items: pd.DataFrame
    area: frozenset[str] | None
    outliers: tuple[str, ...]
    left_out: tuple[str, ...]


def resolve_period(facts: Facts, filters: Filters) -> str:
    """Return the period that the filters name, the default one where they name none that is."""
    return filters.period if filters.period in facts.period_ranks else find_default_period(facts)


@cache_on_facts()
def find_default_period(facts: Facts) -> str:
    """Return the newest period whose reports speak of most key projects one by one.

    A newer report that only gives totals would open an almost empty map. Without such a period,
    the newest one; '' when there is none at all.
    """
    key_projects = set(facts.items.loc[facts.items["kind"] == "key_project", "item"])
    seen = facts.observations[facts.observations["item"].isin(key_projects)]
    spoken_of = seen.groupby("period")["item"].nunique()
    for period in reversed(list(facts.periods["period"])):
        if spoken_of.get(period, 0) > MOST * len(key_projects):
            return str(period)
    return str(facts.periods["period"].iloc[-1]) if len(facts.periods) else ""


def resolve_area(facts: Facts, filters: Filters) -> frozenset[str] | None:
    """Return the commune codes of the chosen communes and former district; ``None`` for no choice.

    A code or district that does not exist adds nothing, so that a wrong choice chooses nothing.
    """
    if not filters.communes and not filters.district:
        return None
    codes = set(filters.communes)
    if filters.district:
        district = facts.former_units["unit"] == filters.district
        for listed in facts.former_units.loc[district, "communes"]:
            codes.update(listed.split())
    return frozenset(codes & facts.commune_names.keys())


def select_items(facts: Facts, filters: Filters) -> Selection:
    """Return the items that pass every filter, as known at the filters' period."""
    selection = _compute_selection(facts, filters)
    return Selection(
        selection.period,
        selection.items.copy(deep=False),  # writing to a copy leaves what is kept as it is
        selection.area,
        selection.outliers,
        selection.left_out,
    )


def find_items_by_text(facts: Facts, text: str) -> list[str]:
    """Return the items of which the text filter finds every word, all for no word, by code."""
    texts = _map_search_texts(facts)
    ways = _list_ways_to_write(text)
    return sorted(item for item, found in texts.items() if _has_all_words(found, ways))


def has_item_filters(filters: Filters) -> bool:
    """Return whether the filters ask for something that only an item can have."""
    return bool(
        filters.kinds
        or filters.fundings
        or filters.phases
        or filters.forecasts
        or filters.statuses
        or filters.text
        or filters.items
    )


@cache_on_reports(most=64)
def _compute_selection(facts: Facts, filters: Filters) -> Selection:
    period = resolve_period(facts, filters)
    area = resolve_area(facts, filters)
    items = build_item_snapshot(facts, period, carry=filters.carry)
    outliers = _find_outliers(facts, period, filters.carry)
    is_chosen = _match_filters(facts, items, filters, area).to_numpy(dtype=bool, copy=True)
    left_out: tuple[str, ...] = ()
    if filters.leave_out_outlier:
        chosen = set(items["item"].array[is_chosen])
        left_out = tuple(item for item in outliers if item in chosen)
        is_chosen &= ~mark_members(items["item"], left_out)
    items = items.take(np.flatnonzero(is_chosen)).reset_index(drop=True)
    return Selection(period, items, area, outliers, left_out)


def _match_filters(
    facts: Facts, items: pd.DataFrame, filters: Filters, area: frozenset[str] | None
) -> pd.Series:
    is_chosen = items["listed"] | (REMOVED in filters.statuses)
    for column, wanted in (
        ("kind", filters.kinds),
        ("funding", filters.fundings),
        ("phase", filters.phases),
        ("status", filters.statuses),
    ):
        if wanted:
            is_chosen &= mark_members(items[column], wanted)
    if filters.items:
        is_chosen &= mark_members(items["item"], filters.items)
    if filters.forecasts:
        forecast = items["forecast"].where(items["forecast"] != "", NOT_REPORTED)
        is_chosen &= mark_members(forecast, filters.forecasts)
    if area is not None:
        is_chosen &= items["communes"].map(lambda codes: not area.isdisjoint(codes)).astype(bool)
    ways = _list_ways_to_write(filters.text)
    if any(ways):
        texts = _map_search_texts(facts)
        has_words = items["item"].map(lambda item: _has_all_words(texts[item], ways))
        is_chosen &= has_words.astype(bool)  # without a row, the map's outcome would be text
    return is_chosen.astype(bool)


def _list_ways_to_write(text: str) -> list[list[str]]:
    """Return the words of a text filter, first as typed, then with abbreviations written out."""
    return [fold_text(form).split() for form in list_query_variants(text)]


def _has_all_words(found: str, ways: list[list[str]]) -> bool:
    return any(all(word in found for word in words) for words in ways)


@cache_on_reports(most=32)
def _find_outliers(facts: Facts, period: str, carry: bool) -> tuple[str, ...]:
    items = build_item_snapshot(facts, period, carry=carry)
    amounts = items["investment_mvnd"].where(items["listed"]).to_numpy(float, na_value=np.nan)
    if np.count_nonzero(~np.isnan(amounts)) <= 1:
        return ()
    limit = OUTLIER_SHARE * np.nansum(amounts)
    return tuple(items["item"].array[amounts > limit])


@cache_on_reports()
def _map_search_texts(facts: Facts) -> dict[str, str]:
    """Return what the text filter looks in, by item: its name, raw name, code and zone's names."""
    zones = dict(
        zip(facts.zones["zone"], facts.zones["name"] + " " + facts.zones["aliases"], strict=True)
    )
    return {
        str(row.item): fold_text(
            " ".join([row.item, row.name, row.name_raw, row.zone, zones.get(row.zone, "")])
        )
        for row in iterate_rows(facts.items[["item", "name", "name_raw", "zone"]])
    }
