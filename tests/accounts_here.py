"""Accounts made for a test, in the store that the test has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from store.accounts import sessions
from store.accounts.accounts import Account, add_account
from store.bootstrap import ensure_store
from store.db.database import reading
from store.users import passwords
from store.users.current_account import load_account_user
from store.users.users import User
from tests import templates
from tests.people import ADMIN

PASSWORD = "một câu dài dễ nhớ"  # noqa: S105 - of tests


def make(name: str, role: Any = "viewer", *, password: str = PASSWORD, **more: Any) -> int:
    """Make an account and return its number."""
    return add_account(Account(name, role, **more), password, ADMIN, must_change=False)


def user(number: int) -> User:
    """Return who an account is now."""
    with reading(ensure_store()) as connection:
        found = load_account_user(connection, number)
    assert found is not None
    return found


@pytest.fixture
def quick_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a store without facts; passwords take no time in it."""
    address = templates.use_copy(templates.bare_store(), tmp_path, monkeypatch)
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    monkeypatch.setattr(passwords, "_NOBODY", hasher.hash("no account has this password"))
    sessions.clear_session_cache()
    yield address
    sessions.clear_session_cache()
