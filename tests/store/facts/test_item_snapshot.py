"""One row per item as known at a period."""

import pandas as pd

from store.facts.facts import load_facts
from store.facts.item_snapshot import (
    HALF,
    build_item_snapshot,
    find_items_behind,
    list_reported_items,
    list_standing_items,
)
from tests.small_facts import (
    AEON,
    GOLF,
    ITEMS,
    LNG,
    OBSERVATIONS,
    THACH_KHOI,
    TUNNEL,
    item,
    no_facts,
    seen,
    small_facts,
)

LATER = {"period": "2026-H1", "doc": "h1-2026"}


def row(frame: pd.DataFrame, item: str) -> pd.Series:
    return frame.set_index("item").loc[item]


def test_an_item_s_values_each_lead_to_their_observation() -> None:
    facts = small_facts()
    aeon = row(build_item_snapshot(facts, "2026-Q1"), AEON)
    assert aeon["investment_mvnd"] == 1198916
    assert aeon["construction"] == 77
    assert aeon["communes"] == (THACH_KHOI,)
    ids = facts.observations.set_index("obs")
    for name, value in (("investment_mvnd", "1198916"), ("construction", "77")):
        assert ids.loc[aeon[f"{name}_obs"], "value"] == value
        assert aeon[f"{name}_period"] == "2026-Q1"


def test_what_no_report_says_is_empty() -> None:
    golf = row(build_item_snapshot(small_facts(), "2026-Q1"), GOLF)
    assert pd.isna(golf["construction"])
    assert pd.isna(golf["area_ha"])
    assert golf["milestone_finish"] == ""
    assert golf["milestone_start"] == "2026-Q4"
    assert golf["obstacles"] == ("land_origin",)
    assert golf["asked_to_act"] == ("UBND phường Thạch Khôi",)


def test_an_item_is_known_from_the_first_period_that_names_it() -> None:
    facts = small_facts()
    assert build_item_snapshot(facts, "2025-11").empty
    assert "KCN-SMALL" not in set(build_item_snapshot(facts, "2026-Q1")["item"])
    assert "KCN-SMALL" in set(build_item_snapshot(facts, "2026-H1")["item"])


def test_a_zone_that_reports_only_name_as_a_place_is_known_with_what_lies_in_it() -> None:
    """The report says of the park only that a key project lies there."""
    park = item("KCN-PARK", kind="industrial_park", zone="KCN-NAM-DINH-VU-1")
    plant = {**ITEMS[0], "zone": "KCN-NAM-DINH-VU-1"}
    facts = small_facts(items=[plant, *ITEMS[1:], park, item("KP-UNSAID")])
    assert "KCN-PARK" not in set(build_item_snapshot(facts, "2025-11")["item"])
    assert "KCN-PARK" in set(build_item_snapshot(facts, "2026-Q1")["item"])
    assert "KP-UNSAID" not in set(build_item_snapshot(facts, "2026-Q1")["item"])
    assert "KP-UNSAID" in set(build_item_snapshot(facts, "2026-H1")["item"])


def test_without_carrying_only_the_items_and_values_of_the_period_are_there() -> None:
    assert list(build_item_snapshot(small_facts(), "2026-H1", carry=False)["item"]) == ["KCN-SMALL"]


def test_a_forecast_is_not_carried_but_money_is() -> None:
    lng = row(build_item_snapshot(small_facts(), "2026-H1"), LNG)
    assert lng["forecast"] == ""
    assert lng["investment_mvnd"] == 178012000
    assert lng["investment_mvnd_period"] == "2026-Q1"
    assert not lng["reported"]


def test_an_item_taken_off_its_list_is_marked() -> None:
    facts = small_facts(
        observations=[*OBSERVATIONS, seen(AEON, "status", "removed_from_list", **LATER)]
    )
    assert row(build_item_snapshot(facts, "2026-Q1"), AEON)["listed"]
    assert not row(build_item_snapshot(facts, "2026-H1"), AEON)["listed"]


def test_a_percentage_from_before_the_opening_is_not_carried_past_it() -> None:
    facts = small_facts(observations=[*OBSERVATIONS, seen(AEON, "status", "inaugurated", **LATER)])
    opened = row(build_item_snapshot(facts, "2026-H1"), AEON)
    assert opened["opened"]
    assert pd.isna(opened["construction"])
    assert not opened["construction_comparable"]
    assert row(build_item_snapshot(facts, "2026-Q1"), AEON)["construction"] == 77


def test_two_documents_that_differ_mark_the_item_s_value() -> None:
    facts = small_facts(
        observations=[*OBSERVATIONS, seen(TUNNEL, "forecast", "misses", doc="q1-annex")]
    )
    tunnel = row(build_item_snapshot(facts, "2026-Q1"), TUNNEL)
    assert tunnel["forecast"] == "misses"
    assert tunnel["forecast_conflicted"]


def test_no_facts_give_no_rows_but_all_columns() -> None:
    assert list(build_item_snapshot(no_facts(), "2026-Q1").columns) == list(
        build_item_snapshot(small_facts(), "2026-Q1").columns
    )


def test_every_value_of_the_real_items_leads_to_a_row_of_a_report() -> None:
    facts = load_facts()
    ids = set(facts.observations["obs"])
    for period in facts.periods["period"]:
        known = build_item_snapshot(facts, period)
        assert known["item"].is_unique
        for name in ("investment_mvnd", "construction", "forecast", "status"):
            has_value = known[name].notna() & (known[name].astype(str) != "")
            assert known.loc[has_value, f"{name}_obs"].isin(ids).all()


def test_the_items_behind_are_those_of_the_snapshot() -> None:
    """The columns that severity needs are read alone; they say what the whole snapshot says."""
    facts = load_facts()
    for period in facts.period_ranks:
        known = build_item_snapshot(facts, period)
        unplanned = known["planned_clearance"].isna()
        late = (known["clearance"] < known["planned_clearance"]) | (
            unplanned & (known["clearance"] < HALF)
        )
        missing, behind = find_items_behind(facts, period)
        assert missing == set(known.loc[known["forecast"] == "misses", "item"])
        assert behind == set(known.loc[late, "item"])


def test_the_reported_items_are_those_that_the_snapshot_marks() -> None:
    facts = load_facts()
    for period in facts.period_ranks:
        own = build_item_snapshot(facts, period, carry=False)
        assert list_reported_items(facts, period) == set(own["item"])


def test_what_stands_on_the_lists_is_what_a_snapshot_calls_listed() -> None:
    facts = load_facts()
    for period in facts.periods["period"]:
        items = build_item_snapshot(facts, period)
        assert list_standing_items(facts, period) == frozenset(items.loc[items["listed"], "item"])
