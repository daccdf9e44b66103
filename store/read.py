"""The current facts read from the store, and the cheap question whether there is anything new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from reports.curated import CuratedFacts
from reports.tables import TABLES
from store.database import reading
from store.ledger import last_token
from store.rows import frame_columns, frame_of
from store.schema import FACTS
from store.staff_tables import STAFF

if TYPE_CHECKING:
    import pandas as pd


def facts_version(url: str | None = None) -> str:
    """Return a word that is another after every committed import, decision or correction."""
    with reading(url) as connection:
        return last_token(connection)


def stored_facts(url: str | None = None, *, as_of: int | None = None) -> CuratedFacts:
    """Return all facts as of one moment, with the columns that ``reports.curated`` describes.

    ``as_of`` is the number of an import: the facts as they were once it was done.
    """
    with reading(url) as connection:
        return stored_facts_from(connection, as_of=as_of)


def stored_facts_from(connection: sa.Connection, *, as_of: int | None = None) -> CuratedFacts:
    """Return what ``stored_facts`` does, on a connection that is open."""
    return CuratedFacts(**{name: _frame(connection, name, as_of) for name in TABLES})


def stored_staff(url: str | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables of ``store.staff_tables`` as they are now, by name."""
    with reading(url) as connection:
        return {name: _frame(connection, name, None) for name in STAFF}


def _frame(connection: sa.Connection, name: str, as_of: int | None) -> pd.DataFrame:
    table = FACTS[name]
    found = sa.select(*(table.c[column] for column in frame_columns(name)))
    if as_of is None:
        found = found.where(table.c.removed_by.is_(None))
    else:
        found = found.where(
            table.c.added_by <= as_of,
            table.c.removed_by.is_(None) | (table.c.removed_by > as_of),
        )
    rows = connection.execute(found.order_by(table.c.position, table.c.id)).all()
    return frame_of(rows, name)
