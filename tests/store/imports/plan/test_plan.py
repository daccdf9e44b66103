"""What a plan would add is seen in facts before anything is written."""

from reports.model.document import Document, SourcePlace
from reports.model.extraction import Extraction, Indicator
from store.facts.facts import load_facts
from store.imports.plan.plan import add_plan_to_facts
from store.imports.plan.planning import plan_import


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
