"""Tables of visits: the CSV of ODK Central, the CSV and workbooks of Kobo."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import openpyxl

from geo.i18n import t
from reports.model.errors import ReportError, ReportLimitError, UnreadableReportError
from reports.odk.columns import VisitColumns, find_columns
from reports.odk.fields import CAPTION, PICTURE
from reports.odk.submission import RawPhoto, RawSubmission, make_fault
from reports.readers.encodings.decoding import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.odk.submission import OdkLimits
    from reports.odk.uploads import UploadPart

_DELIMITERS: Final = (",", ";", "\t")
_SEPARATOR_LINE: Final = re.compile(r"\ufeff?\"?sep=([,;\t|])\"?[,;\t|]*\r?\n", re.IGNORECASE)
"""The line by which Excel is told what parts the cells."""


@dataclass
class VisitTables:
    """What the tables hold: submissions in order, columns that nothing is read from."""

    submissions: list[RawSubmission] = field(default_factory=list)
    unused: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _VisitTable:
    file: str
    folder: str
    columns: VisitColumns
    rows: list[tuple[int, list[str]]]


def read_tables(
    tables: Sequence[UploadPart], books: Sequence[UploadPart], limits: OdkLimits
) -> VisitTables:
    """Return the submissions of CSV tables and workbooks, their photos put to them.

    A row of photos whose visit is not there becomes a submission with nothing but that fault.
    Raises ``ReportError`` where a file is no export of the visit form, or beyond the limits.
    """
    read = [*(_read_csv(part, limits) for part in tables)]
    for part in books:
        read.extend(_read_workbook(part, limits))
    visit_tables = VisitTables()
    by_link: dict[tuple[str, str], RawSubmission] = {}
    for table in read:
        if table.columns.is_visits:
            visit_tables.unused |= (
                {table.file: table.columns.unused} if table.columns.unused else {}
            )
            for row, cells in table.rows:
                _add_visit(table, row, cells, visit_tables, by_link)
        elif not table.columns.is_photos:
            raise _make_refusal(table)
    for table in read:
        if table.columns.is_photos and not table.columns.is_visits:
            for row, cells in table.rows:
                _add_photo(table, row, cells, visit_tables, by_link)
    if len(visit_tables.submissions) > limits.max_rows:
        raise ReportLimitError(t("odk.refuse.too_many_rows", limit=limits.max_rows))
    return visit_tables


def _add_visit(
    table: _VisitTable,
    row: int,
    cells: list[str],
    visit_tables: VisitTables,
    by_link: dict[tuple[str, str], RawSubmission],
) -> None:
    columns = table.columns
    links = {name: _get_cell(cells, index) for name, index in columns.links.items()}
    instance = links.get("key") or links.get("instance") or links.get("uuid") or ""
    review = links.get("review", "").lower()
    submission = RawSubmission(table.file, row, instance, folder=table.folder, review=review)
    if len(cells) > len(columns.headings) and any(cells[len(columns.headings) :]):
        submission.wrongs.append(
            make_fault(table.file, row, "", "cells", count=len(columns.headings))
        )
    submission.values = {name: _get_cell(cells, index) for name, index in columns.answers.items()}
    submission.place = {name: _get_cell(cells, index) for name, index in columns.place.items()}
    for name, index in columns.again:
        _take_again(table, submission, name, _get_cell(cells, index))
    if columns.whole_place is not None and not any(submission.place.values()):
        submission.place = {"whole": _get_cell(cells, columns.whole_place)}
    if columns.picture is not None and _get_cell(cells, columns.picture):
        submission.photos.append(_make_photo(table, row, cells))
    visit_tables.submissions.append(submission)
    for name in ("key", "uuid", "index"):
        if links.get(name):
            by_link.setdefault((name, links[name]), submission)


def _take_again(table: _VisitTable, submission: RawSubmission, name: str, text: str) -> None:
    """Take a further column of one name: it may fill a gap, and never say something else."""
    values = submission.place if name in submission.place else submission.values
    if not values.get(name):
        values[name] = text
    elif text and text != values[name]:
        submission.wrongs.append(
            make_fault(table.file, submission.row, name, "two_columns", value=text[:60])
        )


def _add_photo(
    table: _VisitTable,
    row: int,
    cells: list[str],
    visit_tables: VisitTables,
    by_link: dict[tuple[str, str], RawSubmission],
) -> None:
    if not _get_cell(cells, table.columns.picture) and not _get_cell(cells, table.columns.caption):
        return  # a repeat that was opened and left empty
    links = {name: _get_cell(cells, index) for name, index in table.columns.links.items()}
    for name, of in (("parent_key", "key"), ("parent_uuid", "uuid"), ("parent_index", "index")):
        visit = by_link.get((of, links.get(name, "")))
        if visit is not None:
            visit.photos.append(_make_photo(table, row, cells))
            return
    lost = RawSubmission(table.file, row, "")
    lost.wrongs.append(make_fault(table.file, row, "", "photo_without_visit"))
    visit_tables.submissions.append(lost)


def _make_photo(table: _VisitTable, row: int, cells: list[str]) -> RawPhoto:
    name, caption = (
        _get_cell(cells, index) for index in (table.columns.picture, table.columns.caption)
    )
    return RawPhoto(name.removeprefix("media/"), caption, table.file, row)


def _get_cell(cells: Sequence[str], index: int | None) -> str:
    return cells[index].strip() if index is not None and index < len(cells) else ""


def _read_csv(part: UploadPart, limits: OdkLimits) -> _VisitTable:
    text = decode_text(part.data)
    named = _SEPARATOR_LINE.match(text)
    if named:
        delimiter = named[1]
        text = text[named.end() :]
    else:
        first = next(csv.reader(io.StringIO(text, newline="")), [])
        counted = Counter({sign: ",".join(first).count(sign) for sign in _DELIMITERS})
        delimiter = counted.most_common(1)[0][0]
    before = 1 if named else 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = ((reader.line_num + before, row) for row in reader)
        rows = list(_limit_rows(lines, part.name, limits))
    except csv.Error as fault:
        raise UnreadableReportError(t("odk.refuse.damaged", name=part.name)) from fault
    return _make_table(part.name, part.folder, rows)


def _read_workbook(part: UploadPart, limits: OdkLimits) -> Iterator[_VisitTable]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(part.data), read_only=True)
            for sheet in book.worksheets:
                file = f"{part.name} › {sheet.title}"
                lines = (
                    (number, [_format_cell(cell) for cell in row])
                    for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
                )
                rows = list(_limit_rows(lines, file, limits))
                if rows:
                    yield _make_table(file, "", rows)
            book.close()
    except ReportError:
        raise
    except Exception as fault:  # openpyxl raises anything on a damaged file
        raise UnreadableReportError(t("odk.refuse.damaged", name=part.name)) from fault


def _limit_rows(
    rows: Iterable[tuple[int, list[str]]], name: str, limits: OdkLimits
) -> Iterator[tuple[int, list[str]]]:
    cells = 0
    for number, row in rows:
        cells += len(row)
        if cells > limits.max_cells:
            raise ReportLimitError(
                t("odk.refuse.too_many_cells", name=name, limit=limits.max_cells)
            )
        if any(cell.strip() for cell in row):
            yield number, row


def _make_table(file: str, folder: str, rows: list[tuple[int, list[str]]]) -> _VisitTable:
    header = rows[0][1] if rows else []
    return _VisitTable(file, folder, find_columns(header), rows[1:])


def _format_cell(value: Any) -> str:
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


def _make_refusal(table: _VisitTable) -> ReportError:
    headings = ", ".join(text for text in table.columns.headings[:8] if text)
    return UnreadableReportError(
        t(
            "odk.refuse.not_visits",
            name=table.file,
            columns=headings[:200] or "–",
            wanted=f"item, at, inspector, KEY ({PICTURE}, {CAPTION}, PARENT_KEY)",
        )
    )
