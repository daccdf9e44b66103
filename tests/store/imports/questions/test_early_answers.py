"""Statements are answered before their report is accepted; the answers belong to the import."""

from dataclasses import replace

import pytest

from store.db.errors import NotAllowedError
from store.facts.facts import load_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.imports.questions.early_answers import (
    CITY,
    EarlyAnswer,
    EarlyResult,
    answer_early,
    list_plan_questions,
)
from store.imports.statement_queue import list_open_statements, list_statements
from tests.people import ADMIN, AN, VIEWER
from tests.reports.statements.made import BUILT, INVESTMENT, press

ASKED = replace(BUILT, status="ask", why="number", candidates=("45",))
FOREIGN = replace(ASKED, field="clearance_pct", subject="cầu Bến Xa")
NOBODY = replace(ASKED, field="pct", subject="", subject_kind="unknown")

pytestmark = pytest.mark.usefixtures("bare_store")


def test_answers_are_carried_out_with_the_import_and_go_with_it() -> None:
    plan = plan_import(press(INVESTMENT, ASKED, FOREIGN, NOBODY))
    keys = {one.field: key for key, one in list_plan_questions(plan)}
    answers = {
        keys["construction_pct"]: EarlyAnswer("accept"),
        keys["clearance_pct"]: EarlyAnswer("not_for_us"),
        keys["pct"]: EarlyAnswer("accept"),
        "no such key": EarlyAnswer("accept"),
    }
    number = apply_import(plan, ADMIN)
    assert answer_early(answers, doc=plan.doc, actor=ADMIN, why="") == EarlyResult(2, 1)
    assert [one.statement.field for one in list_open_statements()] == ["pct"]
    assert {one.state for one in list_statements(("accepted", "not_for_us"))} == {
        "accepted", "not_for_us",
    }  # fmt: skip
    assert "actual_construction_pct" in set(load_facts().observations["field"])
    undo_import(number, ADMIN, "nhầm")
    assert load_facts().observations.empty
    assert list_statements(("accepted", "not_for_us", "ask")) == []


def test_what_is_left_for_later_or_may_not_be_answered_stays_open() -> None:
    plan = plan_import(press(INVESTMENT, ASKED))
    ((key, _),) = list_plan_questions(plan)
    apply_import(plan, AN)
    assert answer_early({}, doc=plan.doc, actor=AN, why="") == EarlyResult()
    with pytest.raises(NotAllowedError):
        answer_early({key: EarlyAnswer("refused")}, doc=plan.doc, actor=VIEWER, why="")
    assert len(list_open_statements()) == 1


def test_a_statement_that_names_nothing_is_answered_with_the_item_chosen_for_it() -> None:
    nobody = replace(NOBODY, field="construction_pct", why="no_subject")
    plan = plan_import(press(INVESTMENT, nobody))
    ((key, _),) = list_plan_questions(plan)
    (item,) = [one.after for one in plan.changes if one.table == "items" and one.after]
    number = apply_import(plan, ADMIN)
    answers = {key: EarlyAnswer("accept", str(item["item"]), str(item["name"]))}
    assert answer_early(answers, doc=plan.doc, actor=ADMIN, why="") == EarlyResult(1, 0)
    observations = load_facts().observations.set_index("field")
    assert observations.loc["actual_construction_pct", "item"] == item["item"]
    (told,) = list_statements(("accepted", "corrected"))
    assert (told.statement.subject, told.statement.subject_kind) == (item["name"], "project")
    undo_import(number, ADMIN, "nhầm")
    assert load_facts().observations.empty


def test_a_statement_that_names_nothing_may_be_the_citys() -> None:
    money = replace(
        NOBODY, field="disbursed", value=8_399_000.0, unit="triệu đồng", why="no_subject"
    )
    plan = plan_import(press(money))
    ((key, _),) = list_plan_questions(plan)
    apply_import(plan, ADMIN)
    answers = {key: EarlyAnswer("accept", CITY)}
    assert answer_early(answers, doc=plan.doc, actor=ADMIN, why="") == EarlyResult(1, 0)
    (told,) = list_statements(("accepted", "corrected"))
    assert told.statement.subject_kind == "city"
    assert list(load_facts().indicators["value"]) == [8_399_000]
