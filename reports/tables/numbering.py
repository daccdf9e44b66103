"""Running numbers and group sizes of a project table: gaps, doubles, groups smaller than stated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.extraction import Indicator, QueueEntry
from reports.tables.groups import find_phase
from reports.tables.project_rows import is_project_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")


def find_gaps(table: StitchedTable, before: int = 0) -> Iterator[QueueEntry]:
    """Yield a question for each row whose number is missing, double or out of order.

    ``before`` is the last number of the table before, which this one may go on from.
    """
    if table.mark_column is None:
        return  # the table has no numbers: that is asked about once
    first = next((row.number for row in table.rows if row.kind == "row" and row.number), 0)
    last = before if first == before + 1 else 0
    seen: set[int] = set()
    group = False
    for row in table.rows:
        if row.kind == "section":
            group = True
        if row.kind != "row" or _DOTTED.fullmatch(row.mark):
            continue
        number = row.number
        if group and number == 1:  # numbers may begin anew in every group
            last, seen = 0, set()
        group = False
        name = row.cell(table.column("name")).text
        if number is None:
            detail = t("reports.queue.row_without_number", after=last)
            yield QueueEntry("row_without_number", f"{row.mark} {name}".strip(), row.place, detail)
            last += 1
            continue
        if number in seen:
            detail = t("reports.queue.number_twice", number=number)
            yield QueueEntry("gap_in_numbers", f"{number} {name}", row.place, detail)
        elif number != last + 1:
            detail = t("reports.queue.gap_in_numbers", last=last, number=number)
            yield QueueEntry("gap_in_numbers", f"{number} {name}", row.place, detail)
        seen.add(number)
        last = number


def find_wrong_counts(table: StitchedTable) -> Iterator[QueueEntry]:
    """Yield a question for each group that has more or fewer rows than its heading says."""
    for index, row in enumerate(table.rows):
        stated = row.stated_count if row.kind != "row" else None
        if stated is None:
            continue
        member_count = sum(1 for _ in _iterate_members(table.rows, index))
        if member_count != stated:
            detail = t("reports.queue.group_count_differs", stated=stated, found=member_count)
            yield QueueEntry("group_count_differs", row.title, row.place, detail)


def _iterate_members(rows: list[StitchedRow], index: int) -> Iterator[StitchedRow]:
    """Yield the rows of a group: up to the next heading of its rank or a higher one."""
    heading = rows[index]
    depth = heading.mark.count(".") if heading.mark else -1
    for row in rows[index + 1 :]:
        if row.kind == "section" and heading.kind == "section":
            if row.mark.count(".") <= depth:
                return
        elif row.kind == "row":
            yield row


def find_group_counts(table: StitchedTable) -> Iterator[Indicator]:
    """Yield the counts that the group headings of a project table state."""
    if not is_project_table(table):
        return
    total = next((row.stated_count for row in table.rows if row.kind == "total"), None)
    for row in table.rows:
        count = row.stated_count if row.kind != "row" else None
        if count is None:
            continue
        measure = "listed" if row.kind == "total" else find_phase(row.title) or f"group_{row.mark}"
        of = None if row.kind == "total" else total
        yield Indicator("key_projects", measure, count, of, "project", row.title, row.place)
