"""The SQLite file of the store: whether it is one, and names that overwrite nothing."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo import clock
from geo.i18n import t
from store.db.database import get_sqlite_file, is_sqlite
from store.db.errors import StoreUnreachableError

if TYPE_CHECKING:
    from pathlib import Path

SIDES: Final = ("-wal", "-shm")
"""What SQLite keeps beside a file: changes not yet put into it, and their index."""

_SQLITE: Final = b"SQLite format 3\0"
_OURS: Final = frozenset({"alembic_version", "imports", "audit"})
"""Tables that every form of the store has."""


def refuse_no_store(file: Path) -> None:
    """Raise ``StoreUnreachableError`` for a file that cannot be a store, before it is opened.

    No file at all passes: a new store is made then, but not where changes of a lost one lie.
    """
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(_SQLITE))
    except FileNotFoundError:
        wal = make_side_path(file, "-wal")
        if wal.exists() and wal.stat().st_size and not file.exists():
            message = t("store.fault.changes_left", file=file, changes=wal)
            raise StoreUnreachableError(message) from None
        return
    except OSError as fault:
        raise StoreUnreachableError(t("store.fault.unreachable", reason=fault)) from fault
    if not begin:
        raise StoreUnreachableError(t("store.fault.empty_file", file=file))
    if begin != _SQLITE:
        raise StoreUnreachableError(t("store.fault.foreign_file", file=file))


def refuse_foreign_database(connection: sa.Connection, url: str) -> None:
    """Raise ``StoreUnreachableError`` for a database that is no store, or has lost its form.

    A PostgreSQL database without our tables is a new one: the operator made it for us.
    """
    tables = set(sa.inspect(connection).get_table_names())
    database = get_sqlite_file(url) if is_sqlite(url) else sa.make_url(url).database
    if is_sqlite(url) and not tables:
        raise StoreUnreachableError(t("store.fault.empty_file", file=database))
    if is_sqlite(url) and not tables >= _OURS:
        raise StoreUnreachableError(t("store.fault.foreign_file", file=database))
    if "alembic_version" in tables:
        revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        if not revision:
            raise StoreUnreachableError(t("store.fault.no_revision", file=database))


def make_side_path(file: Path, end: str) -> Path:
    """Return what lies beside a file under its name with another end."""
    return file.with_name(f"{file.name}{end}")


def make_temporary_path(file: Path) -> Path:
    """Return a name beside a file that nothing has."""
    return file.with_name(f".{file.name}-{secrets.token_hex(6)}")


def place_new_file(made: Path, file: Path) -> bool:
    """Put a file in its place unless something is there already; return whether it was put."""
    try:
        os.link(made, file)  # at once, and never over another's
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if file.exists():
            return False
        made.rename(file)
    return True


def reserve_aside_file(file: Path) -> Path:
    """Return a new, empty file beside ``file`` to set it aside in, named by the time.

    No name is given twice: what was set aside before stays.
    """
    stamp = f"{clock.now():%Y%m%d-%H%M%S}"
    number = 1
    while True:
        count = "" if number == 1 else f"-{number}"
        aside = make_side_path(file, f".before-restore-{stamp}{count}")
        with suppress(FileExistsError):
            if not any(make_side_path(aside, end).exists() for end in SIDES):
                aside.open("xb").close()
                return aside
        number += 1
