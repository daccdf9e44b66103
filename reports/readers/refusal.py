"""Refusing a file: the words of the catalogue, with the file's name and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t
from reports.model.errors import (
    EncryptedReportError,
    ReportError,
    ReportLimitError,
    ReportToolError,
    UnreadableReportError,
)

if TYPE_CHECKING:
    from typing import Final


class FileRefusedError(Exception):
    """``key`` is of ``reports.open``; ``values`` are what its text names."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


_LIMITS: Final = frozenset(
    {
        "too_large",
        "too_many_pages",
        "too_many_cells",
        "line_too_long",
        "too_many_parts",
        "too_deep",
        "unpacks_too_large",
        "packed_too_tightly",
        "too_slow",
        "scan_too_slow",
        "too_much_memory",
        "too_many_pixels",
    }
)
_ENCRYPTED: Final = frozenset({"encrypted_pdf", "encrypted_office"})
_TOOLS: Final = frozenset({"no_tesseract", "no_tesseract_vietnamese", "no_libreoffice"})


def make_refusal(key: str, name: str, **values: object) -> ReportError:
    """Return the error for ``reports.open.<key>``, of the class that fits the key."""
    words = {"name": name, **values}
    message = t(f"reports.open.{key}").format(**words)
    if key in _LIMITS:
        return ReportLimitError(message)
    if key in _ENCRYPTED:
        return EncryptedReportError(message)
    if key in _TOOLS:
        return ReportToolError(message)
    return UnreadableReportError(message)
