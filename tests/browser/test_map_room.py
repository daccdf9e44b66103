"""What room the map and what stands beside it have in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PHONE

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

VIEW = """() => {
  const { map } = HPMap.state;
  return [map.getCenter().lat, map.getCenter().lng, map.getZoom()].map((n) => n.toFixed(5));
}"""
ROOM = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const frame = document.querySelector("iframe[title*='streamlit_folium']").getBoundingClientRect();
  const side = document.querySelector('.st-key-map-side').getBoundingClientRect();
  return {
    scrolls: main.scrollHeight - main.clientHeight,
    below: Math.round(innerHeight - side.bottom),
    map: frame.height / innerHeight,
    top: frame.top,
  };
}"""


def assert_window_filled(reader: Watched) -> None:
    for tab in ("Bảng", "Cách tính", "Danh sách"):
        reader.page.get_by_role("radio", name=tab).click()
        reader.settle()
        room = reader.page.evaluate(ROOM)
        assert room["scrolls"] == 0, tab
        assert 0 <= room["below"] <= 12, tab
        assert room["map"] >= 0.68, tab


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (2560, 1440)])
def test_map_and_list_fill_the_window_and_nothing_has_to_be_scrolled(
    desktop: Watched, app_address: str, width: int, height: int
) -> None:
    desktop.page.set_viewport_size({"width": width, "height": height})
    desktop.open(app_address)
    assert_window_filled(desktop)


@pytest.mark.slow
def test_on_a_phone_the_map_starts_near_the_top_and_the_answer_lies_over_it(
    phone: Watched, app_address: str
) -> None:
    phone.open(app_address)
    room = phone.page.evaluate(ROOM)
    assert room["top"] <= 190
    assert room["map"] >= 0.45
    assert room["scrolls"] == 0
    phone.map.locator("path[data-code='11914']").dispatch_event("click")
    side = phone.page.locator(".st-key-map-side")
    side.get_by_role("heading", name="Đặc khu Cát Hải").wait_for()
    sheet = side.bounding_box()
    assert sheet is not None
    assert sheet["height"] >= PHONE["height"] / 2
    after = phone.page.evaluate(ROOM)
    assert (after["map"], after["top"], after["scrolls"]) == (room["map"], room["top"], 0)
    side.get_by_role("button", name="Đóng").tap()
    side.get_by_role("heading", name="Tiền nằm ở đâu").wait_for()


@pytest.mark.slow
def test_a_page_enlarged_four_times_keeps_everything_within_reach(
    desktop: Watched, app_address: str
) -> None:
    desktop.page.set_viewport_size({"width": 320, "height": 256})
    desktop.open(app_address)
    last = desktop.page.locator(".st-key-panel").get_by_role("button").last
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 256 - box["height"]
    assert desktop.page.evaluate("() => document.documentElement.scrollWidth") <= 320


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
