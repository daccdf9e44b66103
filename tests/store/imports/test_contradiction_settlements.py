"""What a person decided of a contradiction is read from the store."""

from store.analysis.contradictions import Settlement
from store.audit.changes import Change
from store.audit.ledger import Ledger
from store.db.database import writing
from store.imports.contradiction_decisions import REASON, settlements
from store.imports.plan.review_rows import ReviewRow, settle
from tests.people import person


def test_a_decision_of_the_queue_settles_its_contradiction(store: str) -> None:
    assert settlements(store) == {}
    with writing(store) as connection:
        ledger = Ledger(connection, Change("decision", person("thu"), "Chú thích 24 giải thích"))
        settle(ledger, ReviewRow(REASON, "31 dự án / 30 dự án", key="C-001"), "b")
        settle(ledger, ReviewRow("value", "43%", key="C-002"), "a")
    assert settlements(store) == {"C-001": Settlement("b", "Chú thích 24 giải thích")}
