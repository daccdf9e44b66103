"""What every reader of workbooks hands over: sheets as pages, in the order of the workbook."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reports.readers.raw_pages import RawPage
from reports.readers.sheets.grid import build_rows
from reports.readers.sheets.layout import split_sheet
from reports.readers.sheets.worksheet import Budget, Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class FoundSheet:
    """A sheet with its name; ``hidden`` is one that the workbook does not show at all."""

    name: str
    hidden: bool = False
    content: Worksheet = field(default_factory=Worksheet)
    messages: tuple[str, ...] = ()


def make_budget(max_cells: int, max_seconds: float) -> Budget:
    """Return what reading a workbook may cost from now on."""
    return Budget(max_cells, time.monotonic() + max_seconds, max_cells, max_seconds)


def iterate_pages(
    sheets: Iterator[FoundSheet], budget: Budget
) -> Iterator[dict[str, Any] | RawPage]:
    """Yield how many sheets there are, then each as a page; visible ones count from 1."""
    found = list(sheets)
    yield {"count": len(found)}
    number = 0
    for sheet in found:
        number += not sheet.hidden
        rows, _ = build_rows(sheet.content, budget, hidden=sheet.hidden)
        yield RawPage(
            0 if sheet.hidden else number,
            split_sheet(rows) if rows else (),
            sheet=sheet.name,
            messages=sheet.messages,
        )
