"""The brief: two pages in both files whatever stands in it, and nothing left out unsaid."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from layers.briefing import Letterhead
from layers.briefing.brief import SIZES, compose_brief
from layers.briefing.files import build_document_files, count_pages, fit_brief
from layers.summary.key_figures import list_key_figures
from layers.watchlist.body_groups import group_rows_by_body
from layers.watchlist.watchlist import build_watchlist
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.hostile import mostly_slow
from tests.layers.briefing.test_files import HEAD, Paper
from tests.small_facts import no_facts, small_facts
from tests.tools import soffice

FACTS = load_facts()
WORDY = Letterhead(
    superior="Ủy ban nhân dân thành phố Hải Phòng " * 4,
    body="Ban Quản lý dự án đầu tư xây dựng " * 4,
    day=date(2026, 12, 31),
    signs_for="Thừa lệnh Chủ tịch Ủy ban nhân dân thành phố " * 3,
    recipients=("Thường trực Thành ủy, Thường trực Hội đồng nhân dân thành phố",) * 12,
)
PERIODS = ("2026-H1", "2026-Q1", "2026-01", "2025-11")


def wordy_facts():
    """Return facts in which every name is as long as a sentence."""
    facts = small_facts()
    long = "Dự án đầu tư xây dựng hạ tầng kỹ thuật khu tái định cư phục vụ giải phóng mặt bằng " * 5
    words = facts.observations["field"].isin(["asked_to_act", "obstacle_text"])
    return replace(
        facts,
        items=facts.items.assign(name=long),
        documents=facts.documents.assign(title=long),
        clearance=facts.clearance.assign(statement=long, asked_to_act=long),
        observations=facts.observations.assign(
            value=facts.observations["value"].mask(words, long), component=long
        ),
    )


@pytest.mark.parametrize("period", mostly_slow(PERIODS, 1))
@pytest.mark.parametrize("language", mostly_slow(["vi", "en"], 1))
def test_the_pdf_has_two_pages_in_every_period(period: str, language: str) -> None:
    _, pdf = fit_brief(FACTS, Filters(period=period), HEAD, language=language)
    assert count_pages(pdf) <= 2


@pytest.mark.parametrize("made_of", mostly_slow([wordy_facts, no_facts], 1))
def test_long_words_and_none_at_all_have_two_pages_too(made_of) -> None:
    _, pdf = fit_brief(made_of(), Filters(), WORDY)
    assert count_pages(pdf) <= 2


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("head", [HEAD, Letterhead(), WORDY], ids=["usual", "blank", "wordy"])
def test_the_word_file_has_two_pages(period: str, head: Letterhead, tmp_path) -> None:
    given = tmp_path / "brief.docx"
    given.write_bytes(build_document_files("brief", FACTS, Filters(period=period), head)["docx"])
    assert count_pages(soffice(tmp_path, given, "pdf").read_bytes()) <= 2


@pytest.mark.slow
def test_the_word_file_of_long_words_has_two_pages(tmp_path) -> None:
    given = tmp_path / "brief.docx"
    given.write_bytes(build_document_files("brief", wordy_facts(), Filters(), WORDY)["docx"])
    assert count_pages(soffice(tmp_path, given, "pdf").read_bytes()) <= 2


def test_both_files_have_six_figures_a_map_and_every_body() -> None:
    filters = Filters(period="2026-Q1")
    files = build_document_files("brief", FACTS, filters, HEAD)
    said = Paper(files["pdf"]).text.replace(" ", "")
    word = Document(io.BytesIO(files["docx"]))
    written = "".join(
        "".join(cell.text.split()) for table in word.tables for row in table.rows
        for cell in row.cells
    )  # fmt: skip
    for figure in list_key_figures(FACTS, filters):
        for text in (figure.label, figure.text):
            assert "".join(text.split()) in said
            assert "".join(text.split()) in written
    groups = group_rows_by_body(build_watchlist(FACTS, filters), language="vi")
    assert len(groups) > 5
    for group in groups:
        assert "".join(group.body.split()) in written
    assert len(word.inline_shapes) == 1


def test_what_has_no_room_is_counted() -> None:
    shortest = compose_brief(FACTS, Filters(period="2026-Q1"), size=SIZES[-1])
    block = shortest.sections[2].blocks[0]
    assert block.table is not None
    assert len(block.table.rows) == SIZES[-1].bodies
    assert "cơ quan khác, xem báo cáo đầy đủ" in block.paragraphs[0].text
    assert any("dự án khác" in row.cells[1] for row in block.table.rows)


def test_every_figure_and_row_has_its_documents() -> None:
    made = compose_brief(FACTS, Filters(period="2026-Q1"))
    figures = made.sections[0].blocks[0].figures
    assert len(figures) == 6
    assert all(made.cite(figure.sources) for figure in figures)
    table = made.sections[2].blocks[0].table
    assert table is not None
    assert all(made.cite(row.sources) for row in table.rows)


def test_a_brief_of_an_area_says_so() -> None:
    made = compose_brief(FACTS, Filters(), partial=True)
    assert "tài khoản lập báo cáo được xem" in made.opening[0].text
