"""What happens to the field page over weeks: a session ends, a new version comes, it is closed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests import templates
from tests.browser.conftest import ROOT, wait_until
from tests.browser.phone_server import Server, begin, finish, new_phone, opened, wait_state
from tests.browser.test_hostile_text import poison
from tests.store.pictures import phone_photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "một mật khẩu khá dài"  # noqa: S105 - of no account outside these tests
MAKE_ACCOUNTS = """
import sys
from store.accounts.accounts import Account, add_account
from store.bootstrap import ensure_store
from store.users.users import make_operator
ensure_store()
for name in ("hientruong", "khac", "moi"):
    account = Account(name, "inspector")
    add_account(account, sys.argv[1], make_operator("quantri"), must_change=name == "moi")
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(templates.copy_state(tmp_path / "state"))
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = new_phone(browser)
    yield made
    made.close()


def sign_in(page: Page, name: str) -> None:
    """Fill the form in that the page has led to."""
    page.locator("input[name='name']").fill(name)
    page.locator("input[name='password']").fill(PASSWORD)
    page.locator("form button").first.tap()


def test_a_session_that_ends_keeps_the_queue_and_asks_to_sign_in_again(
    context: BrowserContext, server: Server
) -> None:
    made = [sys.executable, "-c", MAKE_ACCOUNTS, PASSWORD]
    subprocess.run(made, cwd=ROOT, env=server.environment, check=True)
    server.start()
    first = context.new_page()
    first.goto(f"{server.address}/hpmap/phone/")
    first.get_by_text("Chưa đăng nhập, hoặc phiên đã hết").wait_for()
    first.get_by_role("link", name="Đăng nhập").tap()
    sign_in(first, "moi")
    first.get_by_role("link", name="Đổi mật khẩu").tap()
    first.wait_for_url("**/tai-khoan?lang=vi")
    context.clear_cookies()
    first.goto(f"{server.address}/hpmap/phone/")
    first.get_by_role("link", name="Đăng nhập").tap()
    sign_in(first, "hientruong")
    first.locator(".card").first.wait_for()
    first.close()

    watched = opened(context, server)
    page = watched.page
    visit = begin(watched)
    page.get_by_label("Ghi chú").fill("trước khi hết phiên")
    context.clear_cookies()
    finish(watched)
    page.locator(f"[data-visit='{visit}'][data-state='waiting']").wait_for()
    page.locator("#sign-in").wait_for()
    assert server.rows("SELECT count(*) FROM visits WHERE visit = ?", visit) == [(0,)]

    # Somebody else's account does not send it, and is told whose it is.
    page.locator("#sign-in").tap()
    sign_in(page, "khac")
    page.locator(".card").first.wait_for()
    page.get_by_role("link", name="Đã ghi").tap()
    page.get_by_text("Lượt này do tài khoản hientruong ghi").wait_for()
    context.clear_cookies()
    page.reload()
    page.locator("#sign-in").tap()
    sign_in(page, "hientruong")
    page.get_by_role("link", name="Đã ghi").tap()
    wait_state(watched, visit, "confirmed")
    (row,) = server.rows("SELECT inspector, note FROM visits WHERE visit = ?", visit)
    assert row == ("hientruong", "trước khi hết phiên")


def test_a_new_version_is_offered_and_what_was_written_stays(
    context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    server.start()
    watched = opened(context, server)
    page = watched.page
    before = page.locator("body").get_attribute("data-version")
    begin(watched)
    page.get_by_label("Ghi chú").fill("đang ghi dở")
    server.stop()
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    texts = data / "text" / "vi" / "phone.toml"
    texts.write_text(texts.read_text("utf-8").replace("Dự án gần đây", "Dự án quanh đây"), "utf-8")
    server.settings["HPMAP_DATA_DIR"] = str(data)
    server.start()
    page.reload()
    page.get_by_text("Có bản mới của trang").wait_for()
    assert page.locator("body").get_attribute("data-version") == before
    page.get_by_role("button", name="Dùng bản mới").tap()
    page.locator(f"body[data-worker='ready']:not([data-version='{before}'])").wait_for()
    assert page.get_by_label("Ghi chú").input_value() == "đang ghi dở"
    page.get_by_role("link", name="Dự án").tap()
    page.get_by_text("Dự án quanh đây").wait_for()
    names = page.evaluate("async () => (await caches.keys()).sort()")
    assert [name.startswith("hpmap-phone-shell-") for name in names] == [False, True]


def test_the_worker_sends_when_the_page_is_closed(
    context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    server.start()
    watched = opened(context, server)
    page = watched.page
    visit = begin(watched)
    page.get_by_label("Ghi chú").fill("gửi khi trang đã đóng")
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(phone_photo())
    page.set_input_files("#choose", photo)
    page.locator("#photos li").wait_for()
    server.stop()
    finish(watched)
    wait_state(watched, visit, "waiting")
    found: list[dict[str, Any]] = []
    session = context.new_cdp_session(context.new_page())
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"])
    )
    session.send("ServiceWorker.enable")
    page.close()
    server.start()
    other = context.pages[0]
    wait_until(other, lambda: bool(found))
    sync = {
        "origin": f"{server.address}/",
        "registrationId": found[0]["registrationId"],
        "tag": "hpmap-send",
        "lastChance": False,
    }
    session.send("ServiceWorker.dispatchSyncEvent", sync)
    count = "SELECT count(*) FROM photos WHERE visit = ?"
    wait_until(other, lambda: server.rows(count, visit) == [(1,)])
    assert server.rows("SELECT note FROM visits WHERE visit = ?", visit) == [
        ("gửi khi trang đã đóng",)
    ]
    assert server.rows("SELECT count(*) FROM photos WHERE visit = ?", visit) == [(1,)]


def test_it_can_be_installed_and_axe_finds_nothing(browser: Browser, server: Server) -> None:
    server.start()
    context = new_phone(browser)
    watched = opened(context, server)
    page = watched.page
    session = context.new_cdp_session(page)
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in faults] in ([], ["in-incognito"])  # as tests' browsers are
    visit = begin(watched)
    page.get_by_label("Ghi chú").fill("x")
    page.get_by_label("Nêu vướng mắc mặt bằng").check()
    shown = page.url.partition("#")[0]
    for view in (f"#/visit/{visit}", "#/", "#/item/KP-02", "#/queue"):
        page.goto(shown + view)
        page.locator("main h1").wait_for()
        page.evaluate(AXE_SCRIPT)
        told = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        found = [(one["id"], [node["html"] for node in one["nodes"]]) for one in told["violations"]]
        assert found == [], json.dumps(found, ensure_ascii=False, indent=1)
    context.close()


def test_names_that_try_to_act_as_code_are_shown_as_text(
    context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    poison(data / "facts")
    poison(data / "gazetteer")
    server.settings["HPMAP_DATA_DIR"] = str(data)
    server.start()
    watched = opened(context, server)
    page = watched.page
    page.get_by_role("button", name="Tìm quanh vị trí của tôi").tap()
    page.get_by_text("Vị trí của máy").wait_for()
    while page.locator("button.wide:not(#find):visible").count():
        page.locator("button.wide:not(#find):visible").tap()
    shown = page.locator("main").inner_text()
    assert any(text in shown for text in ("{{ 1/0 }}", "${alert(1)}", "<img src=x"))
    for item in ("KP-02", "KP-20", "KP-30"):
        page.goto(f"{server.address}/hpmap/phone/#/item/{item}")
        page.get_by_role("button", name="Ghi lượt kiểm tra").tap()
        page.locator("#done").wait_for()
        page.get_by_label("Ghi chú").fill("x")
        page.get_by_label("Nêu vướng mắc mặt bằng").check()
        page.get_by_role("link", name="Đã ghi").tap()
        page.locator("#records li").first.wait_for()
    assert watched.dialogs == []
    assert watched.errors == []
    assert watched.foreign() == []
    assert page.locator("main img, main svg, main script, main iframe, main style").count() == 0
    away = (
        "[...document.links].filter(a => a.protocol !== 'geo:' && a.host !== location.host).length"
    )
    assert page.evaluate(away) == 0
