"""Cells edited where they stand: previewed, saved as one change, undone as one, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from store.editing.items import edit_item
from store.editing.open_record import read_item
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from tests.pages.catalogue.cells import type_cells
from tests.pages.reconnected import field, press, reconnect
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import BINH, person

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("own_store")

COLUMNS: Final = "item,construction,investment_bvnd,status,communes"
SWITCH: Final = "Sửa ngay trong bảng"
WHY: Final = "Lý do sửa"
FIRST: Final = ("KP-25", "KP-12", "KP-18")
"""The items of the first rows, the largest investment first."""


def open_table(**query: str) -> AppTest:
    app = run("items_page", cols=COLUMNS, period="2026-Q1", **query)
    app.toggle(key="items.in-place").set_value(True).run()
    assert not app.exception
    return app


def known() -> dict[str, tuple[object, ...]]:
    rows = build_item_snapshot(load_facts(), "2026-Q1").set_index("item")
    rows = rows[["construction", "investment_mvnd", "status", "communes"]].astype(object)
    rows = rows.where(rows.notna(), None)
    return {item: tuple(rows.loc[item]) for item in FIRST}


def change_name() -> None:
    now = read_item("KP-25")
    assert now is not None
    edit_item("KP-25", {"name": "Tên của Bình"}, seen=now.item_token, actor=BINH, why="Bình sửa")


def test_cells_of_several_rows_are_saved_as_one_change_and_undone_as_one() -> None:
    before = known()
    app = open_table()
    type_cells(
        app,
        {
            0: {"construction": "12,5", "status": "Đang thi công"},
            1: {"investment_bvnd": "248.456,04 tỷ", "construction": "abc"},
            2: {"communes": ["Phường Hải Dương"]},
        },
    )
    shown = html_of(app)
    assert "5 ô đang sửa, chưa lưu" in shown
    assert "4 ô sẽ đổi" in shown
    assert "<b>248.456.040</b>" in shown  # what was understood, in million VND
    assert "Khác thường" in shown
    assert "gấp 10,0 lần" in shown
    assert "“abc” không đọc được" in shown
    assert known() == before
    field(app, WHY).set_value("theo rà soát").run()
    press(app, "Lưu 4 ô thành một lần sửa")
    after = known()
    assert after["KP-25"][::2] == (12.5, "under_construction")
    assert after["KP-12"][1] == 248_456_040
    assert after["KP-18"][3] == ("10525",)
    # What was refused stays in its cell, and its row is no other's change.
    assert "1 ô đang sửa, chưa lưu" in html_of(app)
    assert "Đang có bây giờ" not in html_of(app)
    rows = app.dataframe[0].value
    assert list(rows["item"])[:2] == ["KP-12", "KP-25"]  # the largest investment is another's now
    assert list(rows["construction"])[:2] == ["abc", "12,5"]
    press(app, "Bỏ 1 ô đang sửa")
    assert "chưa lưu" not in html_of(app)
    press(app, "Hoàn tác cả lần sửa này")
    assert known() == before
    assert not app.exception


def test_a_cell_typed_as_it_was_is_no_change() -> None:
    app = open_table()
    type_cells(app, {0: {"construction": "12,5"}})
    assert "1 ô đang sửa, chưa lưu" in html_of(app)
    type_cells(app, {0: {"construction": None}})
    assert "chưa lưu" not in html_of(app)


def test_what_somebody_saved_meanwhile_is_shown_and_not_written_over() -> None:
    app = open_table()
    type_cells(app, {0: {"construction": "12,5"}, 1: {"construction": "7"}})
    field(app, WHY).set_value("theo rà soát").run()
    change_name()
    before = known()
    press(app, "Lưu 2 ô thành một lần sửa")
    assert app.error
    assert known() == before
    shown = html_of(app)
    assert "Bình sửa lúc" in shown
    assert "Dòng này đã có người sửa" in shown
    assert "1 ô sẽ đổi" in shown
    press(app, "Mở lại theo số liệu mới")
    assert "2 ô sẽ đổi" in html_of(app)
    press(app, "Lưu 2 ô thành một lần sửa")
    assert (known()["KP-25"][0], known()["KP-12"][0]) == (12.5, 7)
    assert load_facts().item_names["KP-25"] == "Tên của Bình"


def test_another_order_filter_or_period_keeps_what_is_edited_and_says_so() -> None:
    app = open_table()
    type_cells(app, {0: {"construction": "12,5"}})
    app.session_state["items.arrange"] = True
    app.run()
    app.multiselect(key="items.sort").set_value(["name"]).run()
    row = list(app.dataframe[0].value["item"]).index("KP-25")
    assert row
    assert app.dataframe[0].value["construction"].iloc[row] == "12,5"
    app.toggle(key="items.in-place").set_value(False).run()
    assert "1 ô đang sửa dở, chưa lưu" in app.warning[0].value
    app.toggle(key="items.in-place").set_value(True).run()
    assert "1 ô đang sửa, chưa lưu" in html_of(app)
    app.selectbox(key="bar.period").set_value("2026-H1").run()
    assert "là của Quý I/2026" in app.warning[0].value
    press(app, "Bỏ 1 ô đang sửa")
    assert not app.warning
    assert not app.exception


def test_a_filter_that_hides_an_edited_row_says_that_saving_includes_it() -> None:
    app = open_table()
    type_cells(app, {0: {"construction": "12,5"}})
    app.session_state["bar.popover"] = True
    app.run()
    app.text_input(key="bar.text").set_value("cầu").run()
    assert "KP-25" not in set(app.dataframe[0].value["item"])
    assert "Lưu sẽ gồm cả các ô đó" in html_of(app)
    field(app, WHY).set_value("theo rà soát").run()
    press(app, "Lưu 1 ô thành một lần sửa")
    assert known()["KP-25"][0] == 12.5


@pytest.mark.parametrize("changed", [False, True])
def test_what_is_edited_outlives_the_page_session_and_what_was_seen_with_it(changed: bool) -> None:
    app = open_table()
    type_cells(app, {0: {"construction": "12,5"}})
    app.run()
    if changed:
        change_name()
    reconnect(app)
    assert not app.exception
    assert "1 ô đang sửa, chưa lưu" in html_of(app)
    assert ("Dòng này đã có người sửa" in html_of(app)) is changed
    assert app.dataframe[0].value["construction"].iloc[0] == "12,5"


def test_who_may_not_edit_has_no_switch_and_anothers_drafts_are_not_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = open_table()
    type_cells(app, {0: {"construction": "12,5"}})
    there = [person("binh", "planner")]
    monkeypatch.setattr("pages.shell.context.find_user_by_token", lambda _token: there[0])
    app.run()
    assert "chưa lưu" not in html_of(app)
    there[0] = person("chi", "viewer")
    app.run()
    assert not app.exception
    assert not app.toggle
