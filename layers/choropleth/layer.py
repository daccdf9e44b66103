"""What every layer function returns: the communes' values and the legend that explains them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from store.analysis.map_classes import ClassBreaks, label_classes
from store.analysis.palettes import NOTHING_COLOUR, UNKNOWN_COLOUR, pick_colours
from store.facts.commune_shares import make_share_table
from store.facts.labels import format_iso_day, get_as_of_date, get_period_label
from store.facts.selection import select_items
from store.facts.sources import Source, make_source
from store.facts_cache import cache_on_facts, cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.selection import Selection

UNKNOWN: Final = -1
"""Class of a commune that has items of which the reports do not say the value."""

NOTHING: Final = -2
"""Class of a commune of which the reports name nothing that the layer counts."""

ALONG: Final = -3
"""Class of a commune on whose project's route something is stuck, no report says at which part."""

CARRIED: Final = -4
"""Entry of the legend for communes whose value is an earlier period's: their class's fill, striped.

It is no class: every such commune is in its class too.
"""

Pattern = Literal["", "hatch", "dots", "stripes"]
Drawing = Literal["classes", "circles"]


@dataclass(frozen=True)
class LegendClass:
    """One class: its label in the reader's language, its colour and how many communes it has.

    ``low`` and ``high`` are the class's limits in the legend's unit (``low`` belongs to it, and so
    does ``high`` in the last class); ``None`` for classes that are no number. With a ``pattern``
    the colour is the ink of a light pattern on the pale ground, so that the class is told apart
    without colour; ``stripes`` are pale lines on the colour.
    """

    label: str
    colour: str
    count: int
    index: int
    low: float | None = None
    high: float | None = None
    pattern: Pattern = ""


@dataclass(frozen=True)
class ClassLook:
    """How a class is written and drawn; see ``LegendClass``."""

    label: str
    colour: str
    pattern: Pattern = ""


@dataclass(frozen=True)
class Legend:
    """Everything a reader needs to read one layer. All texts are in the reader's language.

    ``classes`` run from low to high, ``classes[i].index == i``. ``unknown`` has index ``UNKNOWN``
    and ``nothing`` index ``NOTHING``; ``others`` are further classes that are no number. ``as_of``
    is ISO. ``sources`` are the documents behind the layer (line numbers 0: whole documents).
    ``brief`` is what must be said beside the map, ``notes`` say what is counted how in this view.
    ``narrowed``: filters leave items out, so ``nothing`` is what they leave out, and not counted.
    ``carried`` says how the communes look whose value is carried over, where there are any.
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
    brief: tuple[str, ...] = ()
    others: tuple[LegendClass, ...] = ()
    narrowed: bool = False
    carried: LegendClass | None = None

    def list_classes(self) -> tuple[LegendClass, ...]:
        """Return every class, those that are no number last."""
        return (*self.classes, *self.others, self.unknown, self.nothing)

    def list_entries(self) -> tuple[LegendClass, ...]:
        """Return what is to be drawn in the legend: every class, and what is carried over."""
        classes = self.list_classes()
        return (*classes, self.carried) if self.carried else classes

    def map_class_looks(self) -> dict[int, ClassLook]:
        """Return how every class index is written and drawn."""
        return {
            entry.index: ClassLook(entry.label, entry.colour, entry.pattern)
            for entry in self.list_classes()
        }


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
    first: ClassLook | None = None,
    others: tuple[tuple[int, ClassLook], ...] = (),
    unknown: ClassLook | None = None,
    outlier_note: str = "",
    brief: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    narrowed: bool = False,
    language: str = DEFAULT_LANGUAGE,
) -> Legend:
    """Return the legend of a layer.

    ``class_index`` is that of the communes in the area looked at. ``run`` names the palette,
    ``layer`` the section of the catalogue with ``title``, ``unit``, ``definition``, ``unknown`` and
    ``nothing``. ``first`` is a class lower than every number, outside the palette; ``others`` are
    further classes by their index; ``unknown`` looks other than a light hatch.
    """
    counts = class_index.value_counts()
    colours = pick_colours(run, breaks.size) if breaks.size else ()
    looks = [ClassLook(*look) for look in zip(labels, colours, strict=True)]
    limits: list[tuple[float | None, float | None]] = [*breaks.limits()]
    if first is not None:
        looks, limits = [first, *looks], [(None, None), *limits]

    def make_class(
        index: int, look: ClassLook, low: float | None = None, high: float | None = None
    ) -> LegendClass:
        count = int(counts.get(index, 0))
        return LegendClass(look.label, look.colour, count, index, low, high, look.pattern)

    nothing = "layers.legend.filtered_out" if narrowed else f"layers.{layer}.nothing"
    unknown_label = t(f"layers.{layer}.unknown", language)
    day = get_as_of_date(facts, period)
    return Legend(
        title=t(f"layers.{layer}.title", language),
        unit=t(f"layers.{layer}.unit", language),
        classes=tuple(
            make_class(index, look, *limit)
            for index, (look, limit) in enumerate(zip(looks, limits, strict=True))
        ),
        unknown=make_class(UNKNOWN, unknown or ClassLook(unknown_label, UNKNOWN_COLOUR, "hatch")),
        nothing=make_class(NOTHING, ClassLook(t(nothing, language), NOTHING_COLOUR)),
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
        brief=brief,
        others=tuple(make_class(index, look) for index, look in others),
        narrowed=narrowed,
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
    rows, area = _index_communes(facts), selection.area
    counts = Counter(chain.from_iterable(selection.items["communes"].tolist()))
    return rows.assign(
        items=np.array([counts[code] for code in rows.index], dtype=np.int64),
        in_area=[area is None or code in area for code in rows.index],
    )


@cache_on_reports()
def _index_communes(facts: Facts) -> pd.DataFrame:
    """Return the communes' codes and names, indexed by code; not to be changed."""
    return facts.communes[["code", "name"]].set_index("code", drop=False).rename_axis(None)


@cache_on_facts(most=32)
def list_item_shares(facts: Facts, filters: Filters) -> pd.DataFrame:
    """Return the shares of the selected items: one row per item and commune.

    The columns are those of ``store.facts.commune_shares.make_share_table``; what else is known of
    an item, ``join_items`` sets beside. Not to be changed.
    """
    return make_share_table(select_items(facts, filters).items)


def join_items(
    shares: pd.DataFrame, items: pd.DataFrame, columns: Collection[str] = ()
) -> pd.DataFrame:
    """Return shares, some or all, with columns of their items beside them, all where none is named.

    ``items`` are the selected ones; their ``communes``, the codes, are left out.
    """
    wanted = list(columns) or [one for one in items.columns if one not in {"item", "communes"}]
    rows = pd.Index(items["item"]).get_indexer(shares["item"])  # a merge takes ten times as long
    beside = items[wanted].take(rows).set_axis(shares.index)
    return pd.concat([shares, beside], axis=1)


LayerKey = Literal["progress", "investment", "clearance"]
LAYER_KEYS: Final[tuple[LayerKey, ...]] = ("progress", "investment", "clearance")

FRAME_COLUMNS: Final = ("code", "name", "value", "class_index", "label", "items", "in_area")
"""Columns that every layer's frame has, in this order, before the layer's own.

``code`` commune code; ``name`` full name; ``value`` float in the legend's unit, NaN where unknown;
``class_index`` 0… in the legend's classes, ``UNKNOWN``, ``NOTHING`` or ``ALONG``; ``label`` the
value as a short text for the hover, in the reader's language; ``items`` number of selected items
that lie in the commune; ``in_area`` whether the commune is in the area chosen in the filters (all,
when none is).
"""


@dataclass(frozen=True)
class Highlight:
    """A commune that the layer singles out: named on the map at every zoom, with a few words."""

    code: str
    detail: str = ""


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer drawn from facts and filters: 114 rows sorted by code, and its legend.

    ``drawing``: communes filled by class, or circles whose area is the value over communes that
    are filled with what is no number only. ``highlights``: the most important first. ``outlined``:
    the classes are few communes among many, drawn with a dark outline. ``largest``: the value of
    the largest circle. ``carried``: communes whose value is wholly an earlier period's.
    """

    key: LayerKey
    frame: pd.DataFrame
    legend: Legend
    drawing: Drawing = "classes"
    highlights: tuple[Highlight, ...] = ()
    outlined: bool = False
    largest: float = 0.0
    carried: frozenset[str] = frozenset()
