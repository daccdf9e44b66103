"""The program's own words in the store's tables as people read them, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import CatalogueError
from geo.i18n import DEFAULT_LANGUAGE, t
from reports.schema import FIELDS
from store.staff_tables import ALL_TABLES
from store.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS: Final = {
    ("cases", "state"): "register.state.{}",
    ("case_steps", "step"): "register.step.{}",
    ("case_steps", "state"): "register.step_state.{}",
    ("points", "how"): "field.how.{}",
    ("visits", "source"): "field.source.{}",
    ("documents", "status"): "pages.about.status_{}",
    ("observations", "qualifier"): "edit.qualifier.{}",
}
"""Where a column's words stand when they are not those of the reports' facts."""

_SECTIONS: Final = {"category": "obstacle"}


def cell_words(
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
        return word(field.name, value, language) if field.kind == "word" else value
    if column not in _word_columns(table):
        return value
    key = _TEXTS.get((table, column), f"layers.{_SECTIONS.get(column, column)}.{{}}")
    try:
        return t(key.format(value), language)
    except CatalogueError:
        return value


def _word_columns(table: str) -> frozenset[str]:
    known = ALL_TABLES.get(table)
    columns = known.columns if known else ()
    return frozenset(column.name for column in columns if column.kind == "word")
