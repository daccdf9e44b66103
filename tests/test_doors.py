"""Every address of the running server, asked by a stranger and by somebody of every role.

The real program on a real port: its guard, its routes, Streamlit's own, its sockets.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from geo.paths import ROOT
from pages.navigation import SECTIONS
from store.accounts.sessions import sign_in, sign_out
from store.db.schema_accounts import ROLES
from tests.accounts_here import PASSWORD
from web.request_user import COOKIE
from web.server import build_routes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers import App

PAGES = tuple(entry.path for entries in SECTIONS.values() for entry in entries)
OPEN = re.compile(
    r"/dang-nhap|/hpmap/enter|/hpmap/\{version\}/\{name\}|/hpmap/phone/?(?:sw\.js|manifest.*|\{.*)?"
)
"""Routes that answer a stranger: with a way in, a file that tells nothing, or a refusal of their
own (each is looked at below)."""

STREAMLITS = (
    "/", "/media/x.png", "/component/streamlit_folium.st_folium/index.html", "/_stcore/metrics",
    "/_stcore/upload_file/x/y", "/_stcore/script-health-check", "/app/static/x.png", "/x/y/z",
    "//danh-muc", "/danh-muc/", "/%64anh-muc", "/static/../danh-muc", "/auth/login",
    "/oauth2callback", "/_stcore/bidi-components/x.js",
)  # fmt: skip


@dataclass(frozen=True)
class Server:
    """The program under test; ``tokens`` are good sessions by role."""

    address: str
    tokens: dict[str, str]
    log: Path

    def ask(
        self, path: str, token: str = "", method: str = "GET", **headers: str
    ) -> tuple[int, str, str]:
        """Return status, where it sends the browser, and the body."""
        whole = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            whole["Cookie"] = f"{COOKIE}={token}"
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        connection.request(method, path, headers=whole)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, answer.headers.get("Location", ""), body

    def socket(self, token: str = "", **headers: str):
        """Open the socket that pages live on."""
        whole = dict(headers) | ({"Cookie": f"{COOKIE}={token}"} if token else {})
        where = self.address.replace("http", "ws") + "/_stcore/stream"
        return connect(where, subprotocols=["streamlit"], additional_headers=whole)


@pytest.fixture(scope="module")
def server(guarded_app: App) -> Server:
    with guarded_app.store_here():
        tokens = {role: sign_in(f"vai-{role}", PASSWORD).token for role in ROLES}
    return Server(guarded_app.address, tokens, guarded_app.log)


def test_every_pages_address_sends_a_stranger_to_the_way_in(server: Server) -> None:
    for path in PAGES:
        status, where, body = server.ask(f"/{path}?period=2026-Q1", Accept="text/html")
        assert (status, where) == (303, f"/dang-nhap?next=%2F{path}%3Fperiod%3D2026-Q1")
        assert body == ""
        status, _, body = server.ask(f"/{path}")
        assert status == 401, path
        assert len(body) < 200


def test_streamlits_own_addresses_tell_a_stranger_nothing(server: Server) -> None:
    for path in STREAMLITS:
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
            status, _, body = server.ask(path, method=method)
            assert status in {400, 401, 403, 404, 405}, (method, path, body[:200])
            assert len(body) < 300, (method, path)


def test_every_route_of_ours_refuses_a_stranger_or_tells_nothing(server: Server) -> None:
    asked = 0
    for route in build_routes():
        path = re.sub(r"\{\w+(?::\w+)?\}", "x" * 16, route.path)
        for method in sorted(route.methods or {"GET"}):
            status, where, body = server.ask(path, method=method, Sec_Fetch_Site="same-origin")
            asked += 1
            told = f"{method} {route.path}: {status} {body[:100]}"
            if OPEN.fullmatch(route.path) or "/phone" in route.path:
                assert status in {200, 303, 307, 308, 400, 401, 403, 404}, told
                assert "KP-" not in body, told
                assert PASSWORD not in where + body
            else:
                assert status == 401, told
    assert asked > 10


@pytest.mark.parametrize("name", ["data", "visits", "confirm", "visits/x/photos"])
def test_the_phones_data_is_for_who_may_use_it(server: Server, name: str) -> None:
    method = "GET" if name == "data" else "POST"
    headers = {"Sec_Fetch_Site": "same-origin", "X_Hpmap": "1"}
    assert server.ask(f"/hpmap/phone/{name}", method=method, **headers)[0] in {401, 403}
    status = server.ask(f"/hpmap/phone/{name}", server.tokens["viewer"], method, **headers)[0]
    assert status == 403


@pytest.mark.parametrize("role", ROLES)
def test_everybody_with_an_account_gets_the_shell_and_a_socket(server: Server, role: str) -> None:
    token = server.tokens[role]
    for path in PAGES:
        status, where, _ = server.ask(f"/{path}", token, Accept="text/html")
        first = path == "ban-do"  # which is / once the server knows its pages
        assert status == 200 or (first and (status, where) == (303, "/")), path
    with server.socket(token) as socket:
        assert socket.subprotocol == "streamlit"
    assert server.ask("/_stcore/agent/openapi.json", token)[0] == 404
    assert server.ask("/_stcore/agent/interact", token, "POST")[0] == 404


@pytest.mark.parametrize("token", ["", "planted", "x" * 300])
def test_without_a_session_there_is_no_socket(server: Server, token: str) -> None:
    with pytest.raises(InvalidStatus) as refused, server.socket(token):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_no_other_site_opens_a_socket(server: Server, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus), server.socket(server.tokens["administrator"], **headers):
        pass


def test_a_name_that_points_here_from_elsewhere_gets_nothing(server: Server) -> None:
    for path in ("/", "/dang-nhap", "/_stcore/health", "/danh-muc"):
        status, _, _ = server.ask(path, server.tokens["administrator"], Host="evil.example")
        assert status == 400


def test_an_open_socket_is_cut_when_its_session_ends(server: Server, guarded_app: App) -> None:
    with guarded_app.store_here():
        token = sign_in("vai-planner", PASSWORD).token
        with server.socket(token) as socket:
            sign_out(token)
            time.sleep(2.2)  # longer than an answer is kept
            socket.send(b"\x00")
            with pytest.raises(ConnectionClosed) as closed:
                all(socket.recv(timeout=60) is not None for _ in range(100))
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_the_log_holds_no_password_token_or_cookie(server: Server) -> None:
    body = f"name=vai-viewer&password={PASSWORD}".encode()
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/dang-nhap", body, form)
    cookie = connection.getresponse().headers["Set-Cookie"]
    connection.close()
    told = server.log.read_text("utf-8")
    assert PASSWORD not in told
    assert cookie.partition("=")[2].partition(";")[0] not in told
    assert not [token for token in server.tokens.values() if token in told]


def test_settings_that_cannot_be_meant_stop_the_program(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env={"HPMAP_SIGN_IN": "ldap", "HPMAP_STATE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode != 0
    assert "HPMAP_SIGN_IN" in told.stderr
