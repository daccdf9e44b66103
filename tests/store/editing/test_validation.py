"""What is typed in is checked wherever its column stands."""

from __future__ import annotations

import pytest

from reports.model.schema import FIELDS
from store.db.errors import EditError
from store.db.staff_tables import ALL_TABLES
from store.editing.validation import validate_row

BODY_COLUMNS = [
    (table.name, column.name)
    for table in ALL_TABLES.values()
    for column in table.columns
    if column.name in {"asked_to_act", "body"}
]


def make_row(table: str, **given: str) -> dict[str, str]:
    return dict.fromkeys((column.name for column in ALL_TABLES[table].columns), "") | given


@pytest.mark.parametrize(("table", "column"), BODY_COLUMNS)
def test_every_column_of_a_body_refuses_a_number(table: str, column: str) -> None:
    with pytest.raises(EditError, match="“12 %” không phải tên cơ quan"):
        validate_row(make_row(table, **{column: "12 %"}), table)
    with pytest.raises(EditError) as others:
        validate_row(make_row(table, **{column: "Sở Xây dựng"}), table)
    assert "tên cơ quan" not in str(others.value)


@pytest.mark.parametrize("field", [name for name, one in FIELDS.items() if one.kind == "body"])
def test_so_does_every_figure_that_names_one(field: str) -> None:
    with pytest.raises(EditError, match="“12 %” không phải tên cơ quan"):
        validate_row(make_row("observations", field=field, value="12 %"), "observations")


def test_the_columns_of_bodies_are_those_of_problems_and_cases() -> None:
    assert set(BODY_COLUMNS) == {("clearance", "asked_to_act"), ("cases", "body")}
