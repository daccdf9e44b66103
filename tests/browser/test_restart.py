"""The server is started anew while a form is open: the other's change is shown, nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import templates
from tests.browser.conftest import ROOT, Watched, own_environment, start_app, stop_app
from tests.browser.test_edit_page import fill

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ITEM = "KP-15"
CHANGE = """
import json, sys
from store.editing.items import edit_item
from store.editing.open_record import read_item
from tests.people import BINH

now = read_item("KP-15")
edit_item("KP-15", json.loads(sys.argv[1]), seen=now.item_token, actor=BINH, why="Bình sửa")
"""
READ = (
    "import json; from store.editing.open_record import read_item; "
    "print(json.dumps(read_item('KP-15').item))"
)


def python(code: str, home: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT, env=own_environment(home), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("quicker", [True, False])
def test_a_save_after_a_restart(desktop: Watched, tmp_path: Path, quicker: bool) -> None:
    home = {"HPMAP_STATE_DIR": str(templates.copy_state(tmp_path))}
    process, address = start_app(home)
    try:
        page = desktop.page
        page.goto(f"{address}/sua?item={ITEM}&view=fields")
        page.locator("[class*='st-key-edit-bar']").wait_for(timeout=30_000)
        desktop.settle()
        assert page.locator("[class*='st-key-carried-edit-opened']").count() == 1
        assert not page.locator("[class*='st-key-carried-']").first.is_visible()
        save = page.get_by_role("button", name="Lưu thay đổi")
        for number in ("11", "12"):  # not the first edit of this page
            fill(desktop, "Số thứ tự", number)
            fill(desktop, "Lý do sửa", "An sửa")
            save.click()
            page.get_by_text("Đã lưu").first.wait_for()
            save.wait_for(state="detached")  # the form is filled anew: typing waits for it
            desktop.settle()
        fill(desktop, "Số thứ tự", "200")
        fill(desktop, "Lý do sửa", "An sửa")
        expect(save).to_be_enabled()
        process.kill()
        process.wait()
        if quicker:
            python(CHANGE, home, json.dumps({"no": "7"}))
        process, again = start_app(home, port=int(address.rpartition(":")[2]))
        assert again == address
        page.locator("[data-testid='stConnectionStatus']").wait_for(
            state="detached", timeout=60_000
        )
        desktop.settle()
        save.click()
        told = "Bình sửa" if quicker else "Đã lưu"
        page.get_by_text(told).first.wait_for(timeout=30_000)
        now = json.loads(python(READ, home))
        assert now["no"] == ("7" if quicker else "200")
        if os.environ.get("HPMAP_TEST_PICTURE"):
            page.screenshot(path=os.environ["HPMAP_TEST_PICTURE"])
    finally:
        stop_app(process)
