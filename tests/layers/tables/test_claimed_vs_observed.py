"""Gaps: the latest visit that measured counts, claims have an order, the unknown is never a gap."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from layers.tables.claimed_vs_observed import (
    GAP_COLUMNS,
    classify_gap,
    list_gaps_of_visit,
    list_visit_gaps,
    list_visits_until,
    to_vietnam_day,
)
from tests.small_facts import AEON, GOLF, RING_ROAD, small_facts
from tests.visits import case, visit, with_staff

TODAY = date(2026, 11, 25)


def gaps(**tables: list[dict[str, object]]) -> pd.DataFrame:
    return list_visit_gaps(with_staff(**tables), "2026-Q1", today=TODAY)


def test_without_visits_there_are_no_gaps() -> None:
    frame = list_visit_gaps(small_facts(), "2026-Q1")
    assert list(frame.columns) == list(GAP_COLUMNS)
    assert len(frame) == 0


def test_a_visit_without_a_claim_is_held_against_the_reports() -> None:
    (row,) = gaps(visits=[visit("v1", observed_construction_pct=25.5)]).to_dict("records")
    assert (row["item"], row["measure"], row["visit"]) == (RING_ROAD, "construction", "v1")
    assert (row["claimed"], row["claimed_from"], row["observed"]) == (43, "reports", 25.5)
    assert (row["gap"], row["points"], row["level"], row["flagged"]) == (17.5, 17.5, "large", True)
    assert row["age_days"] == 5


def test_the_visits_own_claim_comes_first() -> None:
    (row,) = gaps(
        visits=[visit("v1", claimed_construction_pct=30, observed_construction_pct=25.5)]
    ).to_dict("records")
    assert (row["claimed"], row["claimed_from"], row["level"]) == (30, "visit", "none")


def test_the_latest_visit_that_measured_counts_for_each_measure() -> None:
    frame = gaps(
        visits=[
            visit("new", at="2026-11-24T00:00:00+00:00", observed_clearance_pct=50),
            visit("old", at="2026-10-01T00:00:00+00:00", observed_construction_pct=40),
            visit("older", at="2026-09-01T00:00:00+00:00", observed_construction_pct=10),
        ]
    )
    assert list(zip(frame["measure"], frame["visit"], strict=True)) == [
        ("construction", "old"),
        ("clearance", "new"),
    ]


def test_without_any_claim_the_gap_is_unknown_and_not_flagged() -> None:
    (row,) = gaps(visits=[visit("v1", GOLF, observed_construction_pct=0)]).to_dict("records")
    assert pd.isna(row["claimed"])
    assert (row["claimed_from"], row["level"], row["flagged"]) == ("", "unknown", False)


def test_what_was_not_measured_is_no_gap_and_never_zero() -> None:
    assert len(gaps(visits=[visit("v1", claimed_construction_pct=80)])) == 0


def test_land_is_held_against_the_register_in_points_of_the_area_to_clear() -> None:
    frame = gaps(
        visits=[visit("v1", observed_handed_ha=2.0)],
        cases=[
            case("C1", area_ha=10.0, handed_ha=2.5),
            case("C2", area_ha=10.0, handed_ha=1.5, state="handed_over"),
            case("C3", area_ha=99.0, handed_ha=99.0, state="withdrawn"),
        ],
    )
    (row,) = frame.to_dict("records")
    assert (row["claimed"], row["claimed_from"], row["gap"]) == (4.0, "register", 2.0)
    assert (row["points"], row["level"]) == (10.0, "some")


def test_land_of_which_the_area_is_unknown_is_reckoned_of_the_claim() -> None:
    (row,) = gaps(
        visits=[visit("v1", observed_handed_ha=3.0)], cases=[case("C1", handed_ha=4.0)]
    ).to_dict("records")
    assert row["points"] == 25
    (nothing,) = gaps(
        visits=[visit("v1", observed_handed_ha=3.0)], cases=[case("C1", handed_ha=0.0)]
    ).to_dict("records")
    assert nothing["level"] == "unknown"


@pytest.mark.parametrize(
    ("points", "level"),
    [(float("nan"), "unknown"), (-40, "none"), (0, "none"), (4.99, "none"), (5, "some"),
     (14.99, "some"), (15, "large"), (100, "large"), (0.1 + 0.2 + 4.7, "some")],
)  # fmt: skip
def test_levels_stand_as_the_table_says(points: float, level: str) -> None:
    assert classify_gap(points) == level


def test_an_earlier_period_knows_no_visit_made_after_the_next_one() -> None:
    rows = [visit("then", at="2025-12-05T00:00:00+00:00"), visit("now")]
    facts = with_staff(visits=rows)
    assert list(list_visits_until(facts, "2025-11")["visit"]) == ["then"]
    for period in ("2026-Q1", "2026-H1"):
        assert list(list_visits_until(facts, period)["visit"]) == ["then", "now"]


def test_a_day_is_vietnams_day() -> None:
    assert to_vietnam_day("2026-11-20T17:30:00+00:00") == "2026-11-21"
    assert to_vietnam_day("2026-11-20T17:30:00") == "2026-11-21"
    assert to_vietnam_day("hôm qua") == ""


def test_a_visit_of_the_future_is_no_days_old() -> None:
    (row,) = gaps(
        visits=[visit("v1", at="2026-12-01T00:00:00+00:00", observed_construction_pct=1)]
    ).to_dict("records")
    assert row["age_days"] == 0


def test_one_visits_own_gaps() -> None:
    facts = with_staff(
        visits=[visit("v1", AEON, observed_construction_pct=70, observed_clearance_pct=90)]
    )
    found = list_gaps_of_visit(facts, facts.visits.iloc[0].to_dict(), "2026-Q1", today=TODAY)
    assert [(one["measure"], one["level"]) for one in found] == [
        ("construction", "some"),
        ("clearance", "unknown"),
    ]
