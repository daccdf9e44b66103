"""Whatever fails, the reader is told in Vietnamese what to do, and nothing of what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import start_app, stop_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNEXPECTED = "Trang này gặp lỗi của chương trình"


@pytest.fixture(scope="module")
def failing_address() -> Iterator[str]:
    process, address = start_app(script="tests/browser/failing_app.py")
    yield address
    stop_app(process)


@pytest.mark.parametrize(
    ("way", "said"),
    [("script", UNEXPECTED), ("fragment", UNEXPECTED), ("meant", "Kho dữ liệu đang bận")],
)
def test_a_fault_says_what_to_do(
    desktop: Watched, failing_address: str, way: str, said: str
) -> None:
    desktop.page.goto(f"{failing_address}/?way={way}")
    desktop.page.get_by_text(said).wait_for()
    assert_nothing_told(desktop)


def test_a_button_that_fails_says_what_to_do(desktop: Watched, failing_address: str) -> None:
    desktop.page.goto(failing_address)
    desktop.page.get_by_role("button", name="press").click()
    desktop.page.get_by_text(UNEXPECTED).wait_for()
    assert_nothing_told(desktop)


def assert_nothing_told(watched: Watched) -> None:
    """Nothing of the program, nothing in English, one message, no link to anybody else."""
    body = watched.page.locator("body").inner_text()
    assert "secret" not in body
    assert "error" not in body.lower()
    assert watched.page.locator("[data-testid=stAlert]").count() == 1
    assert watched.page.locator("[data-testid=stException]").count() == 0
    assert watched.page.locator("a[href^=http]").count() == 0
