"""Every page runs on the real facts without an error, and says what its view holds."""

from __future__ import annotations

import zlib

import pytest
from streamlit.testing.v1 import AppTest

from geo.i18n import LANGUAGES
from geo.paths import ROOT
from tests.hostile import mostly_slow

APP = str(ROOT / "app.py")


def run(**query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def html_of(app: AppTest) -> str:
    """Return the markup of a page, that in which one may choose included."""
    markup = [element.proto.body for element in app.get("html")]
    sent = [element.proto.bytes for element in app.get("bidi_component")]
    markup += [zlib.decompress(packed).decode() for packed in sent if packed]
    return " ".join(markup)


@pytest.mark.parametrize(
    ("layer", "period"),
    mostly_slow(
        [
            (layer, period)
            for period in ("2025-11", "2026-01", "2026-Q1", "2026-05", "2026-H1")
            for layer in ("progress", "investment", "clearance")
        ]
    ),
)
def test_every_layer_draws_in_every_period(layer: str, period: str) -> None:
    app = run(layer=layer, period=period)
    assert not app.exception
    assert app.get("component_instance")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_page_speaks_the_language_of_its_address(language: str) -> None:
    app = run(lang=language)
    assert not app.exception
    expected = {"vi": "Tiền nằm ở đâu", "en": "Where the money goes"}[language]
    assert expected in html_of(app)


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ("commune~11914", "Đặc khu Cát Hải"),
        ("commune~11948", "Bạch Long Vĩ"),
        ("item~KP-25", "LNG"),
        ("item~KP-08", "Gia Bình"),
    ],
)
def test_a_panel_opens_from_the_address(opened: str, expected: str) -> None:
    app = run(open=opened)
    assert not app.exception
    assert expected in html_of(app)


def test_what_does_not_exist_opens_nothing() -> None:
    for opened in ("commune~99999", "item~KP-99", "district~nowhere", "zone~none"):
        app = run(open=opened)
        assert not app.exception
        assert "Tiền nằm ở đâu" in html_of(app)


@pytest.mark.parametrize(
    "query",
    mostly_slow(
        [
            {"kinds": "resettlement", "communes": "11948"},
            {"text": "không có dự án nào tên như thế này"},
            {"district": "nowhere"},
            {"carry": "0", "period": "2025-11"},
            {"leave_out_outlier": "1"},
            {"layer": "progress", "progress": "misses", "weight": "count"},
            {"layer": "clearance", "clearance": "money"},
        ]
    ),
)
def test_filters_that_leave_little_or_nothing_still_draw(query: dict[str, str]) -> None:
    app = run(**query)
    assert not app.exception
    assert app.get("component_instance")


def test_the_key_figures_obey_the_filters() -> None:
    whole, narrowed = html_of(run()), html_of(run(kinds="key_project"))
    assert "329.455,7 tỷ đồng" in narrowed
    assert 'hp-figure-value">31<' in narrowed
    assert 'hp-figure-value">31<' not in whole


@pytest.mark.parametrize("figure", ["misses", "held_up", "clearance_communes", "investment", "x"])
def test_a_key_figure_of_the_address_narrows_the_list_and_no_figure(figure: str) -> None:
    app = run(figure=figure, layer="investment")
    assert not app.exception
    shown = html_of(app)
    assert 'hp-figure-value">78<' in shown
    assert ('aria-pressed="true" ' in shown) == (figure != "x")


def test_the_bar_gives_back_what_a_key_figure_narrowed() -> None:
    app = run(figure="misses", layer="progress")
    app.button(key="bar.figure").click().run()
    assert not app.exception
    assert "figure" not in app.query_params
    assert 'aria-pressed="true" ' not in html_of(app)
    assert "bar.figure" not in {one.key for one in app.button}
