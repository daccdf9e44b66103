"""What a row says is told in the reader's words, whatever stands in it."""

import pytest

from geo.i18n import LANGUAGES
from layers.labels.field_labels import (
    format_column_label,
    format_field_value,
    format_figure_value,
    list_differences,
)
from reports.model.schema import FIELDS
from store.db.staff_tables import ALL_TABLES, CASE_STEPS
from store.facts.facts import load_facts
from tests.hostile import HOSTILE_TEXTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_that_people_edit_has_a_name(language: str) -> None:
    for table in ("items", "places", "points", "observations", "cases", "case_steps"):
        for column in ALL_TABLES[table].columns:
            named = format_column_label(column.name, language)
            assert named != column.name, f"{table}.{column.name}"
    for step in CASE_STEPS:
        assert format_column_label(f"step.{step}", language) != f"step.{step}"


@pytest.mark.parametrize(
    ("column", "value", "field", "told"),
    [
        ("communes", "11002 11914", "", "Phường Thạch Khôi, Đặc khu Cát Hải"),
        ("value", "1198916", "investment_mvnd", "1.198,9 tỷ đồng"),
        ("value", "6.5", "actual_clearance_pct", "6,5 %"),
        ("value", "misses", "forecast", "Không đạt mục tiêu quý"),
        ("value", "2026-Q3", "milestone_start", "quý III/2026"),
        ("opened", "2026-03-31", "", "31/03/2026"),
        ("area_ha", 12.5, "", "12,5"),
        ("lon", 106.6838, "", "106,683800"),
        ("state", "handed_over", "", "Đã bàn giao"),
        ("step.inventory", "done 2026-05-01", "", "xong 2026-05-01"),
        ("item", "KP-25", "", "Nhà máy nhiệt điện LNG Hải Phòng"),
        ("note", "", "", "chưa có"),
        ("handed_ha", None, "", "chưa có"),
    ],
)
def test_values_are_told_as_people_write_them(
    column: str, value: object, field: str, told: str
) -> None:
    assert told in format_field_value(load_facts(), column, value, field=field)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_no_text_of_a_value_raises(text: str) -> None:
    for field in FIELDS:
        assert isinstance(format_figure_value(field, text), str)
    for column in ("kind", "communes", "item", "doc", "period", "opened", "state", "note"):
        assert isinstance(format_field_value(load_facts(), column, text), str)


def test_only_what_differs_is_told() -> None:
    before = {"name": "a", "note": "", "area_ha": None, "page": 3}
    after = {"name": "b", "note": None, "area_ha": 2.0, "page": 4}
    lines = list_differences(load_facts(), before, after)
    assert [(one.label, one.before, one.after) for one in lines] == [
        ("Tên", "a", "b"),
        ("Diện tích phải giải phóng (ha)", "chưa có", "2"),
    ]
    assert len(list_differences(load_facts(), before, None)) == 1
