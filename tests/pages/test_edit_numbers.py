"""Every number that a page asks for can be corrected, added, saved and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model.schema import FIELDS
from store.audit.integrity import check_store
from store.bootstrap import ensure_store
from store.clearance.register import open_case
from store.db.database import reading
from store.editing.figures import add_figure
from store.editing.open_record import read_case as opened_case
from store.editing.open_record import read_item
from tests.hostile import mostly_slow
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.people import ADMIN

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from store.audit.rows import Row

NUMBERS = sorted(name for name, field in FIELDS.items() if field.kind == "number")
ITEM, PERIOD, DOC = "KP-20", "2026-Q1", "q1-2026"

pytestmark = pytest.mark.usefixtures("own_store")


def press(app: AppTest, label: str) -> AppTest:
    """Press a button and return the page after it."""
    return next(one for one in app.button if one.label == label).click().run()


def tell_why(app: AppTest) -> AppTest:
    return (
        next(one for one in app.text_input if one.label.startswith("Lý do sửa"))
        .set_value("thử")
        .run()
    )


def number_of(app: AppTest, key: str) -> object:
    return next(one for one in app.text_input if (one.key or "").startswith(key))


def figure(obs: str) -> Row:
    found = read_item(ITEM)
    assert found is not None
    return found.figures[obs]


def whole_store() -> bool:
    with reading(ensure_store()) as connection:
        return check_store(connection) == []


@pytest.mark.parametrize("field", mostly_slow(NUMBERS, 1))
def test_a_figure_is_corrected_and_read_back(field: str) -> None:
    values = {
        "item": ITEM, "period": PERIOD, "doc": DOC, "line_from": 1, "field": field, "value": "12",
        "component": "thử",
    }  # fmt: skip
    obs = add_figure(values, actor=ADMIN, why="thử")
    app = run("edit_page", item=ITEM, view="figures")
    chosen = next(one for one in app.selectbox if one.key == f"edit.period-{ITEM}")
    chosen.set_value(PERIOD).run()
    app.selectbox(key=f"edit.figure-{ITEM}-{PERIOD}").set_value(obs).run()
    assert not app.exception
    number_of(app, "edit.value-").set_value("34").run()
    if field == "physical_done":
        number_of(app, "edit.total-").set_value("80").run()
    tell_why(app)
    press(app, "Lưu thay đổi")
    assert not app.exception
    assert not app.error
    found = read_item(ITEM)
    saved = [one for one in found.figures.values() if one["component"] == "thử"]
    assert [one["value"] for one in saved] == ["34"]
    assert saved[0]["total"] == (80.0 if field == "physical_done" else None)
    assert whole_store()


@pytest.mark.parametrize("field", mostly_slow(NUMBERS, 1))
def test_a_figure_is_added_and_read_back(field: str) -> None:
    before = set(read_item(ITEM).figures)
    app = run("edit_page", item=ITEM, view="figures")
    app.selectbox(key=f"edit.period-{ITEM}").set_value(PERIOD).run()
    app.selectbox(key=f"edit.figure-{ITEM}-{PERIOD}").set_value("new").run()
    assert not app.exception
    next(one for one in app.selectbox if one.key.startswith("edit.field-")).set_value(field).run()
    number_of(app, "edit.line_from-").set_value("7").run()
    number_of(app, "edit.value-").set_value("12").run()
    tell_why(app)
    press(app, "Lưu thay đổi")
    assert not app.exception
    assert not app.error
    new = [one for obs, one in read_item(ITEM).figures.items() if obs not in before]
    assert [(one["field"], one["value"], one["line_from"]) for one in new] == [(field, "12", 7)]
    assert whole_store()


def test_the_numbers_of_a_case_are_saved_and_read_back() -> None:
    case = open_case({"item": ITEM, "area_ha": 2.5}, actor=ADMIN, why="thử")
    app = run("register_page", case=case)
    next(one for one in app.get("button_group") if "part" in one.key).set_value("edit").run()
    assert not app.exception
    typed = {"area_ha": 12.75, "handed_ha": 1.5, "households": 40, "households_left": 3}
    for name, value in typed.items():
        number_of(app, f"register.{name}-").set_value(str(value).replace(".", ",")).run()
    next(one for one in app.text_input if one.label.startswith("Lý do sửa")).set_value("x").run()
    press(app, "Lưu thay đổi")
    assert not app.exception
    assert not app.error
    row = opened_case(case).case
    assert {name: row[name] for name in typed} == typed
    assert whole_store()


def open_new_figure(field: str) -> AppTest:
    app = run("edit_page", item=ITEM, view="figures")
    app.selectbox(key=f"edit.period-{ITEM}").set_value(PERIOD).run()
    app.selectbox(key=f"edit.figure-{ITEM}-{PERIOD}").set_value("new").run()
    next(one for one in app.selectbox if one.key.startswith("edit.field-")).set_value(field).run()
    number_of(app, "edit.line_from-").set_value("7").run()
    return app


@pytest.mark.parametrize(
    ("field", "typed", "understood", "kept"),
    [
        ("area_ha", "12,5", "Hiểu là 12,5 ha", "12.5"),
        ("investment_mvnd", "1.296.200", "1.296.200 triệu đồng, tức 1.296,2 tỷ đồng", "1296200"),
        ("investment_mvnd", "8.398,723 tỷ", "8.398.723 triệu đồng, tức 8.398,723 tỷ", "8398723"),
    ],
)
def test_a_number_is_typed_as_vietnamese_write_it(
    field: str, typed: str, understood: str, kept: str
) -> None:
    before = set(read_item(ITEM).figures)
    app = open_new_figure(field)
    number_of(app, "edit.value-").set_value(typed).run()
    assert any(understood in one.value.replace("\\", "") for one in app.caption)
    tell_why(app)
    press(app, "Lưu thay đổi")
    assert not app.exception
    assert not app.error
    new = [one for obs, one in read_item(ITEM).figures.items() if obs not in before]
    assert [one["value"] for one in new] == [kept]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    mostly_slow(
        [
            ("investment_mvnd", "12,5", "số nguyên"),
            ("area_ha", "12,5,1", "Không đọc được"),
            ("investment_mvnd", "5 quả", "Không nhận ra đơn vị"),
            ("actual_construction_pct", "140", "lớn hơn mức cao nhất"),
        ],
        1,
    ),
)
def test_what_is_no_number_of_the_field_is_said_and_not_saved(
    field: str, typed: str, said: str
) -> None:
    app = open_new_figure(field)
    number_of(app, "edit.value-").set_value(typed).run()
    assert any(said in one.value for one in app.markdown)
    assert not [one for one in app.button if one.label == "Lưu thay đổi"]


def test_zero_with_a_minus_is_zero_in_a_case() -> None:
    app = run(
        "register_page", case=open_case({"item": ITEM, "area_ha": -0.0}, actor=ADMIN, why="x")
    )
    assert not app.exception
    assert whole_store()
