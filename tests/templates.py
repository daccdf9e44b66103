"""Stores made once in a run and copied for every test, whichever worker it runs in."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import event

from geo.boundaries.active import get_active_layer, get_web_layer
from geo.paths import get_state_dir
from geo.surroundings.surroundings import get_surroundings
from store.bootstrap import ensure_store
from store.db import database
from store.facts import facts
from store.imports.apply import apply_import
from store.imports.plan.drafts import extraction_to_json
from store.imports.plan.planning import plan_import
from tests.people import AN
from web.browser_files.font_cutting import cut_font
from web.browser_files.small_fonts import CUT_FONTS, build_font_path
from web.browser_files.static_files import list_static_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.extraction import Extraction
    from store.facts.facts import Facts
    from store.facts.stored.current_tables import CurrentTables

RUN: Final = "HPMAP_TEST_RUN_DIR"
"""Names the folder of the run, for its workers."""

SERVER: Final = os.environ.get("HPMAP_TEST_DATABASE_URL", "")
LONGEST_SECONDS: Final = 300
MOST_STATEMENTS: Final = 10_000


def close_connections() -> None:
    """Discard all connections to stores that this process keeps open."""
    for engine in database._ENGINES.values():
        engine.dispose()


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a file or folder of the run, made by whoever asks first; the others wait."""
    path = Path(os.environ[RUN]) / name
    done = path.with_name(f"{name}.done")
    try:
        path.with_name(f"{name}.begun").mkdir()
    except FileExistsError:
        end = time.monotonic() + LONGEST_SECONDS
        while not done.exists():
            assert time.monotonic() < end, f"{name} was begun by another worker and never ended"
            time.sleep(0.05)
        return path
    make(path)
    done.touch()
    return path


def curated_store() -> Path:
    """Return a SQLite store with the curated facts, to be copied."""
    return made_once("curated.sqlite", lambda path: fill(f"sqlite:///{path}", curated=True))


def bare_store() -> Path:
    """Return a SQLite store without facts, to be copied."""
    return made_once("bare.sqlite", lambda path: fill(f"sqlite:///{path}", curated=False))


def filled_store(name: str, add: Callable[[], object], *, curated: bool = False) -> Path:
    """Return a SQLite store to be copied, with what ``add`` puts into the program's store."""

    def make(path: Path) -> None:
        shutil.copyfile(curated_store() if curated else bare_store(), path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", f"sqlite:///{path}")
            add()
        close_connections()

    return made_once(f"{name}.sqlite", make)


def store_of(*reports: Extraction) -> Path:
    """Return a SQLite store to be copied that holds reports as planning staff imported them."""

    def bring() -> None:
        for report in reports:
            apply_import(plan_import(report), AN)

    said = "".join(extraction_to_json(report) for report in reports)
    return filled_store(f"reports-{hashlib.sha256(said.encode()).hexdigest()[:16]}", bring)


def use_copy(store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a copy of a SQLite store in a test's folder the program's; return its address."""
    url = f"sqlite:///{folder / f'own-{store.name}'}"
    monkeypatch.setenv("DATABASE_URL", url)
    copy_store(store, url)
    return url


def copy_store(store: Path, url: str) -> None:
    """Copy a SQLite store to an address, and let this process know the facts of the copy."""
    shutil.copyfile(store, database.get_sqlite_file(url))
    know_facts(url, f"sqlite:///{store}")


def fill_bare(url: str, name: str, add: Callable[[], object]) -> None:
    """Have ``add`` done to a bare store, on SQLite by a copy of one that it was done to."""
    if database.is_sqlite(url):
        close_connections()
        copy_store(filled_store(name, add), url)
    else:
        add()


def fill(url: str, *, curated: bool) -> None:
    """Make a store at an address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        ensure_store(curated=curated)
    close_connections()


_READ: Final[dict[str, tuple[CurrentTables, Facts]]] = {}


def make_stores_cheap() -> None:
    """Have SQLAlchemy compile a statement once for all stores of a kind, not for each anew.

    What is lost when the power fails is of no account here: programs that are killed half way are
    others than the one that tests run in.
    """
    make = database._make_engine
    firsts: dict[tuple[str, str], sa.Engine] = {}

    def make_alike(url: str, mode: str) -> sa.Engine:
        engine = make(url, mode)
        if database.is_sqlite(url):
            event.listen(engine, "connect", _do_not_wait_for_the_disk)
        kind = (engine.dialect.name, "" if database.is_sqlite(url) else mode)
        first = firsts.get(kind)
        if first is None or not first.dialect.server_version_info:  # it has not been connected yet
            firsts[kind] = engine
            engine._compiled_cache.capacity = MOST_STATEMENTS
        else:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    database._make_engine = make_alike


def _do_not_wait_for_the_disk(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def know_facts(url: str, like: str) -> None:
    """Let this process know the facts of a copy, as it has read them of one like it.

    What tells them from others is the random word of the last change, which a copy has too.
    """
    if like not in _READ:
        source = like if database.is_sqlite(like) else url
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", source)
            facts.load_facts()
        _READ[like] = facts._KEPT[source]
    tables, known = _READ[like]
    facts._KEPT.clear()
    facts._KEPT[url] = tables, replace(known, url=url)


def copy_state(folder: Path, *, store: bool = True) -> Path:
    """Make ``folder`` a state folder with boundaries, surroundings and a store; return it."""
    get_active_layer()
    get_web_layer()
    get_surroundings()
    shutil.copytree(get_state_dir() / "boundaries", folder / "boundaries", dirs_exist_ok=True)
    shutil.copytree(made_once("fonts", cut_fonts), folder / "fonts", dirs_exist_ok=True)
    if store:
        shutil.copyfile(curated_store(), folder / "store.sqlite")
    return folder


def cut_fonts(folder: Path) -> None:
    """Make a folder of the fonts that a server would cut when a browser asks for them first."""
    folder.mkdir()
    for source in list_static_files().values():
        if source.name.startswith(CUT_FONTS):
            (folder / build_font_path(source).name).write_bytes(cut_font(source))


def new_address() -> str:
    """Return the address that a PostgreSQL database of a test is to have."""
    return address_of(f"hpmap_test_{secrets.token_hex(6)}")


def make_database(url: str, like: str = "") -> None:
    """Make the database of an address: empty, or like ``curated`` or ``bare``."""
    template = f" TEMPLATE {template_database(like)}" if like else ""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name_of(url)}{template}")


def template_database(like: str) -> str:
    """Return the name of a PostgreSQL database to be copied."""

    def make(path: Path) -> None:
        url = new_address()
        make_database(url)
        fill(url, curated=like == "curated")
        path.write_text(name_of(url), "utf-8")

    return made_once(f"{like}.postgresql", make).read_text("utf-8")


def drop_database(url: str) -> None:
    """Take a PostgreSQL database of the tests away again."""
    close_connections()
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name_of(url)} WITH (FORCE)")


def address_of(name: str) -> str:
    """Return the address of a database of the tests' server."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def name_of(url: str) -> str:
    """Return the database that an address names."""
    return urlsplit(url).path.removeprefix("/")


def take_away() -> None:
    """Remove the folder of the run, and its databases."""
    folder = os.environ.pop(RUN, "")
    if not folder:
        return
    for file in Path(folder).glob("*.postgresql"):
        drop_database(address_of(file.read_text("utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
