"""The pages with a second reader: what it proposes is asked about on the review page, no fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.imports.statement_queue import list_open_statements
from tests import templates
from tests.pages.reconnected import field
from tests.pages.test_edit_page import run
from tests.pages.test_pages import html_of
from tests.people import ADMIN
from tests.reports.second_reader.endpoint import answer, propose, serve

if TYPE_CHECKING:
    from pathlib import Path

    from reports.model.extraction import Extraction
    from tests.reports.second_reader.endpoint import Endpoint

OPEN = "Sao Khuê sẽ mở cửa đón khách vào quý II/2027, ông Bình nói."
TEXT = f"BÁO CÁO\n\ntình hình một số việc quý III năm 2026\n\n{OPEN}\n"
FOUND = {
    "sentence": 1, "subject": "Sao Khuê", "subject_kind": "project", "field": "finish",
    "value": "2027-Q2", "unit": "", "stated": "quý II/2027", "mood": "planned",
}  # fmt: skip
LIE = FOUND | {"value": "2026-Q2", "stated": "quý II/2026"}
READ = """
from pages.imports.upload import UploadedReport, get_upload, read_upload
from pages.shell.context import open_page

ctx = open_page()
if get_upload() is None:
    read_upload(ctx, UploadedReport("tin.txt", {data!r}, period="2026-Q3"))
"""


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store without facts."""
    templates.use_copy(templates.bare_store(), tmp_path, monkeypatch)


def read_on_page(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Extraction:
    """Return what the import page reads of the text while an endpoint is set."""
    monkeypatch.setenv("HPMAP_READER_URL", endpoint.url.removesuffix("/chat/completions"))
    monkeypatch.setenv("HPMAP_READER_MODEL", "test-model")
    app = AppTest.from_string(READ.format(data=TEXT.encode()), default_timeout=90).run()
    assert not app.exception
    read: Extraction = app.session_state["import.read"]
    return read


def test_a_proposal_is_a_question_of_the_review_page_and_no_fact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serve(propose(FOUND, LIE)) as endpoint:
        read = read_on_page(endpoint, monkeypatch)
    assert len(endpoint.bodies) == 1
    assert OPEN in str(endpoint.bodies[0])
    apply_import(plan_import(read, period="2026-Q3"), ADMIN)
    (proposed,) = [one for one in list_open_statements() if one.statement.why == "second_reader"]
    assert (proposed.statement.subject, proposed.statement.value) == ("Sao Khuê", "2027-Q2")
    facts = load_facts()
    assert [len(frame) for frame in (facts.items, facts.observations, facts.indicators)] == [0] * 3
    app = run("review_page")
    assert not app.exception
    assert "Bộ đọc thứ hai đề xuất; hãy so với câu gốc" in html_of(app)
    assert field(app, "Giá trị").value == "quý II/2027"


def test_an_endpoint_that_fails_ends_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(answer(500, b"down")) as endpoint:
        read = read_on_page(endpoint, monkeypatch)
    assert endpoint.bodies
    assert [one for one in read.reading.statements if one.why == "second_reader"] == []
    assert read.document.messages
