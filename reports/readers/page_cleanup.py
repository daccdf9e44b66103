"""What is taken off the pages of a document: page numbers, running heads, breaks of paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from reports.model.document import Paragraph, TableBlock
from reports.readers.raw_pages import RawPage
from reports.readers.refusal import make_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Block, ReadLimits

PAGE_NUMBER: Final = re.compile(
    r"(?:trang\s*)?[-–—]?\s*\d{1,4}\s*(?:[/-]\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+")
_SENTENCE_END: Final = (".", ";", ":", "!", "?", "…", "”", '"', ")", "/")
_HEAD_LENGTH: Final = 150
_HEAD_PAGES: Final = 3
_HEAD_LINES: Final = 3
_SAME_HEAD: Final = 85


def check_cell_count(pages: Sequence[RawPage], name: str, limits: ReadLimits) -> None:
    """Raise ``ReportLimitError`` when the tables have more cells than the limit."""
    cells = sum(
        len(row.cells)
        for page in pages
        for part in page.parts
        if isinstance(part, TableBlock)
        for row in part.rows
    )
    if cells > limits.max_cells:
        raise make_refusal("too_many_cells", name, limit=limits.max_cells)


def strip_headers_and_footers(pages: Sequence[RawPage]) -> list[RawPage]:
    """Return the pages without page numbers and without lines that head or foot most pages."""
    trimmed_pages = [_trim_page(page, frozenset()) for page in pages]
    enough = max(_HEAD_PAGES, len(pages) // 2)
    for _ in range(_HEAD_LINES):
        heads = Counter(
            key
            for page in trimmed_pages
            for key in {_make_head_key(page, index) for index in (0, -1)}
        )
        running = frozenset(key for key, n in heads.items() if key and n >= enough)
        if not running:
            break
        trimmed_pages = [_trim_page(page, running) for page in trimmed_pages]
    return trimmed_pages


def join_paragraphs(pages: Sequence[RawPage]) -> list[RawPage]:
    """Return the pages with each paragraph that runs over a page's end whole on its first page."""
    result: list[list[Block]] = []
    open_at: tuple[int, int] | None = None
    for number, page in enumerate(pages):
        parts = list(page.parts)
        first = parts[0] if parts else None
        if open_at and isinstance(first, Paragraph) and _is_continuation(first):
            before = result[open_at[0]][open_at[1]]
            if isinstance(before, Paragraph):
                result[open_at[0]][open_at[1]] = replace(
                    before,
                    text=f"{before.text} {first.text}",
                    confidence=min(before.confidence, first.confidence),
                )
                del parts[0]
        result.append(parts)
        open_at = _find_open_end(parts, number)
    return [RawPage(page.number, tuple(parts)) for page, parts in zip(pages, result, strict=True)]


def _find_open_end(parts: Sequence[Block], page: int) -> tuple[int, int] | None:
    """Return where the page's last paragraph of the body is when its sentence is unfinished."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if isinstance(part, TableBlock):
            return None
        if not part.footnote:
            return None if part.text.rstrip().endswith(_SENTENCE_END) else (page, index)
    return None


def _is_continuation(paragraph: Paragraph) -> bool:
    first = paragraph.text.lstrip()[:1]
    return first.islower() and not paragraph.footnote


def _trim_page(page: RawPage, running: frozenset[str]) -> RawPage:
    """Return the page without page numbers and running lines at its beginning and its end."""
    parts = list(page.parts)
    for index in (0, -1):
        while parts:
            part = parts[index]
            if isinstance(part, TableBlock) or part.footnote:
                break
            text = part.text.strip()
            if not (PAGE_NUMBER.fullmatch(text) or _is_running_line(_mask_digits(text), running)):
                break
            del parts[index]
    return RawPage(page.number, tuple(parts))


def _is_running_line(shape: str, running: frozenset[str]) -> bool:
    """Return True if a line is a running one; in a scan some letters of it may be misread."""
    return any(fuzz.ratio(shape, known) >= _SAME_HEAD for known in running)


def _make_head_key(page: RawPage, index: int) -> str:
    part = page.parts[index] if page.parts else None
    if isinstance(part, Paragraph) and len(part.text) <= _HEAD_LENGTH and not part.footnote:
        return _mask_digits(part.text.strip())
    return ""


def _mask_digits(text: str) -> str:
    return _DIGITS.sub("#", text)
