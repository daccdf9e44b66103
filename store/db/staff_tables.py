"""The tables that people fill here, beside those that reports fill: same keeping, same audit.

Points of items, the clearance register with its steps, visits in the field with their photos.
Their words are the program's own; what a reader sees of them comes from the text catalogue.
"""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias, TypedDict

from reports.facts_files.table_schemas import (
    TABLES,
    AnyItem,
    Bodies,
    Code,
    CommuneCode,
    Day,
    FullText,
    ItemCode,
    Text,
    allow_words,
    make_table_schema,
)
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
from reports.model.schema import CLEARANCE_CATEGORIES, ColumnSchema
from store.db.statement_tables import STATEMENTS

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

Share: TypeAlias = Annotated[float | None, ColumnSchema(kind="number", limits=SHARE)]
Hectares: TypeAlias = Annotated[float | None, ColumnSchema(kind="number", limits=HECTARES)]
Households: TypeAlias = Annotated[int | None, ColumnSchema(kind="integer", limits=HOUSEHOLDS)]
Longitude: TypeAlias = Annotated[float | None, ColumnSchema(kind="number", limits=LONGITUDE)]
Latitude: TypeAlias = Annotated[float | None, ColumnSchema(kind="number", limits=LATITUDE)]
Metres: TypeAlias = Annotated[float | None, ColumnSchema(kind="number", limits=METRES)]
Pixels: TypeAlias = Annotated[int, ColumnSchema(kind="integer", required=True, limits=PIXELS)]
AnyCode: TypeAlias = Annotated[str, ColumnSchema(kind="code")]


class PointRow(TypedDict):
    """Where an item is: degrees (EPSG:4326), and within how many metres."""

    item: ItemCode
    lon: Annotated[float, ColumnSchema(kind="number", required=True, limits=LONGITUDE)]
    lat: Annotated[float, ColumnSchema(kind="number", required=True, limits=LATITUDE)]
    accuracy_m: Metres
    how: Annotated[str, allow_words(*POINT_SOURCES)]
    note: Text


class CaseRow(TypedDict):
    """A case of the clearance register."""

    case: Code
    item: AnyItem
    commune: CommuneCode
    category: Annotated[str, allow_words(*CLEARANCE_CATEGORIES)]
    statement: Text
    body: Bodies
    opened: Day
    deadline: Day
    area_ha: Hectares
    handed_ha: Hectares
    households: Households
    households_left: Households
    state: Annotated[str, allow_words(*CASE_STATES)]
    closed: Day
    clearance: AnyCode
    visit: AnyCode
    note: Text


class CaseStepRow(TypedDict):
    """How far a case is with one step of the Land Law."""

    case: Code
    step: Annotated[str, allow_words(*CASE_STEPS)]
    state: Annotated[str, allow_words(*STEP_STATES)]
    day: Day
    reason: Text


class VisitRow(TypedDict):
    """A visit: ``at`` an ISO moment in UTC, ``visit`` the UUID that the phone gave.

    ``sent_hash`` is that of the visit as sent.
    """

    visit: Code
    item: ItemCode
    inspector: FullText
    at: FullText
    lon: Longitude
    lat: Latitude
    accuracy_m: Metres
    claimed_construction_pct: Share
    claimed_clearance_pct: Share
    observed_construction_pct: Share
    observed_handed_ha: Hectares
    observed_clearance_pct: Share
    works: Text
    note: Text
    problem: Text
    source: Annotated[str, allow_words(*VISIT_SOURCES)]
    sent_hash: FullText


class PhotoRow(TypedDict):
    """A photo: ``photo`` is the SHA-256 of the kept picture, ``original`` that of what was sent."""

    photo: Code
    visit: Code
    original: Code
    taken: Text
    lon: Longitude
    lat: Latitude
    width: Pixels
    height: Pixels
    bytes: Annotated[int, ColumnSchema(kind="integer", required=True, limits=BYTES)]
    note: Text


STAFF: Final = {
    table.name: table
    for table in (
        make_table_schema("points", PointRow, "item"),
        make_table_schema("cases", CaseRow, "case"),
        make_table_schema("case_steps", CaseStepRow, "case", "step"),
        make_table_schema("visits", VisitRow, "visit"),
        make_table_schema("photos", PhotoRow, "visit", "photo"),
    )
}

VISIT_NUMBERS: Final = tuple(
    column.name for column in STAFF["visits"].columns if column.kind == "number"
)
"""What of a visit is a number: its position, and what was claimed and observed."""

ALL_TABLES: Final = TABLES | STAFF | STATEMENTS
"""Every table whose rows are kept with all their versions and audited."""
