"""A column of money that is no total investment is asked about by column too: planned, paid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geo.i18n import format_number
from reports.extract import extract_document
from reports.open import open_document
from reports.sample.content import make_sample
from reports.sample.formats import to_docx
from store.db.errors import ChoiceError
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.column_choices import list_column_choices, remember_column_unit
from store.imports.plan.planning import plan_import
from store.imports.plan.resolutions import list_choices
from store.imports.questions.column_units import EACH
from store.imports.questions.shared import is_urgent
from store.imports.review_queue import decide_review, list_reviews, undo_decision
from tests.hostile import mostly_slow
from tests.people import AN, BINH
from tests.store.imports.questions.test_column_units import ISSUER, PERIOD

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from reports.model.extraction import ColumnChoice, Extraction
    from store.imports.plan.review_rows import ReviewRow

pytestmark = pytest.mark.usefixtures("bare_store")

COLUMNS = {
    "disbursed": "Đã giải ngân",
    "allocated": "Kế hoạch vốn được giao",
    "compensation": "Kinh phí bồi thường, hỗ trợ",
}


def read_report(
    quarter: str,
    heading: str,
    scale: float,
    *choices: ColumnChoice,
    odd: Mapping[int, float] | None = None,
    decimals: int = 3,
) -> Extraction:
    """Return the sample with a column of a tenth of each investment, in millions over ``scale``.

    ``odd`` are rows (from 0) whose amount is so many times larger.
    """
    sample = make_sample()
    place = next(no for no, one in enumerate(sample.headings) if one.startswith("Tổng mức đầu tư"))
    headings = [*sample.headings]
    headings.insert(place + 1, heading)
    rows, count = [], 0
    for row in sample.rows:
        cells, paid = [*row], ""
        if row[0].isdigit() and row[place]:
            million = float(row[place].replace(".", "")) / 10 * (odd or {}).get(count, 1)
            count += 1
            paid = format_number(million / scale, 0 if scale <= 1 else decimals)
        cells.insert(place + 1, paid)
        rows.append(tuple(cells))
    title = f"Kết quả thực hiện các công trình, dự án trọng điểm quý {quarter} năm 2031"
    made = replace(
        sample, issuer=ISSUER, title=title, headings=tuple(headings), rows=tuple(rows), sections=()
    )
    return extract_document(open_document(to_docx(made), "bao-cao.docx"), choices=choices)


def bring_first(heading: str) -> None:
    first = plan_import(read_report("I", heading, 1), period="2031-Q1")
    assert about_units(first.reviews) == []
    apply_import(first, AN, confirmed=first.confirmations)


def about_units(reviews: object) -> list[ReviewRow]:
    return [one for one in reviews if one.reason == "column_unit"]


def list_amounts(rows: pd.DataFrame, field: str, period: str = PERIOD) -> dict[str, float]:
    """Return what the sure statements of a period say of each item, in million VND."""
    said = rows[(rows["field"] == field) & (rows["period"] == period) & (rows["state"] == "sure")]
    said = said[said["item"].notna() & (said["item"] != "")]
    assert set(said["unit"]) <= {"triệu đồng"}
    return {item: float(one) for item, one in zip(said["item"], said["number"], strict=True)}


def assert_known(found: dict[str, float], known: dict[str, float]) -> None:
    """Compare what is known of; a row of which nothing was known may be there too."""
    assert {item: found.get(item) for item in known} == pytest.approx(known, abs=1)


def list_known(field: str) -> dict[str, float]:
    return list_amounts(load_facts().statements, field, "2031-Q1")


@pytest.mark.parametrize("field", mostly_slow(COLUMNS, 2))
def test_a_column_of_money_in_another_unit_is_one_question(field: str) -> None:
    heading = f"{COLUMNS[field]} (triệu đồng)"
    bring_first(heading)
    known = list_known(field)
    assert len(known) > 20
    plan = plan_import(read_report("II", heading, 1000), period=PERIOD)
    (question,) = about_units(plan.reviews)
    assert (question.raw, question.payload["key"]) == (heading, field)
    assert list_choices(question) == ("tỷ đồng", "read", EACH)
    assert list_amounts(plan.rows("statements"), field) == {}
    for choice in ("tỷ đồng", "read"):
        decisions = {question.fingerprint: choice}
        answered = plan_import(plan.extraction, period=PERIOD, decisions=decisions)
        assert about_units(answered.reviews) == []
        rows = answered.rows("statements")
        assert len(rows[rows["field"] == field]) == len(question.payload["add"])
        if choice == "tỷ đồng":
            assert_known(list_amounts(rows, field), known)


def test_a_heading_of_another_unit_than_its_digits_is_asked_about_too() -> None:
    bring_first(f"{COLUMNS['disbursed']} (triệu đồng)")
    known = list_known("disbursed")
    for heading in ("Đã giải ngân (tỷ đồng)", "Đã giải ngân"):
        plan = plan_import(read_report("II", heading, 1), period=PERIOD)
        (question,) = about_units(plan.reviews)
        assert question.payload["unit"] == "triệu đồng"
        decisions = {question.fingerprint: "triệu đồng"}
        answered = plan_import(plan.extraction, period=PERIOD, decisions=decisions)
        assert_known(list_amounts(answered.rows("statements"), "disbursed"), known)


def test_left_open_it_is_answered_in_the_queue_taken_back_and_remembered() -> None:
    heading = f"{COLUMNS['disbursed']} (triệu đồng)"
    bring_first(heading)
    known = list_known("disbursed")
    plan = plan_import(read_report("II", heading, 1000), period=PERIOD)
    apply_import(plan, AN, confirmed=plan.confirmations)
    (question,) = about_units(list_reviews())
    assert list_amounts(load_facts().statements, "disbursed") == {}
    decide_review(question.number, "tỷ đồng", BINH)
    assert_known(list_amounts(load_facts().statements, "disbursed"), known)
    undo_decision(question.number, BINH)
    assert [one.number for one in about_units(list_reviews())] == [question.number]
    assert list_amounts(load_facts().statements, "disbursed") == {}
    remember_column_unit(question, "tỷ đồng", AN)
    (said,) = list_column_choices(plan.extraction.document.issuer)
    assert (said.key, said.unit) == ("disbursed", "tỷ đồng")
    after = plan_import(read_report("III", heading, 1000, said), period="2031-Q3")
    assert about_units(after.reviews) == []
    assert_known(list_amounts(after.rows("statements"), "disbursed", "2031-Q3"), known)


def test_what_grew_within_its_unit_is_not_asked() -> None:
    heading = f"{COLUMNS['disbursed']} (triệu đồng)"
    bring_first(heading)
    plan = plan_import(read_report("II", heading, 0.2), period=PERIOD)
    assert about_units(plan.reviews) == []
    assert len(list_amounts(plan.rows("statements"), "disbursed")) > 20


def about_amounts(reviews: object) -> list[ReviewRow]:
    return [one for one in reviews if one.reason == "unusual"]


@pytest.mark.parametrize("field", COLUMNS)
def test_an_amount_a_digit_too_long_is_asked_by_itself(field: str) -> None:
    heading = f"{COLUMNS[field]} (triệu đồng)"
    bring_first(heading)
    known = list_known(field)
    plan = plan_import(read_report("II", heading, 1, odd={3: 10, 5: 0.01}), period=PERIOD)
    assert about_units(plan.reviews) == []
    asked = about_amounts(plan.reviews)
    assert len(asked) == 2
    assert all(is_urgent(one) for one in asked)
    held = {one.payload["item"] for one in asked}
    assert set(list_amounts(plan.rows("statements"), field)) == set(known) - held
    assert "gấp 10,0 lần" in asked[0].detail
    for question in asked:
        ((reading, _),) = question.candidates
        assert float(reading) == pytest.approx(known[question.payload["item"]], rel=0.02)
        assert list_choices(question) == ("read", "ignore")
    answers = {asked[0].fingerprint: asked[0].candidates[0][0], asked[1].fingerprint: "read"}
    answered = plan_import(plan.extraction, period=PERIOD, decisions=answers)
    assert about_amounts(answered.reviews) == []
    said = list_amounts(answered.rows("statements"), field)
    mended, read = (one.payload["item"] for one in asked)
    assert said[mended] == pytest.approx(known[mended], abs=1)
    assert said[read] == pytest.approx(known[read] / 100, rel=0.02)
    assert len(said) == len(known)


def test_an_amount_asked_about_is_answered_in_the_queue_in_words_and_taken_back() -> None:
    heading = f"{COLUMNS['disbursed']} (triệu đồng)"
    bring_first(heading)
    plan = plan_import(read_report("II", heading, 1, odd={3: 10}), period=PERIOD)
    apply_import(plan, AN, confirmed=plan.confirmations)
    (question,) = about_amounts(list_reviews())
    item = question.payload["item"]
    assert item not in list_amounts(load_facts().statements, "disbursed")
    for wrong in ("investment_mvnd=5", "disbursed=-3", "disbursed=nhiều", "disbursed=NaN"):
        with pytest.raises(ChoiceError):
            decide_review(question.number, wrong, BINH)
    decide_review(question.number, "disbursed=77777", BINH)
    assert list_amounts(load_facts().statements, "disbursed")[item] == 77777
    undo_decision(question.number, BINH)
    assert item not in list_amounts(load_facts().statements, "disbursed")
    decide_review(question.number, "ignore", BINH)
    assert item not in list_amounts(load_facts().statements, "disbursed")


def test_a_column_in_another_unit_may_be_asked_row_by_row() -> None:
    heading = f"{COLUMNS['allocated']} (triệu đồng)"
    bring_first(heading)
    known = list_known("allocated")
    plan = plan_import(read_report("II", heading, 1000, decimals=2), period=PERIOD)
    (question,) = about_units(plan.reviews)
    each = plan_import(plan.extraction, period=PERIOD, decisions={question.fingerprint: EACH})
    assert about_units(each.reviews) == []
    asked = about_amounts(each.reviews)
    assert {one.payload["item"] for one in asked} >= set(known)
    apply_import(plan, AN, confirmed=plan.confirmations)
    (question,) = about_units(list_reviews())
    decide_review(question.number, EACH, BINH)
    alone = about_amounts(list_reviews())
    assert len(alone) == len(asked)
    for one in alone:
        decide_review(one.number, one.candidates[0][0], BINH)
    found = list_amounts(load_facts().statements, "allocated")
    assert {item: found.get(item) for item in known} == pytest.approx(known, abs=10)


def test_kept_as_written_nothing_of_the_column_is_asked_again() -> None:
    heading = f"{COLUMNS['allocated']} (triệu đồng)"
    bring_first(heading)
    plan = plan_import(read_report("II", heading, 1000, decimals=2), period=PERIOD)
    apply_import(plan, AN, confirmed=plan.confirmations)
    (question,) = about_units(list_reviews())
    decide_review(question.number, "read", BINH)
    assert about_amounts(list_reviews()) == []
    assert len(list_amounts(load_facts().statements, "allocated")) == len(list_known("allocated"))
