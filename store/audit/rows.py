"""Rows of facts as the store keeps them, made from frames and turned back into them.

A row's *key* is what it is known by from import to import; its *content* is everything that it
says, its *hash* proves that the content is as it was written.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pandas as pd

from reports.facts_files.curated import add_numeric_values
from store.db.schema import ANCHORS, FACTS, SOURCED, find_anchor_table
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model.schema import TableSchema

Row: TypeAlias = dict[str, Any]
Content: TypeAlias = "Mapping[str, Any]"

CHAPTER: Final = "chapter"
_NEGATIVE_ZERO: Final = re.compile(r"(?<=:)-0\.0(?=[,}])")
NO_SOURCE: Final[Content] = {
    "page": 0,
    "table_no": 0,
    "row_no": 0,
    "column_no": 0,
    "confidence": 1.0,
    "parser_version": "",
}
"""Where a row typed in by hand stands: it has its document and lines only."""


def list_content_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a facts table that say something, in order."""
    chapter = (CHAPTER,) if ALL_TABLES[table].per_chapter else ()
    return (*ALL_TABLES[table].header, *chapter, *(NO_SOURCE if table in SOURCED else ()))


def rows_from_frame(frame: pd.DataFrame, table: str) -> list[Row]:
    """Return a frame's rows with the columns of ``list_content_columns``; unknown is ``None``.

    The frame has the columns of ``reports.facts_files.table_schemas`` (and ``chapter``); the rest
    is filled in.
    """
    schema = ALL_TABLES[table]
    names = [*schema.header, *([CHAPTER] if schema.per_chapter else [])]
    cells = frame[names].astype(object).where(frame[names].notna(), None)
    given = [name for name in list_content_columns(table) if name in frame.columns]
    cells = cells.assign(
        **{name: frame[name].astype(object) for name in given if name in NO_SOURCE}
    )
    rest = {k: v for k, v in NO_SOURCE.items() if k not in frame.columns}
    rest = rest if table in SOURCED else {}
    return [_normalise_row(row, schema) | rest for row in cells.to_dict("records")]


def _normalise_row(row: Content, schema: TableSchema) -> Row:
    """Return a row as the database takes it: plain numbers, no empty reference."""
    kept = dict(row)
    for column in schema.columns:
        value = kept[column.name]
        if column.kind == "integer":
            kept[column.name] = None if value is None else int(value)
        elif column.kind == "number":
            kept[column.name] = None if value is None else float(value) + 0.0  # never -0.0
        elif find_anchor_table(column, schema):
            kept[column.name] = value or None
    return kept


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
    schema = ALL_TABLES[table]
    names = list_frame_columns(table)
    columns: dict[str, pd.Series] = {}
    kinds = {column.name: column.kind for column in schema.columns}
    for at, name in enumerate(names):
        cells = [row[at] for row in rows]
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
    return (*ALL_TABLES[table].header, *([CHAPTER] if ALL_TABLES[table].per_chapter else []))


def format_cell(value: Any) -> str:
    """Return a value as a facts file writes it: plain digits, '' where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)


def get_locking_period(row: Content, table: str) -> str:
    """Return the period whose approval locks a row, '' where none does."""
    if table in ANCHORS and table == "items":
        return ""
    return str(row.get("period") or "") if "period" in FACTS[table].c else ""
