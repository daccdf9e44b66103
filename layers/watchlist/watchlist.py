"""The watch list: items that need a decision, by the money they hold up, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.watchlist.reason import REPORTING, WatchContext, format_span
from layers.watchlist.reasons import collect_reasons, list_reported_kinds
from store.facts.commune_shares import VND_PER_MVND
from store.facts.item_snapshot import build_item_snapshot
from store.facts.labels import format_vnd, get_as_of_date
from store.facts.selection import resolve_period, select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Collection

    from layers.watchlist.reason import WatchReason
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source


@dataclass(frozen=True)
class WatchlistRow:
    """One item to watch: its reasons, who is asked to act, and the investment it holds up.

    Texts are in the reader's language. ``reason`` are the labels of all ``reasons``;
    ``asked_to_act`` the bodies that reports name ('' for none), ``body`` the same or that none is
    named. ``since`` is the earliest day of a reason (ISO) and ``age_days`` the days from it to the
    day that age is counted to; '' and ``None`` where no reason has a day. ``investment_mvnd`` is
    ``None`` where no report says it. ``holding``: a reason holds the item itself up; else only its
    reports need clearing up, and no investment is held up.
    """

    item: str
    name: str
    kind: str
    reasons: tuple[WatchReason, ...]
    reason: str
    asked_to_act: str
    body: str
    since: str
    age_days: int | None
    age: str
    money: str
    investment_mvnd: int | None
    holding: bool
    communes: tuple[str, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of every reason once, in order."""
        return tuple(dict.fromkeys(source for reason in self.reasons for source in reason.sources))


def build_watchlist(
    facts: Facts,
    filters: Filters,
    *,
    settled: Collection[str] = (),
    day: date | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[WatchlistRow, ...]:
    """Return the selected items that need attention, the largest investment held up first.

    ``layers.watchlist.reasons`` says for what reasons an item is on the list; what is inaugurated
    or in operation is not. Items that are held up come first, by investment, those of unknown
    investment by age after them; then those whose reports only need clearing up, in the same way.
    Ages are counted to ``day``, by default to the period's own date (``find_watch_day``).
    ``settled`` are the ids of contradictions that were settled.
    """
    until = day or find_watch_day(facts, filters)
    if until is None:
        return ()
    return _build_watchlist(facts, filters, frozenset(settled), until, language)


@cache_on_facts(most=64)
def _build_watchlist(
    facts: Facts, filters: Filters, settled: frozenset[str], until: date, language: str
) -> tuple[WatchlistRow, ...]:
    period = resolve_period(facts, filters)
    everything = build_item_snapshot(facts, period, carry=filters.carry)
    told_of = list_reported_kinds(everything[everything["listed"] & ~everything["opened"]])
    items = select_items(facts, filters).items
    items = items[~items["opened"].astype(bool)]
    context = WatchContext(facts, filters, period, items, until, settled, language)
    reasons = collect_reasons(context, told_of)
    rows = (
        _build_row(context, row, reasons[row.item])
        for row in items.itertuples(index=False)
        if reasons.get(row.item)
    )
    return tuple(sorted(rows, key=_get_sort_key))


def find_watch_day(facts: Facts, filters: Filters) -> date | None:
    """Return the day to which the watch list counts ages: the date the period's reports speak of.

    ``None`` in an empty store.
    """
    text = get_as_of_date(facts, resolve_period(facts, filters))
    return date.fromisoformat(text) if text else None


def _get_sort_key(row: WatchlistRow) -> tuple[bool, bool, int, int, str]:
    amount = row.investment_mvnd
    age = -1 if row.age_days is None else row.age_days
    return not row.holding, amount is None, -(amount or 0), -age, row.item


def _build_row(context: WatchContext, row: pd.Series, reasons: list[WatchReason]) -> WatchlistRow:
    amount = None if pd.isna(row.investment_mvnd) else int(row.investment_mvnd)
    since = min((reason.since for reason in reasons if reason.since), default="")
    age = max((context.day - date.fromisoformat(since)).days, 0) if since else None
    named = (*row.asked_to_act, *(body for reason in reasons for body in reason.bodies))
    # A statement may name several bodies in one text.
    single = (body.strip() for text in named for body in text.split(";"))
    bodies = "; ".join(dict.fromkeys(body for body in single if body))
    unknown = t("layers.value.unknown", context.language)
    return WatchlistRow(
        item=row.item,
        name=row.name,
        kind=row.kind,
        reasons=tuple(reasons),
        reason="; ".join(reason.label for reason in reasons),
        asked_to_act=bodies,
        body=bodies or t("leader.body.unknown", context.language),
        since=since,
        age_days=age,
        age=unknown if age is None else _format_age(age, context.language),
        money=t("map.watch.no_money", context.language)
        if amount is None
        else format_vnd(amount * VND_PER_MVND, context.language),
        investment_mvnd=amount,
        holding=any(reason.key not in REPORTING for reason in reasons),
        communes=tuple(row.communes),
    )


def _format_age(days: int, language: str) -> str:
    return format_span(days, language) if days > 0 else t("leader.span.now", language)
