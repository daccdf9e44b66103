"""Delayed clearance by commune: number, severity, money held up, who must act."""

import pandas as pd
import pytest

from layers.choropleth.clearance import build_clearance_layer, sum_held_up_vnd
from layers.choropleth.layer import NOTHING, UNKNOWN
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
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
            problem("CL-1", HAI_AN, item=RING_ROAD),
            problem("CL-2", HAI_AN, item=RING_ROAD, category="resettlement"),
        ]
    )
    filters = Filters(clearance="money", communes=(HAI_AN,))
    there = row(build_clearance_layer(facts, filters).frame, HAI_AN)
    assert there["problems"] == 2
    assert there["held_up_vnd"] == 8593119 * VND_PER_MVND // 2
    assert sum_held_up_vnd(
        select_items(facts, filters), list_clearance_problems(facts, filters)
    ) == (8593119 * VND_PER_MVND)


def test_a_problem_that_names_no_project_has_unknown_money() -> None:
    layer = build_clearance_layer(small_facts(), Filters(clearance="money"))
    assert row(layer.frame, NGO_QUYEN)["class_index"] == UNKNOWN
    assert pd.isna(row(layer.frame, NGO_QUYEN)["value"])
    assert any("không nêu tên dự án" in note for note in layer.legend.notes)


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
