"""The briefing says what changed, what is stuck and who must act, and its address reproduces it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from geo.i18n import LANGUAGES
from tests.hostile import HOSTILE_TEXTS, mostly_slow
from tests.pages.test_pages import html_of

BRIEFING = """
from pages import briefing_page
from pages.shell.context import open_page

briefing_page.show_page(open_page())
"""
TWO_MAPS = """
from pages import two_maps_page
from pages.shell.context import open_page

two_maps_page.show_page(open_page())
"""


def run(script: str = BRIEFING, **query: str) -> AppTest:
    app = AppTest.from_string(script, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


@pytest.mark.parametrize("language", mostly_slow(LANGUAGES, 1))
@pytest.mark.parametrize("period", ["2025-11", "2026-Q1", "2026-H1"])
def test_every_period_is_told_in_both_languages(period: str, language: str) -> None:
    app = run(period=period, lang=language)
    assert not app.exception
    shown = html_of(app)
    assert "hp-headline" in shown
    assert shown.count('class="hp-figure"') == 6


def test_the_three_most_in_need_of_a_decision_come_first_with_reason_body_age_and_money() -> None:
    shown = html_of(run(period="2026-H1"))
    places = [shown.index(f"open=item~{code}") for code in ("KP-25", "KP-18", "KP-15")]
    assert places == sorted(places)
    assert "178.012 tỷ đồng" in shown
    assert "91 ngày (khoảng 3 tháng)" in shown
    assert "báo cáo chưa nêu cơ quan" in shown
    assert "UBND phường Thạch Khôi" in shown
    assert "tính đến 30/06/2026" in shown


def test_news_and_the_last_visit_have_addresses_of_their_own_that_stay() -> None:
    app = run(tab="since", period="2026-H1")
    assert not app.exception
    shown = html_of(app)
    for tab in ("news", "since"):
        assert (
            f'hp-on-phone" target="_self" href="./dieu-hanh?period=2026-H1&amp;tab={tab}' in shown
        )
    assert app.query_params["tab"] in ("since", ["since"])
    (opened,) = {one.proto.tab_container.default_tab_index for one in app.get("tab_container")}
    assert opened == 2


def test_a_row_leads_to_the_map_at_its_item_under_the_same_filters() -> None:
    shown = html_of(run(period="2026-H1", kinds="key_project"))
    assert "./?period=2026-H1&amp;kinds=key_project&amp;layer=clearance&amp;open=item" in shown


def test_the_list_and_the_figures_obey_the_filters() -> None:
    whole, part = html_of(run()), html_of(run(communes="11002"))
    assert "Nhà máy nhiệt điện LNG" in whole
    assert "Nhà máy nhiệt điện LNG" not in part
    assert "sân Gôn Liên Hồng" in part


def test_ages_are_counted_to_today_only_when_asked() -> None:
    assert "tính đến 31/03/2026" in html_of(run(period="2026-Q1"))
    assert "tính đến 31/03/2026" not in html_of(run(period="2026-Q1", day="today"))


def test_the_address_keeps_base_and_curve() -> None:
    app = run(period="2026-H1", base="2026-01", curve="KP-02")
    assert not app.exception
    assert app.query_params["base"] in ("2026-01", ["2026-01"])
    assert "theo lựa chọn của người xem" in html_of(app)
    assert app.selectbox(key="briefing.curve_of").value == "KP-02"
    app.selectbox(key="briefing.curve_of").set_value("KP-19").run()
    assert app.query_params["curve"] in ("KP-19", ["KP-19"])


def test_the_curve_says_what_is_behind_it_and_has_a_table() -> None:
    app = run()
    assert "nên chưa thành đường" not in html_of(app)
    shown = html_of(app.toggle(key="briefing.curve").set_value(True).run())
    assert "nên chưa thành đường" in shown
    assert "51,3 % (chỉ các dự án có số này)" in shown
    none = html_of(run(communes="11948").toggle(key="briefing.curve").set_value(True).run())
    assert "Chưa báo cáo nào nêu tỷ lệ" in none


def test_plan_and_actual_are_bars_of_the_projects_that_have_both() -> None:
    shown = html_of(run(period="2026-Q1"))
    assert shown.count('class="hp-bullet"') == 6
    assert "77 %, kế hoạch 71 %" in shown
    assert "không có dự án nào được báo cáo nêu cả kế hoạch" in html_of(run(period="2025-11"))


def test_the_answer_comes_first_and_bodies_have_count_and_money() -> None:
    shown = html_of(run(period="2026-Q1"))
    assert shown.index("hp-lead-sentence") < shown.index("hp-watch")
    assert "Báo cáo chưa nêu ai" in shown
    assert "5 việc · 202.771,3 tỷ đồng và 1 dự án chưa rõ vốn" in shown


def test_the_age_has_a_column_only_where_it_differs() -> None:
    assert 'class="hp-watch-age"' not in html_of(run(period="2026-Q1"))
    assert 'class="hp-watch-age"' in html_of(run(period="2026-H1"))


@pytest.mark.parametrize("text", mostly_slow(HOSTILE_TEXTS))
def test_no_address_breaks_the_page(text: str) -> None:
    keys = ("period", "base", "curve", "day", "at", "text")
    app = run(**dict.fromkeys(keys, text))
    assert not app.exception
    assert "<img src=x" not in html_of(app)


@pytest.mark.parametrize("step", mostly_slow(["2", "", "0", "8", "99", "-1", "x", "²"], 2))
def test_a_screen_opens_at_any_step(step: str) -> None:
    app = run(present="1", at=step)
    assert not app.exception
    shown = html_of(app)
    assert "hp-screen-list" in shown
    assert ('aria-current="true"' in shown) is (step in {"2", "8"})
    assert app.get("component_instance")


THEMES = {
    "goal": ("progress", "9/31"),
    "clearance": ("clearance", "Phường Thạch Khôi"),
    "money": ("investment", "178.012 tỷ đồng"),
}


@pytest.mark.parametrize("name", mostly_slow(THEMES, 1))
def test_a_theme_stands_on_the_layer_that_it_speaks_of(name: str) -> None:
    app = run(present="1", at=name, period="2026-Q1")
    assert not app.exception
    layer, said = THEMES[name]
    assert app.query_params.get("layer", ["investment"]) in (layer, [layer])
    assert said in html_of(app).replace("\xa0", " ")
    assert app.query_params["at"] in (name, [name])


def test_an_address_with_a_layer_keeps_it() -> None:
    app = run(present="1", at="2", layer="investment")
    assert "layer" not in app.query_params
    app = run(present="1", at="2", layer="progress")
    assert app.query_params["layer"] in ("progress", ["progress"])


def test_a_screen_is_turned_and_left_by_its_buttons() -> None:
    app = run(present="1", period="2026-H1")
    layers = []
    for _ in range(4):
        app.button(key="present.next").click().run()
        layer = app.query_params.get("layer", "investment")
        layers.append(layer if isinstance(layer, str) else layer[0])
    assert layers == ["progress", "clearance", "investment", "clearance"]
    assert "Báo cáo nêu khác nhau 1 chỗ" in html_of(app)
    app.button(key="present.back").click().run()
    assert 'aria-current="true"' not in html_of(app)
    app.button(key="present.layer-clearance").click().run()
    assert app.query_params["layer"] in ("clearance", ["clearance"])
    app.button(key="present.leave").click().run()
    assert not app.exception
    assert not {"present", "at"} & set(app.query_params)
    assert '<div class="hp-screen"' not in html_of(app)
    assert '<table class="hp-table hp-watch"' in html_of(app)


@pytest.mark.parametrize("layer", mostly_slow(["progress", "investment", "clearance"], 1))
def test_two_periods_stand_side_by_side_and_the_difference_is_said(layer: str) -> None:
    app = run(TWO_MAPS, period="2026-H1", layer=layer, view="pair")
    assert not app.exception
    assert len(app.get("component_instance")) == 2
    shown = html_of(app)
    assert "Quý I/2026" in shown
    assert "6 tháng đầu năm 2026" in shown
    assert "hp-lead" in shown


@pytest.mark.parametrize("layer", mostly_slow(["investment", "progress", "clearance"], 1))
def test_one_map_of_the_newest_comparable_periods_comes_first(layer: str) -> None:
    app = run(TWO_MAPS, layer=layer)
    assert not app.exception
    assert len(app.get("component_instance")) == 1
    shown = html_of(app)
    assert "6 tháng đầu năm 2026 so với Quý I/2026" in shown
    if layer == "investment":
        assert "1 dự án rời danh mục, −4.572 tỷ đồng ở 4 xã, phường" in shown


def test_the_periods_are_stepped_through_and_the_address_follows() -> None:
    app = run(TWO_MAPS, period="2026-H1")
    assert app.button(key="maps.step_next").disabled
    app.button(key="maps.step_back").click().run()
    assert not app.exception
    assert app.query_params["period"] in ("2026-05", ["2026-05"])
    app.segmented_control(key="maps.view").set_value("pair").run()
    assert app.query_params["view"] in ("pair", ["pair"])
    assert len(app.get("component_instance")) == 2


def test_the_first_period_has_none_to_be_put_beside_it() -> None:
    app = run(TWO_MAPS, period="2025-11")
    assert not app.exception
    assert "Chưa có kỳ nào trước" in app.info[0].value


@pytest.mark.parametrize("text", mostly_slow(HOSTILE_TEXTS, 2))
def test_no_address_breaks_the_two_maps(text: str) -> None:
    app = run(TWO_MAPS, period=text, base=text, layer=text, open=f"item~{text}")
    assert not app.exception
