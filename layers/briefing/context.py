"""What all parts of a briefing look at: the facts, the choice, and the period before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.i18n import t
from layers.summary.summary import PeriodSummary, summarise_period
from store.facts.clearance_problems import ClearanceProblem, list_clearance_problems
from store.facts.labels import get_period_label
from store.facts.selection import Selection, has_item_filters, select_items
from store.facts.sources import find_sources, make_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from store.analysis.contradictions import ContradictionDecision
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source


@dataclass(frozen=True, eq=False)
class BriefingContext:
    """The facts under the filters, in a language; ``before`` is the period compared with ('').

    ``settled`` are the contradictions that a person has settled, by id. ``partial``: the facts are
    those of one account's area only. ``requested`` is the period that the reader asked to compare
    with ('' for none), which may be no earlier one.
    """

    facts: Facts
    filters: Filters
    language: str
    before: str
    settled: Mapping[str, ContradictionDecision]
    partial: bool = False
    requested: str = ""

    def t(self, key: str, **values: object) -> str:
        """Return a text of the briefing's part of the catalogue."""
        return t(f"briefing.{key}", self.language, **values)

    @cached_property
    def summary(self) -> PeriodSummary:
        """The period in sentences, against the period asked for."""
        return summarise_period(
            self.facts,
            self.filters,
            base=self.requested,
            settled=set(self.settled),
            language=self.language,
        )

    @property
    def unknown(self) -> str:
        """The word for unknown."""
        return t("layers.value.unknown", self.language)

    @cached_property
    def selection(self) -> Selection:
        """The items chosen, as known at the period."""
        return select_items(self.facts, self.filters)

    @property
    def items(self) -> pd.DataFrame:
        """The chosen items (``store.facts.item_snapshot.build_item_snapshot``)."""
        return self.selection.items

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The codes of the chosen items."""
        return frozenset(self.items["item"].tolist())

    @cached_property
    def problems(self) -> tuple[ClearanceProblem, ...]:
        """The clearance problems chosen."""
        return list_clearance_problems(self.facts, self.filters)

    @property
    def period(self) -> str:
        """The period looked at; '' in an empty store."""
        return self.selection.period

    @property
    def period_label(self) -> str:
        """The period's name."""
        return get_period_label(self.facts, self.period, self.language)

    @property
    def is_narrowed(self) -> bool:
        """Whether the filters leave anything out, so that counts of the whole city do not fit."""
        filters = self.filters
        narrowed = has_item_filters(filters) or filters.communes or filters.district
        return bool(narrowed or self.partial)

    def is_by_now(self, periods: Iterable[str]) -> bool:
        """Return whether all these periods are the one looked at or earlier ones."""
        ranks = self.facts.period_ranks
        now = ranks.get(self.period, -1)
        return all(ranks.get(period, -1) <= now for period in periods)

    def list_sources(self, *columns: str) -> tuple[Source, ...]:
        """Return the documents behind these columns of the chosen items, whole."""
        ids: list[str] = []
        for column in columns:
            for value in self.items[f"{column}_obs"]:
                ids.extend([value] if isinstance(value, str) else value)
        docs = {source.doc for source in find_sources(self.facts, filter(None, ids))}
        return tuple(make_source(self.facts, doc) for doc in sorted(docs))

    def list_problem_sources(self) -> tuple[Source, ...]:
        """Return the documents that state the clearance problems, whole."""
        return tuple(
            make_source(self.facts, doc)
            for doc in sorted({problem.doc for problem in self.problems})
        )

    def list_row_sources(self, row: Any, *columns: str) -> tuple[Source, ...]:
        """Return the places of these columns of one item's row."""
        ids: list[str] = []
        for column in columns:
            value = getattr(row, f"{column}_obs")
            ids.extend([value] if isinstance(value, str) else value)
        return tuple(dict.fromkeys(find_sources(self.facts, filter(None, ids))))
