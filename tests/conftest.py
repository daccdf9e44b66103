"""Tests have a store of their own, never that of whoever runs them."""

import os
import tempfile
from pathlib import Path

_HELD = []


def pytest_configure() -> None:
    """Point the program at a new store before any test module is read."""
    folder = tempfile.TemporaryDirectory(prefix="store-of-tests-")
    _HELD.append(folder)
    os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder.name) / 'store.sqlite'}"


def pytest_unconfigure() -> None:
    """Take the store of the tests away again."""
    while _HELD:
        _HELD.pop().cleanup()
