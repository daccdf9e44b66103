"""Which items filters choose: one answer for map, table and figures."""

import pytest

from store.facts.facts import load_facts
from store.facts.filters import NOT_REPORTED, Filters
from store.facts.selection import find_default_period, resolve_area, resolve_period, select_items
from tests.small_facts import (
    AEON,
    GOLF,
    HAI_AN,
    LNG,
    OBSERVATIONS,
    RING_ROAD,
    THACH_KHOI,
    TUNNEL,
    no_facts,
    seen,
    small_facts,
)

ALL = {AEON, RING_ROAD, TUNNEL, LNG, GOLF}


@pytest.mark.parametrize(
    ("filters", "items"),
    [
        (Filters(), ALL),
        (Filters(kinds=("industrial_park",)), set()),
        (Filters(kinds=("industrial_park",), period="2026-H1"), {"KCN-SMALL"}),
        (Filters(fundings=("city_budget",)), {RING_ROAD, TUNNEL}),
        (Filters(phases=("start_2026",)), {GOLF}),
        (Filters(forecasts=("misses",)), {LNG, GOLF}),
        (Filters(forecasts=("misses",), period="2026-H1"), set()),
        (Filters(forecasts=(NOT_REPORTED,), period="2026-H1"), ALL | {"KCN-SMALL"}),
        (Filters(statuses=("not_started",)), {LNG, GOLF}),
        (Filters(communes=(THACH_KHOI,)), {AEON, GOLF}),
        (Filters(communes=(HAI_AN,)), {RING_ROAD}),
        (Filters(communes=("99999",)), set()),
        (Filters(text="cau nguyen TRAI"), {TUNNEL}),
        (Filters(text="nhiệt điện"), {LNG}),
        (Filters(text="kp-02"), {AEON}),
        (Filters(text="kp25"), {LNG}),
        (Filters(text="nm điện khí"), {LNG}),
        (Filters(text="lng aeon"), set()),
        (Filters(leave_out_outlier=True), ALL - {LNG}),
        (Filters(fundings=("non_budget",), communes=(THACH_KHOI,)), {AEON, GOLF}),
    ],
)
def test_filters_choose_the_items_that_pass_all_of_them(filters: Filters, items: set[str]) -> None:
    assert set(select_items(small_facts(), filters).items["item"]) == items


def test_a_former_district_chooses_the_items_in_its_communes() -> None:
    facts = small_facts()
    units = facts.former_units
    hai_an = units[(units["name"] == "Hải An") & (units["kind"] == "quan")]["unit"].iloc[0]
    filters = Filters(district=hai_an)
    assert HAI_AN in resolve_area(facts, filters)
    chosen = set(select_items(facts, filters).items["item"])
    assert RING_ROAD in chosen
    assert not chosen & {AEON, GOLF, LNG}
    assert resolve_area(facts, Filters(district="nowhere")) == frozenset()
    assert resolve_area(facts, Filters()) is None


def test_an_unknown_period_falls_back_to_the_default_one() -> None:
    assert resolve_period(small_facts(), Filters(period="2031-Q9")) == "2026-Q1"


def test_the_outlier_is_named_by_all_investment_not_by_what_is_filtered() -> None:
    facts = small_facts()
    assert select_items(facts, Filters()).outliers == (LNG,)
    only = select_items(facts, Filters(communes=(THACH_KHOI,)))
    assert only.outliers == (LNG,)
    assert only.left_out == ()
    assert select_items(facts, Filters(leave_out_outlier=True)).left_out == (LNG,)


def test_an_item_off_its_list_is_chosen_only_when_asked_for() -> None:
    gone = seen(AEON, "status", "removed_from_list", period="2026-H1", doc="h1-2026")
    facts = small_facts(observations=[*OBSERVATIONS, gone])
    later = Filters(period="2026-H1")
    assert AEON not in set(select_items(facts, later).items["item"])
    asked = later.with_changes(statuses=("removed_from_list",))
    assert list(select_items(facts, asked).items["item"]) == [AEON]
    assert AEON in set(select_items(facts, Filters(period="2026-Q1")).items["item"])


def test_the_period_opened_first_speaks_of_most_key_projects() -> None:
    """The half-year report is newer, but speaks of one item only."""
    assert find_default_period(small_facts()) == "2026-Q1"


def test_without_such_a_period_the_newest_is_opened() -> None:
    assert find_default_period(no_facts()) == "2026-H1"


@pytest.fixture(scope="module")
def period_of_real_facts() -> str:
    return find_default_period(load_facts())


def test_the_real_facts_open_with_the_first_quarter(period_of_real_facts: str) -> None:
    """Appendix IV of its report is the only table that lists all key projects."""
    assert period_of_real_facts == "2026-Q1"
