"""Reading one CSV file by its schema into a typed frame, noting every fault."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final

import pandas as pd

from reports.model.dates import is_day, parse_span
from reports.model.ranges import FIRST_DAY, LAST_DAY, find_text_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.data_faults import FaultList
    from reports.model.schema import ColumnSchema, FieldSchema, TableSchema

ROW: Final = "row"
"""Column added to every frame: the line of the file that the row starts at or ends on."""

_CODE: Final = re.compile(r"[^\W_][\w.:/+-]*", re.UNICODE)
_FORMS: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "code": (_CODE.fullmatch, "bad_code"),
    "date": (is_day, "bad_date"),
    "when": (parse_span, "bad_when"),
}


def read_table(path: Path, table: TableSchema, file: str, faults: FaultList) -> pd.DataFrame:
    """Return the file's rows as text, with the schema's columns and ``row``; faults are noted.

    ``file`` is the name to tell the reader. A file with a wrong header gives an empty frame.
    """
    columns = [*table.header, ROW]
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        faults.add(file, 0, "", "missing_file")
        return pd.DataFrame(columns=columns, dtype=str)
    except UnicodeDecodeError as fault:
        faults.add(file, 0, "", "not_utf8", byte=fault.start)
        return pd.DataFrame(columns=columns, dtype=str)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    rows: list[list[str]] = []
    try:
        header = next(reader, [])
        if not _check_header(header, table, file, faults):
            return pd.DataFrame(columns=columns, dtype=str)
        for cells in reader:
            if len(cells) == len(header):
                rows.append([*cells, str(reader.line_num)])
            elif cells:
                faults.add(
                    file, reader.line_num, "", "cells", found=len(cells), expected=len(header)
                )
    except csv.Error as fault:
        faults.add(file, reader.line_num, "", "not_csv", reason=fault)
    return pd.DataFrame(rows, columns=[*header, ROW], dtype=str)[columns]


def check_cells(frame: pd.DataFrame, table: TableSchema, file: str, faults: FaultList) -> None:
    """Note every cell that is not what its column asks for."""
    for column in table.columns:
        for cell, row in zip(frame[column.name], frame[ROW], strict=True):
            fault = find_cell_fault(cell, column)
            if fault:
                key, values = fault
                faults.add(file, int(row), column.name, key, value=cell, **values)


def find_cell_fault(
    cell: str, column: ColumnSchema | FieldSchema
) -> tuple[str, dict[str, str]] | None:
    """Return the text key of what is wrong with a cell and what the text names, or ``None``.

    The same rules serve a column and the field of an observation.
    """
    if not cell:
        return ("empty", {}) if getattr(column, "required", False) else None
    if cell != unicodedata.normalize("NFC", cell):
        return "not_nfc", {}
    if cell != cell.strip():
        return "spaces", {}
    if column.kind == "word":
        known = {"allowed": ", ".join(sorted(column.allowed))}
        return None if cell in column.allowed else ("unknown_word", known)
    if column.kind in {"integer", "number"}:
        fault = find_text_fault(cell, column.limits, whole=column.kind == "integer")
        whole = column.limits is not None and column.limits.whole
        return ("bad_integer", {}) if not fault and whole and "." in cell else fault
    return _find_form_fault(cell, column)


def to_typed_frame(frame: pd.DataFrame, table: TableSchema) -> pd.DataFrame:
    """Return the checked frame with its number columns as numbers (``Int64``, ``float64``)."""
    numbers: dict[str, pd.Series] = {}
    for column in table.columns:
        if column.kind == "integer":
            cells = pd.to_numeric(frame[column.name].replace("", None))
            numbers[column.name] = cells.astype("Int64")
        elif column.kind == "number":
            cells = pd.to_numeric(frame[column.name].replace("", None))
            numbers[column.name] = cells.astype("float64")
    return frame.assign(**numbers, **{ROW: frame[ROW].astype("int64")})


def _check_header(header: list[str], table: TableSchema, file: str, faults: FaultList) -> bool:
    missing = [name for name in table.header if name not in header]
    extra = [name for name in header if name not in table.header]
    if missing:
        faults.add(file, 1, "", "missing_columns", columns=", ".join(missing))
    if extra:
        faults.add(file, 1, "", "extra_columns", columns=", ".join(extra))
    if len(set(header)) != len(header):
        faults.add(file, 1, "", "double_columns")
        return False
    return not missing and not extra


def _find_form_fault(
    cell: str, column: ColumnSchema | FieldSchema
) -> tuple[str, dict[str, str]] | None:
    fits, key = _FORMS.get(column.kind, (bool, ""))
    if not fits(cell):
        return key, {}
    far = column.kind in {"date", "when"} and not FIRST_DAY[:4] <= cell[:4] <= LAST_DAY[:4]
    return ("far_day", {"low": FIRST_DAY[:4], "high": LAST_DAY[:4]}) if far else None
