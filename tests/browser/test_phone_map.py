"""The map on a phone: what is opened stays in sight above the sheet that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import ZOOM_AT_REST, wait_until
from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

IN_SIGHT = """() => {
  const frame = document.querySelector(".st-key-map-frame iframe");
  const sheet = document.querySelector(".st-key-map-side").getBoundingClientRect();
  const { HPMap } = frame.contentWindow;
  const top = frame.getBoundingClientRect().top;
  const { map, data } = HPMap.state;
  const bounds = HPMap.boundsOf(data.chosen.communes);
  const low = map.latLngToContainerPoint(bounds.getSouthEast()).y;
  const high = map.latLngToContainerPoint(bounds.getNorthWest()).y;
  const [first] = data.chosen.communes;
  const wanted = data.chosen.item ? "" : HPMap.shortName(HPMap.state.communes[first]);
  const names = [...frame.contentDocument.querySelectorAll(".hp-name")];
  const name = names.find((one) => one.textContent.includes(wanted))?.getBoundingClientRect();
  return high >= 0 && top + low <= sheet.top && name !== undefined && name.width > 0
    && name.top > 0 && top + name.bottom <= sheet.top;
}"""

OPENED = (
    "open=commune~11824",  # at the city's southern end
    "open=commune~11413",
    "open=item~KP-25",
    "open=item~KP-18",  # over nine communes
)


@pytest.mark.parametrize("opened", mostly_slow(OPENED, 1))
def test_what_an_address_opens_lies_above_the_sheet_with_its_name(
    phone: Watched, app_address: str, opened: str
) -> None:
    phone.open(f"{app_address}/?{opened}")
    phone.page.wait_for_function(IN_SIGHT)


@pytest.mark.parametrize("code", mostly_slow(["11824", "11836"], 1))
def test_what_is_tapped_lies_above_the_sheet_with_its_name(
    phone: Watched, app_address: str, code: str
) -> None:
    phone.open(app_address)
    phone.map.locator("body").evaluate(
        "(body, code) => HPMap.choose(HPMap.state.communes.find((one) => one.code === code))", code
    )
    phone.page.get_by_role("button", name="Đóng").wait_for()
    phone.page.wait_for_function(IN_SIGHT)


@pytest.mark.slow
def test_a_reader_who_moved_the_map_under_the_sheet_keeps_that_view(
    phone: Watched, app_address: str
) -> None:
    phone.open(f"{app_address}/?open=commune~11824")
    phone.page.wait_for_function(IN_SIGHT)
    where = "() => HPMap.viewOf(HPMap.state.map)"
    body = phone.map.locator("body")
    body.evaluate("() => { HPMap.state.map.panBy([40, -30], { animate: false }); }")
    before = body.evaluate(where)
    phone.page.get_by_role("radio", name="Bảng").click()
    phone.settle()
    assert body.evaluate(where) == before


@pytest.mark.slow
def test_the_core_and_the_island_are_one_press_away_and_cover_no_land(
    phone: Watched, app_address: str
) -> None:
    phone.open(app_address)
    insets = phone.map.locator(".hp-insets")
    insets.get_by_role("button").first.wait_for()
    covered = """(box) => {
      const { left, top, right, bottom } = box.getBoundingClientRect();
      const land = HPMap.state.communes.flatMap((one) => one.layer.getLatLngs().flat(3));
      return land.map((at) => HPMap.state.map.latLngToContainerPoint(at))
        .filter(({ x, y }) => x > left && x < right && y > top && y < bottom).length;
    }"""
    assert insets.evaluate(covered) == 0
    insets.get_by_role("button", name="Nội đô").tap()
    body = phone.map.locator("body")
    wait_until(phone.page, lambda: (body.evaluate(ZOOM_AT_REST) or 0) >= 11)
    phone.map.get_by_role("button", name="Toàn thành phố").tap()
    insets.get_by_role("button", name="Bạch Long Vĩ").tap()
    phone.page.locator(".st-key-panel").get_by_role("heading", name="Bạch Long Vĩ").wait_for()
