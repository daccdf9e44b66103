"""People sign in at the organisation's provider, in a real browser, and out again of both."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from joserfc.jwk import RSAKey

from tests import templates
from tests.accounts_here import make
from tests.browser.conftest import ROOT, start_app, stop_app
from tests.oidc_provider import CLIENT, SECRET, Provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EMAIL = "An.Nguyen@haiphong.gov.vn"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider({"email": EMAIL, "email_verified": True})
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def address(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an app whose people sign in at the provider."""
    state = templates.copy_state(tmp_path_factory.mktemp("oidc"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    secrets = state / "secrets.toml"
    secrets.write_text(
        "[auth]\n"
        f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        'cookie_secret = "a long secret of the test, and of nothing else"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{state / 'store.sqlite'}")
        make("an", "planner", password="", email=EMAIL, shown="Nguyễn Văn An")
    process, where = start_app(
        {
            "HPMAP_STATE_DIR": str(state),
            "HPMAP_SIGN_IN": "oidc",
            "STREAMLIT_SECRETS_FILES": str(secrets),
        },
        port=port,
    )
    yield where
    stop_app(process)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def go_in(page: Page, address: str) -> None:
    page.goto(f"{address}/danh-muc?period=2026-Q1")
    page.get_by_role("link", name="Đăng nhập bằng tài khoản cơ quan").click()


def test_in_at_the_provider_back_to_the_page_asked_for_and_out_of_both(
    page: Page, address: str, provider: Provider
) -> None:
    go_in(page, address)
    page.wait_for_url("**/danh-muc?period=2026-Q1*", timeout=40_000)
    page.get_by_text("Nguyễn Văn An").wait_for(timeout=40_000)
    cookies = {one["name"]: one for one in page.context.cookies()}
    assert cookies["hpmap_session"]["httpOnly"]
    assert "hpmap_next" not in cookies
    assert {"/authorize", "/token", "/jwks"} <= set(provider.asked)
    page.goto(f"{address}/tai-khoan")
    assert page.get_by_text("Mật khẩu hiện tại").count() == 0
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.wait_for_url(f"{address}/", timeout=40_000)
    page.get_by_role("link", name="Đăng nhập").wait_for(timeout=40_000)
    assert "/end" in provider.asked
    left = {one["name"] for one in page.context.cookies()}
    assert not left & {"hpmap_session", "_streamlit_user"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"email": "la@haiphong.gov.vn", "email_verified": True}, "chưa có tài khoản"),
        ({"email": EMAIL, "email_verified": False}, "chưa xác nhận"),
        ({"email": EMAIL}, "chưa xác nhận"),
    ],
)
def test_who_is_not_vouched_for_or_has_no_account_is_told_so(
    page: Page, address: str, provider: Provider, claims: dict[str, object], told: str
) -> None:
    before, provider.claims = provider.claims, claims
    try:
        go_in(page, address)
        page.get_by_text(told).wait_for(timeout=40_000)
    finally:
        provider.claims = before
    assert "hpmap_session" not in {one["name"] for one in page.context.cookies()}
    assert page.request.get(f"{address}/hpmap/suggest?q=x").status == 401


@pytest.mark.slow
def test_a_token_that_another_key_signed_lets_nobody_in(
    page: Page, address: str, provider: Provider
) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "k1"})
    try:
        go_in(page, address)
        page.wait_for_url(f"{address}/", timeout=40_000)
        page.get_by_role("link", name="Đăng nhập").wait_for(timeout=40_000)
    finally:
        provider.signing = None
    assert "hpmap_session" not in {one["name"] for one in page.context.cookies()}


def test_no_password_lets_anybody_in(page: Page, address: str) -> None:
    answer = page.request.post(f"{address}/dang-nhap", form={"name": "an", "password": "x"})
    assert answer.status == 403


def test_no_secret_is_in_the_repository() -> None:
    assert "/.streamlit/secrets.toml" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
