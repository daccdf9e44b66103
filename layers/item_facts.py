"""Everything that the panel of an item (project, park, cluster) shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.commune_facts import Problem
    from layers.filters import Filters
    from layers.lines import FactLine
    from store.facts import Facts
    from store.sources import Source


@dataclass(frozen=True)
class Place:
    """A commune that an item lies in, how that is known and how much of its money it is given."""

    code: str
    name: str
    how: str
    how_label: str
    certainty: str
    certainty_label: str
    share_vnd: int | None
    share_text: str
    sources: tuple[Source, ...]
    note: str


@dataclass(frozen=True)
class Conflict:
    """Two reports, or two places of one, that do not say the same."""

    subject: str
    value_a: str
    source_a: Source
    value_b: str
    source_b: Source
    note: str


@dataclass(frozen=True)
class ItemFacts:
    """An item's panel: what is known at the period, and what each period said (``history``)."""

    item: str
    name: str
    name_raw: str
    kind: str
    kind_label: str
    funding_label: str
    phase_label: str
    zone: str
    zone_name: str
    places: tuple[Place, ...]
    lines: tuple[FactLine, ...]
    history: tuple[FactLine, ...]
    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]
    note: str


def item_facts(
    facts: Facts, filters: Filters, item: str, *, language: str = "vi"
) -> ItemFacts | None:
    """Return what is known of an item at the filters' period; ``None`` for an unknown item.

    The other filters do not hide the item: a link to it opens it.
    """
    raise NotImplementedError
