"""A change of an approved period says so before it is saved, on every page that makes one."""

import pytest
from streamlit.testing.v1 import AppTest

from store.audit.approvals import approve_period
from store.facts.facts import load_facts
from tests.pages.imports.test_filled_template import MONEY, upload
from tests.pages.reconnected import field, press
from tests.pages.test_edit_page import own_store  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import APPROVER

pytestmark = pytest.mark.usefixtures("own_store")

PERIOD, ITEM = "2026-Q1", "KP-24"
COUNTED, REFUSED = "Quý I/2026 đã duyệt: thay đổi này", "Quý I/2026 đã duyệt nên đã khóa"
SCRIPT = """
from dataclasses import replace
from pages import edit_page
from pages.catalogue.many_rows import show_many_rows_form
from pages.shell.context import open_page
from store.facts.filters import Filters
from tests.people import person

ctx = replace(open_page(), user=person("an", "{role}"))
{call}
"""
FORM = "edit_page.show_page(ctx)"
CELL = 'show_many_rows_form(ctx, ["KP-24"], Filters(period="2026-Q1"), column="investment_mvnd")'


def run(role: str, call: str) -> AppTest:
    approve_period(PERIOD, APPROVER)
    app = AppTest.from_string(SCRIPT.format(role=role, call=call), default_timeout=90)
    app.query_params |= {"item": ITEM, "view": "figures"}
    return app.run()


def get_amount() -> dict[str, object]:
    rows = load_facts().observations
    rows = rows[(rows["item"] == ITEM) & (rows["period"] == PERIOD)]
    (row,) = rows[rows["field"] == "investment_mvnd"].to_dict("records")
    return row


@pytest.mark.parametrize(("role", "said"), [("planner", REFUSED), ("approver", COUNTED)])
def test_a_form_says_it_and_offers_to_save_only_to_who_may(role: str, said: str) -> None:
    app = run(role, FORM)
    app.selectbox(key=f"edit.period-{ITEM}").set_value(PERIOD).run()
    app.selectbox(key=f"edit.figure-{ITEM}-{PERIOD}").set_value(get_amount()["obs"]).run()
    next(one for one in app.text_input if one.key.startswith("edit.value-")).set_value("7").run()
    assert said in html_of(app)
    next(one for one in app.text_input if one.key.startswith("edit.why-figure")).set_value(
        "theo quyết định"
    ).run()
    save = next(one for one in app.button if one.key.startswith("edit.save-figure"))
    assert save.disabled is (role == "planner")
    if role == "approver":
        save.click().run()
        assert not app.exception
        assert get_amount()["value"] == "7"


@pytest.mark.parametrize(("role", "said"), [("planner", REFUSED), ("approver", COUNTED)])
def test_a_cell_of_the_table_says_it(role: str, said: str) -> None:
    app = run(role, CELL)
    field(app, "Giá trị mới").set_value("5.000").run()
    assert said in html_of(app)
    offered = [one.key for one in app.button if one.key.endswith("-save")]
    assert bool(offered) is (role == "approver")


def test_a_mended_template_says_it() -> None:
    approve_period(PERIOD, APPROVER)
    app = upload((ITEM, MONEY, 1228241))
    assert COUNTED in html_of(app)


def test_a_cell_is_emptied_with_its_reason_and_given_back() -> None:
    before = get_amount()
    app = AppTest.from_string(SCRIPT.format(role="planner", call=f"""
from pages.catalogue.change_preview import show_saved_change
show_saved_change(ctx)
{CELL}"""), default_timeout=90).run()  # fmt: skip
    field(app, "Bỏ trống").set_value(True).run()
    assert "<b>chưa biết</b>" in html_of(app)
    assert "1 ô sẽ đổi" in html_of(app)
    field(app, "Lý do sửa").set_value("số không có căn cứ").run()
    press(app, "Lưu 1 ô thành một lần sửa")
    assert not app.exception
    assert not app.error
    rows = load_facts().observations
    assert "investment_mvnd" not in set(
        rows[(rows["item"] == ITEM) & (rows["period"] == PERIOD)]["field"]
    )
    press(app, "Hoàn tác cả lần sửa này")
    assert get_amount()["value"] == before["value"]
