"""A table that is understood, read row by row: groups give context, sums are no items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.grammar.cell_parts import says_nothing
from reports.model.head.document_scope import read_document_scope
from reports.statements.tables.cells.words import read_event, split_name
from reports.statements.tables.left_over import leave_row, question_row
from reports.statements.tables.row_places import RowPlace, find_province, place_name, place_row
from reports.statements.tables.row_statements import RowReading, read_row_unit
from reports.statements.tables.subjects import (
    GroupContext,
    Subject,
    find_about,
    find_title,
    is_commune_name,
    name_subject,
)
from reports.statements.totals.row_parts import EntryKind, TableEntry, link_rows
from reports.tables.cell_balance import list_read_keys
from reports.tables.project_rows import is_project_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.statements.tables.declarations import Declarations
    from reports.statements.tables.role_columns import TableRoles
    from reports.statements.tables.table_reading import TableReading
    from reports.tables.grid.stitched_table import StitchedRow, StitchedTable

_READ: Final = ("value", "time", "body", "note", "obstacle", "work")
_TITLE_LENGTH: Final = 200
_DIGIT: Final = re.compile(r"\d")
_FIGURE: Final = re.compile(r"\d{2}")
_LETTER: Final = re.compile(r"[a-zđ]\s?[.)]?")


@dataclass(frozen=True)
class TableContext:
    """What holds for all rows of a table: the document, what it declares, the geocoder."""

    document: Document
    declared: Declarations
    geocoder: Geocoder


class TableReader:
    """One table while its rows are read into a ``TableReading``."""

    def __init__(
        self,
        table: StitchedTable,
        roles: TableRoles,
        context: TableContext,
        read: TableReading,
    ) -> None:
        self.table, self.roles, self.read_into = table, roles, read
        document, self.geocoder = context.document, context.geocoder
        self.as_of = context.declared.as_of
        self.when = self.as_of.isoformat() if self.as_of else ""
        self.group = GroupContext()
        self.begin = len(read.statements)
        titles = [line for text in (document.title, *table.titles) for line in text.split("\n")]
        self.titles = [title for title in titles if title and len(title) < _TITLE_LENGTH]
        self.title = find_title(self.titles)
        scope = read_document_scope(document)
        hamlets = roles.subject.key == "hamlet" and scope.kind == "commune"
        self.in_commune = scope.name if hamlets else ""
        self.year = self.when[:4] or scope.as_of[:4]
        self.province = find_province(self.titles) or (scope.province if scope.is_elsewhere else "")
        self.about = find_about(self.titles)
        self.project = is_project_table(table)
        self.tasks = bool(list_read_keys(table)) and not self.project

    def read(self) -> None:
        """Read every row."""
        last: StitchedRow | None = None
        entries: list[TableEntry] = []
        for row in self.table.rows:
            if last is not None and self._is_part_of(last, row):
                self._read_part(last, row)
                entries.append(self._describe(row, "part", entries))
                continue
            last = row if row.kind == "row" else None
            if row.kind == "section":
                self.group.enter(self._get_words(row) or row.title)
            if row.kind != "row":
                self._read_sums(row)
                entries.append(self._describe(row, row.kind, entries))
                continue
            self._read_row(row)
            entries.append(self._describe(row, "row", entries))
            for part in row.parts:
                self._read_part(row, part)
                entries.append(self._describe(part, "part", entries))
        statements = self.read_into.statements
        asked = link_rows(statements, entries)
        self.read_into.asked |= {statements[index].place.cell_key for index in asked}

    def _describe(
        self, row: StitchedRow, kind: EntryKind, entries: Sequence[TableEntry]
    ) -> TableEntry:
        """Return what the sums of the table need of a row that was just read."""
        cells = [cell for pieces in row.cells.values() for cell in pieces]
        words = row.title if kind in {"section", "total"} else self._get_words(row)
        return TableEntry(
            kind,
            row.mark,
            words,
            entries[-1].last if entries else self.begin,
            len(self.read_into.statements),
            row.number,
            whole=kind == "total" and self._is_of_all(" ".join(words.split())),
            filled=frozenset(cell.place.column for cell in cells if not says_nothing(cell.text)),
        )

    def _is_part_of(self, above: StitchedRow, row: StitchedRow) -> bool:
        """Return True for "a) Xã …" with figures below a numbered row: it is a part of that."""
        name = self._get_words(row)
        mark = row.cell(self.table.mark_column).text.strip()
        lettered = bool(_LETTER.fullmatch(mark)) and above.number is not None
        return row.kind == "section" and lettered and is_commune_name(name) and len(row.cells) > 2  # noqa: PLR2004 - figures beside its mark and name

    def _get_words(self, row: StitchedRow) -> str:
        """Return the name of a row, without the body that stands below it in its cell."""
        text = row.cell(self.roles.subject.index).text
        return split_name(text)[0] if self.roles.subject.body_field else text

    def _read_row(self, row: StitchedRow) -> None:
        name = self._get_words(row)
        if says_nothing(name):
            above = row.merged.get(self.roles.subject.index)
            name = above.text if above else ""
        if says_nothing(name):
            self._finish(row, None)
            return
        subject = name_subject(name, self.roles.subject.key, self.group, self.titles)
        self._finish(row, self._read_cells(row, subject, self._find_detail(subject)))

    def _read_cells(self, row: StitchedRow, subject: Subject, detail: str) -> RowReading:
        places = self.roles.find_columns("place")
        places = [c for c in places if not says_nothing(row.cell(c.index).text)]
        where = self._place(row, subject)
        zones = [c.index for c in self.roles.find_columns("zone") if row.cell(c.index).text]
        if zones and not detail:
            detail = " ".join(row.cell(zones[0]).text.split())
        reading = RowReading(row, subject, where, self.when, detail, year=self.year)
        if not self.project:
            reading.worded.add(self.roles.subject.index)
        reading.used |= {self.roles.subject.index, *zones[:1]}
        owner = self.roles.subject.body_field
        body = split_name(row.cell(self.roles.subject.index).text)[1] if owner else ""
        if body:
            reading.add(owner, body, self.roles.subject.index, body, bodies=(body,))
        events = (row.cell(c.index).text for c in self.roles.find_columns("ceremony"))
        reading.event = next((event for text in events if (event := read_event(text))), "")
        unit = read_row_unit(row, self.roles.find_columns("unit"))
        for column in self.roles.columns:
            if column.role in _READ and not column.taken and column is not self.roles.subject:
                reading.read_column(column, unit)
        if places and not (self.project and places[0].taken):
            stated = ", ".join(" ".join(row.cell(c.index).text.split()) for c in places)
            reading.read_place(places, stated)
        elif reading.statements and subject.kind == "commune" and (self.about or where.open):
            reading.read_own_place(self.roles.subject, self.about)
        if reading.event and reading.statements:
            reading.used |= {c.index for c in self.roles.find_columns("ceremony")}
        return reading

    def _place(self, row: StitchedRow, subject: Subject) -> RowPlace:
        """Return where a row's subject lies: by its place column, its own name, its group."""
        district = self.group.district
        if subject.kind in {"body", "district", "works"}:
            return RowPlace()
        cells = [row.cell(c.index) for c in self.roles.find_columns("place")]
        cells = [cell for cell in cells if not says_nothing(cell.text)]
        if cells:
            return place_row(cells, district, self.geocoder, self.as_of, self.province)
        if self.province:
            return RowPlace(province=self.province)
        by_name = self.roles.subject.key in {"place", "commune"} or is_commune_name(subject.name)
        if by_name and subject.kind == "commune":
            place = row.cell(self.roles.subject.index).place
            return place_name(subject.name, district, place, self.geocoder, self.as_of)
        if self.group.commune or self.in_commune:
            commune = self.group.commune or self.in_commune
            return place_name(commune, "", row.place, self.geocoder, self.as_of)
        return RowPlace()

    def _find_detail(self, subject: Subject) -> str:
        """Return the project that a place's figures are about, where the titles name one."""
        if subject.kind not in {"commune", "district"} and not self.in_commune:
            return ""
        return self.about or (self.group.title if not self.group.district else "")

    def _read_part(self, row: StitchedRow, part: StitchedRow) -> None:
        name = self._get_words(part)
        whole = " ".join(self._get_words(row).split())
        if says_nothing(name):
            leave_row(part, self.read_into, self._list_all(part), "line_of_table")
            return
        subject = Subject(" ".join(name.split()), "commune" if is_commune_name(name) else "unknown")
        reading = self._read_cells(part, subject, whole)
        self._keep(part, reading)

    def _read_sums(self, row: StitchedRow) -> None:
        """Read the figures of a sum, or beside a group's heading: of several, of no place."""
        words = " ".join(row.title.split())
        about = self.group.title or self.about or self.title or words
        kind = "district" if self.group.district else "works"
        if row.kind == "total" and self._is_of_all(words):
            about, kind = self.about or self.title or words, "works"
        detail = words if words != about else ""
        reading = RowReading(row, Subject(about, kind), RowPlace(), self.when, detail)  # type: ignore[arg-type]
        if self.table.mark_column is not None:
            reading.used.add(self.table.mark_column)
        if not _DIGIT.search(self._get_words(row)):
            reading.used.add(self.roles.subject.index)
        units = self.roles.find_columns("unit")
        for column in self.roles.columns:
            if column.role == "value" and not column.taken and column is not self.roles.subject:
                reading.read_column(column, read_row_unit(row, units))
        if reading.statements:
            self._keep(row, reading)
        elif not self.project:
            left = list(reading.list_left_over(set()))
            leave_row(row, self.read_into, left, "unknown_column")
            if left and row.kind == "total":
                question_row(row, self.read_into)

    def _is_of_all(self, words: str) -> bool:
        """Return True for the sum of the whole table ("Tổng cộng"), not of a group ("Cộng I")."""
        return words.lower().startswith(("tổng cộng", "tổng số", "toàn", "cộng toàn"))

    def _finish(self, row: StitchedRow, reading: RowReading | None) -> None:
        """Keep what a row gave; a row that gave nothing is asked about."""
        if reading is not None and (reading.statements or self.project):
            self._keep(row, reading)
            return
        left = self._list_all(row)
        leave_row(row, self.read_into, left, "not_understood")
        if not self.project and not (self.tasks and row.number is not None):
            question_row(row, self.read_into)

    def _keep(self, row: StitchedRow, reading: RowReading) -> None:
        read = self.read_into
        read.statements.extend(reading.statements)
        read.lines |= {id(line) for line in row.lines}
        ignored = self._list_ignored(row)
        for column in sorted(row.cells):
            cells = [cell for cell in row.cells[column] if cell.text]
            if column in reading.used or column == self.table.mark_column:
                read.cells |= {cell.place.cell_key for cell in cells}
        read.asked |= {s.place.cell_key for s in reading.statements if s.status == "ask"}
        left = list(reading.list_left_over(ignored))
        unknown = {c.index for c in self.roles.columns if not c.meanings}
        open_ones = unknown & set(row.cells) - reading.used - ignored
        leave_row(row, read, left, "unknown_column" if open_ones else "not_understood")

    def _list_all(self, row: StitchedRow) -> list[str]:
        """Return the cells of a row that say something, as of a row that gave nothing."""
        nobody = RowReading(row, Subject("", "unknown"), RowPlace(), "")
        return list(nobody.list_left_over(self._list_ignored(row)))

    def _list_ignored(self, row: StitchedRow) -> set[int]:
        """Return the columns that hold nothing of their own: numbers, units, read elsewhere.

        A figure where a unit should stand is something: "khoảng 50" below "Đơn vị tính".
        """
        known = {c.index for c in self.roles.columns if c.taken}
        known |= {
            c.index
            for c in self.roles.columns
            if c.role == "unit" and not _FIGURE.search(row.cell(c.index).text)
        }
        known |= {c.index for c in self.roles.columns if c.ignored and not c.heading}
        mark = self.table.mark_column
        return known if mark is None else known | {mark}
