"""Tables of several periods in one file, such as a sheet for each quarter: which one is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.i18n import t
from reports.model.head.document_head import add_document_metadata
from reports.tables.grid.columns import find_heading_period
from reports.tables.project_rows import is_project_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Document
    from reports.tables.grid.stitched_table import StitchedTable

_MONTHS_OF_HALF = 6
_MONTHS_OF_QUARTER = 3


def choose_period(document: Document, tables: Sequence[StitchedTable], period: str) -> Document:
    """Return the document with the period that is read; tables are given theirs.

    Only where the sheets or titles of project tables name more than one: then it is the given
    period, else the document's own if a table has it, else the latest.
    """
    stated = {id(table): _find_period(table) for table in tables if is_project_table(table)}
    periods = sorted({found for found in stated.values() if found})
    if len(periods) < 2:  # noqa: PLR2004 - one period, or none stated
        return document
    for table in tables:
        table.period = stated.get(id(table), "")
    sheets = len({table.sheet for table in tables}) > 1
    if period in periods:
        chosen = period
    elif document.period in periods and not sheets:
        chosen = document.period
    else:
        chosen = max(periods, key=_order_period)
    if chosen == document.period:
        return document
    as_of = "" if document.period else document.as_of
    return add_document_metadata(replace(document, period=chosen, as_of=as_of))


def _find_period(table: StitchedTable) -> str:
    """Return the period that a table's sheet or the titles above it name."""
    for title in (table.sheet, *reversed(table.titles)):
        found = find_heading_period(title.replace(".", " ").replace("_", " "))
        if found and found[0] and found[2] < 12:  # noqa: PLR2004 - a year is no period of reports
            return _format_period(*found)
    return ""


def _format_period(year: int, end: int, months: int) -> str:
    if months == _MONTHS_OF_HALF:
        return f"{year}-H{end // _MONTHS_OF_HALF}"
    if months == _MONTHS_OF_QUARTER:
        return f"{year}-Q{end // _MONTHS_OF_QUARTER}"
    return f"{year}-{end:02}"


def _order_period(period: str) -> tuple[int, int]:
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return int(year), int(part[1]) * _MONTHS_OF_QUARTER
    if part.startswith("H"):
        return int(year), int(part[1]) * _MONTHS_OF_HALF
    return int(year), int(part or 12)


def describe_other_periods(tables: Sequence[StitchedTable], period: str) -> tuple[str, ...]:
    """Return a message for each table that is of another period and was not read."""
    return tuple(
        t(
            "reports.columns.other_period",
            table=table.sheet or table.title,
            own=table.period,
            period=period,
            rows=sum(1 for row in table.rows if row.kind == "row"),
        )
        for table in tables
        if table.period not in {"", period}
    )
