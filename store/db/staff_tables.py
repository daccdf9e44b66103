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
from reports.model.schema import CLEARANCE_CATEGORIES, ColumnSchema, TableSchema

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

_ITEM: Final = ColumnSchema("item", "code", required=True, refers="items")
_NOTE: Final = ColumnSchema("note")


def _make_word_column(name: str, allowed: tuple[str, ...]) -> ColumnSchema:
    return ColumnSchema(name, "word", required=True, allowed=frozenset(allowed))


def _make_share_column(name: str) -> ColumnSchema:
    return ColumnSchema(name, "number", limits=SHARE)


def _make_position_columns(*, required: bool) -> tuple[ColumnSchema, ...]:
    """Return where something is: degrees (EPSG:4326), and within how many metres."""
    return (
        ColumnSchema("lon", "number", required=required, limits=LONGITUDE),
        ColumnSchema("lat", "number", required=required, limits=LATITUDE),
        ColumnSchema("accuracy_m", "number", limits=METRES),
    )


STAFF: Final = {
    table.name: table
    for table in (
        TableSchema(
            "points",
            (
                _ITEM,
                *_make_position_columns(required=True),
                _make_word_column("how", POINT_SOURCES),
                _NOTE,
            ),
            key=("item",),
        ),
        TableSchema(
            "cases",
            (
                ColumnSchema("case", "code", required=True),
                ColumnSchema("item", "code", refers="items"),
                ColumnSchema("commune", "code", refers="communes"),
                _make_word_column("category", CLEARANCE_CATEGORIES),
                ColumnSchema("statement"),
                ColumnSchema("body"),
                ColumnSchema("opened", "date"),
                ColumnSchema("deadline", "date"),
                ColumnSchema("area_ha", "number", limits=HECTARES),
                ColumnSchema("handed_ha", "number", limits=HECTARES),
                ColumnSchema("households", "integer", limits=HOUSEHOLDS),
                ColumnSchema("households_left", "integer", limits=HOUSEHOLDS),
                _make_word_column("state", CASE_STATES),
                ColumnSchema("closed", "date"),
                ColumnSchema("clearance", "code"),
                ColumnSchema("visit", "code"),
                _NOTE,
            ),
            key=("case",),
        ),
        TableSchema(
            "case_steps",
            (
                ColumnSchema("case", "code", required=True),
                _make_word_column("step", CASE_STEPS),
                _make_word_column("state", STEP_STATES),
                ColumnSchema("day", "date"),
                ColumnSchema("reason"),
            ),
            key=("case", "step"),
        ),
        TableSchema(
            "visits",
            (
                ColumnSchema("visit", "code", required=True),
                _ITEM,
                ColumnSchema("inspector", required=True),
                ColumnSchema("at", required=True),
                *_make_position_columns(required=False),
                _make_share_column("claimed_construction_pct"),
                _make_share_column("claimed_clearance_pct"),
                _make_share_column("observed_construction_pct"),
                ColumnSchema("observed_handed_ha", "number", limits=HECTARES),
                _make_share_column("observed_clearance_pct"),
                ColumnSchema("works"),
                _NOTE,
                ColumnSchema("problem"),
                _make_word_column("source", VISIT_SOURCES),
                ColumnSchema("sent_hash", required=True),
            ),
            key=("visit",),
        ),
        TableSchema(
            "photos",
            (
                ColumnSchema("photo", "code", required=True),
                ColumnSchema("visit", "code", required=True),
                ColumnSchema("original", "code", required=True),
                ColumnSchema("taken"),
                *_make_position_columns(required=False)[:2],
                ColumnSchema("width", "integer", required=True, limits=PIXELS),
                ColumnSchema("height", "integer", required=True, limits=PIXELS),
                ColumnSchema("bytes", "integer", required=True, limits=BYTES),
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
