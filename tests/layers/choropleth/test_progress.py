"""Progress: weighted by investment or count, unknown never taken as zero."""

import math

import pandas as pd
import pytest

from layers.choropleth.layer import FRAME_COLUMNS, NOTHING, UNKNOWN
from layers.choropleth.progress import build_progress_layer, compute_total_progress
from store.facts.filters import Filters
from store.facts.progress_mean import compute_progress
from store.facts.selection import select_items
from tests.small_facts import (
    AEON,
    HAI_AN,
    ITEMS,
    KIEN_HUNG,
    NGO_QUYEN,
    OBSERVATIONS,
    PLACES,
    THACH_KHOI,
    TUNNEL,
    no_facts,
    place,
    seen,
    small_facts,
)


def row(frame: pd.DataFrame, code: str) -> pd.Series:
    return frame.set_index("code").loc[code]


def test_there_is_one_row_for_each_of_the_114_communes() -> None:
    frame = build_progress_layer(small_facts(), ACTUAL).frame
    assert len(frame) == 114
    assert frame["code"].is_monotonic_increasing
    assert list(frame.columns[: len(FRAME_COLUMNS)]) == list(FRAME_COLUMNS)


ACTUAL = Filters(progress="actual")


def test_by_default_a_commune_shows_the_share_of_its_items_that_are_late() -> None:
    """Late: forecast to miss the goal, or built less than planned to the end of the same period."""
    facts = small_facts(
        places=[place(AEON, HAI_AN), place(TUNNEL, HAI_AN)],
        observations=[
            seen(AEON, "planned_construction_pct", 90, basis="unstated"),
            seen(AEON, "actual_construction_pct", 77, basis="unstated"),
            seen(TUNNEL, "planned_construction_pct", 40, basis="unstated"),
            seen(TUNNEL, "actual_construction_pct", 45, basis="unstated"),
        ],
    )
    layer = build_progress_layer(facts, Filters(period="2026-Q1"))
    there = row(layer.frame, HAI_AN)
    assert (there["late"], there["judged"], there["value"]) == (1, 2, 50)
    assert there["label"] == "1/2 dự án chậm · có 2 dự án"
    assert layer.legend.classes[there["class_index"]].label == "Từ một nửa chậm"
    assert [one.code for one in layer.highlights] == [HAI_AN]


def test_of_an_item_that_nobody_forecasts_or_measures_it_is_unknown_whether_it_is_late() -> None:
    facts = small_facts(places=[place(AEON, HAI_AN)], observations=[])
    layer = build_progress_layer(facts, Filters())
    assert row(layer.frame, HAI_AN)["class_index"] == UNKNOWN


def test_a_commune_shows_the_mean_of_what_is_known_there() -> None:
    """Thạch Khôi has the Aeon centre (77 %) and the golf course, which has not begun."""
    layer = build_progress_layer(small_facts(), ACTUAL)
    there = row(layer.frame, THACH_KHOI)
    assert there["value"] == pytest.approx(77)
    assert (there["items"], there["known"], there["waiting"], there["unknown"]) == (2, 1, 1, 0)
    assert there["label"] == "77 % · có số liệu 1/2 dự án"
    assert layer.legend.classes[there["class_index"]].label == "60 – dưới 80"


def test_a_project_s_weight_is_its_share_in_the_commune() -> None:
    """In Ngô Quyền the tunnel weighs a third of its investment, the shopping centre all of its."""
    facts = small_facts(places=[*PLACES[1:], place(AEON, NGO_QUYEN)])
    third = 6235594 / 3
    mean = (45 * third + 77 * 1198916) / (third + 1198916)
    weighted = build_progress_layer(facts, ACTUAL).frame
    assert row(weighted, NGO_QUYEN)["value"] == pytest.approx(mean)
    by_count = build_progress_layer(facts, Filters(progress="actual", weight="count")).frame
    assert row(by_count, NGO_QUYEN)["value"] == pytest.approx((45 + 77) / 2)


def test_no_item_none_known_and_none_begun_are_three_things() -> None:
    facts = small_facts(
        items=ITEMS,
        places=[*PLACES, place("KCN-SMALL", HAI_AN)],
        observations=[
            *(one for one in OBSERVATIONS if one["field"] != "actual_construction_pct"),
            seen("KCN-SMALL", "area_ha", 9),
        ],
    )
    layer = build_progress_layer(facts, ACTUAL)
    assert row(layer.frame, "10507")["class_index"] == NOTHING
    assert row(layer.frame, HAI_AN)["class_index"] == UNKNOWN
    begun_nowhere = row(layer.frame, KIEN_HUNG)
    assert layer.legend.classes[begun_nowhere["class_index"]].label == "Chưa khởi công"
    assert layer.frame["value"].isna().all()


def test_a_share_of_a_phase_is_counted_as_not_comparable() -> None:
    one = compute_total_progress(select_items(small_facts(), Filters()), Filters())
    assert one.not_comparable == 1
    assert one.items == one.known + one.waiting + one.opened + one.no_weight + one.unknown


def test_the_whole_city_s_progress_counts_every_project_once() -> None:
    one = compute_total_progress(select_items(small_facts(), Filters()), Filters())
    amounts = {77: 1198916, 43: 8593119, 45: 6235594}
    expected = sum(share * mvnd for share, mvnd in amounts.items()) / sum(amounts.values())
    assert one.mean == pytest.approx(expected)
    assert (one.known, one.forecast, one.misses) == (3, 5, 2)


def test_a_percentage_without_an_amount_has_no_weight_but_counts_by_count() -> None:
    facts = small_facts(observations=[seen(AEON, "actual_construction_pct", 77, basis="unstated")])
    items = select_items(facts, Filters()).items
    weighted = compute_progress(items, items["investment_mvnd"])
    assert math.isnan(weighted.mean)
    assert weighted.no_weight == 1
    assert compute_progress(items, items["investment_mvnd"], weight="count").mean == 77


def test_an_opened_project_is_not_in_the_mean() -> None:
    opened = seen(AEON, "status", "inaugurated", period="2026-H1", doc="h1-2026")
    facts = small_facts(observations=[*OBSERVATIONS, opened])
    layer = build_progress_layer(facts, Filters(period="2026-H1"))
    there = row(layer.frame, THACH_KHOI)
    assert (there["known"], there["opened"], there["waiting"]) == (0, 1, 1)
    assert math.isnan(there["value"])


def test_the_share_that_misses_its_goal_counts_items_with_a_forecast_only() -> None:
    layer = build_progress_layer(small_facts(), Filters(progress="misses"))
    there = row(layer.frame, THACH_KHOI)
    assert there["value"] == pytest.approx(100 * 11035467 / (11035467 + 1198916))
    assert there["label"] == "90,2 % · 1/2 dự án không đạt mục tiêu"
    later = build_progress_layer(small_facts(), Filters(progress="misses", period="2026-H1")).frame
    assert row(later, THACH_KHOI)["class_index"] == UNKNOWN


def test_the_plan_is_a_measure_of_its_own() -> None:
    layer = build_progress_layer(small_facts(), Filters(progress="planned"))
    assert row(layer.frame, THACH_KHOI)["value"] == pytest.approx(71)
    assert layer.legend.title == "Tiến độ thi công theo kế hoạch"


def test_nothing_at_all_draws_properly() -> None:
    layer = build_progress_layer(no_facts(), Filters())
    assert (layer.frame["class_index"] == NOTHING).all()
    assert layer.legend.nothing.count == 114


def test_every_project_in_one_commune_at_the_same_share_draws_properly() -> None:
    observations = [
        *(seen(code, "investment_mvnd", 100) for code in (AEON, TUNNEL)),
        *(seen(code, "actual_construction_pct", 0, basis="unstated") for code in (AEON, TUNNEL)),
    ]
    facts = small_facts(
        places=[place(AEON, HAI_AN), place(TUNNEL, HAI_AN)], observations=observations
    )
    layer = build_progress_layer(facts, ACTUAL)
    assert row(layer.frame, HAI_AN)["value"] == 0
    assert layer.legend.classes[row(layer.frame, HAI_AN)["class_index"]].label == "dưới 20"
