"""Building a layer's legend: classes with colours, labels and counts, definition and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.classes import Breaks, labels
from layers.legend import NOTHING, UNKNOWN, Legend, LegendClass
from layers.palettes import NOTHING_COLOUR, UNKNOWN_COLOUR, sequence
from store.facts import document_ranks
from store.sources import Source, source_at
from store.words import as_of, iso_day, period_label

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from store.facts import Facts


def class_labels(
    breaks: Breaks, show: Callable[[float], str], language: str = DEFAULT_LANGUAGE
) -> tuple[str, ...]:
    """Return the classes' labels in the reader's language; ``show`` writes a number."""
    return labels(
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
    breaks: Breaks,
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
    colours = sequence(run, size) if size else ()
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
    day = as_of(facts, period)
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
        period_label=period_label(facts, period, language),
        as_of=day,
        as_of_text=t("layers.legend.as_of", language, day=iso_day(day, language)) if day else "",
        sources=period_documents(facts, period),
        outlier_note=outlier_note,
        notes=notes,
    )


def period_documents(facts: Facts, period: str) -> tuple[Source, ...]:
    """Return the documents of a period, the one issued last first."""
    docs = facts.documents.loc[facts.documents["period"] == period, "doc"]
    ordered = sorted(docs, key=document_ranks(facts).__getitem__, reverse=True)
    return tuple(source_at(facts, doc) for doc in ordered)
