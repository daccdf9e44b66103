"""The sentences of a document as statements, with the balance of prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model.statement import SentenceBalance, StatementReading
from reports.narrative.prose import split_sentences

if TYPE_CHECKING:
    from geo.geocoder import Geocoder
    from reports.model.document import Document


def read_sentences(document: Document, geocoder: Geocoder) -> StatementReading:
    """Return what the sentences say; every one is read, asked about, or nothing for us."""
    del geocoder
    total = len(split_sentences(document))
    return StatementReading(balance=SentenceBalance(total, 0, 0, total))
