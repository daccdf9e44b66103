"""What is different between two periods, on the real reports and on small ones."""

from itertools import combinations

import pytest

from store.analysis.difference import Difference, PeriodDiff, diff_to_json
from store.analysis.period_diff import compare_periods
from store.db.errors import StoreError
from store.facts.facts import load_facts
from store.facts.statements import NOT_STATED
from tests.small_facts import (
    AEON,
    CLEARANCE,
    GOLF,
    LNG,
    OBSERVATIONS,
    PLACES,
    RING_ROAD,
    THACH_KHOI,
    TUNNEL,
    item,
    place,
    problem,
    seen,
    small_facts,
)

LATER = {"period": "2026-H1", "doc": "h1-2026"}


def later(*rows: dict[str, object], **tables: list[dict[str, object]]) -> PeriodDiff:
    facts = small_facts(observations=[*OBSERVATIONS, *rows], **tables)
    return compare_periods(facts, "2026-Q1", "2026-H1")


def of(found: tuple[Difference, ...], item: str, field: str) -> list[Difference]:
    return [one for one in found if one.item == item and one.field == field]


def test_the_first_half_of_2026_against_its_first_quarter() -> None:
    found = compare_periods(load_facts(), "2026-Q1", "2026-H1")
    assert [one.item for one in found.gone] == ["KP-08"]
    assert found.gone[0].after.sources[0].line_from == 558
    (opened,) = of(found.changed, "KP-01", "status")
    assert (opened.before.value, opened.after.value) == ("under_construction", "inaugurated")
    assert opened.direction == "better"
    (undetermined,) = of(found.changed, "KP-28", "forecast")
    assert undetermined.direction == "worse"
    started = {one.item for one in found.changed if one.after.value == "started"}
    assert started == {
        "KCN-BINH-GIANG", "KCN-HOANG-DIEU", "KCN-NAM-TRANG-CAT", "KCN-THUY-NGUYEN-1"
    }  # fmt: skip
    assert {"KCN-AN-HOA", "KCN-TIEN-LANG-2", "INV-LO-I7"} <= {one.item for one in found.new}


def test_the_counts_that_the_reports_state() -> None:
    found = compare_periods(load_facts(), "2026-Q1", "2026-H1")
    counts = {one.field: one for one in found.counts}
    misses = counts["key_projects/misses_goal"]
    assert (misses.before.value, misses.before.total) == ("9", 31)
    assert (misses.after.value, misses.after.total) == ("8", 30)
    assert (misses.amount, misses.direction) == (-1, "better")
    assert misses.before.sources[0].line_from == 308
    assert misses.after.sources[0].line_from == 538
    assert found.counts[0] == misses
    parks = counts["park_infrastructure/misses_goal"]
    assert (parks.amount, parks.direction) == (5, "worse")


def test_counts_of_different_years_are_not_subtracted() -> None:
    found = compare_periods(load_facts(), "2025-11", "2026-H1")
    counts = {one.field: one for one in found.counts}
    spent = counts["public_investment/disbursed"]
    assert spent.what == "other_year"
    assert spent.amount is None
    assert spent.direction == ""


def test_items_stand_in_order_of_their_money() -> None:
    money = [
        one.investment_mvnd or -1
        for one in compare_periods(load_facts(), "2026-01", "2026-Q1").changed
    ]
    assert money == sorted(money, reverse=True)
    assert money[0] == 178_012_000


@pytest.mark.parametrize("pair", list(combinations(range(5), 2)))
def test_every_difference_of_the_real_reports_has_its_sources(pair: tuple[int, int]) -> None:
    facts = load_facts()
    first, last = (str(facts.periods["period"].iloc[at]) for at in pair)
    found = compare_periods(facts, first, last)
    for one in (*found.new, *found.gone, *found.changed, *found.counts, *found.slips):
        for side in (one.before, one.after):
            assert side == NOT_STATED or side.sources[0].doc
    assert all((one.after == NOT_STATED) == (one.what == "unsaid") for one in found.changed)
    assert {one.what for one in found.changed} <= {"changed", "said", "unsaid"}
    assert not {one.item for one in found.new} & {one.item for one in found.changed}


def test_silence_of_a_report_is_no_difference() -> None:
    found = compare_periods(small_facts(), "2026-Q1", "2026-H1")
    assert [one.item for one in found.new] == ["KCN-SMALL"]
    assert (found.gone, found.changed, found.counts, found.slips) == ((), (), (), ())


def test_how_much_a_value_changed() -> None:
    found = later(
        seen(AEON, "investment_mvnd", 1_300_000, **LATER),
        seen(AEON, "actual_construction_pct", 85, basis="unstated", **LATER),
        seen(GOLF, "milestone_start", "2027-Q1", **LATER),
        seen(AEON, "status", "inaugurated", **LATER),
        seen(TUNNEL, "actual_construction_pct", 60, basis="contract_value", component="3 gói thầu",
             **LATER),
    )  # fmt: skip
    amounts = {(one.item, one.field): (one.amount, one.direction) for one in found.changed}
    assert amounts == {
        (AEON, "investment_mvnd"): (101_084, ""),
        (AEON, "actual_construction_pct"): (8, "better"),
        (AEON, "status"): (None, "better"),
        (GOLF, "milestone_start"): (90, "worse"),
        (TUNNEL, "actual_construction_pct"): (15, "better"),
    }
    assert [one.days for one in found.slips] == [90]


def test_a_share_is_not_compared_with_a_share_of_another_whole() -> None:
    found = later(
        seen(AEON, "actual_construction_pct", 40, basis="total_investment", **LATER),
        seen(RING_ROAD, "actual_construction_pct", 20, basis="contract_value", **LATER),
    )
    assert {(one.what, one.amount) for one in found.changed} == {("said", None)}


def test_a_time_within_the_former_one_is_more_precise_and_not_later() -> None:
    found = later(seen(GOLF, "milestone_start", "2026-11", **LATER))
    (one,) = found.changed
    assert one.refined
    assert (one.amount, one.direction) == (None, "")
    assert found.slips == ()


def test_an_obstacle_is_gone_only_once_others_are_named_in_its_place() -> None:
    found = later(seen(LNG, "obstacle", "capital", **LATER))
    assert [(one.item, one.what) for one in found.changed] == [(LNG, "unsaid"), (LNG, "said")]
    assert later().changed == ()


def test_new_clearance_problems_and_places_are_differences() -> None:
    new = problem("CL-9", THACH_KHOI, item=LNG, category="compensation", **LATER)
    found = later(
        seen(LNG, "obstacle", "compensation", **LATER),
        clearance=[*CLEARANCE, new, {**CLEARANCE[0], "clearance": "CL-10", **LATER}],
        places=[*PLACES, place(LNG, THACH_KHOI, doc="h1-2026")],
    )
    assert [(one.field, one.what, one.places) for one in found.changed] == [
        ("obstacle", "unsaid", ()),
        ("clearance", "said", (THACH_KHOI,)),
        ("places", "said", (THACH_KHOI,)),
    ]


def test_an_item_that_only_a_place_names_is_new_with_it() -> None:
    facts = small_facts(
        items=[item("KP-99"), item(AEON)],
        observations=[row for row in OBSERVATIONS if row["item"] == AEON],
        places=[place("KP-99", THACH_KHOI, doc="h1-2026")],
        clearance=[],
        conflicts=[],
    )
    (new,) = compare_periods(facts, "2026-Q1", "2026-H1").new
    assert (new.item, new.field, new.places) == ("KP-99", "places", (THACH_KHOI,))


def test_an_item_taken_off_its_list_is_gone_and_nothing_else() -> None:
    found = later(
        seen(AEON, "status", "removed_from_list", **LATER),
        seen(AEON, "investment_mvnd", 5, **LATER),
    )
    assert [(one.item, one.what) for one in found.gone] == [(AEON, "gone")]
    assert found.changed == ()


@pytest.mark.parametrize(
    ("before", "after"), [("2026-H1", "2026-Q1"), ("2026-Q1", "2026-Q1"), ("2031", "2026-H1")]
)
def test_periods_that_cannot_be_compared_are_refused(before: str, after: str) -> None:
    with pytest.raises(StoreError):
        compare_periods(small_facts(), before, after)


def test_the_plain_data_have_the_documented_shape() -> None:
    data = diff_to_json(compare_periods(load_facts(), "2026-Q1", "2026-H1"))
    assert list(data) == ["before", "after", "new", "gone", "changed", "counts", "slips"]
    side = data["gone"][0]["after"]
    assert set(side) == {"period", "value", "total", "rows", "sources"}
    assert side["sources"][0]["doc"] == "h1-2026"


def test_the_same_text_in_two_reports_is_no_change() -> None:
    said = "Khởi công tháng 02/2026"
    first = seen(GOLF, "milestone_start", "2026-02", raw=said)
    again = seen(
        GOLF, "milestone_start", "2026-Q1", raw=f"{said}.", period="2026-H1", doc="h1-2026"
    )
    rows = [row for row in OBSERVATIONS if row["field"] != "milestone_start"]
    facts = small_facts(observations=[*rows, first, again])
    found = compare_periods(facts, "2026-Q1", "2026-H1")
    assert of(found.changed, GOLF, "milestone_start") == []
