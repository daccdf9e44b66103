"""Stores made once in a run and copied for every test, whichever worker it runs in."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import psycopg
import pytest

from geo.boundaries.active import get_active_layer, get_web_layer
from geo.paths import get_state_dir
from store.bootstrap import ensure_store
from store.db import database

if TYPE_CHECKING:
    from collections.abc import Callable

RUN: Final = "HPMAP_TEST_RUN_DIR"
"""Names the folder of the run, for its workers."""

SERVER: Final = os.environ.get("HPMAP_TEST_DATABASE_URL", "")
LONGEST_SECONDS: Final = 300


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


def fill(url: str, *, curated: bool) -> None:
    """Make a store at an address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        ensure_store(curated=curated)
    database.close_connections()


def copy_state(folder: Path, *, store: bool = True) -> Path:
    """Make ``folder`` a state folder with boundaries and a store; return it."""
    get_active_layer()
    get_web_layer()
    shutil.copytree(get_state_dir() / "boundaries", folder / "boundaries", dirs_exist_ok=True)
    if store:
        shutil.copyfile(curated_store(), folder / "store.sqlite")
    return folder


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
    database.close_connections()
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
