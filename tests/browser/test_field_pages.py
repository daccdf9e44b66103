"""The field's pages in a browser: a project's own, which its code leads to; visits; ODK; nearby."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from reports.odk.read import read_submissions
from store.visits.odk_import import apply_visits
from store.visits.odk_import_plan import plan_visits
from tests.accounts_here import PASSWORD
from tests.hostile import HOSTILE_TEXTS
from tests.odk_exports import ONE, TWO, central_zip, instance_xml, made
from tests.people import ADMIN

if TYPE_CHECKING:
    from tests.browser.conftest import Watched
    from tests.servers import App

pytestmark = pytest.mark.browser

GOOD = made("0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f00aa", "KP-02", photos=1)
BAD = made("0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f00bb", "KP-02", observed_construction_pct="140")


@pytest.fixture(scope="module")
def address(open_app: App, app_address: str) -> str:
    """Return the address of the app with two visits, one of them full of hostile texts."""
    hostile = " ".join(HOSTILE_TEXTS)
    told = {"works": hostile, "note": hostile, "inspector": hostile[:100]}
    problem = {"problem_category": "land_price", "problem": hostile}
    visits = [made(ONE, photos=2, **told, **problem), made(TWO, "KP-20")]
    uploads = [("xuat.zip", central_zip(visits))]
    with open_app.store_here():
        apply_visits(plan_visits(read_submissions(uploads), uploads, actor=ADMIN), actor=ADMIN)
    return app_address


def opened(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    watched.page.locator("h2.hp-project").wait_for(timeout=30_000)
    watched.page.locator(".hp-matrix").wait_for(timeout=30_000)
    watched.settle()


def assert_whole_and_harmless(watched: Watched) -> None:
    """Claimed beside seen, photos drawn, nothing sticks out, nothing asked elsewhere or run."""
    page = watched.page
    assert page.locator(".hp-gap-large").count() == 1
    thumbs = page.locator(".hp-photos img")
    assert thumbs.count() == 2
    thumbs.first.scroll_into_view_if_needed()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.hp-photos img')].every(one => one.naturalWidth > 0)"
    )
    wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    assert page.evaluate(wide) <= 0
    assert watched.dialogs == []
    assert watched.errors == []
    assert watched.foreign() == []
    assert page.locator("img[src='x'], img[src*='evil'], [onerror], [onmouseover]").count() == 0


def code_on(watched: Watched) -> list[str]:
    """Return what a phone's camera reads off the screen."""
    image = watched.page.locator("img.hp-qr")
    image.scroll_into_view_if_needed()
    assert "KP-19" in (image.get_attribute("alt") or "")
    picture = Image.open(io.BytesIO(image.screenshot()))
    return [one.text for one in zxingcpp.read_barcodes(picture)]


@pytest.mark.slow
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_code_on_the_page_leads_to_the_page(
    size: str, address: str, request: pytest.FixtureRequest
) -> None:
    watched: Watched = request.getfixturevalue(size)
    opened(watched, f"{address}/du-an?item=KP-19")
    assert_whole_and_harmless(watched)
    (read,) = code_on(watched)
    assert read == f"{address}/du-an?item=KP-19"
    opened(watched, read)
    assert "vành đai 2" in watched.page.locator("h2.hp-project").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize(
    ("path", "awaited"),
    [
        ("du-an?item=KP-19", ".hp-matrix"),
        ("kiem-tra", ".hp-visit"),
        ("gan-toi?commune=11413", ".hp-near li"),
        ("bieu-mau", "[data-testid=stFileUploader]"),
    ],
)
def test_every_page_fits_its_screen_and_axe_finds_nothing_serious_of_ours(
    size: str, path: str, awaited: str, address: str, request: pytest.FixtureRequest
) -> None:
    watched: Watched = request.getfixturevalue(size)
    page = watched.page
    page.goto(f"{address}/{path}")
    page.locator(awaited).first.wait_for(timeout=30_000)
    watched.settle()
    wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    assert page.evaluate(wide) <= 0
    assert len(page.screenshot()) > 10_000
    assert watched.dialogs == []
    assert watched.errors == []
    assert watched.foreign() == []
    assert watched.barriers() == []


@pytest.mark.slow
def test_an_export_is_previewed_imported_and_shown(desktop: Watched, address: str) -> None:
    page = desktop.page
    page.goto(f"{address}/bieu-mau")
    page.locator("[data-testid=stFileUploader] input").wait_for(state="attached", timeout=30_000)
    files = [
        {"name": "tot.zip", "mimeType": "application/zip", "buffer": central_zip([GOOD])},
        {"name": "loi.xml", "mimeType": "text/xml", "buffer": instance_xml(BAD).encode()},
    ]
    page.locator("[data-testid=stFileUploader] input").set_input_files(files)
    page.get_by_role("button", name="Đọc và xem trước").click()
    page.get_by_text("Đọc 2 dòng: 1 mới, 0 đã có, 1 lỗi.").wait_for(timeout=30_000)
    assert page.get_by_text("ngoài khoảng cho phép").is_visible()
    accept = page.get_by_role("button", name="Nạp 1 lượt")
    assert accept.is_disabled()
    page.get_by_text("Bỏ qua 1 dòng lỗi").click()
    desktop.settle()
    accept.click()
    page.get_by_text("Đã nạp 1 lượt").wait_for(timeout=30_000)
    opened(desktop, f"{address}/du-an?item=KP-02")
    assert desktop.page.locator(".hp-visit").count() == 1
    assert desktop.foreign() == []


@pytest.mark.slow
def test_printed_it_is_whole_and_without_buttons(desktop: Watched, address: str) -> None:
    opened(desktop, f"{address}/du-an?item=KP-19")
    desktop.page.emulate_media(media="print")
    assert not desktop.page.locator(".hp-links").is_visible()
    assert not desktop.page.locator("[data-testid=stHeader]").is_visible()
    overflow = "() => getComputedStyle(document.querySelector('[data-testid=stMain]')).overflowY"
    assert desktop.page.evaluate(overflow) == "visible"
    assert len(desktop.page.pdf(format="A4")) > 20_000


@pytest.mark.slow
def test_who_scans_without_an_account_signs_in_and_comes_back(
    phone: Watched, guarded_app: App
) -> None:
    phone.page.goto(f"{guarded_app.address}/du-an?item=KP-19")
    assert "/dang-nhap?next=" in phone.page.url
    assert "vành đai" not in phone.page.content()
    phone.page.locator("input[name=name]").fill("vai-inspector")
    phone.page.locator("input[name=password]").fill(PASSWORD)
    phone.page.keyboard.press("Enter")
    phone.page.locator("h2.hp-project").wait_for(timeout=60_000)
    assert phone.page.url.startswith(f"{guarded_app.address}/du-an?item=KP-19")
