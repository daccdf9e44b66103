"""What documents state of the chosen items and communes that no other table holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.exports.tables.columns import (
    CITED,
    ITEM,
    declare_commune,
    declare_item_name,
    declare_pair,
    declare_period,
    declare_word,
)
from store.exports.tables.table import ExportColumn, ExportInput, Row, TableDeclaration
from store.facts.labels import format_times, translate_word
from store.facts.selection import has_item_filters
from store.imports.item_statements import list_all_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.imports.item_statements import ShownStatement


def list_stated(given: ExportInput) -> Iterator[Row]:
    """Yield the statements of the chosen items up to the period, then those of communes.

    Only the period's own where the filters do not carry earlier ones. What is said of a commune
    has a row for each commune of today that it is about; it is left out when the filters ask for
    what only an item has.
    """
    ranks, area = given.facts.period_ranks, given.selection.area
    now = ranks.get(given.selection.period, -1)
    items = set(given.selection.items["item"].tolist())
    shown = [
        one
        for one in list_all_statements(given.facts)
        if (ranks[one.period] <= now if given.filters.carry else ranks[one.period] == now)
    ]
    for one in shown:
        if one.item in items:
            yield _make_row(one, "")
    if has_item_filters(given.filters):
        return
    for one in shown:
        for code in () if one.item else one.statement.communes:
            if area is None or code in area:
                yield _make_row(one, code)


def _make_row(shown: ShownStatement, commune: str) -> dict[str, Any]:
    statement, source = shown.statement, shown.source
    is_number = not isinstance(statement.value, str)
    return vars(statement) | {
        "statement": shown.key,
        "item": shown.item,
        "commune": commune,
        "period": shown.period,
        "value": "" if is_number else statement.value,
        "number": statement.value if is_number else None,
        "bodies": "; ".join(statement.bodies),
        "doc": source.doc,
        "line_from": source.line_from,
        "line_to": source.line_to,
        "raw": source.raw,
    }


def _read_words(given: ExportInput, row: Row) -> str:
    """Return a value that is no number in words: a time, a state."""
    if row["field"] == "status":
        return translate_word("status", row["value"], given.language)
    return format_times(row["value"], given.language)


STATED: Final = TableDeclaration(
    "stated",
    (
        ITEM,
        declare_item_name(36),
        *declare_commune(),
        ExportColumn("about", "long", 30, read="subject"),
        *declare_period("period", 20),
        *declare_word("field", 26, "statements.field"),
        ExportColumn("number_value", "number", 14, read="number"),
        ExportColumn("total", "number", 12),
        ExportColumn("unit", "text", 12),
        *declare_pair("stated_value", 24, _read_words, read="value"),
        *declare_word("qualifier", 12, "exports.qualifier"),
        *declare_word("mood", 14, "statements.mood"),
        *declare_pair("at_time", 16, lambda given, row: format_times(row["when"], given.language),
                      read="when"),
        ExportColumn("component", "long", 24, read="detail"),
        ExportColumn("part_of", "long", 24, title_key="exports.column.part_of_total"),
        ExportColumn("bodies", "long", 24),
        ExportColumn("stated", "text", 18),
        *CITED,
        ExportColumn("statement", coded=True, title_key="exports.column.statement_id"),
    ),
    list_stated,
)  # fmt: skip
"""One statement of an item or of a commune: value, unit, mood, the words it is from."""
