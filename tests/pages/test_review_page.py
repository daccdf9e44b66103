"""Statements that are asked about are answered on the review page, in every way there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reports.extract import extract_document
from reports.model.document import Document, Paragraph, SourcePlace
from reports.model.extraction import Extraction
from reports.open import open_document
from store.db.database import reading
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.learned import read_learned_answers
from store.imports.plan.planning import plan_import
from store.imports.statement_answers import refuse_statement
from store.imports.statement_queue import list_answered_statements, list_open_statements
from store.imports.unread_answers import list_unread
from tests import templates
from tests.pages.reconnected import field, press
from tests.pages.test_edit_page import run
from tests.pages.test_pages import html_of
from tests.people import ADMIN, BINH
from tests.statements_by_hand import REPORT, read_by_hand
from tests.store.imports.test_learned_headings import BOARD, bring

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


@pytest.fixture(autouse=True)
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store with the report of a few sentences imported, its questions open."""
    stored = templates.filled_store("sentences", lambda: bring_report("5", "2026-Q3"))
    templates.use_copy(stored, tmp_path, monkeypatch)


def bring_report(digit: str, period: str) -> None:
    """Import the report of a few sentences as that of a period; ``digit`` makes its hash."""
    blocks = tuple(
        Paragraph(text, SourcePlace(line, line))
        for line, text in enumerate(REPORT.split("\n\n"), start=1)
    )
    document = Document(
        "bao-cao.txt", digit * 64, "text", 1, blocks, title="Báo cáo thử", period=period
    )
    apply_import(plan_import(Extraction(document, reading=read_by_hand(document))), ADMIN)


def states() -> dict[str, str]:
    return {one.statement.stated: one.state for one in list_answered_statements()}


def investments() -> dict[str, str]:
    facts = load_facts()
    rows = facts.observations
    names = dict(zip(facts.items["item"], facts.items["name"], strict=True))
    rows = rows[rows["field"] == "investment_mvnd"]
    return {names[item]: value for item, value in zip(rows["item"], rows["value"], strict=True)}


def skip(app: AppTest, times: int) -> AppTest:
    for _ in range(times):
        press(app, "Để sau")
    return app


def test_a_question_shows_its_sentence_with_every_candidate_and_the_values_it_may_be() -> None:
    app = run("review_page")
    assert not app.exception
    shown = html_of(app)
    assert 'class="hp-said hp-said-asked hp-kind-value hp-own"' in shown
    assert "hp-said-read" in shown
    assert "Cầu Tân Hợp – nêu ở câu gần đó" in field(app, "Mục trong danh mục").options
    press(app, "Là 52")
    assert not app.exception
    (answered,) = list_answered_statements()
    assert answered.statement.value == 52.0


def test_accepted_as_proposed_it_is_a_figure_of_a_new_item_and_is_taken_back() -> None:
    app = skip(run("review_page"), 1)
    assert field(app, "Giá trị").value == "850"
    assert field(app, "Đơn vị").value == "tỷ đồng"
    press(app, "Nhận")
    assert not app.exception
    assert any("Đã trả lời 1 câu" in one.value for one in app.success)
    assert states() == {"850 tỷ đồng": "accepted"}
    assert "850000" in investments().values()
    app.toggle[0].set_value(True).run()
    press(app, "Mở lại")
    assert states() == {}
    assert "850000" not in investments().values()


def test_corrected_it_is_what_the_person_says() -> None:
    app = skip(run("review_page"), 1)
    field(app, "Giá trị").set_value("1.250,5")
    field(app, "Xã, phường").set_value(["11413"])
    field(app, "Mức chắc chắn").set_value("planned")
    field(app, "Thời gian").set_value("quý IV/2026")
    press(app, "Nhận")
    assert not app.exception
    (answered,) = list_answered_statements()
    assert (answered.state, answered.statement.value) == ("corrected", 1250500.0)
    assert (answered.statement.communes, answered.statement.when) == (("11413",), "2026-Q4")


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [("Giá trị", "rất nhiều", "Không đọc được giá trị"), ("Thời gian", "sắp tới", "thời gian")],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    label: str, typed: str, said: str
) -> None:
    app = skip(run("review_page"), 1)
    field(app, label).set_value(typed)
    press(app, "Nhận")
    assert any(said in one.value for one in app.error)
    assert states() == {}


def test_the_same_pattern_is_accepted_together() -> None:
    app = skip(run("review_page"), 1)
    together = next(one for one in app.checkbox if one.label.startswith("Áp dụng cho cả 1"))
    together.set_value(True)
    press(app, "Nhận")
    assert not app.exception
    assert set(states()) == {"850 tỷ đồng", "96,5 tỷ đồng"}
    assert len({one.answer for one in list_answered_statements()}) == 1
    app.toggle[0].set_value(True).run()
    press(app, "Mở lại")
    assert states() == {}


@pytest.mark.parametrize(
    ("button", "state"), [("Không phải của ta", "not_for_us"), ("Đọc sai, bỏ", "refused")]
)
def test_refused_alone_or_together_it_brings_nothing(button: str, state: str) -> None:
    app = run("review_page")
    press(app, button)
    assert set(states().values()) == {state}
    next(one for one in app.checkbox if one.label.startswith("Áp dụng")).set_value(True)
    next(one for one in app.checkbox if one.label.startswith("Khi bỏ")).set_value(True)
    press(app, button)
    assert not app.exception
    assert list_open_statements() == []
    assert len(states()) == 3


def test_what_was_refused_because_its_pattern_was_is_named_and_asked_again() -> None:
    """Nobody has seen these sentences of the later report: they are not gone without a word."""
    app = run("review_page")
    next(one for one in app.checkbox if one.label.startswith("Khi bỏ")).set_value(True)
    press(app, "Đọc sai, bỏ")
    bring_report("6", "2026-Q4")
    later = [one for one in list_answered_statements() if one.period == "2026-Q4"]
    assert [(one.state, one.answer) for one in later] == [("refused", 0)]
    app.toggle[0].set_value(True).run()
    assert "Dạng câu đã được bỏ trước đây" in html_of(app)
    app.button(key=f"review.undo-{later[0].key}").click().run()
    assert not app.exception
    assert later[0].key in {one.key for one in list_open_statements()}
    assert "Dạng câu đã được bỏ trước đây" not in html_of(app)


def test_one_sentence_is_split_into_two_statements() -> None:
    app = skip(run("review_page"), 1)
    press(app, "Tách thêm số liệu")
    assert "Tổng mức đầu tư: <b>850 tỷ đồng</b>" in html_of(app)
    field(app, "Nội dung").set_value("length")
    field(app, "Giá trị").set_value("4,5")
    field(app, "Đơn vị").set_value("km")
    press(app, "Nhận tất cả các phần")
    assert not app.exception
    said = {(one.statement.field, one.statement.value) for one in list_answered_statements()}
    assert said == {("investment", 850000.0), ("length", 4.5)}


def test_a_sentence_not_understood_becomes_a_statement_or_nothing() -> None:
    app = run("review_page")
    field(app, "Lý do").set_value("unread").run()
    press(app, "Ghi thành số liệu")
    assert any("Hãy chọn nội dung" in one.value for one in app.error)
    field(app, "Nội dung").set_value("allocated")
    field(app, "Câu nói về").set_value("Quỹ việc phát sinh")
    field(app, "Mục trong danh mục").set_value("new")
    press(app, "Ghi thành số liệu")
    assert not app.exception
    (answered,) = list_answered_statements()
    assert (answered.statement.value, answered.statement.unit) == (320000.0, "triệu đồng")
    assert list_unread() == []
    app.toggle[0].set_value(True).run()
    press(app, "Mở lại")
    field(app, "Lý do").set_value("unread").run()
    press(app, "Không có gì cho bản đồ")
    assert list_unread() == list_answered_statements() == []


def test_a_question_that_somebody_else_has_answered_is_said_to_be() -> None:
    app = run("review_page")
    (first, *_) = list_open_statements()
    refuse_statement(first.key, seen=first.token, actor=BINH)
    press(app, "Nhận")
    assert not app.exception
    assert any("người khác quyết định" in one.value for one in app.info)
    assert states() == {"13": "refused"}


def test_an_answer_is_remembered_for_the_heading_that_is_named_beside_it() -> None:
    bring(1, "6.425", "459,245", "25,3")
    app = run("review_page")
    field(app, "Lý do").set_value("statement no_subject").run()
    assert not any("Tổng số giải ngân" in one.label for one in app.checkbox)
    skip(app, 2)  # the heading itself
    next(one for one in app.checkbox if "Tổng số giải ngân" in one.label).set_value(True)
    field(app, "Câu nói về").set_value("Dự án kè Lạch Huyện")
    field(app, "Loại").set_value("project")
    field(app, "Mục trong danh mục").set_value("new")
    press(app, "Nhận")
    assert not app.exception
    with reading() as connection:
        learned = read_learned_answers(connection, BOARD)
    assert [about.split("|")[::2] for about in learned.headings.values()] == [
        ["project", "Dự án kè Lạch Huyện"]
    ]


def test_which_of_the_things_named_before_is_meant_is_one_press() -> None:
    text = (
        "Ngày 12/3/2031\n\nDự án cầu Bến Lau và dự án đường Vạn Hạ đang thi công. "
        "Dự án này phải hoàn thành trong quý IV/2032.\n"
    )
    read = extract_document(open_document(text.encode(), "van-ban.txt"))
    read = replace(read, document=replace(read.document, issuer=BOARD, period="2031-Q1"))
    apply_import(plan_import(read), BINH)
    app = run("review_page")
    field(app, "Lý do").set_value("statement which_subject").run()
    press(app, "Là dự án đường Vạn Hạ")
    assert not app.exception
    (answered,) = list_answered_statements()
    assert answered.statement.subject == "dự án đường Vạn Hạ"
    assert answered.statement.value == "2032-Q4"
