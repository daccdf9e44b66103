"""What a statement says is written as exactly as the document states it."""

from dataclasses import replace

import pytest

from geo.i18n import LANGUAGES, load_catalogue
from layers.labels.reading_labels import format_reading, format_time, translate_term
from reports.model.statement import FIELD_NAMES, SUBJECT_KINDS, Statement

BASE = Statement("cầu", "project", "investment", 1226040.0, "", unit="triệu đồng")


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({}, "1.226,04 tỷ đồng"),
        ({"value": 850.0}, "850 triệu đồng"),
        ({"value": 12.5, "unit": "triệu USD", "qualifier": "over"}, "trên 12,5 triệu USD"),
        ({"field": "households", "value": 13.0, "total": 52.0, "unit": "hộ"}, "13/52 hộ"),
        ({"field": "pct", "value": 45.25, "unit": "%", "qualifier": "about"}, "khoảng 45,25 %"),
        ({"field": "finish", "value": "2027-Q2", "unit": ""}, "quý II/2027"),
        ({"field": "works_from_to", "value": "2024..2026", "unit": ""}, "năm 2024 – năm 2026"),
        ({"field": "status", "value": "under_construction", "unit": ""}, "Đang thi công"),
        ({"field": "owner", "value": "Sở Xây dựng", "unit": ""}, "Sở Xây dựng"),
    ],
)
def test_a_value_is_written_with_its_unit_total_and_qualifier(change: dict, written: str) -> None:
    assert format_reading(replace(BASE, **change)) == written


def test_a_time_is_written_in_words_and_none_as_nothing() -> None:
    assert format_time(replace(BASE, when="2026-Q3")) == "quý III/2026"
    assert format_time(BASE) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_kind_mood_and_qualifier_has_a_name(language: str) -> None:
    moods = [
        "done",
        "measured",
        "planned",
        "required",
        "forecast",
        "proposed",
        "conditional",
        "denied",
    ]
    wanted = {
        *(f"statements.field.{name}" for name in FIELD_NAMES),
        *(f"statements.kind.{name}" for name in SUBJECT_KINDS),
        *(f"statements.mood.{name}" for name in moods),
        *(f"statements.qualifier.{name}" for name in ("exact", "about", "over", "under")),
    }
    assert sorted(wanted - set(load_catalogue(language))) == []


def test_a_reason_without_words_of_its_own_has_the_general_ones() -> None:
    assert translate_term("why", "never_heard_of") == "Cần người xem lại"
    assert translate_term("field", "never_heard_of") == "never_heard_of"
    assert translate_term("why", "") == ""
