"""Leaders compare periods, see what slipped and what contradicts, and settle it, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
