"""The store made ready: there, of the newest form, with the curated facts of the program."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.errors import DataFileError
from geo.i18n import t
from geo.paths import DATA
from reports.facts_files.curated import read_curated
from store.audit.repair import is_repaired, repair_values
from store.db.database import get_sqlite_file, get_store_url, is_sqlite, reading, writing
from store.db.errors import StoreUnreachableError
from store.db.migrate import HEAD, migrate, read_revision
from store.db.schema import SETTINGS
from store.db.store_file import (
    make_temporary_path,
    place_new_file,
    refuse_foreign_database,
    refuse_no_store,
)
from store.imports.curated import hash_facts_folder, import_curated, read_last_curated

if TYPE_CHECKING:
    from pathlib import Path

CURATED: Final = "curated"
OFF: Final = "off"
_LOG = logging.getLogger(__name__)


def ensure_store(*, curated: bool = True, folder: Path | None = None) -> str:
    """Make the store ready if it is not; return its address. Programs do so once, as they start.

    All of it is one transaction: several programs may start at once, and one killed half way
    leaves what was there. ``curated=False`` makes a store that is to hold imported reports only,
    and keeps it so. ``folder`` is that of the curated facts. Raises ``DataFileError`` for faults
    of those, ``StoreUnreachableError`` when the store cannot be opened: a file that is empty,
    damaged or of another program is never replaced by a new store.
    """
    url = get_store_url()
    _prepare_store(url, folder or DATA / "facts", curated=curated)
    return url


class StoreStart:
    """The start of a server's store: made ready once, tried again until it is.

    A store lost after that is not made anew: reading and writing raise.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._ready = False

    def make_ready(self) -> None:
        """Make the store ready unless it was; raise as ``ensure_store`` does.

        Faults of the curated files are only logged when there is a store: its facts stay.
        """
        with self._lock:
            if self._ready:
                return
            try:
                ensure_store()
            except DataFileError:
                if not _has_store(get_store_url()):
                    raise
                _LOG.exception("the store keeps the curated facts that it has")
                ensure_store(curated=False)
            self._ready = True


def _has_store(url: str) -> bool:
    if is_sqlite(url) and not get_sqlite_file(url).exists():
        return False
    with reading(url) as connection:
        return bool(read_revision(connection))


def _prepare_store(url: str, folder: Path, *, curated: bool) -> None:
    sha256 = hash_facts_folder(folder)
    if is_sqlite(url):
        _make_folder(get_sqlite_file(url).parent)
        refuse_no_store(get_sqlite_file(url))
        if not get_sqlite_file(url).exists():
            _create_store_file(url, folder, sha256, curated=curated)
    with reading(url) as connection:
        refuse_foreign_database(connection, url)
        ready = (
            read_revision(connection) == HEAD
            and is_repaired(connection)
            and not _needs_curated_import(connection, sha256, curated)
        )
    if not ready:
        _write_store(url, folder, sha256, curated=curated)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreUnreachableError(t("store.fault.unreachable", reason=fault)) from fault


def _create_store_file(url: str, folder: Path, sha256: str, *, curated: bool) -> None:
    """Make a SQLite store under another name and put it in its place whole.

    So a program killed meanwhile leaves no empty file where the store belongs; of several that
    start at once one's store is kept.
    """
    made = make_temporary_path(get_sqlite_file(url))
    try:
        _write_store(f"sqlite:///{made}", folder, sha256, curated=curated, new=True)
        place_new_file(made, get_sqlite_file(url))
    finally:
        made.unlink(missing_ok=True)


def _needs_curated_import(connection: sa.Connection, sha256: str, curated: bool) -> bool:
    chosen = connection.scalar(sa.select(SETTINGS.c.value).where(SETTINGS.c.name == CURATED))
    return curated and chosen != OFF and read_last_curated(connection)[0] != sha256


def _write_store(url: str, folder: Path, sha256: str, *, curated: bool, new: bool = False) -> None:
    facts = read_curated(folder) if curated else None
    with writing(url, new=new) as connection:
        first = not read_revision(connection)
        migrate(connection)
        refuse_foreign_database(connection, url)
        repair_values(connection)
        if first and not curated:
            connection.execute(SETTINGS.insert().values(name=CURATED, value=OFF))
        if facts is not None and _needs_curated_import(connection, sha256, curated):
            import_curated(connection, facts, sha256)
