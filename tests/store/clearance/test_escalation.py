"""Levels rise with age, money and a deadline that is past, and never fall with any of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.i18n import LANGUAGES
from store.clearance.escalation import MAX_LEVEL, THRESHOLDS, Escalation, compute_escalation

DAY = date(2026, 11, 25)
ages = st.integers(0, 2000)
amounts = st.none() | st.integers(0, 300_000_000)


def at(
    age: int | None, money: int | None = None, past: int | None = None, state: str = "open"
) -> Escalation:
    return compute_escalation(
        opened="" if age is None else (DAY - timedelta(age)).isoformat(),
        deadline="" if past is None else (DAY - timedelta(past)).isoformat(),
        investment_mvnd=money,
        state=state,
        day=DAY,
    )


def test_every_threshold_counts_from_its_day_and_its_amount_on() -> None:
    for one in THRESHOLDS:
        assert at(one.days, one.investment_mvnd).level >= one.level
        assert at(one.days - 1, one.investment_mvnd).level < one.level
        if one.investment_mvnd:
            assert at(one.days, one.investment_mvnd - 1).level < one.level


@given(*(st.tuples(each, each) for each in (ages, amounts, st.integers(-500, 500))))
def test_more_age_money_or_delay_never_lowers_a_level(
    age: tuple[int, int], money: tuple[int | None, int | None], past: tuple[int, int]
) -> None:
    amounts = [one or 0 for one in money]
    low = at(min(age), min(amounts), min(past))
    high = at(max(age), max(amounts), max(past))
    assert 0 <= low.level <= high.level <= MAX_LEVEL


@given(ages, st.integers(-500, 500))
def test_money_that_is_not_known_counts_as_none_and_is_said(age: int, past: int) -> None:
    unknown, none = at(age, None, past), at(age, 0, past)
    assert unknown.level == none.level
    assert "no_money" in {reason.key for reason in unknown.reasons}


def test_an_age_that_is_not_known_gives_no_level_unless_the_deadline_does() -> None:
    assert at(None).level is None
    assert at(None, past=-5).level is None
    assert at(None, past=3).level == 2
    assert at(None, past=3).age_days is None


@pytest.mark.parametrize("state", ["handed_over", "withdrawn"])
def test_a_closed_case_has_no_level(state: str) -> None:
    assert at(999, 10**8, 99, state).level is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_in_words(language: str) -> None:
    told = [reason.text(language) for reason in at(100, 2_000_000, 5).reasons]
    assert "100" in told[0]
    assert "2" in told[0]
    assert "5" in told[1]
    assert len(told) == 2
