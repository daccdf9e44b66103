"""The store of before, opened anew for every test that may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.compat.before import unpack_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a state folder with the store of before, in use by this test."""
    folder = tmp_path / "state"
    file = unpack_store(folder)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    return folder
