"""Who comes in: by the name of the server, from where, with which cookie, to which address."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request  # noqa: TC002 - the routes are called with it
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from geo.errors import AccountError
from layers.sign_in import MAX_FORM_BYTES, safe_next
from layers.web import map_middleware, map_routes
from layers.web_user import COOKIE, cookie_of, find_user, host_of, same_origin, user_of
from store import sessions
from store.access import access
from store.accounts import Account, change_account, set_password
from store.people import PERSONAL
from store.sessions import WINDOW_MINUTES, session_user, ticket_for
from tests.accounts_here import PASSWORD, made_store, make, quick_store  # noqa: F401
from tests.people import ADMIN

pytestmark = pytest.mark.usefixtures("quick_store")
HERE = "http://127.0.0.1"
PAGE = {"accept": "text/html"}
HEADERS = (
    "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
    "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy",
)  # fmt: skip


async def _secret(request: Request) -> PlainTextResponse:
    user = user_of(request)
    return PlainTextResponse(f"facts for {user.name if user else None}")


async def _broken(_request: Request) -> PlainTextResponse:
    raise RuntimeError("password=hunter2")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            await socket.send_text(await socket.receive_text())


def served(address: str = HERE, caller: str = "127.0.0.1") -> TestClient:
    """Return a browser of the guarded server, with a page, a socket and a failure behind it."""
    routes = [
        *map_routes(),
        Route("/facts", _secret, methods=["GET", "POST"]),
        Route("/broken", _broken),
        Route("/_stcore/agent/openapi.json", _secret),
        WebSocketRoute("/_stcore/stream", _echo),
    ]
    app = Starlette(routes=routes, middleware=list(map_middleware()))
    return TestClient(
        app, address, client=(caller, 50000), follow_redirects=False, raise_server_exceptions=False
    )


def signed_in(name: str = "an", **more: str) -> TestClient:
    browser = served(**more)
    answer = browser.post("/dang-nhap", data={"name": name, "password": PASSWORD})
    assert answer.status_code == 303
    return browser


# The personal install


def test_without_accounts_the_own_machine_needs_no_login() -> None:
    for address in (HERE, "http://localhost:8501", "http://[::1]:8501"):
        assert served(address).get("/facts").text == "facts for local"


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
                map_middleware()
    assert access().session_hours == 12


# Signing in and out


def test_a_stranger_is_sent_to_the_way_in_and_back() -> None:
    make("an")
    browser = served()
    answer = browser.get("/facts?period=2026-Q1&x=%20", headers=PAGE)
    way_in = answer.headers["location"]
    assert answer.status_code == 303
    form = browser.get(way_in)
    wanted = re.search(r'name="next" value="([^"]*)"', form.text)
    assert wanted
    entered = browser.post(
        "/dang-nhap",
        data={"name": "an", "password": PASSWORD, "next": wanted[1].replace("&amp;", "&")},
    )
    assert entered.headers["location"] == "/facts?period=2026-Q1&x=%20"
    assert browser.get(entered.headers["location"]).text == "facts for an"


def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site() -> None:
    make("an")
    for address, secure in ((HERE, False), ("https://127.0.0.1", True)):
        answer = served(address).post("/dang-nhap", data={"name": "an", "password": PASSWORD})
        cookie = answer.headers["set-cookie"].lower()
        assert cookie.startswith(f"{COOKIE}=")
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "path=/" in cookie
        assert "max-age=43200" in cookie
        assert ("secure" in cookie) is secure


def test_a_session_known_beforehand_is_not_the_one_that_begins() -> None:
    """A cookie that somebody planted before signing in stays worthless (session fixation)."""
    make("an")
    browser = served()
    browser.cookies.set(COOKIE, "planted")
    answer = browser.post("/dang-nhap", data={"name": "an", "password": PASSWORD})
    assert "planted" not in answer.headers["set-cookie"]
    assert session_user("planted") is None
    old = browser.cookies.get(COOKIE, domain="127.0.0.1") or answer.cookies[COOKIE]
    again = browser.post("/dang-nhap", data={"name": "an", "password": PASSWORD})
    assert again.cookies[COOKIE] != old


def test_a_wrong_password_says_nothing_but_that(caplog: pytest.LogCaptureFixture) -> None:
    make("an")
    browser = served()
    faults = set()
    for name in ("an", "ai-khac"):
        answer = browser.post("/dang-nhap", data={"name": name, "password": "<b>sai mật khẩu"})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert "<b>sai" not in answer.text
        faults.add(answer.text)
    assert len(faults) == 1
    assert "sai mật khẩu" not in caplog.text


def test_lockout_is_told() -> None:
    make("an")
    browser = served()
    for _ in range(sessions.MOST_WRONG_PER_NAME):
        browser.post("/dang-nhap", data={"name": "an", "password": "sai"})
    answer = browser.post("/dang-nhap", data={"name": "an", "password": PASSWORD})
    assert answer.status_code == 401
    assert f"{WINDOW_MINUTES} phút" in answer.text


def test_signing_out_ends_the_session_and_empties_the_browser() -> None:
    make("an")
    browser = signed_in()
    token = browser.cookies[COOKIE]
    assert browser.get("/facts").text == "facts for an"
    left = browser.post("/dang-xuat")
    assert left.headers["location"] == "/dang-nhap"
    assert 'hpmap_session=""' in left.headers["set-cookie"]
    assert left.headers["clear-site-data"] == '"cache"'
    assert session_user(token) is None
    assert browser.get("/facts", headers={"cookie": f"{COOKIE}={token}"}).status_code == 401


def test_signing_out_everywhere() -> None:
    make("an")
    here, there = signed_in(), signed_in()
    here.post("/dang-xuat", data={"everywhere": "1"})
    assert there.get("/facts").status_code == 401


def test_a_link_to_sign_out_does_nothing() -> None:
    make("an")
    browser = signed_in()
    assert browser.get("/dang-xuat").status_code == 405
    assert browser.get("/facts").text == "facts for an"


def test_a_ticket_lets_in_once_and_from_our_own_page_only() -> None:
    ticket = ticket_for(make("an"))
    browser = served()
    for site in ("cross-site", "same-site", "none"):
        answer = browser.get(f"/hpmap/enter?ticket={ticket}", headers={"sec-fetch-site": site})
        assert answer.status_code == 403
    browser.cookies.set("hpmap_next", "/facts")
    own = {"sec-fetch-site": "same-origin"}
    answer = browser.get(f"/hpmap/enter?ticket={ticket}", headers=own)
    assert answer.headers["location"] == "/facts"
    assert browser.get("/facts").text == "facts for an"
    assert served().get(f"/hpmap/enter?ticket={ticket}", headers=own).status_code == 401


def test_who_must_change_their_password_sees_nothing_else() -> None:
    number = make("an")
    set_password(number, "mật khẩu do quản trị đặt", ADMIN)
    browser = served()
    browser.post("/dang-nhap", data={"name": "an", "password": "mật khẩu do quản trị đặt"})
    assert browser.get("/facts", headers=PAGE).headers["location"] == "/tai-khoan"
    with pytest.raises(WebSocketDisconnect):
        browser.websocket_connect("ws://127.0.0.1/_stcore/stream").__enter__()
    assert "Hãy đặt mật khẩu" in browser.get("/tai-khoan").text
    form = {"old": "mật khẩu do quản trị đặt", "new": PASSWORD}
    assert "Đã đổi mật khẩu" in browser.post("/tai-khoan", data=form).text
    assert signed_in().get("/facts").text == "facts for an"


def test_a_large_form_is_not_read() -> None:
    make("an")
    form = {"name": "an", "password": PASSWORD, "next": "/" + "x" * MAX_FORM_BYTES}
    assert served().post("/dang-nhap", data=form).status_code == 401


def test_markup_in_names_stays_text() -> None:
    make("an", shown="<script>alert(1)</script>")
    told = signed_in().get("/tai-khoan").text
    assert "<script>" not in told
    assert "&lt;script&gt;" in told


# Requests from elsewhere


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


# Headers


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


def test_pages_of_ours_hold_no_script_and_stay_in_no_browser() -> None:
    make("an")
    for answer in (served().get("/dang-nhap"), signed_in().get("/tai-khoan")):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "<script" not in answer.text


# Small parts


@given(st.text())
def test_after_signing_in_nobody_lands_elsewhere(wanted: str) -> None:
    for text in (wanted, "/" + wanted, "//" + wanted, "/\\" + wanted, "http:" + wanted):
        where = safe_next(text)
        parts = urlsplit(where)
        assert where.startswith("/")
        assert not where.startswith(("//", "/\\"))
        assert not parts.scheme
        assert not parts.netloc
        assert where.isprintable()


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example",
        "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "///evil.example", "", " /",
        "evil.example", "/dang-xuat", "/dang-nhap?next=/", "/" + "x" * 3000, "http:evil.example",
    ],
)  # fmt: skip
def test_known_ways_to_lead_astray(wanted: str) -> None:
    assert safe_next(wanted) == "/"


def test_a_good_address_is_kept() -> None:
    assert safe_next("/danh-muc?period=2026-Q1&text=cầu") == "/danh-muc?period=2026-Q1&text=cầu"


@given(st.text(alphabet=st.characters(max_codepoint=255)))
def test_no_cookie_or_host_upsets_the_guard(text: str) -> None:
    cookie_of({"cookie": text})
    cookie_of({"cookie": f"{text}; {COOKIE}=t"})
    host_of({"host": text})
    same_origin({"origin": text, "host": text})


def test_other_cookies_do_not_hide_ours() -> None:
    assert cookie_of({"cookie": 'a={"b": 1; hpmap_session=t; c=a b'}) == "t"


def test_a_signed_in_request_is_not_taken_for_the_personal_installs() -> None:
    scope = {"type": "http", "headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 1)}
    assert find_user(scope) is PERSONAL
    make("an")
    assert find_user(scope) is None
