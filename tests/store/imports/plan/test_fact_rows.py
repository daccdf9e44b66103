"""Rows of facts: a period's of its id, a place's with what a divided former commune leaves out."""

import pytest

from reports.model.document import SourcePlace
from reports.model.extraction import PlacedCommune
from store.imports.plan.fact_rows import make_period_row, make_place_row
from store.imports.plan.planning import plan_import
from tests.reports.statements.made import INVESTMENT, press, state


@pytest.mark.parametrize(
    ("period", "label", "start", "as_of"),
    [
        ("2026-Q1", "Quý I/2026", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "Quý IV/2026", "2026-10-01", "2026-12-31"),
        ("2026-H1", "6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("2026-H2", "6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
        ("2028-02", "Tháng 2/2028", "2028-02-01", "2028-02-29"),
        ("2026", "Năm 2026", "2026-01-01", "2026-01-01"),
    ],
)
def test_ids_are_read(period: str, label: str, start: str, as_of: str) -> None:
    row = make_period_row(period, "")
    assert row is not None
    assert (row["label_vi"], row["start"], row["as_of"]) == (label, start, as_of)
    assert row["label_en"]


def test_what_the_report_says_of_its_date_comes_first() -> None:
    row = make_period_row("2026-05", "2026-05-07")
    assert row is not None
    assert row["as_of"] == "2026-05-07"


@pytest.mark.parametrize(
    "period", ["", "26-Q1", "2026-Q5", "2026-13", "2026-H3", "quý I", "0000", "0000-H1"]
)
def test_what_is_no_period_is_none(period: str) -> None:
    assert make_period_row(period, "") is None


SOURCE = {"doc": "d-1", "period": "2026-Q1", "parser_version": "t"}


def test_a_place_says_where_else_a_sliver_of_the_former_commune_lies() -> None:
    line = SourcePlace(12, 12)
    divided = PlacedCommune(
        "11593", "stated", "likely", 0.9, "xã Lê Thiện", line, left_out=("11602",)
    )
    row = make_place_row(divided, "KP-01", "key_project", SOURCE)
    assert row["note"].startswith("Có thể còn thuộc Phường Hồng An:")
    whole = PlacedCommune("11593", "stated", "certain", 0.9, "xã Lê Thiện", line)
    assert make_place_row(whole, "KP-01", "key_project", SOURCE)["note"] == ""


@pytest.mark.usefixtures("bare_store")
def test_a_sentence_s_place_keeps_its_sliver_in_the_store() -> None:
    located = state(
        INVESTMENT.subject, "project", "located_in", "xã Lê Thiện", communes=("11593",),
        left_out=("11602",),
    )  # fmt: skip
    plan = plan_import(press(INVESTMENT, located))
    (place,) = [one.after for one in plan.changes if one.table == "places"]
    assert (place["commune"], place["certainty"]) == ("11593", "likely")
    assert "Có thể còn thuộc" in place["note"]
