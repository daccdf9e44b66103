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
        TableColumn("short_name", "text", 300),
        TableColumn("item", "text", 75),
        TableColumn("status", "word", 165, "status"),
        TableColumn("forecast", "word", 185, "forecast"),
        TableColumn("investment_bvnd", "number", 130),
        TableColumn("construction", "number", 100),
        TableColumn("clearance", "number", 85),
        TableColumn("communes", "names", 200),
        TableColumn("milestone", "text", 220),
        TableColumn("problems", "count", 110),
        TableColumn("asked_to_act", "names", 220),
        TableColumn("kind", "word", 150, "kind"),
        TableColumn("name", "text", 330, first=False),
        TableColumn("district", "names", 190, first=False),
        TableColumn("funding", "word", 150, "funding", first=False),
        TableColumn("phase", "word", 170, "phase", first=False),
        TableColumn("planned_construction", "number", 110, first=False),
        TableColumn("planned_clearance", "number", 110, first=False),
        TableColumn("area_ha", "number", 110, first=False),
        TableColumn("start", "when", 120, source="milestone_start", first=False),
        TableColumn("inauguration", "when", 120, source="milestone_inauguration", first=False),
        TableColumn("finish", "when", 120, source="milestone_finish", first=False),
        TableColumn("obstacles", "names", 200, first=False),
        TableColumn("lead", "names", 220, first=False),
        TableColumn("reported", "text", 150, first=False),
    )
}
PINNED: Final = frozenset({"short_name", "item", "name"})
"""What tells a row from the others: those of these that stand first stay in sight."""

DEFAULT_COLUMNS: Final = tuple(name for name, column in COLUMNS.items() if column.first)
GROUPS: Final = ("commune", "district", "kind", "funding", "phase", "forecast", "status", "body")
AREA_GROUPS: Final = frozenset({"commune", "district"})
"""Groups that split an item over its communes: their sums are of shares."""

_EXPORTED: Final = {
    "item": ("item",),
    "short_name": ("name",),
    "name": ("name",),
    "kind": ("kind_text",),
    "communes": ("communes",),
    "district": ("districts",),
    "funding": ("funding_text",),
    "phase": ("phase_text",),
    "investment_bvnd": ("investment_mvnd",),
    "planned_construction": ("planned_construction",),
    "construction": ("construction", "construction_basis"),
    "planned_clearance": ("planned_clearance",),
    "clearance": ("clearance",),
    "area_ha": ("area_ha",),
    "forecast": ("forecast_text",),
    "status": ("status_text",),
    "start": ("milestone_start",),
    "inauguration": ("milestone_inauguration",),
    "finish": ("milestone_finish",),
    "milestone": ("milestone_start", "milestone_inauguration", "milestone_finish"),
    "problems": ("obstacles_text",),
    "obstacles": ("obstacles_text",),
    "asked_to_act": ("asked_to_act",),
    "reported": ("reported",),
}


def list_export_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of the exported items' columns that show what columns of the table do."""
    return tuple(dict.fromkeys(key for name in columns for key in _EXPORTED.get(name, ())))
