"""A thing that sentences speak of: a project in no table, a park, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from reports.model.document import SourcePlace
    from reports.model.extraction import (
        ClearanceStatement,
        ExtractedValue,
        Indicator,
        ParkMention,
        PlacedCommune,
        ProjectRow,
    )


@dataclass(frozen=True)
class ItemMention:
    """What the sure statements of one document say of one thing.

    ``kind`` is one of ``schema.ITEM_KINDS``, ``item`` the id of the zone or item that the reader
    knew it by, '' for none. ``bodies`` are pairs of ``owner`` or ``lead`` and a body's name;
    ``clearance`` tells that its land is not free. ``indexes`` are the places of the statements
    among those that it was made of.
    """

    no: ClassVar[int] = 0
    group: ClassVar[str] = ""
    funding: ClassVar[str] = ""
    phase: ClassVar[str] = ""
    kind: str
    name: str
    name_raw: str
    values: tuple[ExtractedValue, ...]
    communes: tuple[PlacedCommune, ...]
    place: SourcePlace
    item: str = ""
    bodies: tuple[tuple[str, str], ...] = ()
    clearance: tuple[ClearanceStatement, ...] = ()
    indexes: tuple[int, ...] = ()


@dataclass(frozen=True)
class StatementFacts:
    """What statements bring: things with their values, land that isn't free, the city's figures."""

    items: tuple[ItemMention, ...] = ()
    clearance: tuple[ClearanceStatement, ...] = ()
    indicators: tuple[Indicator, ...] = ()


NamedItem: TypeAlias = "ProjectRow | ParkMention | ItemMention"
"""What a report names and says something of."""
