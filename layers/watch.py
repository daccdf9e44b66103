"""The watch list: items that need a decision, by the money they hold up, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.filters import Filters
    from store.facts import Facts


@dataclass(frozen=True)
class WatchRow:
    """One item to watch: why (in the reader's language) and how much investment it holds up."""

    item: str
    name: str
    reason: str
    money: str
