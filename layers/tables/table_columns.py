"""The columns that the table of items can show, and how each is written and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "word", "number", "count", "when", "names"]


@dataclass(frozen=True)
class TableColumn:
    """A column: ``word`` is one of ``section``'s words in the catalogue, ``when`` a time.

    ``source`` is its column in ``store.facts.item_snapshot.build_item_snapshot``, where that has
    another name; ``width`` is in pixels. ``first``: shown unless the reader chooses otherwise.
    """

    name: str
    kind: Kind
    width: int
    section: str = ""
    source: str = ""
    first: bool = True


COLUMNS: Final = {
    column.name: column
    for column in (
        TableColumn("item", "text", 90),
        TableColumn("name", "text", 330),
        TableColumn("kind", "word", 150, "kind"),
        TableColumn("communes", "names", 200),
        TableColumn("district", "names", 190, first=False),
        TableColumn("funding", "word", 150, "funding", first=False),
        TableColumn("phase", "word", 170, "phase", first=False),
        TableColumn("investment_bvnd", "number", 120),
        TableColumn("planned_construction", "number", 110, first=False),
        TableColumn("construction", "number", 110),
        TableColumn("planned_clearance", "number", 110, first=False),
        TableColumn("clearance", "number", 110),
        TableColumn("area_ha", "number", 110, first=False),
        TableColumn("forecast", "word", 180, "forecast"),
        TableColumn("status", "word", 150, "status"),
        TableColumn("start", "when", 120, source="milestone_start", first=False),
        TableColumn("inauguration", "when", 120, source="milestone_inauguration", first=False),
        TableColumn("finish", "when", 120, source="milestone_finish", first=False),
        TableColumn("milestone", "text", 220),
        TableColumn("problems", "count", 110),
        TableColumn("obstacles", "names", 200, first=False),
        TableColumn("asked_to_act", "names", 220),
        TableColumn("reported", "text", 150, first=False),
    )
}
DEFAULT_COLUMNS: Final = tuple(name for name, column in COLUMNS.items() if column.first)
GROUPS: Final = ("commune", "district", "kind", "funding", "phase", "forecast", "status", "body")
AREA_GROUPS: Final = frozenset({"commune", "district"})
"""Groups that split an item over its communes: their sums are of shares."""
