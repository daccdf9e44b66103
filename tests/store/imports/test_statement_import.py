"""What statements say comes in with an import, from an empty store too, and goes out with it."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from reports.model.document import SourcePlace
from reports.model.extraction import Indicator
from store.audit.integrity import check_store
from store.audit.ledger import read_current_rows
from store.db.database import reading
from store.db.schema import FACTS
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.imports.apply import apply_import, undo_import
from store.imports.plan.drafts import extraction_from_json, extraction_to_json
from store.imports.plan.planning import plan_import
from store.imports.plan.statement_rows import make_pattern
from tests.people import AN
from tests.reports.statements.made import BRIDGE, BUILT, INVESTMENT, press, state
from tests.store.small_reports import BRIDGE as RIVER_BRIDGE
from tests.store.small_reports import CAT_HAI, DO_SON, QUARTER, project, report, value

PARK = "Khu công nghiệp Tràng Duệ 3"


def rows(table: str) -> list[dict[str, object]]:
    with reading() as connection:
        return read_current_rows(connection, table)


def assert_whole() -> None:
    with reading() as connection:
        assert [fault.text() for fault in check_store(connection)] == []


@pytest.mark.usefixtures("bare_store")
def test_a_press_text_fills_an_empty_store() -> None:
    placed = state(
        BRIDGE, "project", "located_in", "phường Đồ Sơn", 4, communes=(DO_SON,), mood="measured"
    )
    owner = state(BRIDGE, "project", "owner", "Ban Quản lý thử nghiệm", 4, mood="measured")
    open_one = state(PARK, "park", "area", 687.0, 5, unit="ha", status="ask", why="two_values",
                     candidates=("687", "678"))  # fmt: skip
    read = press(INVESTMENT, BUILT, placed, owner, open_one)
    apply_import(plan_import(read), AN)
    facts = load_facts()
    item = build_item_snapshot(facts, "2031-Q1").iloc[0]
    assert (item["item"], item["kind"], item["name"]) == (
        "TRA-DU-AN-DAU-TU-XAY-DUNG-CAU-BEN-MAY", "transport", BRIDGE,
    )  # fmt: skip
    assert (item["investment_mvnd"], item["construction"], item["communes"]) == (
        1_250_000, 45.0, (DO_SON,),
    )  # fmt: skip
    assert set(facts.observations["line_from"]) == {3}
    kept = rows("statements")
    assert [(row["field"], row["state"], row["item"]) for row in kept] == [
        ("investment", "sure", item["item"]),
        ("construction_pct", "sure", item["item"]),
        ("located_in", "sure", item["item"]),
        ("owner", "sure", item["item"]),
        ("area", "ask", None),
    ]
    assert (kept[0]["number"], kept[0]["value"], kept[4]["candidates"]) == (
        1_250_000.0, "1250000", '["687", "678"]',
    )  # fmt: skip
    assert [row["left_over"] for row in rows("unread_sentences")] == ['["12"]']
    told = {(row["attribute"], row["value"]) for row in rows("item_attributes")}
    assert told == {
        ("name", BRIDGE), ("kind", "transport"), ("commune", DO_SON),
        ("owner", "Ban Quản lý thử nghiệm"),
    }  # fmt: skip
    assert_whole()


@pytest.mark.usefixtures("bare_store")
def test_a_table_of_other_headings_fills_an_empty_store() -> None:
    def cell(name: str, row: int, column: int, field: str, **parts: object):
        made = state(name, "project", field, **parts)
        return replace(made, place=SourcePlace(row, row, table=1, row=row, column=column))

    names = ("Kè sông Thử Nghiệm", "Trường mầm non Hoa Thử")
    told = []
    for row, name in enumerate(names, 4):
        money, share = {"unit": "triệu đồng"}, {"unit": "%", "mood": "done"}
        told.append(cell(name, row, 2, "investment", value=90_000.0 + row, **money))
        told.append(cell(name, row, 3, "clearance_pct", value=50.0 + row, **share))
    apply_import(plan_import(press(*told)), AN)
    items = build_item_snapshot(load_facts(), "2031-Q1").set_index("name")
    assert items.loc[names[0], ["investment_mvnd", "clearance"]].tolist() == [90_004, 54.0]
    assert items.loc[names[1], ["investment_mvnd", "clearance"]].tolist() == [90_005, 55.0]
    assert sorted(items["kind"]) == ["investment", "transport"]
    assert [row["column_no"] for row in rows("statements")] == [2, 3, 2, 3]
    assert_whole()


@pytest.mark.usefixtures("bare_store")
def test_undoing_takes_all_of_it_back() -> None:
    number = apply_import(plan_import(press(INVESTMENT, BUILT)), AN)
    undo_import(number, AN, "thử")
    tables = ("items", "observations", "statements", "unread_sentences", "item_attributes")
    assert [rows(table) for table in tables] == [[], [], [], [], []]
    assert_whole()
    again = apply_import(plan_import(press(INVESTMENT, BUILT)), AN)
    assert again > number
    assert len(rows("statements")) == 2
    assert_whole()


@pytest.mark.usefixtures("bare_store")
def test_a_name_in_a_sentence_finds_the_project_of_the_table() -> None:
    """Written in full, of the same report or of an earlier one, and short: then it is asked."""
    apply_import(plan_import(QUARTER), AN)
    full = state(f"dự án {RIVER_BRIDGE}", "project", "finish", "2032", 4, mood="planned")
    short = state("cầu vượt sông Hóa", "project", "start", "2030", 5, mood="done")
    plan = plan_import(press(full, short, period="2031-H1"))
    matched = dict(plan.matches)
    assert matched[f"Dự án {RIVER_BRIDGE}"].item == "KP-01"
    assert matched["Cầu vượt sông Hóa"].how == "unsure"
    assert [row.reason for row in plan.reviews] == ["uncertain_item"]
    assert plan.reviews[0].candidates[0][0] == "KP-01"
    assert list(plan.rows("items")["item"]) == []
    assert list(plan.rows("observations")["value"]) == ["2032"]


@pytest.mark.usefixtures("bare_store")
def test_a_project_of_the_reports_own_table_is_no_second_one() -> None:
    table = report("Báo cáo quý", "2031-Q1", project(1, BRIDGE, value("forecast", "meets", 12)))
    read = press(INVESTMENT)
    plan = plan_import(replace(table, reading=read.reading))
    assert list(plan.rows("items")["item"]) == ["KP-01"]
    assert list(plan.rows("observations")["item"]) == ["KP-01", "KP-01"]


@pytest.mark.usefixtures("bare_store")
def test_a_fact_that_is_read_already_is_not_there_twice() -> None:
    table = report(
        "Báo cáo quý", "2031-Q1",
        project(1, BRIDGE, value("investment_mvnd", "1250000", 3), communes=(CAT_HAI,)),
        indicators=(
            Indicator("public_investment", "disbursed", 7_500_000.0, None, "million_vnd",
                      "7.500 tỷ đồng", SourcePlace(6, 6)),
        ),
    )  # fmt: skip
    city = state("thành phố", "city", "disbursed", 7_500_000.0, 6, unit="triệu đồng", mood="done")
    other = state(BRIDGE, "project", "investment", 1_250_000.0, 8, unit="triệu đồng",
                  communes=(CAT_HAI,))  # fmt: skip
    reading_of = press(INVESTMENT, city, other).reading
    document = replace(table.document, issued="2031-04-05")
    plan = plan_import(replace(table, document=document, reading=reading_of))
    assert list(plan.rows("observations")["line_from"]) == [3, 8]
    assert len(plan.rows("indicators")) == 1
    assert list(plan.rows("places")["raw"]) == [CAT_HAI]
    assert plan.counts()["statements"] == 3


@pytest.mark.usefixtures("bare_store")
def test_a_foreign_document_is_kept_and_asked_about() -> None:
    read = press(INVESTMENT, state("tỉnh", "province", "count", 5.0, 6, unit="dự án"))
    read = replace(read, document=replace(read.document, province="tỉnh Quảng Ninh"))
    apply_import(plan_import(read), AN, confirmed={"nothing_read"})
    assert [(row["state"], row["why"]) for row in rows("statements")] == [
        ("ask", "other_scope"), ("sure", ""),
    ]  # fmt: skip
    facts = load_facts()
    assert facts.items.empty
    assert facts.observations.empty
    assert facts.places.empty


def test_a_document_of_the_curated_facts_gets_its_statements_alone(store: str) -> None:
    sha256 = str(load_facts().documents.iloc[0]["sha256"])
    read = press(INVESTMENT)
    read = replace(read, document=replace(read.document, sha256=sha256))
    before = len(load_facts().observations), len(load_facts().items)
    apply_import(plan_import(read), AN, confirmed={"nothing_read"})
    facts = load_facts()
    assert (len(facts.observations), len(facts.items)) == before
    assert [(row["state"], row["item"]) for row in rows("statements")] == [("sure", None)]
    assert rows("item_attributes") == []
    assert_whole()
    assert store


@pytest.mark.usefixtures("bare_store")
def test_a_value_that_no_table_takes_is_kept_as_it_stands() -> None:
    huge = replace(INVESTMENT, value=1e15)
    odd = replace(BUILT, value=float("inf"), sentence="a\x00b", start=-4)
    twice = replace(huge)
    apply_import(plan_import(press(huge, odd, twice)), AN)
    kept = rows("statements")
    assert [(row["value"], row["number"]) for row in kept] == [
        ("1000000000000000", None), ("inf", None), ("1000000000000000", None),
    ]  # fmt: skip
    assert kept[1]["sentence"] == "ab"
    assert_whole()


def test_readings_with_statements_are_kept_letter_by_letter() -> None:
    read = press(INVESTMENT, replace(BUILT, status="ask", candidates=("45", "4,5")))
    assert extraction_from_json(extraction_to_json(read)) == read


def test_a_pattern_is_the_column_or_the_words_before() -> None:
    other = state("Kè Thử", "project", "investment", 5.0, sentence="Kè có tổng mức đầu tư 5 triệu",
                  start=22)  # fmt: skip
    assert make_pattern(other) == make_pattern(INVESTMENT)
    assert make_pattern(other) != make_pattern(BUILT)
    cell = replace(other, place=SourcePlace(3, 3, table=1, row=3, column=2))
    assert make_pattern(cell).endswith("|1:2")


def test_every_statement_row_has_the_columns_of_its_table(bare_store: str) -> None:
    names = {column.name for column in FACTS["statements"].columns}
    with reading(bare_store) as connection:
        there = {one["name"] for one in sa.inspect(connection).get_columns("statements")}
    assert names == there


@pytest.mark.usefixtures("bare_store")
def test_a_new_thing_of_which_little_is_told_is_asked_about() -> None:
    """Times are told of much that is no project; what is said waits for the answer."""
    known = state("KCN Tràng Duệ 3", "park", "start", "2031", 4, item="KCN-TRANG-DUE-3")
    plan = plan_import(
        press(state("Dự án xây dựng Bảo tàng Thử", "project", "start", "2031", 5), known)
    )
    assert list(plan.rows("items")["item"]) == ["KCN-TRANG-DUE-3"]
    assert list(plan.rows("items")["name"]) == [PARK]
    (question,) = plan.reviews
    assert (question.reason, question.raw) == ("uncertain_item", "Dự án xây dựng Bảo tàng Thử")
    settled = plan_import(plan.extraction, decisions={question.fingerprint: "new"})
    assert len(settled.rows("items")) == 2
    assert sorted(settled.rows("observations")["line_from"]) == [4, 5]


@pytest.mark.usefixtures("bare_store")
def test_papers_are_no_items() -> None:
    plan = plan_import(press(state("Hồ sơ trình Đề án thử", "project", "start", "2031", 5)))
    assert (len(plan.rows("items")), plan.reviews) == (0, ())


@pytest.mark.usefixtures("bare_store")
def test_another_commune_of_a_placed_item_is_asked_about() -> None:
    """A sentence never spreads the money of a project over more communes by itself."""
    apply_import(plan_import(QUARTER), AN)
    told = state(
        f"dự án {RIVER_BRIDGE}", "project", "located_in", "đặc khu Cát Hải",
        communes=(DO_SON, CAT_HAI),
    )  # fmt: skip
    plan = plan_import(press(told, period="2031-H1"))
    assert len(plan.rows("places")) == 0
    (question,) = plan.reviews
    assert (question.reason, question.candidates[0][0]) == ("uncertain_place", CAT_HAI)
    settled = plan_import(plan.extraction, decisions={question.fingerprint: CAT_HAI})
    assert list(settled.rows("places")["commune"]) == [CAT_HAI]
