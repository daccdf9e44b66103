"""A column in another unit is one question on the import page, answered by one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.open import open_document
from store.facts.facts import load_facts
from store.imports.column_choices import list_column_choices
from store.imports.review_queue import list_reviews
from tests import templates
from tests.pages.reconnected import press
from tests.pages.test_edit_page import run
from tests.pages.test_every_form import click, open_import
from tests.pages.test_pages import html_of
from tests.store.imports.questions.test_column_units import (
    MILLIONS,
    bring_first,
    in_whole_billions,
    read,
    write_report,
)

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

DATA = write_report("II", 2031, MILLIONS, in_whole_billions)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the amounts of a first quarter stored."""
    store = templates.filled_store("column-units", bring_first)
    templates.use_copy(store, tmp_path, monkeypatch)


@pytest.fixture
def app() -> AppTest:
    """Return the import page with the questions of the second quarter's report."""
    return click(open_import(read(DATA)), "import.part-urgent")


def amounts_of(period: str) -> dict[str, float]:
    rows = load_facts().observations
    rows = rows[(rows["field"] == "investment_mvnd") & (rows["period"] == period)]
    return dict(zip(rows["item"], rows["value"].astype(float), strict=True))


def test_one_button_changes_the_whole_column_and_is_remembered_and_taken_back(
    app: AppTest,
) -> None:
    issuer = open_document(DATA, "bao-cao.docx").issuer
    shown = html_of(app)
    assert "Cả cột khác đơn vị" in shown
    assert f"“{MILLIONS}”" in shown
    assert "cùng một hệ số 1.000 – cột này tính bằng tỷ đồng?" in shown
    assert "Nếu tính bằng triệu đồng" in shown
    assert "Nếu tính bằng tỷ đồng" in shown
    labels = [one.label for one in app.button]
    assert {"Giữ nguyên như bảng ghi", "Hỏi từng dòng"} <= set(labels)
    press(app, "Đổi cả cột sang tỷ đồng")
    assert not app.exception
    assert "Đổi cả cột sang tỷ đồng" in html_of(app)
    assert [one.unit for one in list_column_choices(issuer)] == ["tỷ đồng"]
    click(app, "import.reask-")
    assert list_column_choices(issuer) == ()
    press(app, "Đổi cả cột sang tỷ đồng")
    for box in app.checkbox:
        box.check()
    app.run()
    click(app, "import.accept")
    assert not app.exception
    assert amounts_of("2031-Q2") == pytest.approx(amounts_of("2031-Q1"), rel=0.01)
    assert not [one for one in list_reviews() if one.reason in {"unusual", "column_unit"}]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_left_open_it_stands_on_the_review_page(app: AppTest, language: str) -> None:
    for box in app.checkbox:
        box.check()
    app.run()
    click(app, "import.accept")
    assert not app.exception
    page = run("review_page", lang=language)
    page.selectbox(key="review.reason").set_value("column_unit").run()
    assert not page.exception
    assert "1.000" in html_of(page)
    next(one for one in page.button if str(one.key).startswith("review.choose-")).click().run()
    assert not page.exception
    assert amounts_of("2031-Q2") == pytest.approx(amounts_of("2031-Q1"), rel=0.01)


def test_row_by_row_asks_each(app: AppTest) -> None:
    press(app, "Hỏi từng dòng")
    assert not app.exception
    assert len([one for one in app.toggle if "import.other-" in str(one.key)]) >= len(
        amounts_of("2031-Q1")
    )
