"""The period in a few sentences, held against an earlier one: what a leader reads first.

``layers.summary.base_period`` says which one, and the reader is told. Only what the filters choose
is counted; counts that reports state for the whole city are told only where nothing is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE
from layers.choropleth.layer import list_period_documents
from layers.labels.short_names import shorten_name
from layers.summary.base_period import (
    ENOUGH,
    choose_base_period,
    count_reported_items,
    list_earlier_periods,
)
from layers.summary.comparison import PeriodComparison, SummarySentence
from layers.summary.stated_counts import describe_forecast, describe_spending
from layers.watchlist.reason import format_span
from layers.watchlist.watchlist import build_watchlist
from store.analysis.milestones.milestone_delays import BUILDING, WAITING
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import format_count as whole
from store.facts.labels import format_iso_day, format_vnd, get_as_of_date
from store.facts.selection import resolve_period
from store.facts.sources import find_sources
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Collection

    from layers.watchlist.watchlist import WatchlistRow
    from store.facts.facts import Facts
    from store.facts.filters import Filters

OPENED: Final = ("inaugurated", "in_operation")


@dataclass(frozen=True)
class PeriodSummary:
    """The sentences of a period against ``base`` ('' where there is no earlier period).

    ``why`` says which period it is compared with, and why that one.
    """

    period: str
    base: str
    why: str
    sentences: tuple[SummarySentence, ...]


def summarise_period(
    facts: Facts,
    filters: Filters,
    *,
    base: str = "",
    settled: Collection[str] = (),
    language: str = DEFAULT_LANGUAGE,
) -> PeriodSummary:
    """Return three to six sentences on the filters' period against ``base``.

    Without ``base``, or with one that is not earlier, ``choose_base_period`` chooses. ``settled``
    are the ids of contradictions that were settled. An empty store gives no sentence.
    """
    return _summarise_period(facts, filters, base, frozenset(settled), language)


@cache_on_facts(most=32)
def _summarise_period(
    facts: Facts, filters: Filters, base: str, settled: frozenset[str], language: str
) -> PeriodSummary:
    period = resolve_period(facts, filters)
    if not period:
        return PeriodSummary("", "", "", ())
    is_requested = base in list_earlier_periods(facts, period)
    against = base if is_requested else choose_base_period(facts, period)
    both = PeriodComparison(facts, filters, period, against, language)
    watched = build_watchlist(facts, filters, settled=settled, language=language)
    sentences = (
        _describe_scope(both),
        _describe_advances(both),
        describe_forecast(both),
        _describe_delays(both),
        _describe_held_up(both, watched),
        describe_spending(both),
    )
    return PeriodSummary(
        period,
        against,
        _explain_base(both, asked=is_requested),
        tuple(sentence for sentence in sentences if sentence is not None),
    )


def _explain_base(both: PeriodComparison, *, asked: bool) -> str:
    """Say which period this one is compared with, and why."""
    if not both.base:
        return both.t("first", period=both.label(both.period))
    between = list_earlier_periods(both.facts, both.period)
    skipped = between[: between.index(both.base)]
    few = count_reported_items(both.facts, both.base) < ENOUGH * count_reported_items(
        both.facts, both.period
    )
    key = "chosen" if asked else "skipped" if skipped else "few" if few else "just_before"
    return both.t(
        f"base_{key}",
        base=both.label(both.base),
        skipped=", ".join(
            both.t(
                "spoken",
                period=both.label(period),
                count=whole(count_reported_items(both.facts, period), both.language),
            )
            for period in skipped
        ),
        count=whole(count_reported_items(both.facts, both.base), both.language),
    )


def _describe_scope(both: PeriodComparison) -> SummarySentence:
    """Tell of how many items the period speaks, how many are new or gone, and the money."""
    known = both.items["investment_mvnd"].notna()
    new = both.of(both.found.new if both.found else ())
    gone = both.of(both.found.gone if both.found else ())
    amount = int(both.items["investment_mvnd"].sum())
    text = both.t(
        "scope" if both.base else "scope_first",
        period=both.label(both.period),
        day=format_iso_day(get_as_of_date(both.facts, both.period), both.language),
        reported=whole(int(both.items["reported"].sum()), both.language),
        items=whole(len(both.items), both.language),
        new=whole(len(new), both.language),
        gone=both.count_names(gone) if gone else whole(0, both.language),
    )
    money_text = both.t(
        "money" if known.any() else "no_money",
        amount=format_vnd(amount * VND_PER_MVND, both.language),
        known=whole(int(known.sum()), both.language),
        items=whole(len(both.items), both.language),
    )
    sources = list_period_documents(both.facts, both.period)
    return SummarySentence("scope", f"{text} {money_text}", "", sources, (*new, *gone))


def _describe_advances(both: PeriodComparison) -> SummarySentence | None:
    """Tell what is said to have started or to be open now that was not said before."""
    if not both.base or not len(both.items):
        return None
    ranks = both.facts.period_ranks
    fresh = both.items["status_period"].map(ranks) > ranks[both.base]
    now = both.items[fresh].set_index("item", drop=False)
    earlier = both.before["status"].reindex(now.index).fillna("")
    started = now[
        ((now["status"] == "started") & ~earlier.isin(BUILDING))
        | (now["status"].isin(BUILDING) & earlier.isin(WAITING))
    ]
    opened = now[now["status"].isin(OPENED) & ~earlier.isin(OPENED)]
    parts = [
        both.t(key, names=both.count_names(both.sort_by_money(rows["item"])))
        for key, rows in (("opened", opened), ("started", started))
        if len(rows)
    ]
    if not parts:
        return SummarySentence(
            "moved_on", both.t("nothing_started", period=both.label(both.period))
        )
    rows = pd.concat([opened, started])
    return SummarySentence(
        "moved_on",
        " ".join(parts),
        "better",
        find_sources(both.facts, rows["status_obs"]),
        tuple(rows["item"]),
    )


def _describe_delays(both: PeriodComparison) -> SummarySentence | None:
    """Tell which milestones a report of the time between puts later, and by how much."""
    moved = [
        delay
        for delay in (both.found.slips if both.found else ())
        if delay.days > 0
        and delay.what != "overdue"
        and not delay.carrier
        and delay.item in both.chosen
    ]
    if not moved:
        return None
    items = both.sort_by_money({delay.item for delay in moved})
    longest = max(moved, key=lambda delay: delay.days)
    text = both.t(
        "slipped",
        count=whole(len(moved), both.language),
        names=both.list_names(items),
        span=format_span(longest.days, both.language),
    )
    sources = tuple(dict.fromkeys(src for delay in moved for src in delay.sources))
    return SummarySentence("slipped", text, "worse", sources, tuple(items))


def _describe_held_up(
    both: PeriodComparison, watched: Collection[WatchlistRow]
) -> SummarySentence | None:
    """Tell how many items are held up, how much money, and which is the largest."""
    holding = [row for row in watched if row.holding]
    if not holding:
        text = both.t("nothing_held_up") if len(both.items) else both.t("nothing_chosen")
        return SummarySentence("held_up", text, "better" if len(both.items) else "")
    known = [row for row in holding if row.investment_mvnd is not None]
    amount = sum(row.investment_mvnd or 0 for row in known)
    text = both.t(
        "held_up" if known else "held_up_unknown",
        count=whole(len(holding), both.language),
        amount=format_vnd(amount * VND_PER_MVND, both.language),
        known=whole(len(known), both.language),
        name=shorten_name(holding[0].name),
        money=holding[0].money,
        body=holding[0].asked_to_act or both.t("nobody_asked"),
    )
    return SummarySentence(
        "held_up", text, "worse", holding[0].sources, tuple(row.item for row in holding)
    )
