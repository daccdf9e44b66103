"""One layer at two periods, in the same classes, so that equal colours mean equal values.

Fixed classes (progress, severity) are the same anyway. Where a layer makes its classes from its
values, they are made here from the values of both periods together, so they may differ from those
that either period has on a map of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, t
from layers.choropleth.layer import UNKNOWN, Layer, LegendClass, format_class_labels
from layers.choropleth.registry import build_layer
from store.analysis.map_classes import ClassBreaks, make_breaks
from store.analysis.palettes import pick_colours
from store.facts.labels import format_quantity
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from layers.choropleth.layer import LayerKey
    from store.analysis.map_classes import Method
    from store.facts.facts import Facts
    from store.facts.filters import Filters


@dataclass(frozen=True)
class CommuneChange:
    """A commune whose value differs: both as shown, and by how much.

    ``amount`` is in the legend's unit, ``None`` where one side has no value: unknown, or nothing
    named there yet. That is no 0 to be held against a number.
    """

    code: str
    name: str
    before: str
    after: str
    amount: float | None


@dataclass(frozen=True, eq=False)
class LayerPair:
    """The two layers, and the communes that differ, the largest difference first."""

    before: Layer
    after: Layer
    changes: tuple[CommuneChange, ...]


@cache_on_reports(most=32)
def compare_layers(
    facts: Facts,
    filters: Filters,
    base: str,
    key: LayerKey,
    *,
    language: str = DEFAULT_LANGUAGE,
) -> LayerPair:
    """Return a layer at ``base`` and at the filters' period, in common classes; shared."""
    before = build_layer(facts, key, filters.with_changes(period=base), language=language)
    after = build_layer(facts, key, filters, language=language)
    method = _choose_method(key, filters)
    if method is not None:
        values = pd.concat([_select_values(before), _select_values(after)])
        breaks = make_breaks(values, method=method)

        def shown(value: float) -> str:
            return (
                format_number(round(value), 0, language)
                if key == "clearance"
                else format_quantity(value, language)
            )

        labels = format_class_labels(breaks, shown, language)
        note = t("leader.maps.same_scale", language)
        before, after = (_recolour_layer(layer, breaks, labels, note) for layer in (before, after))
    largest = max(before.largest, after.largest)  # circles of one size are one amount
    before, after = (replace(layer, largest=largest) for layer in (before, after))
    return LayerPair(before, after, tuple(_list_changes(before, after)))


def _choose_method(key: LayerKey, filters: Filters) -> Method | None:
    """Return how a layer makes its classes from its values; ``None`` where they are fixed."""
    if key == "investment":
        return "natural" if filters.investment == "classes" else None
    if key == "clearance" and filters.clearance != "severity":
        return "counts" if filters.clearance == "number" else "natural"
    return None


def _select_values(layer: Layer) -> pd.Series:
    frame = layer.frame
    return frame.loc[(frame["class_index"] >= 0) & (frame["value"] > 0), "value"]


def _recolour_layer(layer: Layer, breaks: ClassBreaks, labels: tuple[str, ...], note: str) -> Layer:
    frame = layer.frame
    index = pd.Series(breaks.index(frame["value"]), index=frame.index).clip(lower=0)
    index = index.where(frame["class_index"] >= 0, frame["class_index"]).astype("int64")
    counts = index.value_counts()
    colours = pick_colours(layer.key, breaks.size) if breaks.size else ()
    classes = tuple(
        LegendClass(label, colour, int(counts.get(class_number, 0)), class_number, low, high)
        for class_number, (label, colour, (low, high)) in enumerate(
            zip(labels, colours, breaks.limits(), strict=True)
        )
    )
    notes = (*layer.legend.notes, note)
    legend = replace(layer.legend, classes=classes, notes=notes)
    return replace(layer, frame=frame.assign(class_index=index), legend=legend)


def _list_changes(before: Layer, after: Layer) -> list[CommuneChange]:
    rows = zip(before.frame.to_dict("records"), after.frame.to_dict("records"), strict=True)
    changes = (
        CommuneChange(
            code=now["code"],
            name=now["name"],
            before=was["label"],
            after=now["label"],
            amount=_compute_difference(was, now),
        )
        for was, now in rows
        if was["label"] != now["label"] or was["class_index"] != now["class_index"]
    )
    # Where only the number of items is another one, the value that is drawn is not.
    moved = [change for change in changes if change.amount != 0]
    return sorted(
        moved, key=lambda change: (change.amount is None, -abs(change.amount or 0), change.code)
    )


def _compute_difference(was: dict[str, object], now: dict[str, object]) -> float | None:
    values = [float(str(side["value"])) for side in (was, now)]
    # Nothing named there before is unknown; nothing left there since is a difference.
    is_known = int(str(was["class_index"])) >= 0 and now["class_index"] != UNKNOWN
    if not is_known or any(pd.isna(value) for value in values):
        return None
    return round(values[1] - values[0], 6)
