"""The map under the reader's hand: the first press counts, and no filter takes the map away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PHONE, Watched, wait_until
from tests.browser.test_map_room import VIEW, assert_window_filled
from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1366, "height": 625}
"""A screen of 1366x768 with the browser's bars."""

SPOTS = """() => {
  const { map, communes } = HPMap.state;
  return communes.map(({ code, name, at }) => {
    const spot = map.latLngToContainerPoint([at[1], at[0]]).add([4, 16]);
    const hit = document.elementFromPoint(spot.x, spot.y);
    return hit && hit.dataset.code === code ? { name, x: spot.x, y: spot.y } : null;
  }).filter(Boolean);
}"""
MARK = "() => { window.hpMark = HPMap.state.map; }"
KEPT = "() => window.hpMark === HPMap.state.map"
SEES = """(body, part) => {
  const { map, communes, data } = HPMap.state;
  const island = communes.filter(({ code }) => code === data.offshore).map(({ index }) => index);
  const some = part === 'mainland' ? HPMap.mainland() : island;
  return map.getBounds().contains(HPMap.boundsOf(some));
}"""
PAIR = "{}/hai-ban-do?period=2026-H1&view=pair"
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"
SIZES = pytest.mark.parametrize("size", mostly_slow([LAPTOP, PHONE], 1), ids=["laptop", "phone"])


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
    spots = reader.map.locator("body").evaluate(SPOTS)
    seen = [one for one in spots if frame["y"] + one["y"] < size["height"] - 20]
    spot = seen[len(seen) // 2]
    x, y = frame["x"] + spot["x"], frame["y"] + spot["y"]
    if size == PHONE:
        reader.page.touchscreen.tap(x, y)
    else:
        reader.page.mouse.click(x, y)
    return str(spot["name"])


def open_first_of_two(reader: Watched) -> tuple[Locator, Locator]:
    """Return the frame of the first of two maps, in sight, and what is in it."""
    frame = reader.page.locator("iframe[title*='streamlit_folium']").first
    reader.map.first.locator("body[data-shown]").wait_for(timeout=30_000)
    reader.settle()
    frame.scroll_into_view_if_needed()
    return frame, reader.map.first.locator("body")


@SIZES
def test_nothing_sticks_out_and_the_first_press_on_a_commune_opens_its_panel_in_sight(
    reader: Watched, app_address: str, size: dict[str, int]
) -> None:
    reader.open(app_address)
    assert reader.page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    assert reader.map.locator("path[data-code]").count() == 114
    assert reader.foreign() == []
    if size == LAPTOP:
        assert_window_filled(reader)
    name = press_first(reader, size)
    heading = reader.page.locator(".st-key-panel").get_by_role("heading", name=name)
    heading.wait_for()
    reader.page.wait_for_function(
        "panel => { const { top } = panel.getBoundingClientRect();"
        " return top >= 0 && top < innerHeight - 200; }",
        arg=reader.page.locator(".st-key-panel").element_handle(),
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
    body.evaluate("() => { HPMap.state.map.setView([20.84, 106.69], 12, { animate: false }); }")
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
def test_a_map_that_somebody_moved_keeps_its_view_when_the_window_changes(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(app_address)
    body = desktop.map.locator("body")
    body.evaluate("() => { HPMap.state.map.setView([20.84, 106.69], 12, { animate: false }); }")
    for width in (1100, 1366):
        desktop.page.set_viewport_size({"width": width, "height": 768})
        desktop.page.wait_for_timeout(300)
        assert body.evaluate("() => HPMap.state.map.getZoom()") == 12
    centre = body.evaluate("() => HPMap.state.map.getCenter()")
    assert centre["lat"] == pytest.approx(20.84, abs=0.01)
    assert centre["lng"] == pytest.approx(106.69, abs=0.02)


@pytest.mark.slow
def test_the_map_ends_at_the_city_with_its_neighbours_and_at_the_island(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(app_address)
    assert "v=" not in desktop.page.url
    body = desktop.map.locator("body")
    body.evaluate("() => { HPMap.state.map.setView([20.9, 106.6], 2, { animate: false }); }")
    assert body.evaluate(SEES, "mainland")
    assert float(body.evaluate(VIEW)[2]) >= 8.5
    body.evaluate("() => { HPMap.state.map.setView([10, 120], 12, { animate: false }); }")
    lat, lon, zoom = map(float, body.evaluate(VIEW))
    assert (lat, lon, zoom) == (pytest.approx(20.5, abs=0.1), pytest.approx(107.4, abs=0.1), 12)
    desktop.map.locator(".hp-home button").click()
    body.evaluate(MARK)
    desktop.map.locator(".hp-inset-button").click()
    desktop.page.locator(".st-key-panel").get_by_role("heading", name="Bạch Long Vĩ").wait_for()
    desktop.settle()
    assert body.evaluate(SEES, "island")
    assert body.evaluate(KEPT)


@pytest.mark.slow
def test_the_wheel_is_left_to_a_page_that_scrolls_and_zooms_with_ctrl(
    desktop: Watched, app_address: str
) -> None:
    page = desktop.page
    page.goto(PAIR.format(app_address))
    frame, body = open_first_of_two(desktop)
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 150)
    view, stood = body.evaluate(VIEW), page.evaluate(SCROLLED)
    page.mouse.wheel(0, 100)
    page.frame_locator("iframe").first.get_by_text("Giữ phím Ctrl khi lăn chuột").wait_for()
    page.wait_for_function(f"stood => ({SCROLLED})() > stood", arg=stood)
    assert body.evaluate(VIEW) == view
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    wait_until(page, lambda: float(body.evaluate(VIEW)[2]) > float(view[2]))
    page.goto(app_address)  # a page that does not scroll: the wheel is the map's
    desktop.map.locator("body[data-shown]").wait_for()
    desktop.settle()
    body = desktop.map.locator("body")
    view = body.evaluate(VIEW)
    page.mouse.move(400, 450)
    page.mouse.wheel(0, -200)
    wait_until(page, lambda: float(body.evaluate(VIEW)[2]) > float(view[2]))


@pytest.mark.slow
def test_one_finger_scrolls_the_page_and_two_move_the_map(phone: Watched, app_address: str) -> None:
    page = phone.page
    page.goto(PAIR.format(app_address))
    frame, body = open_first_of_two(phone)
    box = frame.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 250
    view, stood = body.evaluate(VIEW), page.evaluate(SCROLLED)
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": left, "y": top} for left, top in points]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x, y - 12 * step))
        page.wait_for_timeout(20)
    touch("touchEnd")
    page.frame_locator("iframe").first.get_by_text("Dùng hai ngón tay").wait_for()
    page.wait_for_function(f"stood => ({SCROLLED})() > stood", arg=stood)
    assert body.evaluate(VIEW) == view
    touch("touchStart", (x - 30, y - 60), (x + 30, y - 60))
    for step in range(1, 9):
        touch("touchMove", (x - 30 - 8 * step, y - 60), (x + 30 + 8 * step, y - 60))
        page.wait_for_timeout(20)
    touch("touchEnd")
    wait_until(page, lambda: float(body.evaluate(VIEW)[2]) > float(view[2]))


@pytest.mark.slow
def test_a_key_figure_pressed_and_given_back_keeps_map_view_and_focus(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(f"{app_address}/?layer=progress")
    body, page = desktop.map.locator("body"), desktop.page
    body.evaluate("() => { HPMap.state.map.setView([20.84, 106.69], 12, { animate: false }); }")
    body.evaluate(MARK)
    view, frame = body.evaluate(VIEW), page.locator("iframe").bounding_box()
    misses = page.locator(".hp-figure[data-act=misses]")
    for pressed in ("true", "false"):
        before = desktop.shown()
        misses.focus()
        page.keyboard.press("Enter")
        desktop.wait_change(before)
        desktop.settle()
        assert misses.get_attribute("aria-pressed") == pressed
        assert page.evaluate("() => document.activeElement.dataset.act") == "misses"
        assert body.evaluate(KEPT)
        assert body.evaluate(VIEW) == view
        assert page.locator("iframe").bounding_box() == frame
        assert ("figure=misses" in page.url) == (pressed == "true")
        assert page.locator(".hp-acts li").count() >= 9
    assert desktop.errors == []


@pytest.mark.slow
@SIZES
def test_an_address_holds_no_place_of_a_map_that_nobody_moved(
    reader: Watched, app_address: str
) -> None:
    """A link with a place would be shown at that place and zoom on every other screen."""
    reader.open(app_address)
    for name in ("Chậm GPMB", "Tiến độ", "Vốn đầu tư"):
        before = reader.shown()
        reader.page.get_by_role("radio", name=name).click()
        reader.wait_change(before)
        reader.settle()
        assert "v=" not in reader.page.url.partition("?")[2]
