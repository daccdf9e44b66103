"""The table of items: the same items as the map, in the order and columns that were asked for."""

import pandas as pd
import pytest

from geo.i18n import LANGUAGES
from layers.tables.item_groups import NONE
from layers.tables.item_table import build_item_table, format_item_table
from layers.tables.table_columns import COLUMNS, DEFAULT_COLUMNS
from layers.tables.table_settings import TableSettings
from layers.tables.word_colours import COLOURED, list_coloured_words
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.hostile import HOSTILE_TEXTS
from tests.small_facts import (
    AEON,
    GOLF,
    ITEMS,
    LNG,
    NGO_QUYEN,
    OBSERVATIONS,
    RING_ROAD,
    THACH_KHOI,
    TUNNEL,
    item,
    no_facts,
    seen,
    small_facts,
)

EVERY = tuple(COLUMNS)


def codes(table: pd.DataFrame) -> list[str]:
    return list(table["item"])


def test_without_a_view_the_largest_investment_comes_first_and_unknown_ones_last() -> None:
    table = build_item_table(small_facts(), Filters(period="2026-H1"))
    assert tuple(table.columns) == DEFAULT_COLUMNS
    assert codes(table) == [LNG, GOLF, RING_ROAD, TUNNEL, AEON, "KCN-SMALL"]
    assert pd.isna(table.iloc[-1]["investment_bvnd"])


def test_rows_are_sorted_by_several_columns_one_after_the_other() -> None:
    view = TableSettings(columns=("item",), sort=(("forecast", False), ("investment_bvnd", False)))
    # Those that miss come first, then those that meet; the smaller amount before the larger.
    assert codes(build_item_table(small_facts(), Filters(), view=view)) == [
        GOLF,
        LNG,
        AEON,
        TUNNEL,
        RING_ROAD,
    ]


def test_times_are_sorted_by_the_calendar_not_by_their_words() -> None:
    facts = small_facts(
        observations=[
            *OBSERVATIONS,
            seen(AEON, "milestone_start", "2026-12"),
            seen(LNG, "milestone_start", "2027"),
            seen(TUNNEL, "milestone_start", "2026-Q3"),
        ]
    )
    view = TableSettings(columns=("item", "start"), sort=(("start", False),))
    table = build_item_table(facts, Filters(), view=view)
    assert codes(table)[:4] == [TUNNEL, AEON, GOLF, LNG]
    assert list(table["start"][:2]) == ["quý III/2026", "tháng 12/2026"]


def test_names_are_sorted_without_regard_to_accents() -> None:
    names = ["Đường B", "Dự án C", "Án A", "Ô tô", "ong"]
    items = [item(f"KP-9{at}", name=name) for at, name in enumerate(names)]
    facts = small_facts(
        items=items,
        places=[],
        observations=[seen(one["item"], "status", "started") for one in items],
        clearance=[],
        conflicts=[],
    )
    view = TableSettings(columns=("name",), sort=(("name", False),))
    table = build_item_table(facts, Filters(), view=view)
    assert list(table["name"]) == ["Án A", "Dự án C", "Đường B", "Ô tô", "ong"]


def test_a_part_of_a_group_leaves_its_items_only() -> None:
    view = TableSettings(columns=("item",), group="commune", part=NGO_QUYEN)
    assert codes(build_item_table(small_facts(), Filters(), view=view)) == [TUNNEL]
    nowhere = TableSettings(columns=("item",), group="commune", part=NONE)
    assert codes(build_item_table(small_facts(), Filters(period="2026-H1"), view=nowhere)) == [
        "KCN-SMALL"
    ]


def test_the_table_obeys_the_filters_of_the_map() -> None:
    facts = load_facts()
    for filters in (Filters(), Filters(communes=(THACH_KHOI,)), Filters(text="cau", carry=False)):
        table = build_item_table(facts, filters)
        assert sorted(codes(table)) == sorted(select_items(facts, filters).items["item"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_can_be_shown_and_sorted_in_both_directions(language: str) -> None:
    facts = load_facts()
    for name in EVERY:
        for down in (False, True):
            view = TableSettings(columns=EVERY, sort=((name, down),))
            table = build_item_table(facts, Filters(period="2026-H1"), view=view, language=language)
            assert len(table) == len(select_items(facts, Filters(period="2026-H1")).items)
            gaps = list(table[name].isna() | (table[name].astype(str) == ""))
            assert gaps == sorted(gaps), f"unknown {name} stands before known"


def test_what_is_sent_reads_in_the_language_and_says_the_same() -> None:
    table = build_item_table(small_facts(), Filters(), view=TableSettings(columns=EVERY))
    shown = format_item_table(table)
    assert list(shown.columns) == list(table.columns)
    assert list(shown["investment_bvnd"])[:2] == ["178.012,0", " 11.035,5"]
    for name in ("item", "name", "communes"):
        assert list(shown[name].astype(str)) == list(table[name])
    for name in COLOURED:
        assert list(shown[name]) == [[text or "chưa rõ"] for text in table[name]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COLOURED)
def test_every_word_that_stands_in_a_coloured_column_has_a_colour(name: str, language: str) -> None:
    table = build_item_table(load_facts(), Filters(), language=language)
    assert set(table[name]) - {""} <= set(list_coloured_words(name, language))


def test_the_short_name_stands_first_and_sorts_as_it_reads() -> None:
    named = [
        item("KP-98", name="Dự án đầu tư xây dựng Ý B"),
        item("KP-99", name="Ý A" + " Ý A" * 20),
    ]
    marks = [seen(one["item"], "status", "started") for one in named]
    facts = small_facts(items=[*ITEMS, *named], observations=[*OBSERVATIONS, *marks])
    table = build_item_table(facts, Filters(), view=TableSettings(sort=(("short_name", True),)))
    assert table.columns[0] == "short_name"
    assert table["short_name"][0] == "Ý B"
    assert table["short_name"][1].endswith("Ý A Ý…")


def test_problems_are_counted_of_each_item() -> None:
    table = build_item_table(
        small_facts(), Filters(), view=TableSettings(columns=("item", "problems"))
    )
    counts = dict(zip(table["item"], table["problems"], strict=True))
    assert (counts[GOLF], counts[LNG], counts[AEON]) == (1, 1, 0)


def test_hostile_names_pass_as_they_are() -> None:
    names = [text for text in HOSTILE_TEXTS if text.isprintable()]
    items = [item(f"KP-8{at:02}", name=name) for at, name in enumerate(names)]
    marks = [seen(one["item"], "status", "started") for one in items]
    facts = small_facts(items=[*ITEMS, *items], observations=[*OBSERVATIONS, *marks])
    table = format_item_table(
        build_item_table(facts, Filters(), view=TableSettings(columns=("name",)))
    )
    assert set(names) <= set(table["name"])


def test_nothing_reported_is_an_empty_table() -> None:
    table = build_item_table(no_facts(), Filters(), view=TableSettings(columns=EVERY))
    assert len(table) == 0
    assert list(format_item_table(table).columns) == list(EVERY)
