"""What a report says of something, with its place: one side of every comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import t
from store.column_values import list_cells
from store.db.errors import StoreError
from store.facts.sources import Source, source_from_row
from store.facts.values import compute_values_at
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.facts.facts import Facts

Row = dict[str, Any]


@dataclass(frozen=True)
class Statement:
    """One statement: the period it is from, the value in the program's words, where it stands.

    ``value`` is as ``reports.model.schema`` writes it: a number with a decimal point, ``misses``,
    ``2026-Q3``; in a curated contradiction it is a text in Vietnamese. ``total`` is what a count is
    out of. ``rows`` names the rows that were counted where the value is a count of rows.
    """

    period: str
    value: str
    sources: tuple[Source, ...]
    total: float | None = None
    rows: tuple[str, ...] = ()


NOT_STATED: Final = Statement("", "", ())
"""The side of a difference on which nothing is stated."""


def statement_from_row(
    facts: Facts, row: Mapping[str, Any], *, value: str | None = None
) -> Statement:
    """Return what a row of observations, clearance or indicators says."""
    stated_value = row.get("value", "") if value is None else value
    total = row.get("total")
    return Statement(
        period=str(row["period"]),
        value=format_plain_number(stated_value)
        if isinstance(stated_value, float)
        else str(stated_value),
        sources=(source_from_row(facts, row),),
        total=None if total is None or pd.isna(total) else float(total),
    )


def format_plain_number(number: float) -> str:
    """Return a number without needless decimals: ``9`` for 9.0."""
    return str(int(number)) if float(number).is_integer() else str(float(number))


def get_period_rank(facts: Facts, period: str) -> int:
    """Return the place of a period in time; ``StoreError`` for one that there is not."""
    rank = facts.period_ranks.get(period)
    if rank is None:
        raise StoreError(t("store.fault.no_such_period", period=period))
    return rank


@cache_on_reports()
def map_investments(facts: Facts) -> dict[str, int]:
    """Return the total investment that was reported last of every item, in million VND."""
    if facts.periods.empty:
        return {}
    last = str(facts.periods["period"].iloc[-1])
    values = compute_values_at(facts, last, fields=("investment_mvnd",))
    values = values[(values["component"] == "") & values["chosen"]]
    return {item: round(number) for item, number in list_cells(values, "item", "number")}


def sort_items_by_money(facts: Facts, items: Iterable[str]) -> list[str]:
    """Return the items by their investment, the largest first, unknown amounts last."""
    money = map_investments(facts)
    return sorted(set(items), key=lambda item: (-money.get(item, -1), item))
