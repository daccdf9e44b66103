"""Tables of the store as frames: as they are, or as they were once an import was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from reports.facts_files.curated import CuratedFacts
from reports.facts_files.table_schemas import TABLES
from store.audit.rows import frame_from_rows, list_frame_columns
from store.db.database import reading
from store.db.schema import APPROVALS, FACTS, IMPORTS
from store.db.schema_accounts import VISIT_CONFLICTS
from store.db.staff_tables import STAFF
from store.facts.visit_clock import RECEIVED

if TYPE_CHECKING:
    import pandas as pd


def read_stored_facts_from(connection: sa.Connection, *, as_of: int | None = None) -> CuratedFacts:
    """Return what ``read_stored_facts`` does, on a connection that is open."""
    return CuratedFacts(**{name: read_frame(connection, name, as_of) for name in TABLES})


def read_staff_tables(url: str | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables of ``store.db.staff_tables`` as they are now, by name."""
    with reading(url) as connection:
        staff = {name: read_frame(connection, name, None) for name in STAFF}
        came = _map_received_times(connection)
    visits = staff["visits"]
    staff["visits"] = visits.assign(**{RECEIVED: visits["visit"].map(came).astype(str)})
    return staff


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


def read_frame(connection: sa.Connection, name: str, as_of: int | None) -> pd.DataFrame:
    """Return a facts table as it is, or as it was once the import ``as_of`` was done."""
    table = FACTS[name]
    query = sa.select(*(table.c[column] for column in list_frame_columns(name)))
    if as_of is None:
        query = query.where(table.c.removed_by.is_(None))
    else:
        query = query.where(
            table.c.added_by <= as_of,
            table.c.removed_by.is_(None) | (table.c.removed_by > as_of),
        )
    rows = connection.execute(query.order_by(table.c.position, table.c.id)).all()
    return frame_from_rows(rows, name)


def read_approvals(url: str) -> dict[str, tuple[int, str]]:
    """Return the change that approved each period, where it still is."""
    query = sa.select(APPROVALS.c.period, IMPORTS.c.id, IMPORTS.c.token)
    query = query.join(IMPORTS, IMPORTS.c.id == APPROVALS.c.import_id)
    with reading(url) as connection:
        rows = connection.execute(query.order_by(APPROVALS.c.period)).all()
    return {str(period): (int(number), str(token)) for period, number, token in rows}
