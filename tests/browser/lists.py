"""What the lists of a page find."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as LateError

from geo.text import fold_text
from tests.browser.conftest import wait_still

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def misses_in(page: Page, place: str) -> list[str]:
    """Return an option of each list there that isn't found without its accents.

    Lists are told apart by their names: their number may change.
    """
    lists = page.locator(f"{place} [role=combobox]:visible:enabled")
    names = lists.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert all(names)
    fields = (page.locator(f'{place} [role=combobox][aria-label="{name}"]') for name in names)
    return [miss for field in fields if (miss := miss_in(page, field.first))]


def miss_in(page: Page, field: Locator) -> str:
    """Return an option with accents that the list doesn't find without; '' for none."""
    open_list(page, field)
    texts = page.get_by_role("option").all_inner_texts()
    marked = [text for text in texts if fold_text(text) != text.casefold()]
    missed = marked[-1] if marked else ""
    # Once more where the page ran just then and closed the list.
    for _ in range(5 if marked else 0):
        wait_still(field.page)
        field.fill(fold_text(missed))
        found = page.get_by_role("option", name=missed, exact=True).first
        with suppress(LateError):
            found.wait_for(timeout=3_000)
        if found.is_visible():
            assert page.get_by_role("option", name="Select").count() == 0
            missed = ""
            break
        field.fill("")
    field.fill("")
    field.blur()
    return missed


def open_list(page: Page, field: Locator) -> None:
    """Open a list. A run of the page may close it again; a press of an arrow never closes it."""
    options = page.get_by_role("option")
    field.click()
    for _ in range(10):
        with suppress(LateError):
            options.first.wait_for(timeout=4_000)
            return
        wait_still(page)
        field.press("ArrowDown")
    options.first.wait_for()
