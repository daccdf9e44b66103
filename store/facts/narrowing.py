"""The facts as somebody may read them who may read those of some communes only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.db.staff_tables import STAFF
from store.facts.stored.content_hash import hash_words
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    import pandas as pd

    from store.facts.facts import Facts
    from store.users.users import User


def narrow_facts_to_user(facts: Facts, user: User) -> Facts:
    """Return the facts narrowed to what the user may read; the same object for who reads all.

    Narrowed: items with a place in the scope, with all that is said of them, and clearance there.
    Counts of the whole city, corrections of scans, and items without a place are left out, for
    nothing tells where they belong. Documents and periods stay, as names of sources.
    """
    if user.sees_all:
        return facts
    return narrow_to_scope(facts, user.scope or frozenset())


@cache_on_facts(most=16)
def narrow_to_scope(facts: Facts, scope: frozenset[str]) -> Facts:
    """Return the facts narrowed to communes, see ``narrow_facts_to_user``."""
    reports = _narrow_reports(facts.reports, scope)
    if facts.reports is facts:
        return reports
    version = hash_words(facts.version, *sorted(scope))
    return replace(reports, version=version, reported=reports, **select_staff(facts, reports))


def select_staff(facts: Facts, reports: Facts) -> dict[str, pd.DataFrame]:
    """Return what people recorded that belongs to reports' items and scope, by table."""
    if reports.scope is None:
        return {name: getattr(facts, name) for name in STAFF}
    items = set(reports.items["item"].tolist())
    cases = facts.cases[
        facts.cases["commune"].isin(reports.scope)
        | (facts.cases["item"].isin(items) & (facts.cases["commune"] == ""))
    ].reset_index(drop=True)
    visits = _select_rows(facts.visits, "item", items)
    return {
        "points": _select_rows(facts.points, "item", items),
        "cases": cases,
        "case_steps": _select_rows(facts.case_steps, "case", set(cases["case"].tolist())),
        "visits": visits,
        "photos": _select_rows(facts.photos, "visit", set(visits["visit"].tolist())),
    }


@cache_on_facts(most=16)
def _narrow_reports(reports: Facts, scope: frozenset[str]) -> Facts:
    items = set(reports.places.loc[reports.places["commune"].isin(scope), "item"])
    clearance = reports.clearance[
        reports.clearance["commune"].isin(scope)
        | (reports.clearance["item"].isin(items) & (reports.clearance["commune"] == ""))
    ]
    return replace(
        reports,
        version=hash_words(reports.version, *sorted(scope)),
        scope=scope,
        items=_select_rows(reports.items, "item", items),
        places=_select_rows(reports.places, "item", items),
        observations=_select_rows(reports.observations, "item", items),
        clearance=clearance.reset_index(drop=True),
        indicators=reports.indicators.iloc[:0],
        corrections=reports.corrections.iloc[:0],
        conflicts=_select_rows(reports.conflicts, "item", items),
        statements=_select_statements(reports.statements, items, scope),
        item_attributes=_select_rows(reports.item_attributes, "item", items),
    )


def _select_statements(
    statements: pd.DataFrame, items: set[str], scope: frozenset[str]
) -> pd.DataFrame:
    """Return the statements of items, and those of communes of which one lies in the scope."""
    here = statements["communes"].map(lambda codes: not scope.isdisjoint(codes.split()))
    of_commune = (statements["item"] == "") & here.astype(bool)
    return statements[statements["item"].isin(items) | of_commune].reset_index(drop=True)


def _select_rows(frame: pd.DataFrame, column: str, keys: set[str]) -> pd.DataFrame:
    return frame[frame[column].isin(keys)].reset_index(drop=True)
