"""Everything that the panel of a commune shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.choropleth.layer import join_items, list_item_shares
from layers.choropleth.progress import format_late_label
from layers.choropleth.progress import format_progress_label as progress_label
from layers.details.clearance_lines import ProblemLine, list_problem_lines
from layers.details.stated_lines import StatedLine, list_stated_lines
from layers.details.value_lines import ValueLine
from store.column_values import list_cells
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import (
    format_forecast,
    format_iso_day,
    format_known_percent,
    format_vnd,
    get_period_label,
    translate_word,
)
from store.facts.progress_mean import (
    MEASURE_COLUMN,
    compute_progress,
    list_progress_columns,
    mark_late_items,
)
from store.facts.selection import resolve_period, select_items
from store.facts.sources import Source, find_sources
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts_cache import cache_on_facts, cache_on_reports
from store.imports.item_statements import list_commune_statements

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters


_ITEM_COLUMNS: Final = (
    "name", "kind", "investment_mvnd", "investment_mvnd_obs", "status", "opened",
    "forecast", "forecast_obs", "year_goal",
    "construction", "construction_obs", "construction_period", "construction_comparable",
    "planned_construction", "planned_construction_obs", "planned_construction_period",
    "planned_construction_comparable",
)  # fmt: skip
"""What is shown of an item in a commune, and what its place among the late ones is judged by."""

LAST_DAY: Final = "2025-06-30"
"""The last day of the communes and districts of before."""


@dataclass(frozen=True)
class FormerUnitShare:
    """A unit of before that lies in the commune now, wholly or partly.

    ``share`` is the part (0 to 1) of the former unit's land that lies here, ``None`` where unknown.
    Dates are ISO, '' where unknown.
    """

    unit: str
    name: str
    kind: str
    label: str
    district: str
    province: str
    share: float | None
    valid_to: str


@dataclass(frozen=True, eq=False)
class CommuneDetails:
    """A commune's panel.

    ``items`` has one row per selected item in the commune, by share of investment: ``item, name,
    kind, kind_label, investment_vnd, share_vnd`` (Int64), ``communes`` (number it is shared over),
    ``progress_pct, progress_text, forecast, forecast_label, status, status_label, how, how_label,
    certainty, certainty_label, raw``. ``former_units`` are the communes of before, those
    of June 2025 first. ``lines`` are the commune's own figures, ``stated`` what documents state of
    it beside them.
    """

    code: str
    name: str
    kind: str
    kind_label: str
    former_province: str
    area_km2: float
    former_units: tuple[FormerUnitShare, ...]
    lines: tuple[ValueLine, ...]
    items: pd.DataFrame
    problems: tuple[ProblemLine, ...]
    stated: tuple[StatedLine, ...]


def find_commune_details(
    facts: Facts, filters: Filters, code: str, *, language: str = DEFAULT_LANGUAGE
) -> CommuneDetails | None:
    """Return what is known of a commune under the filters; ``None`` for an unknown code.

    An approved period has what was known when it was approved. It is shared, not to be changed.
    """
    filters = replace(filters, period=resolve_period(facts, filters))
    facts = get_facts_known_at(facts, filters.period)
    return _find_commune_details(facts.reports, filters, code, language)


@cache_on_facts(most=64)
def _find_commune_details(
    facts: Facts, filters: Filters, code: str, language: str
) -> CommuneDetails | None:
    matches = facts.communes[facts.communes["code"] == code]
    if not len(matches):
        return None
    commune = matches.iloc[0]
    units = list_former_units(facts, code, language)
    problems = list_clearance_problems(facts, filters)
    here = [problem for problem in problems if problem.code == code]
    shown = list_problem_lines(facts, here, language=language)
    items = _select_items(facts, filters, code)
    stated = list_commune_statements(facts, code, filters.period, carry=filters.carry)
    return CommuneDetails(
        code=code,
        name=str(commune["name"]),
        kind=str(commune["kind"]),
        kind_label=translate_word("commune_kind", str(commune["kind"]), language),
        former_province=str(commune["former_province"]),
        area_km2=float(commune["area_km2"]),
        former_units=units,
        lines=_build_value_lines(facts, filters, items, shown, language),
        items=_build_item_table(items, facts, code, language),
        problems=shown,
        stated=list_stated_lines(facts, stated, called=str(commune["name"]), language=language),
    )


def _select_items(facts: Facts, filters: Filters, code: str) -> pd.DataFrame:
    shares = list_item_shares(facts, filters)
    here = shares[shares["code"] == code]
    here = here.sort_values(["share_vnd", "item"], ascending=[False, True], ignore_index=True)
    columns = dict.fromkeys((*_ITEM_COLUMNS, *list_progress_columns(filters.progress)))
    return join_items(here, select_items(facts, filters).items, columns)


def _build_value_lines(
    facts: Facts,
    filters: Filters,
    items: pd.DataFrame,
    problems: tuple[ProblemLine, ...],
    language: str,
) -> tuple[ValueLine, ...]:
    """Return the commune's own figures, each with the report rows it is made of."""
    period = resolve_period(facts, filters)
    named = get_period_label(facts, period, language)

    def line(key: str, value: str, note: str, sources: tuple[Source, ...]) -> ValueLine:
        label = t(f"layers.panel.{key}", language)
        return ValueLine(key, label, value, period, named, sources, note=note)

    known = items["share_vnd"].notna()
    amount = t("layers.value.unknown", language)
    if known.any():
        amount = format_vnd(float(items["share_vnd"].sum()), language)
    progress = compute_progress(
        items, items["share_vnd"], measure=filters.progress, weight=filters.weight
    )
    misses = filters.progress == "misses"
    column = "forecast" if misses else MEASURE_COLUMN.get(filters.progress, "construction")
    marks = mark_late_items(items)
    late, judged = int(marks["late"].sum()), int(marks["judged"].sum())
    judged_items = items[marks["judged"]]
    late_obs = pd.concat([judged_items["forecast_obs"], judged_items["construction_obs"]])
    gravest = max((problem.severity for problem in problems), default=0)
    return (
        line(
            "items",
            str(len(items)),
            t("layers.panel.shared", language, count=int((items["communes"] > 1).sum())),
            (),
        ),
        line(
            "investment",
            amount,
            t("layers.panel.known", language, known=int(known.sum()), items=len(items)),
            find_sources(facts, items["investment_mvnd_obs"]),
        ),
        line(
            "late",
            format_late_label(late, judged, len(items), language),
            "",
            find_sources(facts, late_obs[late_obs != ""]),
        ),
        line(
            "misses" if misses else "progress",
            progress_label(
                progress, progress.misses_share if misses else progress.mean, filters, language
            ),
            "",
            find_sources(facts, items[f"{column}_obs"]),
        ),
        line(
            "problems",
            str(len(problems)),
            translate_word("severity_level", str(gravest), language) if gravest else "",
            tuple(source for problem in problems for source in problem.sources),
        ),
    )


def _build_item_table(items: pd.DataFrame, facts: Facts, code: str, language: str) -> pd.DataFrame:
    places = facts.places[facts.places["commune"] == code].drop_duplicates("item")
    rows = items.join(places.set_index("item")[["how", "certainty", "raw"]], on="item")
    return pd.DataFrame(
        {
            "item": rows["item"],
            "name": rows["name"],
            "kind": rows["kind"],
            "kind_label": [translate_word("kind", kind, language) for kind in rows["kind"]],
            "investment_vnd": rows["investment_mvnd"] * VND_PER_MVND,
            "share_vnd": rows["share_vnd"],
            "communes": rows["communes"],
            "progress_pct": rows["construction"],
            "progress_text": [
                format_known_percent(value, language) for value in rows["construction"]
            ],
            "forecast": rows["forecast"],
            "forecast_label": [
                format_forecast(word, year_goal=bool(goal), language=language)
                for word, goal in list_cells(rows, "forecast", "year_goal")
            ],
            "status": rows["status"],
            "status_label": [translate_word("status", word, language) for word in rows["status"]],
            "how": rows["how"],
            "how_label": [translate_word("how", how, language) for how in rows["how"]],
            "certainty": rows["certainty"],
            "certainty_label": [
                translate_word("certainty", word, language) for word in rows["certainty"]
            ],
            "raw": rows["raw"],
        }
    )


@cache_on_reports(most=256)
def list_former_units(facts: Facts, code: str, language: str) -> tuple[FormerUnitShare, ...]:
    """Return the former communes and towns whose land lies in the commune.

    A district that is the whole commune now (Bạch Long Vĩ had no communes) is one of them.
    Those that lasted until the reform of 1 July 2025 come first, by district and name.
    """
    units = facts.former_units
    part = (units["relation"] != "set") & units["communes"].str.contains(code, regex=False)
    small = units[part | (units["communes"] == code)]
    lasted = (small["valid_to"] == "") | (small["valid_to"] >= LAST_DAY)
    ordered = small.assign(_gone=~lasted).sort_values(["_gone", "district", "name", "unit"])
    return tuple(
        FormerUnitShare(
            unit=row["unit"],
            name=row["name"],
            kind=row["kind"],
            label=_format_unit_label(row, language),
            district=_format_unit_name(row["district"], row["district_kind"], language),
            province=row["province"],
            share=_find_share(row["communes"], row["shares"], code),
            valid_to=row["valid_to"],
        )
        for row in ordered.to_dict("records")
    )


def _format_unit_label(row: dict[str, Any], language: str) -> str:
    label = _format_unit_name(row["name"], row["kind"], language)
    if not row["_gone"]:
        return label
    return t(
        "layers.panel.former_until",
        language,
        name=label,
        day=format_iso_day(row["valid_to"], language),
    )


def _format_unit_name(name: str, kind: str, language: str) -> str:
    if not name:
        return ""
    return t(
        "layers.panel.former", language, kind=translate_word("unit", kind, language), name=name
    )


def _find_share(communes: str, shares: str, code: str) -> float | None:
    share_by_code = dict(zip(communes.split(), shares.split(), strict=False))
    share = float(share_by_code.get(code) or 0)
    return share or None  # 0 stands for a part whose size is not known
