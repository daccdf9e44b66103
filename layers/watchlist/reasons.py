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


def find_forecast_reasons(asked: WatchContext) -> Found:
    """Return who is forecast to miss the quarter's goal, is undetermined, or is paused."""
    found: Found = defaultdict(list)
    for row in asked.items.itertuples(index=False):
        if row.forecast in {"misses", "undetermined"}:
            found[row.item].append(_build_forecast_reason(asked, row))
        if row.status in {"undetermined", "paused"} and row.forecast != "undetermined":
            found[row.item].append(
                _build_stated_reason(asked, row.item, "status", row.status, row.status_obs)
            )
    return found


def _build_forecast_reason(asked: WatchContext, row: pd.Series) -> WatchReason:
    reason = _build_stated_reason(asked, row.item, "forecast", row.forecast, row.forecast_obs)
    obstacles = row.obstacles if row.obstacles_period == asked.period else ()
    if not obstacles:
        return reason
    named = ", ".join(translate_word("obstacle", one, asked.language).lower() for one in obstacles)
    told_too = t("leader.reason.with_obstacles", asked.language, obstacles=named)
    return WatchReason(
        key=reason.key,
        label=reason.label,
        sentence=f"{reason.sentence} {told_too}",
        since=reason.since,
        sources=(*reason.sources, *find_sources(asked.facts, row.obstacles_obs)),
    )


def _build_stated_reason(
    asked: WatchContext, item: str, field: str, value: str, obs: str
) -> WatchReason:
    """Return a reason that is a word of the report itself, since the first report that has it."""
    ranks, seen = asked.facts.period_ranks, asked.facts.observations
    same = seen[(seen["item"] == item) & (seen["field"] == field) & (seen["value"] == value)]
    said = [one for one in same["period"] if ranks[one] <= ranks[asked.period]]
    first = min(said, key=ranks.__getitem__) if said else ""
    sources = find_sources(asked.facts, (obs,))
    period = get_period_label(asked.facts, sources[0].period if sources else "", asked.language)
    return WatchReason(
        key=value,
        label=translate_word(field, value, asked.language),
        sentence=t(f"leader.reason.{value}", asked.language, period=period),
        since=get_as_of_date(asked.facts, first),
        sources=sources,
    )


def find_clearance_reasons(asked: WatchContext) -> Found:
    """Return the clearance problems that reports state of items, and clearance behind its plan."""
    found: Found = defaultdict(list)
    wanted = set(asked.items["item"])
    stated: dict[tuple[str, str], list[ClearanceProblem]] = defaultdict(list)
    for problem in list_clearance_problems(asked.facts, asked.filters):
        if problem.item in wanted:
            stated[problem.item, problem.category].append(problem)
    for (item, category), same in stated.items():
        kind = translate_word("obstacle", category, asked.language)
        found[item].append(
            WatchReason(
                key="clearance",
                label=t("map.watch.clearance", asked.language, category=kind),
                sentence=t(
                    "leader.reason.clearance",
                    asked.language,
                    category=kind.lower(),
                    period=get_period_label(asked.facts, same[0].period, asked.language),
                ),
                since=min(get_as_of_date(asked.facts, one.since) for one in same),
                sources=tuple(one.make_source(asked.facts) for one in same),
                bodies=tuple(one.asked_to_act for one in same if one.asked_to_act),
            )
        )
    for row in asked.items.itertuples(index=False):
        if row.clearance < row.planned_clearance and row.clearance_period == asked.period:
            found[row.item].append(_build_behind_reason(asked, row))
    return found


def _build_behind_reason(asked: WatchContext, row: pd.Series) -> WatchReason:
    values = {
        "actual": format_percent(row.clearance, asked.language),
        "planned": format_percent(row.planned_clearance, asked.language),
    }
    return WatchReason(
        key="clearance_behind",
        label=t("leader.label.clearance_behind", asked.language, **values),
        sentence=t("leader.reason.clearance_behind", asked.language, **values),
        since=get_as_of_date(asked.facts, asked.period),
        sources=find_sources(asked.facts, (row.clearance_obs, row.planned_clearance_obs)),
    )


def find_contradiction_reasons(asked: WatchContext) -> Found:
    """Return the items of which reports say two things that nobody has settled."""
    ranks, wanted = asked.facts.period_ranks, set(asked.items["item"])
    told_of: dict[str, list[Contradiction]] = defaultdict(list)
    for one in list_contradictions(asked.facts):
        last = max(ranks.get(side.period, len(ranks)) for side in (one.a, one.b))
        if one.state == OPEN and one.id not in asked.settled and last <= ranks[asked.period]:
            for item in wanted.intersection(one.items):
                told_of[item].append(one)
    return {item: [_build_contradiction_reason(asked, same)] for item, same in told_of.items()}


def _build_contradiction_reason(asked: WatchContext, same: list[Contradiction]) -> WatchReason:
    ranks = asked.facts.period_ranks
    topics = dict.fromkeys(t(f"changes.topic.{one.topic}", asked.language).lower() for one in same)
    values = {"topics": ", ".join(topics), "count": format_number(len(same), 0, asked.language)}
    known_from = [max((one.a.period, one.b.period), key=ranks.__getitem__) for one in same]
    sources = [source for one in same for side in (one.a, one.b) for source in side.sources]
    return WatchReason(
        key="contradicted",
        label=t("leader.label.contradicted", asked.language, **values),
        sentence=t("leader.reason.contradicted", asked.language, **values),
        since=min(get_as_of_date(asked.facts, period) for period in known_from),
        sources=tuple(dict.fromkeys(sources)),
    )


def list_reported_kinds(items: pd.DataFrame) -> frozenset[str]:
    """Return the kinds of which the period's documents speak item by item: of more than half.

    Only there does it mean something that an item is not spoken of.
    """
    spoken = items.groupby("kind")["reported"].mean()
    return frozenset(str(kind) for kind in spoken.index[spoken > MOST])


def find_silence_reasons(asked: WatchContext, told_of: frozenset[str]) -> Found:
    """Return the items that the period leaves out, of the kinds that it goes through one by one.

    ``told_of`` are these kinds, by ``list_reported_kinds`` over all items (whatever the filters
    choose).
    """
    left_out = asked.items[~asked.items["reported"] & asked.items["kind"].isin(told_of)]
    return {
        row.item: [_build_silence_reason(asked, row.item)]
        for row in left_out.itertuples(index=False)
    }


def _build_silence_reason(asked: WatchContext, item: str) -> WatchReason:
    ranks, seen = asked.facts.period_ranks, asked.facts.observations
    before = seen[(seen["item"] == item) & (seen["period"].map(ranks) < ranks[asked.period])]
    last = max(before["period"], key=ranks.__getitem__, default="")
    values = {"period": get_period_label(asked.facts, asked.period, asked.language)}
    key = "not_reported" if last else "never_reported"
    return WatchReason(
        key="not_reported",
        label=t("leader.label.not_reported", asked.language),
        sentence=t(
            f"leader.reason.{key}",
            asked.language,
            last=get_period_label(asked.facts, last, asked.language),
            **values,
        ),
        since=get_as_of_date(asked.facts, last),
        sources=find_sources(asked.facts, before.loc[before["period"] == last, "obs"].head(1)),
    )


def collect_reasons(asked: WatchContext, told_of: frozenset[str]) -> Found:
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
    found: Found = defaultdict(list)
    for part in (*(find(asked) for find in finders), find_silence_reasons(asked, told_of)):
        for item, reasons in part.items():
            found[item].extend(reasons)
    return found
