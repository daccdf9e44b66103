"""The operators' page does what it says: its blocks run on loopback, nginx and PostgreSQL included.

Left out, and said so, where nginx, gpg or a PostgreSQL server is missing.
"""

from __future__ import annotations

import os
import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.browser.conftest import BROWSER_FLAGS, chromium
from tests.operations.site import HOST, SERVER, Site, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

FIRST = "mat khau dau tien"
PASSWORD = "mot cau dai de nho"  # noqa: S105 - of an account that lives for one test
NEEDED = ("nginx", "gpg", "openssl", "pg_dump")
MISSING = [name for name in NEEDED if not shutil.which(name)] + ([] if SERVER else ["PostgreSQL"])
if MISSING and os.environ.get("HPMAP_NEED_TOOLS"):
    pytest.fail(f"needed here and not there: {MISSING}", pytrace=False)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)}"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    folder.chmod(0o755)
    schema = f"site_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    made = Site(folder, schema)
    (folder / "key").write_text(secrets.token_hex(32))
    (folder / "gnupg").mkdir(mode=0o700)
    done = made.run("administrator", told=f"{FIRST}\n")
    assert done.returncode == 0, done.stderr
    try:
        made.start()
        choose_password(made)
        yield made
    finally:  # else its programs would run on, and be found by whatever test comes later
        made.stop()
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


def choose_password(site: Site) -> None:
    """Sign in for the first time: nothing opens before the password is one's own."""
    with site.visitor() as client:
        form = {"name": "quantri", "password": FIRST, "next": "/danh-muc"}
        assert client.post(f"{site.address}/dang-nhap", data=form).status_code == 303
        assert client.get(f"{site.address}/danh-muc").headers["location"] == (
            "/tai-khoan?next=%2Fdanh-muc"
        )
        form = {"old": FIRST, "new": PASSWORD}
        assert client.post(f"{site.address}/tai-khoan", data=form).status_code == 200


def sign_in(client: httpx2.Client, site: Site) -> None:
    form = {"name": "quantri", "password": PASSWORD, "next": "/danh-muc"}
    answer = client.post(f"{site.address}/dang-nhap", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/danh-muc")


def test_a_stranger_is_led_to_the_sign_in_and_sees_no_facts(site: Site) -> None:
    with site.visitor() as client:
        answer = client.get(f"{site.address}/danh-muc")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/dang-nhap?next=")
        assert "Đăng nhập" in client.get(f"{site.address}/dang-nhap").text
        assert "Strict-Transport-Security" in answer.headers
        for path in ("/hpmap/suggest?q=cat", "/hpmap/phone/data", "/hpmap/photo/x"):
            answer = client.get(site.address + path, headers={"Accept": "*/*"})
            assert answer.status_code in {401, 404}, path


def test_the_server_answers_to_its_own_name_only(site: Site) -> None:
    address = f"http://127.0.0.1:{site.apps['8501']}/"
    with site.visitor() as client:
        for host, code in (("evil.example", 400), (HOST, 303)):
            assert client.get(address, headers={"Host": host}).status_code == code


def test_cookies_are_for_this_server_over_tls_only(site: Site) -> None:
    with site.visitor() as client:
        form = {"name": "quantri", "password": PASSWORD, "next": "/"}
        answer = client.post(f"{site.address}/dang-nhap", data=form)
    cookies = answer.headers.get_list("set-cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"hpmap_session", "hpmap_node"}
    for cookie in cookies:
        assert {"httponly", "secure", "samesite=lax"} <= {
            part.strip().lower() for part in cookie.split(";")
        }


def test_a_session_holds_on_both_processes_and_outlives_one(site: Site) -> None:
    with site.visitor() as client:
        sign_in(client, site)
        session = client.cookies["hpmap_session"]
        client.cookies.clear()

        def ask(node: str) -> int:
            cookies = {"Cookie": f"hpmap_session={session}; hpmap_node={node}"}
            address = f"{site.address}/hpmap/suggest?q=cat"
            return client.get(address, headers=cookies).status_code

        assert [ask("n1"), ask("n2"), ask("elsewhere")] == [200, 200, 200]
        site.stop("8502")
        try:
            assert ask("n2") == 200
        finally:
            site.start_app("8502")
            wait_for(f"http://127.0.0.1:{site.apps['8502']}/_stcore/health")


def test_the_map_works_through_the_proxy_in_a_browser(site: Site) -> None:
    path = chromium()
    if path is None:
        pytest.skip("Chromium is not installed")
    # In a thread: other tests may hold a Playwright of their own open in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(_see_the_map, site, path).result()


def _see_the_map(site: Site, path: str) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    rules = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*BROWSER_FLAGS, rules])
        page = browser.new_context(ignore_https_errors=True).new_page()
        page.goto(f"https://{HOST}:{site.ports['443']}/danh-muc")
        page.get_by_label("Tên tài khoản").fill("quantri")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url("**/danh-muc")
        page.goto(f"https://{HOST}:{site.ports['443']}/")
        frame = page.frame_locator("iframe[title*='streamlit_folium']")
        frame.locator("body[data-shown]").wait_for(timeout=60_000)
        browser.close()


def test_a_backup_is_encrypted_and_comes_back_whole(site: Site) -> None:
    done = site.run("backup")
    assert done.returncode == 0, done.stderr
    sealed = site.folder / "store.backup.gpg"
    assert not (site.folder / "store.backup").exists()
    assert b"PGDMP" not in sealed.read_bytes()[:100]
    done = site.run("restore")
    assert done.returncode == 0, done.stderr
