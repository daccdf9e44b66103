"""What a briefing says: the figures of the pages, each with its source, and nothing made up."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from layers.briefing import compose_briefing
from layers.summary.key_figures import list_key_figures
from layers.watchlist.watchlist import build_watchlist
from store.analysis.contradictions import ContradictionDecision, list_contradictions
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.hostile import mostly_slow
from tests.layers.briefing.paragraphs import list_paragraphs
from tests.small_facts import GOLF, no_facts, small_facts

if TYPE_CHECKING:
    from layers.briefing.document import Briefing

FACTS = load_facts()
Q1 = Filters(period="2026-Q1")


@cache
def quarter() -> Briefing:
    """Return the briefing of the first quarter, made once."""
    return compose_briefing(FACTS, Q1, maps=())


def told(made) -> str:
    return "\n".join(f"{one.lead} {one.text}" for one in list_paragraphs(made))


def section(made, number: int):
    return [one for block in made.sections[number].blocks for one in block.paragraphs]


def test_it_says_the_key_figures_as_the_pages_do() -> None:
    text = told(quarter())
    for one in list_key_figures(FACTS, Q1):
        assert f"{one.label}: {one.text}" in text


def test_every_figure_of_the_overview_has_its_documents() -> None:
    made = quarter()
    for one in section(made, 0)[:6]:
        assert re.fullmatch(r"\[\d(; \d)*\]", made.cite(one.sources)), one


def test_what_needs_a_decision_stands_in_the_order_of_the_watch_list() -> None:
    made = quarter()
    held = [row for row in build_watchlist(FACTS, Q1) if row.holding]
    listed = [one for one in section(made, 1) if one.listed]
    assert [one.lead for one in listed] == [f"{row.name} ({row.money}):" for row in held[:7]]
    assert all(made.cite(one.sources) for one in listed)
    first = next(one for one in made.opening if one.lead)
    assert [first.text.index(row.name) for row in held[:3]] == sorted(
        first.text.index(row.name) for row in held[:3]
    )


def test_the_annexes_have_every_row_of_the_lists() -> None:
    made = {annex.key: annex for annex in quarter().annexes}
    assert len(made["watch"].table.rows) == len(build_watchlist(FACTS, Q1))
    assert len(made["projects"].table.rows) == 31
    assert len(made["clearance"].table.rows) == 16
    assert list(made) == ["watch", "projects", "clearance", "corrections", "documents"]


def test_there_is_a_map_for_every_layer_asked_for() -> None:
    made = compose_briefing(FACTS, Q1, maps=("clearance", "progress"))
    assert [annex.key for annex in made.annexes if annex.picture] == [
        "map-clearance",
        "map-progress",
    ]


def test_references_name_document_and_line() -> None:
    made = quarter()
    lng = next(one for one in section(made, 1) if "LNG" in one.lead)
    number = next(one.number for one in made.documents if one.doc == "q1-2026")
    assert made.cite(lng.sources).startswith(f"[{number}, dòng 8")
    assert made.cite(()) == ""


def test_requests_are_the_words_of_the_reports() -> None:
    made = quarter()
    asked = {one.lead: one.text for one in section(made, 6)}
    assert (
        "UBND phường Thạch Khôi khẩn trương đẩy nhanh tiến độ GPMB"
        in (asked["UBND phường Thạch Khôi:"])
    )
    hanging = asked["UBND phường Nguyễn Đại Năng:"]
    assert "sớm bàn giao đất" in hanging
    assert "hướng dẫn" not in hanging, "what is asked of the department is not asked of the ward"
    requests = FACTS.observations[FACTS.observations["field"] == "request_text"]["value"]
    for one in section(made, 6):
        if one.listed and "(" in one.text:
            assert any(request in one.text for request in requests)


def test_what_is_unknown_is_counted() -> None:
    text = told(quarter())
    assert "47/78 dự án, khu, cụm chưa có tổng mức đầu tư" in text
    assert "10 vướng mắc mặt bằng không nêu tên dự án" in text


def test_a_settled_contradiction_is_not_told_as_open() -> None:
    before = quarter()
    settled = {one.id: ContradictionDecision("a") for one in list_contradictions(FACTS)}
    after = compose_briefing(FACTS, Q1, maps=(), settled=settled)
    assert len(section(before, 4)) > 1
    assert [one.text for one in section(after, 4)] == [
        "Trong phạm vi này không thấy nội dung nào các báo cáo nêu khác nhau mà còn để ngỏ."
    ]


def test_what_later_reports_say_is_not_in_it() -> None:
    made = compose_briefing(FACTS, Q1)
    later = {"notice-2026-05", "h1-2026"}
    assert later.isdisjoint(one.doc for one in made.documents)
    cited = {source.doc for one in list_paragraphs(made) for source in one.sources}
    assert later.isdisjoint(cited)


@pytest.mark.slow
def test_two_periods_are_compared_and_the_first_has_none_before() -> None:
    assert (
        "Quý I/2026"
        in compose_briefing(FACTS, Filters(period="2026-05"), maps=()).sections[0].blocks[1].title
    )
    chosen = compose_briefing(FACTS, Filters(period="2026-H1"), before="2026-Q1", maps=())
    assert "từ 9/31 (Quý I/2026) thành 8/30 dự án (6 tháng đầu năm 2026)" in told(chosen)
    for before in ("", "2026-H1", "no-such-period"):
        first = compose_briefing(FACTS, Filters(period="2025-11"), before=before, maps=())
        assert "Chưa có kỳ trước để so sánh." in told(first)


@pytest.mark.parametrize(
    ("filters", "word"),
    [
        (Filters(period="2026-Q1", kinds=("industrial_park",)), "Loại: Khu công nghiệp"),
        (Filters(period="2026-Q1", communes=("11002",)), "Phường Thạch Khôi"),
        (Filters(period="2026-Q1", text="cầu"), "“cầu”"),
        (Filters(period="2026-Q1", carry=False), "chỉ số liệu của chính kỳ này"),
    ],
)
def test_it_says_what_the_filters_leave_in(filters, word) -> None:
    made = compose_briefing(FACTS, filters, maps=())
    assert word in told(made)
    if filters.kinds or filters.communes or filters.text:
        assert "Đầu tư công, đã giải ngân" not in told(made), "counts of the whole city do not fit"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("facts", "filters"),
    mostly_slow(
        [
            (no_facts(), Filters()),
            (small_facts(), Filters()),
            (small_facts(), Filters(text="không có dự án nào như vậy")),
            (FACTS, Filters(period="2025-11")),
            (FACTS, Filters(period="2026-H1", communes=("99999",))),
        ],
        2,
    ),
)
def test_there_is_a_briefing_of_little_or_nothing(facts, filters, language) -> None:
    made = compose_briefing(facts, filters, language=language)
    assert len(made.sections) == 7
    assert made.opening
    assert all(block.paragraphs for one in made.sections for block in one.blocks)


def test_a_store_without_any_period_has_a_briefing_that_says_so() -> None:
    facts = no_facts()
    empty = replace(facts, periods=facts.periods.iloc[:0], documents=facts.documents.iloc[:0])
    assert "chưa có tài liệu" in told(compose_briefing(empty, Filters()))


def test_the_register_is_summed_up_where_staff_keep_one() -> None:
    assert "Sổ giải phóng mặt bằng" not in told(quarter())
    facts = small_facts()
    blank = dict.fromkeys(facts.cases.columns, "")
    row = blank | {
        "case": "V-1",
        "item": GOLF,
        "commune": "11002",
        "category": "land_origin",
        "opened": "2026-02-01",
        "deadline": "2026-03-01",
        "area_ha": 20.0,
        "handed_ha": 5.0,
        "households": 9,
        "households_left": 4,
        "state": "open",
    }
    cases = pd.DataFrame([row]).astype(facts.cases.dtypes)
    made = compose_briefing(replace(facts, cases=cases), Q1, maps=())
    assert "đã bàn giao 25 % diện tích (5/20 ha của 1 vụ" in told(made)
    assert "1 vụ còn mở, trong đó 1 quá hạn" in told(made)
    elsewhere = compose_briefing(
        replace(facts, cases=cases), Q1.with_changes(communes=("11413",)), maps=()
    )
    assert "Sổ giải phóng mặt bằng" not in told(elsewhere)


def test_no_project_is_named_that_is_not_chosen() -> None:
    made = compose_briefing(small_facts(), Filters(kinds=("industrial_park",), period="2026-H1"))
    assert GOLF not in told(made)
    assert "Liên Hồng" not in told(made)


def test_a_corrected_number_says_in_print_what_its_document_has() -> None:
    made = quarter()
    (spent,) = [one for one in made.opening if "giải ngân" in one.text]
    printed = "(sửa lỗi quét: văn bản in “68.398,723 tỷ đồng”, đọc là “8.398,723 tỷ đồng”)"
    assert printed in spent.text
    assert printed in made.cite(spent.sources)
    assert printed not in made.cite(spent.sources, spent.text)


def test_what_documents_print_otherwise_is_counted_and_listed_with_its_place() -> None:
    made = quarter()
    (annex,) = (one for one in made.annexes if one.key == "corrections")
    docs = {one.doc for one in made.documents}
    known = FACTS.corrections[FACTS.corrections["doc"].isin(docs)]
    assert [row.cells for row in annex.table.rows] == [
        (row.raw, row.corrected, row.why) for row in known.itertuples()
    ]
    assert f"in khác ở {len(known)} chỗ" in annex.paragraphs[-1].text
    assert all(f", dòng {row.sources[0].line_from}" in made.cite(row.sources)
               for row in annex.table.rows)  # fmt: skip


def test_a_body_is_cited_from_where_it_is_named_and_the_sections_agree() -> None:
    made = quarter()
    paragraphs = section(made, 1)
    at = next(i for i, one in enumerate(paragraphs) if "19.128 tỷ đồng" in one.lead)
    assert "chưa nêu cơ quan được đề nghị xử lý" in paragraphs[at].text
    assert "programme-2026" not in {one.doc for one in paragraphs[at].sources}
    lead = paragraphs[at + 1]
    assert lead.text.startswith("Cơ quan chủ trì (Chương trình năm 2026): ")
    assert {(one.doc, one.line_from) for one in lead.sources} == {("programme-2026", 284)}
