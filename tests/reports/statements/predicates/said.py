"""What a few sentences say, in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.geocoder import get_default_geocoder
from reports.extract import extract_document
from reports.open import open_document

if TYPE_CHECKING:
    from reports.model.statement import Statement

HEAD = "Ngày 12/11/2025\n\n"


def find(text: str, field: str = "") -> list[Statement]:
    """Return the statements of a text of 12 November 2025, of one field or all."""
    document = open_document((HEAD + text + "\n").encode(), "van-ban.txt")
    statements = extract_document(document, get_default_geocoder()).reading.statements
    return [s for s in statements if field in {"", s.field}]
