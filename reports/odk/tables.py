"""Tables of visits: the CSV of ODK Central, the CSV and workbooks of Kobo."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import openpyxl

from geo.i18n import t
from reports.model.errors import ReportError, ReportLimitError, UnreadableReportError
from reports.odk.columns import Columns, columns_of
from reports.odk.fields import CAPTION, PICTURE
from reports.odk.submission import RawPhoto, RawSubmission, wrong
from reports.readers.spreadsheet import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.odk.submission import OdkLimits
    from reports.odk.uploads import Part

_DELIMITERS: Final = (",", ";", "\t")


@dataclass
class VisitTables:
    """What the tables hold: submissions in order, columns that nothing is read from."""

    submissions: list[RawSubmission] = field(default_factory=list)
    unused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    photo_rows: int = 0


@dataclass(frozen=True)
class _Table:
    file: str
    folder: str
    columns: Columns
    rows: list[tuple[int, list[str]]]


def read_tables(tables: Sequence[Part], books: Sequence[Part], limits: OdkLimits) -> VisitTables:
    """Return the submissions of CSV tables and workbooks, their photos put to them.

    A row of photos whose visit is not there becomes a submission with nothing but that fault.
    Raises ``ReportError`` where a file is no export of the visit form, or beyond the limits.
    """
    read = [*(_csv(part, limits) for part in tables)]
    for part in books:
        read.extend(_book(part, limits))
    found = VisitTables()
    by_link: dict[tuple[str, str], RawSubmission] = {}
    for table in read:
        if table.columns.is_visits:
            found.unused |= {table.file: table.columns.unused} if table.columns.unused else {}
            for row, cells in table.rows:
                _visit(table, row, cells, found, by_link)
        elif not table.columns.is_photos:
            raise _refused(table)
    for table in read:
        if table.columns.is_photos and not table.columns.is_visits:
            for row, cells in table.rows:
                _photo(table, row, cells, found, by_link)
    if len(found.submissions) > limits.max_rows:
        raise ReportLimitError(t("odk.refuse.too_many_rows", limit=limits.max_rows))
    return found


def _visit(
    table: _Table,
    row: int,
    cells: list[str],
    found: VisitTables,
    by_link: dict[tuple[str, str], RawSubmission],
) -> None:
    columns = table.columns
    links = {name: _cell(cells, at) for name, at in columns.links.items()}
    instance = links.get("key") or links.get("instance") or links.get("uuid") or ""
    review = links.get("review", "").lower()
    one = RawSubmission(table.file, row, instance, folder=table.folder, review=review)
    if len(cells) > len(columns.headings) and any(cells[len(columns.headings) :]):
        one.wrongs.append(wrong(table.file, row, "", "cells", count=len(columns.headings)))
    one.values = {name: _cell(cells, at) for name, at in columns.answers.items()}
    one.place = {name: _cell(cells, at) for name, at in columns.place.items()}
    if columns.whole_place is not None and not any(one.place.values()):
        one.place = {"whole": _cell(cells, columns.whole_place)}
    if columns.picture is not None and _cell(cells, columns.picture):
        one.photos.append(_named(table, row, cells))
    found.submissions.append(one)
    for name in ("key", "uuid", "index"):
        if links.get(name):
            by_link.setdefault((name, links[name]), one)


def _photo(
    table: _Table,
    row: int,
    cells: list[str],
    found: VisitTables,
    by_link: dict[tuple[str, str], RawSubmission],
) -> None:
    found.photo_rows += 1
    if not _cell(cells, table.columns.picture) and not _cell(cells, table.columns.caption):
        return  # a repeat that was opened and left empty
    links = {name: _cell(cells, at) for name, at in table.columns.links.items()}
    for name, of in (("parent_key", "key"), ("parent_uuid", "uuid"), ("parent_index", "index")):
        visit = by_link.get((of, links.get(name, "")))
        if visit is not None:
            visit.photos.append(_named(table, row, cells))
            return
    lost = RawSubmission(table.file, row, "")
    lost.wrongs.append(wrong(table.file, row, "", "photo_without_visit"))
    found.submissions.append(lost)


def _named(table: _Table, row: int, cells: list[str]) -> RawPhoto:
    name, caption = (_cell(cells, at) for at in (table.columns.picture, table.columns.caption))
    return RawPhoto(name.removeprefix("media/"), caption, table.file, row)


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _csv(part: Part, limits: OdkLimits) -> _Table:
    text = decoded(part.data)
    first = next(csv.reader(io.StringIO(text, newline="")), [])
    counted = Counter({sign: ",".join(first).count(sign) for sign in _DELIMITERS})
    delimiter = counted.most_common(1)[0][0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(_bounded(((reader.line_num, row) for row in reader), part.name, limits))
    except csv.Error as fault:
        raise UnreadableReportError(t("odk.refuse.damaged", name=part.name)) from fault
    return _table(part.name, part.folder, rows)


def _book(part: Part, limits: OdkLimits) -> Iterator[_Table]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(part.data), read_only=True)
            for sheet in book.worksheets:
                file = f"{part.name} › {sheet.title}"
                lines = (
                    (at, [_written(cell) for cell in row])
                    for at, row in enumerate(sheet.iter_rows(values_only=True), 1)
                )
                rows = list(_bounded(lines, file, limits))
                if rows:
                    yield _table(file, "", rows)
            book.close()
    except ReportError:
        raise
    except Exception as fault:  # openpyxl raises anything on a damaged file
        raise UnreadableReportError(t("odk.refuse.damaged", name=part.name)) from fault


def _bounded(
    rows: Iterable[tuple[int, list[str]]], name: str, limits: OdkLimits
) -> Iterator[tuple[int, list[str]]]:
    cells = 0
    for at, row in rows:
        cells += len(row)
        if cells > limits.max_cells:
            raise ReportLimitError(
                t("odk.refuse.too_many_cells", name=name, limit=limits.max_cells)
            )
        if any(cell.strip() for cell in row):
            yield at, row


def _table(file: str, folder: str, rows: list[tuple[int, list[str]]]) -> _Table:
    header = rows[0][1] if rows else []
    return _Table(file, folder, columns_of(header), rows[1:])


def _written(value: Any) -> str:
    """Return a cell's value as an export in CSV would write it; a formula is the text it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value)


def _refused(table: _Table) -> ReportError:
    headings = ", ".join(text for text in table.columns.headings[:8] if text)
    return UnreadableReportError(
        t(
            "odk.refuse.not_visits",
            name=table.file,
            columns=headings[:200] or "–",
            wanted=f"item, at, inspector, KEY ({PICTURE}, {CAPTION}, PARENT_KEY)",
        )
    )
