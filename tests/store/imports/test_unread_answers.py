"""A sentence that nobody understood becomes a statement, or nothing; both are taken back."""

import pytest

from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ChoiceError, EditConflictError, NotAllowedError
from store.facts.facts import load_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.imports.statement_answers import undo_statement_answer
from store.imports.statement_queue import list_answered_statements
from store.imports.unread_answers import (
    StoredUnread,
    accept_unread,
    dismiss_unread,
    list_dismissed_unread,
    list_unread,
    undo_dismissal,
)
from tests.people import AN, PLANNER, VIEWER
from tests.reports.statements.made import BRIDGE, INVESTMENT, press

pytestmark = pytest.mark.usefixtures("bare_store")

SAID = {
    "subject": BRIDGE,
    "subject_kind": "project",
    "field": "investment",
    "value": 1250000.0,
    "unit": "triệu đồng",
    "mood": "measured",
}


def bring() -> tuple[int, StoredUnread]:
    number = apply_import(plan_import(press(INVESTMENT)), AN)
    (one,) = list_unread()
    return number, one


def whole() -> bool:
    with reading() as connection:
        return [fault.text() for fault in check_store(connection)] == []


def test_a_statement_found_in_a_sentence_is_kept_with_its_words_and_undone() -> None:
    _, unread = bring()
    said = SAID | {"value": 900000.0}
    done = accept_unread(unread.key, said, seen=unread.token, actor=PLANNER, stated="12")
    assert list_unread() == []
    (answered,) = list_answered_statements()
    assert (answered.key,) == done.answered
    assert (answered.state, answered.statement.stated) == ("corrected", "12")
    assert answered.statement.sentence == unread.sentence.sentence
    assert "900000" in set(load_facts().observations["value"])
    assert whole()
    undo_statement_answer(answered.key, actor=PLANNER)
    assert [one.sentence for one in list_unread()] == [unread.sentence]
    assert "900000" not in set(load_facts().observations["value"])


def test_more_than_one_statement_is_found_in_a_sentence() -> None:
    number, unread = bring()
    first = {"field": "households", "value": 12.0, "unit": "hộ", "subject": BRIDGE}
    first |= {"subject_kind": "project"}
    accept_unread(unread.key, first, seen=unread.token, actor=PLANNER, stated="12", keep_open=True)
    (left,) = list_unread()
    assert left.sentence.left_over == ()
    with pytest.raises(EditConflictError):
        accept_unread(unread.key, SAID, seen=unread.token, actor=PLANNER)
    second = first | {"field": "graves", "unit": "ngôi mộ"}
    accept_unread(left.key, second, seen=left.token, actor=PLANNER)
    assert {one.statement.field for one in list_answered_statements()} == {"households", "graves"}
    assert list_unread() == []
    undo_import(number, AN, "thử")
    assert list_answered_statements() == []
    assert whole()


def test_the_same_statement_twice_and_what_cannot_be_are_refused() -> None:
    _, unread = bring()
    accept_unread(unread.key, SAID, seen=unread.token, actor=PLANNER, keep_open=True)
    (again,) = list_unread()
    with pytest.raises(ChoiceError):
        accept_unread(again.key, SAID, seen=again.token, actor=PLANNER)
    with pytest.raises(ChoiceError):
        accept_unread(again.key, SAID | {"field": ""}, seen=again.token, actor=PLANNER)
    with pytest.raises(NotAllowedError):
        accept_unread(again.key, SAID, seen=again.token, actor=VIEWER)


def test_a_sentence_with_nothing_in_it_goes_and_comes_back() -> None:
    number, unread = bring()
    change = dismiss_unread(unread.key, seen=unread.token, actor=PLANNER)
    assert list_unread() == []
    (gone,) = list_dismissed_unread()
    assert (gone.number, gone.actor) == (change, PLANNER.name)
    undo_dismissal(change, PLANNER)
    assert [one.sentence for one in list_unread()] == [unread.sentence]
    assert list_dismissed_unread() == []
    with pytest.raises(ChoiceError):
        undo_dismissal(number, PLANNER)
    (again,) = list_unread()
    dismiss_unread(again.key, seen=again.token, actor=PLANNER)
    undo_import(number, AN, "thử")
    assert list_unread() == []
    assert whole()
