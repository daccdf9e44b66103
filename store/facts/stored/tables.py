"""Tables of the store as frames: as they are, or as they were once an import was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from reports.facts_files.curated import CuratedFacts
from reports.facts_files.table_schemas import TABLES
from reports.model.statement import FIELD_NAMES
from store.audit.rows import frame_from_rows, list_frame_columns
from store.db.database import reading
from store.db.schema import APPROVALS, FACTS, IMPORTS
from store.db.schema_accounts import VISIT_CONFLICTS
from store.facts.visit_clock import RECEIVED

if TYPE_CHECKING:
    import pandas as pd


BESIDE_FACTS: Final = ("statements", "item_attributes")
"""What reports say that is read with the facts though it is none of their tables."""

_FACT_FIELDS: Final = frozenset({
    "investment", "land_payment", "area", "construction_pct", "clearance_pct", "physical_done",
    "start", "finish", "inauguration", "works_from_to", "status", "obstacle", "asked_to_act",
    "planned_work", "clearance_delayed", "located_in", "owner", "lead", "count",
})  # fmt: skip
"""Fields of statements that the facts have one for, as ``docs/statements.md`` lists them."""
_COMMUNE_FACT_FIELDS: Final = ("clearance_delayed", "located_in")
"""Those that the facts have of a commune."""
STATED_FIELDS: Final = frozenset(FIELD_NAMES) - _FACT_FIELDS
"""Fields of statements of an item that no field of the facts holds."""


def read_stored_facts(url: str | None = None, *, as_of: int | None = None) -> CuratedFacts:
    """Return all facts as of one moment, with the columns that ``curated`` describes.

    ``as_of`` is the number of an import: the facts as they were once it was done.
    """
    with reading(url) as connection:
        return read_stored_facts_from(connection, as_of=as_of)


def read_stored_facts_from(connection: sa.Connection, *, as_of: int | None = None) -> CuratedFacts:
    """Return what ``read_stored_facts`` does, on a connection that is open."""
    return CuratedFacts(**{name: read_frame(connection, name, as_of) for name in TABLES})


def add_received_times(connection: sa.Connection, visits: pd.DataFrame) -> pd.DataFrame:
    """Return visits with the moment (ISO, UTC) at which each first came in."""
    came = _map_received_times(connection)
    return visits.assign(**{RECEIVED: visits["visit"].map(came).astype(str)})


def _map_received_times(connection: sa.Connection) -> dict[str, str]:
    """Return the moment at which each visit first came in, whatever became of it since."""
    visits = FACTS["visits"]
    first = sa.select(visits.c.visit, sa.func.min(IMPORTS.c.at)).join(
        IMPORTS, IMPORTS.c.id == visits.c.added_by
    )
    apart = sa.select(VISIT_CONFLICTS.c.visit, sa.func.min(VISIT_CONFLICTS.c.at))
    came: dict[str, str] = {}
    for query in (
        first.group_by(visits.c.visit),
        apart.group_by(VISIT_CONFLICTS.c.visit),
    ):
        for visit, at in connection.execute(query):
            came[str(visit)] = min(str(at), came.get(str(visit), str(at)))
    return came


def read_frame(
    connection: sa.Connection, name: str, as_of: int | None, *where: sa.ColumnElement[bool]
) -> pd.DataFrame:
    """Return a facts table as it is, or as it was once the import ``as_of`` was done.

    ``where``: what else holds for its rows.
    """
    table = FACTS[name]
    query = sa.select(*(table.c[column] for column in list_frame_columns(name))).where(*where)
    if as_of is None:
        query = query.where(table.c.removed_by.is_(None))
    else:
        query = query.where(
            table.c.added_by <= as_of,
            table.c.removed_by.is_(None) | (table.c.removed_by > as_of),
        )
    rows = connection.execute(query.order_by(table.c.position, table.c.id)).all()
    return frame_from_rows(rows, name)


def select_shown_rows(name: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Return which rows of a table are read with the facts: of statements those shown beside them.

    What is sure or was accepted, of an item or a commune, and no field of the facts holds.
    """
    if name != "statements":
        return ()
    rows = FACTS[name].c
    of_commune = sa.and_(
        rows.subject_kind == "commune",
        rows.communes != "",
        rows.province == "",
        rows.field.not_in(_COMMUNE_FACT_FIELDS),
    )
    of_item = sa.and_(rows.item.is_not(None), rows.field.in_(sorted(STATED_FIELDS)))
    holds = rows.state.in_(("sure", "accepted", "corrected"))
    return holds, sa.or_(of_item, sa.and_(rows.item.is_(None), of_commune))


def read_approvals(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """Return the change that approved each period, where it still is: its number and token."""
    query = sa.select(APPROVALS.c.period, IMPORTS.c.id, IMPORTS.c.token)
    query = query.join(IMPORTS, IMPORTS.c.id == APPROVALS.c.import_id)
    rows = connection.execute(query.order_by(APPROVALS.c.period)).all()
    return {str(period): (int(number), str(token)) for period, number, token in rows}
