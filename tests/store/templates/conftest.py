"""Templates change the store through editing, which is tested on PostgreSQL too: SQLite will do."""

from pathlib import Path

import pytest

from tests.store.conftest import use_sqlite


@pytest.fixture
def _address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return use_sqlite(tmp_path, monkeypatch)
