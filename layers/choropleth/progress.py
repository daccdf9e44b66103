"""The progress layer: how far construction is, weighted by investment or by plain count.

A commune's progress is the mean over its items of the construction percentage that the reports
state (``store.facts.values``), each weighted by the share of its investment that falls to
the commune. Beside it stand the items behind the mean, those of which no comparable percentage is
known, and the share forecast to miss the quarter's goal. Classes are fixed, so that periods
compare; the lowest is for communes where no construction has begun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, format_percent, t
from layers.choropleth.classes import make_fixed_breaks
from layers.choropleth.layer import (
    FRAME_COLUMNS,
    NOTHING,
    UNKNOWN,
    Layer,
    build_commune_rows,
    build_legend,
    format_class_labels,
    join_items_to_communes,
)
from store.facts.commune_shares import make_share_table
from store.facts.progress_mean import (
    NO_PROGRESS,
    ProgressMean,
    compute_progress,
    compute_progress_by,
)
from store.facts.selection import Selection, select_items

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters

BOUNDS: Final = (20.0, 40.0, 60.0, 80.0)
FULL: Final = 100.0


def build_progress_layer(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> Layer:
    """Return the progress layer under the filters; ``value`` in percent.

    ``filters.progress`` chooses the value: ``actual`` construction, ``planned`` construction to the
    end of the quarter, or the share that ``misses`` its goal; ``filters.weight`` the weights. The
    frame's own columns are those of ``store.facts.progress_mean.ProgressMean``.
    """
    selection = select_items(facts, filters)
    rows = build_commune_rows(facts, selection)
    shares = join_items_to_communes(make_share_table(selection.items), selection)
    means = compute_progress_by(
        shares["code"],
        shares,
        shares["share_vnd"],
        measure=filters.progress,
        weight=filters.weight,
    )
    per_commune = [means.get(code, NO_PROGRESS) for code in rows.index]
    rows = rows.assign(**pd.DataFrame([vars(mean) for mean in per_commune], index=rows.index))
    misses = filters.progress == "misses"
    value = rows["misses_share"] if misses else rows["mean"]
    breaks = make_fixed_breaks(BOUNDS, low=0.0, high=FULL)
    index = pd.Series(breaks.index(value), index=rows.index).where(value.notna(), UNKNOWN)
    before: tuple[str, ...] = ()
    if not misses:  # a class below all numbers: construction has begun nowhere
        before = (t("layers.progress.waiting", language),)
        begun_nowhere = (rows["waiting"] > 0) & (rows["waiting"] + rows["opened"] == rows["items"])
        index = index.where(index == UNKNOWN, index + 1).mask(begun_nowhere, 0)
    frame = rows.assign(
        value=value,
        class_index=index.mask(rows["items"] == 0, NOTHING).astype("int64"),
        label=[
            format_progress_label(mean, shown, filters, language)
            for mean, shown in zip(per_commune, value, strict=True)
        ],
    )
    own = [name for name in frame.columns if name not in FRAME_COLUMNS]
    frame = frame[[*FRAME_COLUMNS, *own]].reset_index(drop=True)
    section = "misses" if misses else "planned" if filters.progress == "planned" else "progress"
    legend = build_legend(
        facts,
        selection.period,
        frame["class_index"],
        breaks,
        run="misses" if misses else "progress",
        layer=section,
        labels=format_class_labels(
            breaks, lambda bound: format_number(bound, 0, language), language
        ),
        before=before,
        notes=_list_notes(selection, filters, language),
        language=language,
    )
    return Layer("progress", frame, legend)


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
