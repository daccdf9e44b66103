"""Rows of facts as the store keeps them: made from frames and turned back, in their one form.

A row's *key* is what it is known by from import to import; its *content* is everything that it
says, its *hash* proves that the content is as it was written. The ledger takes no number outside
its column's range: every door says so in its own words first, this is the last one for all of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pandas as pd

from geo.errors import CatalogueError
from geo.i18n import t
from reports.facts_files.curated import add_numeric_values
from reports.facts_files.table_schemas import TABLES
from reports.model.ranges import Range, find_text_fault, tidy_text
from reports.model.schema import FIELDS
from store.db.errors import EditError
from store.db.schema import FACTS, find_anchor_table
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model.schema import TableSchema

Row: TypeAlias = dict[str, Any]
Content: TypeAlias = "Mapping[str, Any]"

CHAPTER: Final = "chapter"
_NEGATIVE_ZERO: Final = re.compile(r"(?<=:)-0\.0(?=[,}])")
NO_SOURCE: Final[Content] = {
    column.name: column.default
    for column in TABLES["observations"].store_columns
    if column.default is not None
}
"""Where a row typed in by hand stands: it has its document and lines only."""

MOST_SHOWN: Final = 60
_LIMITS: Final[Mapping[str, Mapping[str, Range]]] = {
    name: {
        column.name: column.limits
        for column in (*table.store_columns, *table.columns)
        if column.limits
    }
    for name, table in ALL_TABLES.items()
}
_REQUIRED: Final = {
    name: frozenset(column.name for column in table.columns if column.required)
    for name, table in ALL_TABLES.items()
}
_NUMBERS: Final = {name: field for name, field in FIELDS.items() if field.kind == "number"}
_TOGETHER: Final = ("lon", "lat")
_NEVER_LOCKED: Final = frozenset({"items", "statements", "unread_sentences"})
"""Tables in which no period is approved: of items, and of what documents say as they say it."""


def list_content_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a facts table that say something, in order."""
    return tuple(column.name for column in ALL_TABLES[table].all_columns)


def rows_from_frame(frame: pd.DataFrame, table: str) -> list[Row]:
    """Return a frame's rows with the columns of ``list_content_columns``; unknown is ``None``.

    The frame has the columns of ``reports.facts_files.table_schemas`` (and ``chapter``); the rest
    is filled in.
    """
    schema = ALL_TABLES[table]
    names = [name for name in list_content_columns(table) if name in frame.columns]
    cells = frame[names].astype(object).where(frame[names].notna(), None)
    rest = {
        column.name: column.default for column in schema.store_columns if column.name not in names
    }
    return [rest | _convert_cells(row, schema) for row in cells.to_dict("records")]


def _convert_cells(row: Content, schema: TableSchema) -> Row:
    """Return a row as the database takes it: plain numbers, no empty reference."""
    converted = dict(row)
    for column in schema.columns:
        value = converted[column.name]
        if column.kind == "integer":
            converted[column.name] = None if value is None else int(value)
        elif column.kind == "number":
            converted[column.name] = None if value is None else float(value) + 0.0  # never -0.0
        elif find_anchor_table(column, schema):
            converted[column.name] = value or None
    return converted


def make_row_key(row: Content, table: str) -> str:
    """Return what a row is known by: for an observation its id, else its key columns."""
    cells = ["" if row[name] is None else str(row[name]) for name in ALL_TABLES[table].key]
    if table != "observations":
        return " · ".join(cells)
    return f"o-{hashlib.sha256(chr(31).join(cells).encode()).hexdigest()[:12]}"


def extract_content(row: Content, table: str) -> Row:
    """Return what a row says, without the store's own columns."""
    return {name: row[name] for name in list_content_columns(table)}


def to_canonical_json(content: Content) -> str:
    """Return content as one text, the same for the same content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def replace_negative_zeros(text: str) -> str:
    """Return a row's text with ``0.0`` for ``-0.0``, which SQLite does not keep apart."""
    return _NEGATIVE_ZERO.sub("0.0", text)


def hash_row(row: Content, table: str) -> str:
    """Return the hash of what a row says."""
    return hashlib.sha256(to_canonical_json(extract_content(row, table)).encode()).hexdigest()[:32]


def frame_from_rows(rows: Sequence[Sequence[Any]], table: str) -> pd.DataFrame:
    """Return rows (values of ``list_frame_columns``) as the frame that ``curated`` gives."""
    return _build_frame(rows, table) if rows else _build_empty_frame(table).copy(deep=False)


@cache
def _build_empty_frame(table: str) -> pd.DataFrame:
    return _build_frame([], table)


def _build_frame(rows: Sequence[Sequence[Any]], table: str) -> pd.DataFrame:
    schema = ALL_TABLES[table]
    names = list_frame_columns(table)
    columns: dict[str, pd.Series] = {}
    kinds = {column.name: column.kind for column in schema.columns}
    cells_by_column = list(zip(*rows, strict=True)) or [()] * len(names)
    for name, cells in zip(names, cells_by_column, strict=False):
        kind = kinds.get(name, "text")
        if kind == "integer":
            columns[name] = pd.Series(cells, dtype="Int64")
        elif kind == "number":
            columns[name] = pd.Series(cells, dtype="float64")
        else:
            columns[name] = pd.Series(["" if cell is None else cell for cell in cells], dtype=str)
    frame = pd.DataFrame(columns)
    return add_numeric_values(frame) if table == "observations" else frame


def list_frame_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a facts table that everything above the store sees."""
    schema = ALL_TABLES[table]
    return (*schema.header, *([CHAPTER] if schema.per_chapter else []))


def format_cell(value: Any) -> str:
    """Return a value as a facts file writes it: plain digits, '' where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)


def get_locking_period(row: Content, table: str, *, by_hand: bool = False) -> str:
    """Return the period whose approval locks a row, '' where none does.

    ``by_hand``: of a change that a person makes without a question that asks for it; what documents
    say is locked for those.
    """
    if table in _NEVER_LOCKED and not (by_hand and table == "statements"):
        return ""
    return str(row.get("period") or "") if "period" in FACTS[table].c else ""


def get_column_label(column: str) -> str:
    """Return what a column, or the field of a figure, is called."""
    for key in (f"edit.column.{column}", f"layers.field.{column}"):
        with contextlib.suppress(CatalogueError):
            return t(key)
    return column


def normalise_row(row: Content, table: str) -> Row:
    """Return a row with its numbers in their one form; what is outside its range stays."""
    tidied_row = dict(row)
    for name, limits in _LIMITS[table].items():
        value: Any = tidied_row.get(name)
        if _find_range_fault(value, limits) is None:
            tidied_row[name] = limits.tidy(value)
    if table == "observations" and tidied_row.get("field") in _NUMBERS:
        tidied_row["value"] = tidy_text(str(tidied_row["value"]))
    return tidied_row


def find_range_faults(row: Content, table: str) -> dict[str, str]:
    """Return what is outside its range, by column: sentences that name the field and the range."""
    faults = {}
    for name, limits in _LIMITS[table].items():
        value = row.get(name)
        fault = None if value is None else _find_range_fault(value, limits)
        if fault:
            faults[name] = _format_fault(name, value, *fault)
    if table == "observations" and row.get("field") in _NUMBERS:
        field = _NUMBERS[row["field"]]
        whole = field.limits is not None and field.limits.whole
        fault = find_text_fault(str(row["value"]), field.limits, whole=whole)
        if fault:
            faults["value"] = _format_fault(field.name, row["value"], *fault)
    return faults


def make_canonical_row(row: Content, table: str) -> Row:
    """Return a row as it may be kept. Raises ``EditError`` that names every field and its range."""
    faults = find_range_faults(row, table)
    if faults:
        raise EditError("\n".join(faults.values()))
    return normalise_row(row, table)


def repair_row(row: Content, table: str) -> Row | None:
    """Return a row in which what is outside its range is unknown, ``None`` if nothing is left."""
    wrong = set(find_range_faults(row, table))
    if wrong & set(_TOGETHER):
        wrong |= set(_TOGETHER)
    if wrong & _REQUIRED[table]:
        return None
    empty: Row = {name: 0 if name in NO_SOURCE else None for name in wrong}
    return normalise_row(dict(row) | empty, table)


def _find_range_fault(value: Any, limits: Range) -> tuple[str, dict[str, str]] | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        fault = limits.fault(value)
        if fault or not limits.whole or value == int(value):
            return fault
    return ("bad_integer" if limits.whole else "bad_number"), {}


def _format_fault(name: str, value: Any, key: str, values: Mapping[str, str]) -> str:
    shown = shorten_value(value)
    fault = t(f"reports.fault.{key}", value=shown, **values)
    return t("edit.fault.field", column=get_column_label(name), fault=fault)


def shorten_value(value: Any) -> str:
    """Return a value as a short text; a whole number too long to be written by its size."""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, int) and value.bit_length() > 4 * MOST_SHOWN:
        return f"{'-' if value < 0 else ''}10^{int(value.bit_length() * math.log10(2))}"
    text = str(value)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
