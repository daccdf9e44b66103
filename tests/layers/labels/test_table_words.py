"""No word of the program's own reaches a reader: every word column of every table has its texts."""

import pytest

from geo.i18n import LANGUAGES, load_catalogue
from layers.labels.audit_labels import describe_audit_row, format_cell
from layers.labels.field_labels import format_row_title
from reports.model.schema import FIELDS
from store.audit.changes import RowChange
from store.db.staff_tables import ALL_TABLES
from store.templates.kinds import KINDS
from tests.small_facts import small_facts

WORDS = [
    (table.name, column.name, word)
    for table in ALL_TABLES.values()
    for column in table.columns
    if column.kind == "word"
    for word in sorted(column.allowed)
]
CHANGED_BY_HAND = sorted(
    {column.table for kind in KINDS.values() for column in kind.columns if column.table}
    | {"documents", "points", "cases", "case_steps", "visits", "conflicts"}
)
VALUES = [(name, word) for name, field in FIELDS.items() for word in sorted(field.allowed)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("table", "column", "word"), WORDS)
def test_every_word_of_every_table_is_written_out(
    table: str, column: str, word: str, language: str
) -> None:
    told = format_cell(table, column, word, {column: word}, language)
    assert told in load_catalogue(language).values()
    assert "_" not in told


@pytest.mark.parametrize(("field", "word"), VALUES)
def test_what_an_observation_says_is_written_out(field: str, word: str) -> None:
    row = {"field": field, "value": word}
    assert format_cell("observations", "value", word, row) in load_catalogue("vi").values()


def test_any_other_value_stands_as_it_is() -> None:
    assert format_cell("items", "name", "open", {"name": "open"}) == "open"
    assert format_cell("observations", "value", "43", {"field": "area_ha", "value": "43"}) == "43"
    assert format_cell("cases", "state", "unheard_of", {}) == "unheard_of"
    assert format_cell("nowhere", "state", "open", {}) == "open"


def test_the_audit_says_a_step_in_words() -> None:
    after = '{"case": "GP-0001", "step": "resettled", "state": "not_applicable"}'
    row = {"table_name": "case_steps", "key": "k", "before": "", "after": after}
    assert [one.after for one in describe_audit_row(row).fields] == [
        "GP-0001", "Bố trí tái định cư", "không áp dụng",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", CHANGED_BY_HAND)
def test_every_table_that_a_change_by_hand_touches_is_called_something(
    table: str, language: str
) -> None:
    """A filled template, or several rows changed at once, bring a document of their own."""
    assert format_row_title(small_facts(), RowChange(table, {}, None), language)
