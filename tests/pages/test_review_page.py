"""Statements that are asked about are answered on the review page, in every way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model.document import Document, Paragraph, SourcePlace
from reports.model.extraction import Extraction
from store.bootstrap import ensure_store
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.imports.statement_answers import refuse_statement
from store.imports.statement_queue import list_answered_statements, list_open_statements
from store.imports.unread_answers import list_unread
from tests.pages.reconnected import field, press
from tests.pages.test_edit_page import run
from tests.pages.test_pages import html_of
from tests.people import ADMIN, BINH
from tests.statements_by_hand import REPORT, read_by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


@pytest.fixture(autouse=True)
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store with the report of a few sentences imported, its questions open."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/reviews.sqlite")
    ensure_store(curated=False)
    blocks = tuple(
        Paragraph(text, SourcePlace(line, line))
        for line, text in enumerate(REPORT.split("\n\n"), start=1)
    )
    document = Document(
        "bao-cao.txt", "5" * 64, "text", 1, blocks, title="Báo cáo thử", period="2026-Q3"
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
