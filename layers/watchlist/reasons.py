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
from layers.watchlist.milestone_reasons import find_delay_reasons, find_overdue_reasons
from layers.watchlist.reason import Found, WatchContext, WatchReason
from layers.watchlist.register_and_visit_reasons import find_case_reasons, find_gap_reasons
from store.analysis.contradiction import OPEN
from store.analysis.contradictions import list_contradictions
from store.facts.clearance_problems import ClearanceProblem, list_clearance_problems
from store.facts.facts import MOST
from store.facts.labels import get_as_of_date, get_period_label, translate_word
from store.facts.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from store.analysis.contradiction import Contradiction


def find_forecast_reasons(context: WatchContext) -> Found:
    """Return who is forecast to miss the quarter's goal, is undetermined, or is paused."""
    reasons: Found = defaultdict(list)
    for row in context.items.itertuples(index=False):
        if row.forecast in {"misses", "undetermined"}:
            reasons[row.item].append(_build_forecast_reason(context, row))
        if row.status in {"undetermined", "paused"} and row.forecast != "undetermined":
            reasons[row.item].append(
                _build_stated_reason(context, row.item, "status", row.status, row.status_obs)
            )
    return reasons


def _build_forecast_reason(context: WatchContext, row: pd.Series) -> WatchReason:
    reason = _build_stated_reason(context, row.item, "forecast", row.forecast, row.forecast_obs)
    obstacles = row.obstacles if row.obstacles_period == context.period else ()
    if not obstacles:
        return reason
    named = ", ".join(
        translate_word("obstacle", obstacle, context.language).lower() for obstacle in obstacles
    )
    told_too = t("leader.reason.with_obstacles", context.language, obstacles=named)
    return WatchReason(
        key=reason.key,
        label=reason.label,
        sentence=f"{reason.sentence} {told_too}",
        since=reason.since,
        sources=(*reason.sources, *find_sources(context.facts, row.obstacles_obs)),
    )


def _build_stated_reason(
    context: WatchContext, item: str, field: str, value: str, obs: str
) -> WatchReason:
    """Return a reason that is a word of the report itself, since the first report that has it."""
    ranks, seen = context.facts.period_ranks, context.facts.observations
    same = seen[(seen["item"] == item) & (seen["field"] == field) & (seen["value"] == value)]
    periods = [code for code in same["period"] if ranks[code] <= ranks[context.period]]
    first = min(periods, key=ranks.__getitem__) if periods else ""
    sources = find_sources(context.facts, (obs,))
    period = get_period_label(context.facts, sources[0].period if sources else "", context.language)
    return WatchReason(
        key=value,
        label=translate_word(field, value, context.language),
        sentence=t(f"leader.reason.{value}", context.language, period=period),
        since=get_as_of_date(context.facts, first),
        sources=sources,
    )


def find_clearance_reasons(context: WatchContext) -> Found:
    """Return the clearance problems that reports state of items, and clearance behind its plan."""
    reasons: Found = defaultdict(list)
    wanted = set(context.items["item"])
    stated: dict[tuple[str, str], list[ClearanceProblem]] = defaultdict(list)
    for problem in list_clearance_problems(context.facts, context.filters):
        if problem.item in wanted:
            stated[problem.item, problem.category].append(problem)
    for (item, category), same in stated.items():
        kind = translate_word("obstacle", category, context.language)
        reasons[item].append(
            WatchReason(
                key="clearance",
                label=t("map.watch.clearance", context.language, category=kind),
                sentence=t(
                    "leader.reason.clearance",
                    context.language,
                    category=kind.lower(),
                    period=get_period_label(context.facts, same[0].period, context.language),
                ),
                since=min(get_as_of_date(context.facts, problem.since) for problem in same),
                sources=tuple(problem.make_source(context.facts) for problem in same),
                bodies=tuple(problem.asked_to_act for problem in same if problem.asked_to_act),
            )
        )
    for row in context.items.itertuples(index=False):
        if row.clearance < row.planned_clearance and row.clearance_period == context.period:
            reasons[row.item].append(_build_behind_reason(context, row))
    return reasons


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
    ranks, wanted = context.facts.period_ranks, set(context.items["item"])
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
    return {
        row.item: [_build_silence_reason(context, row.item)]
        for row in left_out.itertuples(index=False)
    }


def _build_silence_reason(context: WatchContext, item: str) -> WatchReason:
    ranks, seen = context.facts.period_ranks, context.facts.observations
    before = seen[(seen["item"] == item) & (seen["period"].map(ranks) < ranks[context.period])]
    last = max(before["period"], key=ranks.__getitem__, default="")
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
        sources=find_sources(context.facts, before.loc[before["period"] == last, "obs"].head(1)),
    )


def collect_reasons(context: WatchContext, told_of: frozenset[str]) -> Found:
    """Return all reasons of every item, in the order in which they are told."""
    finders: tuple[Callable[[WatchContext], Found], ...] = (
        find_forecast_reasons,
        find_overdue_reasons,
        find_delay_reasons,
        find_clearance_reasons,
        find_case_reasons,
        find_gap_reasons,
        find_contradiction_reasons,
    )
    reasons_by_item: Found = defaultdict(list)
    for part in (*(find(context) for find in finders), find_silence_reasons(context, told_of)):
        for item, reasons in part.items():
            reasons_by_item[item].extend(reasons)
    return reasons_by_item
