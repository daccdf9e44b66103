"""The five real reports against the facts that were typed in by hand from them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from benchmarks.report_truth import compare_fields, compare_places
from geo.paths import DATA
from reports.extract import extract_document
from reports.facts_files.curated import CuratedFacts, read_curated
from reports.readers.text import read_text
from reports.tables.grid.stitching import stitch_tables
from tests.shared_reference import SHARED, needs_shared

if TYPE_CHECKING:
    from reports.model.extraction import Extraction

pytestmark = needs_shared

Q1 = "000_04ce4e6dadb4cbe6.txt"
H1 = "002_494aa50b3e46e996.txt"


@cache
def facts() -> CuratedFacts:
    return read_curated(DATA / "facts")


@cache
def read(name: str) -> Extraction:
    assert SHARED is not None
    return extract_document(read_text((SHARED / "reports" / name).read_bytes(), name))


def test_the_appendix_of_key_projects_is_whole() -> None:
    """31 of 31 rows in seven groups, no line lost, none of the appendix left over."""
    extraction = read(Q1)
    assert [row.no for row in extraction.projects] == list(range(1, 32))
    assert len({row.group for row in extraction.projects}) == 7
    assert extraction.balance.exact
    waiting = [entry.place for entry in extraction.queue if entry.reason == "unread_row"]
    assert extraction.balance.in_queue <= sum(p.line_to - p.line_from + 1 for p in waiting)
    appendix = min(row.place.line_from for row in extraction.projects)
    assert all(place.line_to < appendix for place in waiting)
    structure = {"gap_in_numbers", "group_count_differs", "row_without_number"}
    assert not structure & {entry.reason for entry in extraction.queue}


def test_every_investment_is_exact() -> None:
    right, wrong, missing = compare_fields(read(Q1), facts(), ("investment_mvnd",))
    assert (right, wrong, missing) == (31, [], [])


def test_percentages_and_forecasts_are_right() -> None:
    """At least 98 % as the facts have them, and none that the facts do not have."""
    fields = (
        "planned_clearance_pct",
        "planned_construction_pct",
        "actual_clearance_pct",
        "actual_construction_pct",
        "forecast",
    )
    right, wrong, missing = compare_fields(read(Q1), facts(), fields)
    assert wrong == []
    assert right >= 0.98 * (right + len(missing))


def test_the_other_fields_of_the_appendix() -> None:
    """Milestones, quantities, obstacles and who is asked to act: as typed in by hand."""
    fields = (
        "milestone_start", "milestone_inauguration", "physical_done", "obstacle", "asked_to_act",
        "area_ha",
    )  # fmt: skip
    right, wrong, missing = compare_fields(read(Q1), facts(), fields)
    assert right >= 0.98 * (right + len(missing) + len(wrong))


def test_communes_are_complete_without_a_wrong_one() -> None:
    """What the column states is placed or, where the scan leaves it open, in the queue."""
    extraction = read(Q1)
    right, wrong, missing = compare_places(extraction, facts())
    assert wrong == []
    assert right >= 70
    asked = {
        code
        for entry in extraction.queue
        if entry.reason == "uncertain_place"
        for code, _ in entry.candidates
    }
    assert {code for _, code in missing} <= asked


def test_funding_phase_and_group_are_those_of_the_facts() -> None:
    items = facts().items.set_index("item")
    for row in read(Q1).projects:
        item = items.loc[f"KP-{row.no:02}"]
        assert (row.group, row.funding, row.phase) == (
            item["group"],
            item["funding"],
            item["phase"],
        )


@pytest.mark.parametrize(("doc", "name"), [("q1-2026", Q1), ("h1-2026", H1)])
def test_counts_of_projects_are_right(doc: str, name: str) -> None:
    """Nine in ten of the counts of projects and parks in text, footnotes and headings."""
    frame = facts().indicators
    known = frame[(frame["doc"] == doc) & frame["unit"].isin(["project", "park", "cluster"])]
    truth = {(r["subject"], r["measure"], float(r["value"])) for r in known.to_dict("records")}
    found = {(one.subject, one.measure, float(one.value)) for one in read(name).indicators}
    assert len(truth & found) >= 0.85 * len(truth)


def test_the_doubtful_amount_is_asked_about() -> None:
    """68.398,723 tỷ has a digit too much: 22.87 % of 36,728 tỷ are 8,400."""
    extraction = read(Q1)
    assert "68.398,723 tỷ đồng" in {entry.raw for entry in extraction.queue}
    assert not [one for one in extraction.indicators if one.measure == "disbursed"]


@pytest.mark.parametrize(("doc", "name"), [("q1-2026", Q1), ("h1-2026", H1)])
def test_parks_of_the_footnotes(doc: str, name: str) -> None:
    """Status and start of each listed park, as typed in; the one of two names is in the queue."""
    frame = facts().observations
    known = frame[
        (frame["doc"] == doc)
        & (frame["chapter"] == "parks")
        & frame["field"].isin(["status", "milestone_start"])
        & frame["cell"].str.startswith("chú thích")
    ]
    truth = {(r["item"], r["field"], r["value"]) for r in known.to_dict("records")}
    extraction = read(name)
    found = {(p.zone, v.field, v.value) for p in extraction.parks for v in p.values}
    asked = {code for entry in extraction.queue for code, _ in entry.candidates}
    assert {one for one in truth - found if one[0] not in asked} == set()


def test_localities_with_clearance_problems() -> None:
    frame = facts().clearance
    known = frame[(frame["doc"] == "q1-2026") & (frame["line_from"] == 320)]
    found = {one.commune for one in read(Q1).clearance if one.place.line_from == 320}
    assert found == set(known["commune"])


@pytest.mark.parametrize(
    ("name", "period", "as_of", "draft"),
    [
        (Q1, "2026-Q1", "2026-03-31", False),
        (H1, "2026-H1", "2026-06-30", True),
        ("003_28603083d3430a81.txt", "2026-05", "2026-05-07", False),
    ],
)
def test_what_a_report_says_of_itself(name: str, period: str, as_of: str, draft: bool) -> None:
    document = read(name).document
    known = facts().documents.set_index("file").loc[name]
    assert (document.period, document.as_of, document.draft) == (period, as_of, draft)
    assert document.title == known["title"]
    assert document.issuer == known["issuer"]
    assert document.sha256 == known["sha256"]


def test_every_table_of_every_report_balances() -> None:
    assert SHARED is not None
    for path in sorted((SHARED / "reports").glob("*.txt")):
        document = read_text(path.read_bytes(), path.name)
        assert extract_document(document).balance.exact
        assert all(not table.unattached for table in stitch_tables(document))
