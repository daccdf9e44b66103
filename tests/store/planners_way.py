"""What a planner does with the five real reports: bring them in by date, answer what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.extract import extract_document
from reports.open import open_document
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.imports.plan.review_rows import ITEM, PLACE
from store.imports.questions.shared import is_urgent
from store.imports.review_queue import decide_review, list_reviews
from tests.people import PLANNER
from tests.shared_reference import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from store.imports.plan.plan import ImportPlan
    from store.imports.review_queue import ReviewQuestion

_ORDER = ("004", "001", "000", "003", "002")
"""The five reports in the order of their dates."""


def list_reports() -> list[Path]:
    """Return the files of the five reports, the earliest first."""
    assert SHARED is not None
    return [next((SHARED / "reports").glob(f"{number}_*")) for number in _ORDER]


def bring(data: bytes, name: str) -> ImportPlan:
    """Import a document and return what it was planned to do."""
    plan = plan_import(extract_document(open_document(data, name)))
    apply_import(plan, PLANNER, confirmed=plan.confirmations)
    return plan


def answer_all() -> None:
    """Answer every open question as its first offer says."""
    for question in list_reviews():
        decide_review(question.number, choose(question), PLANNER, "theo văn bản")


def choose(question: ReviewQuestion) -> str:
    if question.reason in PLACE:
        return question.candidates[0][0] if question.candidates else "none"
    if question.reason in ITEM:
        return question.candidates[0][0] if is_urgent(question) else "ignore"
    return "1228240" if question.raw == "12,282,400" else question.choices[-1]
