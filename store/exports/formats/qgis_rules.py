"""Which rules draw each layer of a GeoPackage: by the classes and symbols of the map.

A rule is a filter (valid SQL) with its label and look; ``qgis_style`` writes them as QML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import format_number, t
from store.analysis.map_classes import (
    PROGRESS_BOUNDS,
    ClassBreaks,
    label_classes,
    make_fixed_breaks,
    make_investment_breaks,
)
from store.analysis.palettes import NOTHING_COLOUR, RUNS, UNKNOWN_COLOUR, pick_colours
from store.facts.clearance_problems import MAX_SEVERITY
from store.facts.labels import format_quantity, translate_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from store.exports.tables.content import ExportContent

_VND_PER_BILLION: Final = 1_000_000_000
RIM_COLOUR: Final = "#101828"
URGENT_COLOUR: Final = "#c2260c"
BORDER_COLOUR: Final = "#667085"
LATE_COLOUR: Final = "#2a0a12"
"""Rim of the communes that a layer singles out, drawn wider than a border."""
CARRIED: Final = '"problems" > 0 AND "carried_problems" = "problems"'
"""Which communes have no problem but those that an earlier period states."""
_KIND_COLOURS: Final = {
    "key_project": "#f2b705",
    "industrial_park": "#7b4fa3",
    "industrial_cluster": "#b58ad1",
    "economic_zone": "#4b3b73",
    "transport": "#3c78b4",
    "housing": "#d98cb3",
    "resettlement": "#a8dadc",
    "investment": "#c9ccd1",
}
"""Fill of each kind's symbol; the shape tells the kinds apart, the colour only helps."""

_SHAPES: Final = {
    "key_project": "star",
    "industrial_park": "square",
    "industrial_cluster": "triangle",
    "economic_zone": "hexagon",
    "transport": "diamond",
    "housing": "pentagon",
    "resettlement": "cross_fill",
    "investment": "circle",
}
"""QGIS's simple markers that come nearest to the map's shapes."""

URGENT_FORECASTS: Final = ("misses", "undetermined")


@dataclass(frozen=True)
class StyleRule:
    """What is drawn alike: which rows, under which label, in which look.

    A ``pattern`` is drawn in the colour on the map's pale ground; ``stripes`` over what the other
    rules draw.
    """

    label: str
    filter: str
    colour: str
    pattern: Literal["", "hatch", "dots", "stripes"] = ""
    shape: str = ""
    rim: str = BORDER_COLOUR


def list_progress_rules(content: ExportContent) -> Iterator[StyleRule]:
    """Yield the rules that draw communes by how far their items are built."""
    language = content.language
    yield StyleRule(t("layers.progress.nothing", language), '"items" = 0', NOTHING_COLOUR)
    waiting = '"progress_waiting" > 0 AND "progress_waiting" + "progress_opened" = "items"'
    breaks = make_fixed_breaks(PROGRESS_BOUNDS, low=0.0, high=100.0)
    colours = pick_colours("progress", breaks.size)
    begun_nowhere = f'"items" > 0 AND {waiting}'
    yield StyleRule(
        t("layers.progress.waiting", language), begun_nowhere, UNKNOWN_COLOUR, pattern="dots"
    )
    ranges = _list_ranges(breaks, "progress_pct")
    labels = _label(breaks, lambda bound: format_number(bound, 0, language), language)
    for label, wanted, colour in zip(labels, ranges, colours, strict=True):
        yield StyleRule(f"{label} %", f'"items" > 0 AND NOT ({waiting}) AND {wanted}', colour)
    unknown = f'"items" > 0 AND NOT ({waiting}) AND "progress_pct" IS NULL'
    words = t("layers.progress.unknown", language)
    yield StyleRule(words, unknown, UNKNOWN_COLOUR, pattern="hatch")


def list_investment_rules(content: ExportContent, frame: pd.DataFrame) -> Iterator[StyleRule]:
    """Yield the rules that draw communes by their share of the investment."""
    language = content.language
    values = frame["share_vnd"].astype("float64") / _VND_PER_BILLION
    breaks = make_investment_breaks(values)
    yield StyleRule(t("layers.investment.nothing", language), '"items" = 0', NOTHING_COLOUR)
    labels = _label(breaks, lambda value: format_quantity(value, language), language)
    ranges = _list_ranges(breaks, "share_vnd", _VND_PER_BILLION)
    unit = t("layers.investment.unit", language)
    colours = pick_colours("investment", breaks.size) if breaks.size else ()
    for label, wanted, colour in zip(labels, ranges, colours, strict=True):
        yield StyleRule(f"{label} {unit}", f'"items" > 0 AND {wanted}', colour)
    unknown = '"items" > 0 AND "share_vnd" IS NULL'
    words = t("layers.investment.unknown", language)
    yield StyleRule(words, unknown, UNKNOWN_COLOUR, pattern="hatch")


def list_clearance_rules(content: ExportContent) -> Iterator[StyleRule]:
    """Yield the rules that draw communes by their gravest clearance problem.

    Communes on whose project's route something is stuck, no report says at which part, are
    hatched; where all problems are an earlier period's, the class is striped and its rim dashed.
    """
    language = content.language
    none = '"problems" = 0'
    ink = RUNS["clearance"][1]
    quiet = f'{none} AND "route_items" = 0'
    yield StyleRule(t("layers.clearance.nothing", language), quiet, NOTHING_COLOUR)
    along = f'{none} AND "route_items" > 0'
    yield StyleRule(t("layers.clearance.along", language), along, ink, pattern="hatch")
    for level, colour in enumerate(pick_colours("clearance", MAX_SEVERITY), start=1):
        label = translate_word("severity_level", str(level), language)
        yield StyleRule(label, f'"severity" = {level}', colour, rim=LATE_COLOUR)
    words = t("layers.clearance.carried", language)
    yield StyleRule(words, CARRIED, NOTHING_COLOUR, pattern="stripes")


def list_item_rules(content: ExportContent) -> Iterator[StyleRule]:
    """Yield a rule for each kind that there is, and one for those of it that need attention."""
    items = content.selection.items
    words = ", ".join(f"'{word}'" for word in URGENT_FORECASTS)
    urgent = items["forecast"].isin(URGENT_FORECASTS)
    for kind, colour in _KIND_COLOURS.items():
        of_kind = items["kind"] == kind
        label = translate_word("kind", kind, content.language)
        if (of_kind & ~urgent).any():
            where = f'"kind" = \'{kind}\' AND ("forecast" IS NULL OR "forecast" NOT IN ({words}))'
            yield StyleRule(label, where, colour, shape=_SHAPES[kind], rim=RIM_COLOUR)
        if (of_kind & urgent).any():
            where = f'"kind" = \'{kind}\' AND "forecast" IN ({words})'
            more = t("exports.style.urgent", content.language, kind=label)
            yield StyleRule(more, where, colour, shape=_SHAPES[kind], rim=URGENT_COLOUR)


def list_place_rules(content: ExportContent) -> Iterator[StyleRule]:
    """Yield the one rule that draws the places of items."""
    yield StyleRule(t("exports.style.place", content.language), "TRUE", "#ffffff", shape="circle",
                rim=RIM_COLOUR)  # fmt: skip


def _list_ranges(breaks: ClassBreaks, column: str, factor: int = 1) -> Iterator[str]:
    """Yield for each class the condition that a column's value lies in it."""
    bounds = [repr(round(bound * factor) if factor > 1 else bound) for bound in breaks.bounds]
    for position in range(breaks.size):
        parts = [f'"{column}" IS NOT NULL']
        if position > 0:
            parts.append(f'"{column}" >= {bounds[position - 1]}')
        if position < breaks.size - 1:
            parts.append(f'"{column}" < {bounds[position]}')
        yield " AND ".join(parts)


def _label(breaks: ClassBreaks, show: Callable[[float], str], language: str) -> tuple[str, ...]:
    texts = {name: t(f"layers.legend.{name}", language) for name in ("below", "between", "above")}
    return label_classes(breaks, show, **texts)
