"""The tables as they are now, kept: after a change only the rows that came and went are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import sqlalchemy as sa

from reports.facts_files.table_schemas import TABLES
from store.audit.ledger import read_last_token
from store.audit.rows import frame_from_rows, list_frame_columns
from store.db.schema import FACTS, IMPORTS
from store.db.staff_tables import STAFF
from store.facts.stored.content_hash import hash_rows, hash_table
from store.facts.stored.tables import (
    BESIDE_FACTS,
    add_received_times,
    read_approvals,
    select_shown_rows,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_KEPT: Final = (*TABLES, *BESIDE_FACTS, *STAFF)
_IN_PLACE: Final = ("curated",)
"""Changes that also give rows that stay another place in the order."""

_ORDER: Final = {"periods": ["as_of", "period"]}
"""Tables that the facts hold in an order of their own."""


@dataclass(frozen=True)
class CurrentTable:
    """A table's rows in the order of the store, each with its id, its place and its hash.

    ``shown`` is what the facts hold: the same object for as long as no row has changed. ``seal``
    is its hash.
    """

    frame: pd.DataFrame
    ids: NDArray[np.int64]
    places: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    shown: pd.DataFrame
    seal: str


@dataclass(frozen=True)
class CurrentTables:
    """All tables of one moment of a store: ``word`` is that moment's ``read_last_token``.

    ``number`` and ``token`` are those of the last change, whatever its kind, '' for none.
    """

    word: str
    number: int
    token: str
    tables: Mapping[str, CurrentTable]
    approvals: Mapping[str, tuple[int, str]]


def read_current_tables(
    connection: sa.Connection, before: CurrentTables | None = None
) -> CurrentTables:
    """Return the tables as they are; where ``before`` is of the same store, from what changed.

    A table in which nothing changed is the same object as before.
    """
    last = connection.execute(
        sa.select(IMPORTS.c.id, IMPORTS.c.token).order_by(IMPORTS.c.id.desc()).limit(1)
    ).first()
    number, token = (int(last[0]), str(last[1])) if last else (0, "")
    if before is not None and not _leads_on(connection, before):
        before = None
    tables = {
        name: _read_changes(connection, name, before.tables[name], before.number)
        if before
        else _read_whole(connection, name)
        for name in _KEPT
    }
    word = read_last_token(connection)
    return CurrentTables(word, number, token, tables, read_approvals(connection))


def _leads_on(connection: sa.Connection, before: CurrentTables) -> bool:
    """Return True if the store goes on from a moment by rows that came and went alone."""
    query = sa.select(IMPORTS.c.id, IMPORTS.c.token, IMPORTS.c.kind)
    changes = connection.execute(query.where(IMPORTS.c.id >= before.number)).all()
    known = any((number, token) == (before.number, before.token) for number, token, _ in changes)
    return known and not any(
        kind in _IN_PLACE for number, _, kind in changes if number != before.number
    )


def _read_whole(connection: sa.Connection, name: str) -> CurrentTable:
    frame, ids, places = _read_rows(connection, name, FACTS[name].c.removed_by.is_(None))
    return _finish_table(connection, name, frame, ids, places, hash_rows(frame))


def _read_changes(
    connection: sa.Connection, name: str, before: CurrentTable, since: int
) -> CurrentTable:
    table = FACTS[name]
    came, ids, places = _read_rows(
        connection, name, table.c.added_by > since, table.c.removed_by.is_(None)
    )
    gone = list(connection.scalars(sa.select(table.c.id).where(table.c.removed_by > since)))
    stays = ~np.isin(before.ids, np.array(gone, dtype=np.int64))
    if not len(came) and stays.all():
        return before
    ids, places = np.concatenate([before.ids, ids]), np.concatenate([before.places, places])
    order = np.lexsort((ids, places))
    order = order[np.concatenate([stays, np.ones(len(came), dtype=bool)])[order]]
    parts = [part for part in (before.frame, came) if len(part)] or [came]
    frame = pd.concat(parts, ignore_index=True).take(order).reset_index(drop=True)
    hashes = np.concatenate([before.hashes, hash_rows(came)])
    return _finish_table(connection, name, frame, ids[order], places[order], hashes[order])


def _read_rows(
    connection: sa.Connection, name: str, *where: sa.ColumnElement[bool]
) -> tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.int64]]:
    table = FACTS[name]
    columns = (table.c[column] for column in list_frame_columns(name))
    query = sa.select(*columns, table.c.id, table.c.position)
    query = query.where(*where, *select_shown_rows(name))
    rows: Sequence[Any] = connection.execute(query.order_by(table.c.position, table.c.id)).all()
    ids = np.array([row[-2] for row in rows], dtype=np.int64)
    places = np.array([row[-1] for row in rows], dtype=np.int64)
    return frame_from_rows(rows, name), ids, places


def _finish_table(  # noqa: PLR0917 - the parts of one table
    connection: sa.Connection,
    name: str,
    frame: pd.DataFrame,
    ids: NDArray[np.int64],
    places: NDArray[np.int64],
    hashes: NDArray[np.uint64],
) -> CurrentTable:
    """Return a table with what the facts hold of it."""
    shown, shown_hashes = frame, hashes
    if name in _ORDER:
        shown = frame.sort_values(_ORDER[name], ignore_index=True)
        shown_hashes = hash_rows(shown)
    elif name == "visits":
        shown = add_received_times(connection, frame)
        shown_hashes = hash_rows(shown)
    return CurrentTable(frame, ids, places, hashes, shown, hash_table(shown.columns, shown_hashes))
