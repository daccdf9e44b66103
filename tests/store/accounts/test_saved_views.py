"""Saved views: kept under a name, opened by their address, shared by right, one's own to change."""

import pytest
import sqlalchemy as sa

from store.accounts import saved_views as views
from store.accounts.saved_views import (
    MAX_NAME_CHARS,
    VIEW_PAGES,
    change_view,
    delete_view,
    list_views,
    save_view,
    select_view_query,
)
from store.db.database import reading
from store.db.errors import NotAllowedError, ViewError
from store.db.schema import AUDIT
from store.users.permissions import PERMISSIONS
from tests.hostile import HOSTILE_TEXTS
from tests.people import ADMIN, INSPECTOR, PLANNER, VIEWER, VISITOR, person

QUERY = {"communes": "11002", "cols": "item,name", "sort": "-problems"}


def names(user: object) -> list[str]:
    return [one.name for one in list_views(user)]  # type: ignore[arg-type]


@pytest.mark.usefixtures("bare_store")
def test_a_view_is_kept_with_the_keys_that_its_page_reads_and_no_others() -> None:
    number = save_view("danh-muc", " Vướng  mắc ", {**QUERY, "lang": "en", "x": "<img>"}, PLANNER)
    (one,) = list_views(PLANNER)
    assert (one.number, one.name, one.page, one.mine, one.shared) == (
        number,
        "Vướng mắc",
        "danh-muc",
        True,
        False,
    )
    assert dict(one.query) == QUERY


@pytest.mark.usefixtures("bare_store")
def test_only_shared_views_are_seen_by_others() -> None:
    save_view("ban-do", "Của tôi", {}, PLANNER)
    save_view("ban-do", "Chung", {"layer": "progress"}, PLANNER, shared=True)
    assert names(VIEWER) == names(VISITOR) == ["Chung"]
    assert names(PLANNER) == ["Chung", "Của tôi"]
    assert not list_views(VIEWER)[0].mine


@pytest.mark.usefixtures("bare_store")
def test_sharing_needs_the_right_to_and_saving_an_account() -> None:
    with pytest.raises(NotAllowedError):
        save_view("ban-do", "Chung", {}, VIEWER, shared=True)
    with pytest.raises(NotAllowedError):
        save_view("ban-do", "Khách", {}, VISITOR)
    number = save_view("ban-do", "Riêng", {}, INSPECTOR)
    with pytest.raises(NotAllowedError):
        change_view(number, INSPECTOR, shared=True)
    assert not list_views(INSPECTOR)[0].shared


@pytest.mark.usefixtures("bare_store")
def test_a_view_is_renamed_shared_and_deleted_by_its_owner() -> None:
    number = save_view("dia-ban", "Cũ", {"place": "11002"}, PLANNER)
    change_view(number, PLANNER, name="Mới", shared=True)
    assert names(VIEWER) == ["Mới"]
    change_view(number, PLANNER, shared=False)
    assert names(VIEWER) == []
    delete_view(number, PLANNER)
    assert names(PLANNER) == []


@pytest.mark.usefixtures("bare_store")
def test_others_may_not_touch_it_and_an_administrator_only_a_shared_one() -> None:
    own = save_view("ban-do", "Riêng", {}, PLANNER)
    common = save_view("ban-do", "Chung", {}, PLANNER, shared=True)
    other = person("khac", "planner")
    for act in (
        lambda: change_view(common, other, name="X"),
        lambda: delete_view(common, other),
        lambda: delete_view(own, ADMIN),
        lambda: change_view(common, ADMIN, name="X"),
        lambda: delete_view(9999, ADMIN),
    ):
        with pytest.raises(ViewError):
            act()
    delete_view(common, ADMIN)
    assert names(PLANNER) == ["Riêng"]


@pytest.mark.usefixtures("bare_store")
def test_a_name_is_used_once_by_a_person_and_again_by_another() -> None:
    save_view("ban-do", "Một", {}, PLANNER)
    with pytest.raises(ViewError, match="Một"):
        save_view("danh-muc", "Một", {}, PLANNER)
    number = save_view("danh-muc", "Hai", {}, PLANNER)
    with pytest.raises(ViewError):
        change_view(number, PLANNER, name="Một")
    save_view("ban-do", "Một", {}, INSPECTOR)


@pytest.mark.usefixtures("bare_store")
@pytest.mark.parametrize("name", ["", "   ", "\u202e\u0000", "x" * (MAX_NAME_CHARS + 1)])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(ViewError):
        save_view("ban-do", name, {}, PLANNER)
    assert names(PLANNER) == []


@pytest.mark.usefixtures("bare_store")
def test_hostile_names_are_kept_as_text_in_one_line() -> None:
    for text in HOSTILE_TEXTS:
        save_view("ban-do", text[:MAX_NAME_CHARS], {"text": text}, PLANNER)
    kept = list_views(PLANNER)
    assert len(kept) == len(HOSTILE_TEXTS)
    assert all(one.name.isprintable() for one in kept)


@pytest.mark.usefixtures("bare_store")
def test_a_page_without_views_and_too_long_an_address_are_refused() -> None:
    for page in ("nap", "", "../x", "https://evil.invalid/"):
        with pytest.raises(ViewError):
            save_view(page, "X", {}, PLANNER)
    with pytest.raises(ViewError):
        save_view("ban-do", "X", {"text": "a" * 2001}, PLANNER)
    assert select_view_query("nowhere", {"text": "a"}) == {}


@pytest.mark.usefixtures("bare_store")
def test_nobody_may_keep_more_than_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MAX_VIEWS", 2)
    save_view("ban-do", "1", {}, PLANNER)
    save_view("ban-do", "2", {}, PLANNER)
    with pytest.raises(ViewError):
        save_view("ban-do", "3", {}, PLANNER)
    save_view("ban-do", "1", {}, INSPECTOR)


@pytest.mark.usefixtures("bare_store")
def test_saving_changing_and_deleting_stand_in_the_audit() -> None:
    number = save_view("ban-do", "Một", {}, PLANNER)
    change_view(number, PLANNER, name="Hai")
    change_view(number, PLANNER, name="Hai")  # nothing changes: nothing is written
    delete_view(number, PLANNER)
    with reading() as connection:
        rows = connection.execute(
            sa.select(AUDIT.c.key, AUDIT.c.actor)
            .where(AUDIT.c.table_name == "saved_views")
            .order_by(AUDIT.c.id)
        ).all()
    assert [key for key, _ in rows] == ["tonghop/Một", "tonghop/Một", "tonghop/Hai"]
    assert {actor for _, actor in rows} == {PLANNER.name}


def test_every_page_with_views_is_in_the_table_of_permissions() -> None:
    pages = {"ban-do": "page.map", "danh-muc": "page.items", "dia-ban": "page.place"}
    assert set(pages) == set(VIEW_PAGES)
    assert set(pages.values()) <= set(PERMISSIONS)
