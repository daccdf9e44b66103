"""Problems that reports and visits state and that are not in the register yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import t
from store.facts.clearance_problems import list_clearance_problems
from store.facts.filters import Filters
from store.facts.visit_clock import RECEIVED, get_visit_day

if TYPE_CHECKING:
    from store.audit.rows import Row
    from store.facts.facts import Facts


@dataclass(frozen=True)
class SuggestedCase:
    """A stated problem that may become a case.

    ``source`` is the id of the statement (or of the observation of an obstacle), or of the visit;
    ``kind`` is ``report`` or ``visit``. ``opened`` is the day as of which it was first stated (ISO,
    '' where not known); ``area_ha`` and ``households`` are ``None`` where not stated.
    """

    source: str
    kind: str
    item: str
    commune: str
    category: str
    statement: str
    body: str
    opened: str
    area_ha: float | None = None
    households: int | None = None

    def values(self) -> Row:
        """Return what the case says when it is taken over."""
        return {
            "item": self.item or None,
            "commune": self.commune,
            "category": self.category,
            "statement": self.statement,
            "body": self.body,
            "opened": self.opened,
            "area_ha": self.area_ha,
            "households": self.households,
            "clearance": self.source if self.kind == "report" else "",
            "visit": self.source if self.kind == "visit" else "",
            "note": t(f"register.note.{self.kind}"),
        }


def list_suggested_cases(facts: Facts) -> tuple[SuggestedCase, ...]:
    """Return what is stated and not in the register: reports' problems first, then visits'.

    What is stated again of an open case of the same item, commune and category is that case's.
    """
    taken_sources = set(facts.cases["clearance"]) | set(facts.cases["visit"])
    opened = facts.cases[facts.cases["state"] == "open"]
    same = set(zip(opened["item"], opened["commune"], opened["category"], strict=True))
    suggestions = [*_suggest_from_reports(facts), *_suggest_from_visits(facts)]
    return tuple(
        suggestion
        for suggestion in suggestions
        if suggestion.source not in taken_sources
        and (
            suggestion.kind == "visit"
            or (suggestion.item, suggestion.commune, suggestion.category) not in same
        )
    )


def _suggest_from_reports(facts: Facts) -> list[SuggestedCase]:
    if facts.periods.empty:
        return []
    days = facts.period_ends
    newest = str(facts.periods["period"].iloc[-1])
    return [
        SuggestedCase(
            source=problem.problem,
            kind="report",
            item=problem.item,
            commune=problem.code,
            category=problem.category,
            statement=problem.statement,
            body=problem.asked_to_act,
            opened=days.get(problem.since, ""),
            area_ha=problem.area_ha,
            households=problem.households,
        )
        for problem in list_clearance_problems(facts, Filters(period=newest))
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
        for row in raised.itertuples(index=False)
    ]
