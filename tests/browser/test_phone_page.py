"""An inspector at the site fence: what is recorded without a connection arrives once, later."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError as LateError

from store.visits.quality_flags import MAX_PHOTOS_PER_VISIT
from tests import templates
from tests.browser.conftest import PHONE
from tests.browser.phone_server import (
    Server,
    begin,
    finish,
    new_phone,
    opened,
    send_now,
    wait_state,
)
from tests.hostile import HOSTILE_TEXTS
from tests.store.pictures import phone_photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(templates.copy_state(tmp_path_factory.mktemp("phone-state")))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = new_phone(browser)
    yield made
    made.close()


@pytest.fixture
def inspector(context: BrowserContext, server: Server) -> Watched:
    return opened(context, server)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "anh.jpg"
    path.write_bytes(phone_photo())
    return path


@pytest.mark.slow
def test_a_visit_recorded_while_the_server_is_stopped_arrives_exactly_once(
    inspector: Watched, server: Server, photo: Path
) -> None:
    page = inspector.page
    server.stop()
    try:
        page.reload()  # the page itself comes from the phone
        page.locator(".card").first.wait_for()
        page.locator("#net.away").wait_for()
        page.get_by_role("button", name="Tìm quanh vị trí của tôi").tap()
        page.get_by_text("Vị trí của máy: sai số khoảng 12 m").wait_for()
        visit = begin(inspector)
        page.get_by_label("Thi công, %").fill("61,5")
        page.get_by_label("Việc đang làm, đã thấy").fill("Đang đổ sàn tầng 3")
        page.set_input_files("#take", photo)
        page.locator("#photos li").wait_for()
        page.get_by_text("sai số khoảng 12 m").wait_for()

        page.reload()  # as when the phone has killed it
        page.locator("#photos li").wait_for()
        assert page.get_by_label("Thi công, %").input_value() == "61,5"
        assert page.get_by_label("Việc đang làm, đã thấy").input_value() == "Đang đổ sàn tầng 3"
        page.get_by_label("Nêu vướng mắc mặt bằng").check()
        page.get_by_label("Nội dung vướng mắc").fill("Ba hộ chưa nhận tiền")
        finish(inspector)
        wait_state(inspector, visit, "waiting")
        page.get_by_text("Chưa gửi được").wait_for()

        page.reload()
        wait_state(inspector, visit, "waiting")
    finally:
        server.start()
    send_now(inspector)
    wait_state(inspector, visit, "confirmed")
    page.get_by_text("1/1 ảnh đã được nhận").wait_for()
    page.reload()
    wait_state(inspector, visit, "confirmed")

    (row,) = server.rows(
        "SELECT observed_construction_pct, works, accuracy_m, inspector FROM visits"
        " WHERE visit = ?",
        visit,
    )
    assert row == (61.5, "Đang đổ sàn tầng 3", 12.0, "local")
    assert server.rows("SELECT count(*) FROM photos WHERE visit = ?", visit) == [(1,)]
    assert server.rows("SELECT statement FROM cases WHERE visit = ?", visit) == [
        ("Ba hộ chưa nhận tiền",)
    ]
    kept = page.evaluate(
        "async () => { const db = await new Promise(r => { const q = indexedDB.open('hpmap-phone');"
        " q.onsuccess = () => r(q.result); }); return new Promise(r => { const q ="
        " db.transaction('files').objectStore('files').count(); q.onsuccess = () => r(q.result);"
        " }); }"
    )
    assert kept == 0  # the bytes have left the phone once the server had them
    assert inspector.foreign() == []
    assert inspector.errors == []


@pytest.mark.slow
def test_an_answer_that_is_lost_is_no_second_visit(inspector: Watched, server: Server) -> None:
    page = inspector.page
    lost = []

    def lose(route: Any) -> None:
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    visit = begin(inspector)
    page.get_by_label("Ghi chú").fill("gửi hai lần")
    page.context.route("**/hpmap/phone/visits", lose)
    finish(inspector)
    page.get_by_text("Chưa gửi được").wait_for()
    send_now(inspector)
    page.wait_for_timeout(500)
    send_now(inspector)
    wait_state(inspector, visit, "confirmed")
    assert lost == [200, 200]
    assert server.rows("SELECT count(*) FROM visits WHERE visit = ?", visit) == [(1,)]


@pytest.mark.slow
def test_a_line_that_breaks_anywhere_doubles_and_loses_nothing(
    inspector: Watched, server: Server, photo: Path, tmp_path: Path
) -> None:
    """Every request is lost once on its way there, once on its way back."""
    page = inspector.page
    second = tmp_path / "anh-2.jpg"
    second.write_bytes(phone_photo(shade=30))
    tries: dict[str, int] = {}

    def break_line(route: Any) -> None:
        request = route.request
        key = f"{request.url} {request.headers.get('x-hpmap-sha256', '')}"
        tries[key] = tries.get(key, 0) + 1
        if tries[key] == 1:
            route.abort()
        elif tries[key] == 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    visit = begin(inspector)
    page.set_input_files("#choose", [photo, second])
    page.locator("#photos li").nth(1).wait_for()
    page.context.route("**/hpmap/phone/visits**", break_line)
    page.context.route("**/hpmap/phone/visits/*/photos", break_line)
    page.context.route("**/hpmap/phone/confirm", break_line)
    finish(inspector)
    done = page.locator(f"[data-visit='{visit}'][data-state='confirmed']")
    for _ in range(60):
        if done.count():
            break
        send = page.locator("#send:visible")
        with suppress(LateError):  # it goes while the phone is sending by itself
            send.tap(timeout=500)
        page.wait_for_timeout(500)
    wait_state(inspector, visit, "confirmed")
    assert len(tries) == 4
    assert min(tries.values()) >= 3
    assert server.rows("SELECT count(*) FROM visits WHERE visit = ?", visit) == [(1,)]
    assert server.rows("SELECT count(*) FROM photos WHERE visit = ?", visit) == [(2,)]


@pytest.mark.slow
def test_a_conflict_is_shown_and_the_next_visit_goes_on(inspector: Watched, server: Server) -> None:
    page = inspector.page
    visit = begin(inspector)
    other = {
        "visit": visit, "by": "local", "item": "KP-02", "at": "2026-11-20T02:30:15Z",
        "position": None, "claimed": None, "observed": {"construction_pct": 12}, "works": "",
        "note": "bản khác", "problem": None, "photos": [],
    }  # fmt: skip
    told = page.request.post(
        f"{server.address}/hpmap/phone/visits",
        data=json.dumps(other),
        headers={"Content-Type": "application/json", "X-Hpmap-Phone": "1"},
    )
    assert told.status == 200
    page.get_by_label("Ghi chú").fill("bản trên máy")
    finish(inspector)
    wait_state(inspector, visit, "conflict")
    page.get_by_text("Cả hai bản đều được giữ").wait_for()
    page.get_by_role("link", name="Dự án").tap()
    following = begin(inspector, "cát bi")
    page.get_by_label("Ghi chú").fill("lượt sau")
    finish(inspector)
    wait_state(inspector, following, "confirmed")
    assert server.rows("SELECT note FROM visits WHERE visit = ?", visit) == [("bản khác",)]
    (row,) = server.rows("SELECT content FROM visit_conflicts WHERE visit = ?", visit)
    assert "bản trên máy" in json.loads(row[0])["note"]


@pytest.mark.slow
def test_a_photo_that_the_server_refuses_is_named_and_the_rest_goes(
    inspector: Watched, server: Server, tmp_path: Path
) -> None:
    page = inspector.page
    visit = begin(inspector)
    heic = tmp_path / "IMG_0001.jpg"
    heic.write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(500))
    page.set_input_files("#choose", heic)
    page.get_by_text("Ảnh HEIC/AVIF chưa nhận được").wait_for()
    assert page.locator("#photos li").count() == 0
    broken = tmp_path / "hong.jpg"
    broken.write_bytes(phone_photo()[:3000])
    page.set_input_files("#choose", broken)
    page.locator("#photos li").wait_for()
    finish(inspector)
    wait_state(inspector, visit, "refused")
    page.get_by_text("Ảnh bị hỏng").wait_for()
    drop = page.get_by_role("button", name="Bỏ ảnh không nhận được, gửi phần còn lại")
    drop.tap()
    page.get_by_role("button", name="Bấm lần nữa để bỏ ảnh").tap()
    wait_state(inspector, visit, "confirmed")
    assert server.rows("SELECT count(*) FROM visits WHERE visit = ?", visit) == [(1,)]


@pytest.mark.slow
def test_numbers_that_can_be_read_two_ways_are_asked_about(inspector: Watched) -> None:
    page = inspector.page
    begin(inspector)
    field = page.get_by_label("Diện tích đã bàn giao, ha")
    for typed, said in (("1.200", "có thể đọc hai cách"), ("12a", "Hãy ghi số từ 0")):
        field.fill(typed)
        field.blur()
        page.get_by_text(said).wait_for()
        page.get_by_role("button", name="Xong, đưa vào hàng gửi").tap()
        assert page.locator("#done").is_visible()
    field.fill("")
    page.get_by_role("button", name="Xong, đưa vào hàng gửi").tap()
    page.get_by_text("Chưa có gì để gửi").wait_for()


@pytest.mark.slow
def test_an_uncertain_position_is_flagged_and_sent(
    inspector: Watched, context: BrowserContext
) -> None:
    context.set_geolocation({"longitude": 106.9, "latitude": 20.7, "accuracy": 300})
    page = inspector.page
    visit = begin(inspector)
    page.get_by_text("Sai số lớn hơn 50 m").wait_for()
    page.get_by_label("Ghi chú").fill("ở xa")
    finish(inspector)
    wait_state(inspector, visit, "confirmed")
    page.get_by_text("Vị trí sai số 300 m, lớn hơn 50 m.").wait_for()
    page.get_by_text("Vị trí cách địa bàn của dự án khoảng").wait_for()


@pytest.mark.slow
def test_it_opens_without_a_network_at_any_of_its_views(
    inspector: Watched, context: BrowserContext
) -> None:
    page = inspector.page
    context.set_offline(True)
    for view in ("#/", "#/queue", "#/item/KP-02"):
        page.goto(page.url.partition("#")[0] + view)
        page.reload()
        page.locator("main h1").wait_for()
    page.get_by_text("Trung tâm thương mại Aeon Hải Dương").first.wait_for()
    page.get_by_text("Đây chỉ là điểm giữa").wait_for()
    href = page.get_by_role("link", name="Chỉ đường").get_attribute("href") or ""
    assert href.startswith("geo:20.9")
    context.set_offline(False)


@pytest.mark.slow
def test_hostile_texts_stay_texts(inspector: Watched) -> None:
    page = inspector.page
    for text in HOSTILE_TEXTS[:12]:
        page.goto(page.url.partition("#")[0] + "#/")
        page.get_by_label("Tìm theo tên hoặc mã").fill(text)
    page.get_by_label("Tìm theo tên hoặc mã").fill("")
    visit = begin(inspector)
    page.get_by_label("Ghi chú").fill(" ".join(HOSTILE_TEXTS))
    finish(inspector)
    wait_state(inspector, visit, "confirmed")
    page.get_by_role("link", name="Xem").first.tap()
    page.get_by_text("<img src=x onerror=alert(1)>").wait_for()
    assert inspector.dialogs == []
    assert inspector.errors == []
    assert inspector.foreign() == []
    assert page.locator("main img, main svg, main script").count() == 0


@pytest.mark.slow
def test_it_fits_a_small_screen_and_speaks_english(inspector: Watched) -> None:
    page = inspector.page
    visit = begin(inspector)
    for view in ("#/", "#/queue", "#/item/KP-02", f"#/visit/{visit}"):
        page.goto(page.url.partition("#")[0] + view)
        page.locator("main h1").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="English").tap()
    page.get_by_role("button", name="Done, put it in the queue").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    small = page.evaluate(
        "[...document.querySelectorAll('button, a.button, select, input:not([type=file])')]"
        ".filter(e => e.offsetParent && e.type !== 'checkbox' && e.offsetHeight < 40)"
        ".map(e => e.id || e.textContent)"
    )
    assert small == []
    assert f"{MAX_PHOTOS_PER_VISIT} photos" in page.locator("main").inner_text()
