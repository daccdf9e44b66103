"""The pages of the field: a project's own, near a place, the visits, the ODK form and import."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from geo.i18n import LANGUAGES, t
from reports.model.visit import Visit
from reports.odk.read import read_submissions
from store.facts.facts import load_facts
from store.visits.odk_import import apply_visits, list_visit_imports, undo_visits
from store.visits.odk_import_plan import plan_visits
from store.visits.record import record_visit
from tests.hostile import HOSTILE_TEXTS, mostly_slow
from tests.odk_exports import ONE, TWO, central_zip, made
from tests.pages.test_pages import html_of as whole_html_of
from tests.people import ADMIN, INSPECTOR

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = """
from pages import {name}
from pages.shell.context import open_page

{name}.show_page(open_page())
"""
AS_SOMEBODY = """
from pages import project_page
from pages.shell.context import PageContext
from store.facts.facts import load_facts
from tests.people import {who}

project_page.show_page(PageContext("vi", load_facts(), {who}))
"""
HOSTILE = "<img src=x onerror=alert(1)> {{ 1/0 }} ${alert(1)}"


def run(name: str, **query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT.replace("{name}", name), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def html_of(app: AppTest) -> str:
    """Return what the page shows, without its style sheet."""
    return re.sub(
        r"<style>.*?</style>|/\* The look.*?\n\}\n", "", whole_html_of(app), flags=re.DOTALL
    )


@pytest.mark.parametrize(
    ("who", "phone"), [("ADMIN", True), ("INSPECTOR", True), ("VIEWER", False)]
)
def test_before_the_first_visit_the_page_says_how_to_begin_and_where(
    monkeypatch: pytest.MonkeyPatch, who: str, phone: bool
) -> None:
    monkeypatch.setattr("pages.visits_page.list_visits", lambda *_, **__: [])
    script = AS_SOMEBODY.replace("project_page", "visits_page").replace("{who}", who)
    html = html_of(AppTest.from_string(script, default_timeout=60).run())
    assert ("hpmap/phone/" in html) == phone
    assert ("bieu-mau" in html) == (who == "ADMIN")
    first = html.index("du-an?item=KP-25"), html.index("178.012")
    assert first < (html.index("du-an?item=KP-18"), html.index("19.128")), "the dearest first"


@pytest.fixture(scope="module")
def visits() -> Iterator[int]:
    """Put two visits into the tests' common store, and take them out again."""
    told = [
        made(ONE, photos=2, works=HOSTILE, problem_category="land_price", problem=HOSTILE),
        made(TWO, "KP-20"),
    ]
    uploads = [("xuat.zip", central_zip(told))]
    number = apply_visits(plan_visits(read_submissions(uploads), uploads, actor=ADMIN), actor=ADMIN)
    yield number
    undone = list_visit_imports().set_index("id")["undone_by"]
    if not undone[number]:
        undo_visits(number, actor=ADMIN, why="hết thử")


@pytest.mark.usefixtures("visits")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_projects_page_holds_its_figures_visits_and_code(language: str) -> None:
    app = run("project_page", item="KP-19", lang=language)
    assert not app.exception
    shown = html_of(app)
    for text in ("vành đai 2", "43 %", "25,5 %" if language == "vi" else "25.5 %", "8.593,1"):
        assert text in shown or language == "en"
    assert "hp-gap-large" in shown
    assert shown.count('src="hpmap/photo/') == 2
    assert "nguyen-van?" in shown
    assert "hpmap/phone/#/item/KP-19" in shown
    assert "./?open=item~KP-19" in shown


@pytest.mark.usefixtures("visits")
@pytest.mark.parametrize(
    ("who", "photos", "links"),
    [
        ("VISITOR", 0, {"map", "place"}),
        ("VIEWER", 2, {"map", "place"}),
        ("INSPECTOR", 2, {"map", "place", "visit"}),
        ("PLANNER", 2, {"map", "place", "visit", "edit"}),
    ],
)
def test_a_projects_page_offers_each_what_is_theirs(who: str, photos: int, links: set[str]) -> None:
    script = AS_SOMEBODY.replace("{who}", who)
    app = AppTest.from_string(script, default_timeout=60)
    app.query_params["item"] = "KP-19"
    app.run()
    assert not app.exception
    shown = html_of(app)
    assert shown.count('src="hpmap/photo/') == photos
    assert ("chỉ người có tài khoản được xem" in shown) == (photos == 0)
    offered = {
        name
        for name in ("map", "visit", "edit", "place")
        if f">{t(f'field.link.{name}')}</a>" in shown
    }
    assert offered == links
    assert ("gpmb?case=visit-" in shown) == (who != "VISITOR")


@pytest.mark.usefixtures("visits")
def test_what_people_wrote_is_shown_as_text() -> None:
    for app in (run("project_page", item="KP-19"), run("visits_page")):
        shown = html_of(app)
        assert "<img src=x" not in shown
        assert "&lt;img src=x onerror=alert(1)&gt; {{ 1/0 }}" in shown


def test_every_project_has_a_page() -> None:
    kinds = load_facts().items.drop_duplicates("kind")["item"]
    for item in [*kinds, "KP-08"]:
        app = run("project_page", item=item)
        assert not app.exception, item
        assert "hp-project" in html_of(app)


@pytest.mark.parametrize("item", ["", "KP-99", *mostly_slow(HOSTILE_TEXTS, 2)])
def test_what_is_no_project_offers_the_list(item: str) -> None:
    app = run("project_page", **({"item": item} if item else {}))
    assert not app.exception
    assert "hp-project" not in html_of(app)
    assert len(app.warning) == (1 if item else 0)
    app.text_input(key="project.search").set_value("aeon").run()
    app.button(key="project.search-KP-02").click().run()
    assert app.query_params["item"] == ["KP-02"] or app.query_params["item"] == "KP-02"
    assert "hp-project" in html_of(app)


def test_without_a_visit_the_page_says_so_and_never_zero() -> None:
    shown = html_of(run("project_page", item="KP-25"))
    assert "Chưa có lượt kiểm tra hiện trường nào." in shown
    assert "hp-gap-" not in shown


def test_near_a_commune_projects_stand_by_distance() -> None:
    app = run("near_page")
    assert "Chọn xã" in html_of(app)
    app.selectbox(key="near.commune").set_value("11413").run()
    assert not app.exception
    shown = html_of(app)
    assert "trong địa bàn" in shown
    assert "không phải vị trí chính xác" in shown
    assert "du-an?item=" in shown


@pytest.mark.parametrize(
    ("typed", "code"), [("hai an", "11413"), ("KP-25", "11728"), ("xã Minh Đức", ""), ("zzzz", "")]
)
def test_near_finds_what_is_typed_as_the_map_does(typed: str, code: str) -> None:
    app = run("near_page")
    app.text_input(key="near.search").set_value(typed).run()
    hits = [button for button in app.button if str(button.key).startswith("near.search-")]
    assert bool(hits) == (typed != "zzzz")
    if code:
        app.button(key=f"near.search-{code}").click().run()
        assert app.selectbox(key="near.commune").value == code
        assert app.text_input(key="near.search").value == ""
    assert not app.exception


def test_near_takes_the_commune_of_its_address() -> None:
    assert "trong địa bàn" in html_of(run("near_page", commune="11413"))


@pytest.mark.parametrize("text", mostly_slow(HOSTILE_TEXTS))
def test_near_takes_no_commune_that_is_none(text: str) -> None:
    app = run("near_page", commune=text)
    assert not app.exception
    assert "trong địa bàn" not in html_of(app)


@pytest.mark.usefixtures("visits")
def test_visits_are_narrowed_by_what_is_to_be_minded() -> None:
    app = run("visits_page")
    assert html_of(app).count('class="hp-visit"') == 2
    app.text_input(key="visits.text").set_value("nguyen trai").run()
    assert html_of(app).count('class="hp-visit"') == 1
    app.text_input(key="visits.text").set_value("").run()
    app.multiselect(key="visits.mind").set_value(["problem"]).run()
    assert html_of(app).count('class="hp-visit"') == 1
    assert not app.exception


@pytest.mark.usefixtures("visits")
def test_a_visit_kept_apart_is_shown_and_settled() -> None:
    code = str(uuid.uuid4())
    for note, digest in (("bản một", "1" * 64), ("bản hai", "2" * 64)):
        sent = Visit(
            visit=code,
            item="KP-20",
            inspector=INSPECTOR.name,
            at="2026-11-21T02:00:00+00:00",
            note=note,
            sent_hash=digest,
        )
        record_visit(sent, actor=INSPECTOR)
    app = run("visits_page")
    assert "bản hai" in html_of(app)
    (keep,) = [one for one in app.button if str(one.key).startswith("visits.keep-")]
    keep.click().run()
    assert not app.exception
    assert not [one for one in app.button if str(one.key).startswith("visits.keep-")]
    facts = load_facts()
    assert list(facts.visits.loc[facts.visits["visit"] == code, "note"]) == ["bản hai"]


def test_an_export_is_read_shown_imported_and_taken_back() -> None:
    app = run("odk_page")
    assert not app.exception
    assert [button.label for button in app.get("download_button")] == ["Tải mẫu (XLSForm)"]
    good = made("0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f00aa", works=HOSTILE)
    bad = made("0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f00bb", observed_construction_pct="140")
    app.file_uploader[0].upload("xuat.zip", central_zip([good, bad]), "application/zip").run()
    app.button(key="odk.read").click().run()
    assert not app.exception
    shown = html_of(app)
    assert "Đọc 2 dòng: 1 mới, 0 đã có, 1 lỗi." in shown
    assert "observed_construction_pct" in shown
    assert app.button(key="odk.accept").disabled
    app.checkbox(key="odk.leave_out").check().run()
    app.button(key="odk.accept").click().run()
    assert "Đã nạp 1 lượt" in app.success[0].value
    assert list(load_facts().visits["visit"]).count("0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f00aa") == 1
    number = int(list_visit_imports()["id"].iloc[0])
    app.text_input(key=f"odk.undo_why-{number}").set_value("Nạp nhầm").run()
    app.button(key=f"odk.undo-{number}").click().run()
    assert "Đã rút lần nạp" in app.success[0].value
    assert "0b8f5f0e-3a51-4c1d-9a6e-1f6a2a8f00aa" not in set(load_facts().visits["visit"])


def test_a_file_that_is_no_export_is_refused_in_words() -> None:
    app = run("odk_page")
    app.file_uploader[0].upload("x.csv", b"a,b\n1,2\n", "text/csv").run()
    app.button(key="odk.read").click().run()
    assert not app.exception
    assert "XML values and headers" in app.error[0].value


def test_the_choice_of_a_project_begins_with_those_that_miss_their_goal() -> None:
    app = run("project_page")
    assert not app.exception
    shown = html_of(app)
    assert "Không đạt mục tiêu quý (9)" in shown
    links = re.findall(r"du-an\?item=(KP-\d+)", shown.split("Không đạt mục tiêu quý (9)")[1])
    assert len(links) == 9
    assert links[0] == "KP-25", "the largest first"
