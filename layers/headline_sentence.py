"""One sentence of the headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.sources import Source


@dataclass(frozen=True)
class HeadlineSentence:
    """One sentence: ``key`` says of what, ``direction`` is ``better``, ``worse`` or ''.

    ``items`` are those it is about, the largest investment first.
    """

    key: str
    text: str
    direction: str = ""
    sources: tuple[Source, ...] = ()
    items: tuple[str, ...] = ()
