"""An address that no page has is answered with a way back; all others pass."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from web import not_found
from web.not_found import NotFoundMiddleware, register_page_paths

PAGE = {"accept": "text/html,*/*"}


async def _app(_request: object) -> PlainTextResponse:
    return PlainTextResponse("app")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(not_found, "_KNOWN", [])
    app = Starlette(
        routes=[Route("/{all:path}", _app)], middleware=[Middleware(NotFoundMiddleware)]
    )
    return TestClient(app, follow_redirects=False)


def test_what_no_page_has_is_said_in_the_readers_language(browser: TestClient) -> None:
    assert browser.get("/khong-co", headers=PAGE).text == "app"  # nobody has read the pages yet
    register_page_paths(["ban-do", "danh-muc"])
    for path, words in (("khong-co", "Không có trang này"), ("x?lang=en", "No such page")):
        answer = browser.get(f"/{path}", headers=PAGE)
        assert (answer.status_code, words in answer.text) == (404, True)
    hostile = browser.get("/%3Cscript%3E?lang=%3Cb%3E", headers=PAGE)
    assert "<script" not in hostile.text
    assert hostile.status_code == 404


def test_pages_files_and_our_own_addresses_pass(browser: TestClient) -> None:
    register_page_paths(["ban-do", "danh-muc"])
    for path in ("/", "/danh-muc", "/danh-muc/?x=1", "/tai-khoan", "/favicon.png", "/static/js/x"):
        assert browser.get(path, headers=PAGE).text == "app", path
    assert browser.get("/khong-co").text == "app"
    assert browser.post("/khong-co", headers=PAGE).status_code == 405


def test_the_first_page_is_at_the_empty_address(browser: TestClient) -> None:
    register_page_paths(["ban-do", "danh-muc"])
    answer = browser.get("/ban-do?period=2026-Q1", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?period=2026-Q1")
