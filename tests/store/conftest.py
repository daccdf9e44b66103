"""Stores to test on: a SQLite file, and PostgreSQL where ``HPMAP_TEST_DATABASE_URL`` names one.

A PostgreSQL store is one schema of the named database, made for the test and dropped after it.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from store.bootstrap import ensure_store
from store.db import database

SERVER = os.environ.get("HPMAP_TEST_DATABASE_URL", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Return the address of an empty database, which is the program's for the test."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'store.sqlite'}"
        monkeypatch.setenv("DATABASE_URL", url)
        yield database.store_url()
        return
    if not SERVER:
        pytest.skip("HPMAP_TEST_DATABASE_URL names no PostgreSQL server: tested on SQLite only")
    schema = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    joint = "&" if "?" in SERVER else "?"
    monkeypatch.setenv("DATABASE_URL", f"{SERVER}{joint}options=-csearch_path%3D{schema}%2Cpublic")
    yield database.store_url()
    database.dispose()
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def store(empty_url: str) -> str:
    """Return the address of a store with the curated facts."""
    assert ensure_store() == empty_url
    return empty_url


@pytest.fixture
def bare_store(empty_url: str) -> str:
    """Return the address of a store that is to hold imported reports only."""
    assert ensure_store(curated=False) == empty_url
    return empty_url
