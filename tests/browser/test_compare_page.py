"""Leaders compare periods, see what slipped and what contradicts, and settle it, in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_two_periods_are_compared_in_a_sentence(desktop: Watched, app_address: str) -> None:
    desktop.page.goto(f"{app_address}/so-sanh")
    lead = desktop.page.locator(".hp-lead")
    lead.wait_for()
    assert "9/31" in lead.inner_text()
    assert desktop.foreign() == []


@pytest.mark.parametrize("size", mostly_slow(["phone", "desktop"], 1))
def test_two_periods_stand_on_one_scale_as_their_figures_say(
    request: pytest.FixtureRequest, app_address: str, size: str
) -> None:
    watched: Watched = request.getfixturevalue(size)
    watched.page.goto(f"{app_address}/so-sanh")
    steps = watched.page.locator(".hp-step")
    steps.first.wait_for()
    for step in steps.all():
        scale = step.locator(".hp-step-scale").bounding_box()
        said = step.locator(".hp-step-value").inner_text()
        stated = [
            float(re.findall(r"[\d,]+", side.split("(")[-1])[0].replace(",", "."))
            for side in said.split("→")
        ]
        dots = [step.locator(f".hp-step-{side}").bounding_box() for side in ("before", "after")]
        assert scale
        drawn = [100 * (dot["x"] + dot["width"] / 2 - scale["x"]) / scale["width"]
                 for dot in dots if dot]  # fmt: skip
        assert drawn == pytest.approx(stated, abs=1)
    page = watched.page
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert watched.barriers() == []


@pytest.mark.slow
@pytest.mark.parametrize("view", ["slips", "outlook"])
def test_slips_and_estimates_say_where_they_come_from(
    desktop: Watched, app_address: str, view: str
) -> None:
    desktop.page.goto(f"{app_address}/so-sanh?view={view}")
    desktop.page.locator(".hp-source").first.wait_for()
    if view == "outlook":
        assert "ước đoán của chương trình" in desktop.page.locator(".hp-mind").inner_text()


@pytest.mark.slow
def test_a_contradiction_is_settled_and_opened_again(desktop: Watched, app_address: str) -> None:
    page = desktop.page
    page.goto(f"{app_address}/so-sanh?view=contradictions")
    page.get_by_role("button", name="Tin bên trái").first.click()
    page.get_by_text("Đã chốt: Tin bên trái").wait_for()
    page.get_by_role("button", name="Mở lại").first.click()
    page.get_by_text("Đã chốt: Tin bên trái").wait_for(state="detached")


STEPS = (
    ("Thông báo tháng 5/2026", "Quý I/2026", "2026-05", "Thông báo 5/2026"),
    ("Quý I/2026", "Chương trình năm 2026", "2026-Q1", "Quý I/2026"),
    ("Chương trình năm 2026", "Tháng 11/2025", "2026-01", "Chương trình 2026"),
)


def test_a_step_to_another_period_takes_the_base_and_the_bar_along(
    desktop: Watched, app_address: str
) -> None:
    desktop.open(f"{app_address}/hai-ban-do?layer=clearance")
    page = desktop.page
    for number, (period, base, code, short) in enumerate(STEPS):
        if number:
            page.keyboard.press("ArrowLeft")
        else:
            page.get_by_role("button", name="Kỳ trước").click()
        page.locator(".hp-lead").get_by_text(f"{period} so với {base}").wait_for()
        desktop.settle()
        assert f"period={code}" in page.url
        assert page.get_by_role("combobox", name="Kỳ báo cáo").input_value() == short
        assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
        assert page.locator(".st-key-maps-moves .hp-under").is_visible()
    page.get_by_role("button", name="Kỳ sau").click()
    page.locator(".hp-lead").get_by_text("Quý I/2026 so với Chương trình năm 2026").wait_for()
