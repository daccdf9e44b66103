"""Open statements are answered: the fact comes as the reader would have made it, and goes again."""

from dataclasses import replace

import pytest

from reports.model.document import SourcePlace
from store.audit.approvals import approve_period
from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ChoiceError, EditConflictError, LockedPeriodError, NotAllowedError
from store.facts.facts import load_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.imports.statement_answers import (
    accept_statement,
    refuse_same_pattern,
    refuse_statement,
    reopen_statement,
    split_statement,
    undo_statement_answer,
)
from store.imports.statement_queue import (
    list_answered_statements,
    list_open_statements,
)
from store.imports.unread_answers import list_unread
from tests.people import ADMIN, AN, PLANNER, VIEWER
from tests.reports.statements.made import BRIDGE, BUILT, INVESTMENT, press, state
from tests.store.small_reports import BRIDGE as RIVER_BRIDGE
from tests.store.small_reports import DO_SON, QUARTER

ASKED = replace(INVESTMENT, status="ask", why="two_values", candidates=("1250000", "125000"))


def bring(*statements, **parts) -> int:
    return apply_import(plan_import(press(*statements, **parts)), AN)


def only_open():
    (one,) = list_open_statements()
    return one


def values() -> list[tuple[str, str, int]]:
    rows = load_facts().observations
    return list(zip(rows["field"], rows["value"], rows["line_from"], strict=True))


def whole() -> bool:
    with reading() as connection:
        return [fault.text() for fault in check_store(connection)] == []


@pytest.mark.usefixtures("bare_store")
def test_what_waits_is_listed_with_what_was_read() -> None:
    bring(ASKED, BUILT, replace(ASKED, place=SourcePlace(7, 7)))
    first, second = list_open_statements()
    assert first.statement == replace(ASKED, place=first.statement.place)
    assert (first.state, first.answer, first.item) == ("ask", 0, "")
    assert second.statement.place.line_from == 7
    assert first.doc == second.doc
    assert [(one.doc, one.sentence.left_over) for one in list_unread()] == [(first.doc, ("12",))]
    assert list_answered_statements() == []


@pytest.mark.usefixtures("bare_store")
def test_accepted_it_is_the_fact_and_taken_back_it_waits_again() -> None:
    bring(ASKED)
    before = only_open()
    assert values() == []
    result = accept_statement(before.key, seen=before.token, actor=PLANNER, why="đúng")
    assert (result.facts, result.answered, result.left) == (2, (before.key,), ())
    assert values() == [("investment_mvnd", "1250000", 3)]
    assert list(load_facts().items["name"]) == [BRIDGE]
    (answered,) = list_answered_statements()
    assert (answered.state, answered.answer, answered.answered_by, answered.answered_why) == (
        "accepted", result.number, PLANNER.name, "đúng",
    )  # fmt: skip
    assert answered.item == load_facts().items["item"].item()
    assert whole()
    undo_statement_answer(before.key, actor=PLANNER)
    assert values() == []
    assert only_open() == before
    assert whole()


@pytest.mark.usefixtures("bare_store")
def test_corrected_it_is_what_the_person_says_and_what_was_read_is_kept() -> None:
    bring(ASKED)
    one = only_open()
    corrections = {"value": "125000", "communes": [DO_SON], "detail": "giai đoạn 1"}
    accept_statement(one.key, corrections, seen=one.token, actor=PLANNER)
    assert values() == [("investment_mvnd", "125000", 3)]
    assert list(load_facts().places["commune"]) == [DO_SON]
    (answered,) = list_answered_statements()
    assert answered.state == "corrected"
    assert '"value": "1250000"' in answered.original
    assert whole()


@pytest.mark.usefixtures("bare_store")
@pytest.mark.parametrize(
    "corrections",
    [
        {"value": "một nghìn"},
        {"value": "nan"},
        {"value": 1e15},
        {"field": "no such field"},
        {"communes": ["99999"]},
        {"subject": " "},
        {"mood": "maybe"},
        {"sentence": "khác"},
        {"field": "start", "value": "mai"},
        {"field": "start", "value": "2031..2032..2033"},
        {"bodies": "một ban"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(corrections: dict[str, object]) -> None:
    bring(ASKED)
    one = only_open()
    with pytest.raises(ChoiceError):
        accept_statement(one.key, corrections, seen=one.token, actor=PLANNER)
    assert only_open() == one


@pytest.mark.usefixtures("bare_store")
def test_a_name_that_may_be_an_item_needs_one_and_the_answer_is_remembered() -> None:
    apply_import(plan_import(QUARTER), AN)
    said = ASKED.sentence.replace(BRIDGE, "Cầu vượt sông Hóa")
    short = replace(ASKED, subject="cầu vượt sông Hóa", value=1_300_000.0, sentence=said)
    bring(short, period="2031-H1")
    one = only_open()
    with pytest.raises(ChoiceError, match="cầu vượt sông Hóa"):
        accept_statement(one.key, seen=one.token, actor=PLANNER)
    with pytest.raises(ChoiceError):
        accept_statement(one.key, seen=one.token, actor=PLANNER, item="KP-99")
    accept_statement(one.key, seen=one.token, actor=PLANNER, item="KP-01")
    assert ("investment_mvnd", "1300000", 3) in values()
    later = replace(short, status="sure", value=1_400_000.0)
    plan = plan_import(press(later, period="2031-11"))
    assert [match.item for _, match in plan.matches] == ["KP-01"]
    other = press(later, period="2031-12")
    other = replace(other, document=replace(other.document, issuer="Nơi khác"))
    assert [match.how for _, match in plan_import(other).matches] == ["unsure"]
    undo_statement_answer(one.key, actor=PLANNER)
    assert [m.how for _, m in plan_import(press(later, period="2031-11")).matches] == ["unsure"]
    assert RIVER_BRIDGE in list(load_facts().items["name"])


@pytest.mark.usefixtures("bare_store")
def test_a_person_may_say_that_it_is_a_new_item() -> None:
    apply_import(plan_import(QUARTER), AN)
    bring(replace(ASKED, subject="cầu vượt sông Hóa"), period="2031-H1")
    one = only_open()
    accept_statement(one.key, seen=one.token, actor=PLANNER, item="new")
    assert "Cầu vượt sông Hóa" in list(load_facts().items["name"])
    assert whole()


@pytest.mark.usefixtures("bare_store")
def test_an_answer_to_what_somebody_else_answered_is_refused() -> None:
    bring(ASKED)
    one = only_open()
    refuse_statement(one.key, seen=one.token, actor=AN, why="trùng")
    with pytest.raises(EditConflictError):
        accept_statement(one.key, seen=one.token, actor=PLANNER)
    (answered,) = list_answered_statements()
    with pytest.raises(ChoiceError):
        accept_statement(one.key, seen=answered.token, actor=PLANNER)
    with pytest.raises(NotAllowedError):
        refuse_statement(one.key, seen=answered.token, actor=VIEWER)


@pytest.mark.usefixtures("bare_store")
def test_one_sentence_is_split_into_several_statements() -> None:
    asked = state("Kè Thử và Đập Thử", "project", "investment", 9000.0, 4, unit="triệu đồng",
                  status="ask", why="several")  # fmt: skip
    bring(asked)
    one = only_open()
    parts = [{"subject": "Kè Thử", "value": 4000}, {"subject": "Đập Thử", "value": 5000}]
    result = split_statement(one.key, parts, seen=one.token, actor=PLANNER)
    assert result.facts == 4
    assert sorted(load_facts().observations["value"]) == ["4000", "5000"]
    assert len(list_answered_statements()) == 2
    undo_statement_answer(one.key, actor=PLANNER)
    assert only_open() == one
    assert whole()


def column(name: str, line: int, amount: float = 5000.0, **parts: object):
    made = state(name, "project", "investment", amount, unit="triệu đồng", status="ask",
                 why="unit", **parts)  # fmt: skip
    return replace(made, place=SourcePlace(line, line, table=1, row=line, column=2))


@pytest.mark.usefixtures("bare_store")
def test_one_answer_settles_a_column_and_leaves_what_it_cannot() -> None:
    apply_import(plan_import(QUARTER), AN)
    bring(
        column("Kè Thử", 4), column("Đập Thử", 5), column("cầu vượt sông Hóa", 6), BUILT,
        column("Kè Thử", 8, 6000.0), period="2031-H1",
    )  # fmt: skip
    waiting = list_open_statements()
    assert len({one.pattern for one in waiting}) == 1
    seen = {one.key: one.token for one in waiting}
    first = seen.pop(waiting[0].key)
    corrections = {"detail": "giai đoạn 1", "value": 4999}
    result = accept_statement(
        waiting[0].key, corrections, seen=first, actor=PLANNER, item="new", alike=seen
    )
    assert (len(result.answered), result.left) == (3, (waiting[2].key,))
    names = set(load_facts().items["name"])
    assert {"Kè Thử", "Đập Thử"} <= names
    answered = {one.key: one.statement for one in list_answered_statements()}
    assert {one.detail for one in answered.values()} == {"giai đoạn 1"}
    assert sorted(one.value for one in answered.values()) == [4999.0, 5000.0, 6000.0]
    assert [one.key for one in list_open_statements()] == [waiting[2].key]
    assert whole()
    undo_statement_answer(waiting[0].key, actor=PLANNER)
    assert list_open_statements() == waiting
    with pytest.raises(ChoiceError):
        accept_statement(waiting[2].key, seen=waiting[2].token, actor=PLANNER, alike=seen)


@pytest.mark.usefixtures("bare_store")
def test_a_refused_pattern_is_refused_in_the_next_report_and_asked_again_when_told() -> None:
    bring(column("Kè Thử", 4))
    one = only_open()
    seen = {one.key: one.token}
    refuse_same_pattern(seen, actor=PLANNER, why="giá bán", not_for_us=True, remember=True)
    bring(column("Đập Thử", 5), column("Đập Thử", 6), period="2031-H1")
    assert list_open_statements() == []
    later = [entry for entry in list_answered_statements() if entry.period == "2031-H1"]
    assert [(entry.state, entry.statement.why, entry.answer) for entry in later] == [
        ("not_for_us", "remembered", 0)
    ] * 2
    reopen_statement(later[0].key, seen=later[0].token, actor=PLANNER)
    assert only_open().key == later[0].key
    bring(column("Cống Thử", 7), period="2031-11")
    assert len(list_open_statements()) == 2
    assert whole()


@pytest.mark.usefixtures("bare_store")
def test_undoing_the_refusal_forgets_the_pattern() -> None:
    bring(column("Kè Thử", 4))
    one = only_open()
    refuse_statement(one.key, seen=one.token, actor=PLANNER, remember=True)
    undo_statement_answer(one.key, actor=PLANNER)
    bring(column("Đập Thử", 5), period="2031-H1")
    assert len(list_open_statements()) == 2
    with pytest.raises(ChoiceError):
        undo_statement_answer(one.key, actor=PLANNER)


@pytest.mark.usefixtures("bare_store")
def test_undoing_the_import_takes_its_answers_along() -> None:
    number = bring(ASKED)
    for _ in range(2):
        one = only_open()
        accept_statement(one.key, seen=one.token, actor=PLANNER)
        undo_statement_answer(one.key, actor=PLANNER)
    accept_statement(one.key, seen=only_open().token, actor=PLANNER)
    undo_import(number, ADMIN, "nhầm tệp")
    assert list_answered_statements() == list_open_statements() == []
    assert load_facts().items.empty
    assert whole()


@pytest.mark.usefixtures("bare_store")
def test_in_an_approved_period_an_answer_is_a_correction() -> None:
    bring(ASKED)
    approve_period("2031-Q1", ADMIN)
    one = only_open()
    with pytest.raises(LockedPeriodError):
        accept_statement(one.key, seen=one.token, actor=ADMIN)
    with pytest.raises(LockedPeriodError):
        accept_statement(one.key, seen=one.token, actor=PLANNER, why="đúng")
    accept_statement(one.key, seen=one.token, actor=ADMIN, why="đính chính theo văn bản")
    assert values() == [("investment_mvnd", "1250000", 3)]


@pytest.mark.usefixtures("bare_store")
def test_a_document_of_others_is_ours_where_a_person_says_so() -> None:
    read = press(INVESTMENT)
    read = replace(read, document=replace(read.document, province="Bộ Xây dựng"))
    apply_import(plan_import(read), AN)
    one = only_open()
    assert one.statement.why == "other_scope"
    accept_statement(one.key, seen=one.token, actor=PLANNER)
    assert values() == [("investment_mvnd", "1250000", 3)]


GUESSED = "Dự án cầu Tiên Cựu"


@pytest.mark.usefixtures("bare_store")
def test_a_guessed_subject_teaches_nothing_and_is_no_name_of_the_item_that_is_meant() -> None:
    apply_import(plan_import(QUARTER), AN)
    bring(replace(ASKED, subject=GUESSED, sentence="Dự án này có tổng mức đầu tư 1.250 tỷ đồng."))
    one = only_open()
    accept_statement(one.key, seen=one.token, actor=PLANNER, item="KP-01")
    (answered,) = list_answered_statements()
    assert (answered.item, answered.statement.subject) == ("KP-01", RIVER_BRIDGE)
    assert (answered.state, GUESSED in answered.original) == ("corrected", True)
    assert GUESSED not in set(load_facts().item_attributes["value"])
    again = press(replace(BUILT, subject=GUESSED, sentence=f"{GUESSED} đã thi công 45%."))
    plan = plan_import(replace(again, document=replace(again.document, sha256="5" * 64)))
    assert "KP-01" not in {match.item for _, match in plan.matches}


@pytest.mark.usefixtures("bare_store")
@pytest.mark.parametrize("corrections", [{}, {"subject": GUESSED}])
def test_what_the_sentence_or_the_person_calls_the_item_is_remembered(
    corrections: dict[str, str],
) -> None:
    apply_import(plan_import(QUARTER), AN)
    sentence = "Dự án này có tổng mức đầu tư 1.250 tỷ đồng."
    named = {} if corrections else {"subject": GUESSED}
    said = sentence if corrections else sentence.replace("Dự án này", GUESSED)
    bring(replace(ASKED, **named, sentence=said))
    one = only_open()
    accept_statement(one.key, corrections, seen=one.token, actor=PLANNER, item="KP-01")
    again = press(replace(BUILT, subject=GUESSED, sentence=f"{GUESSED} đã thi công 45%."))
    plan = plan_import(replace(again, document=replace(again.document, sha256="5" * 64)))
    assert {match.item for _, match in plan.matches} == {"KP-01"}
