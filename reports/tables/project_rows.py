"""Project tables: which tables are such, their rows in order, and what is open about the table.

Running numbers and sizes of groups are compared: gaps, doubles, groups smaller than stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from geo.text import fold_text, normalise_spelling
from reports.grammar.numbers import detect_number_style, settle_style
from reports.model.extraction import ClearanceStatement, Indicator, ProjectRow, QueueEntry
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.tables.grid.headings import read_money_unit
from reports.tables.groups import TableGroup, find_phase
from reports.tables.row_reader import RowReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from geo.geocoder import Geocoder
    from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

_NEEDED: Final = ("no", "investment", "location", "forecast")
_NEEDED_IN_LISTS: Final = ("no", "investment", "location")
"""Of a table that tells no progress, and so forecasts none."""
_PROGRESS: Final = frozenset({"planned", "actual", "forecast", "obstacles"})
_MONEY_UNIT: Final = r"((?:nghin |ngan )?(?:ty|ti|trieu|dong)\b(?: ?(?:dong|vnd))?)"
_UNIT_LINE: Final = re.compile(
    rf"\b(?:don vi(?: tinh)?|dvt)\b\s*[:(]?\s*{_MONEY_UNIT}|^\W*{_MONEY_UNIT}\W*$"
)
_PLAIN: Final = re.compile(r"\d{4,12}")
_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")


@dataclass
class ProjectTable:
    """The projects of a table and what about it has to be looked at."""

    projects: list[ProjectRow] = field(default_factory=list)
    queue: list[QueueEntry] = field(default_factory=list)


def is_project_table(table: StitchedTable) -> bool:
    """Return True if the columns are those of a list of projects."""
    keys = set(table.keys)
    progress = keys & _PROGRESS
    return (
        "name" in keys
        and len(keys & {"investment", "location"}) + len(progress) > 1
        and bool(keys & {"investment", "location"})
    )


def read_projects(table: StitchedTable, geocoder: Geocoder, as_of: date | None) -> ProjectTable:
    """Return the rows of a project table; ``as_of`` says which communes its names mean."""
    read = ProjectTable()
    group = TableGroup()
    unit, open_questions = _settle_units(table)
    columns = [column.index for column in table.list_columns("investment", "")]
    amounts = [row.cell(index).text for row in table.rows if row.kind == "row" for index in columns]
    style = detect_number_style(amounts)
    whole = not style and _are_whole(amounts)
    if not style and not whole:
        style = settle_style(amounts, _list_other_cells(table, columns), "")
    for row in table.rows:
        if row.kind == "section":
            group.enter_group(row)
        elif row.kind == "row":
            reader = RowReader(table, row, geocoder, as_of)
            reader.read_investment(unit, style, whole=whole)
            read.projects.append(reader.read_project(group))
            read.queue.extend(reader.queue)
    if read.projects:
        read.queue.extend((*open_questions, *_question_columns(table)))
    return read


def _list_other_cells(table: StitchedTable, columns: Sequence[int]) -> list[str]:
    """Return what stands in the other columns of a table's rows: they may tell how it groups."""
    others = [column.index for column in table.columns if column.index not in columns]
    rows = [row for row in table.rows if row.kind == "row"]
    return [text for row in rows for at in others if (text := row.cell(at).text)]


def _are_whole(amounts: Sequence[str]) -> bool:
    """Return True if a column holds plain whole numbers of thousands, so that none has decimals.

    A lone "234.539" among 1198916 and 584065 in millions is then 234 thousand and more.
    """
    plain = [text for text in amounts if _PLAIN.fullmatch(text.strip())]
    return len(plain) >= 2  # noqa: PLR2004 - one alone shows nothing


def find_stated_unit(table: StitchedTable) -> float | None:
    """Return the unit of money that stands above a table, in million VND; ``None`` for none."""
    for title in reversed(table.titles):
        match = _UNIT_LINE.search(fold_text(title))
        if match:
            return read_money_unit(match[1] or match[2])
    return None


def _question_columns(table: StitchedTable) -> Iterator[QueueEntry]:
    """Yield what is open about a table's columns: missing, of one meaning, of two units."""
    first = (table.header_lines or table.rows[0].lines)[0]
    place = first.place
    raw = " | ".join(table.headings)
    needed = _NEEDED if table.keys & _PROGRESS else _NEEDED_IN_LISTS
    missing = [key for key in needed if key not in table.keys]
    if missing and table.counted:
        names = ", ".join(t(f"reports.column.{key}") for key in missing)
        detail = t("reports.queue.missing_column", columns=names)
        yield QueueEntry("missing_column", raw, place, detail)
    competing = [column for column in table.columns if column.state == "competing"]
    for key in dict.fromkeys((column.key, column.topic) for column in competing):
        names = ", ".join(f"“{c.heading}”" for c in competing if (c.key, c.topic) == key)
        detail = t("reports.queue.columns_compete", columns=names)
        yield QueueEntry("columns_compete", names, place, detail)


def _settle_units(table: StitchedTable) -> tuple[float | None, list[QueueEntry]]:
    """Return the unit that holds where a heading names none; one that disagrees is dropped."""
    above = find_stated_unit(table)
    questions: list[QueueEntry] = []
    columns = list(table.columns)
    for column in table.list_columns("investment", ""):
        odd = above is not None and column.unit not in {None, above} and not column.unit_name
        if odd and table.header_lines:
            detail = t("reports.queue.unknown_unit", heading=column.heading)
            place = table.header_lines[-1].place
            questions.append(QueueEntry("unknown_unit", column.heading, place, detail))
            columns[column.index] = replace(column, unit=None)
    table.columns = tuple(columns)
    return (None if questions else above), questions


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


def read_clearance(row: ProjectRow) -> tuple[ClearanceStatement, ...]:
    """Return what a row says of land that is not free; by commune where it lies in just one."""
    commune = row.communes[0].code if len(row.communes) == 1 else ""
    bodies = "; ".join(value.value for value in row.values if value.field == "asked_to_act")
    return tuple(
        ClearanceStatement(
            commune,
            row.no or None,
            value.value,
            normalise_spelling(value.raw),
            bodies,
            value.raw,
            value.place,
        )
        for value in row.values
        if value.field == "obstacle" and value.value in CLEARANCE_CATEGORIES
    )
