"""Stores to test on: a SQLite file, and PostgreSQL where ``HPMAP_TEST_DATABASE_URL`` names one.

Each is a copy of one made once in the run; a PostgreSQL store is a database of its own, made for
the test and dropped after it. The tests on PostgreSQL are slow ones.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.bootstrap import ensure_store
from store.db import database
from tests import templates


def use_sqlite(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a SQLite file in a folder the program's store; return its address."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'store.sqlite'}")
    return database.get_store_url()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def _address(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Return where the test is to have its store, which is the program's for the test."""
    if request.param == "sqlite":
        yield use_sqlite(tmp_path, monkeypatch)
        return
    if not templates.SERVER:
        pytest.skip("HPMAP_TEST_DATABASE_URL names no PostgreSQL server: tested on SQLite only")
    url = templates.new_address()
    monkeypatch.setenv("DATABASE_URL", url)
    yield database.get_store_url()
    templates.drop_database(url)


@pytest.fixture
def empty_url(_address: str) -> str:
    """Return the address of an empty database."""
    if not database.is_sqlite(_address):
        templates.make_database(_address)
    return _address


@pytest.fixture
def store(_address: str) -> str:
    """Return the address of a store with the curated facts."""
    if database.is_sqlite(_address):
        templates.copy_store(templates.curated_store(), _address)
    else:
        templates.make_database(_address, "curated")
        templates.know_facts(_address, "curated")
    assert ensure_store() == _address
    return _address


@pytest.fixture
def bare_store(_address: str) -> str:
    """Return the address of a store that is to hold imported reports only."""
    if database.is_sqlite(_address):
        templates.copy_store(templates.bare_store(), _address)
    else:
        templates.make_database(_address, "bare")
        templates.know_facts(_address, "bare")
    assert ensure_store(curated=False) == _address
    return _address
