"""Forms and buttons that are seldom pressed: each with real values, and what it did read back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from reports.model.statement import StatementReading
from reports.model.visit import Visit
from reports.sample.content import make_sample
from reports.sample.formats import to_docx
from store.accounts.accounts import Account, add_account, list_accounts
from store.audit.approvals import approve_period, list_approvals
from store.editing.figures import edit_figure
from store.editing.items import edit_item
from store.editing.open_record import read_item
from store.facts.facts import load_facts
from store.imports.apply import apply_import, list_imports
from store.imports.plan.drafts import list_drafts
from store.imports.plan.planning import plan_import
from store.imports.questions.early_answers import CITY, EarlyAnswer, list_plan_questions
from store.imports.review_queue import list_reviews
from store.visits.record import record_visit
from tests import templates
from tests.odk_exports import central_zip, made
from tests.pages.catalogue.cells import type_cells
from tests.pages.reconnected import field, press
from tests.pages.test_edit_page import SCRIPT, own_store, run  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import ADMIN, BINH
from tests.reports.statements.made import BUILT
from tests.store.imports.questions.test_shared import bring
from tests.store.small_reports import QUARTER, QUEUED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reports.model.extraction import Extraction

pytestmark = pytest.mark.usefixtures("own_store")


@pytest.fixture
def bare(own_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Have a store without facts instead."""
    assert own_store
    templates.use_copy(templates.bare_store(), tmp_path, monkeypatch)


def click(app: AppTest, key: str) -> AppTest:
    """Press the button whose key begins so."""
    return next(one for one in app.button if (one.key or "").startswith(key)).click().run()


def find(fields: Iterable[Any], key: str) -> Any:
    """Return the field whose key begins so."""
    return next(one for one in fields if (one.key or "").startswith(key))


def open_import(read: Extraction) -> AppTest:
    """Return the page of imports with a report that was read."""
    app = AppTest.from_string(SCRIPT.format(page="import_page"), default_timeout=90)
    app.session_state["import.read"] = read
    return app.run()


def open_notes(period: str) -> AppTest:
    """Return the map of a period with what it means beside it."""
    app = run("map_page", period=period)
    find(app.get("button_group"), "side.tab").set_value("notes").run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("bare")
def test_a_report_is_uploaded_kept_as_a_draft_opened_and_dropped() -> None:
    app = run("import_page")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    app.file_uploader[0].upload("mau.docx", to_docx(make_sample()), kind).run()
    assert not app.exception
    press(app, "Lưu nháp")
    assert len(list_drafts()) == 1
    click(app, "import.open-")
    assert "Quý I/2026" in html_of(app)
    click(app, "import.away")
    press(app, "Xóa nháp")
    assert not app.exception
    assert list_drafts().empty


@pytest.mark.usefixtures("bare")
def test_questions_are_answered_before_the_report_is_accepted() -> None:
    apply_import(plan_import(QUARTER), ADMIN)
    app = open_import(QUEUED)
    assert app.button(key="import.accept").disabled
    click(app, "import.part-urgent")
    press(app, "Phường Thạch Khôi – giống 60 %")
    assert not app.exception
    assert "vừa trả lời" in html_of(app)
    click(app, "import.reask-")
    assert "vừa trả lời" not in html_of(app)
    click(app, "import.answer-")
    next(one for one in app.checkbox if "import.confirm.questions" in one.key).check().run()
    click(app, "import.accept")
    assert not app.exception
    assert not app.error
    assert QUEUED.document.sha256 in set(list_imports()["sha256"])
    assert len(list_reviews(state="decided")) == 1


@pytest.mark.usefixtures("bare")
def test_an_answer_stays_given_beside_open_statements() -> None:
    apply_import(plan_import(QUARTER), ADMIN)
    asked = replace(BUILT, status="ask", why="no_subject", subject="", subject_kind="unknown")
    app = open_import(replace(QUEUED, reading=StatementReading((asked,))))
    click(app, "import.part-urgent")
    press(app, "Phường Thạch Khôi – giống 60 %")
    assert "vừa trả lời" in html_of(app)
    app.run()
    assert "vừa trả lời" in html_of(app)


@pytest.mark.usefixtures("bare")
def test_a_period_is_approved_after_saying_what_is_open_and_that_is_taken_back() -> None:
    bring("Báo cáo quý I", "2031-Q1")
    app = click(run("import_page"), "import.approve-2031-Q1")
    assert "Câu hỏi chưa trả lời: 1" in html_of(app)
    assert "Dự án chưa có địa bàn: 3" in html_of(app)
    click(app, "import.approve_no")
    assert list_approvals().empty
    click(app, "import.approve-2031-Q1")
    click(app, "import.approve_yes")
    assert list(list_approvals()["period"]) == ["2031-Q1"]
    click(app, "import.undo-")
    assert "Đính chính số liệu" in html_of(app)
    assert app.button(key="import.undo_yes").disabled
    click(app, "import.undo_no")
    click(app, "import.withdraw-2031-Q1")
    click(app, "import.approve_yes")
    assert "Hãy ghi rõ lý do" in app.error[0].value
    field(app, "Ghi chú (lý do)").set_value("duyệt nhầm").run()
    click(app, "import.approve_yes")
    assert not app.exception
    assert list_approvals().empty


@pytest.mark.usefixtures("bare")
def test_an_import_is_undone_after_saying_what_goes() -> None:
    bring("Báo cáo quý I", "2031-Q1")
    app = click(run("import_page"), "import.undo-")
    assert "Hoàn tác lần nạp số 1 sẽ lấy đi" in html_of(app)
    press(app, "Hoàn tác toàn bộ")
    assert not app.exception
    assert load_facts().items.empty
    assert list_reviews() == []


def test_a_correction_of_an_approved_period_is_said_on_the_map() -> None:
    approve_period("2026-Q1", ADMIN)
    assert "công văn 12" not in html_of(open_notes("2026-Q1"))
    row = load_facts().observations.query("item == 'KP-24' and field == 'investment_mvnd'").iloc[0]
    token = read_item("KP-24").figure_tokens[row["obs"]]
    edit_figure(row["obs"], {"value": "1228241"}, seen=token, actor=ADMIN, why="công văn 12")
    assert "công văn 12" in html_of(open_notes("2026-Q1"))


def test_a_commune_is_added_by_a_former_name() -> None:
    app = run("edit_page", item="KP-20", view="communes")
    field(app, "Tìm theo tên cũ").set_value("xã Kim Liên, huyện Kim Thành").run()
    before = {row["commune"] for row in read_item("KP-20").places}
    click(app, "edit.match-")
    find(app.text_input, "edit.why-").set_value("thử").run()
    click(app, "edit.save-")
    assert not app.exception
    assert before < {row["commune"] for row in read_item("KP-20").places}


def test_a_conflict_is_left_for_later() -> None:
    app = run("edit_page", item="KP-20", view="fields")
    field(app, "Số thứ tự").set_value("77").run()
    next(one for one in app.text_input if one.label.startswith("Lý do")).set_value("An").run()
    now = read_item("KP-20")
    edit_item("KP-20", {"no": "78"}, seen=now.item_token, actor=BINH, why="Bình")
    click(app, "edit.save-")
    press(app, "Để đó, xem lại sau")
    assert not app.exception
    assert read_item("KP-20").item["no"] == "78"


def test_a_case_is_opened_by_hand_and_one_taken_over() -> None:
    app = run("register_page")
    click(app, "register.take-")
    assert not app.exception
    (taken,) = load_facts().cases["case"]
    app = run("register_page")
    find(app.selectbox, "register.item-new").set_value("KP-20").run()
    find(app.text_input, "register.area_ha-new").set_value("12,5").run()
    find(app.text_input, "register.households-new").set_value("1.296").run()
    find(app.text_input, "register.why-new").set_value("phát sinh").run()
    press(app, "Mở hồ sơ")
    assert not app.exception
    assert not app.error
    cases = load_facts().cases.set_index("case").drop(taken)
    assert list(cases["area_ha"]) == [12.5]
    assert list(cases["households"]) == [1296]


def test_the_panel_is_closed() -> None:
    app = run("map_page", open="item~KP-20")
    click(app, "panel.close")
    assert not app.exception
    assert "panel.close" not in {one.key for one in app.button}


def test_the_seals_of_the_audit_are_checked() -> None:
    app = press(run("audit_page"), "Kiểm tra niêm phong")
    assert not app.exception
    assert app.success


def test_an_account_gets_a_new_password_and_its_sessions_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pages.shell.context.find_user_by_token", lambda _token: ADMIN)
    number = add_account(Account("binh", "planner"), "một câu dài dễ nhớ", BINH)
    add_account(Account("chu", "administrator"), "một câu dài dễ nhớ", BINH)
    app = run("accounts_page")
    field(app, "Đổi tài khoản").set_value(number).run()
    click(app, "accounts.password")
    assert app.code[0].value
    field(app, "Đổi tài khoản").set_value(number).run()
    press(app, "Kết thúc mọi phiên")
    assert not app.exception
    assert "binh" in set(list_accounts(ADMIN)["name"])


def test_a_conflicting_visit_is_left_aside() -> None:
    code = str(uuid.uuid4())
    for note, digest in (("bản một", "1" * 64), ("bản hai", "2" * 64)):
        sent = Visit(
            visit=code,
            item="KP-20",
            inspector=ADMIN.name,
            at="2026-11-21T02:00:00+00:00",
            note=note,
            sent_hash=digest,
        )
        record_visit(sent, actor=ADMIN)
    app = click(run("visits_page"), "visits.drop-")
    assert not app.exception
    facts = load_facts()
    assert list(facts.visits.loc[facts.visits["visit"] == code, "note"]) == ["bản một"]


def test_an_export_of_visits_is_put_away() -> None:
    app = run("odk_page")
    one = made("0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f00aa")
    app.file_uploader[0].upload("xuat.zip", central_zip([one]), "application/zip").run()
    app.button(key="odk.read").click().run()
    click(app, "odk.away")
    assert not app.exception
    assert "odk.accept" not in {one.key for one in app.button}


@pytest.mark.usefixtures("bare")
def test_statements_answered_before_are_accepted_with_their_report() -> None:
    apply_import(plan_import(QUARTER), ADMIN)
    asked = replace(BUILT, status="ask", why="no_subject", subject="", subject_kind="unknown")
    app = open_import(replace(QUEUED, reading=StatementReading((asked,))))
    plan = app.session_state["import.plan"][2]
    ((key, _),) = list_plan_questions(plan)
    answers = {plan.sha256: {key: EarlyAnswer("accept", CITY)}}
    app.session_state["import.statement_answers"] = answers
    next(one for one in app.checkbox if "import.confirm.questions" in one.key).check().run()
    click(app, "import.accept")
    assert not app.exception
    assert "Đã trả lời 1 câu" in " ".join(one.value for one in app.success)


def test_a_cell_of_the_table_is_edited_where_it_stands() -> None:
    app = run("items_page", cols="item,area_ha", kinds="key_project", sort="item")
    app.toggle(key="items.in-place").set_value(True).run()
    item = str(app.dataframe[0].value["item"].iloc[0])
    type_cells(app, {0: {"area_ha": "1.296,5"}})
    field(app, "Lý do sửa").set_value("đo lại").run()
    press(app, "Lưu 1 ô thành một lần sửa")
    assert not app.exception
    rows = load_facts().observations
    rows = rows[(rows["item"] == item) & (rows["field"] == "area_ha")]
    assert "1296.5" in set(rows["value"])
