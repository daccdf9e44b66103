"""Where the chosen items lie, with equal shares, and what that makes of each commune."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import t
from store.column_values import iterate_rows
from store.exports.tables.columns import (
    ITEM,
    declare_commune,
    declare_source,
    declare_word,
    find_row_source,
    format_district_names,
)
from store.exports.tables.table import (
    ExportColumn,
    ExportInput,
    Row,
    TableDeclaration,
    frame_to_records,
)
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import (
    VND_PER_MVND,
    make_share_table,
    map_route_items,
    sum_held_up_by_commune,
)
from store.facts.progress_mean import NO_PROGRESS, compute_progress_by

if TYPE_CHECKING:
    from collections.abc import Iterator


def _list_places(given: ExportInput) -> Iterator[Row]:
    """Yield a row per chosen item and commune; for an item without a place one without."""
    items, area = given.selection.items, given.selection.area
    places = frame_to_records(given.facts.places.drop_duplicates(["item", "commune"]))
    by_place = {(row["item"], row["commune"]): row for row in places}
    shares = {(row.item, row.code): row.share_vnd for row in iterate_rows(make_share_table(items))}
    for item in frame_to_records(items):
        code, communes = item["item"], item["communes"]
        common = {"item": code, "name": item["name"], "commune_count": len(communes)}
        if not communes:
            amount = item["investment_mvnd"]
            whole = None if pd.isna(amount) else int(amount) * VND_PER_MVND
            missing = t("exports.value.not_placed", given.language)
            note = " ".join(filter(None, [missing, item["note"]]))
            yield common | {"share_vnd": whole, "note": note}
        for commune in communes:
            place = by_place[code, commune]
            inside = area is None or commune in area
            shared = {"share_vnd": shares[code, commune], "in_area": inside}
            yield place | common | shared


def _list_communes(given: ExportInput) -> Iterator[Row]:
    """Yield the communes with the values of the map's layers, by code.

    Where an area is chosen, its communes and the others that the chosen items lie in; else all.
    """
    facts, selection = given.facts, given.selection
    shares = make_share_table(selection.items)
    joined = shares.merge(selection.items.drop(columns="communes"), on="item", how="left")
    progress = compute_progress_by(
        joined["code"], joined, joined["share_vnd"], weight=given.filters.weight
    )
    sums = shares.groupby("code")["share_vnd"].sum(min_count=1)
    unknown = shares["share_vnd"].isna().groupby(shares["code"]).sum()
    problems = list_clearance_problems(facts, given.filters)
    severity: dict[str, int] = {}
    for problem in problems:
        severity[problem.code] = max(problem.severity, severity.get(problem.code, 0))
    held_up = sum_held_up_by_commune(problems, shares)
    counts = Counter(problem.code for problem in problems)
    carried = Counter(problem.code for problem in problems if problem.carried)
    route_items = map_route_items(selection, problems)
    area = selection.area
    for row in frame_to_records(facts.communes):
        code = row["code"]
        if area is not None and code not in area and code not in progress:
            continue
        mean = progress.get(code, NO_PROGRESS)
        values = {
            "in_area": area is None or code in area,
            "share_vnd": sums.get(code),
            "unknown_items": unknown.get(code, 0),
            "progress_unknown": mean.unknown + mean.no_weight,
            "problems": counts[code],
            "carried_problems": carried[code],
            "route_items": len(route_items.get(code, ())),
            "severity": severity.get(code),
            "held_up_vnd": held_up.get(code),
        }
        yield row | vars(mean) | values


def _declare_districts(width: int, read: str) -> ExportColumn:
    """Return the column of a commune's former districts; ``read`` is its code's key in the row."""

    def read_districts(given: ExportInput, row: Row) -> str:
        return format_district_names(given.facts, [row.get(read, "")], given.language)

    return ExportColumn("districts", "long", width, read=read_districts)


PLACES: Final = TableDeclaration(
    "places",
    (
        ITEM,
        ExportColumn("name", "long", 44),
        *declare_commune(),
        _declare_districts(24, "commune"),
        *declare_word("how", 28, "layers.how"),
        *declare_word("certainty", 14, "layers.certainty"),
        ExportColumn("share_vnd", "integer", 20),
        ExportColumn("commune_count", "integer", 9),
        ExportColumn("in_area", "flag", 10),
        ExportColumn("raw", "long", 30),
        *declare_source("source", 48, find_row_source),
        ExportColumn("note", "long", 40),
    ),
    _list_places,
)
"""``share_vnd`` is an equal share, in đồng, exact in sum: over all rows they add up to the
investment of the chosen items. ``in_area`` says whether the commune is in the chosen area."""

COMMUNES: Final = TableDeclaration(
    "communes",
    (
        *declare_commune("code"),
        _declare_districts(26, "code"),
        ExportColumn("area_km2", "number", 10),
        ExportColumn("in_area", "flag", 10),
        ExportColumn("items", "integer", 9),
        ExportColumn("share_vnd", "integer", 20),
        ExportColumn("unknown_items", "integer", 12),
        ExportColumn("progress_pct", "number", 12, read="mean"),
        ExportColumn("progress_known", "integer", 12, read="known"),
        ExportColumn("progress_waiting", "integer", 12, read="waiting"),
        ExportColumn("progress_opened", "integer", 12, read="opened"),
        ExportColumn("progress_unknown", "integer", 12),
        ExportColumn("forecast_items", "integer", 12, read="forecast"),
        ExportColumn("misses_items", "integer", 12, read="misses"),
        ExportColumn("problems", "integer", 10),
        ExportColumn("carried_problems", "integer", 12),
        ExportColumn("route_items", "integer", 12),
        ExportColumn("severity", "integer", 10),
        ExportColumn("held_up_vnd", "integer", 20),
    ),
    _list_communes,
)
"""``progress_pct`` is the mean of actual construction, weighted as the filters say. Amounts are
in đồng. Values that no report supports are unknown, never 0."""
