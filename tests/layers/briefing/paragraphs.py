"""All that a briefing says in sentences."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.briefing.document import Briefing, BriefingParagraph


def list_paragraphs(made: Briefing) -> list[BriefingParagraph]:
    """Return every paragraph of the text, in order, annexes included."""
    blocks = [block.paragraphs for section in made.sections for block in section.blocks]
    return [*made.opening, *chain(*blocks, *(annex.paragraphs for annex in made.annexes))]
