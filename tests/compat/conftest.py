"""The store of before, opened once and copied for every test that may change it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from store.bootstrap import ensure_store
from tests import templates
from tests.compat.before import unpack_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a state folder with the store of before, opened by the program of today."""
    opened = templates.made_once("state-of-before", _open_store)
    folder = shutil.copytree(opened, tmp_path / "state")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'store.sqlite'}")
    return folder


def _open_store(folder: Path) -> None:
    file = unpack_store(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{file}")
        ensure_store()
    templates.close_connections()
