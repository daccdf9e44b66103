"""Whether reading alone gives a curated fact: what counts as right, offered, silent and wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.reading.curated_facts import CuratedFact, list_curated_facts
from benchmarks.reading.curated_judge import judge_curated
from benchmarks.reading.naming import is_about
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


@pytest.mark.parametrize(
    ("name", "about", "same"),
    [
        ("Tuyến đường sắt Lào Cai – Hà Nội – Hải Phòng",
         "nút giao liên thông kết nối Quốc lộ 10 với cao tốc Hà Nội - Hải Phòng", False),
        ("Cảng hàng không quốc tế Hải Phòng tại khu vực Tiên Lãng",
         "Nhà ga hành khách T2 Cảng Hàng không Quốc tế Cát Bi", False),
        ("Tổ hợp giáo dục FPT", "Tổ hợp Giáo dục Bắc Sông Cấm", False),
        ("Cầu Rào 9", "dự án cầu Rào 9", True),
        ("Dự án đầu tư tuyến đường kết nối Đông Tây thành phố Hải Phòng (nối Quốc lộ 10 cũ)",
         "Tuyến đường tốc độ cao kết nối Đông - Tây thành phố Hải Phòng", True),
        ("Khu thương mại tự do thành phố Hải Phòng",
         "Tập trung triển khai Khu thương mại tự do thế hệ mới", True),
    ],
)  # fmt: skip
def test_a_name_is_judged_by_what_names(name: str, about: str, *, same: bool):
    assert is_about(replace(FACT, names=(name,)), replace(SAID, about=about)) is same


def test_a_question_on_another_thing_offers_nothing():
    place = replace(FACT, form="place", value="1", doc="", lines=(0, 0), fields=frozenset())
    asked = replace(SAID, about="đường ven sông", sure=False, candidates=("1",))
    assert judge_curated(place, [asked], [])[0] == "silent"
    assert judge_curated(place, [replace(asked, about="cầu Rào 9")], [])[0] == "offered"


def test_a_planned_start_is_no_state_against_another():
    state = replace(FACT, form="word", value="not_started", fields=frozenset({"status", "start"}))
    assert judge_curated(state, [replace(SAID, field="start", value="2026")], [])[0] == "silent"


def test_what_no_report_states_is_told_by_the_fact_itself():
    """A place of no document has its source in its note; a misprint is put right by a row."""
    facts = read_curated(DATA / "facts")
    unstated = [fact for fact in list_curated_facts(facts) if fact.unstated]
    assert {fact.unstated for fact in unstated} == {"public_source", "zone", "name", "corrected"}
    rows = facts.places[facts.places["doc"] == ""]
    assert (rows["note"] != "").all()
    assert sum(not fact.doc for fact in unstated) == len(rows)


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


def test_a_span_of_works_gives_the_start_and_the_finish_that_are_its_ends():
    finish = replace(
        FACT, form="time", field="milestone_finish", value="2031-Q4",
        fields=frozenset({"milestone_finish", "works_from_to"}),
    )  # fmt: skip
    span = replace(SAID, field="works_from_to", value="2030-Q1..2031-Q4", unit="")
    assert judge_curated(finish, [span], [])[0] == "right"
    other = replace(span, value="2031-Q4..2032-Q4")
    assert judge_curated(finish, [other], [])[0] == "wrong"
