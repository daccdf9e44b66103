"""A column of amounts in another unit than its heading says is asked about once, as a column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from geo.i18n import format_number
from reports.extract import extract_document
from reports.model.extraction import ColumnChoice
from reports.open import open_document
from reports.sample.content import make_sample
from reports.sample.formats import to_docx
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.column_choices import (
    forget_column_unit,
    list_column_choices,
    remember_column_unit,
)
from store.imports.plan.planning import plan_import
from store.imports.questions.column_units import EACH, list_column_rows
from store.imports.questions.shared import is_urgent, rank_urgency
from store.imports.review_queue import decide_review, list_reviews, undo_decision
from tests import templates
from tests.people import AN, BINH

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.extraction import Extraction
    from store.imports.plan.review_rows import ReviewRow

AMOUNT: Final = 2
"""The column of the amounts (from 0)."""

MILLIONS, BILLIONS = "Tổng mức đầu tư (triệu đồng)", "Tổng mức đầu tư (tỷ đồng)"
PERIOD = "2031-Q2"
ISSUER = "UBND THÀNH PHỐ HẢI PHÒNG"


def write_report(
    quarter: str,
    year: int,
    heading: str,
    write: Callable[[int, float], str] = lambda _, million: format_number(million),
) -> bytes:
    """Return the sample as a report of a quarter, each amount as ``write`` has it (from 0)."""
    sample = make_sample()
    headings, rows, count = list(sample.headings), [], 0
    place = next(no for no, one in enumerate(headings) if one.startswith("Tổng mức đầu tư"))
    headings[place] = heading
    for row in sample.rows:
        cells = list(row)
        if row[0].isdigit() and row[place]:
            cells[place] = write(count, float(row[place].replace(".", "")))
            count += 1
        rows.append(tuple(cells))
    title = f"Kết quả thực hiện các công trình, dự án trọng điểm quý {quarter} năm {year}"
    made = replace(
        sample, issuer=ISSUER, title=title, headings=tuple(headings), rows=tuple(rows), sections=()
    )
    return to_docx(made)


def in_billions(_: int, million: float) -> str:
    return format_number(million / 1000, 3)


def read(data: bytes, *choices: ColumnChoice) -> Extraction:
    return extract_document(open_document(data, "bao-cao.docx"), choices=choices)


def list_amounts(plan_rows: object = None) -> dict[str, float]:
    rows = load_facts().observations if plan_rows is None else plan_rows
    rows = rows[(rows["field"] == "investment_mvnd") & (rows["period"] == PERIOD)]
    return {item: float(value) for item, value in zip(rows["item"], rows["value"], strict=True)}


def list_known() -> dict[str, float]:
    rows = load_facts().observations
    rows = rows[(rows["field"] == "investment_mvnd") & (rows["period"] == "2031-Q1")]
    return {item: float(value) for item, value in zip(rows["item"], rows["value"], strict=True)}


@pytest.fixture(autouse=True)
def stored(bare_store: str) -> str:
    """Have the amounts of a first quarter stored, in millions."""
    templates.fill_bare(bare_store, "column-units", bring_first)
    return bare_store


def bring_first() -> None:
    first = plan_import(read(write_report("I", 2031, MILLIONS)), period="2031-Q1")
    apply_import(first, AN, confirmed=first.confirmations)


def about_amounts(reviews: object) -> list[ReviewRow]:
    reasons = {"unusual", "unreadable_value", "column_unit"}
    return [one for one in reviews if one.reason in reasons]


@pytest.mark.parametrize(
    ("heading", "write", "unit"),
    [
        (MILLIONS, in_billions, "tỷ đồng"),
        (BILLIONS, lambda _, million: format_number(million), "triệu đồng"),
    ],
)
def test_a_whole_column_in_another_unit_is_one_question(
    heading: str, write: Callable[[int, float], str], unit: str
) -> None:
    plan = plan_import(read(write_report("II", 2031, heading, write)), period=PERIOD)
    (question,) = about_amounts(plan.reviews)
    assert question.reason == "column_unit"
    assert question.raw == heading
    assert f"{len(list_known())} giá trị" in question.detail
    assert unit in question.detail
    assert "1.000" in question.detail
    assert len(question.payload["samples"]) == 3
    assert is_urgent(question)
    assert min(reversed(plan.reviews), key=rank_urgency) == question
    assert list_amounts(plan.rows("observations")) == {}
    answered = plan_import(plan.extraction, period=PERIOD, decisions={question.fingerprint: unit})
    assert about_amounts(answered.reviews) == []
    assert list_amounts(answered.rows("observations")) == pytest.approx(list_known(), abs=1)


def test_the_column_read_as_was_said_asks_only_rows_that_still_differ() -> None:
    def write(no: int, million: float) -> str:
        return in_billions(no, million * (10 if no == 4 else 1))

    data = write_report("II", 2031, MILLIONS, write)
    asked = about_amounts(plan_import(read(data), period=PERIOD).reviews)
    assert [one.reason for one in asked].count("column_unit") == 1
    said = ColumnChoice("tong muc dau tu (trieu dong)", "investment", "tỷ đồng")
    plan = plan_import(read(data, said), period=PERIOD)
    assert [one.reason for one in about_amounts(plan.reviews)] == ["unusual"]
    assert len(list_amounts(plan.rows("observations"))) == len(list_known()) - 1


def in_whole_billions(_: int, million: float) -> str:
    return format_number(million / 1000).replace(".", "")


def test_it_may_be_kept_as_written_or_asked_row_by_row() -> None:
    data = write_report("II", 2031, MILLIONS, in_whole_billions)
    plan = plan_import(read(data), period=PERIOD)
    (question,) = about_amounts(plan.reviews)
    kept = plan_import(plan.extraction, period=PERIOD, decisions={question.fingerprint: "read"})
    assert about_amounts(kept.reviews) == []
    assert list_amounts(kept.rows("observations")) == pytest.approx(
        {item: value / 1000 for item, value in list_known().items()}, abs=1
    )
    each = plan_import(plan.extraction, period=PERIOD, decisions={question.fingerprint: EACH})
    assert {one.reason for one in about_amounts(each.reviews)} == {"unusual"}
    assert len(about_amounts(each.reviews)) == len(list_known())
    assert [one.choice for one in each.settled if one.review.reason == "column_unit"] == [EACH]


def test_what_no_row_can_hold_as_written_is_asked_alone() -> None:
    data = write_report("II", 2031, MILLIONS, lambda _, one: format_number(one / 1000, 1))
    plan = plan_import(read(data), period=PERIOD)
    (question,) = about_amounts(plan.reviews)
    kept = plan_import(plan.extraction, period=PERIOD, decisions={question.fingerprint: "read"})
    left = [one for one in kept.reviews if one.reason == "ambiguous_number"]
    amounts = list_amounts(kept.rows("observations"))
    assert left
    assert len(amounts) + len(left) == len(list_known())
    apply_import(plan, AN, confirmed=plan.confirmations)
    (question,) = about_amounts(list_reviews())
    decide_review(question.number, "read", BINH)
    assert len([one for one in list_reviews() if one.reason == "ambiguous_number"]) == len(left)


def test_left_open_it_is_answered_in_the_queue_and_taken_back() -> None:
    plan = plan_import(read(write_report("II", 2031, MILLIONS, in_billions)), period=PERIOD)
    apply_import(plan, AN, confirmed=plan.confirmations)
    (question,) = about_amounts(list_reviews())
    decide_review(question.number, "tỷ đồng", BINH)
    assert list_amounts() == pytest.approx(list_known(), abs=1)
    undo_decision(question.number, BINH)
    assert list_amounts() == {}
    decide_review(question.number, EACH, BINH)
    asked = [one for one in list_reviews() if one.reason in {"unusual", "ambiguous_number"}]
    assert len(asked) == len(list_known())
    undo_decision(question.number, BINH)
    assert [one.number for one in about_amounts(list_reviews())] == [question.number]


def test_what_was_said_of_the_column_holds_for_the_next_report_of_its_issuer() -> None:
    first = read(write_report("II", 2031, MILLIONS, in_whole_billions))
    (question,) = about_amounts(plan_import(first, period=PERIOD).reviews)
    remember_column_unit(question, "read", AN)
    assert list_column_choices(first.document.issuer) == ()
    remember_column_unit(question, "tỷ đồng", AN)
    said = list_column_choices(first.document.issuer)
    after = read(write_report("II", 2031, MILLIONS, in_billions), *said)
    plan = plan_import(after, period=PERIOD)
    assert about_amounts(plan.reviews) == []
    assert list_amounts(plan.rows("observations")) == pytest.approx(list_known(), abs=1)
    forget_column_unit(question, AN)
    assert list_column_choices(first.document.issuer) == ()


def test_a_column_without_a_unit_is_asked_about_once() -> None:
    plan = plan_import(read(write_report("II", 2031, "Tổng mức đầu tư")), period=PERIOD)
    (question,) = about_amounts(plan.reviews)
    assert question.payload["unit"] == "triệu đồng"
    assert "không ghi đơn vị" in question.detail
    decisions = {question.fingerprint: "triệu đồng"}
    answered = plan_import(plan.extraction, period=PERIOD, decisions=decisions)
    assert about_amounts(answered.reviews) == []
    assert list_amounts(answered.rows("observations")) == list_known()


def test_two_rows_of_another_unit_are_asked_alone() -> None:
    def write(no: int, million: float) -> str:
        return in_whole_billions(no, million) if no < 2 else format_number(million)

    plan = plan_import(read(write_report("II", 2031, MILLIONS, write)), period=PERIOD)
    assert {one.reason for one in about_amounts(plan.reviews)} == {"unusual"}


def test_row_by_row_what_nothing_is_known_of_stands_as_it_was_read() -> None:
    plan = plan_import(read(write_report("II", 2031, MILLIONS, in_whole_billions)), period=PERIOD)
    (question,) = about_amounts(plan.reviews)
    entry = question.payload["add"][0]
    unknown = replace(question, payload=question.payload | {"add": [entry | {"alone": []}]})
    assert list_column_rows(unknown, EACH) == [
        ("observations", entry["content"] | {"value": entry["value"]})
    ]
    assert list_column_rows(question, EACH) == []
