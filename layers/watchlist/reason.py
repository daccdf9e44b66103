"""One reason why an item needs a decision or a better report, and what is asked of the facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.i18n import format_number, t
from store.facts.selection import resolve_period, select_items

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    import pandas as pd

    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source

REPORTING: Final = frozenset({"contradicted", "not_reported"})
"""Reasons that ask for a better report; the others hold the item itself up."""

INHERITED: Final = "inherited"
"""A slip of the line that an item is a part of: it is shown, and no reason to decide of itself."""

DAYS_PER_MONTH: Final = 30.44
MONTHS_FROM: Final = 45
"""From so many days on, a span is given in months too."""


@dataclass(frozen=True)
class WatchReason:
    """One reason, in the reader's language: ``label`` in a few words, ``sentence`` in full.

    ``key``: ``misses``, ``undetermined``, ``paused``, ``slipped``, ``inherited`` (the
    line that it belongs to slipped), ``overdue`` (a later report
    still gives a status from before the milestone), ``overdue_unsaid`` (no report since says
    either way), ``clearance``, ``clearance_behind``, ``case_overdue`` and ``case_open`` (of the
    clearance register), ``gap`` (a visit saw less than is claimed), ``contradicted`` or
    ``not_reported``. Cases and visits are no documents: theirs have no ``sources``.
    ``since`` is the day from which it counts (ISO), '' where no report gives one; ``days`` by how
    much a milestone slipped, ``None`` for all others.
    """

    key: str
    label: str
    sentence: str
    since: str
    sources: tuple[Source, ...]
    bodies: tuple[str, ...] = ()
    days: int | None = None
    told: bool = False
    """Whether the forecast's label names it already: a list of labels would say it twice."""


@dataclass(frozen=True, eq=False)
class WatchContext:
    """What is asked: the listed items at a period as the selection gives them, and the day.

    ``settled`` are the ids of contradictions that a person has settled.
    """

    facts: Facts
    filters: Filters
    period: str
    items: pd.DataFrame
    day: date
    settled: Collection[str]
    language: str


def make_watch_context(
    facts: Facts, filters: Filters, settled: Collection[str], day: date, language: str
) -> WatchContext:
    """Return the context of what the filters choose; what is opened already is not watched."""
    items = select_items(facts, filters).items
    items = items[~items["opened"].astype(bool)]
    period = resolve_period(facts, filters)
    return WatchContext(facts, filters, period, items, day, settled, language)


Found = dict[str, list[WatchReason]]
"""Reasons by item."""


def list_shown_reasons(reasons: Sequence[WatchReason]) -> tuple[WatchReason, ...]:
    """Return the reasons whose labels a list shows: those told elsewhere lend it their sources."""
    told = [source for reason in reasons if reason.told for source in reason.sources]
    shown = [reason for reason in reasons if not reason.told]
    if told and shown:
        shown[0] = replace(shown[0], sources=tuple(dict.fromkeys((*shown[0].sources, *told))))
    return tuple(shown)


def format_span(days: int, language: str) -> str:
    """Return a span of days in words, with the months where that reads better."""
    shown = format_number(days, 0, language)
    if days < MONTHS_FROM:
        return t("leader.span.days", language, days=shown)
    months = format_number(round(days / DAYS_PER_MONTH), 0, language)
    return t("leader.span.months", language, days=shown, months=months)
