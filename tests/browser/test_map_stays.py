"""The map under the reader's hand: the first press counts, and no filter takes the map away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PHONE, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1366, "height": 625}
"""A screen of 1366x768 with the browser's bars: the map's lower edge lies below the window."""

SPOTS = """() => {
  const { map, communes } = HPMap.state;
  return communes.map(({ code, name, at }) => {
    const spot = map.latLngToContainerPoint([at[1], at[0]]).add([4, 16]);
    const hit = document.elementFromPoint(spot.x, spot.y);
    return hit && hit.dataset.code === code ? { name, x: spot.x, y: spot.y } : null;
  }).filter(Boolean);
}"""
VIEW = """() => {
  const { map } = HPMap.state;
  return [map.getCenter().lat, map.getCenter().lng, map.getZoom()].map((n) => n.toFixed(5));
}"""
MARK = "() => { window.hpMark = HPMap.state.map; }"
KEPT = "() => window.hpMark === HPMap.state.map"
SIZES = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])


@pytest.fixture
def reader(browser: Browser, size: dict[str, int]) -> Iterator[Watched]:
    """Return a page of that size, touched where it is a phone's."""
    touch = size == PHONE
    page = browser.new_page(viewport=size, has_touch=touch, is_mobile=touch)
    yield Watched(page)
    page.close()


def press_first(reader: Watched, size: dict[str, int]) -> str:
    """Press a commune that is in sight, once, as a hand would; return its name."""
    frame = reader.page.locator("iframe[title*='streamlit_folium']").bounding_box()
    assert frame is not None
    assert frame["y"] + frame["height"] > size["height"], "the map's lower edge is out of sight"
    spots = reader.map.locator("body").evaluate(SPOTS)
    seen = [one for one in spots if frame["y"] + one["y"] < size["height"] - 20]
    spot = seen[len(seen) // 2]
    x, y = frame["x"] + spot["x"], frame["y"] + spot["y"]
    if size == PHONE:
        reader.page.touchscreen.tap(x, y)
    else:
        reader.page.mouse.click(x, y)
    return str(spot["name"])


@SIZES
def test_the_first_press_on_a_commune_opens_its_panel_in_sight(
    reader: Watched, app_address: str, size: dict[str, int]
) -> None:
    reader.open(app_address)
    name = press_first(reader, size)
    heading = reader.page.locator(".st-key-panel").get_by_role("heading", name=name)
    heading.wait_for(timeout=10_000)
    reader.page.wait_for_function(
        "panel => { const { top } = panel.getBoundingClientRect();"
        " return top >= 0 && top < innerHeight - 200; }",
        arg=reader.page.locator(".st-key-panel").element_handle(),
        timeout=5_000,
    )


@pytest.mark.slow
def test_the_first_press_does_not_move_the_page(desktop: Watched, app_address: str) -> None:
    desktop.page.set_viewport_size({"width": LAPTOP["width"], "height": LAPTOP["height"]})
    desktop.open(app_address)
    press_first(desktop, LAPTOP)
    desktop.settle()
    main = desktop.page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollTop") == 0


@pytest.mark.slow
@SIZES
def test_a_filter_set_and_cleared_again_and_again_keeps_map_and_view(
    reader: Watched, app_address: str
) -> None:
    reader.open(app_address)
    body = reader.map.locator("body")
    body.evaluate("() => HPMap.state.map.setView([20.84, 106.69], 12, { animate: false })")
    body.evaluate(MARK)
    view = body.evaluate(VIEW)
    page = reader.page
    words = page.get_by_label("Có chữ")
    clear = page.get_by_role("button", name="Bỏ mọi bộ lọc")

    def see_filters() -> None:
        if not words.is_visible():
            page.locator(".st-key-bar").get_by_role("button", name="Bộ lọc").click()
            words.wait_for()
            reader.settle()

    for typed in ("cầu", "đường", "cảng"):
        see_filters()
        before = reader.shown()
        words.fill(typed)
        words.press("Enter")
        reader.wait_change(before)
        page.locator(".hp-narrowed").wait_for()
        reader.settle()
        assert body.evaluate(KEPT)
        assert body.evaluate(VIEW) == view
        see_filters()
        before = reader.shown()
        clear.click()
        reader.wait_change(before)
        page.locator(".hp-narrowed").wait_for(state="detached")
        reader.settle()
        assert body.evaluate(KEPT)
        assert body.evaluate(VIEW) == view
    assert reader.errors == []


@pytest.mark.slow
def test_a_map_that_gets_its_height_late_still_shows_the_whole_city(
    desktop: Watched, app_address: str
) -> None:
    """As when Streamlit gives the frame its width first and its height later."""
    desktop.open(app_address)
    body = desktop.map.locator("body")
    whole = body.evaluate(VIEW)
    flat = "height => { document.getElementById('map_div').style.maxHeight = height; }"
    for height in ("0px", "60px", "150px", "100vh"):
        body.evaluate(flat, height)
        desktop.page.wait_for_timeout(200)
    assert body.evaluate(VIEW) == whole
    assert "v=" not in desktop.page.url  # nobody has chosen that view


@pytest.mark.slow
def test_a_map_that_somebody_moved_keeps_its_view_when_the_window_changes(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(app_address)
    body = desktop.map.locator("body")
    body.evaluate("() => HPMap.state.map.setView([20.84, 106.69], 12, { animate: false })")
    for width in (1100, 1366):
        desktop.page.set_viewport_size({"width": width, "height": 768})
        desktop.page.wait_for_timeout(300)
        assert body.evaluate("() => HPMap.state.map.getZoom()") == 12
    centre = body.evaluate("() => HPMap.state.map.getCenter()")
    assert centre["lat"] == pytest.approx(20.84, abs=0.01)
    assert centre["lng"] == pytest.approx(106.69, abs=0.02)
