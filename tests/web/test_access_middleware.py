"""Who comes in: by the name of the server, from where, with which cookie, to which address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from geo.i18n import t
from store.accounts.accounts import Account, change_account
from store.accounts.sessions import clear_session_cache
from store.bootstrap import StoreStart
from store.db.database import get_sqlite_file
from store.db.errors import AccountError
from store.users.access_settings import load_access_settings
from store.users.users import PERSONAL
from tests.accounts_here import PASSWORD, make, quick_store  # noqa: F401
from tests.people import ADMIN
from tests.web.guarded import HEADERS, HERE, PAGE, served, signed_in
from web.request_user import (
    COOKIE,
    authenticate_request,
    is_same_origin,
    read_host,
    read_session_cookie,
)
from web.server import build_middleware

pytestmark = pytest.mark.usefixtures("quick_store")


def test_without_accounts_the_own_machine_needs_no_login() -> None:
    for address in (HERE, "http://localhost:8501", "http://[::1]:8501"):
        assert served(address).get("/facts").text == "facts for local"


def test_a_store_that_cannot_be_opened_is_told_without_its_place_to_others(
    quick_store: str,  # noqa: F811
) -> None:
    make("chu", "administrator")
    file = get_sqlite_file(quick_store)
    file.write_bytes(b"")
    clear_session_cache()
    here = served().get("/facts")
    assert (here.status_code, str(file) in here.text) == (503, True)
    away = served(caller="10.0.0.7").get("/facts")
    assert (away.status_code, str(file) in away.text) == (503, False)
    assert "kho dữ liệu" in away.text
    assert file.read_bytes() == b""


def test_a_store_that_could_not_be_made_at_first_is_made_by_a_later_request(
    quick_store: str,  # noqa: F811
) -> None:
    file = get_sqlite_file(quick_store)
    whole = file.read_bytes()
    file.write_bytes(b"not a store")
    browser = served()
    assert browser.get("/facts").status_code == 503
    file.write_bytes(whole)
    assert browser.get("/facts").text == "facts for local"
    file.unlink()
    lost = browser.get("/facts")
    assert (lost.status_code, "đã mất" in lost.text) == (503, True)
    assert not file.exists()


@pytest.mark.parametrize("caller", ["10.0.0.7", "192.168.1.2", "::ffff:10.0.0.7", "", "testclient"])
def test_without_accounts_nobody_comes_from_another_machine(caller: str) -> None:
    assert served(caller=caller).get("/facts").status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_without_accounts_nobody_comes_through_a_proxy(header: str) -> None:
    assert served().get("/facts", headers={header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:1", "", "::", "[x"],
)
def test_a_name_that_is_not_the_servers_is_refused(host: str) -> None:
    """A foreign site whose name was made to point here (DNS rebinding) gets nothing."""
    for path in ("/facts", "/dang-nhap", "/hpmap/phone/data", "/_stcore/health"):
        assert served().get(path, headers={"host": host}).status_code == 400


def test_the_personal_install_ends_with_the_first_account() -> None:
    browser = served()
    with browser.websocket_connect("ws://127.0.0.1/_stcore/stream") as socket:
        socket.send_text("a")
        assert socket.receive_text() == "a"
        make("chu", "administrator")
        socket.send_text("b")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
    assert browser.get("/facts", headers=PAGE).headers["location"].startswith("/dang-nhap")
    assert browser.get("/facts").status_code == 401


@pytest.mark.parametrize(
    "setting", [("HPMAP_ACCOUNTS_REQUIRED", "1"), ("HPMAP_ALLOWED_HOSTS", "map.example.vn")]
)
def test_a_server_for_a_network_is_never_a_personal_install(
    setting: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*setting)
    assert served().get("/facts").status_code == 403


def test_settings_that_cannot_be_meant_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("HPMAP_SIGN_IN", "ldap"),
        ("HPMAP_SESSION_HOURS", "0"),
        ("HPMAP_SESSION_HOURS", "forever"),
        ("HPMAP_ALLOWED_HOSTS", "https://map.example.vn"),
        ("HPMAP_ALLOWED_HOSTS", "*"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(AccountError, match=name):
                build_middleware(StoreStart())
    assert load_access_settings().session_hours == 12


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_page_changes_nothing_and_opens_no_socket(headers: dict[str, str]) -> None:
    make("an")
    browser = signed_in()
    for path in ("/facts", "/dang-xuat", "/dang-nhap", "/tai-khoan"):
        assert browser.post(path, headers=headers).status_code == 403
    with pytest.raises(WebSocketDisconnect):
        browser.websocket_connect("ws://127.0.0.1/_stcore/stream", headers=headers).__enter__()
    assert browser.get("/facts").text == "facts for an"


def test_our_own_page_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPMAP_ALLOWED_HOSTS", "Map.example.vn, 10.1.2.3")
    make("an")
    browser = signed_in(address="https://map.example.vn", caller="10.9.9.9")
    own = {"origin": "https://map.example.vn", "sec-fetch-site": "same-origin"}
    assert browser.post("/facts", headers=own).text == "facts for an"
    assert browser.post("/facts", headers={"host": "10.1.2.3", **own}).status_code == 403


def test_streamlits_way_without_a_browser_is_closed() -> None:
    make("an")
    for browser in (served(), signed_in()):
        assert browser.get("/_stcore/agent/openapi.json").status_code == 404


def test_a_socket_ends_with_its_session() -> None:
    number = make("an", "planner")
    make("chu", "administrator")
    for end in (
        lambda browser: browser.post("/dang-xuat"),
        lambda _: change_account(number, Account("an", "viewer"), ADMIN),
        lambda _: change_account(number, Account("an", "viewer", active=False), ADMIN),
    ):
        browser = signed_in()
        with browser.websocket_connect("ws://127.0.0.1/_stcore/stream") as socket:
            socket.send_text("a")
            assert socket.receive_text() == "a"
            end(browser)
            socket.send_text("b")
            with pytest.raises(WebSocketDisconnect) as closed:
                socket.receive_text()
            assert closed.value


def test_a_strangers_socket_is_closed_at_once() -> None:
    make("an")
    for cookie in ("", f"{COOKIE}=x", f"{COOKIE}={'x' * 500}"):
        with pytest.raises(WebSocketDisconnect):
            served().websocket_connect(
                "ws://127.0.0.1/_stcore/stream", headers={"cookie": cookie}
            ).__enter__()


def test_reading_without_login_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    make("an")
    assert served().get("/facts").status_code == 401
    monkeypatch.setenv("HPMAP_PUBLIC_READING", "1")
    assert served().get("/facts").text == "facts for "
    assert served().get("/dang-nhap").status_code == 200


def test_every_answer_has_the_headers() -> None:
    make("an")
    stranger, browser = served(), signed_in()
    for client in (stranger, browser):
        for path in ("/facts", "/dang-nhap", "/tai-khoan", "/nowhere", "/broken", "/hpmap/x/y.js",
                     "/_stcore/agent/openapi.json"):  # fmt: skip
            for more in ({}, PAGE, {"host": "evil.example"}):
                answer = client.get(path, headers=more)
                assert [name for name in HEADERS if name not in answer.headers] == [], path
                assert "strict-transport-security" not in answer.headers


def test_a_failure_tells_the_browser_nothing(caplog: pytest.LogCaptureFixture) -> None:
    answer = served().get("/broken")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "nhật ký" in answer.text
    assert caplog.records


def test_over_tls_browsers_are_told_to_stay_there(monkeypatch: pytest.MonkeyPatch) -> None:
    direct = served("https://127.0.0.1").get("/dang-nhap")
    assert "max-age=31536000" in direct.headers["strict-transport-security"]
    proxied = {"x-forwarded-proto": "https"}
    assert "strict-transport-security" not in served().get("/", headers=proxied).headers
    monkeypatch.setenv("HPMAP_BEHIND_PROXY", "1")
    assert "strict-transport-security" in served().get("/", headers=proxied).headers


def test_only_a_proxy_on_this_machine_says_who_asks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make("an")
    form = {"name": "an", "password": PASSWORD}
    seen = {"x-forwarded-for": "1.2.3.4, 10.0.0.7", "x-forwarded-proto": "https"}
    for behind, caller, address, secure in (
        ("1", "127.0.0.1", "10.0.0.7", True),
        ("0", "127.0.0.1", "127.0.0.1", False),
        ("1", "10.9.9.9", "10.9.9.9", False),
    ):
        monkeypatch.setenv("HPMAP_BEHIND_PROXY", behind)
        caplog.clear()
        with caplog.at_level("INFO", logger="hpmap.events"):
            answer = served(caller=caller).post("/dang-nhap", data=form, headers=seen)
        assert f"address={address}" in caplog.text
        assert ("secure" in answer.headers["set-cookie"].lower()) is secure


@given(st.text(alphabet=st.characters(max_codepoint=255)))
def test_no_cookie_or_host_upsets_the_guard(text: str) -> None:
    read_session_cookie({"cookie": text})
    read_session_cookie({"cookie": f"{text}; {COOKIE}=t"})
    read_host({"host": text})
    is_same_origin({"origin": text, "host": text})


def test_other_cookies_do_not_hide_ours() -> None:
    assert read_session_cookie({"cookie": 'a={"b": 1; hpmap_session=t; c=a b'}) == "t"


def test_a_signed_in_request_is_not_taken_for_the_personal_installs() -> None:
    scope = {"type": "http", "headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 1)}
    assert authenticate_request(scope) is PERSONAL
    make("an")
    assert authenticate_request(scope) is None


def test_a_refusal_speaks_the_readers_language() -> None:
    make("an")
    browser = served()
    here = t("accounts.page.why", "en")
    assert browser.get("/facts?lang=en").text == here
    assert browser.get("/facts", headers={"referer": f"{HERE}/ban-do?lang=en"}).text == here
    assert browser.get("/facts").text == t("accounts.page.why", "vi") != here
    wrong = browser.post("/dang-nhap?lang=en", data={"name": "an", "password": "no"})
    assert t("accounts.fault.wrong", "en") in wrong.text
    opened = browser.get("/ban-do?lang=en", headers=PAGE)
    assert "lang=en" in opened.headers["location"].partition("next=")[2]


def test_refusals_and_sign_ins_are_events_of_the_log_without_secrets(
    caplog: pytest.LogCaptureFixture,
) -> None:
    make("an")
    with caplog.at_level("INFO", logger="hpmap.events"):
        signed_in()
        served().get("/facts?ticket=secret")
    text = caplog.text
    assert "event=sign_in user=an outcome=ok" in text
    assert "event=refusal method=GET path=/facts status=401" in text
    assert PASSWORD not in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1:8501", "127.0.0.1"),
        ("[::1]:8501", "[::1]"),
        ("Bando.HaiPhong.gov.vn", "bando.haiphong.gov.vn"),
        ("127.0.0.1:8501,evil.example", ""),
        ("127.0.0.1:8501, evil.example:80", ""),
        ("evil.example@127.0.0.1", ""),
        ("127.0.0.1:x", ""),
        ("", ""),
    ],
)
def test_several_names_in_one_request_are_none(host: str, name: str) -> None:
    assert read_host({"host": host}) == name
