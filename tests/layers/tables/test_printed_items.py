"""The list as paper has it: every row of the filters, with what chose them."""

import pytest

from layers.tables.item_table import build_item_table
from layers.tables.printed_items import PrintedItems, build_printed_items
from layers.tables.table_columns import COLUMNS, GROUPS
from layers.tables.table_settings import TableSettings
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.many_facts import many_facts


def printed(filters: Filters, view: TableSettings, language: str = "vi") -> PrintedItems:
    return build_printed_items(load_facts(), filters, view, language=language)


def column(listed: PrintedItems, number: int) -> list[str]:
    return [row[number][0] for row in listed.items.rows]


def test_every_row_of_the_filters_is_printed_in_the_order_and_columns_chosen() -> None:
    view = TableSettings(columns=("item", "short_name"), sort=(("item", True),))
    filters = Filters(period="2026-Q1")
    listed = printed(filters, view)
    assert column(listed, 0) == list(build_item_table(load_facts(), filters, view=view)["item"])
    assert len(listed.items.rows) == 78
    assert "78" in listed.about
    assert [one.label for one in listed.items.columns] == ["Mã", "Tên"]


def test_names_are_printed_whole() -> None:
    listed = printed(Filters(), TableSettings(columns=("short_name",)))
    assert not [name for name in column(listed, 0) if name.endswith("…")]
    assert max(map(len, column(listed, 0))) > 80


def test_period_and_filters_are_named_and_what_narrows_nothing_is_not() -> None:
    assert printed(Filters(period="2026-Q1"), TableSettings()).chosen == ("Quý I/2026",)
    chosen = printed(
        Filters(period="2026-Q1", kinds=("key_project",), text="cầu", items=("KP-04",)),
        TableSettings(),
        "en",
    ).chosen
    assert chosen == (
        "First quarter of 2026",
        "Kind: Key project",
        "With the words: “cầu”",
        "Project codes: KP-04",
    )


@pytest.mark.parametrize("group", GROUPS)
def test_groups_are_printed_before_the_rows_and_a_chosen_one_is_named(group: str) -> None:
    listed = printed(Filters(), TableSettings(group=group))
    assert listed.groups is not None
    assert len(listed.items.rows) == 78
    key = "none"
    part = printed(Filters(), TableSettings(group=group, part=key))
    if part.groups is None:
        assert 0 < len(part.items.rows) < 78
        assert len(part.chosen) == 2
    assert len(printed(Filters(), TableSettings(group=group, part="x")).items.rows) == 78


def test_very_many_rows_are_all_printed() -> None:
    facts = many_facts()
    listed = build_printed_items(facts, Filters(), TableSettings(), language="vi")
    assert len(listed.items.rows) == len(build_item_table(facts, Filters(), view=TableSettings()))
    assert len(listed.items.rows) > 3000
    assert listed.about.startswith("Đủ ")


def test_the_columns_fill_the_sheet_and_many_of_them_a_larger_one() -> None:
    few, all_of_them = (
        printed(Filters(), view) for view in (TableSettings(), TableSettings(columns=(*COLUMNS,)))
    )
    assert (few.sheet, all_of_them.sheet) == ("A4", "A3")
    for listed in (few, all_of_them):
        assert sum(one.percent for one in listed.items.columns) == pytest.approx(100, abs=0.5)


def test_words_keep_their_colours() -> None:
    listed = printed(Filters(), TableSettings(columns=("status", "forecast")))
    assert {colour for row in listed.items.rows for _, colour in row} > {"#fee4e2", "#d1fadf"}
