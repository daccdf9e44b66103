"""The way in and out: cookies, sessions, lockout, where one lands, what the pages hold."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from store.accounts import sessions
from store.accounts.account_passwords import set_password
from store.accounts.sessions import WINDOW_MINUTES, get_session_user, issue_ticket
from tests.accounts_here import PASSWORD, make, quick_store  # noqa: F401
from tests.people import ADMIN
from tests.web.guarded import HERE, PAGE, served, signed_in
from web.request_user import COOKIE
from web.sign_in import MAX_FORM_BYTES, clean_next_url

pytestmark = pytest.mark.usefixtures("quick_store")


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
    assert get_session_user("planted") is None
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
    assert get_session_user(token) is None
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
    ticket = issue_ticket(make("an"))
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
    way = browser.get("/facts", headers=PAGE).headers["location"]
    assert way == "/tai-khoan?next=%2Ffacts"
    assert browser.get("/facts").headers["location"] == "/tai-khoan"
    with pytest.raises(WebSocketDisconnect):
        browser.websocket_connect("ws://127.0.0.1/_stcore/stream").__enter__()
    assert "Hãy đặt mật khẩu" in browser.get("/tai-khoan").text
    form = {"old": "mật khẩu do quản trị đặt", "new": PASSWORD}
    assert "Đã đổi mật khẩu" in browser.post("/tai-khoan", data=form).text
    assert signed_in().get("/facts").text == "facts for an"


def test_a_link_leads_to_its_view_through_the_first_change_of_the_password() -> None:
    number = make("an")
    handed = "mật khẩu do quản trị đặt"
    set_password(number, handed, ADMIN)
    browser = served()
    link = "/facts?period=2026-Q1&kinds=key_project"

    def find_next(text: str) -> str:
        found = re.search(r'name="next" value="([^"]*)"', text)
        assert found
        return found[1].replace("&amp;", "&")

    wanted = find_next(browser.get(browser.get(link, headers=PAGE).headers["location"]).text)
    form = {"name": "an", "password": handed, "next": wanted}
    opened = browser.post("/dang-nhap", data=form).headers["location"]
    own = browser.get(browser.get(opened, headers=PAGE).headers["location"])
    form = {"old": "nhầm", "new": PASSWORD, "next": find_next(own.text)}
    refused = browser.post("/tai-khoan", data=form)
    assert refused.status_code == 400
    form |= {"old": handed, "next": find_next(refused.text)}
    changed = browser.post("/tai-khoan", data=form)
    way_in = re.search(r'href="(/dang-nhap[^"]*)"', changed.text)
    assert way_in
    again = browser.get(way_in[1].replace("&amp;", "&"))
    form = {"name": "an", "password": PASSWORD, "next": find_next(again.text)}
    assert browser.post("/dang-nhap", data=form).headers["location"] == link


def test_a_large_form_is_not_read() -> None:
    make("an")
    form = {"name": "an", "password": PASSWORD, "next": "/" + "x" * MAX_FORM_BYTES}
    assert served().post("/dang-nhap", data=form).status_code == 401


def test_markup_in_names_stays_text() -> None:
    make("an", shown="<script>alert(1)</script>")
    told = signed_in().get("/tai-khoan").text
    assert "<script>" not in told
    assert "&lt;script&gt;" in told


def test_pages_of_ours_hold_no_script_and_stay_in_no_browser() -> None:
    make("an")
    for answer in (served().get("/dang-nhap"), signed_in().get("/tai-khoan")):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "<script" not in answer.text


@given(st.text())
def test_after_signing_in_nobody_lands_elsewhere(wanted: str) -> None:
    for text in (wanted, "/" + wanted, "//" + wanted, "/\\" + wanted, "http:" + wanted):
        where = clean_next_url(text)
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
    assert clean_next_url(wanted) == "/"


def test_a_good_address_is_kept() -> None:
    assert (
        clean_next_url("/danh-muc?period=2026-Q1&text=cầu") == "/danh-muc?period=2026-Q1&text=cầu"
    )


def test_every_way_on_keeps_the_language() -> None:
    assert served().get("/tai-khoan?lang=en", headers=PAGE).headers["location"] == "/?lang=en"
    make("an")
    form = served().get("/dang-nhap?lang=en", headers=PAGE)
    assert 'name="next" value="/?lang=en"' in form.text
    sent = {"name": "an", "password": PASSWORD}
    entered = served().post("/dang-nhap?lang=en", data=sent)
    assert entered.headers["location"] == "/?lang=en"
    with_next = served().post("/dang-nhap?lang=en", data=sent | {"next": "/facts?lang=vi"})
    assert with_next.headers["location"] == "/facts?lang=vi"
    browser = signed_in("an")
    assert browser.get("/dang-nhap?lang=en").headers["location"] == "/?lang=en"
    own = browser.get("/tai-khoan?lang=en", headers=PAGE).text
    addresses = re.findall(r'(?:action|href)="(/[^"]*)"', own)
    ours = [one for one in addresses if not one.startswith("/hpmap/")]
    assert len(ours) == 4
    assert all(one.endswith("?lang=en") for one in ours)
    out = browser.post("/dang-xuat?lang=en")
    assert out.headers["location"] == "/dang-nhap?lang=en"
    assert served().get("/khong-co?lang=en", headers=PAGE).headers["location"].endswith("lang=en")


def test_once_the_password_is_changed_one_signs_in_again_in_ones_language() -> None:
    make("an")
    page = signed_in("an").post(
        "/tai-khoan?lang=en",
        data={"old": PASSWORD, "new": f"{PASSWORD}-2", "next": "/facts?a=1"},
    )
    links = re.findall(r'href="(/dang-nhap[^"]*)"', page.text)
    assert links == ["/dang-nhap?next=/facts%3Fa%3D1%26lang%3Den&amp;lang=en"]
