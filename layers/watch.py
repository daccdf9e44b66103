"""The watch list: items that need a decision, by the money they hold up, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.problems import problems_at
from layers.shares import VND_PER_MVND
from layers.words import vnd, word
from store.selection import select

if TYPE_CHECKING:
    from store.facts import Facts
    from store.filters import Filters

_BAD_FORECASTS: Final = ("misses", "undetermined")


@dataclass(frozen=True)
class WatchRow:
    """One item to watch: its reasons and who is asked to act, and the investment it holds up.

    Texts are in the reader's language. ``investment_mvnd`` is ``None`` where no report says it.
    """

    item: str
    name: str
    reason: str
    asked_to_act: str
    money: str
    investment_mvnd: int | None


def watch_list(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> tuple[WatchRow, ...]:
    """Return the selected items that need attention, the largest investment first.

    An item is on the list when it is forecast to miss the quarter's goal, when its progress is
    undetermined, or when a report states a clearance problem of it. Opened items are not.
    """
    items = select(facts, filters).items
    problems = problems_at(facts, filters)
    stated = problems.loc[problems["item"] != ""].groupby("item")["category"].agg(list).to_dict()
    rows = []
    for row in items.itertuples(index=False):
        reasons = _reasons(row.forecast, row.status, stated.get(row.item, []), language)
        if reasons and not row.opened:
            rows.append(_row(row, reasons, language))
    return tuple(sorted(rows, key=lambda one: (-(one.investment_mvnd or 0), one.item)))


def _reasons(forecast: str, status: str, categories: list[str], language: str) -> list[str]:
    found = [word("forecast", forecast, language)] if forecast in _BAD_FORECASTS else []
    if not found and status == "undetermined":
        found.append(word("status", status, language))
    found.extend(
        t("map.watch.clearance", language, category=word("obstacle", category, language))
        for category in dict.fromkeys(categories)
    )
    return found


def _row(row: pd.Series, reasons: list[str], language: str) -> WatchRow:
    amount = None if pd.isna(row.investment_mvnd) else int(row.investment_mvnd)
    return WatchRow(
        item=row.item,
        name=row.name,
        reason="; ".join(reasons),
        asked_to_act="; ".join(row.asked_to_act),
        money=t("map.watch.no_money", language)
        if amount is None
        else vnd(amount * VND_PER_MVND, language),
        investment_mvnd=amount,
    )
