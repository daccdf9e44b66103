"""A made-up official set, for the tests of installing it."""

from __future__ import annotations

import pytest

from geo.boundaries import active, official
from tests.geo.boundary_sets import MadeSet, make_set, squares_frame


@pytest.fixture
def made(tmp_path, monkeypatch) -> MadeSet:
    """Return a made-up set that the installer expects, with an approximate layer in use."""
    made = make_set()
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(official, "list_expected_files", lambda: made.expected)
    source = tmp_path / "vie.json"
    source.write_text("[]")
    monkeypatch.setattr(active, "find_source", lambda: source)
    monkeypatch.setattr(active, "build_approximate", lambda _path: squares_frame())
    return made
