"""Problems that reports and visits state and that are not in the register yet.

Of reports: clearance problems, filled in with what documents state of the same land, and land that
documents state to be handed over still though nothing says that it is late. What documents state
of an open case later, and otherwise, is offered as its update: nothing changes by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import t
from store.clearance.stated_ground import (
    STATED_COLUMNS,
    GroundKey,
    StatedGround,
    map_stated_ground,
)
from store.column_values import iterate_rows, list_cells
from store.facts.clearance_problems import list_clearance_problems
from store.facts.filters import Filters
from store.facts.visit_clock import RECEIVED, get_visit_day
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.audit.rows import Row
    from store.facts.facts import Facts

_LONGEST_REASON: Final = 400
_NEARLY: Final = 5e-5


@dataclass(frozen=True)
class SuggestedCase:
    """A stated problem that may become a case.

    ``source`` is the id of the statement (or of the observation of an obstacle), or of the visit;
    ``kind`` is ``report``, ``statement`` or ``visit``. ``opened`` is the day as of which it was
    first stated (ISO, '' where not known); ``stated`` are the figures of the register's columns
    that documents give, ``cited`` the same as text with document and line.
    """

    source: str
    kind: str
    item: str
    commune: str
    category: str
    statement: str
    body: str
    opened: str
    stated: Mapping[str, Any] = field(default_factory=dict)
    cited: str = ""

    def values(self) -> Row:
        """Return what the case says when it is taken over."""
        return {
            "item": self.item or None,
            "commune": self.commune,
            "category": self.category,
            "statement": self.statement,
            "body": self.body,
            "opened": self.opened,
            **self.stated,
            "clearance": "" if self.kind == "visit" else self.source,
            "visit": self.source if self.kind == "visit" else "",
            "note": " ".join(filter(None, (t(f"register.note.{self.kind}"), self.cited))),
        }


@dataclass(frozen=True)
class CaseUpdate:
    """What documents state of an open case otherwise than the register has it."""

    case: str
    ground: StatedGround
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def why(self) -> str:
        """The reason to write down where it is taken over: each figure with document and line."""
        cited = self.ground.cite(self.after)
        return t("register.note.update", cited=cited)[:_LONGEST_REASON]


def list_suggested_cases(facts: Facts) -> tuple[SuggestedCase, ...]:
    """Return what is stated and not in the register: problems, land still to come, visits.

    What is stated again of an open case of the same item, commune and category is that case's, as
    are figures of its land.
    """
    taken_sources = set(facts.cases["clearance"].tolist()) | set(facts.cases["visit"].tolist())
    opened = facts.cases[facts.cases["state"] == "open"]
    same = set(list_cells(opened, "item", "commune", "category"))
    places = set(list_cells(opened, "item", "commune"))
    problems = _suggest_from_reports(facts)
    told = places | {(problem.item, problem.commune) for problem in problems}
    suggestions = [*problems, *_suggest_from_ground(facts, told), *_suggest_from_visits(facts)]
    return tuple(
        suggestion
        for suggestion in suggestions
        if suggestion.source not in taken_sources
        and (
            suggestion.kind == "visit"
            or (suggestion.item, suggestion.commune, suggestion.category) not in same
        )
    )


@cache_on_facts(most=1)
def map_case_updates(facts: Facts) -> dict[str, CaseUpdate]:
    """Return by open case what documents state otherwise than it has it, from its day on.

    Of several open cases of the same land none is offered any: nothing tells which it is about.
    """
    ground = map_stated_ground(facts)
    opened = facts.cases[facts.cases["state"] == "open"]
    alone = ~opened.duplicated(["item", "commune"], keep=False)
    updates: dict[str, CaseUpdate] = {}
    for row in opened[alone].to_dict("records"):
        stated = ground.get(GroundKey(row["item"], row["commune"]))
        if stated is None or facts.period_ends[stated.period] < row["opened"]:
            continue
        fit = _fit_figures(stated, str(row["opened"]))
        after = {name: value for name, value in fit.items() if _differs(row[name], value)}
        if after:
            before = {name: None if pd.isna(row[name]) else row[name] for name in after}
            updates[row["case"]] = CaseUpdate(row["case"], stated, before, after)
    return updates


def _differs(known: Any, stated: Any) -> bool:
    if isinstance(stated, str):
        return bool(known != stated)
    return bool(pd.isna(known) or abs(float(known) - float(stated)) > _NEARLY)


def _fit_figures(stated: StatedGround | None, opened: str) -> dict[str, Any]:
    """Return the figures that a case opened on a day may have: no deadline before that day."""
    values = dict(stated.values) if stated else {}
    if values.get("deadline", opened) < opened:
        del values["deadline"]
    return {name: values[name] for name in STATED_COLUMNS if name in values}


def _suggest_from_reports(facts: Facts) -> list[SuggestedCase]:
    if facts.periods.empty:
        return []
    days, ground = facts.period_ends, map_stated_ground(facts)
    newest = str(facts.periods["period"].iloc[-1])
    suggestions = []
    for problem in list_clearance_problems(facts, Filters(period=newest)):
        stated = ground.get(GroundKey(problem.item, problem.code))
        opened = days.get(problem.since, "")
        told = {"area_ha": problem.area_ha, "households": problem.households}
        own = {name: value for name, value in told.items() if value is not None}
        figures = _fit_figures(stated, opened)
        if any(_differs(figures.get(name), value) for name, value in own.items()):
            figures, stated = {}, None  # the problem's own figures are of a part of the land
        suggestions.append(
            SuggestedCase(
                source=problem.problem,
                kind="report",
                item=problem.item,
                commune=problem.code,
                category=problem.category,
                statement=problem.statement,
                body=problem.asked_to_act or (stated.body if stated else ""),
                opened=opened,
                stated=figures | own,
                cited=stated.cite(figures) if stated else "",
            )
        )
    return suggestions


def _suggest_from_ground(facts: Facts, told: set[tuple[str, str]]) -> list[SuggestedCase]:
    """Return land that is still to be handed over, of which neither a case nor a problem tells."""
    days = facts.period_ends
    return [
        SuggestedCase(
            source=stated.source,
            kind="statement",
            item=key.item,
            commune=key.commune,
            category="unspecified",
            statement="; ".join(filter(None, (key.works, stated.describe_left()))),
            body=stated.body,
            opened=days.get(stated.period, ""),
            stated=_fit_figures(stated, days.get(stated.period, "")),
            cited=stated.cite(),
        )
        for key, stated in sorted(map_stated_ground(facts).items())
        if stated.left and (key.item, key.commune) not in told
    ]


def _suggest_from_visits(facts: Facts) -> list[SuggestedCase]:
    raised = facts.visits[facts.visits["problem"] != ""]
    return [
        SuggestedCase(
            source=str(row.visit),
            kind="visit",
            item=str(row.item),
            commune=facts.find_only_commune(str(row.item)),
            category="unspecified",
            statement=str(row.problem),
            body="",
            opened=get_visit_day(str(row.at), str(getattr(row, RECEIVED, ""))),
        )
        for row in iterate_rows(raised)
    ]
