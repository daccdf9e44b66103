"""The progress layer: what is late, or how far construction is.

By default a commune shows how many of its items are late (``store.facts.progress_mean``).
Otherwise a commune's progress is the mean over its items of the construction percentage that the
reports state (``store.facts.values``), each weighted by the share of its investment that falls to
the commune. Beside it stand the items behind the mean, those of which no comparable percentage is
known, and the share forecast to miss the quarter's goal. Classes are fixed, so that periods
compare; communes where no construction has begun have a look outside the run of colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, format_percent, t
from layers.choropleth.layer import (
    FRAME_COLUMNS,
    NOTHING,
    UNKNOWN,
    ClassLook,
    Highlight,
    Layer,
    build_commune_rows,
    build_legend,
    format_class_labels,
    join_items,
    list_item_shares,
)
from store.analysis.map_classes import PROGRESS_BOUNDS, make_fixed_breaks
from store.analysis.palettes import ON_TRACK_COLOUR, UNKNOWN_COLOUR
from store.column_values import iterate_rows
from store.facts.progress_mean import (
    NO_PROGRESS,
    ProgressMean,
    compute_progress,
    compute_progress_by,
    count_late_items,
    list_progress_columns,
    mark_late_items,
)
from store.facts.selection import Selection, has_item_filters, select_items

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters

HALF: Final = 50.0
FULL: Final = 100.0
MOST_NAMED: Final = 20
"""So many communes, those with the most that is late, are named."""

_SECTIONS: Final = {"late": "late", "misses": "misses", "planned": "planned", "actual": "progress"}


def build_progress_layer(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> Layer:
    """Return the progress layer under the filters; ``value`` in percent.

    ``filters.progress`` chooses the value: the share of items that are ``late``, ``actual``
    construction, ``planned`` construction to the end of the quarter, or the share that ``misses``
    its goal; ``filters.weight`` the weights of the last three. The frame's own columns are those of
    ``store.facts.progress_mean.ProgressMean``, and ``judged`` and ``late`` items.
    """
    selection = select_items(facts, filters)
    rows = build_commune_rows(facts, selection)
    shares = list_item_shares(facts, filters)
    marked = selection.items.assign(**mark_late_items(selection.items))
    items = join_items(shares, marked, (*list_progress_columns(filters.progress), "judged", "late"))
    means = compute_progress_by(
        shares["code"],
        items,
        shares["share_vnd"],
        measure=filters.progress,
        weight=filters.weight,
    )
    late = count_late_items(shares["code"], items)
    per_commune = [means.get(code, NO_PROGRESS) for code in rows.index]
    rows = rows.assign(
        **pd.DataFrame([vars(mean) for mean in per_commune], index=rows.index),
        judged=[late.get(code, (0, 0))[0] for code in rows.index],
        late=[late.get(code, (0, 0))[1] for code in rows.index],
    )
    value = _choose_values(rows, filters)
    looks_back = filters.progress in {"late", "misses"}
    bounds = (HALF, FULL) if filters.progress == "late" else PROGRESS_BOUNDS
    breaks = make_fixed_breaks(bounds, low=0.0, high=FULL)
    index = pd.Series(breaks.index(value), index=rows.index).where(value.notna(), UNKNOWN)
    if looks_back:
        apart = value == 0
        first = ClassLook(t(f"layers.{filters.progress}.none", language), ON_TRACK_COLOUR, "dots")
    else:
        apart = (rows["waiting"] > 0) & (rows["waiting"] + rows["opened"] == rows["items"])
        first = ClassLook(t("layers.progress.waiting", language), UNKNOWN_COLOUR, "dots")
    index = index.where(index == UNKNOWN, index + 1).mask(apart, 0)
    frame = rows.assign(
        value=value,
        class_index=index.mask(rows["items"] == 0, NOTHING).astype("int64"),
        label=[
            format_late_label(row["late"], row["judged"], row["items"], language)
            if filters.progress == "late"
            else format_progress_label(mean, shown, filters, language)
            for row, mean, shown in zip(rows.to_dict("records"), per_commune, value, strict=True)
        ],
    )
    own = [name for name in frame.columns if name not in FRAME_COLUMNS]
    frame = frame[[*FRAME_COLUMNS, *own]].reset_index(drop=True)
    legend = build_legend(
        facts,
        selection.period,
        frame.loc[frame["in_area"], "class_index"],
        breaks,
        run="misses" if looks_back else "progress",
        layer=_SECTIONS[filters.progress],
        labels=_label_late_classes(language)
        if filters.progress == "late"
        else format_class_labels(breaks, lambda bound: format_number(bound, 0, language), language),
        first=first,
        notes=_list_notes(selection, filters, language),
        narrowed=has_item_filters(filters),
        language=language,
    )
    named = _list_highlights(frame) if filters.progress == "late" else ()
    return Layer("progress", frame, legend, highlights=named, outlined=looks_back)


def _choose_values(rows: pd.DataFrame, filters: Filters) -> pd.Series:
    if filters.progress == "late":
        return (FULL * rows["late"] / rows["judged"].where(rows["judged"] > 0)).astype("float64")
    return rows["misses_share"] if filters.progress == "misses" else rows["mean"]


def _label_late_classes(language: str) -> tuple[str, ...]:
    return tuple(t(f"layers.late.{name}", language) for name in ("some", "half", "all"))


def format_late_label(late: int, judged: int, items: int, language: str = DEFAULT_LANGUAGE) -> str:
    """Return how many items are late as a short text, and of how many that is known."""
    if not items:
        return t("layers.value.no_items", language)
    key = "label" if judged else "label_unknown"
    return t(f"layers.late.{key}", language, late=late, judged=judged, items=items)


def _list_highlights(frame: pd.DataFrame) -> tuple[Highlight, ...]:
    """Return the communes with the most that is late, and of how many items."""
    late = frame[(frame["late"] > 0) & frame["in_area"]]
    ranked = late.sort_values(["late", "value", "code"], ascending=[False, False, True])
    return tuple(
        Highlight(row.code, f"{row.late}/{row.judged}")
        for row in iterate_rows(ranked.head(MOST_NAMED))
    )


def compute_total_progress(selection: Selection, filters: Filters) -> ProgressMean:
    """Return the progress of all selected items, each counted once, placed or not."""
    items = selection.items
    return compute_progress(
        items, items["investment_mvnd"], measure=filters.progress, weight=filters.weight
    )


def format_progress_label(
    progress: ProgressMean, shown: float, filters: Filters, language: str = DEFAULT_LANGUAGE
) -> str:
    """Return a progress as a short text: the percentage and what is behind it."""
    if not progress.items:
        return t("layers.value.no_items", language)
    if filters.progress == "misses":
        if pd.isna(shown):
            return t("layers.misses.label_unknown", language, count=progress.items)
        return t(
            "layers.misses.label",
            language,
            share=format_percent(shown, language),
            count=progress.misses,
            total=progress.forecast,
        )
    if pd.isna(shown):
        key = "label_unknown"
        if progress.waiting and progress.waiting + progress.opened == progress.items:
            key = "label_waiting"
        elif progress.opened == progress.items:
            key = "label_opened"
        return t(f"layers.progress.{key}", language, count=progress.items)
    return t(
        "layers.progress.label",
        language,
        share=format_percent(shown, language),
        count=progress.known,
        total=progress.items,
    )


def _list_notes(selection: Selection, filters: Filters, language: str) -> tuple[str, ...]:
    if filters.progress == "late":
        marks = mark_late_items(selection.items)
        judged, late = int(marks["judged"].sum()), int(marks["late"].sum())
        count = len(marks)
        return (t("layers.late.note_judged", language, judged=judged, late=late, items=count),)
    progress = compute_total_progress(selection, filters)
    notes = [
        t(f"layers.progress.note_weight_{filters.weight}", language),
        t(
            "layers.progress.note_behind",
            language,
            known=progress.known,
            items=progress.items,
            unknown=progress.unknown,
        ),
    ]
    if progress.waiting:
        notes.append(t("layers.progress.note_waiting", language, count=progress.waiting))
    if progress.not_comparable:
        notes.append(t("layers.progress.note_phase", language, count=progress.not_comparable))
    if progress.opened:
        notes.append(t("layers.progress.note_opened", language, count=progress.opened))
    if progress.no_weight:
        notes.append(t("layers.progress.note_no_weight", language, count=progress.no_weight))
    return tuple(notes)
