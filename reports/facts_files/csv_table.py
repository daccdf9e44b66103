"""Reading one CSV file by its schema into a typed frame, noting every fault."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import pandas as pd

from reports.model.schema import find_cell_fault

if TYPE_CHECKING:
    from pathlib import Path

    from geo.data_faults import FaultList
    from reports.model.schema import TableSchema

ROW: Final = "row"
"""Column added to every frame: the line of the file that the row starts at or ends on."""


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
