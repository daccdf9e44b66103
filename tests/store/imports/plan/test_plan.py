"""What a plan would add is seen in facts before anything is written."""

from reports.model.document import Document, SourcePlace
from reports.model.extraction import Extraction, Indicator
from store.analysis.contradictions import list_contradictions
from store.audit.approvals import approve_period
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.plan import add_plan_to_facts
from store.imports.plan.planning import plan_import
from store.imports.review_queue import decide_review, list_reviews
from tests.people import AN
from tests.store.small_reports import project, report, value


def test_planned_facts_have_the_plan_s_rows_and_the_store_does_not(store: str) -> None:
    assert store
    document = Document(
        name="x.txt", sha256="e" * 64, media="text", pages=1, blocks=(), period="2026-Q3",
        title="Báo cáo quý III năm 2026", as_of="2026-09-30",
    )  # fmt: skip
    count = Indicator(
        "key_projects", "misses_goal", 7, 30, "project", "7/30 dự án", SourcePlace(3, 3)
    )
    plan = plan_import(Extraction(document, indicators=(count,)))
    facts = load_facts()
    after = add_plan_to_facts(plan, facts)
    assert len(after.indicators) == len(facts.indicators) + 1
    assert set(after.periods["period"]) - set(facts.periods["period"]) == {"2026-Q3"}
    assert len(load_facts().indicators) == len(facts.indicators)


def test_rows_of_a_table_that_wait_for_their_item_are_counted(bare_store: str) -> None:
    """A list of three of which one may be a known project: it has three rows all the same."""
    assert bare_store
    names = ("Cầu vượt sông Hóa nối hai bờ", "Trường học phía đông", "Nhà máy rác Seraphin cũ")
    rows = [project(no, name, value("investment_mvnd", str(no * 90000), no * 10))
            for no, name in enumerate(names, start=1)]  # fmt: skip
    apply_import(plan_import(report("Quý I", "2031-Q1", *rows)), AN)
    renamed = project(3, "Nhà máy điện rác Seraphin mới", value("investment_mvnd", "270000", 30))
    counts = tuple(
        Indicator("key_projects", measure, 3, None, "project", "3 dự án", SourcePlace(2, 2))
        for measure in ("listed", "ongoing")
    )
    read = report("Quý II", "2031-Q2", *rows[:2], renamed, indicators=counts)
    plan = plan_import(read)
    assert [one.reason for one in plan.reviews] == ["uncertain_item"]
    after = add_plan_to_facts(plan, load_facts())
    assert len(after.items) == 4
    assert "rows" not in {rule for one in list_contradictions(after) for rule in one.rules}
    apply_import(plan, AN)
    facts = load_facts()
    assert len(facts.items) == 3
    assert "rows" not in {rule for one in list_contradictions(facts) for rule in one.rules}
    approve_period("2031-Q2", AN)
    before = list_contradictions(load_facts())
    decide_review(list_reviews()[0].number, "ignore", AN)
    assert [one.id for one in list_contradictions(load_facts())] == [one.id for one in before]
