"""Sure statements become values of their things; what is not sure, or not ours, becomes nothing."""

from dataclasses import replace

import pytest

from reports.model.document import SourcePlace
from reports.model.extraction import Indicator
from reports.statements.facts.city_figures import list_city_figures
from reports.statements.facts.items import collect_statement_facts, get_subject_key
from tests.reports.statements.made import BRIDGE, BUILT, INVESTMENT, press, state

OFFICE = "Ban Quản lý dự án thử nghiệm"


def values_of(*statements, **parts):
    (item,) = collect_statement_facts(press(*statements, **parts)).items
    return {value.field: value.value for value in item.values}


def test_what_is_said_of_one_project_is_one_mention() -> None:
    shorter = state("cầu Bến Mây", "project", "finish", "2031-Q4", 4, mood="planned")
    (item,) = collect_statement_facts(press(INVESTMENT, BUILT, shorter)).items
    assert (item.name, item.kind, item.place.line_from) == (BRIDGE, "transport", 3)
    assert {value.field: value.value for value in item.values} == {
        "investment_mvnd": "1250000",
        "actual_construction_pct": "45",
        "milestone_finish": "2031-Q4",
    }
    assert item.indexes == (0, 1, 2)
    assert item.values[0].raw == "1.250 tỷ đồng"


@pytest.mark.parametrize(
    ("field", "value", "unit", "mood", "expected"),
    [
        ("area", 125_000.0, "m2", "measured", {"area_ha": "12.5"}),
        ("area", 1.5, "km2", "measured", {"area_ha": "150"}),
        ("area", 30.0, "ha", "planned", None),
        ("investment", 25.0, "triệu USD", "measured", None),
        ("clearance_pct", 80.5, "%", "done", {"actual_clearance_pct": "80.5"}),
        ("clearance_pct", 100.0, "%", "required", {"planned_clearance_pct": "100"}),
        ("start", "2031-05", "", "forecast", {"milestone_start": "2031-05"}),
        ("start", "đầu năm", "", "planned", None),
        (
            "works_from_to", "2030..2032-Q4", "", "planned",
            {"milestone_start": "2030", "milestone_finish": "2032-Q4"},
        ),
        ("status", "under_construction", "", "done", {"status": "under_construction"}),
        ("status", "no word of ours", "", "done", None),
        ("asked_to_act", OFFICE, "", "done", {"asked_to_act": OFFICE}),
        ("land_payment", 9000.0, "triệu đồng", "done", {"land_payment_mvnd": "9000"}),
        (
            "obstacle", "chưa có đơn giá đất", "", "done",
            {"obstacle": "land_price", "obstacle_text": "chưa có đơn giá đất"},
        ),
        ("households", 12.0, "hộ", "measured", None),
    ],
)  # fmt: skip
def test_fields_become_those_of_the_facts(field, value, unit, mood, expected) -> None:
    read = press(state(BRIDGE, "project", field, value, unit=unit, mood=mood))
    items = collect_statement_facts(read).items
    told = {one.field: one.value for item in items for one in item.values}
    assert told == (expected or {})


@pytest.mark.parametrize(
    "change",
    [
        {"status": "ask"},
        {"mood": "conditional"},
        {"mood": "denied"},
        {"mood": "proposed"},
        {"province": "tỉnh Quảng Ninh"},
        {"subject_kind": "works"},
        {"subject_kind": "body"},
        {"subject_kind": "province"},
        {"value": float("nan")},
        {"part_of": "tổng 2.000 tỷ đồng"},
    ],
)
def test_what_does_not_hold_or_is_not_ours_becomes_nothing(change) -> None:
    assert collect_statement_facts(press(replace(INVESTMENT, **change))).items == ()


@pytest.mark.parametrize(
    ("province", "foreign"), [("Bộ Xây dựng", True), ("tỉnh Quảng Ninh", True), ("", False)]
)
def test_a_document_of_others_brings_nothing(province: str, foreign: bool) -> None:
    read = press(INVESTMENT)
    read = replace(read, document=replace(read.document, province=province))
    assert bool(collect_statement_facts(read).items) is not foreign


def test_a_delayed_clearance_is_told_of_the_item_or_of_each_commune() -> None:
    words = "23 hộ chưa nhận tiền bồi thường"
    codes = ("11455", "11914")
    about_item = state(BRIDGE, "project", "clearance_delayed", words, mood="done", communes=codes)
    about_place = state(
        "hai xã", "commune", "clearance_delayed", words, 5, mood="done", communes=codes
    )
    facts = collect_statement_facts(press(about_item, about_place))
    (item,) = facts.items
    assert [(one.commune, one.category) for one in item.clearance] == [("", "compensation")]
    assert {one.code for one in item.communes} == set(codes)
    assert [one.commune for one in facts.clearance] == list(codes)


def city(value: float = 7_500_000.0, **parts: object):
    given: dict[str, object] = {"unit": "triệu đồng", "mood": "done", "stated": "7.500 tỷ đồng"}
    given |= parts
    return state("thành phố", "city", "disbursed", value, **given)


@pytest.mark.parametrize(
    ("change", "figures"),
    [
        ({}, 1),
        ({"when": "2031-Q1"}, 1),
        ({"when": "2031-01-01..2031-03-31"}, 1),
        ({"when": "2031-03-28"}, 1),
        ({"when": "2031-02"}, 0),
        ({"when": "2031-02-01..2031-02-07"}, 0),
        ({"when": "2025-06"}, 0),
        ({"when": "2024"}, 0),
        ({"mood": "planned"}, 0),
        ({"mood": "forecast"}, 0),
        ({"status": "ask"}, 0),
        ({"part_of": "tổng số"}, 0),
        ({"unit": "triệu USD"}, 0),
        ({"qualifier": "over"}, 0),
        ({"subject_kind": "district"}, 0),
        ({"subject_kind": "province"}, 0),
        ({"subject_kind": "body"}, 0),
        ({"subject_kind": "works"}, 0),
    ],
)
def test_a_figure_of_the_city_is_done_by_the_city_of_today(change, figures: int) -> None:
    assert len(collect_statement_facts(press(city(**change))).indicators) == figures


def test_a_districts_document_gives_no_figure_of_the_city() -> None:
    read = press(city())
    read = replace(read, document=replace(read.document, area="huyện Vĩnh Bảo"))
    assert collect_statement_facts(read).indicators == ()


def test_before_the_merger_there_is_no_figure_of_todays_city() -> None:
    before = press(city(), period="2025-Q1", issued="2025-04-02")
    assert collect_statement_facts(before).indicators == ()


def test_a_name_of_general_words_alone_is_no_thing() -> None:
    assert get_subject_key(state("dự án", "project", "length", 3.0)) == ""
    assert values_of(INVESTMENT, state("Công trình", "project", "start", "2031")) == {
        "investment_mvnd": "1250000"
    }


def test_a_name_with_duong_of_a_place_is_no_road() -> None:
    hall = state("Nhà hát Hải Dương", "project", "start", "2031")
    (item,) = collect_statement_facts(press(hall)).items
    assert item.kind == "investment"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (None, 1),
        ({"subject_kind": "city", "mood": "done"}, 1),
        ({"subject_kind": "unknown", "mood": "done"}, 1),
        ({"subject_kind": "project", "mood": "done"}, 0),
        ({"subject_kind": "works", "mood": "done"}, 0),
        ({"subject_kind": "body", "mood": "done"}, 0),
        ({"subject_kind": "body", "subject": "Hội đồng nhân dân giao", "mood": "done"}, 1),
        ({"subject_kind": "city", "mood": "planned"}, 0),
    ],
)
def test_a_figure_of_the_text_that_a_sentence_gives_to_another_is_dropped(told, kept: int) -> None:
    figure = Indicator(
        "public_investment", "disbursed", 5000.0, None, "million_vnd", "5 tỷ", SourcePlace(6, 6)
    )
    said = () if told is None else (replace(city(5000.0, line=6), **told),)
    read = replace(press(*said), indicators=(figure,))
    assert len(list_city_figures(read)) == kept
    elsewhere = replace(read, document=replace(read.document, area="huyện Vĩnh Bảo"))
    assert list_city_figures(elsewhere) == ()


def test_dwellings_of_one_named_project_are_none_of_the_city() -> None:
    def counted(subject: str):
        figure = Indicator(
            "social_housing", "done", 96.0, None, "dwelling", "96 căn", SourcePlace(6, 6)
        )
        said = state(subject, "housing", "dwellings", 96.0, 6, unit="căn")
        return list_city_figures(replace(press(said), indicators=(figure,)))

    assert counted("Khu nhà ở xã hội Vườn Thử") == ()
    assert len(counted("dự án nhà ở xã hội")) == 1


def test_a_part_of_another_s_total_is_its_own_subject_s_figure() -> None:
    own = replace(INVESTMENT, part_of="3 dự án: 5.000 tỷ đồng")
    (item,) = collect_statement_facts(press(own)).items
    assert [one.field for one in item.values] == ["investment_mvnd"]
    assert collect_statement_facts(press(replace(own, part_of="5.000 tỷ đồng"))).items == ()


def test_the_commune_of_who_is_asked_is_no_place_of_the_thing() -> None:
    asked = state(
        BRIDGE, "project", "asked_to_act", "UBND xã Kiến Hải", 4, mood="required",
        communes=("11749",),
    )  # fmt: skip
    (item,) = collect_statement_facts(press(INVESTMENT, asked)).items
    assert item.communes == ()
