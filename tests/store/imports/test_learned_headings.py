"""What an answer says of a heading holds for the next report of the issuer, until it is undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.extract import extract_document
from reports.model.document import Document, Paragraph, SourcePlace
from reports.statements.sections import find_section, list_sections
from store.db.database import reading
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.learned import learn_heading, read_learned_answers
from store.imports.plan.planning import plan_import
from store.imports.statement_answers import accept_statement, undo_statement_answer
from store.imports.statement_queue import StoredStatement, list_statements
from tests.people import AN, PLANNER

BOARD = "Ban Quản lý dự án Thử Nghiệm"
HEADING = "Tổng số giải ngân: {total} tỷ đồng, đạt {share}% kế hoạch giao. Trong đó:"
OWN = "- Vốn trung ương: {own} tỷ đồng, đạt {share}%;"


def make_report(quarter: int, total: str, own: str, share: str, issuer: str = BOARD) -> Document:
    """Return a report whose list names nothing, as reports on disbursement are written."""
    lines = (
        f"Kết quả giải ngân vốn đầu tư công đến hết quý {'I' * quarter} năm 2031",
        HEADING.format(total=total, share=share),
        OWN.format(own=own, share=share),
    )
    blocks = tuple(
        Paragraph(text, SourcePlace(line, line)) for line, text in enumerate(lines, start=1)
    )
    return Document(
        f"quy-{quarter}.txt", f"{quarter}" * 64, "text", 1, blocks, title=lines[0],
        issuer=issuer, period=f"2031-Q{quarter}", as_of=f"2031-0{3 * quarter}-30",
    )  # fmt: skip


def bring(quarter: int, total: str, own: str, share: str, issuer: str = BOARD) -> int:
    read = extract_document(make_report(quarter, total, own, share, issuer))
    read = replace(read, document=replace(read.document, issuer=issuer))
    return apply_import(plan_import(read), AN)


def list_own(quarter: int) -> list[StoredStatement]:
    """Return what the list's line says in a quarter's report, whatever became of it."""
    states = ("ask", "sure", "accepted", "corrected")
    stored = list_statements(states)
    return [
        one
        for one in stored
        if one.period == f"2031-Q{quarter}" and one.statement.sentence.startswith("- Vốn")
    ]


def answer(one: StoredStatement, field: str, item: str = "new") -> None:
    corrections = {
        "subject": "Dự án nạo vét luồng Lạch Huyện", "subject_kind": "project", "field": field,
        "mood": "done",
    }  # fmt: skip
    document = make_report(1, "6.425", "459,245", "25,3")
    section = find_section(list_sections(document), one.statement)
    accept_statement(
        one.key, corrections, seen=one.token, actor=PLANNER, item=item, section=section
    )


@pytest.mark.usefixtures("bare_store")
def test_the_next_report_is_read_as_was_answered_and_asked_again_once_undone() -> None:
    bring(1, "6.425", "459,245", "25,3")
    amount, share = list_own(1)
    assert (amount.statement.why, share.statement.why) == ("no_subject", "no_subject")
    answer(amount, "investment")
    item = list_own(1)[0].item
    answer(list_own(1)[1], "construction_pct", item)
    bring(2, "8.112", "501,7", "31,9")
    said = [(one.state, one.item, one.statement.field, one.statement.value) for one in list_own(2)]
    figures = [("investment", 501700.0), ("construction_pct", 31.9)]
    assert said == [("sure", item, *figure) for figure in figures]
    facts = load_facts().observations
    assert set(facts.loc[facts["period"] == "2031-Q2", "item"]) == {item}
    assert all("heading" in one.statement.inferred for one in list_own(2))
    undo_statement_answer(list_own(1)[1].key, actor=PLANNER)
    undo_statement_answer(list_own(1)[0].key, actor=PLANNER)
    bring(3, "9.000", "600,5", "40,1")
    assert [one.state for one in list_own(3)] == ["ask", "ask"]


@pytest.mark.usefixtures("bare_store")
def test_an_amount_is_settled_while_the_share_whose_meaning_nobody_said_is_asked() -> None:
    bring(1, "6.425", "459,245", "25,3")
    answer(list_own(1)[0], "investment")
    bring(2, "8.112", "501,7", "31,9")
    amount, share = list_own(2)
    assert (amount.state, amount.statement.field) == ("sure", "investment")
    assert (share.state, share.statement.why) == ("ask", "unclear_field")
    assert share.statement.subject == "Dự án nạo vét luồng Lạch Huyện"


@pytest.mark.usefixtures("bare_store")
def test_what_is_learned_holds_for_the_issuer_only_and_for_nothing_that_names_its_subject() -> None:
    bring(1, "6.425", "459,245", "25,3")
    answer(list_own(1)[0], "investment")
    bring(2, "8.112", "501,7", "31,9", issuer="Ban khác")
    assert [one.state for one in list_own(2)] == ["ask", "ask"]
    assert len(load_facts().items) == 1


@pytest.mark.usefixtures("bare_store")
def test_without_being_told_so_an_answer_says_nothing_of_its_heading() -> None:
    bring(1, "6.425", "459,245", "25,3")
    one = list_own(1)[0]
    accept_statement(one.key, {"subject": "Kè Thử"}, seen=one.token, actor=PLANNER, item="new")
    with reading() as connection:
        learned = read_learned_answers(connection, BOARD)
    assert (learned.headings, learned.meanings) == ({}, {})


@pytest.mark.usefixtures("bare_store")
def test_a_heading_of_one_word_or_another_unit_teaches_nothing() -> None:
    bring(1, "6.425", "459,245", "25,3")
    read = list_own(1)[0].statement
    told = replace(read, subject="Kè Thử", subject_kind="project", field="disbursed")
    assert learn_heading(BOARD, "Tháng 7/2025", read, told, "") == ()
    other = replace(told, unit="triệu USD")
    assert len(learn_heading(BOARD, "Vốn trung ương", read, told, "")) == 2
    assert len(learn_heading(BOARD, "Vốn trung ương", read, other, "")) == 1
