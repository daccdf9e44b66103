"""What a person says of a column of any table is taken; every meaning has its words."""

from __future__ import annotations

import pytest

from geo.i18n import t
from reports.grammar.columns.meanings import find_meaning, understand_heading
from reports.grammar.columns.units import find_unit
from reports.model.extraction import COLUMN_KEYS, COLUMN_UNITS, ColumnChoice
from reports.model.statement import FIELD_NAMES
from tests.reports.statements.tables.readings import find_said, list_said, read_table

HEADS = ("TT", "Địa bàn", "Số hộ", "Mức A")
ROWS = (("1", "Phường Lê Chân", "140", "12,5"), ("2", "Xã Kiến Hải", "61", "3"))


def test_a_column_that_is_given_a_meaning_and_a_unit_is_read() -> None:
    choice = ColumnChoice("muc a", "land_handed_over", "ha")
    read = read_table([HEADS, *ROWS], choices=[choice])
    assert list_said(read, "land_handed_over") == [
        ("Phường Lê Chân", "land_handed_over", 12.5, "ha"),
        ("Xã Kiến Hải", "land_handed_over", 3, "ha"),
    ]
    assert not read.queue
    assert not [entry for entry in read.reading.unread if entry.place.table]


def test_a_column_that_is_not_wanted_is_listed_and_not_asked_about() -> None:
    read = read_table([HEADS, *ROWS], choices=[ColumnChoice("muc a", "ignore")])
    assert not read.queue
    unread = [entry.left_over for entry in read.reading.unread if entry.place.table]
    assert unread == [("12,5",), ("3",)]


def test_a_column_of_a_project_table_may_be_given_a_meaning_too() -> None:
    heads = ("STT", "Tên dự án", "Tổng mức đầu tư (tỷ đồng)", "Địa điểm", "Hạng B")
    row = ("1", "Cầu Bến Sậy", "120", "Phường Lê Chân", "240")
    choice = ColumnChoice("hang b", "dwellings", "căn")
    read = read_table([heads, row, row], choices=[choice])
    assert len(read.projects) == 2
    assert list_said(read, "dwellings")[0] == ("Cầu Bến Sậy", "dwellings", 240, "căn")


def test_a_table_without_a_known_heading_is_read_once_its_columns_are_said() -> None:
    grid = [("Tên A", "Tên B", "Tên C"), ("Bến Gạch", "12,5", "x"), ("Bến Sậy", "8", "y")]
    read = read_table(grid)
    assert [entry.reason for entry in read.queue] == ["unread_row", "unread_row"]
    said = [ColumnChoice("ten a", "cluster"), ColumnChoice("ten b", "area", "ha")]
    read = read_table(grid, choices=said)
    assert list_said(read) == [("Bến Gạch", "area", 12.5, "ha"), ("Bến Sậy", "area", 8, "ha")]
    assert find_said(read, "Bến Gạch", "area").subject_kind == "cluster"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_meaning_that_may_be_chosen_has_words(language: str) -> None:
    words = [t(f"imports.meaning.{key}", language) for key in COLUMN_KEYS]
    assert len(set(words)) == len(words)


def test_meanings_are_fields_of_statements_and_units_are_known() -> None:
    for key in COLUMN_KEYS:
        meaning = find_meaning(key)
        if meaning is not None and meaning.role == "value":
            assert meaning.field in FIELD_NAMES
    assert all(find_unit(unit) == unit for unit in COLUMN_UNITS)


@pytest.mark.parametrize(
    ("heading", "keys", "unit"),
    [
        ("Tổng số hộ dân", ["households"], ""),
        ("Số hộ chưa nhận tiền", ["households_unpaid"], ""),
        ("Số hộ · Đã bàn giao mặt bằng", ["households_cleared"], ""),
        ("Kết quả GPMB · Còn lại (ha)", ["land_remaining"], "ha"),
        ("Diện tích, số căn", ["area", "dwellings"], ""),
        ("Đã chi trả (tỷ đồng)", ["compensation_paid"], "tỷ đồng"),
        ("% giải ngân", ["disbursed_pct"], "%"),
        ("TONG DIEN TICH (HA)", ["area"], "ha"),
        ("Kế hoạch vốn năm 2026 (triệu đồng)", ["allocated"], "triệu đồng"),
        ("Vốn đầu tư (triệu USD)", ["investment"], "triệu USD"),
        ("Số hộ chưa rõ nguồn gốc đất", [], ""),
        ("Diện tích trồng lúa (ha)", [], "ha"),
        ("So với bình quân (22,3%)", [], ""),
    ],
)
def test_headings_mean_what_all_of_their_words_say(
    heading: str, keys: list[str], unit: str
) -> None:
    reading = understand_heading(heading)
    assert [meaning.key for meaning in reading.meanings] == keys
    assert reading.unit == unit
