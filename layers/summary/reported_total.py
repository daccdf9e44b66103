"""What a report counts itself of the city's key projects, where it names none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.column_values import list_rows
from store.facts.selection import has_item_filters, resolve_area
from store.facts.statements import statement_from_row

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.statements import Statement


def find_stated_misses(facts: Facts, period: str) -> Statement | None:
    """Return the period's own count of key projects that miss the goal, ``None`` for none."""
    rows = facts.indicators
    rows = rows[
        (rows["period"] == period)
        & (rows["subject"] == "key_projects")
        & (rows["measure"] == "misses_goal")
        & rows["value"].notna()
    ]
    return statement_from_row(facts, list_rows(rows)[-1]) if len(rows) else None


def is_whole_list(facts: Facts, filters: Filters) -> bool:
    """Return whether the filters leave out none of the city's key projects."""
    kinds = () if filters.kinds == ("key_project",) else filters.kinds
    narrowed = has_item_filters(filters.with_changes(kinds=kinds))
    return not narrowed and resolve_area(facts, filters) is None
