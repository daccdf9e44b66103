"""A form that outlives its page session still says what it was filled from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from store.accounts.accounts import Account, add_account, change_account, list_accounts
from store.accounts.saved_views import change_view, list_views, save_view
from store.clearance.register import edit_case, open_stated_cases
from store.clearance.suggested_cases import list_suggested_cases
from store.db.errors import ChoiceError
from store.editing.figures import edit_figure
from store.editing.items import edit_item, set_communes, set_point
from store.editing.open_record import read_case, read_item
from store.facts.facts import load_facts
from store.imports.contradiction_decisions import list_contradiction_decisions, settle_contradiction
from store.imports.review_queue import decide_review, list_reviews
from store.users.users import PERSONAL
from tests import templates
from tests.hostile import mostly_slow
from tests.pages.reconnected import field, press, reconnect
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import ADMIN, BINH
from tests.store.small_reports import QUARTER, QUEUED

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("own_store")
SAVE = "Lưu thay đổi"
WHY = "Lý do sửa"


def change_field(item: str = "KP-20", **changes: str) -> None:
    now = read_item(item)
    assert now is not None
    edit_item(item, changes, seen=now.item_token, actor=BINH, why="Bình sửa")


def assert_conflict(app: AppTest) -> None:
    """Assert that the other's change is shown beside one's own, nothing written over it."""
    assert not app.exception
    assert any("Bình" in one.value for one in app.warning)
    assert "Bình sửa" in html_of(app)
    assert not app.success


def type_into(app: AppTest, label: str, value: object) -> None:
    field(app, label).set_value(value).run()
    assert not app.exception
    field(app, WHY).set_value("An sửa").run()


@pytest.mark.parametrize("before", mostly_slow([2, 0], 1))
def test_a_field_changed_by_another_is_shown_after_a_restart(before: int) -> None:
    app = run("edit_page", item="KP-20", view="fields")
    for number in range(before):  # the second edit of a page session is as safe as the first
        type_into(app, "Số thứ tự", f"1{number}")
        press(app, SAVE)
    type_into(app, "Số thứ tự", "200")
    change_field(no="7", note="của Bình")
    reconnect(app, SAVE)
    assert_conflict(app)
    assert "<b>200</b>" in html_of(app)
    now = read_item("KP-20")
    assert now is not None
    assert (now.item["no"], now.item["note"]) == ("7", "của Bình")
    press(app, "Lưu đè bản của tôi")
    now = read_item("KP-20")
    assert now is not None
    assert (now.item["no"], now.item["note"]) == ("200", "của Bình")


@pytest.mark.parametrize("before", mostly_slow([2, 0], 1))
def test_what_was_typed_is_saved_after_a_restart_when_nobody_was_quicker(before: int) -> None:
    app = run("edit_page", item="KP-20", view="fields")
    for number in range(before):
        type_into(app, "Số thứ tự", f"1{number}")
        press(app, SAVE)
    type_into(app, "Số thứ tự", "200")
    reconnect(app, SAVE)
    assert not app.exception
    assert "Đã lưu" in app.success[0].value
    now = read_item("KP-20")
    assert now is not None
    assert now.item["no"] == "200"


@pytest.mark.slow
def test_a_restart_alone_shows_the_other_s_change_and_the_form_as_it_was() -> None:
    app = run("edit_page", item="KP-20", view="fields")
    type_into(app, "Số thứ tự", "200")
    change_field(note="của Bình")
    reconnect(app)
    assert field(app, "Số thứ tự").value == "200"
    assert field(app, "Ghi chú").value != "của Bình"
    assert app.info
    press(app, "Tải lại")
    assert field(app, "Ghi chú").value == "của Bình"
    assert field(app, "Số thứ tự").value != "200"


@pytest.mark.slow
def test_what_was_typed_over_something_unknown_is_dropped_and_said() -> None:
    app = run("edit_page", item="KP-20", view="fields")
    type_into(app, "Số thứ tự", "200")
    change_field(note="của Bình")
    app.text_input(key="carried.edit.opened").set_value("KP-20 0123456789abcdef")
    reconnect(app, SAVE)
    assert "không tìm được" in app.warning[0].value
    assert field(app, "Số thứ tự").value != "200"
    now = read_item("KP-20")
    assert now is not None
    assert now.item["note"] == "của Bình"


@pytest.mark.parametrize(
    "mark", mostly_slow(["KP-21 0123", "", "x", "KP-20", "KP-20 ", "' OR 1=1", "0" * 200], 1)
)
def test_a_browser_that_says_anything_changes_nothing(mark: str) -> None:
    app = run("edit_page", item="KP-20", view="fields")
    app.text_input(key="carried.edit.opened").set_value(mark)
    app.text_input(key="carried.edit.serial").set_value(mark)
    reconnect(app)
    assert not app.exception
    assert not app.error


@pytest.mark.slow
def test_the_communes_of_an_item() -> None:
    app = run("edit_page", item="KP-20", view="communes")
    now = read_item("KP-20")
    assert now is not None
    mine, other = "11914", "11728"
    box = app.multiselect[0]
    box.set_value([*box.value, mine]).run()
    field(app, WHY).set_value("An sửa").run()
    set_communes("KP-20", [other], seen=now.communes_token, actor=BINH, why="Bình sửa")
    reconnect(app, SAVE)
    assert_conflict(app)
    after = read_item("KP-20")
    assert after is not None
    assert [row["commune"] for row in after.places] == [other]


@pytest.mark.slow
def test_a_point() -> None:
    app = run("edit_page", item="KP-20", view="point")
    now = read_item("KP-20")
    assert now is not None
    field(app, "Hoặc gõ tọa độ").set_value("20.86, 106.68").run()
    given = {"lon": 106.6, "lat": 20.8, "accuracy_m": None, "how": "map", "note": ""}
    set_point("KP-20", given, seen=now.point_token, actor=BINH, why="Bình sửa")
    reconnect(app, "Lấy tọa độ này")
    field(app, WHY).set_value("An sửa").run()
    press(app, SAVE)
    assert_conflict(app)
    after = read_item("KP-20")
    assert after is not None
    assert after.point is not None
    assert after.point["lon"] == 106.6


@pytest.mark.slow
def test_a_figure() -> None:
    app = run("edit_page", item="KP-20", view="figures")
    now = read_item("KP-20")
    assert now is not None
    chosen = next(one for one in app.selectbox if one.key.startswith("edit.figure-"))
    row = next(
        row
        for row in now.figures.values()
        if row["period"] == chosen.key.removeprefix("edit.figure-KP-20-") and row["field"] in TEXTS
    )
    chosen.set_value(row["key"]).run()
    type_into(app, "Ghi chú", "của An")
    token = now.figure_tokens[row["key"]]
    edit_figure(row["key"], {"note": "của Bình"}, seen=token, actor=BINH, why="Bình sửa")
    reconnect(app, SAVE)
    assert_conflict(app)
    after = read_item("KP-20")
    assert after is not None
    notes = [one["note"] for one in after.figures.values()]
    assert ("của Bình" in notes, "của An" in notes) == (True, False)


TEXTS = ("status", "obstacle", "measure", "plan", "content", "forecast", "works")


@pytest.mark.slow
@pytest.mark.parametrize("part", mostly_slow(["edit", "close"], 1))
def test_a_case_of_the_register(part: str) -> None:
    open_stated_cases([one.source for one in list_suggested_cases(load_facts())], actor=ADMIN)
    app = run("register_page", case="GP-0001")
    next(one for one in app.get("button_group") if "part" in one.key).set_value(part).run()
    if part == "edit":
        type_into(app, "Đơn vị chịu", "Ban An")
    else:
        next(one for one in app.get("button_group") if "way" in one.key).set_value(
            "withdrawn"
        ).run()
        field(app, WHY).set_value("An sửa").run()
    now = read_case("GP-0001")
    assert now is not None
    edit_case("GP-0001", {"body": "Ban Bình"}, seen=now.token, actor=BINH, why="Bình sửa")
    reconnect(app, SAVE if part == "edit" else "Rút khỏi sổ")
    assert_conflict(app)
    after = read_case("GP-0001")
    assert after is not None
    assert (after.case["body"], after.case["state"]) == ("Ban Bình", "open")


@pytest.mark.slow
def test_what_stands_in_a_form_of_something_new_is_kept() -> None:
    app = run("edit_page", item="KP-20", view="fields")
    for number in range(2):
        type_into(app, "Số thứ tự", f"1{number}")
        press(app, SAVE)
    next(one for one in app.get("button_group") if one.key == "edit.view").set_value("new").run()
    type_into(app, "Tên", "Dự án mới của An")
    reconnect(app, "Thêm dự án")
    assert not app.exception
    assert "Dự án mới của An" in set(load_facts().items["name"])


ACCOUNTS = """
from pages import accounts_page
from pages.shell.context import open_page

accounts_page.show_page(open_page())
"""
VIEWS = """
from pages.shell.context import open_page
from pages.widgets.saved_views import _show_manage_form
from store.accounts.saved_views import list_views

ctx = open_page()
_show_manage_form(ctx, list_views(ctx.user))
"""


def script(text: str) -> AppTest:
    return AppTest.from_string(text, default_timeout=90).run()


@pytest.mark.parametrize("lost", mostly_slow([True, False], 1))
def test_an_account(lost: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shell.context.find_user_by_token", lambda _token: ADMIN)
    number = add_account(Account("binh", "planner"), "một câu dài dễ nhớ", BINH)
    add_account(Account("chu", "administrator"), "một câu dài dễ nhớ", BINH)
    app = script(ACCOUNTS)
    field(app, "Đổi tài khoản").set_value(number).run()
    shown = [one for one in app.text_input if one.label == "Tên hiển thị"]
    shown[0].set_value("Tên do An đặt")
    change_account(number, Account("binh", "viewer", "Bình"), BINH)
    reconnect(app, "Lưu") if lost else press(app, "Lưu")
    assert not app.exception
    assert "Bình" in app.error[0].value
    assert "người xem" in app.error[0].value.lower()
    (row,) = (one for one in list_accounts(ADMIN).itertuples() if one.name == "binh")
    assert (row.role, row.shown) == ("viewer", "Bình")
    app.run()
    shown = [one for one in app.text_input if one.label == "Tên hiển thị"]
    assert shown[0].value == "Bình"
    shown[0].set_value("Tên do An đặt")
    press(app, "Lưu")
    (row,) = (one for one in list_accounts(ADMIN).itertuples() if one.name == "binh")
    assert (row.role, row.shown) == ("viewer", "Tên do An đặt")


@pytest.mark.slow
@pytest.mark.parametrize("lost", mostly_slow([True, False], 1))
def test_a_saved_view(lost: bool) -> None:
    number = save_view("ban-do", "Trước", {}, PERSONAL)
    app = script(VIEWS)
    app.selectbox(key="views.chosen").set_value(number).run()
    next(one for one in app.text_input if "rename" in one.key).set_value("Của An").run()
    change_view(number, PERSONAL, name="Ở nơi khác")
    reconnect(app, "Ghi thay đổi") if lost else press(app, "Ghi thay đổi")
    assert not app.exception
    assert "Ở nơi khác" in app.session_state["views.fault"]
    assert [one.name for one in list_views(PERSONAL)] == ["Ở nơi khác"]
    next(one for one in app.text_input if "rename" in one.key).set_value("Của An").run()
    press(app, "Ghi thay đổi")
    assert [one.name for one in list_views(PERSONAL)] == ["Của An"]


@pytest.mark.slow
@pytest.mark.parametrize("lost", mostly_slow([True, False], 1))
def test_a_question_decided_by_another(
    lost: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates.use_copy(templates.store_of(QUARTER, QUEUED), tmp_path, monkeypatch)
    first = list_reviews()[0]
    app = run("review_page")
    decide_review(first.number, first.choices[0], BINH)
    button = next(one for one in app.button if one.key.startswith("review.choose-"))
    reconnect(app, button.label) if lost else button.click().run()
    assert not app.exception
    assert any("người khác quyết định" in one.value for one in app.info)
    assert len(list_reviews(state="decided")) == 1


@pytest.mark.slow
def test_a_contradiction_settled_by_another_is_not_settled_over_it() -> None:
    settle_contradiction("x", "a", BINH)
    with pytest.raises(ChoiceError, match="vừa được người khác"):
        settle_contradiction("x", "b", ADMIN, open_only=True)
    assert list_contradiction_decisions()["x"].choice == "a"
