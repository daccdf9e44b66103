"""An address that no page has is answered with a way back, ours with the app, others pass."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from store.users.users import PERSONAL, User
from web import not_found
from web.not_found import NotFoundMiddleware, register_page_paths
from web.request_user import SCOPE_KEY

PAGE = {"accept": "text/html,*/*"}


async def _app(_request: object) -> PlainTextResponse:
    return PlainTextResponse("app")


class Reader:
    """The access check's place: it says who asks."""

    user: User | None = PERSONAL

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass."""
        scope[SCOPE_KEY] = self.user
        await self._app(scope, receive, send)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(not_found, "_KNOWN", [])
    app = Starlette(
        routes=[Route("/{all:path}", _app)],
        middleware=[Middleware(Reader), Middleware(NotFoundMiddleware)],
    )
    return TestClient(app, follow_redirects=False)


def test_what_no_page_has_is_said_in_the_readers_language(browser: TestClient) -> None:
    assert browser.get("/khong-co", headers=PAGE).is_success  # nobody has read the pages yet
    register_page_paths(["ban-do", "danh-muc"])
    for path, words in (("khong-co", "Không có trang này"), ("x?lang=en", "No such page")):
        answer = browser.get(f"/{path}", headers=PAGE)
        assert (answer.status_code, words in answer.text) == (404, True)
    hostile = browser.get("/%3Cscript%3E?lang=%3Cb%3E", headers=PAGE)
    assert "<script" not in hostile.text
    assert hostile.status_code == 404


def test_a_page_is_told_where_its_server_is(browser: TestClient) -> None:
    """Else the browser asks ``/danh-muc/_stcore/health`` first, and is answered 404."""
    register_page_paths(["ban-do", "danh-muc"])
    answer = browser.get("/danh-muc?x=1", headers=PAGE)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.text.index("BACKEND_BASE_URL") < answer.text.index('<script type="module"')
    assert answer.text.count("<head>") == 1


def test_the_map_s_page_names_its_files_once_the_map_is_ready(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_page_paths(["ban-do", "danh-muc"])
    monkeypatch.setattr(not_found, "is_layer_loaded", lambda: True)
    answer = browser.get("/?period=2026-Q1", headers=PAGE)
    head = answer.text.split("</head>")[0]
    assert "modulepreload" in head
    assert "BACKEND_BASE_URL" in head
    assert 'src="./hpmap/frame/map?period=2026-Q1"' in answer.text
    assert "hpmap/frame" not in browser.get("/danh-muc", headers=PAGE).text


def test_who_may_not_read_the_map_gets_the_page_without_one(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the organisation signs people in, the page passes for whoever is still to sign in."""
    register_page_paths(["ban-do"])
    monkeypatch.setattr(not_found, "is_layer_loaded", lambda: True)
    for user in (None, replace(PERSONAL, must_change=True)):
        monkeypatch.setattr(Reader, "user", user)
        answer = browser.get("/", headers=PAGE)
        assert answer.status_code == 200
        assert "hpmap/frame" not in answer.text


def test_an_address_stands_in_the_map_s_page_as_text_only(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_page_paths(["ban-do"])
    monkeypatch.setattr(not_found, "is_layer_loaded", lambda: True)
    answer = browser.get("/?text=\"><script>alert(1)</script>&v='", headers=PAGE)
    assert "<script>alert" not in answer.text
    assert '?text="' not in answer.text


def test_files_and_our_own_addresses_pass(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(not_found, "is_layer_loaded", lambda: False)
    register_page_paths(["ban-do", "danh-muc"])
    for path in ("/", "/danh-muc/?x=1", "/tai-khoan", "/favicon.png", "/static/js/x"):
        assert browser.get(path, headers=PAGE).text == "app", path
    assert browser.get("/khong-co").text == "app"
    assert browser.post("/khong-co", headers=PAGE).status_code == 405


def test_the_first_page_is_at_the_empty_address(browser: TestClient) -> None:
    register_page_paths(["ban-do", "danh-muc"])
    answer = browser.get("/ban-do?period=2026-Q1", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?period=2026-Q1")
