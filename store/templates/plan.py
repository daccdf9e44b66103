"""What reading a mended template back would change: exactly its differences, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.errors import ProjectMapError
from geo.i18n import format_number, t
from store.audit.ledger import read_current_rows, read_last_token
from store.audit.locked_periods import list_locked_periods
from store.db.database import reading
from store.db.errors import EditError
from store.db.schema import FACTS
from store.facts.narrowing import narrow_facts_to_user
from store.imports.questions.plausibility import list_unusual
from store.templates.columns import (
    FIXED,
    format_plain,
    format_value,
    is_untouched,
    parse_value,
    same_value,
)
from store.templates.kinds import ADDABLE
from store.templates.row_changes import RowWriter
from store.templates.rows import fill_template

if TYPE_CHECKING:
    import sqlalchemy as sa

    from reports.grammar.numbers import Style
    from store.audit.changes import RowChange
    from store.facts.facts import Facts
    from store.templates.columns import TemplateColumn, Value
    from store.templates.rows import FilledTemplate, TemplateRow
    from store.templates.sheet import FilledSheet, SheetRow
    from store.users.users import User

_MOST_NAMED: Final = 60


@dataclass(frozen=True)
class TemplateDifference:
    """One cell that differs: its line in the file, what it is of, and both texts."""

    line: int
    key: str
    name: str
    heading: str
    before: str
    after: str
    earlier: bool = False


@dataclass(frozen=True)
class TemplateFault:
    """What of the file cannot be taken over, and why."""

    line: int
    name: str
    heading: str
    text: str


@dataclass
class TemplatePlan:
    """What reading a template back would do to the store as it was at ``version``.

    ``missing`` is how many of the template's rows the file lacks: nothing happens to them.
    ``corrects`` are the approved periods of which it would correct figures, ``unusual`` says what
    of it fits neither what the item had before nor its column.
    """

    sheet: FilledSheet
    version: str
    period_label: str
    missing: int = 0
    differences: list[TemplateDifference] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    corrects: tuple[str, ...] = ()
    unusual: tuple[str, ...] = ()


def plan_template(sheet: FilledSheet, facts: Facts, author: User) -> TemplatePlan:
    """Return what a mended template differs in from what is known, and what that would change.

    Nothing is written. A row that somebody else changed since the file was made is a fault, not a
    difference: taking it over would undo the other's change unseen.
    """
    facts = narrow_facts_to_user(facts, author)
    with reading() as connection:
        plan = TemplatePlan(sheet, read_last_token(connection), sheet.period)
        if sheet.period not in facts.period_ranks:
            _add_fault(plan, 0, "", "", t("templates.fault.period", period=sheet.period))
            return plan
        template = fill_template(facts, sheet.kind, sheet.period, author)
        plan.period_label = template.period_label
        _note_headings(plan)
        known = {row.key: row for row in template.rows}
        writer = RowWriter(connection, template, sheet, author)
        seen: set[str] = set()
        for sheet_row in sheet.rows:
            key = sheet_row.cells.get(sheet.kind.columns[0].key, "")
            if key in seen:
                _add_fault(plan, sheet_row.line, key, "", t("templates.fault.twice", key=key))
            elif key and key not in known:
                _add_fault(
                    plan, sheet_row.line, key, "", t("templates.fault.unknown", key=key[:60])
                )
            elif key:
                seen.add(key)
                _compare_row(plan, template, sheet_row, known[key], writer)
            else:
                _add_row(plan, template, sheet_row, writer)
        plan.missing = len(known.keys() - seen)
        plan.changes = writer.list_changes()
        plan.corrects = list_locked_periods(connection, plan.changes)
        plan.unusual = _list_unusual(connection, plan.changes, facts)
    return plan


def _list_unusual(
    connection: sa.Connection, changes: list[RowChange], facts: Facts
) -> tuple[str, ...]:
    fields = {str((change.after or {})["field"]) for change in changes
              if change.table == "observations" and change.after}  # fmt: skip
    figures = FACTS["observations"].c
    stored = read_current_rows(connection, "observations", figures.field.in_(fields))
    new = {str(change.after["item"]): str(change.after["name"]) for change in changes
           if change.table == "items" and change.after}  # fmt: skip
    return tuple(list_unusual(changes, stored, facts.period_ranks, {**facts.item_names, **new}))


def _note_headings(plan: TemplatePlan) -> None:
    sheet = plan.sheet
    if not sheet.headings:
        heading = sheet.kind.columns[0].heading
        _add_fault(plan, 0, "", heading, t("templates.fault.no_headings", heading=heading))
    for heading in sheet.unknown:
        _add_fault(plan, 0, "", heading[:60], t("templates.fault.heading"))
    for line, text in sheet.left_over:
        _add_fault(plan, line, text[:_MOST_NAMED], "", t("templates.fault.left_over"))


def _compare_row(
    plan: TemplatePlan,
    template: FilledTemplate,
    sheet_row: SheetRow,
    row: TemplateRow,
    writer: RowWriter,
) -> None:
    name = _name_row(row)
    changed = _read_changed_cells(plan, template, sheet_row, row, name)
    if not changed:
        return
    seal = sheet_row.cells.get("seal", "")
    if seal and seal != row.cells["seal"]:
        _add_fault(plan, sheet_row.line, name, "", t("templates.fault.seal"))
        return
    for key, after in changed.items():
        column = template.kind.column(key)
        text = sheet_row.cells[key]
        try:
            writer.change(row, column, after, line=sheet_row.line, raw=text)
        except ProjectMapError as fault:
            _add_fault(plan, sheet_row.line, name, column.heading, str(fault))
            continue
        plan.differences.append(
            TemplateDifference(
                sheet_row.line, row.key, name, column.heading,
                _show(template, column, row.cells.get(key)), _show(template, column, after),
                key in row.earlier,
            )
        )  # fmt: skip


def _read_changed_cells(
    plan: TemplatePlan,
    template: FilledTemplate,
    sheet_row: SheetRow,
    row: TemplateRow,
    name: str,
) -> dict[str, Value]:
    """Return what the cells mean that say something else than the row; the rest are faults."""
    changed: dict[str, Value] = {}
    for column in template.kind.columns:
        text = sheet_row.cells.get(column.key)
        if text is None or column.kind in FIXED:
            continue
        text = _strip_mark(text)
        before = row.cells.get(column.key)
        if is_untouched(column, text, before, template.facts):
            continue
        try:
            after = _parse_known(column, text, template.facts, plan.sheet.grouping)
            if not same_value(before, after):
                changed[column.key] = after
        except EditError as fault:
            _add_fault(plan, sheet_row.line, name, column.heading, str(fault))
    return changed


def _parse_known(column: TemplateColumn, text: str, facts: Facts, style: Style) -> Value:
    """Return what a changed cell of a known row means. Raises ``EditError``."""
    if column.kind == "new":
        raise EditError(t("templates.fault.only_new"))
    return parse_value(column, text, facts, style)


def _add_row(
    plan: TemplatePlan, template: FilledTemplate, sheet_row: SheetRow, writer: RowWriter
) -> None:
    """Plan something new of a row without a code."""
    texts = {
        column.key: _strip_mark(sheet_row.cells.get(column.key, ""))
        for column in template.kind.columns
        if column.kind not in FIXED
    }
    name = texts.get("name") or next((text for text in texts.values() if text), "")
    name = name[:_MOST_NAMED]
    if not name:
        return
    if template.kind.key not in ADDABLE:
        _add_fault(plan, sheet_row.line, name, "", t("templates.fault.not_addable"))
        return
    values: dict[str, Value] = {}
    faults = len(plan.faults)
    for key, text in texts.items():
        column = template.kind.column(key)
        try:
            values[key] = parse_value(column, text, template.facts, plan.sheet.grouping)
        except EditError as fault:
            _add_fault(plan, sheet_row.line, name, column.heading, str(fault))
    if len(plan.faults) > faults:
        return
    try:
        writer.add(values, texts, line=sheet_row.line)
    except ProjectMapError as fault:
        _add_fault(plan, sheet_row.line, name, "", str(fault))
        return
    plan.differences += [
        TemplateDifference(sheet_row.line, "", name, template.kind.column(key).heading, "",
                           _show(template, template.kind.column(key), value))
        for key, value in values.items()
        if value not in (None, "", ())
    ]  # fmt: skip


def _strip_mark(text: str) -> str:
    """Return a cell's text without the mark by which spreadsheets keep text as text."""
    return text[1:].strip() if text.startswith("'") else text


def _name_row(row: TemplateRow) -> str:
    for key in ("name", "task_name", "measure", "statement"):
        if row.cells.get(key):
            return str(row.cells[key])[:_MOST_NAMED]
    return row.key


def _show(template: FilledTemplate, column: TemplateColumn, value: Value) -> str:
    """Return a value as people write it: a number with its thousands grouped."""
    if isinstance(value, float):
        whole, _, part = format_plain(value).partition(",")
        return format_number(int(whole), 0) + (f",{part}" if part else "")
    return format_value(column, value, template.facts)


def _add_fault(plan: TemplatePlan, line: int, name: str, heading: str, text: str) -> None:
    plan.faults.append(TemplateFault(line, name, heading, text))
