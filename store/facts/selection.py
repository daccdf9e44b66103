"""Which items a set of filters chooses: the one answer that map, table and figures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from store.facts.facts import Facts, find_default_period
from store.facts.filters import NOT_REPORTED, Filters
from store.facts.item_snapshot import build_item_snapshot
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    import pandas as pd

OUTLIER_SHARE: Final = 0.25
"""An item with more than this share of the whole known investment is named as an outlier."""


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


def resolve_area(facts: Facts, filters: Filters) -> frozenset[str] | None:
    """Return the commune codes of the chosen communes and former district; ``None`` for no choice.

    A code or district that does not exist adds nothing, so that a wrong choice chooses nothing.
    """
    if not filters.communes and not filters.district:
        return None
    known = set(facts.communes["code"])
    codes = set(filters.communes)
    district = facts.former_units["unit"] == filters.district
    for listed in facts.former_units.loc[district, "communes"]:
        codes.update(listed.split())
    return frozenset(codes & known)


def select_items(facts: Facts, filters: Filters) -> Selection:
    """Return the items that pass every filter, as known at the filters' period."""
    selection = _compute_selection(facts, filters)
    return Selection(
        selection.period,
        selection.items.copy(),
        selection.area,
        selection.outliers,
        selection.left_out,
    )


def has_item_filters(filters: Filters) -> bool:
    """Return whether the filters ask for something that only an item can have."""
    return bool(
        filters.kinds
        or filters.fundings
        or filters.phases
        or filters.forecasts
        or filters.statuses
        or filters.text
    )


@cache_on_facts(most=64)
def _compute_selection(facts: Facts, filters: Filters) -> Selection:
    period = resolve_period(facts, filters)
    area = resolve_area(facts, filters)
    items = build_item_snapshot(facts, period, carry=filters.carry)
    outliers = _find_outliers(items)
    items = items[_match_filters(facts, items, filters, area)]
    left_out = tuple(item for item in outliers if item in set(items["item"]))
    if filters.leave_out_outlier:
        items = items[~items["item"].isin(left_out)]
    else:
        left_out = ()
    return Selection(period, items.reset_index(drop=True), area, outliers, left_out)


def _match_filters(
    facts: Facts, items: pd.DataFrame, filters: Filters, area: frozenset[str] | None
) -> pd.Series:
    is_chosen = items["listed"] | ("removed_from_list" in filters.statuses)
    for column, wanted in (
        ("kind", filters.kinds),
        ("funding", filters.fundings),
        ("phase", filters.phases),
        ("status", filters.statuses),
    ):
        if wanted:
            is_chosen &= items[column].isin(wanted)
    if filters.forecasts:
        forecast = items["forecast"].where(items["forecast"] != "", NOT_REPORTED)
        is_chosen &= forecast.isin(filters.forecasts)
    if area is not None:
        is_chosen &= items["communes"].map(lambda codes: not area.isdisjoint(codes)).astype(bool)
    words = fold_text(filters.text).split()
    if words:
        texts = _map_search_texts(facts)
        has_words = items["item"].map(lambda item: all(word in texts[item] for word in words))
        is_chosen &= has_words.astype(bool)  # without a row, the map's outcome would be text
    return is_chosen.astype(bool)


def _find_outliers(items: pd.DataFrame) -> tuple[str, ...]:
    known = items[items["listed"] & items["investment_mvnd"].notna()]
    if len(known) <= 1:
        return ()
    limit = OUTLIER_SHARE * float(known["investment_mvnd"].sum())
    return tuple(known.loc[known["investment_mvnd"] > limit, "item"])


@cache_on_facts()
def _map_search_texts(facts: Facts) -> dict[str, str]:
    """Return what the text filter looks in, by item: its name, raw name, code and zone's names."""
    zones = dict(
        zip(facts.zones["zone"], facts.zones["name"] + " " + facts.zones["aliases"], strict=True)
    )
    return {
        str(row.item): fold_text(
            " ".join([row.item, row.name, row.name_raw, row.zone, zones.get(row.zone, "")])
        )
        for row in facts.items[["item", "name", "name_raw", "zone"]].itertuples(index=False)
    }
