"""What a statement without a subject is proposed to be about, before its report is accepted."""

from __future__ import annotations

from dataclasses import replace

from layers.statement_view.early_subjects import (
    MOST_CHOICES,
    list_subject_choices,
    propose_subjects,
)
from reports.model.document import Document, Paragraph, SourcePlace
from store.audit.changes import RowChange
from store.imports.plan.plan import ImportPlan
from tests.reports.statements.made import BUILT, INVESTMENT, press

NAMES = {"P-1": "Dự án cầu Bến Mây", "P-2": "Đường Bến Lá - Cồn Dừa"}
NOBODY = replace(BUILT, subject="", subject_kind="unknown", place=SourcePlace(5, 5))


def write(*lines: str) -> Document:
    texts = [Paragraph(text, SourcePlace(at, at)) for at, text in enumerate(lines, 1) if text]
    return Document("a.txt", "0" * 64, "text", 1, tuple(texts))


def test_the_only_thing_named_near_is_proposed() -> None:
    document = write("Đường Bến Lá - Cồn Dừa", "", "", "Cầu Bến Mây vượt sông.", "Đạt 45%.")
    near = write("", "", "", "Cầu Bến Mây vượt sông.", "Đạt 45%.")
    assert propose_subjects(near, [("k", NOBODY)], NAMES) == {"k": "P-1"}
    assert propose_subjects(document, [("k", NOBODY)], NAMES) == {}


def test_nothing_is_proposed_for_money_that_may_be_the_citys() -> None:
    spent = replace(NOBODY, field="money", unit="triệu đồng")
    assert propose_subjects(write("Cầu Bến Mây"), [("k", spent)], NAMES) == {}


def test_what_tells_its_subject_needs_no_proposal() -> None:
    assert propose_subjects(write("Cầu Bến Mây"), [("k", BUILT)], NAMES) == {}


def test_known_items_and_those_to_be_added_can_be_chosen() -> None:
    new = RowChange("items", None, {"item": "N-1", "name": INVESTMENT.subject})
    plan = ImportPlan(press(INVESTMENT), "", "0" * 64, "d1", "2031-Q1", changes=(new,))
    choices = list_subject_choices(plan, NAMES)
    assert set(NAMES) < set(choices)
    assert INVESTMENT.subject in choices.values()
    many = {f"P-{at}": f"Dự án {at}" for at in range(MOST_CHOICES + 1)}
    assert list(list_subject_choices(plan, many).values()) == [INVESTMENT.subject]
