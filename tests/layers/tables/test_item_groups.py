"""Groups of items: counts and sums that add up, an item once or by its shares."""

import pytest

from geo.i18n import LANGUAGES
from layers.choropleth.investment import build_investment_layer
from layers.details.places import BETWEEN, format_district_name, map_communes_to_districts
from layers.tables.item_groups import (
    NONE,
    GroupTable,
    build_group_filters,
    build_group_table,
    list_group_members,
)
from layers.tables.table_columns import AREA_GROUPS, GROUPS
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.small_facts import (
    GIA_VIEN,
    GOLF,
    LNG,
    NGO_QUYEN,
    OBSERVATIONS,
    THACH_KHOI,
    THUY_NGUYEN,
    TUNNEL,
    no_facts,
    seen,
    small_facts,
)

LATER = Filters(period="2026-H1")


def row(found: GroupTable, key: str) -> dict[str, object]:
    return found.frame.set_index("key").loc[key].to_dict()


def test_an_item_over_several_communes_is_in_each_with_its_share() -> None:
    found = build_group_table(small_facts(), Filters(), "commune")
    assert found.shares
    for code in (NGO_QUYEN, GIA_VIEN, THUY_NGUYEN):
        assert row(found, code)["items"] == 1
        assert row(found, code)["investment_bvnd"] == pytest.approx(6235.594 / 3)
    assert row(found, THACH_KHOI)["items"] == 2
    assert row(found, THACH_KHOI)["misses"] == 1
    assert row(found, THACH_KHOI)["problems"] == 1


def test_a_commune_of_two_districts_is_a_group_of_its_own() -> None:
    facts = load_facts()
    keys = map_communes_to_districts(facts)
    assert len(keys) == 114
    assert keys["10750"] == "hd.huyen-kim-thanh"
    both = keys[THACH_KHOI]
    assert both == BETWEEN.join(["hd.huyen-gia-loc", "hd.thanh-pho-hai-duong"])
    assert format_district_name(facts, both) == "huyện Gia Lộc (cũ) và thành phố Hải Dương (cũ)"


def test_items_without_a_place_are_a_group_of_their_own() -> None:
    found = row(build_group_table(small_facts(), LATER, "district"), NONE)
    assert found["label"] == "Chưa xếp được vào địa bàn nào"
    assert (found["items"], found["unknown"]) == (1, 1)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("period", ["2025-11", "2026-Q1", "2026-H1"])
def test_groups_add_up_to_the_whole(group: str, period: str) -> None:
    facts, filters = load_facts(), Filters(period=period)
    found = build_group_table(facts, filters, group)
    items = select_items(facts, filters).items
    assert found.items == len(items)
    assert set(list_group_members(facts, filters, group)["item"]) == set(items["item"])
    if found.overlap:
        return
    total = float(found.frame["investment_bvnd"].fillna(0).sum())
    assert total == pytest.approx(found.investment_bvnd or 0.0)
    if group not in AREA_GROUPS:
        assert found.frame["items"].sum() == len(items)
        assert found.frame["unknown"].sum() == items["investment_mvnd"].isna().sum()


def test_communes_have_the_shares_that_the_map_draws() -> None:
    facts = load_facts()
    layer = build_investment_layer(facts, Filters()).frame.set_index("code")
    for one in build_group_table(facts, Filters(), "commune").frame.itertuples(index=False):
        if one.key == NONE:
            continue
        assert one.items == layer.loc[one.key, "items"]


def test_an_item_that_asks_two_bodies_is_whole_in_both_and_once_in_the_total() -> None:
    facts = small_facts(observations=[*OBSERVATIONS, seen(GOLF, "asked_to_act", "Sở Xây dựng")])
    found = build_group_table(facts, Filters(), "body")
    assert found.overlap
    assert row(found, "Sở Xây dựng")["investment_bvnd"] == pytest.approx(11035.467)
    assert row(found, "UBND phường Thạch Khôi")["investment_bvnd"] == pytest.approx(11035.467)
    assert found.investment_bvnd == pytest.approx(205075.096)
    assert not build_group_table(small_facts(), Filters(), "body").overlap


def test_the_mean_of_a_group_is_that_of_its_items_and_a_phase_counts_not() -> None:
    found = build_group_table(small_facts(), Filters(), "commune")
    assert row(found, THACH_KHOI)["construction"] == pytest.approx(77)
    assert row(found, NGO_QUYEN)["construction"] == pytest.approx(45)
    lng = list_group_members(small_facts(), Filters(), "commune").set_index("item").loc[LNG, "key"]
    assert row(found, lng)["construction"] != row(found, lng)["construction"]  # not a number


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_s_filters_choose_its_items_or_there_are_none(group: str) -> None:
    facts, filters = load_facts(), Filters(period="2026-Q1")
    for key, rows in list_group_members(facts, filters, group).groupby("key"):
        narrowed = build_group_filters(facts, filters, group, str(key))
        if narrowed is None:
            assert key == NONE or group == "body"
            continue
        chosen = set(select_items(facts, narrowed).items["item"])
        # A former district also holds the communes that it shares with another one.
        assert chosen >= set(rows["item"]) if group == "district" else chosen == set(rows["item"])


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_a_name_in_both_languages(group: str, language: str) -> None:
    found = build_group_table(load_facts(), LATER, group, language=language)
    assert all(found.frame["label"])
    assert not (found.frame["label"] == found.frame["key"]).any() or group == "body"


def test_nothing_reported_is_no_group() -> None:
    for group in GROUPS:
        found = build_group_table(no_facts(), Filters(), group)
        assert len(found.frame) == 0
        assert (found.items, found.investment_bvnd) == (0, None)


def test_the_tunnel_is_counted_once_in_a_kind() -> None:
    found = build_group_table(small_facts(), Filters(), "kind")
    assert row(found, "key_project")["items"] == 5
    assert TUNNEL in set(list_group_members(small_facts(), Filters(), "kind")["item"])
