"""What a row says, column by column, as a person reads it: for previews, conflicts and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import CatalogueError
from geo.i18n import DEFAULT_LANGUAGE, format_money, format_number, t
from reports.model.dates import is_day, parse_span
from reports.model.schema import FIELDS
from store.facts.labels import (
    format_iso_day,
    format_quantity,
    format_when,
    get_period_label,
    translate_word,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.audit.changes import RowChange
    from store.audit.edit_tokens import ConcurrentChange
    from store.facts.facts import Facts

_WORDS: Final = {
    "kind": "kind", "funding": "funding", "phase": "phase", "basis": "basis", "how": "how",
    "certainty": "certainty", "category": "obstacle", "field": "field",
}  # fmt: skip
_DAYS: Final = frozenset({"opened", "deadline", "closed", "day"})
_POINT_DECIMALS: Final = 6
_QUIET: Final = frozenset({
    "page", "table_no", "row_no", "column_no", "confidence", "parser_version", "chapter", "case",
    "clearance", "visit",
})  # fmt: skip
"""Columns that say nothing to a reader."""


@dataclass(frozen=True)
class FieldDifference:
    """One field that differs: what it is called, what it said and what it says, in words."""

    label: str
    before: str
    after: str


def format_column_label(column: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return what a column is called; ``step.…`` are the steps of clearance."""
    step = column.removeprefix("step.")
    key = f"register.step.{step}" if step != column else f"edit.column.{column}"
    try:
        return t(key, language)
    except CatalogueError:
        return column


def format_field_value(
    facts: Facts, column: str, value: Any, *, field: str = "", language: str = DEFAULT_LANGUAGE
) -> str:
    """Return a value in words; ``field`` is that of the figure whose ``value`` it is."""
    if value is None or value == "":
        return t("edit.value.empty", language)
    of_city = column == "value" and isinstance(value, (int, float))
    text = format_quantity(float(value), language) if of_city else str(value)
    if column in _WORDS:
        return translate_word(_WORDS[column], text, language)
    if column in {"commune", "communes"}:
        names = facts.commune_names
        return ", ".join(str(names.get(code, code)) for code in text.split())
    if column == "state":
        return _format_state(text, language)
    if column.startswith("step."):
        state, _, rest = text.partition(" ")
        return " ".join(filter(None, (_format_state(state, language), rest)))
    return _format_other_value(facts, column, text, field, language)


def _format_other_value(facts: Facts, column: str, text: str, field: str, language: str) -> str:
    if column == "item":
        return str(facts.item_names.get(text, text))
    if column == "zone":
        return str(facts.zone_names.get(text, text))
    if column == "doc":
        return str(facts.document_rows.get(text, {}).get("title", text))
    if column in {"lon", "lat"}:
        return format_number(float(text), _POINT_DECIMALS, language)
    if column.endswith("_ha") or column in {"accuracy_m", "total"}:
        return format_quantity(float(text), language)
    formatted = text
    if column in _DAYS and is_day(text):
        formatted = format_iso_day(text, language)
    elif column == "value" and field:
        formatted = format_figure_value(field, text, language)
    elif column == "period":
        formatted = get_period_label(facts, text, language)
    elif column == "qualifier":
        formatted = t(f"edit.qualifier.{text}", language)
    return formatted


def format_figure_value(field: str, text: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the value of a figure in words; the text itself where it is no such value."""
    kind = FIELDS[field].kind if field in FIELDS else "text"
    if kind == "word":
        return translate_word(field, text, language)
    if kind == "when":
        return format_when(text, language) if parse_span(text) else text
    return _format_amount(field, text, language) if kind == "number" else text


def _format_amount(field: str, text: str, language: str) -> str:
    try:
        amount = float(text)
    except ValueError:
        return text
    if field.endswith("_mvnd"):
        return format_money(amount, language)
    unit = " %" if field.endswith("_pct") else " ha" if field.endswith("_ha") else ""
    return f"{format_quantity(amount, language)}{unit}"


def list_differences(
    facts: Facts,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[FieldDifference, ...]:
    """Return what differs between two rows, in the order of their columns."""
    old, new = before or {}, after or {}
    names = [name for name in {**old, **new} if name not in _QUIET]
    return tuple(
        FieldDifference(
            format_column_label(name, language),
            format_field_value(
                facts, name, old.get(name), field=str(old.get("field", "")), language=language
            ),
            format_field_value(
                facts, name, new.get(name), field=str(new.get("field", "")), language=language
            ),
        )
        for name in names
        if (old.get(name) or "") != (new.get(name) or "")
    )


def list_other_differences(
    facts: Facts, other: ConcurrentChange, language: str = DEFAULT_LANGUAGE
) -> tuple[FieldDifference, ...]:
    """Return what somebody else changed."""
    return list_differences(facts, other.before, other.after, language)


def format_row_title(facts: Facts, row: RowChange, language: str = DEFAULT_LANGUAGE) -> str:
    """Return what a changed row is, in words: its table and what tells it from others there."""
    values = row.after or row.before or {}
    detail = {
        "places": lambda: format_field_value(
            facts, "commune", values.get("commune"), language=language
        ),
        "observations": lambda: (
            f"{translate_word('field', str(values.get('field', '')), language)}, "
            f"{get_period_label(facts, str(values.get('period', '')), language)}"
        ),
        "case_steps": lambda: format_column_label(f"step.{values.get('step', '')}", language),
        "cases": lambda: str(values.get("case", "")),
    }.get(row.table, lambda: "")()
    name = t(f"edit.table.{row.table}", language)
    return f"{name}: {detail}" if detail else name


def _format_state(state: str, language: str) -> str:
    for key in (f"register.state.{state}", f"register.step_state.{state}"):
        try:
            return t(key, language)
        except CatalogueError:
            continue
    return state
