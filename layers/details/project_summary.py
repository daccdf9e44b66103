"""What a project's own page and the lists of projects say of it in one line, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_percent, t
from layers.details.places import load_label_points
from store.column_values import list_rows
from store.facts.item_snapshot import build_item_snapshot
from store.facts.labels import format_forecast, get_period_label, translate_word
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from store.facts.facts import Facts

Precision = Literal["own", "commune", "unknown"]
_DECIMALS: Final = 5
"""Of degrees: a metre or so."""


@dataclass(frozen=True)
class ProjectLocation:
    """Where a project is: degrees (EPSG:4326), and how finely that is known.

    ``own``: somebody set its point (``how``: ``map``, ``coordinates`` or ``gps``; ``accuracy_m``
    metres where known). ``commune``: the label point of its first commune, which says nothing of
    where in the commune it is. ``unknown``: no commune is known, ``lon`` and ``lat`` are ``None``.
    ``communes`` are the names of its communes.
    """

    precision: Precision
    lon: float | None
    lat: float | None
    communes: tuple[str, ...]
    how: str = ""
    accuracy_m: float | None = None
    note: str = ""

    @property
    def coordinates(self) -> str:
        """Return latitude and longitude as route finders take them; '' where unknown."""
        if self.lon is None or self.lat is None:
            return ""
        return f"{self.lat:.{_DECIMALS}f}, {self.lon:.{_DECIMALS}f}"


def format_status_line(
    facts: Facts, item: str, period: str, *, language: str = DEFAULT_LANGUAGE
) -> str:
    """Return how an item stands at a period in one line; what is carried names its period."""
    row = _load_known_items(facts, period).get(item)
    if row is None:
        return t("field.status.unnamed", language, period=get_period_label(facts, period, language))
    parts = []
    if row["status"]:
        parts.append(
            _add_period(
                facts, translate_word("status", row["status"], language), row, "status", language
            )
        )
    for name in ("construction", "clearance"):
        if not pd.isna(row[name]):
            text = t(f"field.status.{name}", language, share=format_percent(row[name], language))
            parts.append(_add_period(facts, text, row, name, language))
    if row["forecast"]:
        parts.append(
            format_forecast(row["forecast"], year_goal=bool(row["year_goal"]), language=language)
        )
    if not parts:
        return t("field.status.nothing", language)
    return " · ".join(parts)


def locate_project(facts: Facts, item: str) -> ProjectLocation:
    """Return where an item is, as finely as is known."""
    names = facts.commune_names
    placed = sorted(facts.places.loc[facts.places["item"] == item, "commune"])
    communes = tuple(names[code] for code in placed if code in names)
    own = facts.points[facts.points["item"] == item]
    if len(own):
        row = own.iloc[-1]
        accuracy = None if pd.isna(row["accuracy_m"]) else float(row["accuracy_m"])
        return ProjectLocation(
            "own",
            float(row["lon"]),
            float(row["lat"]),
            communes,
            how=str(row["how"]),
            accuracy_m=accuracy,
            note=str(row["note"]),
        )
    points = load_label_points()
    middle = next((points[code] for code in placed if code in points), None)
    if middle is None:
        return ProjectLocation("unknown", None, None, communes)
    return ProjectLocation("commune", middle[0], middle[1], communes)


def _add_period(facts: Facts, text: str, row: dict[str, Any], name: str, language: str) -> str:
    period = str(row[f"{name}_period"])
    if period in {"", str(row["_period"])}:
        return text
    label = get_period_label(facts, period, language)
    return t("field.status.of", language, text=text, period=label)


_STANDING: Final = (
    *("item", "_period", "status", "status_period", "forecast", "year_goal"),
    *("construction", "construction_period", "clearance", "clearance_period"),
)
"""Columns of a snapshot that the line of an item needs."""


@cache_on_facts(most=8)
def _load_known_items(facts: Facts, period: str) -> dict[str, dict[str, Any]]:
    rows = build_item_snapshot(facts, period).assign(_period=period)
    return {row["item"]: row for row in list_rows(rows[list(_STANDING)])}
