"""Every address of before answers, opens for the same people and means the same.

``addresses.csv`` holds them: bookmarks, links of saved views and documents, codes on site boards,
what a phone keeps on its home screen. ``who`` is an account of the store of before ('' is a
stranger), ``answer`` the status with which the server answers a browser, ``shows`` what must stand
there, parted by `` | ``: on a ``page``, read over its socket as a browser does; else in the body or
in the address that the browser is sent to.
"""

from __future__ import annotations

import csv
import http.client
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, quote, urldefrag, urlencode, urlsplit

import pytest

from tests.browser.conftest import start_app, stop_app
from tests.browser.page_list import page_addresses
from tests.compat.before import ACCOUNTS, PHOTO, RECORDED, password_of, unpack_store
from tests.compat.page_session import open_page

if TYPE_CHECKING:
    from collections.abc import Iterator

FORM: Final = "application/x-www-form-urlencoded"
BOARD: Final = "/du-an?item=KP-25"
"""What the code on a site board holds, after the host."""


class Row(NamedTuple):
    """A line of ``addresses.csv``."""

    who: str
    address: str
    kind: str
    answer: str
    shows: str

    @property
    def sent(self) -> str:
        """What a browser sends of the address: no part after ``#``, letters as their bytes."""
        return quote(urldefrag(self.address).url, safe="/?&=%+~,-._:")


@dataclass
class Answer:
    """What the server answered."""

    status: int
    body: bytes
    location: str
    cookie: str
    kind: str


@dataclass
class Server:
    """The program on the store of before; ``cookies`` of everybody by name."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, who: str = "", method: str = "GET", body: str = "") -> Answer:
        """Ask as a browser does that opens an address or sends a form."""
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
        if who:
            headers["Cookie"] = self.cookies[who]
        if body:
            headers |= {"Content-Type": FORM, "Origin": self.address}
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        told = Answer(
            answer.status,
            answer.read(),
            answer.headers.get("Location", ""),
            answer.headers.get("Set-Cookie", "").partition(";")[0],
            answer.headers.get("Content-Type", ""),
        )
        connection.close()
        return told

    def sign_in(self, name: str, wanted: str = "/") -> Answer:
        """Send the form of the sign-in page."""
        form = {"name": name, "password": password_of(name), "next": wanted}
        return self.ask("/dang-nhap", method="POST", body=urlencode(form))


ROWS: Final = [
    Row(**line)
    for line in csv.DictReader(
        (Path(__file__).parent / "addresses.csv").read_text("utf-8").splitlines()
    )
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    state = tmp_path_factory.mktemp("before")
    process, address = start_app({"DATABASE_URL": f"sqlite:///{unpack_store(state)}"})
    running = Server(address)
    try:
        for name in ACCOUNTS:
            running.cookies[name] = running.sign_in(name).cookie
        open_page(address, "/", running.cookies["quan-tri"])  # pages are known from the first visit
        yield running
    finally:
        stop_app(process)


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.who}{row.address}"[:90])
def test_an_address_opens_and_means_the_same(server: Server, row: Row) -> None:
    answer = server.ask(row.sent, row.who)
    assert answer.status == int(row.answer), answer.body[:300]
    shows = [text for text in row.shows.split(" | ") if text]
    if row.kind == "http":
        told = answer.body.decode("utf-8", "replace") + answer.location
        assert [text for text in shows if text not in told] == [], told[:600]
        return
    address = answer.location if answer.status == 303 else row.sent
    shown = open_page(server.address, address, server.cookies[row.who])
    assert shown.found
    assert shown.faults == []
    assert [text for text in shows if text not in shown.text] == [], shown.text[:1500]
    assert shows


def test_every_page_of_the_program_has_an_address_here() -> None:
    """A page added later needs its line; a page taken away cannot go unnoticed."""
    here = {urlsplit(row.address).path.strip("/") or "ban-do" for row in ROWS if row.kind == "page"}
    assert here == set(page_addresses())


@pytest.mark.slow
def test_a_page_keeps_what_its_address_says(server: Server) -> None:
    """What a page did not understand of its address, it would drop when it writes it anew."""
    address = (
        "/?layer=progress&period=2026-H1&kinds=key_project&progress=planned&weight=count"
        "&carry=0&open=item~KP-02&v=20.98000,106.52000,11.00&text=trung"
    )
    shown = open_page(server.address, address, server.cookies["tong-hop"])
    asked = dict(parse_qsl(urlsplit(address).query))
    assert shown.query is None or shown.query == asked


def test_a_saved_view_is_among_the_addresses() -> None:
    """Each view of the store of before is opened above by the address that its link had."""
    for view in RECORDED["views"]:
        path = "/" if view["page"] == "ban-do" else f"/{view['page']}"
        wanted = (path, view["query"])
        parts = [urlsplit(row.address) for row in ROWS]
        assert wanted in [(one.path, dict(parse_qsl(one.query))) for one in parts]


@pytest.mark.slow
def test_a_site_boards_code_leads_to_its_project_through_signing_in(server: Server) -> None:
    refused = server.ask(BOARD)
    assert refused.status == 303
    form = server.ask(refused.location).body.decode()
    assert f'value="{BOARD}"' in form
    entered = server.sign_in("kiem-tra", BOARD)
    assert (entered.status, entered.location) == (303, BOARD)
    shown = open_page(server.address, entered.location, entered.cookie)
    assert "Nhà máy nhiệt điện LNG Hải Phòng" in shown.text


@pytest.mark.slow
def test_links_that_pages_lead_to_are_of_this_server_and_open(server: Server) -> None:
    shown = open_page(server.address, "/du-an?item=KP-32", server.cookies["tong-hop"])
    links = [link for link in shown.links if not link.startswith("data:")]
    paths = {urldefrag(f"/{link.removeprefix('./').lstrip('/')}").url for link in links}
    assert {"/hpmap/phone/", "/sua?item=KP-32", f"/hpmap/photo/{PHOTO}/thumb"} <= paths
    for path in paths:
        assert server.ask(path, "tong-hop").status == 200, path


@pytest.mark.slow
def test_the_maps_files_are_served_under_the_names_of_before(server: Server) -> None:
    shown = open_page(server.address, "/", server.cookies["tong-hop"])
    assert {file.rpartition("/")[2] for file in shown.files} == {"bundle.js", "bundle.css"}
    for file in shown.files:
        assert server.ask(f"/{file}", "tong-hop").status == 200
    form = server.ask("/dang-nhap").body.decode()
    files = set(re.findall(r"/hpmap/[0-9a-f]{16}/[\w.]+", form))
    assert {file.rpartition("/")[2] for file in files} == {
        "icon.svg",
        "logo.svg",
        "sign_in.css",
    }
    for file in files:
        assert server.ask(file).status == 200


@pytest.mark.slow
def test_the_phones_files_are_served_under_the_names_of_before(server: Server) -> None:
    worker = server.ask("/hpmap/phone/sw.js", "kiem-tra").body.decode()
    files = set(re.findall(r'"([0-9a-f]{16}/[\w.-]+)"', worker))
    assert {file.rpartition("/")[2] for file in files} == {
        "icon-192.png",
        "icon-512.png",
        "icon-safe.png",
        "phone.css",
        "phone.js",
        "texts-en.json",
        "texts-vi.json",
    }
    for file in files:
        assert server.ask(f"/hpmap/phone/{file}").status == 200


@pytest.mark.slow
@pytest.mark.parametrize("path", ["visits", "confirm", "visits/x.0/photos"])
def test_the_phones_ways_to_send_are_there_and_want_its_own_page(server: Server, path: str) -> None:
    answer = server.ask(f"/hpmap/phone/{path}", "kiem-tra", "POST")
    assert answer.status == 403
    assert b"other_site" in answer.body


@pytest.mark.slow
def test_leaving_ends_at_the_way_in(server: Server) -> None:
    cookie = server.sign_in("kiem-tra").cookie
    server.cookies["leaving"] = cookie
    left = server.ask("/dang-xuat", "leaving", "POST", "x=1")
    assert (left.status, urlsplit(left.location).path) == (303, "/dang-nhap")
    assert server.ask("/danh-muc", "leaving").status == 303
