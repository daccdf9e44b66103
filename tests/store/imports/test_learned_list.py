"""All that answers have taught is in one list; what is forgotten is asked again, and given back."""

import pytest

from reports.model.extraction import COLUMN_KEYS, ColumnChoice
from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import NotAllowedError
from store.imports.column_choices import list_column_choices, remember_column_choices
from store.imports.learned_list import (
    LearnedThing,
    forget_learned,
    learn_again,
    list_learned,
)
from store.imports.statement_answers import refuse_statement
from store.imports.statement_queue import list_open_statements
from tests.people import PLANNER, VIEWER
from tests.store.imports.test_learned_headings import BOARD, answer, bring, list_own

pytestmark = pytest.mark.usefixtures("bare_store")


def teach() -> dict[str, LearnedThing]:
    bring(1, "6.425", "459,245", "25,3")
    answer(list_own(1)[0], "investment")
    answer(list_own(1)[1], "construction_pct", list_own(1)[0].item)
    (other, *_) = list_open_statements()
    refuse_statement(other.key, seen=other.token, actor=PLANNER, remember=True)
    remember_column_choices([ColumnChoice("so ho", COLUMN_KEYS[0], "", BOARD)], PLANNER)
    return {one.kind: one for one in list_learned()}


def test_names_patterns_headings_and_columns_are_listed_with_who_taught_them_and_for_whom() -> None:
    learned = teach()
    assert {"subject", "pattern", "heading", "meaning", "column"} <= set(learned)
    assert {one.issuer for one in learned.values()} == {BOARD}
    assert {one.actor for one in learned.values()} == {PLANNER.name}
    assert learned["meaning"].target == "construction_pct|done"
    assert learned["column"].text == "so ho"


def test_what_is_forgotten_is_asked_in_the_next_report_and_holds_once_it_is_given_back() -> None:
    for thing in teach().values():
        forget_learned(thing, actor=PLANNER)
    assert list_learned() == ()
    assert list_column_choices(BOARD) == ()
    bring(2, "8.112", "501,7", "31,9")
    assert {one.state for one in list_own(2)} == {"ask"}


def test_what_is_given_back_holds_again() -> None:
    learned = teach()
    for kind in ("heading", "meaning", "column"):
        forget_learned(learned[kind], actor=PLANNER)
        learn_again(learned[kind], actor=PLANNER)
    assert {one.kind for one in list_learned()} == set(learned)
    assert [one.key for one in list_column_choices(BOARD)] == [COLUMN_KEYS[0]]
    bring(2, "8.112", "501,7", "31,9")
    assert "sure" in {one.state for one in list_own(2)}
    with reading() as connection:
        assert check_store(connection) == []


def test_a_reader_cannot_forget_for_all() -> None:
    heading = teach()["heading"]
    with pytest.raises(NotAllowedError):
        forget_learned(heading, actor=VIEWER)
    assert heading in list_learned()
