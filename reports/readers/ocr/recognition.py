"""Pages of a PDF that its text does not give, recognised from their picture and put in place."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import OPTIONS, Paragraph
from reports.model.errors import ReportLimitError, ReportToolError
from reports.readers.ocr.scan import describe_unread, find_missing_tool
from reports.readers.page_ranges import join_page_numbers
from reports.readers.refusal import make_refusal
from reports.readers.subprocess_reader import PageNote, read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.model.document import Block, ReadLimits, ReadOptions
    from reports.model.errors import ReportError
    from reports.readers.raw_pages import RawPage

_LEAST_SECONDS: Final = 2.0
_LITTLE_MORE: Final = 1.3
"""A drawing that gives hardly more letters than the page's text is no writing."""


@dataclass(frozen=True)
class Recognition:
    """All pages in order; those not read, those read from their picture, and what to say."""

    pages: tuple[RawPage, ...]
    messages: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()


def recognise_pages(
    pages: Sequence[RawPage],
    data: bytes,
    name: str,
    limits: ReadLimits,
    *,
    started: float,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> Recognition:
    """Return the pages with what recognition gives for those that need it.

    A page that can't be recognised keeps what its text gives, but for letters that make no sense,
    and is named. Raises ``ReportError`` where that leaves nothing, and as ``read_pages`` does
    when all pages are scans and too many for the time.
    """
    needed = [page for page in pages if page.scanned or page.pictures]
    if not needed:
        return Recognition(tuple(pages))
    missing = find_missing_tool()
    if missing:
        fault, notes, found = missing, [], {}
    else:
        # A page with a text layer, or text beside scans, is better than a refusal.
        patient = any(page.parts for page in pages) or len(needed) < len(pages)
        left = limits.max_seconds - (time.monotonic() - started)
        reading = read_pages(
            "scan",
            data,
            name,
            replace(limits, max_seconds=max(_LEAST_SECONDS, left)),
            progress=progress,
            options=options,
            only={page.number: () if page.scanned else page.pictures for page in needed},
            patient=patient,
        )
        fault = _name_fault(reading.fault)
        notes = [note for note in reading.notes if note.unread]
        found = {page.number: page.parts for page in reading.pages}
    failed = {note.page: note for note in notes}
    return _merge_pages(pages, found, failed, fault, name, limits)


def _merge_pages(  # noqa: PLR0917 - one call, split off for its length
    pages: Sequence[RawPage],
    found: dict[int, tuple[Block, ...]],
    failed: dict[int, PageNote],
    fault: str,
    name: str,
    limits: ReadLimits,
) -> Recognition:
    made: list[RawPage] = []
    unread: list[PageNote] = []
    unread_pictures: list[PageNote] = []
    by_layer: list[int] = []
    recognised: list[int] = []
    pictures: list[int] = []
    for page in pages:
        number, blocks = page.number, found.get(page.number)
        if not (page.scanned or page.pictures):
            made.append(page)
        elif blocks is None:
            note = failed.get(number) or PageNote(number, fault or "too_slow", {}, unread=True)
            note = replace(note, values={"seconds": round(limits.max_seconds), **note.values})
            if page.scanned == "layer":
                by_layer.append(number)
            else:
                (unread if page.scanned else unread_pictures).append(note)
            made.append(_keep_text(page))
        elif not page.scanned:
            pictures.extend([number] if blocks else [])
            made.append(replace(page, parts=(*page.parts, *blocks)))
        elif blocks and (page.scanned != "drawn" or _says_more(blocks, page.parts)):
            recognised.append(number)
            made.append(replace(page, parts=blocks))
        else:
            if page.scanned != "drawn" or not page.parts:
                unread.append(PageNote(number, "no_letters", {}, unread=True))
            made.append(_keep_text(page))
    if unread and not any(page.parts for page in made):
        raise make_refusal(unread[0].key, name, **unread[0].values)
    messages = (
        *describe_unread(unread),
        *describe_unread(unread_pictures, "unread_pictures"),
        *_describe_pages("by_layer", by_layer),
        *_describe_pages("recognised_pages", recognised),
        *_describe_pages("recognised_pictures", pictures),
    )
    named = sorted(note.page for note in (*unread, *unread_pictures))
    return Recognition(tuple(made), messages, tuple(named), tuple(recognised))


def _keep_text(page: RawPage) -> RawPage:
    """Return the page with what its text gives, nothing where its letters make no sense."""
    return replace(page, parts=()) if page.scanned == "garbled" else page


def _says_more(blocks: Sequence[Block], parts: Sequence[Block]) -> bool:
    return _count_letters(blocks) > _LITTLE_MORE * _count_letters(parts)


def _name_fault(fault: ReportError | None) -> str:
    if isinstance(fault, ReportToolError):
        return "no_tesseract"
    return "too_slow" if isinstance(fault, ReportLimitError) else "damaged" if fault else ""


def _describe_pages(key: str, pages: Sequence[int]) -> tuple[str, ...]:
    return (t(f"reports.scan.{key}", pages=join_page_numbers(pages)),) if pages else ()


def _count_letters(blocks: Sequence[Block]) -> int:
    texts = (
        [block.text]
        if isinstance(block, Paragraph)
        else [cell.text for row in block.rows for cell in row.cells]
        for block in blocks
    )
    return sum(not sign.isspace() for own in texts for text in own for sign in text)
