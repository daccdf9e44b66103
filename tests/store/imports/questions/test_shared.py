"""A question that several items share is answered for each of them, or for those chosen."""

from __future__ import annotations

import pytest

from reports.model.document import SourcePlace
from reports.model.extraction import QueueEntry
from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ChoiceError
from store.facts.facts import load_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.imports.questions.shared import find_pattern, is_urgent, list_items
from store.imports.review_queue import decide_review, list_reviews, undo_decision
from tests import templates
from tests.people import AN, BINH
from tests.store.small_reports import project, report, value

ZONE = "Khu kinh tế Đình Vũ - Cát Hải"
NAMES = ("Cảng nước sâu phía đông", "Đường trục khu công nghiệp", "Nhà máy xử lý rác phía nam")


def entry(line: int) -> QueueEntry:
    return QueueEntry(
        "uncertain_place", ZONE, SourcePlace(line, line), "?", (("11914", 0.8), ("11560", 0.8))
    )


def bring(name: str, period: str) -> None:
    rows = [
        project(no, NAMES[no - 1], value("investment_mvnd", f"{no}00000", no * 10 + 1))
        for no in (1, 2, 3)
    ]
    queue = tuple(entry(no * 10 + 2) for no in (1, 2, 3))
    apply_import(plan_import(report(name, period, *rows, queue=queue)), AN)


@pytest.fixture
def asked(bare_store: str) -> str:
    templates.fill_bare(bare_store, "shared", lambda: bring("Báo cáo quý I", "2031-Q1"))
    return bare_store


def placed() -> dict[str, list[str]]:
    places = load_facts().places
    return {item: sorted(rows["commune"]) for item, rows in places.groupby("item")}


@pytest.mark.usefixtures("asked")
def test_it_is_asked_once_and_names_all_its_items() -> None:
    (question,) = list_reviews()
    assert [one["item"] for one in list_items(question)] == ["KP-01", "KP-02", "KP-03"]
    assert is_urgent(question)


def test_the_answer_is_given_to_all(asked: str) -> None:
    (question,) = list_reviews()
    decide_review(question.number, "11914 11560", BINH)
    assert placed() == {f"KP-0{no}": ["11560", "11914"] for no in (1, 2, 3)}
    rows = load_facts().places.set_index("item")["line"]
    assert dict(rows.groupby(level=0).first()) == {"KP-01": 12, "KP-02": 22, "KP-03": 32}
    with reading(asked) as connection:
        assert check_store(connection) == []


@pytest.mark.usefixtures("asked")
def test_the_answer_for_some_leaves_the_question_open_for_the_others() -> None:
    (question,) = list_reviews()
    number = question.number
    decide_review(number, "11914", BINH, items=["KP-02"])
    assert placed() == {"KP-02": ["11914"]}
    (left,) = list_reviews()
    assert [one["item"] for one in list_items(left)] == ["KP-01", "KP-03"]
    decide_review(left.number, "11560", BINH)
    assert list_reviews() == []
    undo_decision(number, BINH, "nhầm")
    (again,) = list_reviews()
    assert (again.number, placed()) == (number, {})
    decide_review(number, "11914", BINH, items=["KP-01"])
    undo_import(1, AN, "nhầm")
    assert list_reviews() == []
    assert placed() == {}


@pytest.mark.usefixtures("asked")
def test_a_place_that_was_answered_is_not_asked_again() -> None:
    (question,) = list_reviews()
    decide_review(question.number, "11914", BINH)
    rows = [project(9, "Bến cảng mới phía tây", value("investment_mvnd", "700000", 91))]
    later = report("Báo cáo quý II", "2031-Q2", *rows, queue=(entry(92),))
    plan = plan_import(later)
    assert plan.reviews == ()
    assert [(one.choice, one.remembered) for one in plan.settled] == [("11914", True)]
    apply_import(plan, AN)
    assert placed()["KP-09"] == ["11914"]


@pytest.mark.usefixtures("asked")
def test_names_that_nobody_follows_are_one_pattern() -> None:
    queue = tuple(
        QueueEntry("uncertain_item", f"Dự án số {no}", SourcePlace(no, no)) for no in (60, 70)
    )
    plan = plan_import(report("Báo cáo tháng", "2031-04", queue=queue))
    assert len({find_pattern(one) for one in plan.reviews}) == 1
    assert not any(map(is_urgent, plan.reviews))


@pytest.mark.usefixtures("asked")
def test_what_is_asked_as_an_item_is_not_asked_in_another_way() -> None:
    name = f"{NAMES[0]} mới"
    twice = tuple(
        QueueEntry(reason, name, SourcePlace(10, 19))
        for reason in ("uncertain_item", "uncertain_place")
    )
    row = project(1, name, value("investment_mvnd", "5", 11))
    plan = plan_import(report("Báo cáo tháng", "2031-04", row, queue=twice))
    (question,) = plan.reviews
    assert question.reason == "uncertain_item"
    assert "new_item" in question.payload


@pytest.mark.usefixtures("bare_store")
def test_a_blank_behind_the_words_is_no_reason_to_ask() -> None:
    row = project(1, NAMES[0], value("status", "not_started", 11, raw="04 KCN còn lại: "))
    plan = plan_import(report("Báo cáo quý I", "2031-Q1", row))
    assert plan.reviews == ()
    assert list(plan.rows("observations")["raw"]) == ["04 KCN còn lại:"]


EMPTY = "Ô tổng mức đầu tư để trống. Hãy điền nếu biết."


def empty_cell(line: int) -> QueueEntry:
    return QueueEntry("unreadable_value", "–", SourcePlace(line, line), EMPTY)


def amounts() -> dict[str, float]:
    rows = load_facts().observations
    rows = rows[rows["field"] == "investment_mvnd"]
    return {str(row["item"]): float(row["number"]) for row in rows.to_dict("records")}


@pytest.mark.usefixtures("bare_store")
def test_a_value_that_two_projects_lack_is_asked_for_each_and_remembered_for_its_own() -> None:
    rows = [project(no, NAMES[no - 1]) for no in (1, 2)]
    cells = tuple(empty_cell(no * 10 + 1) for no in (1, 2))
    apply_import(plan_import(report("Báo cáo quý I", "2031-Q1", *rows, queue=cells)), AN)
    first, second = list_reviews()
    assert [first.payload["item"], second.payload["item"]] == ["KP-01", "KP-02"]
    decide_review(first.number, "investment_mvnd=300000", BINH)
    assert amounts() == {"KP-01": 300_000}

    later = plan_import(report("Báo cáo quý II", "2031-Q2", *rows, queue=cells))
    assert [question.payload["item"] for question in later.reviews] == ["KP-02"]
    assert [(one.review.payload["item"], one.choice) for one in later.settled] == [
        ("KP-01", "investment_mvnd=300000")
    ]


@pytest.mark.usefixtures("asked")
def test_what_is_asked_of_a_project_that_is_not_settled_yet_waits_for_it() -> None:
    like = f"{NAMES[0]} và cầu cảng"
    cells = (empty_cell(91), entry(92))
    plan = plan_import(report("Báo cáo quý II", "2031-Q2", project(9, like), queue=cells))
    of_item, amount, place = sorted(plan.reviews, key=lambda one: one.place["line_to"] < 99)
    assert [of_item.reason, amount.raw, place.raw] == ["uncertain_item", "–", ZONE]
    assert is_urgent(amount)
    assert is_urgent(place)
    with pytest.raises(ChoiceError, match=like):
        plan_import(plan.extraction, decisions={amount.fingerprint: "investment_mvnd=300000"})

    answers = {
        place.fingerprint: "11560",
        amount.fingerprint: "investment_mvnd=300000",
        of_item.fingerprint: "KP-01",
    }
    apply_import(plan_import(plan.extraction, decisions=answers), AN)
    known = load_facts().observations.query("period == '2031-Q2'")
    assert dict(zip(known["item"], known["number"], strict=True)) == {"KP-01": 300_000}
    assert placed()["KP-01"] == ["11560"]
