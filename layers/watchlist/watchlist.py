"""The watch list: items that need a decision, by the money they hold up, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.watchlist.acting_bodies import ActingBodies, list_acting_bodies
from layers.watchlist.reason import (
    INHERITED,
    REPORTING,
    WatchContext,
    format_span,
    list_shown_reasons,
    make_watch_context,
)
from layers.watchlist.reasons import collect_reasons
from store.column_values import iterate_rows
from store.facts.commune_shares import VND_PER_MVND
from store.facts.filters import Filters
from store.facts.item_snapshot import REMOVED
from store.facts.labels import format_vnd, get_as_of_date
from store.facts.selection import resolve_period, select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from layers.watchlist.reason import WatchReason
    from store.facts.facts import Facts
    from store.facts.sources import Source

_COLUMNS: Final = [
    "item", "name", "kind", "asked_to_act_obs", "lead_obs", "communes", "investment_mvnd",
]  # fmt: skip


@dataclass(frozen=True)
class WatchlistRow:
    """One item to watch: its reasons, who is asked to act, and the investment it holds up.

    Texts are in the reader's language. ``reason`` are the labels of all ``reasons``, each once;
    ``acting`` are the bodies that reports and the register name, by role and period;
    ``asked_to_act`` those asked or given a case ('' for none), ``lead`` those that lead the item by
    the programme or an annex ('' for none), ``body`` all of them with their roles, or that nobody
    is asked. ``since`` is the earliest day of a reason (ISO), ``age_days`` the days from it to the
    day that age is counted to; '' and ``None`` where no reason has a day. ``investment_mvnd`` is
    ``None`` where no report says it. ``holding``: a reason holds the item itself up; else only its
    reports need clearing up, and no investment is held up.
    """

    item: str
    name: str
    kind: str
    reasons: tuple[WatchReason, ...]
    reason: str
    acting: tuple[ActingBodies, ...]
    asked_to_act: str
    lead: str
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
    return _choose_rows(facts, filters, frozenset(settled), until, language)


@cache_on_facts(most=64)
def _choose_rows(
    facts: Facts, filters: Filters, settled: frozenset[str], until: date, language: str
) -> tuple[WatchlistRow, ...]:
    """Return the rows of the items that the filters choose.

    What is told of an item is the same whatever else is chosen, but for the period and the area.
    """
    removed = filters.statuses if REMOVED in filters.statuses else ()
    widest = Filters(
        period=resolve_period(facts, filters),
        statuses=removed,
        communes=filters.communes,
        district=filters.district,
        carry=filters.carry,
    )
    rows = _build_watchlist(facts, widest, settled, until, language)
    chosen = set(select_items(facts, filters).items["item"].tolist())
    return tuple(row for row in rows if row.item in chosen)


@cache_on_facts(most=64)
def _build_watchlist(
    facts: Facts, filters: Filters, settled: frozenset[str], until: date, language: str
) -> tuple[WatchlistRow, ...]:
    context = make_watch_context(facts, filters, settled, until, language)
    items, reasons = context.items, collect_reasons(context)
    watched = items.loc[items["item"].isin([item for item in reasons if reasons[item]]), _COLUMNS]
    rows = (_build_row(context, row, reasons[row.item]) for row in iterate_rows(watched))
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
    acting = list_acting_bodies(context, row, reasons)
    asked = _join_bodies(named for named in acting if named.role != "lead")
    unknown = t("layers.value.unknown", context.language)
    return WatchlistRow(
        item=row.item,
        name=row.name,
        kind=row.kind,
        reasons=tuple(reasons),
        reason="; ".join(reason.label for reason in list_shown_reasons(reasons)),
        acting=acting,
        asked_to_act=asked,
        lead=_join_bodies(named for named in acting if named.role == "lead"),
        body=_describe_bodies(acting, asked, context.language),
        since=since,
        age_days=age,
        age=unknown if age is None else _format_age(age, context.language),
        money=t("map.watch.no_money", context.language)
        if amount is None
        else format_vnd(amount * VND_PER_MVND, context.language),
        investment_mvnd=amount,
        holding=any(reason.key not in {*REPORTING, INHERITED} for reason in reasons),
        communes=tuple(row.communes),
    )


def _join_bodies(named: Iterable[ActingBodies]) -> str:
    return "; ".join(dict.fromkeys(body for one in named for body in one.bodies))


def _describe_bodies(acting: tuple[ActingBodies, ...], asked: str, language: str) -> str:
    unknown = () if asked else (t("leader.body.unknown", language),)
    return ". ".join((*unknown, *(f"{named.label}: {named.text}" for named in acting)))


def _format_age(days: int, language: str) -> str:
    return format_span(days, language) if days > 0 else t("leader.span.now", language)
