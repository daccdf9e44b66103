"""What is left of a proposal once it is held against the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from geo.geocoder import get_default_geocoder
from reports.model.document import Document, SourcePlace
from reports.second_reader.check import TextAround, check_proposal, check_proposals, find_whole
from reports.second_reader.literal_values import read_literal
from reports.second_reader.sentences import OpenSentence

TEXT = (
    "Dự án cầu Rào 9 tại phường Kiến An có tổng mức đầu tư khoảng 1.250 tỷ đồng, diện tích "
    "12,5 ha; 13/14 hộ dân đã nhận tiền, đạt 92,8%; khởi công ngày 19/5, hoàn thành quý IV/2027 "
    "do Ban Quản lý dự án Bình Minh làm chủ đầu tư."
)
SENTENCE = OpenSentence(TEXT, TEXT, SourcePlace(4, 4))
AROUND = TextAround(Document("d", "", "text", 0, (), as_of="2026-06-30"), get_default_geocoder())
BASE: dict[str, Any] = {
    "sentence": 1, "subject": "cầu Rào 9", "subject_kind": "project", "field": "investment",
    "value": 1250, "unit": "tỷ đồng", "stated": "1.250 tỷ đồng", "mood": "measured",
}  # fmt: skip


def check(**changes: Any):
    return check_proposal({**BASE, **changes}, SENTENCE, AROUND)


@pytest.mark.parametrize(
    "changes",
    [
        {"stated": "1.350 tỷ đồng", "value": 1350},
        {"value": 1350},
        {"value": "1250"},
        {"value": True},
        {"value": None},
        {"value": float("inf")},
        {"value": 10**400},
        {"value": [1250]},
        {"unit": "triệu USD"},
        {"unit": ["tỷ đồng"]},
        {"stated": "250 tỷ đồng", "value": 250},
        {"stated": ""},
        {"stated": 7},
        {"stated": "1.250 tỷ đồng" * 100},
        {"subject": "cầu Rào 10"},
        {"subject": "Rào 90"},
        {"subject": ""},
        {"subject": None},
        {"field": "profit"},
        {"field": ["investment"]},
        {"field": "disbursed_pct"},
        {"field": "area"},
        {"mood": "certain"},
        {"mood": {}},
    ],
)
def test_lies_are_dropped(changes: dict[str, Any]) -> None:
    assert check(**changes) is None


@pytest.mark.parametrize(
    ("changes", "value", "unit"),
    [
        ({}, 1_250_000.0, "triệu đồng"),
        ({"value": 1_250_000}, 1_250_000.0, "triệu đồng"),
        ({"field": "area", "value": 12.5, "unit": "ha", "stated": "12,5 ha"}, 12.5, "ha"),
        ({"field": "households_paid", "value": 13, "unit": "hộ dân", "stated": "13/14 hộ dân"},
         13.0, "hộ dân"),
        ({"field": "pct", "value": 92.8, "unit": "%", "stated": "92,8%"}, 92.8, "%"),
        ({"field": "finish", "value": "2027-Q4", "unit": "", "stated": "quý IV/2027"},
         "2027-Q4", ""),
        ({"field": "owner", "value": "Ban Quản lý dự án Bình Minh", "unit": "",
          "stated": "Ban Quản lý dự án Bình Minh"}, "Ban Quản lý dự án Bình Minh", ""),
    ],
)  # fmt: skip
def test_what_the_text_says_is_asked_about(changes: dict[str, Any], value: Any, unit: str) -> None:
    statement = check(**changes)
    assert statement is not None
    assert (statement.value, statement.unit) == (value, unit)
    assert statement.status == "ask"
    assert TEXT[statement.start : statement.end] == statement.stated


def test_a_day_takes_the_documents_year_and_says_so() -> None:
    statement = check(field="start", value="2026-05-19", unit="", stated="ngày 19/5")
    assert statement is not None
    assert statement.inferred == ("year",)
    assert check(field="start", value="2025-05-19", unit="", stated="ngày 19/5") is None


def test_communes_are_the_geocoders_and_never_the_models() -> None:
    statement = check(communes=["99999"], place="phường Kiến An")
    assert statement is not None
    assert statement.communes == ("11443",)
    for place in ("phường Lê Chân", "", None, 5):
        statement = check(communes=["99999"], place=place)
        assert statement is not None
        assert statement.communes == ()


def test_no_commune_in_a_text_about_elsewhere() -> None:
    document = replace(AROUND.document, province="Quảng Ninh")
    around = replace(AROUND, document=document)
    statement = check_proposal({**BASE, "place": "phường Kiến An"}, SENTENCE, around)
    assert statement is not None
    assert statement.communes == ()


def test_words_that_the_text_lacks_are_left_out() -> None:
    statement = check(
        when="2031",
        bodies=["Sở Công Thương", "Ban Quản lý dự án Bình Minh", 4],
        subject_kind="city",
    )
    assert statement is not None
    assert statement.when == ""
    assert statement.bodies == ("Ban Quản lý dự án Bình Minh",)
    assert statement.subject_kind == "unknown"


def test_two_readings_of_the_same_digits_are_both_offered() -> None:
    sentence = replace(SENTENCE, sentence="Khu A rộng 1.226 ha.", paragraph="Khu A rộng 1.226 ha.")
    proposal = {
        **BASE, "subject": "Khu A", "field": "area", "value": 1226, "unit": "ha",
        "stated": "1.226 ha",
    }  # fmt: skip
    statement = check_proposal(proposal, sentence, AROUND)
    assert statement is not None
    assert set(statement.candidates) == {"1226 ha", "1.226 ha"}


@pytest.mark.parametrize("number", [0, 2, -1, True, 1.0, "1", None, [1]])
def test_a_proposal_of_another_sentence_is_dropped(number: Any) -> None:
    assert list(check_proposals([{**BASE, "sentence": number}], [SENTENCE], AROUND)) == []


def test_numbers_stand_as_whole_words_only() -> None:
    assert find_whole("26", "1.226,04 ha") == -1
    assert find_whole("226", "1.226,04 ha") == -1
    assert find_whole("1.226", "1.226,04 ha") == -1
    assert find_whole("26 ha", "cả 26 ha.") == 3
    assert find_whole("A", "AB A") == 3


def test_units_stand_in_the_words() -> None:
    assert read_literal("length", "7 km", 7, "km", year="") is not None
    assert read_literal("length", "7 km", 7, "m", year="") is None
    assert read_literal("area", "7 m²", 7, "m²", year="") is not None
    assert read_literal("duration_months", "3 năm", 3, "năm", year="").value == 36
    assert read_literal("count", "03 dự án", 3, "dự án", year="").value == 3
    assert read_literal("count", "03 dự án", 3, "", year="") is None
    assert read_literal("pct", "107 %", 107, "%", year="") is None
