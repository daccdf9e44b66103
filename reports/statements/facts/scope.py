"""Whether a document's figures are ours, and whether a time is one of today's city."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from reports.model.head.document_scope import read_document_scope

if TYPE_CHECKING:
    from reports.model.document import Document

CITY_SINCE: Final = date(2025, 7, 1)
"""The day from which Hải Phòng is the city of today, the former Hải Dương with it."""


def is_foreign_document(document: Document) -> bool:
    """Return True if a document is a ministry's or another province's."""
    return read_document_scope(document).is_elsewhere


def is_document_of_city(document: Document) -> bool:
    """Return True if a document may speak for the whole city: no other unit is known to be its."""
    return read_document_scope(document).kind in {"city", "unknown"}


def is_time_of_city(when: str, document: Document) -> bool:
    """Return True if a time lies in today's city's; without one, the document's own decides.

    ``when`` may be a range ``a..b``; all of it has to lie there.
    """
    own = document.as_of or document.dated or document.issued
    span = parse_span(when.split("..", 1)[0] or own) or parse_span(document.period[:4])
    return span is not None and span[0] >= CITY_SINCE
