"""Facts: their version, their periods, and where values come from."""

from store.facts.sources import find_sources, make_source
from tests.small_facts import AEON, OBSERVATIONS, seen, small_facts


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


def test_a_value_leads_to_its_document_and_lines() -> None:
    facts = small_facts()
    obs = facts.observations.query("item == @AEON and field == 'investment_mvnd'")["obs"].iloc[0]
    (source,) = find_sources(facts, [obs, "o-unknown"])
    assert (source.title, source.line_from, source.raw) == ("Báo cáo Quý I", 742, "1198916")
    assert source.observation == obs


def test_an_unknown_document_is_named_by_its_id() -> None:
    assert make_source(small_facts(), "lost", 3).title == "lost"
