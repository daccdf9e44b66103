"""Why an item needs a decision, or a better report: one function for every kind of reason.

Every reason is read in the reports up to a period and says since when it holds: the day of the
first report that states it, or the day that was missed. Nothing is concluded from silence but that
there is silence. Milestones are in ``layers.watchlist.milestone_reasons``, what staff write down
themselves in ``layers.watchlist.register_and_visit_reasons``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.i18n import format_number, format_percent, t
from layers.watchlist.forecast_reasons import find_forecast_reasons
from layers.watchlist.milestone_reasons import (
    drop_lone_inherited,
    find_delay_reasons,
    find_overdue_reasons,
)
from layers.watchlist.reason import Found, WatchContext, WatchReason, make_watch_context
from layers.watchlist.register_and_visit_reasons import find_case_reasons, find_gap_reasons
from store.analysis.contradiction import OPEN
from store.analysis.contradictions import list_contradictions
from store.column_values import iterate_rows, list_cells
from store.facts.clearance_problems import (
    WITHOUT_CAUSE,
    ClearanceProblem,
    list_clearance_problems,
)
from store.facts.item_snapshot import build_item_snapshot
from store.facts.labels import get_as_of_date, get_period_label
from store.facts.selection import MOST
from store.facts.sources import find_sources
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    import pandas as pd

    from store.analysis.contradiction import Contradiction
    from store.facts.facts import Facts
    from store.facts.filters import Filters


def find_clearance_reasons(context: WatchContext) -> Found:
    """Return the clearance problems that reports state of items, and clearance behind its plan."""
    reasons: Found = defaultdict(list)
    wanted = set(context.items["item"].tolist())
    stated: dict[tuple[str, str], list[ClearanceProblem]] = defaultdict(list)
    for problem in list_clearance_problems(context.facts, context.filters):
        if problem.item in wanted:
            stated[problem.item, problem.category].append(problem)
    named = _map_named_obstacles(context)
    for (item, category), same in stated.items():
        cause = t(f"leader.clearance_cause.{category}", context.language)
        reasons[item].append(
            WatchReason(
                key="clearance",
                label=cause,
                sentence=t(
                    "leader.reason.clearance",
                    context.language,
                    cause=cause,
                    period=get_period_label(context.facts, same[0].period, context.language),
                ),
                since=min(get_as_of_date(context.facts, problem.since) for problem in same),
                sources=tuple(
                    source for problem in same for source in problem.list_sources(context.facts)
                ),
                bodies=tuple(problem.asked_to_act for problem in same if problem.asked_to_act),
                told=same[-1].period == context.period
                and bool(named.get(item, frozenset()) & _list_alike(category)),
            )
        )
    items = context.items
    behind = items["clearance"] < items["planned_clearance"]
    behind &= items["clearance_period"] == context.period
    for row in iterate_rows(items[behind]):
        reasons[row.item].append(_build_behind_reason(context, row))
    return reasons


def _map_named_obstacles(context: WatchContext) -> dict[str, frozenset[str]]:
    """Return what the period names as the reason of each forecast, by item."""
    items = context.items
    told = items["forecast"].isin(["misses", "undetermined"])
    told &= items["obstacles_period"] == context.period
    return {row.item: frozenset(row.obstacles) for row in iterate_rows(items[told])}


def _list_alike(category: str) -> frozenset[str]:
    """Return the obstacles that are called what a clearance problem of a category is."""
    return WITHOUT_CAUSE if category in WITHOUT_CAUSE else frozenset({category})


def _build_behind_reason(context: WatchContext, row: pd.Series) -> WatchReason:
    values = {
        "actual": format_percent(row.clearance, context.language),
        "planned": format_percent(row.planned_clearance, context.language),
    }
    return WatchReason(
        key="clearance_behind",
        label=t("leader.label.clearance_behind", context.language, **values),
        sentence=t("leader.reason.clearance_behind", context.language, **values),
        since=get_as_of_date(context.facts, context.period),
        sources=find_sources(context.facts, (row.clearance_obs, row.planned_clearance_obs)),
    )


def find_contradiction_reasons(context: WatchContext) -> Found:
    """Return the items of which reports say two things that nobody has settled."""
    ranks, wanted = context.facts.period_ranks, set(context.items["item"].tolist())
    told_of: dict[str, list[Contradiction]] = defaultdict(list)
    for contradiction in list_contradictions(context.facts):
        last = max(
            ranks.get(side.period, len(ranks)) for side in (contradiction.a, contradiction.b)
        )
        if (
            contradiction.state == OPEN
            and contradiction.id not in context.settled
            and last <= ranks[context.period]
        ):
            for item in wanted.intersection(contradiction.items):
                told_of[item].append(contradiction)
    return {item: [_build_contradiction_reason(context, same)] for item, same in told_of.items()}


def _build_contradiction_reason(context: WatchContext, same: list[Contradiction]) -> WatchReason:
    ranks = context.facts.period_ranks
    topics = dict.fromkeys(
        t(f"changes.topic.{contradiction.topic}", context.language).lower()
        for contradiction in same
    )
    values = {"topics": ", ".join(topics), "count": format_number(len(same), 0, context.language)}
    known_from = [
        max((contradiction.a.period, contradiction.b.period), key=ranks.__getitem__)
        for contradiction in same
    ]
    sources = [
        source
        for contradiction in same
        for side in (contradiction.a, contradiction.b)
        for source in side.sources
    ]
    return WatchReason(
        key="contradicted",
        label=t("leader.label.contradicted", context.language, **values),
        sentence=t("leader.reason.contradicted", context.language, **values),
        since=min(get_as_of_date(context.facts, period) for period in known_from),
        sources=tuple(dict.fromkeys(sources)),
    )


def list_reported_kinds(items: pd.DataFrame) -> frozenset[str]:
    """Return the kinds of which the period's documents speak item by item: of more than half.

    Only there does it mean something that an item is not spoken of.
    """
    spoken = items.groupby("kind")["reported"].mean()
    return frozenset(str(kind) for kind in spoken.index[spoken > MOST])


def find_silence_reasons(context: WatchContext, told_of: frozenset[str]) -> Found:
    """Return the items that the period leaves out, of the kinds that it goes through one by one.

    ``told_of`` are these kinds, by ``list_reported_kinds`` over all items (whatever the filters
    choose).
    """
    left_out = context.items[~context.items["reported"] & context.items["kind"].isin(told_of)]
    return {item: [_build_silence_reason(context, item)] for item in left_out["item"]}


def _build_silence_reason(context: WatchContext, item: str) -> WatchReason:
    last, obs = _find_last_mentions(context.facts, context.period).get(item, ("", ""))
    values = {"period": get_period_label(context.facts, context.period, context.language)}
    key = "not_reported" if last else "never_reported"
    return WatchReason(
        key="not_reported",
        label=t("leader.label.not_reported", context.language),
        sentence=t(
            f"leader.reason.{key}",
            context.language,
            last=get_period_label(context.facts, last, context.language),
            **values,
        ),
        since=get_as_of_date(context.facts, last),
        sources=find_sources(context.facts, (obs,)),
    )


@cache_on_reports(most=32)
def _find_last_mentions(facts: Facts, until: str) -> dict[str, tuple[str, str]]:
    """Return the last period before one that speaks of each item, and the first observation."""
    ranks, end = facts.period_ranks, facts.period_ranks[until]
    last: dict[str, tuple[str, str]] = {}
    for item, period, obs in list_cells(facts.observations, "item", "period", "obs"):
        known = last.get(item)
        if ranks[period] < end and (known is None or ranks[period] > ranks[known[0]]):
            last[item] = period, obs
    return last


def collect_reasons(context: WatchContext) -> Found:
    """Return all reasons of every item, in the order in which they are told."""
    settled = frozenset(context.settled)
    stated, doubted = _collect_stated_reasons(
        context.facts, context.filters, settled, context.day, context.language
    )
    written_down = (find_case_reasons(context), find_gap_reasons(context))
    joined = _join_reasons((stated, *written_down, doubted))
    return {item: drop_lone_inherited(reasons) for item, reasons in joined.items()}


@cache_on_reports(most=32)
def _collect_stated_reasons(
    facts: Facts, filters: Filters, settled: frozenset[str], day: date, language: str
) -> tuple[Found, Found]:
    """Return the reasons that reports state, and those for which they are to be asked again."""
    context = make_watch_context(facts, filters, settled, day, language)
    everything = build_item_snapshot(facts, context.period, carry=filters.carry)
    told_of = list_reported_kinds(everything[everything["listed"] & ~everything["opened"]])
    finders: tuple[Callable[[WatchContext], Found], ...] = (
        find_forecast_reasons,
        find_overdue_reasons,
        find_delay_reasons,
        find_clearance_reasons,
    )
    return (
        _join_reasons(find(context) for find in finders),
        _join_reasons(
            (find_contradiction_reasons(context), find_silence_reasons(context, told_of))
        ),
    )


def _join_reasons(parts: Iterable[Found]) -> Found:
    reasons_by_item: Found = defaultdict(list)
    for part in parts:
        for item, reasons in part.items():
            reasons_by_item[item].extend(reasons)
    return reasons_by_item
