"""The map page as a reader uses it, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESKTOP, Watched, start_app, stop_app
from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MAX_MESSAGE_BYTES = 30_000


@pytest.fixture(scope="module")
def opened(browser: Browser, app_address: str) -> Iterator[Watched]:
    """Return the map page as several tests look at it, one after the other."""
    watched = Watched(browser.new_page(viewport=DESKTOP))
    watched.open(app_address)
    yield watched
    watched.page.close()


def test_it_opens_on_all_communes_and_asks_no_other_host(opened: Watched) -> None:
    assert opened.map.locator("path[data-code]").count() == 114
    assert opened.foreign() == []
    assert opened.errors == []


def test_a_change_of_layer_keeps_the_frame_and_fetches_no_layer_twice(opened: Watched) -> None:
    opened.map.locator("body").evaluate("body => { body.dataset.mark = 'kept'; }")
    for name in ("Chậm GPMB", "Vốn đầu tư", "Tiến độ"):
        before, received = opened.shown(), opened.received
        requests = _list_but_layers(opened)
        opened.page.get_by_role("radio", name=name).click()
        opened.wait_change(before)
        opened.settle()
        assert opened.map.locator("body").get_attribute("data-mark") == "kept"
        assert _list_but_layers(opened) == requests
        assert opened.received - received <= MAX_MESSAGE_BYTES
    layers = [url for url in opened.requests if "/frame/message" in url]
    assert len(layers) == len(set(layers)) <= 3


def _list_but_layers(reader: Watched) -> list[str]:
    """Return what was asked for but layers, which the map fetches before they are asked for."""
    return [url for url in reader.requests if "/frame/message" not in url]


def test_a_click_on_a_commune_opens_its_panel_with_sources(opened: Watched) -> None:
    opened.map.locator("path[data-code='11914']").dispatch_event("click")
    panel = opened.page.locator(".st-key-panel")
    panel.get_by_role("heading", name="Đặc khu Cát Hải").wait_for()
    panel.locator(".hp-source").first.wait_for()
    opened.page.wait_for_url("**open=commune~11914*")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("tan duong thuy nguyen", "Phường Thủy Nguyên", marks=pytest.mark.slow),
        pytest.param("cat hai", "Đặc khu Cát Hải", marks=pytest.mark.slow),
        pytest.param("huyen an lao", "An Lão", marks=pytest.mark.slow),
        pytest.param("lng", "LNG", marks=pytest.mark.slow),
    ],
)
def test_search_without_accents_finds_new_names_former_names_and_items(
    desktop: Watched, app_address: str, typed: str, expected: str
) -> None:
    desktop.open(app_address)
    box = desktop.map.get_by_role("combobox")
    box.fill(typed)
    desktop.map.locator(".hp-search-hit").first.wait_for()
    box.press("Enter")
    panel = desktop.page.locator(".st-key-map-side")
    panel.get_by_role("button", name="Đóng").wait_for()
    panel.get_by_text(expected).first.wait_for()


def test_a_link_reproduces_layer_filters_choice_and_place(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(
        f"{app_address}/?layer=clearance&kinds=key_project&open=item~KP-30&v=20.8200,106.7200,12"
    )
    checked = desktop.page.get_by_role("radio", name="Chậm GPMB")
    assert checked.get_attribute("aria-checked") == "true"
    desktop.page.locator(".st-key-panel").get_by_text("Cát Bi").first.wait_for()
    desktop.page.locator(".st-key-bar").get_by_text("Bộ lọc (1)").wait_for()
    zoom = desktop.map.locator("body").evaluate("() => window.HPMap.state.map.getZoom()")
    assert zoom == 12
    assert "kinds=key_project" in desktop.page.url


@pytest.mark.slow
def test_the_island_offshore_opens_from_its_own_window(desktop: Watched, app_address: str) -> None:
    desktop.open(app_address)
    desktop.map.locator(".hp-inset-button").click()
    desktop.page.locator(".st-key-panel").get_by_role("heading", name="Bạch Long Vĩ").wait_for()


@pytest.mark.slow
def test_a_project_over_several_communes_lights_them_all(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(f"{app_address}/?open=item~KP-18")
    lit = desktop.map.locator("body").evaluate(
        "() => window.HPMap.state.data.chosen.communes.length"
    )
    assert lit == 9
    assert desktop.map.locator("path[data-code][data-chosen='true']").count() == 9


@pytest.mark.slow
def test_the_keyboard_walks_the_communes_and_opens_one(desktop: Watched, app_address: str) -> None:
    desktop.open(app_address)
    first = desktop.map.locator("path[data-code][tabindex='0']")
    start = first.get_attribute("data-code")
    first.focus()
    desktop.page.keyboard.press("ArrowDown")
    now = desktop.map.locator("path[data-code][tabindex='0']").get_attribute("data-code")
    assert now != start
    desktop.page.keyboard.press("Enter")
    desktop.page.locator(".st-key-map-side").get_by_role("button", name="Đóng").wait_for()


@pytest.mark.slow
def test_every_symbol_in_a_crowded_commune_can_be_opened(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(f"{app_address}/?open=commune~11914&v=20.8000,106.9600,13")
    symbols = desktop.map.locator(".hp-symbol[data-item]")
    boxes = [symbols.nth(k).bounding_box() for k in range(symbols.count())]
    assert len(boxes) > 1
    centres = {(round(box["x"]), round(box["y"])) for box in boxes if box}
    assert len(centres) == len(boxes)


@pytest.mark.parametrize(
    "path", mostly_slow(["pages/map_page", "map_page", "panel", "frame", "items_page"], 1)
)
def test_a_page_file_cannot_be_reached_around_the_app(
    desktop: Watched, app_address: str, path: str
) -> None:
    answer = desktop.page.goto(f"{app_address}/{path}")
    assert answer is not None
    desktop.page.wait_for_load_state("networkidle")
    if desktop.page.locator("[data-testid=stApp]").count():
        desktop.settle()
    text = desktop.page.locator("body").inner_text()
    assert "Traceback" not in text
    # Before any page was opened, the app answers with its own pages above, or nothing is shown.
    assert answer.status == 404 or not text or "Bản đồ" in text


@pytest.mark.slow
def test_the_first_visitor_of_a_new_server_may_come_by_a_page_s_own_address(
    desktop: Watched,
) -> None:
    process, address = start_app()
    try:
        desktop.page.goto(f"{address}/danh-muc")
        desktop.page.locator(".hp-under").first.wait_for()
        desktop.settle()
        assert desktop.page.get_by_text("Page not found").count() == 0
    finally:
        stop_app(process)


@pytest.mark.slow
def test_the_first_visitor_of_a_new_server_cannot_run_a_page_file(desktop: Watched) -> None:
    process, address = start_app()
    try:
        desktop.page.goto(f"{address}/map_page")
        desktop.page.get_by_role("link", name="Bản đồ", exact=True).wait_for()
    finally:
        stop_app(process)


def test_a_page_opens_without_an_error_or_a_foreign_request(
    desktop: Watched, app_address: str
) -> None:
    """Every other page is asked the same in ``test_page_frame``."""
    desktop.page.goto(f"{app_address}/nguon")
    content = "[data-testid='stMainBlockContainer'] details, iframe, .hp-under, h2"
    desktop.page.locator(content).first.wait_for()
    desktop.settle()
    assert desktop.page.locator("[data-testid='stException']").count() == 0
    assert desktop.foreign() == []
    assert desktop.errors == []
