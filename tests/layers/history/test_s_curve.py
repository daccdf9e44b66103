"""The curve has a point where a report gives a value, over the same items, and nowhere else."""

from __future__ import annotations

import pytest

from layers.history.s_curve import build_s_curve
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import (
    AEON,
    GOLF,
    HAI_AN,
    HUNG_DAO,
    OBSERVATIONS,
    RING_ROAD,
    no_facts,
    seen,
    small_facts,
)

H1 = {"period": "2026-H1", "doc": "h1-2026"}
NOV = {"period": "2025-11", "doc": "nov-2025"}


def share(code: str, planned: float | None, actual: float | None, **when: object) -> list[dict]:
    """Return rows of planned and actual construction, of the contracts' value."""
    told = {"planned_construction_pct": planned, "actual_construction_pct": actual}
    return [
        seen(code, field, value, basis="contract_value", **when)
        for field, value in told.items()
        if value is not None
    ]


def facts_with(*rows: list[dict]) -> object:
    """Return small facts whose construction shares are only those given."""
    kept = [one for one in OBSERVATIONS if "construction" not in str(one["field"])]
    return small_facts(observations=[*kept, *(row for part in rows for row in part)])


def construction(curve: object) -> list:
    return [row for row in curve.rows if row.measure == "construction"]


def test_a_project_has_its_own_figures_of_every_period_that_gives_them() -> None:
    facts = facts_with(share(AEON, 30, 28, **NOV), share(AEON, 71, 77), share(AEON, None, 90, **H1))
    rows = construction(build_s_curve(facts, Filters(), item=AEON))
    assert [(row.period, row.planned, row.actual) for row in rows] == [
        ("2025-11", 30, 28),
        ("2026-Q1", 71, 77),
        ("2026-H1", None, 90),
    ]
    assert rows[0].sources[0].doc == "nov-2025"
    assert [row.alone for row in rows] == [False, False, True]


def test_nothing_is_carried_into_a_period_that_says_nothing() -> None:
    facts = facts_with(share(AEON, 71, 77))
    assert [row.period for row in construction(build_s_curve(facts, Filters()))] == ["2026-Q1"]


def test_plan_and_actual_are_compared_over_the_same_projects() -> None:
    facts = facts_with(share(AEON, 71, 77), share(RING_ROAD, 10, None))
    (row,) = construction(build_s_curve(facts, Filters()))
    assert (row.planned, row.actual) == (71, 77)
    assert (row.both, row.planned_only, row.actual_only) == (1, 1, 0)
    assert row.both + row.planned_only + row.actual_only + row.no_weight + row.neither == row.items


def test_shares_of_different_wholes_are_not_compared() -> None:
    rows = [
        seen(AEON, "planned_construction_pct", 71, basis="contract_value"),
        seen(AEON, "actual_construction_pct", 40, basis="total_investment"),
    ]
    (row,) = construction(build_s_curve(facts_with(rows), Filters()))
    assert row.both == 0
    assert row.alone


def test_the_city_is_weighted_by_investment_or_by_plain_count() -> None:
    facts = facts_with(share(AEON, 50, 60), share(RING_ROAD, 100, 20))
    (row,) = construction(build_s_curve(facts, Filters()))
    whole = 1198916 + 8593119
    assert row.actual == pytest.approx((60 * 1198916 + 20 * 8593119) / whole)
    (plain,) = construction(build_s_curve(facts, Filters(weight="count")))
    assert plain.actual == pytest.approx(40)


def test_a_commune_weighs_a_project_by_its_share() -> None:
    facts = facts_with(share(RING_ROAD, 40, 43))
    for code in (HAI_AN, HUNG_DAO):
        (row,) = construction(build_s_curve(facts, Filters(communes=(code,))))
        assert row.actual == 43
    assert construction(build_s_curve(facts, Filters(communes=("11948",)))) == []


def test_a_project_without_an_amount_has_no_weight_and_is_counted_apart() -> None:
    facts = facts_with(share("KCN-SMALL", 40, 43, **H1), share(AEON, 71, 77, **H1))
    (row,) = construction(build_s_curve(facts, Filters()))
    assert row.no_weight == 1
    assert row.actual == 77
    (plain,) = construction(build_s_curve(facts, Filters(weight="count")))
    assert plain.no_weight == 0
    assert plain.actual == 60


def test_a_line_is_whole_between_neighbours_of_the_same_projects_only() -> None:
    near = facts_with(share(AEON, 71, 77), share(AEON, 90, 92, **H1))
    assert [one.dashed for one in build_s_curve(near, Filters()).segments] == [False, False]
    apart = facts_with(share(AEON, 30, 28, **NOV), share(AEON, 90, 92, **H1))
    assert [one.dashed for one in build_s_curve(apart, Filters()).segments] == [True, True]
    other = facts_with(
        share(AEON, 71, 77), share(AEON, 90, 92, **H1), share(RING_ROAD, 50, 50, **H1)
    )
    assert [one.dashed for one in build_s_curve(other, Filters()).segments] == [True, True]


def test_a_share_of_a_phase_is_no_point() -> None:
    rows = [seen(AEON, "actual_construction_pct", 5, basis="phase", component="Giai đoạn 1")]
    assert construction(build_s_curve(facts_with(rows), Filters(), item=AEON)) == []


def test_forecasts_are_kept_apart_and_count_those_without() -> None:
    (row,) = build_s_curve(small_facts(), Filters()).forecasts
    assert (row.period, row.good, row.misses, row.silent) == ("2026-Q1", 3, 2, 0)
    assert build_s_curve(small_facts(), Filters(), item=GOLF).forecasts[0].misses == 1


def test_nothing_known_gives_nothing() -> None:
    for found in (
        build_s_curve(no_facts(), Filters()),
        build_s_curve(small_facts(), Filters(), item="KP-00"),
    ):
        assert found.points == ()
        assert found.rows == ()
        assert found.segments == ()
        assert found.forecasts == ()


def test_the_real_first_quarter_is_over_projects_with_plan_and_result() -> None:
    curve = build_s_curve(load_facts(), Filters(kinds=("key_project",)))
    row = next(one for one in curve.rows if one.measure == "construction")
    assert (row.period, row.both, row.items) == ("2026-Q1", 6, 31)
    assert 0 < row.planned < row.actual < 100
    clearance = next(one for one in curve.rows if one.measure == "clearance")
    assert clearance.actual is None
    assert clearance.alone
