"""Which pages a person asks for (``2-5, 8``), and how the rest is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import ReadOptions


_RANGE: Final = re.compile(r"(\d{1,5})(?:\s*[-–—]\s*(\d{1,5}))?")
_MOST: Final = 50


class PageRangeError(ReportError):
    """A text is no range of pages."""


def parse_page_ranges(text: str, pages: int = 0) -> tuple[tuple[int, int], ...]:
    """Return the ranges (from 1, inclusive) that a text names, in order; none for an empty text.

    ``pages`` is how many the file has, 0 where that is not known. Raises ``PageRangeError`` for
    what is no range, runs backwards, or lies wholly beyond the last page.
    """
    found: list[tuple[int, int]] = []
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) > _MOST:
        raise PageRangeError(t("reports.pages.too_many", most=_MOST))
    for part in parts:
        match = _RANGE.fullmatch(part)
        if match is None:
            raise PageRangeError(t("reports.pages.no_range", text=part[:20]))
        first = int(match[1])
        last = int(match[2] or match[1])
        if first < 1 or last < first:
            raise PageRangeError(t("reports.pages.backwards", text=part[:20]))
        found.append((first, last))
    if pages and found and min(first for first, _ in found) > pages:
        raise PageRangeError(t("reports.pages.beyond", pages=pages))
    return tuple(sorted(found))


def format_page_ranges(ranges: tuple[tuple[int, int], ...]) -> str:
    """Return ranges as a person writes them."""
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def list_wanted_pages(count: int, ranges: Sequence[Sequence[int]]) -> list[int]:
    """Return the pages (1-based) of a file of ``count`` that the ranges hold; all without any."""
    if not ranges:
        return list(range(1, count + 1))
    wanted: set[int] = set()
    for first, last in ranges:
        wanted.update(range(max(1, first), min(count, last) + 1))
    return sorted(wanted)


def describe_left_out_pages(count: int, options: ReadOptions) -> tuple[str, ...]:
    """Return the message that names the pages that were not asked for; none when all were."""
    wanted = set(list_wanted_pages(count, options.pages))
    left = [page for page in range(1, count + 1) if page not in wanted]
    return (t("reports.read.pages_left_out", pages=join_page_numbers(left)),) if left else ()


def join_page_numbers(pages: Iterable[int]) -> str:
    """Return pages in rising order as ``1–3, 5``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
