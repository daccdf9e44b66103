"""Stores to test on: a SQLite file, and PostgreSQL where ``HPMAP_TEST_DATABASE_URL`` names one.

Each is a copy of one made once in the run; a PostgreSQL store is a database of its own, made for
the test and dropped after it. The tests on PostgreSQL are slow ones.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.bootstrap import ensure_store
from store.db import database
from tests import templates


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def _address(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Return where the test is to have its store, which is the program's for the test."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'store.sqlite'}"
        monkeypatch.setenv("DATABASE_URL", url)
        yield database.get_store_url()
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
        shutil.copyfile(templates.curated_store(), database.get_sqlite_file(_address))
    else:
        templates.make_database(_address, "curated")
    assert ensure_store() == _address
    return _address


@pytest.fixture
def bare_store(_address: str) -> str:
    """Return the address of a store that is to hold imported reports only."""
    if database.is_sqlite(_address):
        shutil.copyfile(templates.bare_store(), database.get_sqlite_file(_address))
    else:
        templates.make_database(_address, "bare")
    assert ensure_store(curated=False) == _address
    return _address
