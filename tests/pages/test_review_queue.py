"""Questions about places, items and values are answered on the page, each in every way there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reports.model.document import SourcePlace
from reports.model.extraction import QueueEntry
from store.audit.approvals import approve_period, list_approvals
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.imports.review_queue import list_reviews
from tests import templates
from tests.pages.reconnected import field, press
from tests.pages.test_edit_page import run
from tests.pages.test_every_form import click, find, open_import
from tests.pages.test_pages import html_of
from tests.people import ADMIN
from tests.store.imports.questions import test_spellings, test_statement_units
from tests.store.imports.questions.test_shared import ZONE, bring, entry
from tests.store.small_reports import BRIDGE, QUARTER, QUEUED, project, report, value

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


@pytest.fixture(autouse=True)
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates.use_copy(templates.bare_store(), tmp_path, monkeypatch)


def choose_reason(app: AppTest, reason: str) -> AppTest:
    return app.selectbox(key="review.reason").set_value(reason).run()


def open_queue(reason: str) -> AppTest:
    for read in (QUARTER, QUEUED):
        apply_import(plan_import(read), ADMIN)
    return choose_reason(run("review_page"), reason)


def choose(app: AppTest, position: int) -> AppTest:
    end = f"-{position}"
    return (
        next(one for one in app.button if "review.choose" in one.key and one.key.endswith(end))
        .click()
        .run()
    )


def observed(name: str) -> list[str]:
    rows = load_facts().observations
    return list(rows[(rows["field"] == name) & (rows["period"] == "2031-09")]["value"])


def placed() -> dict[str, list[str]]:
    places = load_facts().places
    return {item: sorted(rows["commune"]) for item, rows in places.groupby("item")}


def test_a_place_of_several_items_names_them_and_is_answered_for_those_chosen() -> None:
    bring("Báo cáo quý I", "2031-Q1")
    app = run("review_page")
    shared = next(one for one in app.multiselect if one.label.startswith("Câu hỏi chung của 3"))
    assert "KP-01 · Cảng nước sâu phía đông (100 tỷ đồng)" in shared.options
    shared.set_value(["KP-01", "KP-03"]).run()
    communes = next(one for one in app.multiselect if "edit.communes-review" in one.key)
    communes.set_value(["11914", "11560"]).run()
    press(app, "Ghi câu trả lời này")
    assert not app.exception
    assert placed() == {"KP-01": ["11560", "11914"], "KP-03": ["11560", "11914"]}
    assert any("Đã trả lời" in one.value for one in app.success)
    assert "KP-02" in html_of(app)
    choose(app, 1)
    assert placed()["KP-02"] == ["11914"]
    app.toggle[0].set_value(True).run()
    assert "Đặc khu Cát Hải" in html_of(app)
    press(app, "Mở lại")
    assert "KP-02" not in placed()


def test_a_place_may_be_left_unknown() -> None:
    bring("Báo cáo quý I", "2031-Q1")
    choose(run("review_page"), 3)
    assert list_reviews() == []
    assert placed() == {}


@pytest.mark.parametrize(("typed", "kept"), [("1.296.200", "1296200"), ("8,3 tỷ", "8300")])
def test_an_amount_is_typed_as_vietnamese_write_it(typed: str, kept: str) -> None:
    app = open_queue("ambiguous_number")
    next(one for one in app.text_input if "edit.value-review" in one.key).set_value(typed).run()
    press(app, "Ghi câu trả lời này")
    assert not app.exception
    assert not app.error
    assert kept in observed("investment_mvnd")


def test_a_reading_of_an_amount_has_a_button_in_the_pages_own_writing() -> None:
    app = open_queue("ambiguous_number")
    labels = [one.label.replace("\\", "") for one in app.button]
    assert "1. Tổng mức đầu tư: 1,234 tỷ đồng" in labels
    choose(app, 1)
    assert not app.error
    assert "1234" in observed("investment_mvnd")


def test_a_value_that_could_not_be_read_is_corrected() -> None:
    app = open_queue("unreadable_value")
    assert field(app, "Hoặc sửa lại: chỉ tiêu").value == "actual_construction_pct"
    next(one for one in app.text_input if "edit.value-review" in one.key).set_value("60,5 %").run()
    press(app, "Ghi câu trả lời này")
    assert not app.error
    assert observed("actual_construction_pct") == ["60.5"]


def test_an_item_is_chosen_from_the_catalogue() -> None:
    app = open_queue("uncertain_item")
    field(app, "Hoặc sửa lại").set_value("KP-02").run()
    press(app, "Ghi câu trả lời này")
    assert not app.error
    assert observed("forecast") == ["misses"]


def test_what_is_put_off_comes_round_again() -> None:
    open_queue("unplaced")
    app = run("review_page")
    count = len(list_reviews())
    seen = []
    for _ in range(2 * count):
        seen.append(next(one.key for one in app.button if one.key.startswith("review.skip-")))
        press(app, "Để sau")
    assert seen[:count] == seen[count:]
    assert len(set(seen)) == count
    assert ZONE


def test_a_question_of_an_approved_period_says_so() -> None:
    bring("Báo cáo quý I", "2031-Q1")
    assert "đã duyệt" not in html_of(run("review_page"))
    approve_period("2031-Q1", ADMIN)
    assert "Quý I/2031 đã duyệt: câu trả lời làm đổi số liệu" in html_of(run("review_page"))


def test_a_figure_of_an_approved_period_is_answered_with_a_reason_and_opened_again() -> None:
    for read in (QUARTER, QUEUED):
        apply_import(plan_import(read), ADMIN)
    approve_period("2031-09", ADMIN)
    app = choose_reason(run("review_page"), "ambiguous_number")
    choose(app, 1)
    assert "lý do" in app.error[0].value
    field(app, "Ghi chú").set_value("đối chiếu bản gốc").run()
    choose(app, 1)
    assert not app.exception
    assert not app.error
    assert observed("investment_mvnd") == ["1234"]
    assert list(list_approvals()["corrections"]) == [1]
    app.toggle[0].set_value(True).run()
    press(app, "Mở lại")
    assert not app.error
    assert observed("investment_mvnd") == []
    assert list(list_approvals()["corrections"]) == [2]


def test_a_name_in_several_spellings_is_one_question_answered_at_once() -> None:
    test_spellings.bring("2031-Q1", test_spellings.KNOWN)
    for number, name in enumerate(test_spellings.SPELLINGS, start=2):
        test_spellings.bring(f"203{number}-Q1", name)
    app = choose_reason(run("review_page"), "uncertain_item")
    for name in test_spellings.SPELLINGS[1:]:
        assert name in html_of(app)
    together = next(one for one in app.checkbox if one.label == "Trả lời một lần cho cả 3 chỗ")
    assert together.value
    choose(app, 1)
    assert not app.exception
    assert [one for one in list_reviews() if one.reason == "uncertain_item"] == []
    assert set(load_facts().items["item"]) == {"KP-01"}


def test_two_spellings_in_one_report_are_asked_once_before_it_is_accepted() -> None:
    test_spellings.bring("2031-Q1", test_spellings.KNOWN)
    read = test_spellings.name_projects("2032-Q1", *test_spellings.SPELLINGS[:2])
    app = open_import(read)
    click(app, "import.part-urgent")
    for name in test_spellings.SPELLINGS[:2]:
        assert name in html_of(app)
    asked = {one.key for one in app.button if (one.key or "").startswith("import.answer-")}
    assert len({key.rpartition("-")[0] for key in asked}) == 1
    assert "hp-unsaved" not in html_of(app)
    click(app, "import.answer-")
    assert not app.exception
    assert html_of(app).count("vừa trả lời") == 1
    assert "hp-unsaved" in html_of(app)
    assert "Đã trả lời (1)" in [one.label.replace("\\", "") for one in app.expander]
    assert not [one for one in app.button if (one.key or "").startswith("import.answer-")]


def test_every_question_before_accepting_names_its_project_and_what_it_asks_for() -> None:
    apply_import(plan_import(QUARTER), ADMIN)
    cell = QueueEntry(
        "unreadable_value", "–", SourcePlace(24, 24), "để trống", (), "investment_mvnd"
    )
    app = open_import(replace(QUEUED, queue=(*QUEUED.queue, cell)))
    click(app, "import.part-urgent")
    shown = html_of(app)
    for words in ("1.234", "6O", "phường Thạch Khê"):
        assert BRIDGE in shown[shown.index(words) :].partition("</div>")[0]
    assert f"{QUEUED.projects[1].name}: để trống" in shown


def test_an_answer_that_cannot_be_is_said_and_the_others_stay() -> None:
    apply_import(plan_import(QUARTER), ADMIN)
    app = open_import(QUEUED)
    click(app, "import.part-urgent")
    low, number = (
        next(one for one in plan_import(QUEUED).reviews if one.reason == reason)
        for reason in ("low_confidence", "ambiguous_number")
    )
    click(app, f"import.answer-{number.fingerprint[:12]}")
    click(app, f"import.answer-{low.fingerprint[:12]}")  # of a project that is not settled yet
    assert "Hãy trả lời trước câu hỏi" in app.error[0].value
    assert html_of(app).count("vừa trả lời") == 1
    assert not app.exception


def test_what_is_remembered_is_asked_again_where_it_does_not_hold() -> None:
    bring("Báo cáo quý I", "2031-Q1")
    choose(run("review_page"), 1)
    rows = [project(9, "Bến cảng mới phía tây", value("investment_mvnd", "700000", 91))]
    app = open_import(report("Báo cáo quý II", "2031-Q2", *rows, queue=(entry(92),)))
    find(app.get("button_group"), "import.view").set_value("queue").run()
    click(app, "import.reask-")
    click(app, "import.answer-")
    click(app, "import.reask-")
    assert [one for one in app.button if "import.answer-" in (one.key or "")]
    assert not app.exception
    assert not app.error


def test_an_amount_beside_the_investment_is_answered_by_a_button_or_as_it_is_typed() -> None:
    heading = "Đã giải ngân (triệu đồng)"
    test_statement_units.bring_first(heading)
    known = test_statement_units.list_known("disbursed")
    plan = plan_import(test_statement_units.read_report("II", heading, 1, odd={3: 10, 5: 10}))
    apply_import(plan, ADMIN, confirmed=plan.confirmations)
    first, second = (one for one in list_reviews() if one.reason == "unusual")
    app = choose_reason(run("review_page"), "unusual")
    labels = [one.label.replace("\\", "") for one in app.button]
    assert any(label.startswith("1. Đã giải ngân: 206,87") for label in labels)
    choose(app, 1)
    assert not app.error
    typed = next(one for one in app.text_input if "review.own-review" in one.key)
    typed.set_value("1,5 tỷ").run()
    press(app, "Ghi câu trả lời này")
    assert not app.exception
    assert not app.error
    said = test_statement_units.list_amounts(load_facts().statements, "disbursed")
    assert said[first.payload["item"]] == pytest.approx(known[first.payload["item"]], abs=1)
    assert said[second.payload["item"]] == 1500
    assert [one for one in list_reviews() if one.reason == "unusual"] == []
