"""A name that reports spell in several ways is one question, and one item whatever is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.matching import make_name_key
from store.imports.plan.planning import plan_import
from store.imports.questions.shared import find_same, group_same
from store.imports.review_queue import (
    add_newer_items,
    decide_review,
    list_reviews,
    undo_decision,
)
from tests.people import AN, BINH
from tests.store.small_reports import project, report, value

if TYPE_CHECKING:
    from reports.model.extraction import Extraction

KNOWN = "Dự án tuyến đường kết nối Bắc Nam qua đô thị mới phía đông"
SPELLINGS = (
    "Tuyến đường kết nối Bắc - Nam qua đô thị mới",
    "Dự án tuyến đường kết nối Bắc–Nam qua đô thị mới",
    "DỰ ÁN ĐẦU TƯ XÂY DỰNG TUYẾN ĐƯỜNG KẾT NỐI BẮC NAM QUA ĐÔ THỊ MỚI",
)
OTHER = "Tuyến đường kết nối Bắc - Nam qua đô thị cũ"


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Cầu Hà - Lan", "cầu Hà Lan", True),
        ("Cầu Hà–Lan", "Dự án cầu Hà-Lan", True),
        ("Dự án đầu tư xây dựng cầu Hà Lan", "Dự án đầu tư cầu Hà Lan", True),
        ("Cầu Hà Lan 1", "Cầu Hà Lan 2", False),
        ("Nâng cấp cầu Hà Lan", "Cầu Hà Lan", False),
        ("Dự án giải phóng mặt bằng cầu Hà Lan", "Cầu Hà Lan", False),
        ("Dự án", "Dự án", True),
    ],
)
def test_what_is_the_same_name(name: str, other: str, same: bool) -> None:
    assert (make_name_key(name) == make_name_key(other)) is same


def name_projects(period: str, *names: str) -> Extraction:
    """Return a report that gives each of the names a figure."""
    rows = [
        replace(project(no, name, value("investment_mvnd", f"{no}0000{period[3]}", no * 10)), no=0)
        for no, name in enumerate(names, start=1)
    ]
    return report(f"Báo cáo {period}", period, *rows)


def bring(period: str, *names: str) -> None:
    """Import a report that names these projects."""
    plan = plan_import(name_projects(period, *names))
    apply_import(plan, AN, confirmed=plan.confirmations)


@pytest.fixture
def asked(bare_store: str) -> str:
    """Have an item, and three reports that name one much like it in a spelling each."""
    bring("2031-Q1", KNOWN)
    for number, name in enumerate(SPELLINGS, start=2):
        bring(f"203{number}-Q1", name, *([OTHER] if number == 2 else []))
    return bare_store


def list_names_asked() -> list[str]:
    return [one.raw for one in list_reviews() if one.reason == "uncertain_item"]


def amounts(item: str) -> set[str]:
    rows = load_facts().observations
    return set(rows.loc[rows["item"] == item, "value"])


@pytest.mark.usefixtures("asked")
def test_all_spellings_are_one_question_and_another_name_is_its_own() -> None:
    groups = [[one.raw for one in same] for same in group_same(list_reviews())]
    assert groups == [[SPELLINGS[0], *SPELLINGS[1:]], [OTHER]]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("choice", ["known", "new", "ignore"])
def test_one_answer_is_given_to_all_and_remembered_for_every_spelling(choice: str) -> None:
    before = set(load_facts().items["item"])
    (known,) = before
    first, *others = next(same for same in group_same(list_reviews()) if len(same) == 3)
    numbers = [one.number for one in others]
    answer = known if choice == "known" else choice
    decision = decide_review(first.number, answer, BINH, "theo văn bản", alike=numbers)
    new = set(load_facts().items["item"]) - before
    assert len(new) == (choice == "new")
    item = next(iter(new), known)
    brought = {f"10000{period}" for period in (2, 3, 4)}
    assert (amounts(item) >= brought) is (choice != "ignore")
    assert list_names_asked() == [OTHER]
    # A fourth spelling, in a later report, asks nothing more.
    bring("2035-Q1", "dự án tuyến đường kết nối Bắc Nam qua Đô thị mới")
    assert list_names_asked() == [OTHER]
    assert ("100005" in amounts(item)) is (choice != "ignore")
    assert decision


@pytest.mark.usefixtures("asked")
def test_new_answered_one_after_the_other_is_still_one_item() -> None:
    before = set(load_facts().items["item"])
    same = next(same for same in group_same(list_reviews()) if len(same) == 3)
    for question in same:
        decide_review(question.number, "new", BINH, "theo văn bản")
    assert len(set(load_facts().items["item"]) - before) == 1


@pytest.mark.usefixtures("asked")
def test_an_answer_that_is_taken_back_opens_every_spelling_again() -> None:
    first, *others = next(same for same in group_same(list_reviews()) if len(same) == 3)
    (known,) = set(load_facts().items["item"])
    decide_review(first.number, known, BINH, "x", alike=[one.number for one in others])
    undo_decision(first.number, BINH, "nhầm")
    assert [len(same) for same in group_same(list_reviews())] == [3, 1]


@pytest.mark.usefixtures("asked")
def test_a_name_that_a_list_no_longer_has_is_asked_about_for_itself() -> None:
    question = next(one for one in list_reviews() if one.raw == OTHER)
    gone = replace(question, payload=question.payload | {"gone": ["KP-01"]})
    assert find_same(gone) != find_same(question)


@pytest.mark.usefixtures("bare_store")
def test_what_was_added_for_one_name_is_offered_for_the_next_like_it() -> None:
    bring("2031-Q1", KNOWN)
    bring("2032-Q1", SPELLINGS[0])
    bring("2033-Q1", f"{SPELLINGS[0]} giai đoạn đầu")
    first, second = list_reviews()
    assert "KP-02" not in {code for code, _ in add_newer_items(second).candidates}
    decide_review(first.number, "new", BINH)
    (second,) = list_reviews()
    offered = add_newer_items(second).candidates
    assert offered[0][0] == "KP-02"
    assert offered[1:] == second.candidates
