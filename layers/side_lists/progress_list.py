"""Items that miss their goal or are behind their plan, with the reason that reports give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_percent, t
from layers.labels.short_names import shorten_name
from layers.watchlist.watchlist import build_watchlist
from store.column_values import iterate_rows
from store.facts.selection import select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from layers.watchlist.watchlist import WatchlistRow
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source

Section = Literal["misses", "behind", "undetermined"]
SECTIONS: Final[tuple[Section, ...]] = ("misses", "behind", "undetermined")
_WHY: Final = {
    "misses": ("misses",),
    "behind": ("slipped", "overdue", "clearance", "clearance_behind"),
    "undetermined": ("undetermined", "paused"),
}
"""Reasons of the watch list that say why an item is in a section."""


@dataclass(frozen=True)
class LateRow:
    """One item that is late, in the reader's language.

    ``gap`` says how far construction is behind its plan, '' where it is not or nothing is known;
    ``why`` what the reports give as the reason. ``acting`` are the bodies named, by their roles.
    """

    section: Section
    item: str
    name: str
    money: str
    gap: str
    why: str
    acting: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


_COLUMNS: Final = [
    "item", "forecast", "status", "opened",
    "construction", "construction_period", "construction_comparable",
    "planned_construction", "planned_construction_period", "planned_construction_comparable",
]  # fmt: skip


@cache_on_facts(most=32)
def list_late_rows(
    facts: Facts, filters: Filters, language: str = DEFAULT_LANGUAGE
) -> tuple[LateRow, ...]:
    """Return the late items: those that miss the goal by money, then the furthest behind first."""
    items = select_items(facts, filters).items
    watched = {row.item: row for row in build_watchlist(facts, filters, language=language)}
    ranked: list[tuple[tuple[int, float], LateRow]] = []
    for row in iterate_rows(items[_COLUMNS]):
        points = _count_points_behind(row)
        section = _find_section(row, points)
        watch = watched.get(row.item)
        if section is None or watch is None:
            continue
        gap = (
            t(
                "layers.side.gap",
                language,
                actual=format_percent(row.construction, language),
                planned=format_percent(row.planned_construction, language),
            )
            if points > 0
            else ""
        )
        key = points if section == "behind" else float(watch.investment_mvnd or 0)
        ranked.append(((SECTIONS.index(section), -key), _build_row(section, watch, gap)))
    return tuple(row for _, row in sorted(ranked, key=lambda pair: (pair[0], pair[1].item)))


def _count_points_behind(row: Any) -> float:
    """Return by how many percentage points construction is behind its plan of the same period."""
    planned, actual = row.planned_construction, row.construction
    known = (
        row.construction_comparable
        and row.planned_construction_comparable
        and not row.opened
        and row.construction_period == row.planned_construction_period
    )
    if not known or pd.isna(planned) or pd.isna(actual):
        return 0.0
    return max(float(planned) - float(actual), 0.0)


def _find_section(row: Any, points: float) -> Section | None:
    forecast, status = row.forecast, row.status
    if forecast == "misses":
        return "misses"
    if points > 0:
        return "behind"
    if forecast == "undetermined" or status in {"undetermined", "paused"}:
        return "undetermined"
    return None


def _build_row(section: Section, watch: WatchlistRow, gap: str) -> LateRow:
    reasons = [reason for reason in watch.reasons if reason.key in _WHY[section]]
    return LateRow(
        section=section,
        item=watch.item,
        name=shorten_name(watch.name),
        money=watch.money,
        gap=gap,
        why="; ".join(reason.label for reason in reasons),
        acting=tuple((named.label, named.text) for named in watch.acting),
        sources=tuple(dict.fromkeys(source for reason in reasons for source in reason.sources)),
    )
