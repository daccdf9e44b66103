"""The key figures above the map: they obey the same filters as the map and the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.filters import Filters
    from store.facts import Facts
    from store.sources import Source


@dataclass(frozen=True)
class Figure:
    """One key figure. Texts are in the reader's language; ``value`` is NaN where unknown.

    ``key``: ``items``, ``investment``, ``progress``, ``misses``, ``clearance_communes`` or
    ``held_up``. ``unit`` of ``value``: ``count``, ``vnd`` or ``percent``. ``text`` is the value as
    shown, ``detail`` the line under it (of how many, how many unknown), ``help`` the definition.
    """

    key: str
    label: str
    value: float
    unit: str
    text: str
    detail: str
    help: str


@dataclass(frozen=True)
class StatedIndicator:
    """A count that a report itself states for the period, such as 9 of 31 projects missing."""

    indicator: str
    subject: str
    measure: str
    label: str
    text: str
    value: float
    total: float
    source: Source


def key_figures(facts: Facts, filters: Filters, *, language: str = "vi") -> tuple[Figure, ...]:
    """Return the key figures of the selected items, always the same six, in order."""
    raise NotImplementedError


def stated_indicators(
    facts: Facts, filters: Filters, *, language: str = "vi"
) -> tuple[StatedIndicator, ...]:
    """Return what the period's reports state themselves; the filters' period only counts."""
    raise NotImplementedError
