"""Whether reading alone gives a curated fact: what counts as right, offered, silent and wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.reading.curated_facts import CuratedFact, list_curated_facts
from benchmarks.reading.curated_judge import judge_curated
from benchmarks.reading.said import LeftOver, SaidValue, prepare_bare_data, read_report
from geo.paths import DATA
from reports.facts_files.curated import read_curated

FACT = CuratedFact(
    "observations", "investment_mvnd", "d1", (10, 12), "number", 90_000.0, "triệu đồng",
    items=frozenset({"KP-90"}), names=("Cầu Rào 9", "Cầu Rào 9"),
    fields=frozenset({"investment_mvnd", "investment"}),
)  # fmt: skip
SAID = SaidValue("d1", (11, 11), "investment", 90_000.0, "triệu đồng", about="cầu Rào 9")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (SAID, "right"),
        (replace(SAID, doc="d2"), "silent"),
        (replace(SAID, lines=(13, 13)), "silent"),
        (replace(SAID, about="đường ven sông"), "silent"),
        (replace(SAID, about="", items=frozenset({"KP-90"})), "right"),
        (replace(SAID, field="disbursed"), "silent"),
        (replace(SAID, value=80_000.0), "wrong"),
        (replace(SAID, value=80_000.0, detail="giai đoạn 1"), "silent"),
        (replace(SAID, sure=False), "offered"),
        (replace(SAID, value=9.0, sure=False, candidates=("90 tỷ đồng",)), "offered"),
    ],
)
def test_verdicts(said: SaidValue, verdict: str):
    assert judge_curated(FACT, [said], [])[0] == verdict


def test_what_is_left_over_is_listed():
    assert judge_curated(FACT, [], [LeftOver("d1", (10, 10), ("90 tỷ",))])[0] == "listed"
    assert judge_curated(FACT, [], [LeftOver("d1", (10, 10), ("9 tỷ",))])[0] == "silent"


def test_places_and_states_and_categories():
    place = replace(
        FACT, form="place", value="1", communes=frozenset({"1", "2"}), fields=frozenset()
    )
    assert judge_curated(place, [replace(SAID, communes=frozenset({"1"}))], [])[0] == "right"
    assert judge_curated(place, [replace(SAID, communes=frozenset({"2"}))], [])[0] == "silent"
    assert judge_curated(place, [replace(SAID, communes=frozenset({"3"}))], [])[0] == "wrong"
    state = replace(FACT, form="word", value="started", fields=frozenset())
    assert judge_curated(state, [replace(SAID, field="start", state="started")], [])[0] == "right"
    land = replace(FACT, form="category", value="land_price", fields=frozenset())
    said = replace(SAID, value="land_price", items=FACT.items)
    assert judge_curated(land, [said], [])[0] == "right"
    assert judge_curated(land, [replace(said, value="resettlement")], [])[0] == "wrong"
    assert judge_curated(land, [replace(said, value="unspecified")], [])[0] == "silent"


def test_every_curated_fact_is_judged():
    facts = read_curated(DATA / "facts")
    tables = (facts.observations, facts.indicators, facts.clearance, facts.places)
    assert len(list_curated_facts(facts)) == sum(map(len, tables))


def test_reading_is_done_without_the_facts(tmp_path: Path):
    with prepare_bare_data() as environment:
        assert not Path(environment["HPMAP_DATA_DIR"], "facts").exists()
        report = tmp_path / "r.txt"
        report.write_text("Trong quý, 3/7 dự án trọng điểm chậm tiến độ.\n", encoding="utf-8")
        read_report("d1", report, environment)
