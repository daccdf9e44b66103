"""A mended template is uploaded, shown cell by cell, taken over with its reason, or put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.editing.open_record import read_item
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.imports.apply import list_imports
from store.templates.kinds import KINDS
from store.templates.rows import fill_template
from tests.pages.reconnected import field
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import PLANNER
from tests.store.templates.mended import PERIOD, mend, workbook

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("own_store")

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONEY = "Tổng mức đầu tư (triệu đồng)"


def upload(*cells: tuple[str, str, object], kind: str = "key_projects") -> AppTest:
    """Return the page of imports with a template in which cells were mended."""
    app = run("import_page")
    app.file_uploader[0].upload("mau.xlsx", mend(workbook(kind), *cells), KIND).run()
    assert not app.exception
    return app


def test_what_was_mended_is_shown_and_taken_over_with_its_reason() -> None:
    app = upload(("KP-20", "Ghi chú", "đã rà soát"), ("KP-24", MONEY, 1228241))
    shown = html_of(app)
    assert "2 ô khác với số liệu đang có." in shown
    assert "<b>đã rà soát</b>" in shown
    assert "<b>1.228.241</b>" in shown
    app.button(key="import.template_accept").click().run()
    assert "lý do" in app.error[0].value
    assert len(list_imports()) == 1, "the curated facts alone"
    field(app, "Ghi chú (lý do)").set_value("đối chiếu hồ sơ").run()
    app.button(key="import.template_accept").click().run()
    assert not app.exception
    assert not app.error
    assert app.success
    assert read_item("KP-20").item["note"] == "đã rà soát"
    known = build_item_snapshot(load_facts(), PERIOD).set_index("item")
    assert known.loc["KP-24", "investment_mvnd"] == 1228241
    assert list_imports()["why"].iloc[0] == "đối chiếu hồ sơ"
    assert "import.template_accept" not in {one.key for one in app.button}


def test_an_untouched_template_offers_nothing_to_take_over() -> None:
    app = upload()
    assert "Không có ô nào khác" in html_of(app)
    assert app.button(key="import.template_accept").disabled


def test_a_template_is_put_away_and_nothing_of_it_is_kept() -> None:
    before = read_item("KP-20").item["note"]
    app = upload(("KP-20", "Ghi chú", "đã rà soát"))
    app.button(key="import.template_away").click().run()
    assert not app.exception
    assert "import.template_away" not in {one.key for one in app.button}
    assert read_item("KP-20").item["note"] == before
    assert list(list_imports()["kind"]) == ["curated"]


def test_a_new_task_is_offered_as_an_addition_beside_what_is_none() -> None:
    name, lead = "Nhiệm vụ (chỉ ghi ở dòng mới)", "Cơ quan chủ trì"
    app = upload(("", name, "Lập danh mục đất"), ("", lead, "Sở Tài chính"), kind="tasks")
    shown = html_of(app)
    assert "Trong đó có 1 dòng mới." in shown
    assert "<b>Lập danh mục đất</b>" in shown
    field(app, "Ghi chú (lý do)").set_value("theo cuộc họp").run()
    app.button(key="import.template_accept").click().run()
    assert not app.exception
    assert not app.error
    rows = fill_template(load_facts(), KINDS["tasks"], PERIOD, PLANNER).rows
    assert [row.cells["lead"] for row in rows if row.cells["task_name"] == "Lập danh mục đất"] == [
        "Sở Tài chính"
    ]


def test_a_tenfold_amount_is_said_before_it_is_taken_over() -> None:
    assert "gấp 10,0 lần số đang có" in html_of(upload(("KP-24", MONEY, 12282400)))
