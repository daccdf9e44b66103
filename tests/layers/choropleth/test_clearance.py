"""Delayed clearance by commune: number, severity, money held up, who must act."""

import pandas as pd
import pytest

from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.difference import compute_layer_difference
from layers.choropleth.held_up import compute_held_up_balance
from layers.choropleth.layer import ALONG, CARRIED, NOTHING, UNKNOWN
from layers.leaflet.map_message import pack_layer
from store.analysis.palettes import NOTHING_COLOUR, pick_colours
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.layers.leaflet.messages import unpack_message
from tests.small_facts import (
    CLEARANCE,
    GOLF,
    HAI_AN,
    KIEN_HUNG,
    LNG,
    NGO_QUYEN,
    RING_ROAD,
    THACH_KHOI,
    no_facts,
    problem,
    small_facts,
)
from tests.small_statements import of_commune, stated_facts
from tests.store.analysis.test_palettes import measure_contrast


def row(frame: pd.DataFrame, code: str) -> pd.Series:
    return frame.set_index("code").loc[code]


def test_a_commune_tells_its_problems_and_who_must_act() -> None:
    layer = build_clearance_layer(small_facts(), Filters())
    there = row(layer.frame, THACH_KHOI)
    assert len(layer.frame) == 114
    assert (there["problems"], there["severity"]) == (1, 2)
    assert there["categories"] == ("land_origin",)
    assert there["held_items"] == (GOLF,)
    assert there["asked_to_act"] == ("UBND phường Thạch Khôi",)
    assert there["held_up_vnd"] == 11035467 * VND_PER_MVND
    assert there["label"] == "1 vướng mắc · mức 2, cần theo dõi · vốn bị vướng 11.035,5 tỷ đồng"
    assert row(layer.frame, HAI_AN)["class_index"] == NOTHING


def test_money_held_up_is_the_commune_s_share_and_the_item_counts_once() -> None:
    facts = small_facts(
        clearance=[
            problem("CL-1", HAI_AN, item=RING_ROAD, category="compensation"),
            problem("CL-2", HAI_AN, item=RING_ROAD, category="resettlement"),
        ]
    )
    filters = Filters(clearance="money", communes=(HAI_AN,))
    there = row(build_clearance_layer(facts, filters).frame, HAI_AN)
    assert there["problems"] == 2
    assert there["held_up_vnd"] == 8593119 * VND_PER_MVND // 2
    assert compute_held_up_balance(facts, filters).total_vnd == 8593119 * VND_PER_MVND


def test_a_problem_that_names_no_project_has_unknown_money() -> None:
    layer = build_clearance_layer(small_facts(), Filters(clearance="money"))
    assert row(layer.frame, NGO_QUYEN)["class_index"] == UNKNOWN
    assert pd.isna(row(layer.frame, NGO_QUYEN)["value"])
    assert any("không nêu tên dự án" in note for note in layer.legend.notes)


def test_a_project_stuck_along_its_route_marks_its_communes_and_the_sum_adds_up() -> None:
    """The report names nine communes of KP-18 and not in which of them land is missing."""
    facts, filters = load_facts(), Filters(period="2026-Q1")
    layer = build_clearance_layer(facts, filters)
    along = layer.frame[layer.frame["class_index"] == ALONG]
    assert set(along["code"]) == set(facts.item_communes["KP-18"])
    assert (along["problems"] == 0).all()
    balance = compute_held_up_balance(facts, filters)
    problems = list_clearance_problems(facts, filters)
    items = select_items(facts, filters).items
    held_up = items[items["item"].isin({problem.item for problem in problems})]
    whole = int(held_up["investment_mvnd"].sum()) * VND_PER_MVND
    shown = int(layer.frame["held_up_vnd"].sum())
    assert shown + balance.along_route_vnd + balance.not_placed_vnd == balance.total_vnd == whole
    assert layer.legend.brief == (
        "213.764,8 tỷ đồng bị vướng = 194.636,8 ở nơi tô màu + 19.128 theo tuyến (gạch chéo)",
    )


def test_every_late_commune_is_singled_out_with_the_money_where_it_is_known() -> None:
    layer = build_clearance_layer(load_facts(), Filters(period="2026-Q1"))
    late = layer.frame[layer.frame["problems"] > 0]
    assert {one.code for one in layer.highlights} == set(late["code"])
    assert layer.highlights[0].code == KIEN_HUNG
    assert layer.highlights[0].detail == "178.012 tỷ"
    for one in layer.highlights:
        assert bool(one.detail) == (not pd.isna(row(layer.frame, one.code)["held_up_vnd"]))


def test_few_amounts_are_listed_one_by_one() -> None:
    layer = build_clearance_layer(load_facts(), Filters(period="2026-Q1", clearance="money"))
    labels = [entry.label for entry in layer.legend.classes]
    assert labels == ["1.497", "1.687", "2.405", "11.035", "178.012"]


def test_severity_is_that_of_the_gravest_problem() -> None:
    facts = small_facts(clearance=[*CLEARANCE, problem("CL-4", KIEN_HUNG)])
    layer = build_clearance_layer(facts, Filters(clearance="severity"))
    there = row(layer.frame, KIEN_HUNG)
    assert (there["problems"], there["value"]) == (2, 3)
    assert layer.legend.classes[there["class_index"]].label == "mức 3, nghiêm trọng"
    assert len(layer.legend.classes) == 5


def test_filtering_by_item_hides_problems_without_one_and_says_so() -> None:
    layer = build_clearance_layer(small_facts(), Filters(forecasts=("misses",)))
    assert row(layer.frame, NGO_QUYEN)["problems"] == 0
    assert row(layer.frame, THACH_KHOI)["problems"] == 1
    assert any("khi lọc theo dự án" in note for note in layer.legend.notes)


@pytest.mark.parametrize("measure", ["number", "severity", "money"])
def test_communes_whose_problems_are_all_an_earlier_period_s_look_so(measure: str) -> None:
    new = problem("CL-5", KIEN_HUNG, period="2026-H1", doc="h1-2026")
    facts = small_facts(clearance=[*CLEARANCE, new])
    filters = Filters(period="2026-H1", clearance=measure)
    layer = build_clearance_layer(facts, filters)
    assert layer.carried == {THACH_KHOI, NGO_QUYEN}
    entry = layer.legend.carried
    assert entry is not None
    assert (entry.index, entry.pattern, entry.count) == (CARRIED, "stripes", len(layer.carried))
    assert measure_contrast(entry.colour, NOTHING_COLOUR) >= 3
    # The stripes lie over the classes' colours, which stay in their order.
    classes = layer.legend.classes
    assert [one.colour for one in classes] == list(pick_colours("clearance", len(classes)))
    for one in classes:
        assert measure_contrast(one.colour, NOTHING_COLOUR) >= 3
    own = build_clearance_layer(facts, filters.with_changes(period="2026-Q1"))
    assert (own.carried, own.legend.carried) == (frozenset(), None)


def test_what_is_carried_over_is_marked_on_the_map_and_in_its_words() -> None:
    filters = Filters(period="2026-H1")
    layer = build_clearance_layer(load_facts(), filters)
    told = unpack_message(pack_layer(layer).packed)
    codes = list(layer.frame["code"])
    assert {codes[index] for index in told["carried"]} == layer.carried
    assert len(layer.carried) == 15
    assert told["looks"][str(CARRIED)][1] == "stripes"
    for code, value in zip(codes, told["values"], strict=True):
        assert value.endswith("(Do kỳ trước nêu, kỳ này không nhắc lại)") == (code in layer.carried)
    change = compute_layer_difference(load_facts(), filters, "2026-Q1", "clearance")
    assert change.layer.carried == frozenset()
    assert change.more == change.less == 0


@pytest.mark.parametrize("measure", ["number", "severity", "money"])
def test_nothing_and_all_alike_draw_properly(measure: str) -> None:
    empty = build_clearance_layer(no_facts(), Filters(clearance=measure))
    assert empty.legend.nothing.count == 114
    codes = no_facts().communes["code"]
    alike = small_facts(clearance=[problem(f"CL-{code}", code) for code in codes], items=[],
                        places=[], observations=[], conflicts=[])  # fmt: skip
    layer = build_clearance_layer(alike, Filters(clearance=measure))
    assert len(set(layer.frame["class_index"])) == 1
    assert sum(entry.count for entry in layer.legend.list_classes()) == 114


def test_the_ten_communes_that_the_quarterly_report_names_are_on_the_map() -> None:
    """Footnote 52 of the report lists them."""
    layer = build_clearance_layer(load_facts(), Filters(period="2026-Q1"))
    stated = layer.frame[layer.frame["problems"] > 0]
    named = {
        *("Phường Việt Hòa", "Phường Tứ Minh", "Xã Kẻ Sặt", "Xã Trần Phú", "Xã Tân Kỳ"),
        *("Xã Tứ Kỳ", "Xã Lai Khê", "Xã Phú Thái", "Phường Lê Chân", "Phường An Hải"),
    }
    assert named <= set(stated["name"])
    assert {"Phường Thạch Khôi", "Phường Hải An", "Xã Kiến Hưng"} <= set(stated["name"])
    plant = row(layer.frame, KIEN_HUNG)
    assert LNG in plant["held_items"]
    assert plant["severity"] == layer.frame["severity"].max()


def test_land_still_to_be_handed_over_is_told_though_it_is_no_problem() -> None:
    left = of_commune("Phường Hải An", HAI_AN, "households_remaining", 12.0, mood="measured")
    none = of_commune("Phường Đông Hải", "11411", "households_remaining", 0.0, mood="measured")
    facts = stated_facts(("2026-Q1", "", left), ("2026-Q1", "", none))
    frame = build_clearance_layer(facts, Filters(period="2026-Q1")).frame.set_index("code")
    assert frame.loc[HAI_AN, "problems"] == 0
    assert frame.loc[HAI_AN, "label"] == "Báo cáo không nêu vướng mắc; Số hộ còn lại: 12 hộ"
    assert frame.loc["11411", "label"] == "Báo cáo không nêu vướng mắc"
    before = build_clearance_layer(facts, Filters(period="2025-11")).frame.set_index("code")
    assert before.loc[HAI_AN, "label"] == "Báo cáo không nêu vướng mắc"
