"""What a row of the audit says, field by field, in the reader's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import CatalogueError
from geo.gazetteer import load_gazetteer
from geo.i18n import DEFAULT_LANGUAGE, t
from layers.labels.field_labels import FieldDifference
from reports.model.schema import FIELDS
from store.db.staff_tables import ALL_TABLES
from store.facts.labels import translate_word
from store.users.areas import list_areas

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


_TEXTS: Final = {
    ("cases", "state"): "register.state.{}",
    ("case_steps", "step"): "register.step.{}",
    ("case_steps", "state"): "register.step_state.{}",
    ("points", "how"): "field.how.{}",
    ("visits", "source"): "field.source.{}",
    ("documents", "status"): "pages.about.status_{}",
    ("observations", "qualifier"): "edit.qualifier.{}",
    ("statements", "state"): "store.statement_state.{}",
    ("item_attributes", "attribute"): "store.attribute.{}",
}
"""Where a column's words stand when they are not those of the reports' facts."""

_SECTIONS: Final = {"category": "obstacle"}


def format_cell(
    table: str,
    column: str,
    value: str,
    row: Mapping[str, object],
    language: str = DEFAULT_LANGUAGE,
) -> str:
    """Return a cell's word in the reader's language; any other value as it stands.

    ``row`` is the cell's row: what an observation's ``value`` is, its ``field`` says.
    """
    field = FIELDS.get(str(row.get("field")))
    if (table, column) == ("observations", "value") and field is not None:
        return translate_word(field.name, value, language) if field.kind == "word" else value
    if column not in _list_word_columns(table):
        return value
    key = _TEXTS.get((table, column), f"layers.{_SECTIONS.get(column, column)}.{{}}")
    try:
        return t(key.format(value), language)
    except CatalogueError:
        return value


def _list_word_columns(table: str) -> frozenset[str]:
    known = ALL_TABLES.get(table)
    columns = known.columns if known else ()
    return frozenset(column.name for column in columns if column.kind == "word")


MAX_CHARS: Final = 400
"""A longer value is cut where it is shown; the download has it whole."""

_OUTCOMES: Final = frozenset({"ok", "wrong", "locked", "inactive"})
_NOTES: Final = {
    "signed out": "out",
    "signed out everywhere": "everywhere",
    "sessions ended": "ended",
    "password changed": "password",
}


@dataclass(frozen=True)
class AuditEntryText:
    """A row of the audit in words: ``what`` was done to ``where``, and the fields of it."""

    what: str
    where: str
    fields: tuple[FieldDifference, ...]


def format_table_name(table: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return what a table is called."""
    return _format_name("table", table, language)


def describe_audit_row(
    row: Mapping[Hashable, Any], language: str = DEFAULT_LANGUAGE
) -> AuditEntryText:
    """Return what a row of ``store.audit.audit_log`` says."""
    before, after = _parse_row(row["before"]), _parse_row(row["after"])
    table = str(row["table_name"])
    where = f"{_format_name('table', table, language)} · {row['key']}"
    if before is None and after is None:
        return AuditEntryText(
            _format_note(table, str(row["after"] or row["before"]), language), where, ()
        )
    what = "changed" if before and after else "added" if after else "removed"
    fields = _list_field_differences(before or {}, after or {}, table, language)
    return AuditEntryText(t(f"audit.what.{what}", language), where, fields)


def _list_field_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], table: str, language: str
) -> tuple[FieldDifference, ...]:
    """Return the fields that differ, those without a value aside."""
    names = dict.fromkeys([*before, *after])
    listed = [
        FieldDifference(
            _format_name("column", name, language),
            _format_value(name, before, table, language),
            _format_value(name, after, table, language),
        )
        for name in names
        if before.get(name) != after.get(name)
    ]
    return tuple(difference for difference in listed if difference.before or difference.after)


def _parse_row(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    try:
        parsed = json.loads(text)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _format_note(table: str, text: str, language: str) -> str:
    """Return what is noted of something that is no row: a sign-in, an approval, a decision."""
    first, _, rest = text.partition(" ")
    if table in {"sign_ins", "accounts"} and text in _NOTES:
        return t(f"audit.sign_in.{_NOTES[text]}", language)
    if table == "approvals" and text == "approved":
        return t("audit.what.approved", language)
    if table == "sign_ins" and first in _OUTCOMES:
        outcome = t(f"audit.sign_in.{first}", language)
        return f"{outcome} ({rest})" if rest else outcome
    return text[:MAX_CHARS]


def _format_name(kind: str, name: str, language: str) -> str:
    """Return what a table or a column is called; its own name where it has none in words."""
    rooms = ("audit", "edit", "store") if kind == "table" else ("audit", "edit")
    for key in (*(f"{room}.{kind}.{name}" for room in rooms), f"layers.field.{name}"):
        try:
            return t(key, language)
        except CatalogueError:
            continue
    return name


def _format_value(name: str, row: Mapping[str, Any], table: str, language: str) -> str:
    value = row.get(name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return t(f"audit.flag.{'yes' if value else 'no'}", language)
    if name == "commune":
        commune = load_gazetteer().commune_by_code.get(str(value))
        return commune.name if commune else str(value)
    if name == "scopes" and isinstance(value, list):
        named = list_areas(language)
        return ", ".join(named.get((scope[0], scope[1]), str(scope[1])) for scope in value)
    if name == "role" and table == "accounts":
        return t(f"permissions.role.{value}", language)
    if isinstance(value, dict):
        value = _format_parts(value, language)
    text = format_cell(table, name, str(value), row, language)
    return text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS]}…"


def _format_parts(value: Mapping[str, Any], language: str) -> str:
    """Return a value that has parts of its own (the filters of a file made) with their names."""
    names = (_format_name("column", name, language) for name in value)
    parts = [f"{name}: {part}" for name, part in zip(names, value.values(), strict=True)]
    return "; ".join(parts) or t("audit.flag.none", language)
