"""The heading, or the line of a list, that each sentence of a document stands under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.narrative.prose import split_sentences
from reports.statements.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.document import Document
    from reports.model.statement import Statement

_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def list_sections(document: Document) -> Mapping[tuple[int, str], str]:
    """Return the words that sentences stand under, by a line and the sentence's text.

    A sentence of several lines is there with each; one under nothing is not.
    """
    outline = Outline(document.title)
    sections: dict[tuple[int, str], str] = {}
    for sentence in split_sentences(document):
        section = outline.place(sentence).section
        if section and not sentence.footnote:
            place = sentence.place
            lines = range(place.line_from, place.line_to + 1)
            sections |= dict.fromkeys(((line, sentence.text) for line in lines), section)
    return sections


def find_section(sections: Mapping[tuple[int, str], str], statement: Statement) -> str:
    """Return the words that a statement stands under; '' for a table's cell and for none."""
    if statement.place.table:
        return ""
    return sections.get((statement.place.line_from, statement.sentence), "")


def fold_section(section: str) -> str:
    """Return a heading as it is told by from report to report: its words, without its figures."""
    return " ".join(_WORD.findall(fold_text(section)))
