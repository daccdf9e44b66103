"""A leader opens the briefing, finds who must decide, and goes on from there; in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.i18n import LANGUAGES
from tests.browser.conftest import DESKTOP, PHONE

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

LEAST_TARGET = 24  # pixels that a finger hits
FIRST = ("Nhà máy nhiệt điện LNG Hải Phòng", "Tuyến đường kết nối Đông Tây", "sân Gôn Liên Hồng")


def open_briefing(watched: Watched, address: str, query: str = "") -> None:
    watched.page.goto(f"{address}/dieu-hanh{query}")
    watched.page.locator(".hp-watch").wait_for(timeout=30_000)
    watched.page.locator(".hp-body").first.wait_for()
    watched.settle()


def view_of(watched: Watched, number: int) -> list[float]:
    """Return where the map of that number on the page stands: latitude, longitude, zoom."""
    frame = watched.page.locator("iframe[title*='streamlit_folium']").nth(number)
    handle = frame.element_handle().content_frame()
    assert handle is not None
    return handle.evaluate(
        "() => { const m = HPMap.state.map; const c = m.getCenter();"
        " return [c.lat, c.lng, m.getZoom()]; }"
    )


def test_a_leader_finds_the_three_most_in_need_without_scrolling(
    desktop: Watched, app_address: str
) -> None:
    open_briefing(desktop, app_address)
    rows = desktop.page.locator(".hp-watch tr:has(td)")
    for number, name in enumerate(FIRST):
        row = rows.nth(number)
        assert name in row.inner_text()
        box = row.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESKTOP["height"]
    for key in ("briefing-lead", "briefing-watch", "briefing-more"):
        box = desktop.page.locator(f".st-key-{key}").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESKTOP["height"]
    sources = desktop.page.locator(".hp-watch .hp-source summary")
    assert sources.first.inner_text(), "read out, though drawn as a sign"
    assert desktop.foreign() == []
    assert desktop.errors == []


@pytest.mark.slow
def test_a_row_is_one_click_from_its_place_and_two_from_the_document(
    desktop: Watched, app_address: str
) -> None:
    open_briefing(desktop, app_address)
    row = desktop.page.locator(".hp-watch tr:has(td)").first
    row.locator("summary").first.click()
    with desktop.page.expect_popup() as opened:
        row.locator(".hp-source a").first.click()
    # Without the file itself the page has the row as it was read; with it, its lines.
    read = opened.value.locator(".hp-excerpt mark", has_text="Không hoàn thành mục tiêu")
    read.first.wait_for(timeout=30_000)
    opened.value.close()
    row.locator("a.hp-link").first.click()
    desktop.map.locator("body[data-shown]").wait_for(timeout=30_000)
    panel = desktop.page.locator(".st-key-panel")
    panel.get_by_text("Nhà máy nhiệt điện LNG Hải Phòng").first.wait_for()
    assert desktop.page.url.startswith(f"{app_address}/?")
    assert desktop.foreign() == []


@pytest.mark.slow
def test_a_phone_shows_the_briefing_without_moving_sideways(
    phone: Watched, app_address: str
) -> None:
    open_briefing(phone, app_address)
    page = phone.page
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= window.innerWidth")
    first = page.locator(".hp-watch tr:has(td)").first
    box = first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("() => window.innerWidth")
    second = page.locator(".hp-watch tr:has(td)").nth(1).bounding_box()
    assert second is not None
    assert second["y"] + second["height"] <= page.evaluate("() => window.innerHeight")
    for name in ("Kỳ này có gì mới", "Từ lần xem trước"):
        link = page.get_by_role("link", name=name).bounding_box()
        assert link is not None
        assert link["height"] >= LEAST_TARGET
    assert phone.foreign() == []


@pytest.mark.slow
def test_two_maps_move_together_and_are_not_loaded_anew(desktop: Watched, app_address: str) -> None:
    page = desktop.page
    page.goto(f"{app_address}/hai-ban-do?period=2026-H1&view=pair")
    frames = page.frame_locator("iframe[title*='streamlit_folium']")
    for number in (0, 1):
        frames.nth(number).locator("body[data-shown]").wait_for(timeout=30_000)
    desktop.settle()
    handles = [
        page.locator("iframe[title*='streamlit_folium']").nth(one).element_handle().content_frame()
        for one in (0, 1)
    ]
    for one in handles:
        one.evaluate("() => { window.marker = 'kept'; }")
    for mover, other in ((0, 1), (1, 0)):
        lat = 20.9 if mover else 20.7
        handles[mover].evaluate(f"() => {{ HPMap.state.map.setView([{lat}, 106.6], 12.5); }}")
        wanted = pytest.approx([lat, 106.6, 12.5], abs=1e-3)
        for _ in range(100):
            if view_of(desktop, other) == view_of(desktop, mover) == wanted:
                break
            page.wait_for_timeout(50)
        assert view_of(desktop, other) == pytest.approx(view_of(desktop, mover), abs=1e-3)
    page.get_by_text("Tiến độ", exact=True).first.click()
    desktop.settle()
    page.get_by_text("Chậm mục tiêu, chậm kế hoạch: khác nhau", exact=False).first.wait_for()
    for one in handles:
        assert one.evaluate("() => window.marker") == "kept"
    colours = [
        one.evaluate(
            "() => JSON.stringify([HPMap.state.data.colours, HPMap.state.data.legend.unit])"
        )
        for one in handles
    ]
    assert colours[0] == colours[1]
    assert desktop.foreign() == []


@pytest.mark.slow
def test_a_screen_is_turned_by_the_keyboard_also_from_the_map_and_left_with_escape(
    desktop: Watched, app_address: str
) -> None:
    page = desktop.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{app_address}/dieu-hanh?present=1")
    desktop.map.locator("body[data-shown]").wait_for(timeout=30_000)
    desktop.settle()
    assert not page.locator("[data-testid='stHeader']").is_visible()
    now = page.locator(".hp-screen-now")
    for figure in ("9/31", "15", "329.455,7"):
        page.keyboard.press("ArrowRight")
        page.locator(".hp-screen-figure").get_by_text(figure).wait_for()
    page.keyboard.press("ArrowRight")
    now.get_by_text(FIRST[0]).wait_for()
    desktop.map.locator("#map_div").click(position={"x": 300, "y": 500})
    page.keyboard.press("PageDown")
    now.get_by_text(FIRST[1]).wait_for()
    page.keyboard.press("ArrowLeft")
    now.get_by_text(FIRST[0]).wait_for()
    page.keyboard.press("Escape")
    page.locator(".hp-watch").wait_for()
    assert "present" not in page.url
    assert page.locator("[data-testid='stHeader']").is_visible()
    assert desktop.foreign() == []


@pytest.mark.slow
def test_on_a_phone_a_slides_words_begin_in_sight_and_no_amount_is_parted(
    phone: Watched, app_address: str
) -> None:
    page = phone.page
    page.goto(f"{app_address}/dieu-hanh?present=1&at=money")
    words = page.locator(".hp-screen-words")
    words.wait_for(timeout=60_000)
    phone.settle()
    box = words.bounding_box()
    assert box is not None
    assert box["y"] < PHONE["height"] - 100
    amounts = page.locator(".hp-screen-list > li > span:first-of-type").all_inner_texts()
    assert amounts
    assert all("tỷ" in amount and " " not in amount for amount in amounts)
    assert phone.errors == phone.foreign() == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_no_word_of_a_key_figure_is_cut(
    phone: Watched, app_address: str, language: str
) -> None:
    open_briefing(phone, app_address, f"?lang={language}")
    cut = """() => [...document.querySelectorAll('.hp-figure > *')].filter(
      (part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent)"""
    assert phone.page.locator(".hp-figure").count() == 6
    assert phone.page.evaluate(cut) == []
