"""Scans (PDF without text, PNG, JPEG, TIFF) through Tesseract with Vietnamese data.

Every cell carries how sure its reading is. Numbers are read twice, with different models; where
the readings differ the confidence is low, so that the value goes to a person.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import OPTIONS
from reports.readers.page_cleanup import (
    check_cell_count,
    join_paragraphs,
    strip_headers_and_footers,
)
from reports.readers.raw_pages import assemble_document
from reports.readers.refusal import make_refusal
from reports.readers.subprocess_reader import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.document import Document, ReadLimits, ReadOptions

_LANGUAGE: Final = "vie"
_SECONDS: Final = 20


def read_scan(
    data: bytes,
    name: str,
    limits: ReadLimits,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> Document:
    """Return the document of a scan; ``progress`` is called with pages read and pages in all.

    Raises ``ReportToolError`` where Tesseract or its Vietnamese data is not installed,
    ``ReportLimitError`` for pages, pixels or seconds beyond the limits, and
    ``UnreadableReportError`` for a damaged picture.
    """
    languages = list_tesseract_languages()
    if not languages:
        raise make_refusal("no_tesseract", name)
    if _LANGUAGE not in languages:
        raise make_refusal("no_tesseract_vietnamese", name)
    pages, count = read_pages("scan", data, name, limits, progress=progress, options=options)
    check_cell_count(pages, name, limits)
    return assemble_document(
        join_paragraphs(strip_headers_and_footers(pages)),
        name=name,
        data=data,
        media="scan",
        page_count=count,
        messages=(t("reports.scan.recognised"),),
    )


@cache
def list_tesseract_languages() -> frozenset[str]:
    """Return the languages that the installed Tesseract reads; empty where there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run(  # noqa: S603 - the program found by its own name
            [program, "--list-langs"],
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.strip() for line in listed.stdout.splitlines()[1:])
