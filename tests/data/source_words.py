"""Whether the words of a curated row stand in the lines that it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OMISSION = "[…]"
"""Stands in a row's words where the document has others between, or a page ends."""


def stands(raw: str, lines: Sequence[str], simplify: Callable[[str], str]) -> bool:
    """Return whether the pieces of ``raw`` stand in the lines, one after the other.

    ``simplify`` returns a text as it is compared.
    """
    text, at = simplify("\n".join(lines)), 0
    for piece in raw.split(OMISSION):
        found = text.find(simplify(piece), at)
        if found < 0:
            return False
        at = found + len(simplify(piece))
    return True
