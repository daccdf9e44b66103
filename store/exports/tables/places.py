"""Where the chosen items lie, with equal shares, and what that makes of each commune."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import t
from store.exports.tables.items import format_commune_names, format_district_names, format_sources
from store.exports.tables.table import ColumnFactory, ExportTable, make_table
from store.facts.clearance_problems import list_clearance_problems, sum_held_up_by_commune
from store.facts.commune_shares import VND_PER_MVND, make_share_table
from store.facts.labels import translate_word
from store.facts.progress_mean import NO_PROGRESS, compute_progress_by
from store.facts.sources import make_source

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.selection import Selection


def make_places_table(facts: Facts, selection: Selection, language: str) -> ExportTable:
    """Return one row per chosen item and commune; an item without a place has one row without.

    ``share_vnd`` is an equal share, in đồng, exact in sum: over all rows they add up to the
    investment of the chosen items. ``in_area`` says whether the commune is in the chosen area.
    """
    make = ColumnFactory(language)
    columns = [
        make.one("item", "code", 14),
        make.one("name", "long", 44),
        make.one("commune", "code", 9),
        make.one("commune_name", "text", 24),
        make.one("districts", "long", 24),
        *make.word("how", 28),
        *make.word("certainty", 14),
        make.one("share_vnd", "integer", 20),
        make.one("commune_count", "integer", 9),
        make.one("in_area", "flag", 10),
        make.one("raw", "long", 30),
        make.one("source", "text", 22),
        make.one("note", "long", 40),
    ]
    told = {
        (row["item"], row["commune"]): row
        for row in facts.places.drop_duplicates(["item", "commune"]).to_dict("records")
    }
    shares = {
        (row.item, row.code): row.share_vnd
        for row in make_share_table(selection.items).itertuples(index=False)
    }
    rows: list[dict[str, object]] = []
    for one in selection.items.to_dict("records"):
        common = {"item": one["item"], "name": one["name"], "commune_count": len(one["communes"])}
        amount = one["investment_mvnd"]
        if not one["communes"]:
            whole = None if pd.isna(amount) else int(amount) * VND_PER_MVND
            missing = t("exports.value.not_placed", language)
            note = " ".join(filter(None, [missing, one["note"]]))
            rows.append(common | {"share_vnd": whole, "note": note})
        for code in one["communes"]:
            place = told[one["item"], code]
            source = make_source(
                facts, place["doc"], 0 if pd.isna(place["line"]) else int(place["line"])
            )
            rows.append(
                common
                | {
                    "commune": code,
                    "commune_name": format_commune_names(facts, [code]),
                    "districts": format_district_names(facts, [code], language),
                    "how": place["how"],
                    "how_text": translate_word("how", place["how"], language),
                    "certainty": place["certainty"],
                    "certainty_text": translate_word("certainty", place["certainty"], language),
                    "share_vnd": shares[one["item"], code],
                    "in_area": selection.area is None or code in selection.area,
                    "raw": place["raw"],
                    "source": format_sources([source], language) if place["doc"] else "",
                    "note": place["note"],
                }
            )
    return make_table("places", t("exports.sheet.places", language), columns, rows)


def make_communes_table(
    facts: Facts, filters: Filters, selection: Selection, language: str
) -> ExportTable:
    """Return the communes with the values of the map's layers, by code.

    Where an area is chosen, its communes and the others that the chosen items lie in; else all.
    ``progress_pct`` is the mean of actual construction, weighted as the filters say. Amounts are
    in đồng. Values that no report supports are unknown, never 0.
    """
    make = ColumnFactory(language)
    columns = [
        make.one("commune", "code", 9),
        make.one("commune_name", "text", 24),
        make.one("districts", "long", 26),
        make.one("area_km2", "number", 10),
        make.one("in_area", "flag", 10),
        make.one("items", "integer", 9),
        make.one("share_vnd", "integer", 20),
        make.one("unknown_items", "integer", 12),
        make.one("progress_pct", "number", 12),
        make.one("progress_known", "integer", 12),
        make.one("progress_waiting", "integer", 12),
        make.one("progress_opened", "integer", 12),
        make.one("progress_unknown", "integer", 12),
        make.one("forecast_items", "integer", 12),
        make.one("misses_items", "integer", 12),
        make.one("problems", "integer", 10),
        make.one("severity", "integer", 10),
        make.one("held_up_vnd", "integer", 20),
    ]
    shares = make_share_table(selection.items)
    joined = shares.merge(selection.items.drop(columns="communes"), on="item", how="left")
    progress = compute_progress_by(
        joined["code"], joined, joined["share_vnd"], weight=filters.weight
    )
    sums = shares.groupby("code")["share_vnd"].sum(min_count=1)
    unknown = shares["share_vnd"].isna().groupby(shares["code"]).sum()
    problems = list_clearance_problems(facts, filters)
    severity: dict[str, int] = {}
    for problem in problems:
        severity[problem.code] = max(problem.severity, severity.get(problem.code, 0))
    held_up = sum_held_up_by_commune(problems, shares)
    counts = Counter(one.code for one in problems)
    area = selection.area
    rows: list[dict[str, object]] = []
    for row in facts.communes.to_dict("records"):
        code = row["code"]
        if area is not None and code not in area and code not in progress:
            continue
        one = progress.get(code, NO_PROGRESS)
        rows.append(
            {
                "commune": code,
                "commune_name": row["name"],
                "districts": format_district_names(facts, [code], language),
                "area_km2": row["area_km2"],
                "in_area": area is None or code in area,
                "items": one.items,
                "share_vnd": sums.get(code),
                "unknown_items": unknown.get(code, 0),
                "progress_pct": one.mean,
                "progress_known": one.known,
                "progress_waiting": one.waiting,
                "progress_opened": one.opened,
                "progress_unknown": one.unknown + one.no_weight,
                "forecast_items": one.forecast,
                "misses_items": one.misses,
                "problems": counts.get(code, 0),
                "severity": severity.get(code),
                "held_up_vnd": held_up.get(code),
            }
        )
    return make_table("communes", t("exports.sheet.communes", language), columns, rows)
