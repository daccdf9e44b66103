"""What people type is read as they mean it, or not at all."""

from dataclasses import replace

import pytest

from layers.statement_view.typed_values import TypedValue, read_time, read_value, write_value
from reports.model.statement import Statement

MONEY = Statement("cầu", "project", "investment", 1226040.0, "", unit="triệu đồng")


@pytest.mark.parametrize(
    ("field", "text", "unit", "read"),
    [
        ("investment", "1.226,04", "tỷ đồng", TypedValue(1226040.0, "triệu đồng")),
        ("investment", "850 triệu đồng", "tỷ đồng", TypedValue(850.0, "triệu đồng")),
        ("investment", "1,5", "nghìn tỷ", TypedValue(1500000.0, "triệu đồng")),
        ("investment", "20", "triệu USD", TypedValue(20.0, "triệu USD")),
        ("households_remaining", "13/52", "hộ", TypedValue(13.0, "hộ", 52.0)),
        ("area", "12,5 m²", "ha", TypedValue(12.5, "m2")),
        ("construction_pct", "45%", "", TypedValue(45.0, "%")),
        ("households", "1.250", "hộ", TypedValue(1250.0, "hộ")),
        ("finish", "quý II/2027", "", TypedValue("2027-Q2")),
        ("works_from_to", "2024 – 2026", "", TypedValue("2024..2026")),
        ("status", "Đang thi công", "", TypedValue("under_construction")),
        ("owner", "  Sở   Xây dựng ", "", TypedValue("Sở Xây dựng")),
        ("planned_work", "khởi công 2 gói thầu", "", TypedValue("khởi công 2 gói thầu")),
        ("investment", "nhiều", "tỷ đồng", None),
        ("investment", "1.22.3", "tỷ đồng", None),
        ("households", "13/", "hộ", None),
        ("finish", "sớm", "", None),
        ("status", "rất tốt", "", None),
        ("owner", " ", "", None),
    ],
)
def test_a_value_is_read_with_its_unit(
    field: str, text: str, unit: str, read: TypedValue | None
) -> None:
    assert read_value(field, text, unit) == read


def test_english_parts_groups_with_commas() -> None:
    assert read_value("area", "1,250.5", "ha", "en") == TypedValue(1250.5, "ha")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"value": 850.0},
        {"value": 12.25, "unit": "triệu USD"},
        {"field": "households", "value": 13.0, "total": 1052.0, "unit": "hộ"},
        {"field": "pct", "value": 45.125, "unit": "%"},
        {"field": "deadline", "value": "2026-11-15", "unit": ""},
        {"field": "works_from_to", "value": "2024-Q4..2025-Q4", "unit": ""},
        {"field": "status", "value": "paused", "unit": ""},
        {"field": "lead", "value": "Sở Tài chính", "unit": ""},
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_shown_in_a_form_is_read_back_as_it_was(change: dict, language: str) -> None:
    statement = replace(MONEY, **change)
    text, unit = write_value(statement, language)
    read = read_value(statement.field, text, unit, language)
    assert read == TypedValue(statement.value, statement.unit, statement.total)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("15/11/2026", "2026-11-15"), ("tháng 9/2026", "2026-09"), ("09/2026", "2026-09"),
        ("năm 2026", "2026"), ("2026-Q3", "2026-Q3"), ("quý III/2026 đến quý I/2027",
        "2026-Q3..2027-Q1"), ("40/13/2026", ""), ("", ""), ("2024 – 2025 – 2026", ""),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(text: str, read: str) -> None:
    assert read_time(text) == read
