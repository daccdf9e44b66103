"""What a person decided of a contradiction is read from the store."""

from store.analysis.contradictions import ContradictionDecision
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.db.database import writing
from store.imports.contradiction_decisions import REASON, list_contradiction_decisions
from store.imports.plan.review_rows import ReviewRow, add_answered_review
from tests.people import person


def test_a_decision_of_the_queue_settles_its_contradiction(store: str) -> None:
    assert list_contradiction_decisions(store) == {}
    with writing(store) as connection:
        ledger = Ledger(connection, Changeset("decision", person("thu"), "Chú thích 24 giải thích"))
        add_answered_review(ledger, ReviewRow(REASON, "31 dự án / 30 dự án", key="C-001"), "b")
        add_answered_review(ledger, ReviewRow("value", "43%", key="C-002"), "a")
    assert list_contradiction_decisions(store) == {
        "C-001": ContradictionDecision("b", "Chú thích 24 giải thích")
    }
