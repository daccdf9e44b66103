"""What falls due: within the days asked for, or missed; what is done or begun is not on it."""

from __future__ import annotations

from datetime import date, timedelta

from layers.watchlist.deadlines import AHEAD_DAYS, list_deadlines
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import GOLF, no_facts
from tests.visits import case, with_staff

FACTS = load_facts()
TODAY = date(2026, 6, 30)


def due(facts=FACTS, today: date = TODAY, filters: Filters | None = None):
    return list_deadlines(facts, filters or Filters(), today, language="vi")


def test_all_is_within_the_days_and_in_the_order_of_time() -> None:
    found = due()
    assert found
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert all(one.day <= TODAY + timedelta(days=AHEAD_DAYS) for one in found)
    assert all((one.late > 0) is (one.day < TODAY) for one in found)
    assert all(one.sources for one in found if one.kind != "case")


def test_what_is_open_to_the_public_has_no_milestone_to_miss() -> None:
    opened = set(
        FACTS.observations.loc[
            (FACTS.observations["field"] == "status")
            & FACTS.observations["value"].isin(["inaugurated", "in_operation"])
            & (FACTS.observations["component"] == ""),
            "item",
        ]
    )
    late = {one.item for one in due(today=date(2030, 1, 1))}
    assert opened
    assert not late & opened


def test_a_case_is_due_by_its_deadline_until_it_is_closed() -> None:
    facts = with_staff(
        cases=[
            case("GP-1", GOLF, deadline="2026-07-10"),
            case("GP-2", GOLF, deadline="2026-06-01"),
            case("GP-3", GOLF, deadline="2026-12-01"),
            case("GP-4", GOLF, deadline="2026-07-11", state="withdrawn", closed="2026-06-20"),
        ]
    )
    cases = [(one.day.isoformat(), one.late) for one in due(facts) if one.kind == "case"]
    assert cases == [("2026-06-01", 29), ("2026-07-10", 0)]


def test_the_filters_choose_and_an_empty_store_has_nothing_due() -> None:
    part = due(filters=Filters(communes=("11002",)), today=date(2027, 1, 1))
    whole = due(today=date(2027, 1, 1))
    assert len(part) < len(whole)
    assert due(no_facts()) == ()
