"""Places that can be chosen: which communes of today they are, and what they are called."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.boundaries.active import get_web_layer
from geo.i18n import DEFAULT_LANGUAGE, t
from store.column_values import list_cells
from store.facts_cache import cache_on_facts, cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from store.facts.facts import Facts


LAST_DAY: Final = "2025-06-30"
"""The last day of the districts."""

BETWEEN: Final = "+"
"""Between the ids of several districts in one key."""


def list_last_districts(facts: Facts) -> pd.DataFrame:
    """Return the rows of ``former_units`` that are the districts of the last day."""
    units = facts.former_units
    lasted = (units["valid_to"] == LAST_DAY) & (units["district"] != "")
    return units[(units["relation"] == "set") & lasted]


@cache_on_facts()
def map_communes_to_districts(facts: Facts) -> dict[str, str]:
    """Return for every commune the id of its district, several with ``BETWEEN`` between them.

    A commune made of land of two districts is of both: it is a group of its own, for no report
    says what lies in which part.
    """
    districts: dict[str, list[str]] = {}
    rows = list_last_districts(facts)
    for unit, communes in list_cells(rows, "unit", "communes"):
        for code in communes.split():
            districts.setdefault(code, []).append(unit)
    return {code: BETWEEN.join(sorted(units)) for code, units in districts.items()}


def format_district_name(facts: Facts, key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the name of a district, or of several in one key."""
    named = _map_districts_to_names(facts)
    names = [
        t(f"map.former.{kind}", language, name=name)
        for kind, name in (named[unit] for unit in key.split(BETWEEN) if unit in named)
    ]
    return t("bench.group.between", language).join(names) or key


@cache_on_facts()
def _map_districts_to_names(facts: Facts) -> dict[str, tuple[str, str]]:
    """Return kind and name of every district of the last day by its id."""
    rows = list_last_districts(facts)
    return dict(zip(rows["unit"], list_cells(rows, "kind", "name"), strict=True))


@dataclass(frozen=True)
class ChosenPlace:
    """A place that was chosen: its kind and key as in a click, its name, its communes' codes.

    ``note`` says in a sentence how it relates to today's communes; '' where there is no need.
    """

    kind: str
    key: str
    name: str
    communes: tuple[str, ...]
    note: str = ""


@cache_on_reports(most=128)
def find_place(facts: Facts, kind: str, key: str, *, language: str = "vi") -> ChosenPlace | None:
    """Return the place that a click or an address names, ``None`` when there is no such place."""
    return _FINDERS[kind](facts, key, language) if kind in _FINDERS else None


def load_label_points() -> Mapping[str, tuple[float, float]]:
    """Return a point inside every commune as (lon, lat), EPSG:4326, by code."""
    layer = get_web_layer()
    return _read_label_points(layer.path, layer.version)


@cache
def _read_label_points(path: Path, version: str) -> dict[str, tuple[float, float]]:  # noqa: ARG001
    features = json.loads(path.read_text("utf-8"))["features"]
    return {
        feature["properties"]["code"]: tuple(feature["properties"]["at"]) for feature in features
    }


def _find_row(frame: pd.DataFrame, column: str, key: str) -> pd.Series | None:
    rows = frame.loc[frame[column] == key]
    return None if rows.empty else rows.iloc[0]


def _find_commune(facts: Facts, key: str, language: str) -> ChosenPlace | None:
    row = _find_row(facts.communes, "code", key)
    if row is None:
        return None
    name = row["name"] if language == "vi" else row["name_en"]
    return ChosenPlace("commune", key, name, (key,))


def _find_item(facts: Facts, key: str, language: str) -> ChosenPlace | None:
    row = _find_row(facts.items, "item", key)
    if row is None:
        return None
    rows = facts.places.loc[facts.places["item"] == key, "commune"]
    note = "" if len(rows) else t("map.place.unplaced", language)
    return ChosenPlace("item", key, row["name"], tuple(rows), note)


def _find_former_unit(facts: Facts, key: str, language: str) -> ChosenPlace | None:
    row = _find_row(facts.former_units, "unit", key)
    if row is None:
        return None
    kind = "district" if row["relation"] == "set" else "former_unit"
    name = t(f"map.former.{row['kind']}", language, name=row["name"])
    if row["district"] and kind != "district":
        district = t(
            f"map.former.{row['district_kind'] or 'huyen'}", language, name=row["district"]
        )
        name = f"{name}, {district}"
    codes = tuple(str(row["communes"]).split())
    note = t(f"map.place.{row['relation']}", language, count=len(codes))
    return ChosenPlace(kind, key, name, codes, note)


def _find_zone(facts: Facts, key: str, language: str) -> ChosenPlace | None:
    row = _find_row(facts.zones, "zone", key)
    if row is None:
        return None
    codes = tuple(str(row["communes"] or "").split())
    note = t(f"map.place.zone_{row['confidence']}", language)
    return ChosenPlace("zone", key, row["name"], codes, note)


_FINDERS: Final = {
    "commune": _find_commune,
    "item": _find_item,
    "former_unit": _find_former_unit,
    "district": _find_former_unit,
    "zone": _find_zone,
}
