"""Take the pictures of the README: ``python -m benchmarks.screenshots`` writes ``docs/*.png``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import BROWSER_FLAGS, DESKTOP, PHONE, chromium, start_app, stop_app

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = {
    "map": (DESKTOP, "/"),
    "commune": (DESKTOP, "/?layer=clearance&open=commune~11413&v=20.8300,106.6900,11.5"),
    "phone": (PHONE, "/?layer=investment"),
}


def main() -> None:
    """Open each view in headless Chromium and keep its picture."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed: no picture can be taken")
    DOCS.mkdir(exist_ok=True)
    process, address = start_app()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
            for name, (size, view) in PICTURES.items():
                page = browser.new_page(viewport=size, locale="vi-VN")
                page.goto(address + view)
                frame = page.frame_locator("iframe[title*='streamlit_folium']")
                frame.locator("body[data-shown]").wait_for(timeout=60_000)
                page.wait_for_timeout(2500)
                page.screenshot(path=DOCS / f"{name}.png", full_page=size is PHONE)
                page.close()
            browser.close()
    finally:
        stop_app(process)


if __name__ == "__main__":
    main()
