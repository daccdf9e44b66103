"""A period held against an earlier one under some filters: what the headline's sentences share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import format_number, t
from layers.labels.short_names import shorten_name
from layers.summary.reported_total import is_whole_list
from store.analysis.period_diff import compare_periods
from store.analysis.stated_counts import find_last_counts as counts_stated
from store.facts.labels import get_period_label
from store.facts.selection import select_items
from store.facts.statements import get_period_rank, map_investments, statement_from_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.analysis.difference import Difference, PeriodDiff
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source
    from store.facts.statements import Statement


@dataclass(frozen=True)
class SummarySentence:
    """One sentence: ``key`` says of what, ``direction`` is ``better``, ``worse`` or ''.

    ``items`` are those it is about, the largest investment first.
    """

    key: str
    text: str
    direction: str = ""
    sources: tuple[Source, ...] = ()
    items: tuple[str, ...] = ()


MOST_NAMES: Final = 3


class PeriodComparison:
    """The chosen items at ``period`` and at ``base`` ('' for none), and what differs.

    ``items`` has the columns of ``store.facts.item_snapshot``, ``before`` too, indexed by item.
    ``key_projects``: nothing is left out of the city's key projects, ``everything``: nothing is
    left out at all.
    """

    def __init__(
        self, facts: Facts, filters: Filters, period: str, base: str, language: str
    ) -> None:
        self.facts, self.filters, self.language = facts, filters, language
        self.period, self.base = period, base
        self.items = select_items(facts, filters).items
        self.found: PeriodDiff | None = compare_periods(facts, base, period) if base else None
        before = (
            select_items(facts, filters.with_changes(period=base)).items if base else self.items[:0]
        )
        self.before = before.set_index("item", drop=False)
        self.chosen = set(self.items["item"].tolist()) | set(before["item"].tolist())
        self.key_projects = is_whole_list(facts, filters)
        self.everything = self.key_projects and not filters.kinds

    def t(self, key: str, **values: object) -> str:
        """Return a text of the headline."""
        return t(f"leader.headline.{key}", self.language, **values)

    def label(self, period: str) -> str:
        """Return the name of a period."""
        return get_period_label(self.facts, period, self.language)

    def stated(
        self, subject: str, measure: str, unit: str, period: str | None = None
    ) -> Statement | None:
        """Return what the period itself (or, for a base, by then) a report counts."""
        if period == "":
            return None
        rank = get_period_rank(self.facts, self.period if period is None else period)
        row = dict(counts_stated(self.facts, rank)).get((subject, measure, unit))
        if row is None or (period is None and row["period"] != self.period):
            return None
        return statement_from_row(self.facts, row)

    def of(self, changes: Iterable[Difference]) -> list[str]:
        """Return the chosen items among changes, each once, the largest first."""
        return self.sort_by_money({change.item for change in changes} & self.chosen)

    def sort_by_money(self, items: Iterable[str]) -> list[str]:
        """Return the items once each, the largest investment first."""
        money = map_investments(self.facts)
        return sorted(set(items), key=lambda item: (-money.get(item, -1), item))

    def count_names(self, items: list[str]) -> str:
        """Return how many there are, with the names of the first few."""
        count = format_number(len(items), 0, self.language)
        return self.t("count_names", count=count, names=self.list_names(items))

    def list_names(self, items: list[str]) -> str:
        """Return the names of the first few and how many more there are."""
        names = self.facts.item_names
        shown = "; ".join(shorten_name(names[item]) for item in items[:MOST_NAMES])
        more = len(items) - MOST_NAMES
        return self.t("names_more", names=shown, more=more) if more > 0 else shown
