"""What documents state is in the matrix: in its own period's cell, changes marked."""

from layers.history.place_history import find_place_history
from layers.history.project_history import find_item_history
from tests.reports.statements.made import state
from tests.small_facts import AEON, HAI_AN
from tests.small_statements import of_commune, stated_facts


def left(value: float, name: str = "phường Hải An"):
    return of_commune(name, HAI_AN, "households_remaining", value, mood="measured")


def test_a_commune_s_row_runs_over_the_periods_and_marks_what_changed() -> None:
    facts = stated_facts(
        ("2025-11", "", left(40.0)), ("2026-Q1", "", left(12.0)), ("2026-H1", "", left(12.0))
    )
    history = find_place_history(facts, HAI_AN)
    assert history is not None
    (row,) = history.stated
    assert [[value.text for value in cell] for cell in row.cells] == [
        ["40 hộ"], ["12 hộ"], ["12 hộ"],
    ]  # fmt: skip
    assert [[value.change for value in cell] for cell in row.cells] == [[""], ["changed"], [""]]
    assert row.cells[1][0].before == "40 hộ"
    assert row.cells[1][0].sources[0].line_from == 12


def test_what_is_said_twice_in_one_period_stands_once_and_a_difference_is_no_change() -> None:
    facts = stated_facts(
        ("2026-Q1", "", left(12.0)), ("2026-Q1", "", left(12.0)), ("2026-Q1", "", left(14.0))
    )
    history = find_place_history(facts, HAI_AN)
    assert history is not None
    (row,) = history.stated
    assert [value.text for value in row.cells[1]] == ["12 hộ", "14 hộ"]
    assert not row.changed


def test_a_former_district_names_the_commune_of_each_row() -> None:
    history = find_place_history(stated_facts(("2026-Q1", "", left(12.0))), "hp.quan-hai-an")
    assert history is not None
    assert [row.note for row in history.stated] == ["Phường Hải An · thông số"]


def test_an_item_s_rows_come_after_its_figures() -> None:
    flats = state("Aeon", "project", "dwellings", 240.0, unit="căn", mood="planned")
    history = find_item_history(stated_facts(("2026-Q1", AEON, flats)), AEON)
    assert history is not None
    assert history.rows[-1].key == "stated.dwellings"
    assert not history.rows[-1].headline
