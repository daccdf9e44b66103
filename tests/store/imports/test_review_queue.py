"""The queue: what is asked, what each answer changes, that it is remembered and taken back."""

import pytest

from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ChoiceError
from store.facts.facts import load_facts
from store.facts.stored.tables import read_stored_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.imports.review_queue import ReviewQuestion, decide_review, list_reviews, undo_decision
from tests import templates
from tests.people import AN, BINH
from tests.store.small_reports import QUARTER, QUEUED, project, report, value
from tests.store.test_bootstrap import assert_same


def _bring_both() -> None:
    apply_import(plan_import(QUARTER), AN)
    apply_import(plan_import(QUEUED), AN)


@pytest.fixture
def queue(bare_store: str) -> dict[str, ReviewQuestion]:
    """Import a first report and one with open questions; return these by reason."""
    templates.fill_bare(bare_store, "queue", _bring_both)
    return {review.reason: review for review in list_reviews()}


def assert_whole(url: str) -> None:
    with reading(url) as connection:
        assert [fault.text() for fault in check_store(connection)] == []


def test_what_is_uncertain_is_asked_with_its_place(queue: dict[str, ReviewQuestion]) -> None:
    assert set(queue) == {
        "unreadable_value",
        "low_confidence",
        "uncertain_item",
        "unplaced",
        "ambiguous_number",
        "gap_in_numbers",
    }
    assert queue["uncertain_item"].candidates[0][0] == "KP-02"
    assert queue["unplaced"].place["line_from"] == 14
    assert queue["unplaced"].payload["item"] == "KP-01"  # the row that the line stands in
    assert "6O" not in set(load_facts().observations["value"])


def test_an_item_that_is_told_takes_the_rows_that_waited(queue: dict[str, ReviewQuestion]) -> None:
    decide_review(queue["uncertain_item"].number, "KP-02", BINH)
    seen = load_facts().observations.query("period == '2031-09' and item == 'KP-02'")
    assert list(seen["field"]) == ["forecast"]
    decide_review(queue["low_confidence"].number, "read", BINH)
    seen = load_facts().observations.query("period == '2031-09' and item == 'KP-02'")
    assert sorted(seen["field"]) == ["forecast", "investment_mvnd"]


def test_an_item_may_be_new(queue: dict[str, ReviewQuestion], bare_store: str) -> None:
    decide_review(queue["uncertain_item"].number, "new", BINH)
    items = load_facts().items.set_index("item")
    assert items.loc["KP-03", "name"] == "Trường trung học phổ thông chuyên Nguyễn Trãi"
    assert_whole(bare_store)


def test_an_answer_is_remembered_for_the_next_report(queue: dict[str, ReviewQuestion]) -> None:
    decide_review(queue["uncertain_item"].number, "KP-02", BINH)
    decide_review(queue["gap_in_numbers"].number, "seen", BINH)
    again = report(
        "Báo cáo sau",
        "2031-10",
        project(1, QUEUED.projects[1].name, value("forecast", "meets", 12)),
        queue=QUEUED.queue,
    )
    plan = plan_import(again)
    assert [(match.item, match.how) for _, match in plan.matches] == [("KP-02", "alias")]
    assert [(one.review.reason, one.remembered) for one in plan.settled] == [
        ("gap_in_numbers", True)
    ]
    apply_import(plan, AN)
    assert not [r for r in list_reviews() if r.period == "2031-10" and r.reason[:3] == "gap"]


def test_a_place_that_is_told_is_put_on_the_map(queue: dict[str, ReviewQuestion]) -> None:
    decide_review(queue["unplaced"].number, "11002 11455", BINH)
    placed = load_facts().places.query("item == 'KP-01'").set_index("commune")
    assert sorted(placed.index) == ["11002", "11455"]
    assert placed.loc["11002", "raw"] == "phường Thạch Khê"


def test_values_are_told_in_words_of_the_program(queue: dict[str, ReviewQuestion]) -> None:
    decide_review(queue["unreadable_value"].number, "actual_construction_pct=60", BINH)
    decide_review(queue["ambiguous_number"].number, "1234", BINH)
    seen = load_facts().observations.query("period == '2031-09'").set_index("field")
    assert seen.loc["actual_construction_pct", "number"] == 60
    assert seen.loc["actual_construction_pct", "raw"] == "6O"
    assert seen.loc["investment_mvnd", "number"] == 1234


@pytest.mark.parametrize(
    ("reason", "choice"),
    [
        ("uncertain_item", "KP-77"),
        ("unplaced", "99999"),
        ("unplaced", ""),
        ("unreadable_value", "read"),
        ("unreadable_value", "actual_construction_pct=140"),
        ("unreadable_value", "height=3"),
        ("low_confidence", "read"),  # of an item that is not known yet
        ("gap_in_numbers", "stored"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_and_changes_nothing(
    queue: dict[str, ReviewQuestion], bare_store: str, reason: str, choice: str
) -> None:
    before = read_stored_facts(bare_store)
    with pytest.raises(ChoiceError):
        decide_review(queue[reason].number, choice, BINH)
    assert_same(read_stored_facts(bare_store), before)
    assert len(list_reviews()) == len(queue)


def test_a_decision_is_taken_back_with_what_it_brought_and_remembered(
    queue: dict[str, ReviewQuestion], bare_store: str
) -> None:
    before, number = read_stored_facts(bare_store), queue["uncertain_item"].number
    decide_review(number, "KP-02", BINH)
    assert number not in {review.number for review in list_reviews()}
    with pytest.raises(ChoiceError):
        decide_review(number, "KP-01", BINH)
    undo_decision(number, BINH, "nhầm")
    assert_same(read_stored_facts(bare_store), before)
    assert number in {review.number for review in list_reviews()}
    other = report("Sau", "2031-10", project(1, QUEUED.projects[1].name))
    assert plan_import(other).matches[0][1].how == "unsure"
    with pytest.raises(ChoiceError):
        undo_decision(number, BINH)
    decide_review(number, "new", BINH)
    assert_whole(bare_store)


def test_undoing_an_import_takes_its_decisions_with_it(
    queue: dict[str, ReviewQuestion], bare_store: str
) -> None:
    decide_review(queue["uncertain_item"].number, "new", BINH)
    decide_review(queue["unplaced"].number, "11002", BINH)
    undo_import(queue["unplaced"].import_id, AN, "nhầm tệp")
    assert list_reviews() == []
    facts = load_facts()
    assert set(facts.items["item"]) == {"KP-01", "KP-02"}
    assert set(facts.places["commune"]) == {"11455", "11914"}
    assert_whole(bare_store)


def test_answers_given_before_accepting_come_in_with_the_report(bare_store: str) -> None:
    apply_import(plan_import(QUARTER), AN)
    asked = {review.reason: review.fingerprint for review in plan_import(QUEUED).reviews}
    plan = plan_import(QUEUED, decisions={asked["uncertain_item"]: "KP-02"})
    assert asked["uncertain_item"] not in {review.fingerprint for review in plan.reviews}
    number = apply_import(plan, AN)
    assert "misses" in set(load_facts().observations["value"])
    (decided,) = list_reviews(state="decided")
    with pytest.raises(ChoiceError):
        undo_decision(decided.number, AN)
    undo_import(number, AN, "thử")
    assert "misses" not in set(load_facts().observations["value"])
    assert_whole(bare_store)


def test_a_difference_is_settled_either_way(store: str) -> None:
    facts = read_stored_facts(store)
    row = facts.documents.set_index("doc").loc["q1-2026"]
    name = facts.items.set_index("item").loc["KP-02", "name"]
    read = report("q1", "2026-Q1", project(2, name, value("investment_mvnd", "1198917", 742)))
    read.document.__dict__["sha256"] = row["sha256"]
    apply_import(plan_import(read), AN)
    differs = next(review for review in list_reviews() if review.reason == "value_differs")
    decide_review(differs.number, "read", BINH, "báo cáo ghi rõ")
    seen = load_facts().observations.query("item == 'KP-02' and field == 'investment_mvnd'")
    assert list(seen["value"]) == ["1198917"]
    undo_decision(differs.number, BINH, "xem lại")
    decide_review(differs.number, "stored", BINH)
    assert_same(read_stored_facts(store), facts)
    assert_whole(store)
