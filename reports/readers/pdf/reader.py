"""PDF with a text layer: tables by their ruling lines, paragraphs, footnotes; page furniture goes.

Numbers of pages and running heads are left out, and a paragraph that goes on over the page is
put together again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t
from reports.model.document import OPTIONS
from reports.readers.page_cleanup import (
    check_cell_count,
    join_paragraphs,
    strip_headers_and_footers,
)
from reports.readers.page_ranges import describe_left_out_pages
from reports.readers.raw_pages import RawPage, assemble_document
from reports.readers.subprocess_reader import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.model.document import Document, ReadLimits, ReadOptions


def read_pdf(
    data: bytes,
    name: str,
    limits: ReadLimits,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> Document:
    """Return the document of a PDF; one without a text layer is read as a scan.

    ``progress`` is called with pages read and pages in all. Raises ``ReportError``.
    """
    pages, count = read_pages("pdf", data, name, limits, progress=progress, options=options)
    if not any(page.parts for page in pages):
        from reports.readers.ocr.scan import read_scan  # noqa: PLC0415 - only where it is needed

        return read_scan(data, name, limits, progress, options)
    check_cell_count(pages, name, limits)
    return assemble_document(
        join_paragraphs(strip_headers_and_footers(pages)),
        name=name,
        data=data,
        media="pdf",
        page_count=count,
        messages=(*_describe_wordless_pages(pages), *describe_left_out_pages(count, options)),
    )


def _describe_wordless_pages(pages: Sequence[RawPage]) -> tuple[str, ...]:
    """Return the message that names the pages without a text layer; none when all have one."""
    missing = ", ".join(str(page.number) for page in pages if not page.parts)
    return (t("reports.open.wordless_pages", pages=missing),) if missing else ()
