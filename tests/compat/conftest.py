"""The store of before, opened anew for every test that may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.bootstrap import ensure_store
from tests.compat.before import unpack_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a state folder with the store of before, opened for this test."""
    folder = tmp_path / "state"
    file = unpack_store(folder)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    ensure_store()
    return folder
