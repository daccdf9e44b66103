"""Everything that the panel of a commune shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, percent, t
from layers.communes import by_commune
from layers.means import progress_of
from layers.problem_lines import Problem, problem_lines
from layers.problems import problems_at
from layers.progress import label as progress_label
from layers.selection import select
from layers.shares import share_table
from layers.words import vnd, word

if TYPE_CHECKING:
    from layers.filters import Filters
    from store.facts import Facts


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


@dataclass(frozen=True)
class CommuneFigure:
    """One figure of a commune, as shown, with what is behind it."""

    key: str
    label: str
    text: str
    detail: str


@dataclass(frozen=True, eq=False)
class CommuneFacts:
    """A commune's panel.

    ``items`` has one row per selected item in the commune, by share of investment: ``item, name,
    kind, kind_label, investment_vnd, share_vnd`` (Int64), ``communes`` (number it is shared over),
    ``progress_pct, progress_text, forecast, forecast_label, status, status_label, how, how_label,
    certainty, certainty_label, raw``. ``former_units`` are the communes of before; ``districts``
    the former districts they belonged to.
    """

    code: str
    name: str
    kind: str
    kind_label: str
    former_province: str
    area_km2: float
    former_units: tuple[FormerUnit, ...]
    districts: tuple[str, ...]
    figures: tuple[CommuneFigure, ...]
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
    units = _former_units(facts, code, language)
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
        districts=tuple(dict.fromkeys(unit.district for unit in units if unit.district)),
        figures=_figures(items, filters, shown, language),
        items=_shown(items, facts, code, language),
        problems=shown,
    )


def _items(facts: Facts, filters: Filters, code: str) -> pd.DataFrame:
    selection = select(facts, filters)
    shares = by_commune(share_table(selection.items), selection)
    here = shares[shares["code"] == code]
    return here.sort_values(["share_vnd", "item"], ascending=[False, True], ignore_index=True)


def _figures(
    items: pd.DataFrame, filters: Filters, problems: tuple[Problem, ...], language: str
) -> tuple[CommuneFigure, ...]:
    known = items["share_vnd"].notna()
    shared = int((items["communes"] > 1).sum())
    amount = t("layers.value.unknown", language)
    if known.any():
        amount = vnd(float(items["share_vnd"].sum()), language)
    one = progress_of(items, items["share_vnd"], measure=filters.progress, weight=filters.weight)
    value = one.misses_share if filters.progress == "misses" else one.mean
    gravest = max((problem.severity for problem in problems), default=0)
    return (
        _figure(
            "items", str(len(items)), t("layers.panel.shared", language, count=shared), language
        ),
        _figure(
            "investment",
            amount,
            t("layers.panel.known", language, known=int(known.sum()), items=len(items)),
            language,
        ),
        _figure("progress", progress_label(one, value, filters, language), "", language),
        _figure(
            "problems",
            str(len(problems)),
            word("severity_level", str(gravest), language) if gravest else "",
            language,
        ),
    )


def _figure(key: str, text: str, detail: str, language: str) -> CommuneFigure:
    return CommuneFigure(key, t(f"layers.panel.{key}", language), text, detail)


def _shown(items: pd.DataFrame, facts: Facts, code: str, language: str) -> pd.DataFrame:
    places = facts.places[facts.places["commune"] == code].drop_duplicates("item")
    rows = items.merge(places[["item", "how", "certainty", "raw"]], on="item", how="left")
    return pd.DataFrame(
        {
            "item": rows["item"],
            "name": rows["name"],
            "kind": rows["kind"],
            "kind_label": [word("kind", kind, language) for kind in rows["kind"]],
            "investment_vnd": rows["investment_mvnd"] * 1_000_000,
            "share_vnd": rows["share_vnd"],
            "communes": rows["communes"],
            "progress_pct": rows["construction"],
            "progress_text": [
                t("layers.value.unknown", language) if pd.isna(value) else percent(value, language)
                for value in rows["construction"]
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


def _former_units(facts: Facts, code: str, language: str) -> tuple[FormerUnit, ...]:
    """Return the former communes and towns whose land lies in the commune, by name."""
    units = facts.former_units
    small = units[(units["relation"] != "set") & units["communes"].str.contains(code, regex=False)]
    return tuple(
        FormerUnit(
            unit=row.unit,
            name=row.name,
            kind=row.kind,
            label=t(
                "layers.panel.former",
                language,
                kind=word("unit", row.kind, language),
                name=row.name,
            ),
            district=_district(row.district, row.district_kind, language),
            province=row.province,
            relation=row.relation,
            relation_label=word("relation", row.relation, language),
            share=_share(row.communes, row.shares, code),
            valid_to=row.valid_to,
        )
        for row in small.sort_values(["district", "name", "unit"]).itertuples(index=False)
    )


def _district(name: str, kind: str, language: str) -> str:
    return (
        t("layers.panel.former", language, kind=word("unit", kind, language), name=name)
        if name
        else ""
    )


def _share(communes: str, shares: str, code: str) -> float | None:
    found = dict(zip(communes.split(), shares.split(), strict=False))
    share = float(found.get(code) or 0)
    return share or None  # 0 stands for a part whose size is not known
