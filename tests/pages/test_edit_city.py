"""Figures of the city and tasks are corrected on the page for editing, and that is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.db.errors import EditConflictError, EditError
from store.editing.city import edit_indicator, edit_task
from store.editing.open_record import read_row
from store.editing.recent_changes import list_changes, undo_change
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.templates.kinds import KINDS
from store.templates.rows import fill_template
from tests.pages.reconnected import field, press
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.pages.test_every_form import bare  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import ADMIN, AN
from tests.reports.statements.made import press as make_press
from tests.reports.statements.made import state
from tests.store.small_reports import QUARTER

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

WHY = "theo đính chính của cơ quan"


def _choose(app: AppTest, words: str) -> AppTest:
    (box,) = (one for one in app.selectbox if one.label.startswith("Số liệu hoặc nhiệm vụ"))
    (chosen,) = (one for one in box.options if words in one)
    return box.set_value(chosen).run()


def _save(app: AppTest, label: str, value: str) -> None:
    field(app, label).set_value(value).run()
    assert "<td>1.0</td>" not in html_of(app)
    field(app, "Lý do sửa").set_value(WHY).run()
    press(app, "Lưu thay đổi")
    assert not app.exception
    assert not app.error
    assert "Đã lưu" in app.success[0].value


@pytest.mark.usefixtures("bare")
def test_a_figure_of_the_city_is_corrected_and_the_correction_undone() -> None:
    apply_import(plan_import(QUARTER), AN)
    (key,) = load_facts().indicators["indicator"]
    app = run("edit_page", view="city")
    _choose(app, "Công trình trọng điểm")
    assert "1/2 dự án" in html_of(app), "the document's own words stand beside the form"
    _save(app, "Giá trị", "2")
    assert read_row("indicators", key).row["value"] == 2
    assert load_facts().indicators["raw"].item() == "1/2 dự án"
    (change,) = list_changes(name=key)
    assert change.why == WHY
    assert "số liệu chung của thành phố" in html_of(run("edit_page", view="changes"))
    undo_change(change.number, actor=ADMIN, why=WHY)
    assert read_row("indicators", key).row["value"] == 1


@pytest.mark.usefixtures("bare")
def test_who_leads_a_task_and_until_when_is_corrected() -> None:
    read = make_press(
        state("Rà soát quỹ đất", "task", "lead", "Sở Xây dựng", bodies=("Sở Xây dựng",)),
        state("Rà soát quỹ đất", "task", "deadline", "2031-06-30"),
    )
    apply_import(plan_import(read), AN)
    app = run("edit_page", view="city")
    _choose(app, "chủ trì: Sở Xây dựng")
    _save(app, "Chủ trì", "Sở Tài chính")
    _choose(app, "thời hạn")
    _save(app, "Thời hạn", "quý III/2031")
    _choose(app, "thời hạn: quý III/2031")
    field(app, "Thời hạn").set_value("bao giờ xong").run()
    field(app, "Lý do sửa").set_value(WHY).run()
    press(app, "Lưu thay đổi")
    assert app.error, "what is no time is not kept"


def _tell_why(app: AppTest, why: str = WHY) -> None:
    next(one for one in app.text_input if one.key.startswith("edit.why-")).set_value(why).run()


def _list_tasks() -> set[tuple[object, ...]]:
    rows = fill_template(load_facts(), KINDS["tasks"], "2031-Q1", ADMIN).rows
    return {tuple(row.cells[name] for name in ("task_name", "lead", "task_deadline"))
            for row in rows}  # fmt: skip


@pytest.mark.usefixtures("bare")
def test_a_task_is_added_with_its_document_and_taken_out_again() -> None:
    apply_import(plan_import(QUARTER), AN)
    app = run("edit_page", view="city")
    _choose(app, "Thêm nhiệm vụ")
    assert "Chưa có thay đổi nào" in html_of(app)
    field(app, "Nhiệm vụ").set_value("Rà soát quỹ đất").run()
    field(app, "Chủ trì").set_value("Sở Xây dựng").run()
    field(app, "Thời hạn").set_value("tháng 9/2031").run()
    field(app, "Từ dòng").set_value("12").run()
    field(app, "Nguyên văn").set_value("Giao Sở Xây dựng rà soát quỹ đất").run()
    _tell_why(app)
    press(app, "Lưu thay đổi")
    assert not app.exception
    assert not app.error
    assert _list_tasks() == {("Rà soát quỹ đất", "Sở Xây dựng", "2031-09")}

    app = run("edit_page", view="city")
    _choose(app, "chủ trì: Sở Xây dựng")
    assert "Giao Sở Xây dựng rà soát quỹ đất" in html_of(app)
    _tell_why(app, "văn bản sau đã bỏ")
    press(app, "Bỏ nhiệm vụ này")
    assert not app.exception
    assert not app.error
    assert _list_tasks() == set()
    taken_out, added = list_changes()
    undo_change(taken_out.number, actor=ADMIN, why=WHY)
    assert len(_list_tasks()) == 1
    undo_change(added.number, actor=ADMIN, why=WHY)
    assert _list_tasks() == set()


@pytest.mark.usefixtures("bare")
def test_an_older_form_and_a_field_that_is_the_documents_are_refused() -> None:
    apply_import(plan_import(QUARTER), AN)
    (key,) = load_facts().indicators["indicator"]
    seen = read_row("indicators", key).seen
    with pytest.raises(EditError):
        edit_indicator(key, {"raw": "x"}, seen=seen, actor=ADMIN, why=WHY)
    edit_indicator(key, {"value": 2}, seen=seen, actor=ADMIN, why=WHY)
    with pytest.raises(EditConflictError):
        edit_indicator(key, {"value": 3}, seen=seen, actor=ADMIN, why=WHY)
    with pytest.raises(EditError):
        edit_task("không có", "x", seen="", actor=ADMIN, why=WHY)
