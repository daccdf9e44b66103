"""Facts: their version, their periods, and where values come from."""

import pytest

from store.facts.facts import find_default_period, load_facts
from store.facts.sources import find_sources, make_source
from tests.small_facts import AEON, OBSERVATIONS, no_facts, seen, small_facts


def test_the_version_is_the_content_s() -> None:
    changed = [*OBSERVATIONS[1:], seen(AEON, "investment_mvnd", 1198917)]
    assert small_facts().version == small_facts().version
    assert small_facts().version != small_facts(observations=changed).version


def test_periods_are_in_order_of_time_whatever_the_file_s_order() -> None:
    assert small_facts().period_ranks == {"2025-11": 0, "2026-Q1": 1, "2026-H1": 2}


def test_a_document_without_a_day_of_issue_stands_where_its_date_puts_it() -> None:
    assert list(small_facts().document_ranks) == [
        "nov-2025",
        "q1-2026",
        "q1-annex",
        "h1-2026",
    ]


def test_the_period_opened_first_speaks_of_most_key_projects() -> None:
    """The half-year report is newer, but speaks of one item only."""
    assert find_default_period(small_facts()) == "2026-Q1"


def test_without_such_a_period_the_newest_is_opened() -> None:
    assert find_default_period(no_facts()) == "2026-H1"


def test_a_value_leads_to_its_document_and_lines() -> None:
    facts = small_facts()
    obs = facts.observations.query("item == @AEON and field == 'investment_mvnd'")["obs"].iloc[0]
    (source,) = find_sources(facts, [obs, "o-unknown"])
    assert (source.title, source.line_from, source.raw) == ("Báo cáo Quý I", 742, "1198916")
    assert source.observation == obs


def test_an_unknown_document_is_named_by_its_id() -> None:
    assert make_source(small_facts(), "lost", 3).title == "lost"


@pytest.fixture(scope="module")
def period_of_real_facts() -> str:
    return find_default_period(load_facts())


def test_the_real_facts_open_with_the_first_quarter(period_of_real_facts: str) -> None:
    """Appendix IV of its report is the only table that lists all key projects."""
    assert period_of_real_facts == "2026-Q1"
