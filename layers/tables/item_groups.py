"""The selected items in groups, with counts and sums: each item once in a sum, or by shares.

Grouped by commune or former district, an item over several is in each with an equal share of its
investment, so that the groups add up to the whole, and is called a share. Grouped by who is asked
to act, an item that asks several is whole in each: those groups may add up to more than the whole,
which is told beside them and counts every item once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.details.places import BETWEEN, format_district_name, map_communes_to_districts
from layers.tables.table_columns import AREA_GROUPS
from store.column_values import list_cells
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND, make_share_table
from store.facts.filters import NOT_REPORTED
from store.facts.labels import translate_word
from store.facts.progress_mean import compute_progress_by
from store.facts.selection import select_items
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters

NONE: Final = "none"
"""The key of the items that are in no group."""

GROUP_COLUMNS: Final = (
    "key",
    "label",
    "items",
    "investment_bvnd",
    "unknown",
    "construction",
    "misses",
    "problems",
)
"""``items`` number of items; ``investment_bvnd`` billion VND (shares by commune or district),
missing where no amount is known; ``unknown`` items without an amount; ``construction`` mean percent
as on the map; ``misses`` items forecast to miss the quarter's goal; ``problems`` clearance
problems."""


@dataclass(frozen=True, eq=False)
class GroupTable:
    """The groups (``GROUP_COLUMNS``, the largest investment first), and all items together.

    ``shares`` says that the sums are of shares; ``overlap`` that some item is whole in several
    groups.
    """

    frame: pd.DataFrame
    items: int
    investment_bvnd: float | None
    shares: bool
    overlap: bool


def list_group_members(facts: Facts, filters: Filters, group: str) -> pd.DataFrame:
    """Return one row per selected item and group it is in: ``item, key, amount_vnd`` (Int64).

    An item in none has the key ``NONE``. The amount is the item's whole investment, its share by
    commune and district; <NA> where unknown.
    """
    return _list_group_members(facts, filters, group).copy(deep=False)


@cache_on_reports(most=32)
def build_group_table(
    facts: Facts, filters: Filters, group: str, *, language: str = DEFAULT_LANGUAGE
) -> GroupTable:
    """Return the selected items by group (one of ``layers.tables.table_columns.GROUPS``)."""
    items = select_items(facts, filters).items
    rows = _list_group_members(facts, filters, group)
    known = rows.merge(items.drop(columns="communes"), on="item", how="left")
    progress = compute_progress_by(known["key"], known, known["amount_vnd"])
    sums = known.assign(
        no_amount=known["amount_vnd"].isna(), late=known["forecast"] == "misses"
    ).groupby("key")
    frame = pd.DataFrame(
        {
            "items": sums["item"].nunique(),
            "investment_bvnd": sums["amount_vnd"].sum(min_count=1).astype("Float64") / 1e9,
            "unknown": sums["no_amount"].sum().astype("int64"),
            "misses": sums["late"].sum().astype("int64"),
        }
    )
    keys = list(frame.index)
    frame = frame.assign(
        key=keys,
        label=[_format_label(facts, group, key, language) for key in keys],
        construction=[progress[key].mean if key in progress else None for key in keys],
        problems=_count_problems(facts, filters, group, keys),
    )
    frame = frame.sort_values(
        ["investment_bvnd", "items", "label"], ascending=[False, False, True], na_position="last"
    )
    amounts = items["investment_mvnd"]
    return GroupTable(
        frame=frame[list(GROUP_COLUMNS)].reset_index(drop=True),
        items=len(items),
        investment_bvnd=float(amounts.sum()) / 1000 if amounts.notna().any() else None,
        shares=group in AREA_GROUPS,
        overlap=group == "body" and bool(rows["item"].duplicated().any()),
    )


def build_group_filters(facts: Facts, filters: Filters, group: str, key: str) -> Filters | None:
    """Return the filters that choose what is in a group; ``None`` where no filter can say it."""
    if key == NONE:
        return None
    if group == "commune":
        return filters.with_changes(communes=(key,), district="")
    if group == "district":
        if BETWEEN not in key:
            return filters.with_changes(communes=(), district=key)
        codes = tuple(
            code for code, district in map_communes_to_districts(facts).items() if district == key
        )
        return filters.with_changes(communes=tuple(sorted(codes)), district="")
    field = {
        "kind": "kinds",
        "funding": "fundings",
        "phase": "phases",
        "forecast": "forecasts",
        "status": "statuses",
    }.get(group)
    return filters.with_changes(**{field: (key,)}) if field else None


@cache_on_reports(most=32)
def _list_group_members(facts: Facts, filters: Filters, group: str) -> pd.DataFrame:
    items = select_items(facts, filters).items
    whole = items["investment_mvnd"].astype("Int64") * VND_PER_MVND
    if group in AREA_GROUPS:
        rows = make_share_table(items).rename(columns={"code": "key", "share_vnd": "amount_vnd"})
        if group == "district":
            districts = map_communes_to_districts(facts)
            rows = rows.assign(key=rows["key"].map(districts).fillna(NONE))
        nowhere = items.assign(key=NONE, amount_vnd=whole)[
            ~items["communes"].map(bool).astype(bool)
        ]
        rows = pd.concat(
            [rows[["item", "key", "amount_vnd"]], nowhere[["item", "key", "amount_vnd"]]]
        )
        # Several communes of one district are one member of it.
        return rows.groupby(["item", "key"], as_index=False)["amount_vnd"].sum(min_count=1)
    if group == "body":
        keys = items["asked_to_act"].map(lambda bodies: bodies or (NONE,))
        rows = items.assign(key=keys, amount_vnd=whole)[["item", "key", "amount_vnd"]]
        return rows.explode("key", ignore_index=True)
    missing = NOT_REPORTED if group == "forecast" else NONE
    keys = items[group].where(items[group] != "", missing)
    return items.assign(key=keys, amount_vnd=whole)[["item", "key", "amount_vnd"]]


def _count_problems(facts: Facts, filters: Filters, group: str, keys: list[str]) -> list[int]:
    """Return how many clearance problems each group has: by place, else by their items."""
    problems = list_clearance_problems(facts, filters)
    if group == "commune":
        counts = Counter(problem.code or NONE for problem in problems)
    elif group == "district":
        districts = map_communes_to_districts(facts)
        counts = Counter(districts.get(problem.code, NONE) for problem in problems)
    else:
        rows = _list_group_members(facts, filters, group)
        by_item = Counter(problem.item for problem in problems)
        counts = Counter()
        for item, key in list_cells(rows, "item", "key"):
            counts[key] += by_item[item]
    return [counts[key] for key in keys]


def _format_label(facts: Facts, group: str, key: str, language: str) -> str:
    if key == NONE:
        return t(f"bench.group.none_{'area' if group in AREA_GROUPS else 'other'}", language)
    if group == "commune":
        return facts.commune_names.get(key, key)
    if group == "district":
        name = format_district_name(facts, key, language)
        return name[:1].upper() + name[1:]
    return key if group == "body" else translate_word(group, key, language)
