"""Which pages a person asks for, and how the rest is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import ReadOptions


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
