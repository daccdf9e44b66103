"""Copies of the whole store, made and put back while the program runs.

SQLite: the online backup, which waits for a moment without writing and copies that moment whole;
putting back is one transaction of the same kind. PostgreSQL: the rows by ``pg_dump``,
written back in one transaction.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from geo.i18n import t
from store.audit.integrity import IntegrityFault, check_store
from store.db.database import (
    BUSY_SECONDS,
    WRITE_LOCK,
    get_sqlite_file,
    get_store_url,
    is_damage,
    is_sqlite,
    reading,
    writing,
)
from store.db.errors import StoreError
from store.db.migrate import HEAD, migrate
from store.db.schema import load_metadata
from store.db.store_file import (
    SIDES,
    make_side_path,
    make_temporary_path,
    refuse_no_store,
    reserve_aside_file,
)

_REVISION: Final = re.compile(r"COPY \S*alembic_version \(version_num\) FROM stdin;\n(\S+)\n")
_PAGES_AT_ONCE: Final = -1
"""All pages in one step: the copy is of one moment, and a writer waits some milliseconds."""


def backup(file: Path) -> Path:
    """Write a copy of the store to a file, checked; return the file.

    The file appears whole or not at all. Raises ``StoreError`` when it cannot be written.
    """
    url = get_store_url()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    except OSError as fault:
        raise StoreError(t("store.fault.cannot_write", file=file, reason=fault)) from fault
    os.close(handle)
    making = Path(name)
    try:
        if is_sqlite(url):
            _copy_store(get_sqlite_file(url), making, named=file)
            _refuse_damaged(making, live=get_sqlite_file(url))
        else:
            target = (
                "--format=custom",
                "--data-only",
                *_build_schema_option(url),
                f"--file={making}",
            )
            _run_program("pg_dump", f"--dbname={_strip_driver(url)}", *target)
        making.replace(file)
    finally:
        making.unlink(missing_ok=True)
    return file


def restore(file: Path) -> Path | None:
    """Put a copy back in the place of the store; return where the store as it was is kept.

    Nothing is changed when the copy is not whole. A store that is damaged is set aside as it is; no
    copy that was set aside before is written over. On PostgreSQL the store as it was is not kept
    (``None``): make a backup before. Programs that run see the restored facts at their next read.
    """
    url = get_store_url()
    if not file.is_file():
        raise StoreError(t("store.fault.no_backup", file=file, reason="–"))
    before = None
    if is_sqlite(url):
        live = get_sqlite_file(url)
        live.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="restore-") as folder:
            whole = _renew_copy(file, Path(folder))
            before = _put_in_place(whole, live)
    else:
        _restore_dump(url, file)
    return before


def _renew_copy(file: Path, folder: Path) -> Path:
    """Return a whole copy in the program's form: the file, or one in a folder brought to it.

    A copy that an earlier program made is brought to the newest form before it is checked.
    """
    try:
        refuse_no_store(file)
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except (StoreError, sqlite3.Error):
        revision = None
    if revision is None or revision[0] == HEAD:
        _refuse_damaged(file)
        return file
    renewed = folder / file.name
    _copy_store(file, renewed)
    engine = sa.create_engine(f"sqlite:///{renewed}", poolclass=sa.pool.NullPool)
    try:
        with engine.begin() as connection:
            migrate(connection)
    except (StoreError, sa.exc.DatabaseError):
        _refuse_damaged(file)  # says what is wrong with it as it is
        raise
    finally:
        engine.dispose()
    _refuse_damaged(renewed)
    return renewed


def _copy_store(source: Path, target: Path, *, named: Path | None = None) -> None:
    """Copy a store; raise ``StoreError`` that says what could not be copied, to ``named``."""
    try:
        _copy_pages(source, target)
    except sqlite3.Error as fault:
        message = t("store.fault.not_copied", source=source, target=named or target, reason=fault)
        raise StoreError(message) from fault


def _copy_pages(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as target_connection,
    ):
        here.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        here.backup(target_connection, pages=_PAGES_AT_ONCE)


def _put_in_place(file: Path, live: Path) -> Path | None:
    """Put a whole copy in the place of the SQLite store; return where that one is set aside."""
    if not any(make_side_path(live, end).exists() for end in ("", *SIDES)):
        _replace_store(file, live)
        return None
    before = reserve_aside_file(live)
    if not live.exists() or not live.stat().st_size:  # SQLite would drop the changes beside it
        _set_aside(live, before)
        _replace_store(file, live)
        return before
    step = live, before
    try:
        _copy_pages(*step)
        step = file, live
        _copy_pages(*step)
    except sqlite3.Error as fault:
        if not is_damage(fault):
            before.unlink()
            message = t("store.fault.not_copied", source=step[0], target=step[1], reason=fault)
            raise StoreError(message) from fault
        _set_aside(live, before)
        _replace_store(file, live)
    return before


def _set_aside(live: Path, before: Path) -> None:
    """Keep a damaged store under another name, byte for byte, with what SQLite kept beside it."""
    try:
        for end in ("", *SIDES):
            side_file = make_side_path(live, end)
            if side_file.exists():
                with (
                    side_file.open("rb") as source,
                    make_side_path(before, end).open("wb") as target,
                ):
                    shutil.copyfileobj(source, target)
                    target.flush()
                    os.fsync(target.fileno())
    except OSError as fault:
        for end in ("", *SIDES):
            make_side_path(before, end).unlink(missing_ok=True)
        message = t("store.fault.not_copied", source=live, target=before, reason=fault)
        raise StoreError(message) from fault


def _replace_store(file: Path, live: Path) -> None:
    """Put a copy in the place of a store that SQLite cannot write to."""
    making = make_temporary_path(live)
    try:
        _copy_store(file, making, named=live)
        for end in SIDES:  # changes of the damaged store must not be put into this one
            make_side_path(live, end).unlink(missing_ok=True)
        making.replace(live)
    finally:
        making.unlink(missing_ok=True)


def _refuse_damaged(file: Path, live: Path | None = None) -> None:
    """Raise ``StoreError`` when a file is not a whole store; ``live`` is the one it was copied of.

    A fault of a copy just made is a fault of the live store: the message names that one.
    """
    key = "bad_backup" if live is None else "not_whole"
    try:
        refuse_no_store(file)
        with reading(f"sqlite:///{file}") as connection:
            faults = check_store(connection)
    except (StoreError, sa.exc.DatabaseError) as fault:
        cause = fault.__cause__ if isinstance(fault, StoreError) else fault
        reason = str(getattr(cause, "orig", None) or fault)
        if live is not None:
            message = t("store.fault.damaged_file", file=live, reason=reason)
        else:
            message = t("store.fault.no_backup", file=file, reason=reason)
        raise StoreError(message) from fault
    if faults:
        raise StoreError(t(f"store.fault.{key}", file=live or file, fault=faults[0].text()))


def _restore_dump(url: str, file: Path) -> None:
    """Restore a PostgreSQL dump in one transaction; readers go on with what they see.

    Rows are deleted and written again, tables are not dropped: whoever reads meanwhile keeps the
    moment that it began with.
    """
    with writing(url) as connection:
        migrate(connection)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "restore.sql"
        _run_program("pg_restore", "--no-owner", f"--file={script}", str(file))
        revision = _REVISION.search(script.read_text("utf-8"))
        if not revision or revision[1] != HEAD:
            fault = IntegrityFault("revision", revision[1] if revision else "–").text()
            raise StoreError(t("store.fault.bad_backup", file=file, fault=fault))
        tables = reversed(load_metadata().sorted_tables)
        names = [*(table.name for table in tables), "alembic_version"]
        first = [f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"]
        first += [f'DELETE FROM "{name}"' for name in names]  # noqa: S608 - our own tables
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        commands = [f"--command={command}" for command in first]
        _run_program(
            "psql", f"--dbname={_strip_driver(url)}", *options, *commands, f"--file={script}"
        )


def _build_schema_option(url: str) -> list[str]:
    """Return the option that limits a dump to the store's own schema."""
    with reading(url) as connection:
        return [f"--schema={connection.scalar(sa.select(sa.func.current_schema()))}"]


def _strip_driver(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _run_program(program: str, *options: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise StoreError(t("store.fault.no_program", program=program))
    done = subprocess.run(  # noqa: S603 - the program is PostgreSQL's own, the options are ours
        [path, *options], capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = done.stderr.strip()[-400:]
        raise StoreError(t("store.fault.program_failed", program=program, reason=reason))
