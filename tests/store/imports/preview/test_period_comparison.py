"""What a report changes against what was known before it."""

import pytest

from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.people import AN
from tests.store.small_reports import BRIDGE, DO_SON, project, report, value


def planned(text: str, forecast: str) -> tuple[object, ...]:
    return (
        value("planned_construction_pct", text, 12, basis="contract_value"),
        value("forecast", forecast, 13),
    )


@pytest.mark.usefixtures("bare_store")
def test_a_plan_and_a_forecast_are_compared_with_those_told_last() -> None:
    """They hold for their own quarter alone, yet one that differs is a change that is shown."""
    for name, period, told in (
        ("Quý I", "2031-Q1", planned("40", "meets")),
        ("Quý II", "2031-Q2", ()),
    ):
        row = project(1, BRIDGE, *told, communes=(DO_SON,))
        apply_import(plan_import(report(name, period, row)), AN)
    row = project(1, BRIDGE, *planned("60", "meets"), communes=(DO_SON,))
    diff = plan_import(report("Quý III", "2031-Q3", row)).diff
    shown = diff[["change", "field", "before", "after", "period_before"]]
    assert [tuple(line) for line in shown.itertuples(index=False)] == [
        ("changed", "planned_construction_pct", "40", "60", "2031-Q1"),
        ("new", "forecast", "", "meets", ""),
    ]
