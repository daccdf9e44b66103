"""What the map draws, measured in a real browser: nothing covers the data, and no name a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Watched
from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SIZES = {
    "laptop": {"width": 1366, "height": 625},
    "wide": {"width": 1920, "height": 1080},
    "phone": PHONE,
}

NAMES = """() => [...document.querySelectorAll('.hp-name')].map((name) => {
  const { left, top, right, bottom } = name.getBoundingClientRect();
  return { code: name.dataset.code, text: name.textContent, box: [left, top, right, bottom] };
})"""

COVERED = """() => {
  const { map, communes } = HPMap.state;
  const origin = map.getContainer().getBoundingClientRect();
  const boxes = [...document.querySelectorAll('.hp-legend, .hp-insets')]
    .filter((box) => !box.hidden).map((box) => box.getBoundingClientRect());
  return communes.filter(({ layer, code }) => code !== HPMap.state.data.offshore
    && layer.getLatLngs().flat(3).some((at) => {
      const spot = map.latLngToContainerPoint(at).add([origin.left, origin.top]);
      return boxes.some((box) => spot.x > box.left && spot.x < box.right
        && spot.y > box.top && spot.y < box.bottom);
    })).map(({ name }) => name);
}"""


@pytest.fixture(params=mostly_slow(["phone", "laptop", "wide"], 1))
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Return a page of each size."""
    touch = request.param == "phone"
    page = browser.new_page(viewport=SIZES[request.param], has_touch=touch, is_mobile=touch)
    yield Watched(page)
    page.close()


@pytest.fixture(scope="module")
def shown(browser: Browser, app_address: str) -> Iterator[Watched]:
    """Return the layer of clearance as several tests look at it; each leaves it as it was."""
    watched = Watched(browser.new_page(viewport=DESKTOP))
    watched.open(f"{app_address}/?layer=clearance")
    yield watched
    watched.page.close()


def find_overlaps(names: list[dict]) -> list[tuple[str, str]]:
    """Return the names that lie over one another by more than a pixel."""
    return [
        (one["text"], other["text"])
        for place, one in enumerate(names)
        for other in names[place + 1 :]
        if min(one["box"][2], other["box"][2]) - max(one["box"][0], other["box"][0]) > 1
        and min(one["box"][3], other["box"][3]) - max(one["box"][1], other["box"][1]) > 1
    ]


def test_names_lie_over_nothing_and_every_late_commune_has_one(
    reader: Watched, app_address: str
) -> None:
    reader.open(f"{app_address}/?layer=clearance&period=2026-Q1")
    body = reader.map.locator("body")
    names = body.evaluate(NAMES)
    assert find_overlaps(names) == []
    late = body.evaluate(
        "() => HPMap.state.data.named.map(([index]) => HPMap.state.communes[index].code)"
    )
    assert len(late) == 15
    assert set(late) - {name["code"] for name in names} == set()
    assert any("178.012" in name["text"] for name in names)
    assert body.evaluate(COVERED) == []
    for zoom in (11, 13):
        body.evaluate("(_, zoom) => { HPMap.state.map.setZoom(zoom, { animate: false }); }", zoom)
        assert find_overlaps(body.evaluate(NAMES)) == []


def test_at_the_scale_of_the_city_no_counter_lies_over_the_data(shown: Watched) -> None:
    assert shown.map.locator(".hp-symbol, path[data-item]").count() == 0
    projects = shown.map.get_by_role("switch", name="Dự án")
    assert projects.get_attribute("aria-checked") == "false"
    projects.click()
    dots = shown.map.locator("path[data-item]")
    assert dots.count() == 31  # the key projects, each once
    for box in [dots.nth(k).bounding_box() for k in range(dots.count())]:
        assert box is not None
        assert max(box["width"], box["height"]) <= 9
    assert projects.get_attribute("aria-checked") == "true"
    projects.click()
    assert dots.count() == 0


def test_several_items_in_one_place_open_as_their_list(desktop: Watched, app_address: str) -> None:
    desktop.open(f"{app_address}/?layer=clearance&v=20.9000,106.3500,11")
    piles = desktop.map.locator(".hp-symbol[data-commune]")
    code = piles.first.get_attribute("data-commune")
    piles.first.click()
    desktop.page.wait_for_url(f"**open=commune~{code}*")
    desktop.page.locator(".st-key-map-side").get_by_role("button", name="Đóng").wait_for()
    listed = desktop.page.locator(".st-key-panel").get_by_role("heading", name="Dự án, khu, cụm (")
    listed.wait_for()


def test_a_class_of_the_legend_shows_it_alone_by_mouse_and_keyboard(shown: Watched) -> None:
    row = shown.map.get_by_role("button", name="Vướng theo tuyến")
    plain = "() => document.querySelectorAll('path[data-code][fill^=rgb]').length"
    body = shown.map.locator("body")
    assert body.evaluate(plain) == 0
    row.click()
    assert row.get_attribute("aria-pressed") == "true"
    assert body.evaluate(plain) > 0
    row.focus()
    shown.page.keyboard.press("Enter")
    assert row.get_attribute("aria-pressed") == "false"
    assert body.evaluate(plain) == 0
    focused = "() => document.activeElement.dataset.key"
    assert body.evaluate(focused) == "class-3"


def test_a_circle_s_area_is_the_amount_and_the_largest_lie_below(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(f"{app_address}/?layer=investment")
    circles = desktop.map.locator("path[data-amount]").evaluate_all(
        "all => all.map((one) => [Number(one.dataset.amount), one.getBBox().width / 2])"
    )
    amounts = [amount for amount, _ in circles]
    assert amounts == sorted(amounts, reverse=True)
    (first, wide), (second, narrow) = circles[:2]
    assert wide / narrow == pytest.approx((first / second) ** 0.5, rel=0.05)
    assert desktop.map.locator(".hp-legend-circle").count() == 3


def test_what_is_chosen_has_one_outline_and_one_name_and_the_rest_is_dimmed(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(f"{app_address}/?open=item~KP-18")
    assert desktop.map.locator("path[data-code][data-chosen='true']").count() == 9
    assert desktop.map.locator("path.hp-chosen").count() == 9
    assert desktop.map.locator(".hp-name").count() == 1
    in_sight = """() => HPMap.state.map.getBounds().contains(
      HPMap.boundsOf(HPMap.state.data.chosen.communes))"""
    assert desktop.map.locator("body").evaluate(in_sight)


def test_forced_colours_keep_the_map_and_the_legend_s_fills(shown: Watched) -> None:
    shown.page.emulate_media(forced_colors="active")
    swatch = shown.map.locator(".hp-swatch").first
    assert swatch.evaluate("() => matchMedia('(forced-colors: active)').matches")
    assert swatch.evaluate("one => getComputedStyle(one).forcedColorAdjust") == "none"
    shown.page.emulate_media(forced_colors="none")
