"""What every reader of workbooks hands over: sheets as pages, in the order of the workbook."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from reports.readers.raw_pages import RawPage
from reports.readers.sheets.excel.grid import build_rows
from reports.readers.sheets.excel.worksheet import Budget, Worksheet
from reports.readers.sheets.layout import split_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLES: Final = 3


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
    guide = t("reports.template.guide")
    found = [sheet for sheet in sheets if sheet.name != guide]
    yield {"count": len(found)}
    number = 0
    for sheet in found:
        number += not sheet.hidden
        rows, _ = build_rows(sheet.content, budget, hidden=sheet.hidden)
        yield RawPage(
            0 if sheet.hidden else number,
            split_sheet(rows) if rows else (),
            sheet=sheet.name,
            messages=() if sheet.hidden else (*sheet.messages, *_describe_errors(sheet)),
        )


def _describe_errors(sheet: FoundSheet) -> tuple[str, ...]:
    errors = sheet.content.errors
    if not errors:
        return ()
    cells = ", ".join(f"{address} ({shown})" for address, shown in errors[:_SAMPLES])
    cells += ", …" if len(errors) > _SAMPLES else ""
    return (t("reports.sheet.errors", sheet=sheet.name, count=len(errors), cells=cells),)
