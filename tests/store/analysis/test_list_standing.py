"""What the newest list no longer names counts until somebody says otherwise; that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.analysis.list_standing import ListStanding, find_list_standing
from store.db.errors import EditError, NotAllowedError
from store.editing.list_standing import count_unlisted_item
from store.editing.recent_changes import list_changes, undo_change
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests import templates
from tests.people import ADMIN, VIEWER, person
from tests.store.small_reports import DO_SON, HALF, QUARTER

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = "2031-H1"
WHY = "theo quyết định"


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store of two reports, the second without a project of the first."""
    templates.use_copy(templates.store_of(QUARTER, HALF), tmp_path, monkeypatch)


def standing(period: str = PERIOD) -> ListStanding:
    return find_list_standing(load_facts(), period)


def is_counted() -> bool:
    return "KP-02" in set(select_items(load_facts(), Filters(period=PERIOD)).items["item"])


def test_a_project_no_longer_named_is_left_out_counted_again_and_undone() -> None:
    assert (standing().period, standing().kept, standing().out) == (PERIOD, ("KP-02",), ())
    assert standing("2031-Q1").kept == ()
    assert is_counted()
    count_unlisted_item("KP-02", PERIOD, counted=False, actor=ADMIN, why=WHY)
    assert not is_counted()
    assert standing().kept == ()
    (off,) = standing().out
    assert (off.item, off.by_person) == ("KP-02", True)
    undo_change(list_changes(name="KP-02")[0].number, actor=ADMIN, why=WHY)
    assert standing().kept == ("KP-02",)
    count_unlisted_item("KP-02", PERIOD, counted=False, actor=ADMIN, why=WHY)
    count_unlisted_item("KP-02", PERIOD, counted=True, actor=ADMIN, why=WHY)
    assert is_counted()
    assert standing().kept == ("KP-02",)
    assert {change.actor for change in list_changes(name="KP-02")} == {ADMIN.name}


def test_only_what_stands_so_is_changed_and_only_by_who_may() -> None:
    for item, counted in (("KP-02", True), ("KP-01", False), ("KP-99", False)):
        with pytest.raises(EditError):
            count_unlisted_item(item, PERIOD, counted=counted, actor=ADMIN, why=WHY)
    far = person("kho", "planner", scope=frozenset({DO_SON}))
    for who in (VIEWER, far):
        with pytest.raises(NotAllowedError):
            count_unlisted_item("KP-02", PERIOD, counted=False, actor=who, why=WHY)
