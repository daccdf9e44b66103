"""The table page: what the address says is shown, and what is chosen goes into the address."""

from urllib.parse import parse_qsl, urlencode

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from geo.i18n import LANGUAGES
from layers.leaflet.view_address import PanelChoice, ViewState, from_address, to_address
from layers.tables.table_columns import COLUMNS, GROUPS
from layers.tables.table_settings import TableSettings, parse_table_settings
from reports.model.schema import FORECASTS, ITEM_KINDS
from store.accounts.saved_views import list_views, select_view_query
from store.accounts.sessions import get_session_user, sign_in, sign_out
from store.db.database import reading
from store.db.schema_accounts import SAVED_VIEWS
from store.facts.filters import Filters
from store.users.users import PERSONAL
from tests.accounts_here import PASSWORD, make, quick_store  # noqa: F401
from tests.hostile import HOSTILE_TEXTS, mostly_slow
from tests.layers.tables.test_table_settings import VIEWS
from tests.pages.test_pages import html_of

SCRIPT = """
from pages import items_page
from pages.shell.context import open_page

items_page.show_page(open_page())
"""


def run(**query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


@pytest.mark.parametrize("language", mostly_slow(LANGUAGES, 1))
@pytest.mark.parametrize("group", ["", *GROUPS])
def test_every_group_is_shown_in_both_languages(group: str, language: str) -> None:
    app = run(group=group, lang=language, period="2026-H1")
    assert not app.exception
    assert len(app.dataframe) == (2 if group else 1)
    if group:
        assert app.query_params["group"] == group


def test_columns_and_order_of_the_address_are_those_of_the_table() -> None:
    app = run(cols="name,investment_bvnd,item", sort="investment_bvnd")
    table = app.dataframe[0].value
    assert list(table.columns) == ["name", "investment_bvnd", "item"]
    known = [text for text in table["investment_bvnd"] if not text.endswith("chưa rõ")]
    assert known == sorted(known)
    assert known[-1] == "178.012,0"
    assert list(table["investment_bvnd"])[len(known) :] == [" " * 9 + "chưa rõ"] * (
        len(table) - len(known)
    )
    assert app.query_params["cols"] == "name,investment_bvnd,item"


def test_a_part_of_a_group_is_opened_from_the_address() -> None:
    app = run(group="commune", part="11560")
    assert not app.exception
    assert len(app.dataframe[1].value) == 9
    assert app.query_params["part"] == "11560"


def test_a_part_becomes_the_filter_of_map_and_table() -> None:
    app = run(group="commune", part="11560")
    app.button(key="items.as_filter").click().run()
    assert not app.exception
    assert app.query_params["communes"] == "11560"
    assert "part" not in app.query_params
    assert len(app.dataframe[1].value) == 9


def test_a_part_that_is_no_longer_there_is_dropped() -> None:
    app = run(group="kind", part="no such kind")
    assert not app.exception
    assert "part" not in app.query_params
    assert len(app.dataframe[1].value) == 78


def test_an_item_of_the_address_is_opened_beside_the_table() -> None:
    assert "LNG" in html_of(run(open="item~KP-25"))


def test_a_cell_opens_its_row_beside_the_table_and_a_closed_one_stays_closed() -> None:
    app = run()
    table = app.dataframe[0]
    app.session_state[table.key] = {"selection": {"cells": [(0, "status")]}}
    app.run()
    assert app.query_params["open"] == "item~KP-25"
    assert "LNG" in html_of(app)
    app.button(key="panel.close").click().run()
    assert "open" not in app.query_params
    assert not app.exception


@pytest.mark.parametrize(
    ("selection", "field"),
    [
        ({"rows": [0, 1, 2]}, "items.many-rows--asked_to_act-value"),
        ({"cells": [(0, "phase")]}, "items.many-cell-phase-phase-value"),
    ],
)
def test_rows_and_a_cell_that_are_chosen_can_be_changed(
    selection: dict[str, object], field: str
) -> None:
    app = run(cols="item,phase")
    app.session_state[app.dataframe[0].key] = {"selection": selection}
    app.session_state["items.cell"] = True
    app.run()
    assert app.selectbox(key=field).value is None
    assert not app.exception


def test_what_is_chosen_goes_into_the_address() -> None:
    app = run()
    app.selectbox(key="items.group").set_value("funding").run()
    assert app.query_params["group"] == "funding"
    assert len(app.dataframe) == 2


@pytest.mark.parametrize(
    "texts", [HOSTILE_TEXTS[6:7], pytest.param(HOSTILE_TEXTS, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("key", ["cols", "sort", "group", "part", "open", "text", "kinds"])
def test_a_hostile_address_is_no_worse(key: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        app = run(**{key: text, "group": "body"} if key != "group" else {key: text})
        assert not app.exception


def test_filters_and_arrangement_work_together() -> None:
    app = run(forecasts="misses", group="body", sort="name", cols=",".join(COLUMNS))
    assert not app.exception
    table = app.dataframe[1].value
    assert list(table.columns) == list(COLUMNS)
    missed = ["Không đạt mục tiêu quý, phấn đấu đạt mục tiêu năm"]
    assert all(list(said) == missed for said in table["forecast"])


def test_the_columns_chosen_are_there_again_in_the_next_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr("pages.catalogue.table_bar.read_usual_view", lambda _page, _user: kept)
    monkeypatch.setattr(
        "pages.catalogue.table_bar.keep_usual_view", lambda _page, query, _user: kept.update(query)
    )
    app = run()
    app.session_state["items.arrange"] = True
    app.run()
    app.multiselect(key="items.columns").set_value(["short_name", "finish"]).run()
    assert kept == {"cols": "short_name,finish"}
    assert list(run().dataframe[0].value.columns) == ["short_name", "finish"]
    # What an address asks for comes before what was chosen last, and does not replace it.
    assert list(run(cols="item").dataframe[0].value.columns) == ["item"]
    assert kept == {"cols": "short_name,finish"}


FILTERS = st.builds(
    Filters,
    kinds=st.sets(st.sampled_from(ITEM_KINDS)).map(lambda found: _in_order(found, ITEM_KINDS)),
    forecasts=st.sets(st.sampled_from(FORECASTS)).map(lambda found: _in_order(found, FORECASTS)),
    communes=st.sets(st.sampled_from(["10507", "11413", "11560"])).map(
        lambda found: tuple(sorted(found))
    ),
    district=st.sampled_from(["", "hd.huyen-kim-thanh"]),
    text=st.sampled_from(["", "cầu, đường & <b>", "a=b;c"]),
    carry=st.booleans(),
)


def _in_order(found: set[str], order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in order if one in found)


@given(FILTERS, VIEWS)
def test_filters_and_arrangement_come_back_from_one_saved_address(
    filters: Filters, view: TableSettings
) -> None:
    state = ViewState(layer="investment", filters=filters, choice=PanelChoice("item", "KP-20"))
    kept = select_view_query("danh-muc", to_address(state) | view.to_query())
    address = dict(parse_qsl(urlencode(kept), keep_blank_values=True))
    back = from_address(address)
    assert (back.filters, back.choice) == (filters, state.choice)
    assert parse_table_settings(address) == view


VIEWS_SCRIPT = """
from pages.shell.context import open_page
from pages.widgets.saved_views import _run_action, _show_list, _show_manage_form, _show_save_form
from store.accounts.saved_views import list_views

ctx = open_page()
_show_list(ctx, list_views(ctx.user))
_show_save_form(ctx, "danh-muc", {"group": "kind", "x": "y"})
_show_manage_form(ctx, list_views(ctx.user))
"""


def test_a_view_is_saved_renamed_and_deleted_in_the_page() -> None:
    app = AppTest.from_string(VIEWS_SCRIPT, default_timeout=60).run()
    hostile = HOSTILE_TEXTS[6]
    app.text_input(key="views.name").set_value(hostile).run()
    app.button(key="views.save").click().run()
    assert not app.exception
    (one,) = list_views(PERSONAL)
    assert (one.name, dict(one.query)) == (hostile, {"group": "kind"})
    assert 'href="danh-muc?group=kind"' in html_of(app)
    assert "<img src=x" not in html_of(app)
    app.selectbox(key="views.chosen").set_value(one.number).run()
    app.text_input(key=f"views.rename-{one.number}-{one.token}").set_value("Tên mới").run()
    app.button(key="views.keep").click().run()
    assert [kept.name for kept in list_views(PERSONAL)] == ["Tên mới"]
    app.button(key="views.delete").click().run()
    assert not app.exception
    assert list_views(PERSONAL) == ()


@pytest.mark.parametrize("stands", [True, False])
def test_a_page_taken_up_by_somebody_else_writes_nothing_as_who_had_it(
    quick_store: str,  # noqa: F811, ARG001
    monkeypatch: pytest.MonkeyPatch,
    stands: bool,
) -> None:
    """Streamlit gives an open page to whoever names it; what they send is not the first's."""
    for name in ("an", "binh"):
        make(name, "planner")
    token = sign_in("an", PASSWORD).token
    an, binh = get_session_user(token), get_session_user(sign_in("binh", PASSWORD).token)
    there = [an]
    monkeypatch.setattr("pages.shell.context.find_user_by_token", lambda _token: there[0])
    app = AppTest.from_string(VIEWS_SCRIPT, default_timeout=60).run()
    app.text_input(key="views.name").set_value("Của An").run()
    there[0] = binh
    if not stands:
        sign_out(token)
    app.button(key="views.save").click().run()
    with reading() as connection:
        assert connection.execute(sa.select(SAVED_VIEWS)).all() == []


def test_an_empty_name_is_refused_with_what_to_do() -> None:
    app = AppTest.from_string(VIEWS_SCRIPT, default_timeout=60).run()
    app.button(key="views.save").click().run()
    assert app.session_state["views.fault"] == "Hãy ghi tên cho khung nhìn."
