"""The tables that people fill here, beside those that reports fill: same keeping, same audit.

Points of items, the clearance register with its steps, visits in the field with their photos.
Their words are the program's own; what a reader sees of them comes from the text catalogue.
"""

from __future__ import annotations

from typing import Final

from reports.facts_files.table_schemas import TABLES
from reports.model.ranges import (
    BYTES,
    HECTARES,
    HOUSEHOLDS,
    LATITUDE,
    LONGITUDE,
    METRES,
    PIXELS,
    SHARE,
)
from reports.model.schema import CLEARANCE_CATEGORIES, Column, Table

POINT_SOURCES: Final = ("map", "coordinates", "gps")
CASE_STATES: Final = ("open", "handed_over", "withdrawn")
"""``handed_over``: the land is; money paid out alone closes nothing."""

CASE_STEPS: Final = (
    "notice",
    "inventory",
    "plan_drawn",
    "plan_published",
    "plan_approved",
    "paid",
    "resettled",
    "handed_over",
)
"""The steps of clearing land (Land Law 2024), in order."""

STEP_STATES: Final = ("unknown", "not_started", "under_way", "done", "not_applicable")
VISIT_SOURCES: Final = ("phone", "web", "odk")

_ITEM: Final = Column("item", "code", required=True, refers="items")
_NOTE: Final = Column("note")


def _words(name: str, allowed: tuple[str, ...]) -> Column:
    return Column(name, "word", required=True, allowed=frozenset(allowed))


def _share(name: str) -> Column:
    return Column(name, "number", limits=SHARE)


def _position(*, required: bool) -> tuple[Column, ...]:
    """Return where something is: degrees (EPSG:4326), and within how many metres."""
    return (
        Column("lon", "number", required=required, limits=LONGITUDE),
        Column("lat", "number", required=required, limits=LATITUDE),
        Column("accuracy_m", "number", limits=METRES),
    )


STAFF: Final = {
    table.name: table
    for table in (
        Table(
            "points",
            (_ITEM, *_position(required=True), _words("how", POINT_SOURCES), _NOTE),
            key=("item",),
        ),
        Table(
            "cases",
            (
                Column("case", "code", required=True),
                Column("item", "code", refers="items"),
                Column("commune", "code", refers="communes"),
                _words("category", CLEARANCE_CATEGORIES),
                Column("statement"),
                Column("body"),
                Column("opened", "date"),
                Column("deadline", "date"),
                Column("area_ha", "number", limits=HECTARES),
                Column("handed_ha", "number", limits=HECTARES),
                Column("households", "integer", limits=HOUSEHOLDS),
                Column("households_left", "integer", limits=HOUSEHOLDS),
                _words("state", CASE_STATES),
                Column("closed", "date"),
                Column("clearance", "code"),
                Column("visit", "code"),
                _NOTE,
            ),
            key=("case",),
        ),
        Table(
            "case_steps",
            (
                Column("case", "code", required=True),
                _words("step", CASE_STEPS),
                _words("state", STEP_STATES),
                Column("day", "date"),
                Column("reason"),
            ),
            key=("case", "step"),
        ),
        Table(
            "visits",
            (
                Column("visit", "code", required=True),
                _ITEM,
                Column("inspector", required=True),
                Column("at", required=True),
                *_position(required=False),
                _share("claimed_construction_pct"),
                _share("claimed_clearance_pct"),
                _share("observed_construction_pct"),
                Column("observed_handed_ha", "number", limits=HECTARES),
                _share("observed_clearance_pct"),
                Column("works"),
                _NOTE,
                Column("problem"),
                _words("source", VISIT_SOURCES),
                Column("sent_hash", required=True),
            ),
            key=("visit",),
        ),
        Table(
            "photos",
            (
                Column("photo", "code", required=True),
                Column("visit", "code", required=True),
                Column("original", "code", required=True),
                Column("taken"),
                *_position(required=False)[:2],
                Column("width", "integer", required=True, limits=PIXELS),
                Column("height", "integer", required=True, limits=PIXELS),
                Column("bytes", "integer", required=True, limits=BYTES),
                _NOTE,
            ),
            key=("visit", "photo"),
        ),
    )
}
"""Money and shares as everywhere; ``at`` an ISO moment in UTC; ``visit`` the UUID that the phone
gave; ``sent_hash`` that of the visit as sent; ``photo`` the SHA-256 of the kept picture,
``original`` that of what was sent."""

VISIT_NUMBERS: Final = tuple(
    column.name for column in STAFF["visits"].columns if column.kind == "number"
)
"""What of a visit is a number: its position, and what was claimed and observed."""

ALL_TABLES: Final = TABLES | STAFF
