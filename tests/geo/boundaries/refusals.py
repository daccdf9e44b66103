"""Installing a source that is to be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.boundaries import store
from geo.boundaries.active import get_active_layer, install_official
from geo.errors import BoundaryError

if TYPE_CHECKING:
    from pathlib import Path


def refusal(source: str | Path | None) -> str:
    """Return why a source is refused, having seen that what was in use stays in use."""
    before = store.read_active_version(), get_active_layer().version
    with pytest.raises(BoundaryError) as caught:
        install_official(None if source is None else str(source))
    assert (store.read_active_version(), get_active_layer().version) == before
    return str(caught.value)
