"""The key figures above the map: they obey the same filters as the map and the table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_money, format_percent, t
from layers.choropleth.clearance import select_held_up_items, sum_held_up_vnd
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import compute_balance, make_share_table
from store.facts.labels import (
    format_count,
    format_known_percent,
    format_quantity,
    format_vnd,
    translate_word,
)
from store.facts.progress_mean import compute_progress
from store.facts.selection import Selection, resolve_period, select_items
from store.facts.sources import Source, source_from_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.facts.clearance_problems import ClearanceProblem
    from store.facts.facts import Facts
    from store.facts.filters import Filters, ProgressMeasure


MOST_CHARS: Final = 64
_OPENING: Final = re.compile(
    r"^(?:dự án\s+)?(?:đầu tư\s+)?(?:xây dựng\s+)?(?:và kinh doanh\s+)?(?=\S)", re.IGNORECASE
)


def shorten_name(name: str, most: int = MOST_CHARS) -> str:
    """Return a name without "Dự án đầu tư xây dựng", cut at a word with "…" where it is long.

    The full name stands wherever there is room for it; nothing is looked up by a short one.
    """
    bare = _OPENING.sub("", " ".join(name.split())) or name
    bare = bare[:1].upper() + bare[1:]
    if len(bare) <= most:
        return bare
    cut = bare[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–(")
    return f"{cut or bare[: most - 1]}…"


FORECAST_PART: Final = 0.5
"""A period that forecasts no more than this part of the key projects tells not how many miss."""


@dataclass(frozen=True)
class KeyFigure:
    """One key figure. Texts are in the reader's language; ``value`` is NaN where unknown.

    ``key``: ``items``, ``investment``, ``progress``, ``misses``, ``clearance_communes`` or
    ``held_up``. ``unit`` of ``value``: ``count``, ``vnd`` or ``percent``. ``text`` is the value as
    shown, ``detail`` the line under it (of how many, how many unknown), ``help`` the definition.
    """

    key: str
    label: str
    value: float
    unit: str
    text: str
    detail: str
    help: str


@dataclass(frozen=True)
class StatedIndicator:
    """A count that a report itself states for the period, such as 9 of 31 projects missing."""

    indicator: str
    subject: str
    measure: str
    label: str
    text: str
    value: float
    total: float
    source: Source


def list_key_figures(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> tuple[KeyFigure, ...]:
    """Return the key figures of the selected items, always the same six, in order.

    A total counts every item once and whole, placed or not, also where an area is chosen and part
    of the item lies outside it; the detail then says how much of it falls to the area.
    """
    selection = select_items(facts, filters)
    problems = list_clearance_problems(facts, filters)
    return (
        _count_items(selection, language),
        _sum_investment(selection, language),
        _average_progress(selection, filters, language),
        _count_misses(selection, language),
        _count_communes(problems, language),
        _sum_held_up(selection, problems, language),
    )


def list_stated_indicators(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> tuple[StatedIndicator, ...]:
    """Return what the period's reports state themselves; of the filters only the period counts."""
    rows = facts.indicators[facts.indicators["period"] == resolve_period(facts, filters)]
    return tuple(
        StatedIndicator(
            indicator=row.indicator,
            subject=row.subject,
            measure=row.measure,
            label=t(
                "layers.indicator.label",
                language,
                subject=translate_word("subject", row.subject, language),
                measure=translate_word("measure", row.measure, language),
            ),
            text=_format_indicator(row.value, row.total, row.unit, language),
            value=row.value,
            total=row.total,
            source=source_from_row(facts, row._asdict()),
        )
        for row in rows.sort_values(["subject", "line_from", "indicator"]).itertuples(index=False)
    )


def _build_figure(
    key: str, value: float, unit: str, *, text: str, detail: str, language: str
) -> KeyFigure:
    label = t(f"layers.figure.{key}", language)
    return KeyFigure(
        key, label, value, unit, text, detail, t(f"layers.figure.{key}_help", language)
    )


def _count_items(selection: Selection, language: str) -> KeyFigure:
    sums = compute_balance(selection.items)
    detail = t("layers.figure.items_detail", language, count=sums.items - sums.not_placed_items)
    text = format_count(sums.items, language)
    return _build_figure(
        "items", float(sums.items), "count", text=text, detail=detail, language=language
    )


def _sum_investment(selection: Selection, language: str) -> KeyFigure:
    sums = compute_balance(selection.items)
    known = sums.items - sums.unknown_items
    value = float(sums.total_vnd) if known else float("nan")
    detail = t("layers.figure.investment_detail", language, known=known, items=sums.items)
    if selection.area is not None and known:
        shares = make_share_table(selection.items)
        within = int(shares.loc[shares["code"].isin(selection.area), "share_vnd"].sum())
        detail = t("layers.figure.investment_area", language, amount=format_vnd(within, language))
    return _build_figure(
        "investment",
        value,
        "vnd",
        text=_format_vnd(value, language),
        detail=detail,
        language=language,
    )


def _average_progress(selection: Selection, filters: Filters, language: str) -> KeyFigure:
    measure: ProgressMeasure = "planned" if filters.progress == "planned" else "actual"
    items = selection.items
    progress = compute_progress(
        items, items["investment_mvnd"], measure=measure, weight=filters.weight
    )
    text = format_known_percent(progress.mean, language)
    detail = t(
        "layers.figure.progress_detail",
        language,
        known=progress.known,
        waiting=progress.waiting,
        unknown=progress.unknown,
    )
    key = "planned" if measure == "planned" else "progress"
    return _build_figure(key, progress.mean, "percent", text=text, detail=detail, language=language)


def _count_misses(selection: Selection, language: str) -> KeyFigure:
    items = selection.items
    progress = compute_progress(items, items["investment_mvnd"])
    if progress.forecast <= FORECAST_PART * int((items["kind"] == "key_project").sum()):
        unknown = t("layers.value.unknown", language)
        detail = t("layers.figure.misses_none", language)
        if progress.forecast:
            detail = t("layers.figure.misses_few", language, count=progress.forecast)
        return _build_figure(
            "misses", float("nan"), "count", text=unknown, detail=detail, language=language
        )
    text = t(
        "layers.figure.misses_text", language, misses=progress.misses, forecast=progress.forecast
    )
    detail = (
        t(
            "layers.figure.misses_detail",
            language,
            share=format_percent(progress.misses_share, language),
        )
        if not pd.isna(progress.misses_share)
        else ""
    )
    return _build_figure(
        "misses", float(progress.misses), "count", text=text, detail=detail, language=language
    )


def _count_communes(problems: Sequence[ClearanceProblem], language: str) -> KeyFigure:
    communes = len({problem.code for problem in problems if problem.code})
    text = format_count(communes, language)
    detail = t("layers.figure.clearance_communes_detail", language, count=len(problems))
    return _build_figure(
        "clearance_communes", float(communes), "count", text=text, detail=detail, language=language
    )


def _sum_held_up(
    selection: Selection, problems: Sequence[ClearanceProblem], language: str
) -> KeyFigure:
    held_up = select_held_up_items(selection, problems)
    known = int(held_up["investment_mvnd"].notna().sum())
    value = (
        float(sum_held_up_vnd(selection, problems)) if known or not len(held_up) else float("nan")
    )
    detail = t("layers.figure.held_up_detail", language, count=len(held_up))
    return _build_figure(
        "held_up", value, "vnd", text=_format_vnd(value, language), detail=detail, language=language
    )


def _format_vnd(value: float, language: str) -> str:
    return t("layers.value.unknown", language) if pd.isna(value) else format_vnd(value, language)


def _format_indicator(value: float, total: float, unit: str, language: str) -> str:
    if unit == "million_vnd":
        return format_money(value, language)
    text = format_quantity(value, language)
    if not pd.isna(total):
        text = f"{text}/{format_quantity(total, language)}"
    return f"{text} {translate_word('measure_unit', unit, language)}".strip()
