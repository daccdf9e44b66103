"""The one form in which rows are kept: the ledger takes no number outside its column's range.

Every door says so in its own words first; this is the last one, for all of them.
"""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any, Final

from geo.errors import CatalogueError
from geo.i18n import t
from reports.model.ranges import CONFIDENCE, PLACES, Range, find_text_fault, tidy_text
from reports.model.schema import FIELDS
from store.db.errors import EditError
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.audit.rows import Content, Row

MOST_SHOWN: Final = 60
_READ_AT: Final = {
    **dict.fromkeys(("page", "table_no", "row_no", "column_no"), PLACES),
    "confidence": CONFIDENCE,
}
_LIMITS: Final[Mapping[str, Mapping[str, Range]]] = {
    name: _READ_AT | {one.name: one.limits for one in table.columns if one.limits}
    for name, table in ALL_TABLES.items()
}
_REQUIRED: Final = {
    name: frozenset(column.name for column in table.columns if column.required)
    for name, table in ALL_TABLES.items()
}
_NUMBERS: Final = {name: field for name, field in FIELDS.items() if field.kind == "number"}
_TOGETHER: Final = ("lon", "lat")


def get_column_label(column: str) -> str:
    """Return what a column, or the field of a figure, is called."""
    for key in (f"edit.column.{column}", f"layers.field.{column}"):
        with contextlib.suppress(CatalogueError):
            return t(key)
    return column


def normalise_row(row: Content, table: str) -> Row:
    """Return a row with its numbers in their one form; what is outside its range stays."""
    kept = dict(row)
    for name, limits in _LIMITS[table].items():
        value: Any = kept.get(name)
        if _is_in_range(value, limits):
            kept[name] = limits.tidy(value)
    if table == "observations" and kept.get("field") in _NUMBERS:
        kept["value"] = tidy_text(str(kept["value"]))
    return kept


def find_range_faults(row: Content, table: str) -> dict[str, str]:
    """Return what is outside its range, by column: sentences that name the field and the range."""
    found = {}
    for name, limits in _LIMITS[table].items():
        value = row.get(name)
        if value is not None and not _is_in_range(value, limits):
            key, values = _find_fault(value, limits)
            found[name] = _format_fault(name, value, key, values)
    if table == "observations" and row.get("field") in _NUMBERS:
        field = _NUMBERS[row["field"]]
        whole = field.limits is not None and field.limits.whole
        fault = find_text_fault(str(row["value"]), field.limits, whole=whole)
        if fault:
            found["value"] = _format_fault(field.name, row["value"], *fault)
    return found


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
    empty: Row = {name: 0 if name in _READ_AT else None for name in wrong}
    return normalise_row(dict(row) | empty, table)


def _is_in_range(value: Any, limits: Range) -> bool:
    if not _is_number(value) or limits.fault(value) is not None:
        return False
    return not limits.whole or value == int(value)


def _find_fault(value: Any, limits: Range) -> tuple[str, dict[str, str]]:
    fault = limits.fault(value) if _is_number(value) else None
    return fault or (("bad_integer" if limits.whole else "bad_number"), {})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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
