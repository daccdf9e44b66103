"""How a table writes its numbers: settled by the whole column, its neighbours, then the prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.grammar.numbers import detect_number_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.grammar.numbers import Style
    from reports.model.document import Media

_POINTED: Final = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,])")
_TYPED: Final = frozenset({"text", "docx", "doc", "odt", "rtf", "html", "pdf"})
"""Files whose numbers a person wrote in Vietnamese; a sheet may show those of another country."""
_COUNTED: Final = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{3}(?![\d.,])\s*(?:căn|hộ|m2|m²|người)\b")
_FEWEST: Final = 2


def settle_style(column: Sequence[str], neighbours: Sequence[str], prose: Style) -> Style:
    """Return what groups thousands in a column; '' where nothing tells.

    Clear numbers of the column itself tell first, then those of the other columns, then prose.
    """
    own = detect_number_style(column)
    if own or _contradict(column):
        return own
    return detect_number_style(neighbours) or _find_counted(neighbours) or prose


def _contradict(texts: Sequence[str]) -> bool:
    """Return True if the clear numbers of a column are of both styles."""
    return len({style for text in texts if (style := detect_number_style([text]))}) > 1


def _find_counted(texts: Sequence[str]) -> Style:
    """Return the style that counted things tell: "2.538 căn" has no fraction."""
    marks = {match[1] for text in texts for match in _COUNTED.finditer(text)}
    if len(marks) != 1:
        return ""
    return "." if marks == {"."} else ","


def are_grouped(column: Sequence[str], media: Media) -> bool:
    """Return True if numbers such as "2.923" are thousands though nothing contradicts or tells.

    In a text that was typed, where every number with a point has three digits after it, in two
    cells or more.
    """
    if media not in _TYPED:
        return False
    pointed = sum(bool(_POINTED.search(text)) for text in column)
    return pointed >= _FEWEST and not any(
        "," in text and re.search(r"\d,\d{3}\b", text) for text in column
    )
