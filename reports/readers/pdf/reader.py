"""PDF: tables by their ruling lines, paragraphs, footnotes; page furniture goes.

Numbers of pages and running heads are left out, and a paragraph that goes on over the page is
put together again.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reports.model.document import OPTIONS
from reports.readers.ocr.recognition import Recognition, recognise_pages
from reports.readers.page_cleanup import (
    check_cell_count,
    join_paragraphs,
    strip_headers_and_footers,
)
from reports.readers.page_ranges import describe_left_out_pages
from reports.readers.raw_pages import assemble_document
from reports.readers.subprocess_reader import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.document import Document, ReadLimits, ReadOptions


def read_pdf(
    data: bytes,
    name: str,
    limits: ReadLimits,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> Document:
    """Return the document of a PDF, its pages in order; scanned ones are recognised.

    A page is judged by itself (``pdf.scanned``). ``progress`` is called with pages read and pages
    in all. Raises ``ReportError``.
    """
    started = time.monotonic()
    reading = read_pages("pdf", data, name, limits, progress=progress, options=options)
    recognition = Recognition(tuple(reading.pages))
    if any(page.scanned or page.pictures for page in reading.pages):
        recognition = recognise_pages(
            reading.pages, data, name, limits, started=started, progress=progress, options=options
        )
    pages = recognition.pages
    check_cell_count(pages, name, limits)
    read = {page.number for page in pages if page.parts}
    return assemble_document(
        join_paragraphs(strip_headers_and_footers(pages)),
        name=name,
        data=data,
        media="scan" if read and read <= set(recognition.recognised) else "pdf",
        page_count=reading.total,
        messages=(*recognition.messages, *describe_left_out_pages(reading.total, options)),
        unread_pages=recognition.unread,
    )
