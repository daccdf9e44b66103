"""Pictures (PNG, JPEG, TIFF, WebP, HEIC …) through Tesseract with Vietnamese data.

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
from reports.readers.ocr.picture_formats import PILLOW_NAMES, tell_picture_format
from reports.readers.page_cleanup import (
    check_cell_count,
    join_paragraphs,
    strip_headers_and_footers,
)
from reports.readers.page_ranges import describe_left_out_pages, join_page_numbers
from reports.readers.raw_pages import assemble_document
from reports.readers.refusal import make_refusal
from reports.readers.subprocess_reader import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.model.document import Document, ReadLimits, ReadOptions
    from reports.readers.subprocess_reader import PageNote

_LANGUAGE: Final = "vie"
_SECONDS: Final = 20


def read_scan(
    data: bytes,
    name: str,
    limits: ReadLimits,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> Document:
    """Return the document of a picture; ``progress`` is called with pages read and pages in all.

    Raises ``ReportToolError`` where Tesseract or its Vietnamese data is not installed,
    ``ReportLimitError`` for pages, pixels or seconds beyond the limits, and
    ``UnreadableReportError`` for a damaged picture, one of a format that is not read, and one
    whose letters are too small.
    """
    missing = find_missing_tool()
    if missing and tell_picture_format(data) in {*PILLOW_NAMES, ""}:
        raise make_refusal(missing, name)
    reading = read_pages("scan", data, name, limits, progress=progress, options=options)
    unread = [note for note in reading.notes if note.unread]
    if unread and not any(page.parts for page in reading.pages):
        raise make_refusal(unread[0].key, name, **unread[0].values)
    check_cell_count(reading.pages, name, limits)
    notes = (t(f"reports.scan.{n.key}").format(**n.values) for n in reading.notes if not n.unread)
    return assemble_document(
        join_paragraphs(strip_headers_and_footers(reading.pages)),
        name=name,
        data=data,
        media="scan",
        page_count=reading.total,
        messages=(
            *describe_unread(unread),
            t("reports.scan.recognised"),
            *notes,
            *describe_left_out_pages(reading.total, options),
        ),
        unread_pages=[note.page for note in unread],
    )


def find_missing_tool() -> str:
    """Return the key of ``reports.open`` of what recognition lacks; '' where it can be done."""
    languages = list_tesseract_languages()
    if not languages:
        return "no_tesseract"
    return "" if _LANGUAGE in languages else "no_tesseract_vietnamese"


def describe_unread(notes: Sequence[PageNote], key: str = "unread_pages") -> tuple[str, ...]:
    """Return a message for each reason why pages could not be read: which, why, what to do.

    ``key`` is ``unread_pages`` or ``unread_pictures`` of ``reports.scan``.
    """
    reasons: dict[str, list[PageNote]] = {}
    for note in notes:
        words = t(f"reports.scan.why.{note.key}").format(**note.values)
        reasons.setdefault(words, []).append(note)
    return tuple(
        t(
            f"reports.scan.{key}",
            pages=join_page_numbers(sorted(note.page for note in own)),
            reason=words,
        )
        for words, own in reasons.items()
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
