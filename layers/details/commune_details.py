"""Everything that the panel of a commune shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.choropleth.layer import by_commune
from layers.choropleth.progress import label as progress_label
from layers.details.clearance_lines import Problem, problem_lines
from layers.details.value_lines import FactLine
from store.facts.clearance_problems import problems_at
from store.facts.commune_shares import VND_PER_MVND, share_table
from store.facts.labels import iso_day, percent_or_unknown, period_label, vnd, word
from store.facts.progress_mean import MEASURE_COLUMN, progress_of
from store.facts.selection import period_of, select
from store.facts.sources import Source, sources_of

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters


__all__ = ["CommuneFacts", "FormerUnit", "Problem", "commune_facts"]

LAST_DAY: Final = "2025-06-30"
"""The last day of the communes and districts of before."""


@dataclass(frozen=True)
class FormerUnit:
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
    relation: str
    relation_label: str
    share: float | None
    valid_to: str


@dataclass(frozen=True, eq=False)
class CommuneFacts:
    """A commune's panel.

    ``items`` has one row per selected item in the commune, by share of investment: ``item, name,
    kind, kind_label, investment_vnd, share_vnd`` (Int64), ``communes`` (number it is shared over),
    ``progress_pct, progress_text, forecast, forecast_label, status, status_label, how, how_label,
    certainty, certainty_label, raw``. ``former_units`` are the communes of before, those
    of June 2025 first; ``former_districts`` the districts they belonged to. ``lines`` are the
    commune's own figures.
    """

    code: str
    name: str
    kind: str
    kind_label: str
    former_province: str
    area_km2: float
    former_units: tuple[FormerUnit, ...]
    former_districts: tuple[str, ...]
    lines: tuple[FactLine, ...]
    items: pd.DataFrame
    problems: tuple[Problem, ...]


def commune_facts(
    facts: Facts, filters: Filters, code: str, *, language: str = DEFAULT_LANGUAGE
) -> CommuneFacts | None:
    """Return what is known of a commune under the filters; ``None`` for an unknown code."""
    found = facts.communes[facts.communes["code"] == code]
    if not len(found):
        return None
    commune = found.iloc[0]
    units = former_units_of(facts, code, language)
    problems = problems_at(facts, filters)
    shown = problem_lines(facts, problems[problems["code"] == code], language=language)
    items = _items(facts, filters, code)
    return CommuneFacts(
        code=code,
        name=str(commune["name"]),
        kind=str(commune["kind"]),
        kind_label=word("commune_kind", str(commune["kind"]), language),
        former_province=str(commune["former_province"]),
        area_km2=float(commune["area_km2"]),
        former_units=units,
        former_districts=tuple(dict.fromkeys(unit.district for unit in units if unit.district)),
        lines=_lines(facts, filters, items, shown, language),
        items=_shown(items, facts, code, language),
        problems=shown,
    )


def _items(facts: Facts, filters: Filters, code: str) -> pd.DataFrame:
    selection = select(facts, filters)
    shares = by_commune(share_table(selection.items), selection)
    here = shares[shares["code"] == code]
    return here.sort_values(["share_vnd", "item"], ascending=[False, True], ignore_index=True)


def _lines(
    facts: Facts,
    filters: Filters,
    items: pd.DataFrame,
    problems: tuple[Problem, ...],
    language: str,
) -> tuple[FactLine, ...]:
    """Return the commune's own figures, each with the report rows it is made of."""
    period = period_of(facts, filters)
    named = period_label(facts, period, language)

    def line(key: str, value: str, note: str, sources: tuple[Source, ...]) -> FactLine:
        label = t(f"layers.panel.{key}", language)
        return FactLine(key, label, value, period, named, sources, note=note)

    known = items["share_vnd"].notna()
    amount = t("layers.value.unknown", language)
    if known.any():
        amount = vnd(float(items["share_vnd"].sum()), language)
    one = progress_of(items, items["share_vnd"], measure=filters.progress, weight=filters.weight)
    misses = filters.progress == "misses"
    column = "forecast" if misses else MEASURE_COLUMN[filters.progress]
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
            sources_of(facts, items["investment_mvnd_obs"]),
        ),
        line(
            "misses" if misses else "progress",
            progress_label(one, one.misses_share if misses else one.mean, filters, language),
            "",
            sources_of(facts, items[f"{column}_obs"]),
        ),
        line(
            "problems",
            str(len(problems)),
            word("severity_level", str(gravest), language) if gravest else "",
            tuple(source for problem in problems for source in problem.sources),
        ),
    )


def _shown(items: pd.DataFrame, facts: Facts, code: str, language: str) -> pd.DataFrame:
    places = facts.places[facts.places["commune"] == code].drop_duplicates("item")
    rows = items.merge(places[["item", "how", "certainty", "raw"]], on="item", how="left")
    return pd.DataFrame(
        {
            "item": rows["item"],
            "name": rows["name"],
            "kind": rows["kind"],
            "kind_label": [word("kind", kind, language) for kind in rows["kind"]],
            "investment_vnd": rows["investment_mvnd"] * VND_PER_MVND,
            "share_vnd": rows["share_vnd"],
            "communes": rows["communes"],
            "progress_pct": rows["construction"],
            "progress_text": [
                percent_or_unknown(value, language) for value in rows["construction"]
            ],
            "forecast": rows["forecast"],
            "forecast_label": [word("forecast", one, language) for one in rows["forecast"]],
            "status": rows["status"],
            "status_label": [word("status", one, language) for one in rows["status"]],
            "how": rows["how"],
            "how_label": [word("how", how, language) for how in rows["how"]],
            "certainty": rows["certainty"],
            "certainty_label": [word("certainty", one, language) for one in rows["certainty"]],
            "raw": rows["raw"],
        }
    )


def former_units_of(facts: Facts, code: str, language: str) -> tuple[FormerUnit, ...]:
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
        FormerUnit(
            unit=row["unit"],
            name=row["name"],
            kind=row["kind"],
            label=_unit_label(row, language),
            district=_typed(row["district"], row["district_kind"], language),
            province=row["province"],
            relation=row["relation"],
            relation_label=word("relation", row["relation"], language),
            share=_share(row["communes"], row["shares"], code),
            valid_to=row["valid_to"],
        )
        for row in ordered.to_dict("records")
    )


def _unit_label(row: dict[str, Any], language: str) -> str:
    label = _typed(row["name"], row["kind"], language)
    if not row["_gone"]:
        return label
    return t(
        "layers.panel.former_until", language, name=label, day=iso_day(row["valid_to"], language)
    )


def _typed(name: str, kind: str, language: str) -> str:
    if not name:
        return ""
    return t("layers.panel.former", language, kind=word("unit", kind, language), name=name)


def _share(communes: str, shares: str, code: str) -> float | None:
    found = dict(zip(communes.split(), shares.split(), strict=False))
    share = float(found.get(code) or 0)
    return share or None  # 0 stands for a part whose size is not known
