"""How a page was arranged last: kept for each person, read by nobody else, no saved view."""

import pytest

from store.accounts.saved_views import list_views, save_view
from store.accounts.usual_views import OPENED, keep_usual_view, read_usual_view
from store.db.errors import NotAllowedError, ViewError
from tests.people import PLANNER, VIEWER, VISITOR

COLUMNS = {"cols": "short_name,finish", "sort": "finish"}


@pytest.mark.usefixtures("bare_store")
def test_the_last_choice_is_kept_of_each_person_and_stands_among_no_views() -> None:
    keep_usual_view("danh-muc", {"cols": "item"}, PLANNER)
    keep_usual_view("danh-muc", {**COLUMNS, "x": "y"}, PLANNER)
    assert read_usual_view("danh-muc", PLANNER) == COLUMNS
    assert read_usual_view("danh-muc", VIEWER) == read_usual_view("danh-muc", VISITOR) == {}
    assert read_usual_view("ban-do", PLANNER) == {}
    assert list_views(PLANNER) == ()


@pytest.mark.usefixtures("bare_store")
def test_what_was_opened_last_is_kept_beside_and_cannot_be_saved_as_a_view() -> None:
    keep_usual_view(OPENED, {"item": "KP-02|KP-01", "cols": "x"}, PLANNER)
    assert read_usual_view(OPENED, PLANNER) == {"item": "KP-02|KP-01"}
    assert read_usual_view("danh-muc", PLANNER) == {}
    with pytest.raises(ViewError):
        save_view(OPENED, "Mở gần đây", {"item": "KP-02"}, PLANNER)


@pytest.mark.usefixtures("bare_store")
def test_nothing_chosen_is_forgotten_and_nobody_known_keeps_nothing() -> None:
    keep_usual_view("danh-muc", COLUMNS, PLANNER)
    keep_usual_view("danh-muc", {}, PLANNER)
    assert read_usual_view("danh-muc", PLANNER) == {}
    with pytest.raises(NotAllowedError):
        keep_usual_view("danh-muc", COLUMNS, VISITOR)
