"""What every layer function returns: the communes' values and the legend that explains them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.choropleth.classes import (
    NOTHING_COLOUR,
    UNKNOWN_COLOUR,
    ClassBreaks,
    label_classes,
    pick_colours,
)
from store.facts.labels import format_iso_day, get_as_of_date, get_period_label
from store.facts.sources import Source, make_source

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from store.facts.facts import Facts
    from store.facts.selection import Selection

UNKNOWN: Final = -1
"""Class of a commune that has items of which the reports do not say the value."""

NOTHING: Final = -2
"""Class of a commune of which the reports name nothing that the layer counts."""


@dataclass(frozen=True)
class LegendClass:
    """One class: its label in the reader's language, its colour and how many communes it has.

    ``low`` and ``high`` are the class's limits in the legend's unit (``low`` belongs to it, and so
    does ``high`` in the last class); ``None`` for the two classes that are no number. ``hatched``
    asks for a hatch over the colour, so that the class is told apart without colour.
    """

    label: str
    colour: str
    count: int
    index: int
    low: float | None = None
    high: float | None = None
    hatched: bool = False


@dataclass(frozen=True)
class Legend:
    """Everything a reader needs to read one layer. All texts are in the reader's language.

    ``classes`` run from low to high, ``classes[i].index == i``. ``unknown`` has index ``UNKNOWN``
    and ``nothing`` index ``NOTHING``. ``as_of`` is ISO. ``sources`` are the documents behind the
    layer (line numbers 0: whole documents). ``notes`` say what is counted how in this view.
    """

    title: str
    unit: str
    classes: tuple[LegendClass, ...]
    unknown: LegendClass
    nothing: LegendClass
    definition: str
    period: str
    period_label: str
    as_of: str
    as_of_text: str
    sources: tuple[Source, ...]
    outlier_note: str = ""
    notes: tuple[str, ...] = ()

    def list_classes(self) -> tuple[LegendClass, ...]:
        """Return every class to be drawn in the legend, the two special ones last."""
        return (*self.classes, self.nothing, self.unknown)

    def map_class_colours(self) -> dict[int, str]:
        """Return the colour of every class index."""
        return {entry.index: entry.colour for entry in self.list_classes()}


def format_class_labels(
    breaks: ClassBreaks, show: Callable[[float], str], language: str = DEFAULT_LANGUAGE
) -> tuple[str, ...]:
    """Return the classes' labels in the reader's language; ``show`` writes a number."""
    return label_classes(
        breaks,
        show,
        below=t("layers.legend.below", language),
        between=t("layers.legend.between", language),
        above=t("layers.legend.above", language),
    )


def build_legend(
    facts: Facts,
    period: str,
    class_index: pd.Series,
    breaks: ClassBreaks,
    *,
    run: str,
    layer: str,
    labels: tuple[str, ...],
    before: tuple[str, ...] = (),
    outlier_note: str = "",
    notes: tuple[str, ...] = (),
    language: str = DEFAULT_LANGUAGE,
) -> Legend:
    """Return the legend of a layer.

    ``run`` names the palette, ``layer`` the section of the catalogue with ``title``, ``unit``,
    ``definition``, ``unknown`` and ``nothing``. ``before`` labels classes that are lower than every
    number; the numbers' classes come after them.
    """
    counts = class_index.value_counts()
    size = len(before) + breaks.size
    colours = pick_colours(run, size) if size else ()
    limits = ((None, None),) * len(before) + breaks.limits()
    classes = tuple(
        LegendClass(
            label=label,
            colour=colour,
            count=int(counts.get(index, 0)),
            index=index,
            low=low,
            high=high,
        )
        for index, (label, colour, (low, high)) in enumerate(
            zip(before + labels, colours, limits, strict=True)
        )
    )
    day = get_as_of_date(facts, period)
    return Legend(
        title=t(f"layers.{layer}.title", language),
        unit=t(f"layers.{layer}.unit", language),
        classes=classes,
        unknown=LegendClass(
            label=t(f"layers.{layer}.unknown", language),
            colour=UNKNOWN_COLOUR,
            count=int(counts.get(UNKNOWN, 0)),
            index=UNKNOWN,
            hatched=True,
        ),
        nothing=LegendClass(
            label=t(f"layers.{layer}.nothing", language),
            colour=NOTHING_COLOUR,
            count=int(counts.get(NOTHING, 0)),
            index=NOTHING,
        ),
        definition=t(f"layers.{layer}.definition", language),
        period=period,
        period_label=get_period_label(facts, period, language),
        as_of=day,
        as_of_text=t("layers.legend.as_of", language, day=format_iso_day(day, language))
        if day
        else "",
        sources=list_period_documents(facts, period),
        outlier_note=outlier_note,
        notes=notes,
    )


def list_period_documents(facts: Facts, period: str) -> tuple[Source, ...]:
    """Return the documents of a period, the one issued last first."""
    docs = facts.documents.loc[facts.documents["period"] == period, "doc"]
    ordered = sorted(docs, key=facts.document_ranks.__getitem__, reverse=True)
    return tuple(make_source(facts, doc) for doc in ordered)


def build_commune_rows(facts: Facts, selection: Selection) -> pd.DataFrame:
    """Return one row per commune, indexed by code: ``code, name, items, in_area``.

    ``items`` is the number of selected items that lie in the commune, each counted in every
    commune it lies in.
    """
    rows = facts.communes[["code", "name"]].set_index("code", drop=False).rename_axis(None)
    placed = selection.items["communes"].explode().dropna()
    counts = placed.value_counts()
    area = selection.area
    return rows.assign(
        items=counts.reindex(rows.index).fillna(0).astype("int64"),
        in_area=True if area is None else rows.index.isin(area),
    )


def join_items_to_communes(shares: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the selected items' columns beside their shares: one row per item and commune.

    ``shares`` is what ``store.facts.commune_shares.make_share_table`` gives for the selection's
    items.
    """
    items = selection.items.drop(columns="communes")
    return shares.merge(items, on="item", how="left", validate="many_to_one")


LayerKey = Literal["progress", "investment", "clearance"]
LAYER_KEYS: Final[tuple[LayerKey, ...]] = ("progress", "investment", "clearance")

FRAME_COLUMNS: Final = ("code", "name", "value", "class_index", "label", "items", "in_area")
"""Columns that every layer's frame has, in this order, before the layer's own.

``code`` commune code; ``name`` full name; ``value`` float in the legend's unit, NaN where unknown;
``class_index`` 0… in the legend's classes, ``UNKNOWN`` (-1) or ``NOTHING`` (-2); ``label`` the
value as a short text for the hover, in the reader's language; ``items`` number of selected items
that lie in the commune; ``in_area`` whether the commune is in the area chosen in the filters (all,
when none is).
"""


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer drawn from facts and filters: 114 rows sorted by code, and its legend."""

    key: LayerKey
    frame: pd.DataFrame
    legend: Legend
