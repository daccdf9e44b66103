"""Clearance problems by commune: what is stated, how grave, since when, and who must act.

A problem is one statement of a report that land is not free: a row of the clearance table, or an
item's obstacle of a land category. An obstacle stands in the item's commune where it has one only;
where it has several, no report says in which the land is missing, and the problem is the item's
without a commune. The same commune, item and category is one problem however often it is said;
what is said last counts. A statement of an item's land there that names no cause of its own (a
table's row, an example in a footnote) is the same problem as any other one, told again. Sentences
that name neither commune nor item ("some projects are late") are no problem of any place.

Severity is a count of signs, each readable in the reports, from 1 to 5:

- 1 because a report states the problem;
- 1 more if its item is forecast to miss the quarter's goal in the same period;
- 1 more if clearance is behind: less cleared than planned, or, without a plan, less than half;
- 1 more if there is no ground to build on at all (category ``ground_not_ready``);
- 1 more if a report of an earlier period had stated a problem there already.

The commune's severity is that of its gravest problem.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from reports.model.schema import CLEARANCE_CATEGORIES
from store.column_values import iterate_rows, list_cells
from store.facts.item_snapshot import find_items_behind
from store.facts.selection import Selection, has_item_filters, select_items
from store.facts.sources import Source, make_source
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.facts.facts import Facts
    from store.facts.filters import Filters

WITHOUT_CAUSE: Final = frozenset({"unspecified", "other_stated"})
"""Categories that name no cause."""
MAX_SEVERITY: Final = 5
SIGNS: Final = ("stated", "misses", "behind", "no_ground", "again")


@dataclass(frozen=True)
class ClearanceProblem:
    """A clearance problem as it was stated last.

    ``problem`` id; ``code`` '' where no commune is known; ``item`` '' where none is named; ``obs``
    the observation where it comes from one; ``area_ha`` and ``households`` ``None`` where not
    stated; ``carried``: stated in an earlier period than the one looked at. ``since`` first period
    that stated a problem of the item (or, without one, of the commune), ``age_days`` from that
    period's date to the date looked at; ``signs`` out of ``SIGNS``. ``told_again``
    are other statements of the same problem.
    """

    problem: str
    code: str
    item: str
    category: str
    statement: str
    raw: str
    asked_to_act: str
    period: str
    doc: str
    line_from: int
    line_to: int
    obs: str = ""
    area_ha: float | None = None
    households: int | None = None
    carried: bool = False
    since: str = ""
    age_days: int = 0
    signs: tuple[str, ...] = ()
    told_again: tuple[ClearanceProblem, ...] = ()

    @property
    def severity(self) -> int:
        """How severe it is, from 1 to ``MAX_SEVERITY``."""
        return len(self.signs)

    def make_source(self, facts: Facts) -> Source:
        """Return where it is stated."""
        return make_source(
            facts, self.doc, self.line_from, self.line_to, raw=self.raw, observation=self.obs
        )

    def list_sources(self, facts: Facts) -> tuple[Source, ...]:
        """Return every place that states it, its own first."""
        return tuple(problem.make_source(facts) for problem in (self, *self.told_again))


@cache_on_reports(most=32)
def list_clearance_problems(facts: Facts, filters: Filters) -> tuple[ClearanceProblem, ...]:
    """Return the clearance problems that the filters choose, by commune, the most severe first.

    A problem of an item is chosen with its item. A statement that names no item is chosen by its
    commune alone, and left out when the filters ask for what only an item has. An approved period
    has what was known when it was approved.
    """
    selection = select_items(facts, filters)
    facts = get_facts_known_at(facts, selection.period)
    known = _list_known_problems(facts, selection.period, filters.carry, selection.area)
    return tuple(_select_problems(known, selection, filters))


@cache_on_reports(most=32)
def _list_known_problems(
    facts: Facts, period: str, carry: bool, area: frozenset[str] | None
) -> tuple[ClearanceProblem, ...]:
    """Return those of an area (``None``: of all) known by a period in just these facts, sorted."""
    ranks, now = facts.period_ranks, facts.period_ranks.get(period, -1)
    firsts: dict[tuple[str, str], str] = {}
    latest: dict[tuple[str, str, str], ClearanceProblem] = {}
    for problem in _list_statements(facts, area):
        if ranks[problem.period] > now:
            break  # they are in order of time
        firsts.setdefault((problem.code, problem.item), problem.period)
        if carry or ranks[problem.period] == now:
            latest[problem.code, problem.item, problem.category] = problem
    merged = _merge_told_again(latest.values())
    ends = {name: date.fromisoformat(day) for name, day in facts.period_ends.items()}
    begun = [firsts[problem.code, problem.item] for problem in merged]
    signs_of_each = _read_signs(facts, merged, begun)
    known = [
        replace(
            problem,
            carried=ranks[problem.period] < now,
            since=since,
            age_days=(ends[period] - ends[since]).days,
            signs=signs,
        )
        for problem, since, signs in zip(merged, begun, signs_of_each, strict=True)
    ]
    known.sort(key=lambda problem: (problem.code, -problem.severity, problem.problem))
    return tuple(known)


def _merge_told_again(problems: Iterable[ClearanceProblem]) -> list[ClearanceProblem]:
    """Return the problems, those of an item and commune that name no cause of their own as one.

    They go with the first problem there that names a cause, else with what is said last.
    """
    groups: dict[tuple[str, str], list[ClearanceProblem]] = {}
    for problem in problems:
        place = (problem.code, problem.item) if problem.item else (problem.problem, "")
        groups.setdefault(place, []).append(problem)
    merged = []
    for same in groups.values():
        caused = [problem for problem in same if problem.category not in WITHOUT_CAUSE]
        vague = [problem for problem in same if problem.category in WITHOUT_CAUSE]
        main, *others = caused or vague[-1:]
        again = vague if caused else vague[:-1]
        merged += [_join_statements(main, again), *others]
    return merged


def _join_statements(main: ClearanceProblem, again: Sequence[ClearanceProblem]) -> ClearanceProblem:
    """Return a problem with what other statements of it add: who is asked, how many households."""
    if not again:
        return main
    said = (main, *again)
    bodies = (body.strip() for one in said for body in one.asked_to_act.split(";"))
    households = [one.households for one in said if one.households is not None]
    areas = [one.area_ha for one in said if one.area_ha is not None]
    return replace(
        main,
        asked_to_act="; ".join(dict.fromkeys(filter(None, bodies))),
        households=max(households, default=None),
        area_ha=max(areas, default=None),
        told_again=tuple(again),
    )


@cache_on_reports()
def _list_statements(facts: Facts, area: frozenset[str] | None) -> tuple[ClearanceProblem, ...]:
    """Return all that was ever stated, in the order in which it was issued.

    ``area``: of its communes and of no commune only; no two communes' problems depend on another.
    """
    if area is not None:
        places = area | {""}
        return tuple(one for one in _list_statements(facts, None) if one.code in places)
    rows = facts.clearance[(facts.clearance["commune"] != "") | (facts.clearance["item"] != "")]
    stated = [
        ClearanceProblem(
            problem=row.clearance,
            code=row.commune,
            item=row.item,
            category=row.category,
            statement=row.statement,
            raw=row.raw,
            asked_to_act=row.asked_to_act,
            period=row.period,
            doc=row.doc,
            line_from=int(row.line_from),
            line_to=int(row.line_to),
            area_ha=None if pd.isna(row.area_ha) else float(row.area_ha),
            households=None if pd.isna(row.households) else int(row.households),
        )
        for row in iterate_rows(rows)
    ]
    ranks, issued = facts.period_ranks, facts.document_ranks
    order = [*stated, *_list_obstacles(facts)]
    order.sort(
        key=lambda problem: (
            ranks[problem.period],
            issued[problem.doc],
            problem.line_from,
            problem.problem,
        )
    )
    return tuple(order)


def _list_obstacles(facts: Facts) -> list[ClearanceProblem]:
    """Return the items' obstacles of a land category as problems.

    An obstacle that the clearance table states for the same item and period is left to it.
    """
    seen = facts.observations
    obstacles = seen[(seen["field"] == "obstacle") & seen["value"].isin(CLEARANCE_CATEGORIES)]
    stated = set(list_cells(facts.clearance, "item", "period"))
    bodies = _join_texts_by_item(seen, "asked_to_act")
    texts = _join_texts_by_item(seen, "obstacle_text")
    return [
        ClearanceProblem(
            problem=row.obs,
            code=facts.find_only_commune(row.item),
            item=row.item,
            category=row.value,
            statement=texts.get((row.item, row.period), ""),
            raw=row.raw,
            asked_to_act=bodies.get((row.item, row.period), ""),
            period=row.period,
            doc=row.doc,
            line_from=int(row.line_from),
            line_to=int(row.line_to),
            obs=row.obs,
        )
        for row in iterate_rows(obstacles)
        if (row.item, row.period) not in stated
    ]


def _join_texts_by_item(seen: pd.DataFrame, field: str) -> dict[tuple[str, str], str]:
    """Return the values of a text field by item and period, several with semicolons."""
    texts: dict[tuple[str, str], list[str]] = {}
    rows = seen[seen["field"] == field]
    for item, period, value in list_cells(rows, "item", "period", "value"):
        texts.setdefault((item, period), []).append(value)
    return {key: "; ".join(dict.fromkeys(values)) for key, values in texts.items()}


def _select_problems(
    problems: Sequence[ClearanceProblem], selection: Selection, filters: Filters
) -> list[ClearanceProblem]:
    items = set(selection.items["item"].tolist())
    # What held an item up before it opened no longer does.
    opened = set(selection.items.loc[selection.items["opened"], "item"])
    unnamed = not has_item_filters(filters)
    return [
        problem
        for problem in problems
        if (
            problem.item in items and not (problem.carried and problem.item in opened)
            if problem.item
            else unnamed
        )
        and (selection.area is None or not problem.code or problem.code in selection.area)
    ]


def _read_signs(
    facts: Facts, problems: Sequence[ClearanceProblem], begun: Sequence[str]
) -> list[tuple[str, ...]]:
    """Return the signs of severity of every problem, read in the period that states it.

    ``begun``: the period since which each is stated.
    """
    periods = {problem.period for problem in problems}
    behind = {period: find_items_behind(facts, period) for period in periods}
    signs = []
    for problem, since in zip(problems, begun, strict=True):
        misses, late = behind[problem.period]
        shown = (
            True,
            problem.item in misses,
            problem.item in late,
            problem.category == "ground_not_ready",
            since != problem.period,
        )
        signs.append(tuple(sign for sign, is_shown in zip(SIGNS, shown, strict=True) if is_shown))
    return signs
