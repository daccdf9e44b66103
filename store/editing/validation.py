"""What is typed in, cleaned and checked against the schema; every fault is told at once."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from reports.model.ranges import MOST_DIGITS
from reports.model.schema import FIELDS, find_cell_fault, is_body_name
from store.audit.rows import format_cell, get_column_label, shorten_value
from store.db.errors import EditError
from store.db.schema import find_anchor_table
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.model.schema import ColumnSchema, FieldSchema
    from store.audit.rows import Row

LONGEST_CHARS: Final = 4000
"""Letters of one text at most."""

LONGEST_NAME_CHARS: Final = 400
_PLAIN: Final = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d{1,3})?", re.ASCII)

_SHORT: Final = frozenset({"name", "group", "no", "unit", "component", "body", "cell"})


def require_reason(why: str) -> str:
    """Return the reason cleaned. Raises ``EditError`` when there is none or it is too long."""
    reason = clean_text(why)
    if not reason:
        raise EditError(t("edit.fault.no_reason"))
    if len(reason) > LONGEST_CHARS:
        raise EditError(t("edit.fault.too_long", column=t("edit.column.why"), most=LONGEST_CHARS))
    return reason


def clean_text(text: object) -> str:
    """Return a text in NFC on one line, without letters that nobody sees."""
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in str(text)
        if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def clean_values(values: Mapping[str, object], table: str) -> Row:
    """Return values as their columns keep them: texts cleaned, numbers as numbers.

    Raises ``EditError`` for a column that the table does not have, or that is no number.
    """
    columns = {column.name: column for column in ALL_TABLES[table].columns}
    faults: list[str] = []
    cleaned_row: Row = {}
    for name, value in values.items():
        if name not in columns:
            faults.append(t("edit.fault.no_column", column=name[:40]))
            continue
        try:
            cleaned_row[name] = _convert_value(value, columns[name])
        except (ValueError, OverflowError):
            shown = clean_text(shorten_value(value))[:60]
            fault = t("reports.fault.bad_number", value=shown)
            faults.append(t("edit.fault.field", column=get_column_label(name), fault=fault))
        else:
            if find_anchor_table(columns[name], ALL_TABLES[table]):
                cleaned_row[name] = cleaned_row[name] or None
    _raise_faults(faults)
    return cleaned_row


def _convert_value(value: object, column: ColumnSchema) -> Any:
    if column.kind not in {"integer", "number"}:
        return "" if value is None else clean_text(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool):
        raise ValueError(value)  # noqa: TRY004 - told as any other wrong number
    if isinstance(value, str):
        value = value.strip()
        if len(value) > MOST_DIGITS or not _PLAIN.fullmatch(value):
            raise ValueError(value)
    amount = float(value)  # type: ignore[arg-type]
    if not math.isfinite(amount) or (column.kind == "integer" and amount != int(amount)):
        raise ValueError(value)
    if column.limits is None or column.limits.fault(amount):
        return int(amount) if column.kind == "integer" else amount  # told with its range later
    return column.limits.tidy(amount)


def validate_row(row: Mapping[str, Any], table: str, more: Iterable[str] = ()) -> None:
    """Raise ``EditError`` that tells every fault of a row, and ``more`` that the caller found."""
    faults = list(more)
    for column in ALL_TABLES[table].columns:
        text = format_cell(row[column.name])
        value_fault = _find_fault(text, column)
        most = LONGEST_NAME_CHARS if column.name in _SHORT else LONGEST_CHARS
        if value_fault:
            faults.append(_format_fault(column.name, text, value_fault, column))
        elif len(text) > most:
            faults.append(t("edit.fault.too_long", column=get_column_label(column.name), most=most))
        elif text and _is_unknown_code(column, text):
            fault = t("edit.fault.unknown", value=text[:60])
            faults.append(t("edit.fault.field", column=get_column_label(column.name), fault=fault))
    if table == "observations" and row["field"] in FIELDS:
        field, value = FIELDS[row["field"]], str(row["value"])
        value_fault = _find_fault(value, field)
        if value_fault:
            faults.append(_format_fault(field.name, value, value_fault, field))
        if row["line_from"] and row["line_to"] and row["line_to"] < row["line_from"]:
            fault = t("reports.fault.lines_backward")
            faults.append(t("edit.fault.field", column=get_column_label("line_to"), fault=fault))
    _raise_faults(faults)


def _find_fault(text: str, column: ColumnSchema | FieldSchema) -> tuple[str, dict[str, str]] | None:
    """Return what is wrong with a text that somebody gave, as ``find_cell_fault`` does."""
    fault = find_cell_fault(text, column)
    if fault or column.kind != "body" or not text or is_body_name(text):
        return fault
    return "bad_body", {}


def _format_fault(
    name: str, text: str, cell_fault: tuple[str, dict[str, str]], column: ColumnSchema | FieldSchema
) -> str:
    key, values = cell_fault
    if key == "unknown_word":
        fault = t("edit.fault.unknown", value=text[:60])
    else:
        fault = t(f"reports.fault.{key}", **({"value": text[:60]} | values))
    return t(
        "edit.fault.field",
        column=get_column_label(column.name if name == "value" else name),
        fault=fault,
    )


def _is_unknown_code(column: ColumnSchema, text: str) -> bool:
    """Return True if a commune or zone is named that the gazetteer does not have."""
    if column.refers == "communes":
        return text not in load_gazetteer().commune_by_code
    return column.refers == "zones" and text not in set(load_gazetteer().zones["zone"])


def _raise_faults(faults: list[str]) -> None:
    if faults:
        raise EditError("\n".join(dict.fromkeys(faults)))
