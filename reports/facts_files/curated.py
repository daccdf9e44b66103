"""Reading the curated facts of ``data/facts``: strict, every fault told at once.

``items``, ``places`` and ``observations`` lie in one folder per chapter and are put together;
the other tables lie in the folder itself. What refers to something is checked against it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.data_faults import FaultList
from geo.gazetteer import load_gazetteer
from reports.facts_files.csv_table import (
    ROW,
    check_cells,
    read_table,
    to_typed_frame,
)
from reports.facts_files.table_schemas import TABLES
from reports.model.ranges import tidy_text
from reports.model.schema import FIELDS, TableSchema, find_cell_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE: Final = "file_name"
CHAPTER: Final = "chapter"


@dataclass(frozen=True, eq=False)
class CuratedFacts:
    """The tables of ``data/facts`` as frames, each with the columns of its schema.

    ``items``, ``places`` and ``observations`` also have ``chapter``. ``observations`` has ``obs``
    (an id made of the row's content: the same row has it in every version of the file) and
    ``number`` (float64, NaN for a text). Number columns are ``Int64`` or ``float64``; everything
    else is text, '' where empty. Percentages run from 0 to 100, money is whole million VND.
    """

    documents: pd.DataFrame
    periods: pd.DataFrame
    items: pd.DataFrame
    places: pd.DataFrame
    observations: pd.DataFrame
    clearance: pd.DataFrame
    indicators: pd.DataFrame
    corrections: pd.DataFrame
    conflicts: pd.DataFrame


def read_curated(folder: Path) -> CuratedFacts:
    """Return the checked facts of a folder; communes and zones are those of the gazetteer.

    Raises ``DataFileError`` that names file, row and column of every fault (up to a cap).
    """
    gazetteer = load_gazetteer()
    faults = FaultList("reports.fault")
    frames = {table.name: _read_table_files(folder, table, faults) for table in TABLES.values()}
    _check_observations(frames["observations"], faults)
    known = {
        "communes": set(gazetteer.communes["code"]),
        "zones": set(gazetteer.zones["zone"]),
        "items": set(frames["items"]["item"]),
        "documents": set(frames["documents"]["doc"]),
        "periods": set(frames["periods"]["period"]),
    }
    for name, frame in frames.items():
        _check_references(frame, TABLES[name], known, faults)
        _check_keys(frame, TABLES[name], faults)
        _check_lines(frame, faults)
    faults.raise_if_any("reports.place.heading")
    tables = {name: to_typed_frame(frame, TABLES[name]) for name, frame in frames.items()}
    tables["observations"] = add_numeric_values(_tidy_values(tables["observations"]))
    return CuratedFacts(**{name: frame.drop(columns=[FILE, ROW]) for name, frame in tables.items()})


def _read_table_files(folder: Path, table: TableSchema, faults: FaultList) -> pd.DataFrame:
    """Return a table's rows from its file or from all chapters' files, cells checked."""
    paths = [folder / table.file]
    if table.per_chapter:
        paths = (
            sorted(path / table.file for path in folder.iterdir() if path.is_dir())
            if folder.is_dir()
            else []
        )
        if not paths:
            faults.add(str(folder), 0, "", "no_chapters", name=table.file)
    parts = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        part = read_table(path, table, name, faults)
        check_cells(part, table, name, faults)
        part = part.assign(**{FILE: name})
        parts.append(part.assign(**{CHAPTER: path.parent.name}) if table.per_chapter else part)
    columns = [*table.header, ROW, FILE, *([CHAPTER] if table.per_chapter else [])]
    return pd.concat([pd.DataFrame(columns=columns, dtype=str), *parts], ignore_index=True)


def _check_observations(frame: pd.DataFrame, faults: FaultList) -> None:
    """Note every value that is not what its field asks for."""
    for row in frame[["field", "value", ROW, FILE]].itertuples(index=False):
        field = FIELDS.get(row.field)
        if field is None or not row.value:
            continue
        fault = find_cell_fault(row.value, field)
        if fault:
            key, values = fault
            faults.add(row.file_name, int(row.row), "value", key, value=row.value, **values)


def _check_references(
    frame: pd.DataFrame, table: TableSchema, known: Mapping[str, set[str]], faults: FaultList
) -> None:
    for column in table.columns:
        if not column.refers:
            continue
        cells = frame[column.name]
        wrong = frame[(cells != "") & ~cells.isin(known[column.refers])]
        for cell, (file, row) in zip(wrong[column.name], _list_row_places(wrong), strict=True):
            faults.add(file, row, column.name, "dangling", value=cell, table=column.refers)


def _check_keys(frame: pd.DataFrame, table: TableSchema, faults: FaultList) -> None:
    key = list(table.key)
    wrong = frame[frame.duplicated(key)]
    for cells, (file, row) in zip(
        wrong[key].itertuples(index=False), _list_row_places(wrong), strict=True
    ):
        faults.add(file, row, key[0], "double_key", value=" · ".join(map(str, cells)))


def _check_lines(frame: pd.DataFrame, faults: FaultList) -> None:
    if "line_from" not in frame.columns:
        return
    first = pd.to_numeric(frame["line_from"], errors="coerce")
    last = pd.to_numeric(frame["line_to"], errors="coerce")
    for file, row in _list_row_places(frame[last < first]):
        faults.add(file, row, "line_to", "lines_backward")


def _list_row_places(frame: pd.DataFrame) -> list[tuple[str, int]]:
    return [(str(file), int(row)) for file, row in zip(frame[FILE], frame[ROW], strict=True)]


def _tidy_values(frame: pd.DataFrame) -> pd.DataFrame:
    """Return observations with the numbers among their values in their one form."""
    numeric = frame["field"].isin(
        [field.name for field in FIELDS.values() if field.kind == "number"]
    )
    return frame.assign(value=frame["value"].where(~numeric, frame["value"].map(tidy_text)))


def add_numeric_values(frame: pd.DataFrame) -> pd.DataFrame:
    """Return observations with their id and, for number fields, the value as a number."""
    numeric = {name for name, field in FIELDS.items() if field.kind == "number"}
    number = pd.to_numeric(frame["value"].where(frame["field"].isin(numeric)), errors="coerce")
    key = frame[list(TABLES["observations"].key)].astype(str)
    joined = map("\x1f".join, zip(*(key[column].tolist() for column in key), strict=True))
    ids = [f"o-{hashlib.sha256(text.encode()).hexdigest()[:12]}" for text in joined]
    return frame.assign(number=number.astype("float64"), obs=pd.Series(ids, index=frame.index))
