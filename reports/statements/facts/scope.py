"""Whose document it is, and whether a time is one of today's city."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import parse_span

if TYPE_CHECKING:
    from reports.model.document import Document

CITY_SINCE: Final = date(2025, 7, 1)
"""The day from which Hải Phòng is the city of today, the former Hải Dương with it."""

_MINISTRY: Final = re.compile(r"^\W*(?:bo|tong cuc|cuc|chinh phu|van phong chinh phu)\b")
_PROVINCE: Final = re.compile(r"\b(?:tinh|thanh pho|tp\.?) +(?P<name>\w+(?: \w+)?)")
_OURS: Final = frozenset({"hai phong", "hai duong"})
_UNITS: Final = frozenset({"uy", "doan", "doi"})
"""Words after "tỉnh" that name a body of it ("Tỉnh ủy")."""


def is_foreign_document(document: Document) -> bool:
    """Return True if a document is a ministry's or another province's, by issuer and title."""
    issuer = fold_text(document.issuer)
    if "hai phong" in issuer or "hai duong" in issuer:
        return False
    if _MINISTRY.match(issuer):
        return True
    return _names_other_province(issuer) or (
        not issuer and _names_other_province(fold_text(document.title))
    )


def _names_other_province(folded: str) -> bool:
    """Return True if a text names provinces and none of them is ours."""
    named = [
        match["name"]
        for match in _PROVINCE.finditer(folded)
        if match["name"].split()[0] not in _UNITS
    ]
    return bool(named) and not any(name in _OURS for name in named)


def is_time_of_city(when: str, document: Document) -> bool:
    """Return True if a time lies in today's city's; without one, the document's own decides.

    ``when`` may be a range ``a..b``; all of it has to lie there.
    """
    first = when.split("..", 1)[0] or document.as_of or document.issued
    span = parse_span(first) or parse_span(document.period[:4] if document.period else "")
    return span is not None and span[0] >= CITY_SINCE
