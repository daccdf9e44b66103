"""From a document to its statements: sentences and lists first, then tables by their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model.statement import StatementReading
from reports.statements.sentences import read_sentences

if TYPE_CHECKING:
    from geo.geocoder import Geocoder
    from reports.model.document import Document


def read_statements(
    document: Document, geocoder: Geocoder, rows: StatementReading
) -> StatementReading:
    """Return what a document says, and what is left over; ``rows`` is what its tables say."""
    prose = read_sentences(document, geocoder)
    return StatementReading(
        (*prose.statements, *rows.statements), (*prose.unread, *rows.unread), prose.balance
    )
