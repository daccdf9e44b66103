"""The progress layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.filters import Filters
    from layers.layer import Layer
    from store.facts import Facts


def progress_layer(facts: Facts, filters: Filters, *, language: str = "vi") -> Layer:
    """Return the progress layer under the filters (period included)."""
    raise NotImplementedError
