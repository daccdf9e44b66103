"""Where the store is and how it is opened: one way to write, any number of readers.

By default a SQLite file in the state folder; ``DATABASE_URL`` names another database. Readers are
opened read-only and see one moment of the store for as long as they read.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from geo.i18n import t
from geo.paths import get_state_dir
from store.db.errors import StoreError, StoreUnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS: Final = 30
"""How long a writer waits for another one, and a reader for the store to be there."""

WRITE_LOCK: Final = 0x48504D41
"""The advisory lock of all that write to a PostgreSQL store."""


def get_store_url() -> str:
    """Return the address of the store: ``DATABASE_URL``, else the SQLite file.

    Addresses that begin ``postgres://`` or ``postgresql://`` are opened with psycopg 3. Raises
    ``StoreError`` for a database of another kind.
    """
    given = os.environ.get("DATABASE_URL", "").strip()
    if not given:
        return f"sqlite:///{get_state_dir() / 'store.sqlite'}"
    scheme, separator, rest = given.partition("://")
    if separator and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if separator and scheme == "sqlite":
        return given
    raise StoreError(t("store.fault.kind_of_database", scheme=scheme[:20]))


def is_sqlite(url: str) -> bool:
    """Return whether the address is that of a SQLite file."""
    return url.startswith("sqlite:")


def get_sqlite_file(url: str) -> Path:
    """Return the file of a SQLite address."""
    return Path(sa.make_url(url).database or "")


@contextmanager
def reading(url: str | None = None) -> Iterator[sa.Connection]:
    """Give a connection that only reads and sees one moment of the store."""
    with _connect(url or get_store_url(), "ro") as connection:
        yield connection


@contextmanager
def writing(url: str | None = None, *, new: bool = False) -> Iterator[sa.Connection]:
    """Give the one connection that writes; what it did is kept whole on leaving, or not at all.

    Only with ``new`` may it make the file: one that is lost is never replaced by an empty one.
    """
    url = url or get_store_url()
    with _connect(url, "rwc" if new else "rw") as connection:
        if not is_sqlite(url):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITE_LOCK)))
        yield connection


@contextmanager
def _connect(url: str, mode: str) -> Iterator[sa.Connection]:
    if is_sqlite(url) and mode != "rwc":
        _refuse_lost_store(get_sqlite_file(url))
    with _translate_errors(url), _get_engine(url, mode).begin() as connection:
        yield connection


def _refuse_lost_store(file: Path) -> None:
    """Raise ``StoreUnreachableError`` when the store's file is gone or was emptied."""
    try:
        size = file.stat().st_size
    except OSError as fault:
        raise StoreUnreachableError(t("store.fault.lost_file", file=file)) from fault
    if not size:
        raise StoreUnreachableError(t("store.fault.empty_file", file=file))


_ENGINES: Final[dict[tuple[str, str], sa.Engine]] = {}


def _get_engine(url: str, mode: str) -> sa.Engine:
    """Return the engine of an address; ``mode`` is that of SQLite: ro, rw, or rwc to make it."""
    if (url, mode) not in _ENGINES:
        _ENGINES.setdefault((url, mode), _make_engine(url, mode))
    return _ENGINES[url, mode]


def _make_engine(url: str, mode: str) -> sa.Engine:
    write = mode != "ro"
    if not is_sqlite(url):
        level = "READ COMMITTED" if write else "REPEATABLE READ"
        engine = sa.create_engine(
            url,
            isolation_level=level,
            pool_pre_ping=True,
            pool_size=3,
            connect_args={"connect_timeout": BUSY_SECONDS, "prepare_threshold": None},
        )
        if not write:
            event.listen(engine, "begin", _begin_read_only)
    else:
        engine = _make_sqlite_engine(get_sqlite_file(url), mode)
    return engine


def _begin_read_only(connection: sa.Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _make_sqlite_engine(file: Path, mode: str) -> sa.Engine:
    """Return an engine whose every connection is new: opening takes less than a millisecond."""
    write = mode != "ro"
    address = f"sqlite:///file:{file}?mode={mode}&uri=true"
    engine = sa.create_engine(address, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})

    def opened(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if write:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
        else:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    event.listen(engine, "connect", opened)
    event.listen(engine, "begin", begun)
    return engine


def is_damage(fault: BaseException | None) -> bool:
    """Return True if SQLite says that a file is damaged, or is no database at all."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells details
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def _translate_errors(url: str) -> Iterator[None]:
    """Turn what the driver says when it cannot work into a fault that says what to do."""
    try:
        yield
    except sa.exc.DatabaseError as fault:
        if is_damage(fault.orig):
            message = t("store.fault.damaged_file", file=get_sqlite_file(url), reason=fault.orig)
            raise StoreUnreachableError(message) from fault
        if not isinstance(fault, sa.exc.OperationalError):
            raise
        message = t("store.fault.unreachable", reason=str(fault.orig)[:300])
        raise StoreUnreachableError(message) from fault
    except sa.exc.InterfaceError as fault:
        message = t("store.fault.unreachable", reason=str(fault.orig)[:300])
        raise StoreUnreachableError(message) from fault
