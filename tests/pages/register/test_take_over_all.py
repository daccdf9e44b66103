"""All problems that the filters leave are taken over by one press, once, as one change."""

from __future__ import annotations

import pytest

from store.clearance.suggested_cases import list_suggested_cases
from store.editing.recent_changes import list_changes, undo_change
from store.facts.facts import load_facts
from tests.pages.reconnected import press
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.people import ADMIN


def _list_offered(category: str = "") -> set[str]:
    offered = list_suggested_cases(load_facts())
    return {one.source for one in offered if category in {"", one.category}}


@pytest.mark.usefixtures("own_store")
def test_the_filtered_problems_are_taken_over_at_once_and_undone_as_one() -> None:
    before = _list_offered()
    chosen = _list_offered("land_origin")
    assert 1 < len(chosen) < len(before)
    app = run("register_page", category="land_origin")
    (offers,) = (one for one in app.expander if "chưa có trong sổ" in one.label)
    assert f"({len(chosen)} trên {len(before)} theo bộ lọc)" in offers.label
    assert offers.proto.expanded, "an empty register begins with what is reported"
    press(app, f"Đưa cả {len(chosen)} vào sổ")
    assert not app.exception
    assert not app.error
    assert f"Đã mở {len(chosen)} hồ sơ" in app.success[0].value
    facts = load_facts()
    assert set(facts.cases["clearance"]) == chosen
    assert _list_offered() == before - chosen
    (change,) = list_changes(name="GP-0001")
    assert len(change.rows) == len(chosen)
    undo_change(change.number, actor=ADMIN, why="thử")
    assert _list_offered() == before
    assert load_facts().cases.empty


def test_where_the_filters_leave_nothing_there_is_nothing_to_take_over() -> None:
    app = run("register_page", category="land_price")
    assert not [one for one in app.button if one.label.startswith("Đưa")]
    assert "(0 trên 16 theo bộ lọc)" in " ".join(one.label for one in app.expander)


def test_what_holds_up_most_comes_first_and_no_line_begins_with_a_dash() -> None:
    app = run("register_page")
    offered = [one.value for one in app.markdown if "hp-under" in one.value and "<b>" in one.value]
    offered = offered or [one.proto.body for one in app.get("html") if "<b>" in one.proto.body]
    assert "LNG" in offered[0]
    assert all('hp-under">–' not in one for one in offered)
    assert all("chưa có –" not in one for one in offered)
