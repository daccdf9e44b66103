"""A stranger sees the way in alone; people come in, each to what is theirs, and leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pages.navigation import SECTIONS
from tests.accounts_here import PASSWORD
from tests.browser.conftest import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.servers import App

pytestmark = pytest.mark.browser
PAGES = tuple(entry.path for entries in SECTIONS.values() for entry in entries)
BASICS = """() => {
  const faults = [];
  const say = (what, one) => faults.push(what + ': ' + one.outerHTML.slice(0, 90));
  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title) faults.push('no title');
  if (document.querySelectorAll('main').length !== 1) faults.push('main');
  if (document.querySelectorAll('h1').length !== 1) faults.push('h1');
  for (const one of document.querySelectorAll('img')) if (!one.alt) say('no alt', one);
  for (const one of document.querySelectorAll('input:not([type=hidden])'))
    if (!one.labels.length) say('no label', one);
  for (const one of document.querySelectorAll('input:not([type=hidden]), button, a.button')) {
    const box = one.getBoundingClientRect();
    if (box.height < 24 || box.width < 24) say('small', one);
    if (box.right > innerWidth || box.left < 0) say('outside', one);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('scrolls sideways');
  const lum = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const one of document.querySelectorAll('p, label, h1, button, a')) {
    const [a, b] = [lum(getComputedStyle(one).color), lum(ground(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) say('contrast', one);
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def address(guarded_app: App) -> str:
    return guarded_app.address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    yield context.new_page()
    context.close()


def sign_in(page: Page, address: str, name: str, path: str = "tro-giup") -> None:
    page.goto(f"{address}/{path}")
    page.get_by_label("Tên tài khoản").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.mark.slow
def test_a_stranger_sees_the_way_in_at_every_pages_address(page: Page, address: str) -> None:
    for path in ("", *PAGES):
        page.goto(f"{address}/{path}")
        assert page.url.startswith(f"{address}/dang-nhap?next=%2F{path}"), path
        assert page.get_by_role("button").all_inner_texts() == ["Đăng nhập"]


def test_in_back_to_the_page_asked_for_out_and_nothing_by_going_back(
    page: Page, address: str
) -> None:
    sign_in(page, address, "xem", "danh-muc?period=2026-Q1")
    page.wait_for_url("**/danh-muc?period=2026-Q1*")
    page.get_by_text("Người Xem").wait_for(timeout=40_000)
    page.get_by_text("Người Xem").click()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.wait_for_url("**/dang-nhap")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state("networkidle")
        assert "/dang-nhap" in page.url
        assert page.get_by_text("Người Xem").count() == 0
        assert "stApp" not in page.content()


@pytest.mark.slow
def test_who_may_not_open_a_page_does_not_see_it_and_is_told_why(page: Page, address: str) -> None:
    sign_in(page, address, "xem")
    page.locator(".hp-user").wait_for(timeout=40_000)
    for path in ("nap", "nhat-ky", "tai-khoan-quan-tri"):
        page.goto(f"{address}/{path}")
        page.get_by_text("Tài khoản này không được").wait_for(timeout=40_000)
        assert page.get_by_role("dialog").count() == 0
        assert page.locator("input[type=file]").count() == 0
        assert page.get_by_text("chu", exact=True).count() == 0
    links = page.locator("[data-testid=stTopNavLink], [data-testid=stTopNavSection]")
    told = " ".join(links.all_inner_texts())
    assert "Nhật ký" not in told
    assert "Quản trị" not in told


@pytest.mark.slow
def test_an_account_is_made_and_comes_in_with_the_password_shown_once(
    page: Page, browser: Browser, address: str
) -> None:
    sign_in(page, address, "chu", "tai-khoan-quan-tri")
    page.get_by_text("Thêm tài khoản").click(timeout=40_000)
    form = page.get_by_test_id("stForm").last
    form.get_by_label("Tên đăng nhập").fill("moi")
    form.get_by_label("Tên hiển thị").fill("<img src=x onerror=alert(1)> $x$ **b**")
    form.get_by_role("button", name="Lập tài khoản").click()
    page.get_by_text("Đã lập tài khoản moi").wait_for(timeout=40_000)
    secret = page.get_by_test_id("stCode").inner_text().strip()
    assert len(secret) > 15
    assert page.locator("img[src=x]").count() == 0
    other = browser.new_page()
    other.goto(f"{address}/tro-giup")
    other.get_by_label("Tên tài khoản").fill("moi")
    other.get_by_label("Mật khẩu").fill(secret)
    other.get_by_role("button", name="Đăng nhập").click()
    other.wait_for_url("**/tai-khoan?*")
    assert "Hãy đặt mật khẩu của riêng mình" in other.inner_text("main")
    own = "mật khẩu của riêng tôi 2026"
    other.get_by_label("Mật khẩu hiện tại").fill(secret)
    other.get_by_label(re.compile("Mật khẩu mới")).fill(own)
    other.get_by_role("button", name="Đổi mật khẩu").click()
    other.get_by_role("link", name="Đăng nhập").click()
    other.get_by_label("Tên tài khoản").fill("moi")
    other.get_by_label("Mật khẩu").fill(own)
    other.get_by_role("button", name="Đăng nhập").click()
    other.wait_for_url("**/tro-giup")
    other.close()
    page.goto(f"{address}/nhat-ky")
    page.get_by_text("tài khoản · moi").first.wait_for(timeout=40_000)
    assert secret not in page.content()


@pytest.mark.parametrize(
    "size", [pytest.param(DESKTOP, marks=pytest.mark.slow), PHONE], ids=["desktop", "phone"]
)
def test_the_way_in_can_be_used_by_everybody(
    browser: Browser, address: str, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)
    hosts = []
    page.on("request", lambda request: hosts.append(request.url))
    page.goto(f"{address}/dang-nhap")
    assert page.evaluate(BASICS) == []
    page.keyboard.type("xem")
    page.keyboard.press("Tab")
    page.keyboard.type("sai mật khẩu")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.evaluate(BASICS) == []
    assert [url for url in hosts if not url.startswith(address)] == []
    page.close()
