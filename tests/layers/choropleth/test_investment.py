"""Investment: every project counted once, to the đồng, and classes that stay readable."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import load_gazetteer
from layers.choropleth.investment import build_investment_layer
from layers.choropleth.layer import NOTHING, UNKNOWN
from reports.model.ranges import MONEY
from store.facts.commune_shares import VND_PER_MVND, compute_balance
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import find_default_period, select_items
from tests.examples import at_most
from tests.small_facts import (
    AEON,
    GIA_VIEN,
    KIEN_HUNG,
    NGO_QUYEN,
    OBSERVATIONS,
    PLACES,
    THACH_KHOI,
    THUY_NGUYEN,
    TUNNEL,
    item,
    no_facts,
    place,
    seen,
    small_facts,
)

CODES = sorted(load_gazetteer().communes["code"])


def row(frame: pd.DataFrame, code: str) -> pd.Series:
    return frame.set_index("code").loc[code]


def placed_sum(frame: pd.DataFrame) -> int:
    return int(frame["investment_vnd"].sum())


def test_a_project_over_three_wards_is_shown_in_each_and_counted_once() -> None:
    facts = small_facts(items=[item(TUNNEL)], clearance=[], conflicts=[],
                        places=[one for one in PLACES if one["item"] == TUNNEL],
                        observations=[seen(TUNNEL, "investment_mvnd", 6235594)])  # fmt: skip
    frame = build_investment_layer(facts, Filters()).frame
    lit = frame[frame["items"] > 0]
    assert set(lit["code"]) == {NGO_QUYEN, GIA_VIEN, THUY_NGUYEN}
    assert (lit["shared"] == 1).all()
    assert placed_sum(frame) == 6235594 * VND_PER_MVND
    assert (lit["whole_vnd"] == 6235594 * VND_PER_MVND).all()


def test_communes_and_what_is_not_placed_add_up_to_all_projects() -> None:
    facts = small_facts(
        places=[one for one in PLACES if one["item"] != AEON], observations=OBSERVATIONS
    )
    sums = compute_balance(select_items(facts, Filters()).items)
    placed = placed_sum(build_investment_layer(facts, Filters()).frame)
    assert sums.not_placed_vnd == 1198916 * VND_PER_MVND
    assert placed + sums.not_placed_vnd == sums.total_vnd


@settings(max_examples=at_most(50) // 3)
@given(
    projects=st.lists(
        st.tuples(
            st.none() | st.integers(0, int(MONEY.high)),
            st.lists(st.sampled_from(CODES), unique=True, max_size=12),
        ),
        max_size=8,
    )
)
def test_the_sum_holds_for_any_projects_and_draws(
    projects: list[tuple[int | None, list[str]]],
) -> None:
    names = [f"KP-{number:02}" for number in range(len(projects))]
    facts = small_facts(
        items=[item(name) for name in names],
        places=[place(n, code) for n, (_, codes) in zip(names, projects, strict=True)
                for code in codes],
        observations=[seen(n, "status", "started") for n in names]
        + [seen(n, "investment_mvnd", amount)
           for n, (amount, _) in zip(names, projects, strict=True) if amount is not None],
        clearance=[], conflicts=[],
    )  # fmt: skip
    layer = build_investment_layer(facts, Filters())
    total = sum(amount or 0 for amount, _ in projects) * VND_PER_MVND
    sums = compute_balance(select_items(facts, Filters()).items)
    assert sums.total_vnd == total
    assert placed_sum(layer.frame) + sums.not_placed_vnd == total
    assert len(layer.frame) == 114
    assert sum(entry.count for entry in layer.legend.list_classes()) == 114
    with_amount = layer.frame["class_index"] >= 0
    assert (layer.frame.loc[with_amount, "class_index"] < len(layer.legend.classes)).all()


def test_no_project_and_unknown_money_are_two_things() -> None:
    facts = small_facts(
        observations=[one for one in OBSERVATIONS if one["field"] != "investment_mvnd"]
    )
    frame = build_investment_layer(facts, Filters()).frame
    assert row(frame, "10507")["class_index"] == NOTHING
    assert row(frame, "10507")["value"] == 0
    assert row(frame, THACH_KHOI)["class_index"] == UNKNOWN
    assert pd.isna(row(frame, THACH_KHOI)["value"])
    assert row(frame, THACH_KHOI)["label"] == "Chưa rõ vốn · 2 dự án"


def test_the_power_plant_is_named_and_has_a_class_of_its_own() -> None:
    layer = build_investment_layer(small_facts(), Filters(investment="classes"))
    assert "Nhà máy nhiệt điện LNG Hải Phòng (178.012 tỷ đồng" in layer.legend.outlier_note
    plant = row(layer.frame, KIEN_HUNG)
    assert plant["class_index"] == len(layer.legend.classes) - 1
    assert layer.legend.classes[-1].count == 1
    others = layer.frame[(layer.frame["class_index"] >= 0) & (layer.frame["code"] != KIEN_HUNG)]
    assert others["class_index"].nunique() >= 3


def test_the_switch_leaves_the_power_plant_out_of_map_and_sum() -> None:
    filters = Filters(leave_out_outlier=True)
    layer = build_investment_layer(small_facts(), filters)
    assert layer.legend.outlier_note.startswith("Đã bỏ ra: Nhà máy nhiệt điện")
    assert row(layer.frame, KIEN_HUNG)["class_index"] == NOTHING
    with_it = compute_balance(select_items(small_facts(), Filters()).items).total_vnd
    without = compute_balance(select_items(small_facts(), filters).items).total_vnd
    assert with_it - without == 178012000 * VND_PER_MVND


@pytest.mark.parametrize("amount", [0, 500])
def test_all_equal_and_all_zero_draw_properly(amount: int) -> None:
    facts = small_facts(
        items=[item(f"KP-{n}") for n in range(114)],
        places=[place(f"KP-{n}", code) for n, code in enumerate(CODES)],
        observations=[seen(f"KP-{n}", "investment_mvnd", amount) for n in range(114)],
        clearance=[],
        conflicts=[],
    )
    layer = build_investment_layer(facts, Filters())
    assert (layer.frame["class_index"] == 0).all()
    assert len(layer.legend.classes) == 1
    assert sum(entry.count for entry in layer.legend.list_classes()) == 114


def test_nothing_draws_properly() -> None:
    layer = build_investment_layer(no_facts(), Filters(investment="classes"))
    assert layer.legend.nothing.count == 114
    assert layer.legend.classes == ()
    circles = build_investment_layer(no_facts(), Filters())
    assert (circles.largest, circles.highlights) == (0.0, ())


def test_the_real_key_projects_add_up_to_what_their_rows_say() -> None:
    """The rows of appendix IV, all 31 placed, none counted twice."""
    facts = load_facts()
    filters = Filters(kinds=("key_project",), period=find_default_period(facts))
    rows = facts.observations.query("field == 'investment_mvnd' and period == '2026-Q1'")
    stated = rows[rows["item"].str.startswith("KP-")]["number"]
    assert len(stated) == 31
    sums = compute_balance(select_items(facts, filters).items)
    assert sums.total_vnd == int(stated.sum()) * VND_PER_MVND == 329_455_709 * VND_PER_MVND
    assert placed_sum(build_investment_layer(facts, filters).frame) == sums.total_vnd
    assert select_items(facts, filters).outliers == ("KP-25",)


@pytest.mark.parametrize("carry", [True, False])
def test_the_real_sums_hold_in_every_period(carry: bool) -> None:
    facts = load_facts()
    for period in facts.periods["period"]:
        filters = Filters(period=period, carry=carry)
        sums = compute_balance(select_items(facts, filters).items)
        placed = placed_sum(build_investment_layer(facts, filters).frame)
        assert placed + sums.not_placed_vnd == sums.total_vnd
