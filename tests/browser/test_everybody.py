"""Everybody can read it: enlarged to 400 %, in forced colours, and with weak eyes.

That all of a page is within reach when enlarged, ``test_every_page`` shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.conftest import Watched, wait_still
from tests.browser.test_every_page import ENLARGED, rest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAPTOP: Final = {"width": 1366, "height": 625}

LOW_CONTRAST: Final = """() => {
  const light = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map((one) => one / 255)
      .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const low = [];
  for (const name of document.querySelectorAll('.hp-name, .hp-inset-label')) {
    const { fill, stroke } = getComputedStyle(name);
    if (ratio(fill, stroke) < 4.5) low.push(name.textContent);
  }
  const land = HPMap.state.map.getPane('hp-surroundings') ?? document;
  const fills = [...land.querySelectorAll('path')].map((path) => path.getAttribute('fill'));
  const sea = getComputedStyle(document.querySelector('.leaflet-container')).backgroundColor;
  const grounds = { '.hp-neighbour span': 'rgb(231, 233, 236)', '.hp-sea span': sea };
  for (const [kind, ground] of Object.entries(grounds)) {
    for (const name of document.querySelectorAll(kind)) {
      if (ratio(getComputedStyle(name).color, ground) < 4.5) low.push(name.textContent);
    }
  }
  return [fills.includes('#e7e9ec'), low];
}"""


@pytest.fixture
def enlarged(browser: Browser) -> Iterator[Page]:
    """Return a page enlarged to 400 %."""
    page = browser.new_page(viewport=ENLARGED)
    yield page
    page.close()


@pytest.fixture(params=["light", "dark"])
def forced(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Return a page in forced colours, of a light and of a dark theme."""
    scheme = request.param
    page = browser.new_page(viewport=LAPTOP, forced_colors="active", color_scheme=scheme)
    yield Watched(page)
    page.close()


def ground(part: Locator) -> str:
    """Return the colour that a part stands on."""
    return str(part.evaluate("part => getComputedStyle(part).backgroundColor"))


def test_enlarged_the_header_leaves_the_window_and_a_choice_opens(
    enlarged: Page, app_address: str
) -> None:
    enlarged.goto(f"{app_address}/dieu-hanh")
    rest(enlarged)
    period = enlarged.get_by_role("combobox", name="Kỳ báo cáo")
    period.evaluate("part => part.scrollIntoView({ block: 'start' })")
    enlarged.wait_for_timeout(300)
    header = enlarged.get_by_test_id("stHeader").bounding_box()
    assert header is not None
    assert header["y"] + header["height"] <= 0
    period.click()
    options = enlarged.get_by_role("option")
    options.first.wait_for()
    options.first.click()
    wait_still(enlarged)
    assert "period=2026-H1" in enlarged.url


def test_enlarged_the_map_has_room_and_its_list_is_whole(enlarged: Page, app_address: str) -> None:
    enlarged.goto(f"{app_address}/?layer=clearance")
    rest(enlarged)
    frame = enlarged.locator(".st-key-map-frame").bounding_box()
    assert frame is not None
    assert frame["height"] > ENLARGED["height"]
    panel = enlarged.locator(".st-key-panel")
    assert panel.evaluate("part => part.scrollHeight - part.clientHeight") <= 1
    last = panel.locator(".hp-acts li").last
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box is not None
    assert box["y"] < ENLARGED["height"]


def test_in_forced_colours_what_is_chosen_is_told_from_the_rest(
    forced: Watched, app_address: str
) -> None:
    page = forced.page
    forced.open(f"{app_address}/?figure=misses")
    chosen = ground(page.locator(".st-key-bar [role=radio][aria-checked=true]").first)
    assert chosen != ground(page.locator(".st-key-bar [role=radio][aria-checked=false]").first)
    link = "[data-testid=stTopNavLink]"
    for one, other in (
        (".hp-figure[aria-pressed=true]", ".hp-figure[aria-pressed=false]"),
        (f"{link}[aria-current]", f"{link}:not([aria-current])"),
    ):
        assert ground(page.locator(one).first) == chosen != ground(page.locator(other).first)
    switch = page.locator(".st-key-bar [data-testid=stCheckbox] label > div").first
    off = ground(switch)
    page.locator(".st-key-bar [data-testid=stCheckbox] label").first.click()
    forced.settle()
    assert ground(switch) == chosen != off
    assert switch.evaluate("part => getComputedStyle(part).borderTopStyle") == "solid"
    bar = page.locator(".hp-track span").first
    assert ground(bar) != ground(page.locator(".hp-track").first)


def test_in_forced_colours_the_map_keeps_its_own_and_a_pressed_class_shows(
    forced: Watched, app_address: str
) -> None:
    forced.open(f"{app_address}/?layer=clearance")
    sea = forced.map.locator(".leaflet-container")
    assert ground(sea) == "rgb(220, 235, 245)"
    fills = forced.map.locator("path[data-code='11680']").evaluate(
        "part => [getComputedStyle(part).fill, getComputedStyle(part).stroke]"
    )
    assert fills[0] != fills[1]
    row = forced.map.locator(".hp-legend-row").first
    before = ground(row)
    row.click()
    forced.map.locator(".hp-legend-row[aria-pressed=true]").first.wait_for()
    assert ground(row) != before
    forced.page.keyboard.press("Tab")
    focused = "() => getComputedStyle(document.activeElement).outlineStyle"
    assert forced.map.locator("body").evaluate(focused) == "solid"


@pytest.mark.parametrize("address", ["", "?layer=clearance", "?layer=progress&v=20.85,106.68,12"])
def test_every_name_on_the_map_stands_out_from_its_ground(
    desktop: Watched, app_address: str, address: str
) -> None:
    desktop.open(f"{app_address}/{address}")
    desktop.map.locator("body[data-shown]:not([data-surroundings=coming])").wait_for()
    land, low = desktop.map.locator("body").evaluate(LOW_CONTRAST)
    assert land, "the neighbours' land has another colour than the test reckons with"
    assert low == []


def test_in_forced_colours_a_ring_is_told_from_a_dot(forced: Watched, app_address: str) -> None:
    forced.page.goto(f"{app_address}/so-sanh")
    rest(forced.page)
    scale = forced.page.locator(".hp-step > .hp-step-scale").first
    marks = [ground(scale.locator(f".hp-step-{name}")) for name in ("before", "after")]
    assert marks[0] != marks[1]
    assert scale.evaluate("part => getComputedStyle(part).backgroundImage") != "none"


CUT_ON_PAPER: Final = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(
  (part) => part.checkVisibility() && part.clientHeight > 40
    && !part.matches('iframe, canvas, svg *') && getComputedStyle(part).overflowY !== 'visible'
    && part.scrollHeight - part.clientHeight > 4
).map((part) => part.className || part.tagName)"""


@pytest.mark.parametrize("name", ["", "dieu-hanh", "so-sanh", "hai-ban-do", "dia-ban?place=11413"])
def test_on_paper_nothing_is_cut_and_the_period_is_said(
    desktop: Watched, app_address: str, name: str
) -> None:
    page = desktop.page
    page.goto(f"{app_address}/{name}")
    rest(page)
    page.emulate_media(media="print")
    assert page.evaluate(CUT_ON_PAPER) == []
    if name in {"", "dieu-hanh", "hai-ban-do"}:
        assert "2026" in page.locator(".hp-on-paper").inner_text()
        assert not page.locator(".st-key-bar-popover").is_visible()


def test_on_paper_the_leaders_second_panel_follows_the_first(
    desktop: Watched, app_address: str
) -> None:
    page = desktop.page
    page.goto(f"{app_address}/dieu-hanh")
    rest(page)
    page.emulate_media(media="print")
    rest(page)
    first, second = page.evaluate(
        """() => ["watch", "more"].map(
          (name) => document.querySelector(`.st-key-briefing-${name}`).getBoundingClientRect()
        )"""
    )
    assert second["y"] >= first["y"] + first["height"]
    assert first["width"] > 1000


@pytest.mark.parametrize("address", ["?layer=clearance", "hai-ban-do"])
def test_on_paper_the_whole_city_is_seen_and_no_window_covers_it(
    desktop: Watched, app_address: str, address: str
) -> None:
    desktop.open(f"{app_address}/{address}")
    body = desktop.map.locator("body")
    view = "() => HPMap.viewOf(HPMap.state.map).split(',').map(Number)"
    before = body.evaluate(view)
    body.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    size = body.evaluate("() => [innerWidth, innerHeight]")
    assert size in ([650, 567], [1020, 529])
    covered = """() => {
      const { map, communes } = HPMap.state;
      const size = map.getSize();
      const boxes = HPMap.takenBoxes('hp-search').filter((one) => one[0] > 100);
      return HPMap.mainland().map((index) => communes[index]).filter(({ layer }) => {
        const { x, y } = map.latLngToContainerPoint(layer.getBounds().getCenter());
        return x < 0 || y < 0 || x > size.x || y > size.y
          || boxes.some(([x1, y1, x2, y2]) => x > x1 && x < x2 && y > y1 && y < y2);
      }).map((one) => one.name);
    }"""
    assert body.evaluate(covered) == []
    body.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    desktop.page.wait_for_timeout(300)
    assert body.evaluate(view) == pytest.approx(before, abs=0.001)
