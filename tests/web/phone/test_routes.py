"""The phone's addresses: who may, from where, how much, and what is answered."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from store.accounts.accounts import Account, add_account
from store.facts.facts import load_facts
from store.users.users import make_operator
from store.visits.read import read_visits
from tests.hostile import HOSTILE_TEXTS
from tests.store.pictures import SECRET, phone_photo
from tests.web.phone.conftest import HERE, PASSWORD, signed_in
from tests.web.phone.test_visit_payload import SOUND
from web.phone import app_shell
from web.phone.routes import MAX_VISIT_BYTES

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

ROOT = "/hpmap/phone"
JSON = HERE | {"Content-Type": "application/json"}


def new_visit(**changed: Any) -> dict[str, Any]:
    return SOUND | {"visit": str(uuid.uuid4()), "photos": []} | changed


def send(client: TestClient, visit: dict[str, Any], **headers: str) -> Any:
    body = json.dumps(visit).encode()
    return client.post(f"{ROOT}/visits", content=body, headers=JSON | headers)


def send_photo(client: TestClient, held: str, photo: bytes, **headers: str) -> Any:
    told = HERE | {
        "Content-Type": "image/jpeg",
        "X-Hpmap-Sha256": hashlib.sha256(photo).hexdigest(),
    }
    return client.post(f"{ROOT}/visits/{held}/photos", content=photo, headers=told | headers)


def confirm(client: TestClient, *held: str) -> Any:
    return client.post(f"{ROOT}/confirm", content=json.dumps({"visits": held}), headers=JSON)


def test_the_page_opens_for_everybody_and_holds_no_data(stranger: TestClient) -> None:
    answer = stranger.get(f"{ROOT}/")
    assert answer.status_code == 200
    assert "Kiểm tra hiện trường" in answer.text
    assert "KP-" not in answer.text
    assert stranger.get(ROOT, follow_redirects=False).headers["location"] == f"{ROOT}/"


def test_its_policy_lets_nothing_in_but_its_own_files(stranger: TestClient) -> None:
    for path in (
        "/",
        "/sw.js",
        "/manifest.webmanifest",
        "/data",
        f"/{app_shell.compute_shell_version()}/phone.js",
    ):
        policy = stranger.get(f"{ROOT}{path}").headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert not any(word in policy for word in ("unsafe", "http", "data:", "blob:", "*"))


def test_every_file_of_the_shell_is_there_under_its_version_only(stranger: TestClient) -> None:
    for name in app_shell._load_files():
        answer = stranger.get(f"{ROOT}/{app_shell.compute_shell_version()}/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert stranger.get(f"{ROOT}/0000000000000000/{name}").status_code == 404
    worker = stranger.get(f"{ROOT}/sw.js")
    assert app_shell.compute_shell_version() in worker.text
    assert worker.headers["cache-control"] == "no-cache"
    for icon in stranger.get(f"{ROOT}/manifest.webmanifest").json()["icons"]:
        assert stranger.get(f"{ROOT}/{icon['src']}").content.startswith(b"\x89PNG")


def test_scripts_write_text_only_as_text() -> None:
    script = app_shell.find_shell_file("phone.js")
    assert script is not None
    for way in (b"innerHTML", b"outerHTML", b"insertAdjacentHTML", b"document.write", b"eval("):
        assert way not in script[0] + app_shell.build_worker()


@pytest.mark.parametrize("path", ["visits", "visits/x/photos", "confirm"])
def test_nobody_without_a_login_gets_anything(stranger: TestClient, path: str) -> None:
    assert stranger.get(f"{ROOT}/data").status_code == 401
    answer = stranger.post(f"{ROOT}/{path}", content=b"{}", headers=JSON)
    assert answer.status_code == 401
    assert answer.json()["error"] == "sign_in"
    assert stranger.get(f"/hpmap/photo/{'0' * 64}").status_code == 401


@pytest.mark.parametrize("path", ["visits", "visits/x/photos", "confirm"])
def test_who_only_reads_may_not_use_it(app: Starlette, path: str) -> None:
    viewer = signed_in(app, "xem")
    assert viewer.get(f"{ROOT}/data").status_code == 403
    answer = viewer.post(f"{ROOT}/{path}", content=b"{}", headers=JSON)
    assert answer.status_code == 403
    assert answer.json()["error"] == "not_allowed"


def test_a_temporary_password_is_changed_first(app: Starlette) -> None:
    add_account(Account("moi", "inspector"), PASSWORD, make_operator("quantri"))
    answer = signed_in(app, "moi").get(f"{ROOT}/data")
    assert (answer.status_code, answer.json()["error"]) == (403, "must_change")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.invalid"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.invalid"},
        {"X-Hpmap-Phone": ""},
    ],
)
@pytest.mark.parametrize("path", ["visits", "visits/x/photos", "confirm"])
def test_another_site_cannot_send_in_an_inspector_s_name(
    inspector: TestClient, path: str, headers: dict[str, str]
) -> None:
    answer = inspector.post(f"{ROOT}/{path}", content=b"{}", headers=JSON | headers)
    assert answer.status_code == 403


def test_the_list_holds_what_the_inspector_may_visit(app: Starlette, inspector: TestClient) -> None:
    answer = inspector.get(f"{ROOT}/data")
    told = answer.json()
    assert told["user"] == {"name": "hientruong", "shown": "Chị hientruong"}
    assert len(told["items"]) > 60
    aeon = next(item for item in told["items"] if item["item"] == "KP-02")
    assert aeon["construction"]["text"].endswith("%")
    assert "dòng" in aeon["construction"]["source"]
    assert aeon["construction"]["period"]
    assert aeon["status"]
    communes = {one["code"]: one for one in told["communes"]}
    assert len(communes) == 114
    assert 106 < communes[aeon["communes"][0]]["at"][0] < 108
    etag = answer.headers["etag"]
    assert inspector.get(f"{ROOT}/data", headers={"If-None-Match": etag}).status_code == 304
    mine = signed_in(app, "noikhac").get(f"{ROOT}/data").json()["items"]
    assert 0 < len(mine) < len(told["items"])
    assert all("11413" in item["communes"] for item in mine)
    english = inspector.get(f"{ROOT}/data?lang=en").json()
    assert "line" in next(i for i in english["items"] if i["item"] == "KP-02")["construction"][
        "source"
    ]  # fmt: skip


def test_a_visit_with_photos_arrives_once_and_is_confirmed(inspector: TestClient) -> None:
    photo = phone_photo()
    original = hashlib.sha256(photo).hexdigest()
    visit = new_visit(photos=[original])
    said = hashlib.sha256(json.dumps(visit).encode()).hexdigest()
    held = f"{visit['visit']}.{said[:12]}"
    assert send(inspector, visit).json() == {"state": "stored", "held": held, "hash": said}
    assert send(inspector, visit).json()["state"] == "same"
    (before,) = confirm(inspector, held).json()["visits"]
    assert (before["hash"], before["count"]) == (said, 0)
    for _ in range(2):
        kept = send_photo(inspector, held, photo).json()
        assert kept["original"] == original
        assert kept["taken"] == "2026-11-20T09:30:15+07:00"
    (after,) = confirm(inspector, held).json()["visits"]
    assert (after["held"], after["count"], after["photos"]) == (True, 1, [original])
    shown = inspector.get(f"/hpmap/photo/{kept['photo']}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"].startswith("private")
    assert shown.headers["content-disposition"] == "inline"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert SECRET not in shown.content
    again = {"If-None-Match": shown.headers["etag"]}
    assert inspector.get(f"/hpmap/photo/{kept['photo']}", headers=again).status_code == 304
    small = inspector.get(f"/hpmap/photo/{kept['photo']}/thumb")
    assert len(small.content) < len(shown.content)
    assert inspector.get("/hpmap/photo/../../etc/passwd").status_code == 404


def test_other_content_under_the_same_id_is_a_conflict_and_stops_nothing(
    inspector: TestClient,
) -> None:
    visit = new_visit()
    send(inspector, visit)
    answer = send(inspector, visit | {"note": "khác"})
    assert answer.status_code == 200
    assert answer.json()["state"] == "conflict"
    held = answer.json()["held"]
    assert held.startswith(visit["visit"] + ".")
    photo = phone_photo(shade=60)
    assert send_photo(inspector, held, photo).status_code == 200
    (kept,) = confirm(inspector, held).json()["visits"]
    assert kept["count"] == 1
    assert send(inspector, new_visit()).json()["state"] == "stored"


def test_one_may_not_send_what_another_account_recorded(
    app: Starlette, inspector: TestClient
) -> None:
    visit = new_visit()
    answer = send(signed_in(app, "tonghop"), visit)
    assert (answer.status_code, answer.json()["error"]) == (409, "other_account")
    held = send(inspector, visit).json()["held"]
    planner = signed_in(app, "tonghop")
    (told,) = confirm(planner, held).json()["visits"]
    assert (told["held"], told["hash"], told["photos"]) == (False, "", [])
    assert send_photo(planner, held, phone_photo()).status_code == 404


def test_an_inspector_records_in_the_own_area_only(app: Starlette) -> None:
    local = signed_in(app, "noikhac")
    answer = send(local, new_visit(by="noikhac"))
    assert answer.status_code == 403
    assert load_facts().visits.query("inspector == 'noikhac'").empty


def test_too_much_is_refused_before_it_is_read(
    inspector: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = send(inspector, new_visit()).json()["held"]
    large = b" " * (MAX_VISIT_BYTES + 1)
    assert inspector.post(f"{ROOT}/visits", content=large, headers=JSON).status_code == 413
    endless = (b" " * 1000 for _ in range(MAX_VISIT_BYTES))  # says no length
    assert inspector.post(f"{ROOT}/visits", content=endless, headers=JSON).status_code == 413
    monkeypatch.setenv("HPMAP_MAX_PHOTO_MB", "0.1")
    answer = send_photo(inspector, held, phone_photo() + b" " * 200_000)
    assert answer.status_code == 413
    assert "100 kB" in answer.json()["message"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("visits", "text/plain"), ("visits/x/photos", "text/html"), ("confirm", "text/plain")],
)
def test_only_the_kinds_that_the_page_sends_are_read(
    inspector: TestClient, path: str, kind: str
) -> None:
    answer = inspector.post(f"{ROOT}/{path}", content=b"{}", headers=HERE | {"Content-Type": kind})
    assert answer.status_code == 415


def test_a_photo_that_was_hurt_on_its_way_is_sent_again(inspector: TestClient) -> None:
    held = send(inspector, new_visit()).json()["held"]
    photo = phone_photo()
    answer = send_photo(inspector, held, photo, **{"X-Hpmap-Sha256": "0" * 64})
    assert (answer.status_code, answer.json()["error"]) == (422, "hash")
    answer = send_photo(inspector, f"{uuid.uuid4()}.0123456789ab", photo)
    assert (answer.status_code, answer.json()["error"]) == (404, "no_visit")
    answer = send_photo(inspector, held, b"<svg onload=alert(1)>")
    assert (answer.status_code, answer.json()["error"]) == (422, "content")


def test_hostile_texts_are_kept_as_texts_or_refused(inspector: TestClient) -> None:
    kept: dict[str, str] = {}
    for text in HOSTILE_TEXTS:
        visit = new_visit(note=text, item="KP-05", problem=None)
        answer = send(inspector, visit)
        assert answer.headers["content-type"] == "application/json"
        assert answer.status_code in {200, 422}, text
        if answer.status_code == 200:
            kept[visit["visit"]] = text
        for wrong in (new_visit(by=text), new_visit(item=text)):
            assert send(inspector, wrong).status_code in {409, 422}, text
    notes = {one.visit: one.note for one in read_visits(load_facts(), "KP-05")}
    assert len(kept) > 20
    assert {visit: notes[visit] for visit in kept} == kept


def test_a_broken_store_is_said_to_the_phone_which_tries_again(
    inspector: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.db.errors import StoreError  # noqa: PLC0415
    from web.phone import routes  # noqa: PLC0415

    def broken(*_: object, **__: object) -> None:
        raise StoreError("x")

    monkeypatch.setattr(routes, "record_visit", broken)
    answer = send(inspector, new_visit())
    assert (answer.status_code, answer.json()["error"]) == (503, "broken")
