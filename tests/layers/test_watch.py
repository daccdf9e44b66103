"""The watch list names what needs a decision, by the money it holds up."""

from layers.watch import watch_list
from store.facts import load_facts
from store.filters import Filters

FACTS = load_facts()


def test_the_nine_projects_said_to_miss_the_quarter_s_goal_are_on_it() -> None:
    rows = watch_list(FACTS, Filters(period="2026-Q1", kinds=("key_project",)))
    missing = {"KP-13", "KP-15", "KP-16", "KP-18", "KP-21", "KP-25", "KP-29", "KP-30", "KP-31"}
    assert missing <= {row.item for row in rows}


def test_the_largest_investment_comes_first_and_unknown_amounts_last() -> None:
    rows = watch_list(FACTS, Filters(period="2026-Q1"))
    amounts = [row.investment_mvnd or 0 for row in rows]
    assert rows[0].item == "KP-25"
    assert amounts == sorted(amounts, reverse=True)


def test_every_row_says_why() -> None:
    assert all(row.reason for row in watch_list(FACTS, Filters(period="2026-Q1")))


def test_what_is_inaugurated_is_not_on_it() -> None:
    rows = watch_list(FACTS, Filters(period="2026-H1"))
    assert "KP-01" not in {row.item for row in rows}
