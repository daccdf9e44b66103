"""The measure of reading: what counts as read, offered, listed, silent and wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from benchmarks import unseen
from benchmarks.reading.gold import Fact, find_foreign_texts, load_facts
from benchmarks.reading.judge import JudgedText, judge_text
from benchmarks.reading.values import names_time, read_numbers, same_time
from reports.model.document import Document, SourcePlace
from reports.model.extraction import Extraction, QueueEntry
from reports.model.statement import Statement, StatementReading, UnreadSentence

if TYPE_CHECKING:
    from pathlib import Path

PLACE = SourcePlace(3, 3)
ROAD = Fact(
    "t01", 3, "project", "Đường ven sông Lạch Tray", "investment_mvnd", 250_000,
    unit="triệu đồng", fields=frozenset({"investment"}),
)  # fmt: skip
SAID = Statement(
    "Đường ven sông Lạch Tray", "project", "investment", 250_000.0, "", PLACE, unit="triệu đồng"
)


def judge(
    *statements: Statement,
    facts: tuple[Fact, ...] = (ROAD,),
    unread: tuple[UnreadSentence, ...] = (),
    queue: tuple[QueueEntry, ...] = (),
    foreign: bool = False,
) -> JudgedText:
    reading = StatementReading(statements, unread)
    extraction = Extraction(Document("t01", "", "text", 0, ()), queue=queue, reading=reading)
    return judge_text("t01", extraction, facts, foreign=foreign)


def list_whys(judged: JudgedText) -> list[str]:
    return [one.why for one in judged.complaints]


def test_a_fact_is_read_offered_listed_or_silent():
    assert judge(SAID).facts[0].outcome == "read"
    assert judge(SAID).facts[0].subject_fits
    asked = replace(SAID, status="ask", value=25_000.0, candidates=("25 tỷ đồng", "250 tỷ đồng"))
    assert judge(asked).facts[0].outcome == "offered"
    left = UnreadSentence("…", PLACE, ("250 tỷ đồng",))
    assert judge(unread=(left,)).facts[0].outcome == "listed"
    assert judge(unread=(replace(left, left_over=("25 tỷ đồng",)),)).facts[0].outcome == "silent"
    assert judge().facts[0].outcome == "silent"
    assert judge(replace(SAID, place=SourcePlace(9, 9))).facts[0].outcome == "silent"


def test_the_line_beside_counts_only_where_no_fact_stands():
    beside = replace(SAID, place=SourcePlace(4, 4))
    assert judge(beside).facts[0].outcome == "read"
    other = replace(ROAD, line=4, value=70_000, subject="Cầu Rào 9")
    assert judge(beside, facts=(ROAD, other)).facts[0].outcome == "silent"


@pytest.mark.parametrize(
    ("statement", "whys"),
    [
        (SAID, []),
        (replace(SAID, value=240_000.0), ["doubtful", "wrong"]),
        (replace(SAID, value=240_000.0, subject="Cầu Rào 9"), ["doubtful"]),
        (replace(SAID, field="disbursed"), ["wrong"]),
        (replace(SAID, status="ask", field="disbursed"), []),
        (replace(SAID, subject_kind="city", subject="thành phố"), ["city"]),
    ],
)
def test_what_speaks_against_a_statement(statement: Statement, whys: list[str]):
    assert list_whys(judge(statement)) == whys


def test_a_value_as_another_thing_is_not_read():
    assert judge(replace(SAID, field="disbursed")).facts[0].outcome == "silent"


def test_places():
    fact = replace(ROAD, field="commune", value="xã A", communes=frozenset({"1", "2"}))
    fact = replace(fact, fields=frozenset())
    one, other = replace(SAID, communes=("1",)), replace(SAID, communes=("2",))
    assert judge(one, other, facts=(fact,)).facts[0].outcome == "read"
    assert judge(one, facts=(fact,)).facts[0].outcome == "silent"
    elsewhere = judge(replace(SAID, communes=("3",)), facts=(fact,))
    assert "wrong" in list_whys(elsewhere)
    assert list_whys(judge(one, facts=(ROAD,), foreign=True)) == ["foreign"]


def test_questions_of_a_column_count_once():
    place = SourcePlace(3, 3, table=1, row=2, column=4)
    asked = replace(SAID, status="ask", why="unit", place=place)
    below = replace(asked, value=1.0, place=replace(place, line_from=8, line_to=8, row=3))
    judged = judge(asked, below, queue=(QueueEntry("unplaced", "?", SourcePlace(20, 20)),))
    assert judged.questions == 2
    assert judged.idle == ["unplaced: ?"]


def test_values_as_they_are_written():
    assert 1226.04 in read_numbers("1.226,04 ha")
    assert 44.87 in read_numbers("44.87")
    assert {44_870.0, 44.87} <= read_numbers("44.870")
    assert 1_800_000.0 in read_numbers("1.800 tỷ đồng")
    assert {13.0, 14.0} <= read_numbers("13/14 dự án")
    assert same_time("28/5", "2025-05-28")
    assert not same_time("28/5", "2025-05-29")
    assert names_time("2025-12-19", "ngày 19/12")
    assert not names_time("2025-12-19", "ngày 20/12")


def test_a_folder_of_texts(tmp_path: Path):
    entry = {
        "file": "t01_hp", "line": 1, "kind": "count", "subject": "s", "field": "total",
        "value": 3, "unit": "", "communes": [], "note": "Hà Nam: no commune of Hải Phòng",
    }  # fmt: skip
    (tmp_path / "gold.json").write_text(json.dumps([entry]), encoding="utf-8")
    (tmp_path / "README.md").write_text("- t02, t05: no commune of Hải Phòng.\n", encoding="utf-8")
    (tmp_path / "t01_hp.txt").write_text("Xã có 3 sân chơi.\n", encoding="utf-8")
    assert load_facts(tmp_path)[0].value == 3
    assert find_foreign_texts(tmp_path) == ("t01_hp", "t02", "t05")
    done = CliRunner().invoke(unseen.main, [str(tmp_path), "--list"])
    assert done.exit_code == 0
    assert "| t01_hp | 1 |" in done.output


def test_a_missing_folder_is_told(tmp_path: Path):
    done = CliRunner().invoke(unseen.main, [str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "No texts to judge by" in done.output


def test_a_span_is_read_by_both_its_ends():
    fact = replace(ROAD, field="works_from_to", value="2024-Q1..2025-Q4", unit="")
    fact = replace(fact, fields=frozenset({"works_from_to", "start", "finish"}))
    start = replace(SAID, field="start", value="2024-Q1", unit="")
    finish = replace(SAID, field="finish", value="2025-Q4", unit="")
    assert judge(start, finish, facts=(fact,)).facts[0].outcome == "read"
    assert judge(start, facts=(fact,)).facts[0].outcome == "silent"
    assert list_whys(judge(start, finish, facts=(fact,))) == []
    assert "wrong" in list_whys(judge(replace(start, value="2023-Q1"), facts=(fact,)))


def test_another_value_beside_one_that_was_read_is_a_part():
    assert list_whys(judge(SAID, replace(SAID, value=1.0))) == ["doubtful"]
