"""The page of a place: the address keeps it, it is found without accents, marks are explained."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.i18n import LANGUAGES
from tests.hostile import HOSTILE_TEXTS, mostly_slow
from tests.pages.test_pages import html_of

THUY_NGUYEN = "hp.thanh-pho-thuy-nguyen"


def run(**query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


SCRIPT = """
from pages import place_page
from pages.shell.context import open_page

place_page.show_page(open_page())
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_opens_a_place_with_its_items_and_totals(language: str) -> None:
    app = run(place=THUY_NGUYEN, lang=language)
    assert not app.exception
    shown = html_of(app)
    assert "Thủy Nguyên" in shown
    assert "KP-20" in shown
    assert shown.count('<tr class="hp-matrix-item"') == 1 + 12


def test_without_a_place_all_are_offered_with_their_number_of_items() -> None:
    app = run()
    assert not app.exception
    shown = html_of(app)
    assert "huyện Kim Thành (cũ)" in shown
    first, every = shown.split("Huyện, quận, thị xã, thành phố trước 01/7/2025")
    assert every.count("dia-ban?place=") == 27 + 114
    late = first.split("Vướng mặt bằng theo Quý I/2026 (15 xã, phường)")[1]
    assert late.count("dia-ban?place=") == 15
    assert (
        'dia-ban?place=11728" target="_self">Xã Kiến Hưng</a> <span class="hp-under">178.012'
        in late
    )


@pytest.mark.parametrize("typed", ["kim thanh", "Kim Thành", "KIM THANH"])
def test_a_place_is_found_with_and_without_accents_and_goes_into_the_address(typed: str) -> None:
    app = run()
    app.text_input(key="place.search").set_value(typed).run()
    labels = {button.key: button.label for button in app.button}
    assert "place.hit-hd.huyen-kim-thanh" in labels
    assert "place.hit-10756" in labels or "place.hit-10750" in labels
    app.button(key="place.hit-hd.huyen-kim-thanh").click().run()
    assert app.query_params["place"] == "hd.huyen-kim-thanh"
    assert "Huyện Kim Thành (cũ)" in html_of(app)


def test_only_changes_are_shown_when_asked_for() -> None:
    app = run(place=THUY_NGUYEN)
    app.toggle(key="place.only_changed").set_value(True).run()
    assert not app.exception
    shown = html_of(app)
    assert "hp-change-refined" in shown
    assert "KP-20" not in shown
    assert app.query_params["only_changed"] == "1"
    assert "KP-20" not in html_of(run(place=THUY_NGUYEN, only_changed="1"))


def test_all_figures_are_shown_when_the_address_says_so() -> None:
    assert "Việc dự kiến" in html_of(run(place=THUY_NGUYEN, every="1"))
    assert "Việc dự kiến" not in html_of(run(place=THUY_NGUYEN, every="<script>"))


@pytest.mark.parametrize("place", ["99999", "KP-01", *mostly_slow(HOSTILE_TEXTS, 2)])
def test_an_address_that_is_no_place_says_so(place: str) -> None:
    app = run(place=place)
    assert not app.exception
    assert app.warning
    assert "<img src=x" not in html_of(app)


def test_many_items_come_in_parts() -> None:
    app = run(place="hp.quan-hai-an")
    first = html_of(app)
    app.segmented_control(key="place.part").set_value(20).run()
    assert not app.exception
    second = html_of(app)
    assert first.count('<tr class="hp-matrix-item"') == 1 + 20
    assert second.count('<tr class="hp-matrix-item"') == 4
