"""The key figures above the map: they obey the same filters as the map and the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_percent, t
from layers.choropleth.layer import list_item_shares
from layers.labels.statement_labels import format_stated_count
from layers.summary.clearance_figures import count_clearance_communes, sum_held_up
from layers.summary.key_figure import (
    KeyFigure,
    count_carried,
    describe_carried,
    format_known_vnd,
    make_key_figure,
)
from layers.summary.reported_total import find_stated_misses, is_whole_list
from store.column_values import iterate_rows
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import InvestmentBalance, compute_balance
from store.facts.labels import format_count, format_known_percent, format_vnd, translate_word
from store.facts.progress_mean import MEASURE_COLUMN, compute_progress
from store.facts.selection import Selection, resolve_period, select_items
from store.facts.sources import Source, source_from_row
from store.facts.statements import statement_from_row
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters, ProgressMeasure


FORECAST_PART: Final = 0.5
"""A period that forecasts no more than this part of the key projects tells not how many miss."""


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


@cache_on_reports(most=64)
def list_key_figures(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> tuple[KeyFigure, ...]:
    """Return the key figures of the selected items, always the same six, in order.

    A total counts every item once and whole, placed or not, also where an area is chosen and part
    of the item lies outside it; the detail then says how much of it falls to the area.
    """
    selection = select_items(facts, filters)
    problems = list_clearance_problems(facts, filters)
    shares = list_item_shares(facts, filters)
    balance = compute_balance(selection.items)
    return (
        _count_items(balance, language),
        _sum_investment(facts, selection, balance, shares, language),
        _average_progress(facts, selection, filters, language),
        _count_misses(facts, selection, filters, language),
        count_clearance_communes(facts, selection, problems, language),
        sum_held_up(facts, selection, filters, problems, language),
    )


def list_stated_indicators(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> tuple[StatedIndicator, ...]:
    """Return what the period's reports state themselves; of the filters only the period counts."""
    return _list_stated_indicators(facts, resolve_period(facts, filters), language)


@cache_on_reports(most=16)
def _list_stated_indicators(
    facts: Facts, period: str, language: str
) -> tuple[StatedIndicator, ...]:
    rows = facts.indicators[facts.indicators["period"] == period]
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
            text=format_stated_count(statement_from_row(facts, row._asdict()), row.unit, language),
            value=row.value,
            total=row.total,
            source=source_from_row(facts, row._asdict()),
        )
        for row in iterate_rows(rows.sort_values(["subject", "line_from", "indicator"]))
    )


def _count_items(sums: InvestmentBalance, language: str) -> KeyFigure:
    detail = t("layers.figure.items_detail", language, count=sums.items - sums.not_placed_items)
    text = format_count(sums.items, language)
    return make_key_figure("items", float(sums.items), "count", text, [detail], language=language)


def _sum_investment(
    facts: Facts,
    selection: Selection,
    sums: InvestmentBalance,
    shares: pd.DataFrame,
    language: str,
) -> KeyFigure:
    known = sums.items - sums.unknown_items
    value = float(sums.total_vnd) if known else float("nan")
    detail = t("layers.figure.investment_detail", language, known=known, items=sums.items)
    if selection.area is not None and known:
        within = int(shares.loc[shares["code"].isin(selection.area), "share_vnd"].sum())
        detail = t("layers.figure.investment_area", language, amount=format_vnd(within, language))
    items = selection.items
    stated = items.loc[items["investment_mvnd"].notna(), "investment_mvnd_period"].tolist()
    carried = count_carried(facts, stated, selection.period)
    details = [detail, describe_carried(facts, carried, language)]
    text = format_known_vnd(value, language)
    return make_key_figure(
        "investment", value, "vnd", text, details, language=language, carried=carried
    )


def _average_progress(
    facts: Facts, selection: Selection, filters: Filters, language: str
) -> KeyFigure:
    measure: ProgressMeasure = "planned" if filters.progress == "planned" else "actual"
    items = selection.items
    progress = compute_progress(
        items, items["investment_mvnd"], measure=measure, weight=filters.weight
    )
    detail = t(
        "layers.figure.progress_detail",
        language,
        known=progress.known,
        waiting=progress.waiting,
        unknown=progress.unknown,
    )
    key = "planned" if measure == "planned" else "progress"
    column = MEASURE_COLUMN[measure]
    counted = items[column].notna() & items[f"{column}_comparable"].astype(bool)
    carried = count_carried(
        facts, items.loc[counted & ~items["opened"], f"{column}_period"].tolist(), selection.period
    )
    details = [detail, describe_carried(facts, carried, language)]
    text = format_known_percent(progress.mean, language)
    return make_key_figure(
        key, progress.mean, "percent", text, details, language=language, carried=carried
    )


def _count_misses(facts: Facts, selection: Selection, filters: Filters, language: str) -> KeyFigure:
    items = selection.items
    progress = compute_progress(items, items["investment_mvnd"])
    if progress.forecast <= FORECAST_PART * int((items["kind"] == "key_project").sum()):
        return _state_misses(facts, selection, filters, progress.forecast, language)
    text = t(
        "layers.figure.misses_text", language, misses=progress.misses, forecast=progress.forecast
    )
    share = progress.misses_share
    detail = (
        ""
        if pd.isna(share)
        else t("layers.figure.misses_detail", language, share=format_percent(share, language))
    )
    missing = items[items["forecast"] == "misses"]
    striving = int(missing["year_goal"].astype(bool).sum())
    year = (
        t("layers.figure.misses_year_goal", language, count=format_count(striving, language))
        if striving
        else ""
    )
    value = float(progress.misses)
    return make_key_figure("misses", value, "count", text, [detail, year], language=language)


def _state_misses(
    facts: Facts, selection: Selection, filters: Filters, forecasts: int, language: str
) -> KeyFigure:
    """Return the report's own total where it names no projects; unknown where it has none."""
    stated = find_stated_misses(facts, selection.period)
    if stated is not None and is_whole_list(facts, filters):
        text = format_stated_count(stated, language=language)
        detail = t("layers.figure.misses_stated", language)
        value = float(stated.value)
        return make_key_figure(
            "misses", value, "count", text, [detail], language=language, sources=stated.sources
        )
    if stated is not None:
        whole = format_stated_count(stated, language=language)
        detail = t("layers.figure.misses_stated_city", language, count=whole)
    elif forecasts:
        detail = t("layers.figure.misses_few", language, count=forecasts)
    else:
        detail = t("layers.figure.misses_none", language)
    unknown = t("layers.value.unknown", language)
    return make_key_figure("misses", float("nan"), "count", unknown, [detail], language=language)
