"""The rows of the facts that a mended template changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from reports.model.schema import get_field_unit
from store.audit.changes import RowChange
from store.audit.locked_periods import refuse_locked
from store.audit.row_scope import refuse_outside_scope
from store.audit.rows import CHAPTER, NO_SOURCE, make_row_key, normalise_row
from store.db.errors import EditError, StoreError
from store.db.staff_tables import ALL_TABLES
from store.editing.items import make_place_row
from store.editing.row_changes import find_row, get_row, list_item_rows, make_changed_row
from store.editing.validation import clean_values, validate_row
from store.imports.statement_facts import correct_statement_row
from store.templates.columns import format_plain
from store.templates.new_rows import (
    as_tuple,
    find_named_document,
    make_clearance_rows,
    make_item_row,
    make_new_task_rows,
)
from store.templates.own_document import make_own_document

if TYPE_CHECKING:
    import sqlalchemy as sa

    from store.audit.rows import Row
    from store.templates.columns import TemplateColumn, Value
    from store.templates.rows import FilledTemplate, TemplateRow
    from store.templates.sheet import FilledSheet
    from store.users.users import User

_UNSTATED: Final = "unstated"


class RowWriter:
    """Collects the changes of one file; reads the rows that there are, writes nothing.

    A figure of the period is corrected in its place. What the period has no figure of is added,
    as what the file says: the file is then a document of the period.
    """

    def __init__(
        self, connection: sa.Connection, template: FilledTemplate, sheet: FilledSheet, actor: User
    ) -> None:
        self.connection, self.template, self.sheet, self.actor = connection, template, sheet, actor
        self.doc = f"{sheet.period.lower()}-{sheet.sha256[:8]}"
        self._changes: dict[tuple[str, str], RowChange] = {}
        self._is_source = False
        self._new_codes: set[str] = set()

    def list_changes(self) -> list[RowChange]:
        """Return the changes, the document that the file is before what stands in it."""
        changes = list(self._changes.values())
        if self._is_source and find_row(self.connection, "documents", self.doc) is None:
            document = make_own_document(self.template, self.sheet, self.doc)
            changes.insert(0, RowChange("documents", None, document))
        return changes

    def change(
        self, row: TemplateRow, column: TemplateColumn, value: Value, *, line: int, raw: str
    ) -> None:
        """Plan that a cell of a known row holds another value, or nothing of it.

        Raises ``EditError``, ``NotAllowedError`` for a row outside the author's communes, and
        ``LockedPeriodError`` for one of an approved period that the author may not correct.
        """
        planned = dict(self._changes)
        try:
            self._change_cell(row, column, value, line=line, raw=raw)
            made = [change for key, change in self._changes.items() if planned.get(key) != change]
            refuse_outside_scope(self.connection, self.actor, made)
            refuse_locked(self.connection, self.actor, made)
        except StoreError:
            self._changes = planned
            raise

    def _change_cell(
        self, row: TemplateRow, column: TemplateColumn, value: Value, *, line: int, raw: str
    ) -> None:
        if column.table == "observations":
            self._change_figure(row, column, value, line, raw)
        elif column.table == "places":
            self._change_communes(row.key, as_tuple(value))
        elif column.table == "statements":
            self._correct_statement(row, column, value)
        else:
            self._change_row(column.table, row.key, {column.field: self._to_cell(column, value)})

    def add(self, values: dict[str, Value], texts: dict[str, str], *, line: int) -> None:
        """Plan what a row without a code says.

        Raises as ``change`` does.
        """
        planned = dict(self._changes)
        try:
            if self.template.kind.key == "clearance":
                self._add_clearance(values, line)
            elif self.template.kind.key == "tasks":
                self._add_task(values, line)
            else:
                self._add_item(values, texts, line)
            made = [change for key, change in self._changes.items() if key not in planned]
            refuse_outside_scope(self.connection, self.actor, made)
            refuse_locked(self.connection, self.actor, made)
        except StoreError:
            self._changes = planned
            raise

    def _change_row(self, table: str, key: str, given: dict[str, object]) -> None:
        """Plan other values of a row, after those planned of it already."""
        planned = self._changes.get((table, key))
        before = planned.before if planned else get_row(self.connection, table, key)
        now: Row = dict((planned.after if planned else None) or before or {})
        after = make_changed_row(now, clean_values(given, table), table)
        if after is not None:
            self._changes[table, key] = RowChange(table, before, after)

    def _change_figure(
        self, row: TemplateRow, column: TemplateColumn, value: Value, line: int, raw: str
    ) -> None:
        ids = row.observations.get(column.key, ())
        known = [get_row(self.connection, "observations", obs) for obs in ids]
        is_earlier = column.key in row.earlier
        if is_earlier and value in (None, "", ()):
            raise EditError(t("templates.fault.earlier_empty"))
        if isinstance(value, tuple):
            kept = set() if is_earlier else {str(entry["value"]) for entry in known}
            for entry in () if is_earlier else known:
                if entry["value"] not in value:
                    self._plan(RowChange("observations", entry))
            for part in value:
                if part not in kept:
                    self._add_figure(row.key, column, part, line=line, raw=raw)
        elif value is None or value == "":
            for entry in known:
                self._plan(RowChange("observations", entry))
        elif known and not is_earlier:
            written = self._write_value(value)
            self._change_row("observations", str(known[-1]["key"]), {"value": written})
        else:
            like = known[-1] if known else None
            self._add_figure(
                row.key, column, self._write_value(value), line=line, raw=raw, like=like
            )

    def _add_figure(
        self,
        item: str,
        column: TemplateColumn,
        value: str,
        *,
        line: int,
        raw: str,
        like: Row | None = None,
        chapter: str = "",
    ) -> None:
        """Plan a figure that the file or its ``source`` states; ``like`` an earlier of its kind."""
        source = self.sheet.source
        if not source and self.actor.scope is not None:  # a document lies outside every scope
            raise EditError(t("templates.fault.no_document"))
        doc, line = source or (self.doc, line)
        share = column.field.endswith("_pct")
        row: Row = dict.fromkeys(ALL_TABLES["observations"].header, "") | dict(NO_SOURCE)
        row |= {
            "item": item,
            "period": self.sheet.period,
            "doc": doc,
            "line_from": line,
            "line_to": line,
            "cell": "" if source else column.heading,
            "field": column.field,
            "component": like["component"] if like else "",
            "value": value,
            "total": None,
            "unit": like["unit"] if like else get_field_unit(column.field),
            "basis": like["basis"] if like else _UNSTATED if share else "",
            "raw": "" if source else raw,
            "origin": "person",
            "position": None,
        }
        row = normalise_row(row, "observations")
        row[CHAPTER] = chapter or get_row(self.connection, "items", item)[CHAPTER]
        validate_row(row, "observations")
        self._is_source = self._is_source or source is None
        self._plan(RowChange("observations", None, row))

    def _change_communes(self, item: str, wanted: tuple[str, ...]) -> None:
        owner = get_row(self.connection, "items", item)
        now = {str(place["commune"]): place
               for place in list_item_rows(self.connection, "places", item)}  # fmt: skip
        for code, place in now.items():
            if code not in wanted:
                self._plan(RowChange("places", place))
        for code in wanted:
            if code not in now:
                self._plan(RowChange("places", None, make_place_row(owner, code)))

    def _correct_statement(self, row: TemplateRow, column: TemplateColumn, value: Value) -> None:
        known = row.observations.get(column.key, ())
        if not known or value in (None, ""):
            raise EditError(t("templates.fault.statement"))
        before = get_row(self.connection, "statements", known[0])
        corrections: dict[str, object] = {"value": value}
        corrections |= {"bodies": (value,)} if column.field == "lead" else {"when": value}
        self._plan(RowChange("statements", before, correct_statement_row(before, corrections)))

    def _add_item(self, values: dict[str, Value], texts: dict[str, str], line: int) -> None:
        row = make_item_row(self.connection, self.template.kind, values, self._new_codes)
        self._new_codes.add(row["item"])
        self._plan(RowChange("items", None, row))
        for code in as_tuple(values.get("communes")):
            self._plan(RowChange("places", None, make_place_row(row, code)))
        for column in self.template.kind.columns:
            value = values.get(column.key)
            if column.table == "observations" and value not in (None, "", ()):
                parts = value if isinstance(value, tuple) else (self._write_value(value),)
                for part in parts:
                    self._add_figure(row["item"], column, part, line=line, raw=texts[column.key],
                                     chapter=row[CHAPTER])  # fmt: skip

    def _add_clearance(self, values: dict[str, Value], line: int) -> None:
        source = {"doc": self.doc, "period": self.sheet.period, "parser_version": ""}
        for row in make_clearance_rows(self.connection, values, source, line):
            self._plan(RowChange("clearance", None, row))
        self._is_source = True

    def _add_task(self, values: dict[str, Value], line: int) -> None:
        """Plan a task that a document of the period gives somebody, or else this file."""
        doc = find_named_document(self.template.facts, self.sheet.period, values)
        source = {"doc": doc or self.doc, "period": self.sheet.period}
        own_line = None if doc else line
        for row in make_new_task_rows(self.connection, values, source, own_line):
            self._plan(RowChange("statements", None, row))
        self._is_source = self._is_source or not doc

    def _plan(self, change: RowChange) -> None:
        key = make_row_key(change.after or change.before or {}, change.table)
        if change.after is not None and change.before is None:
            known = (change.table, key) in self._changes or find_row(
                self.connection, change.table, key
            )
            if known:
                raise EditError(t("edit.fault.double"))
        self._changes[change.table, key] = change

    def _to_cell(self, column: TemplateColumn, value: Value) -> object:
        if isinstance(value, tuple):
            if len(value) > 1:
                raise EditError(t("templates.fault.one_commune"))
            return value[0] if value else ""
        return value if value is not None else None if column.kind == "number" else ""

    def _write_value(self, value: Any) -> str:
        return format_plain(value, ".") if isinstance(value, float) else str(value)
