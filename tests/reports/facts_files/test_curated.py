"""Curated facts are read as typed frames, or refused with every fault named."""

import unicodedata
from pathlib import Path

import pytest

from geo.data_faults import MAX_FAULTS_TOLD
from geo.errors import DataFileError
from reports.facts_files.curated import read_curated
from reports.facts_files.table_schemas import TABLES
from reports.model.schema import FIELDS
from tests.small_facts import (
    AEON,
    DOCUMENTS,
    ITEMS,
    OBSERVATIONS,
    PERIODS,
    PLACES,
    Rows,
    item,
    place,
    problem,
    seen,
    write_tables,
)


def refused(folder: Path, **changed: Rows) -> str:
    """Return what the reader says against the tables."""
    with pytest.raises(DataFileError) as refusal:
        read_curated(write_tables(folder, **changed))
    return str(refusal.value)


def test_a_good_folder_is_read_with_numbers_as_numbers(tmp_path: Path) -> None:
    facts = read_curated(write_tables(tmp_path))
    seen_rows = facts.observations
    assert len(seen_rows) == len(OBSERVATIONS)
    amount = seen_rows.query("field == 'investment_mvnd' and item == @AEON")["number"]
    assert amount.to_list() == [1198916.0]
    assert seen_rows.query("field == 'forecast'")["number"].isna().all()
    assert str(seen_rows["line_from"].dtype) == "Int64"
    assert str(facts.clearance["area_ha"].dtype) == "float64"
    assert set(facts.items["chapter"]) == {"key_projects"}
    assert facts.items.loc[facts.items["item"] == "KCN-SMALL", "zone"].to_list() == [""]


def test_chapters_are_put_together(tmp_path: Path) -> None:
    write_tables(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    for name in ("items", "places", "observations"):
        header = ",".join(TABLES[name].header)
        (other / f"{name}.csv").write_text(header + "\n", "utf-8")
    (other / "items.csv").write_text(
        ",".join(TABLES["items"].header) + "\nHOU-1,housing,Khu nhà ở,,unknown,,,,,\n", "utf-8"
    )
    facts = read_curated(tmp_path)
    assert set(facts.items["chapter"]) == {"key_projects", "other"}


def test_an_observation_keeps_its_id_when_rows_are_added(tmp_path: Path) -> None:
    before = read_curated(write_tables(tmp_path / "a")).observations["obs"]
    more = [seen(AEON, "area_ha", 9.5), *OBSERVATIONS]
    after = read_curated(write_tables(tmp_path / "b", observations=more)).observations["obs"]
    assert after.is_unique
    assert set(before) < set(after)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"items": [*ITEMS, item("X", kind="key_projet")]}, ["dòng 8", "“kind”", "key_projet"]),
        ({"items": [*ITEMS, item("X", name="")]}, ["dòng 8", "“name”", "không được để trống"]),
        ({"items": [*ITEMS, item("X", zone="KCN-NOWHERE")]}, ["“zone”", "không có trong bảng"]),
        ({"items": [*ITEMS, item(AEON)]}, ["dòng 8", "trùng với một dòng trước"]),
        ({"places": [*PLACES, place(AEON, "99999")]}, ["dòng 10", "“commune”", "99999"]),
        ({"places": [*PLACES, place("KP-99", "11413")]}, ["“item”", "KP-99"]),
        ({"observations": [seen(AEON, "forecast", "will_miss")]}, ["“value”", "will_miss"]),
        ({"observations": [seen(AEON, "investment_mvnd", "1.198.916")]}, ["không phải số"]),
        ({"observations": [seen(AEON, "investment_mvnd", "1198916.5")]}, ["số nguyên"]),
        ({"observations": [seen(AEON, "investment_mvnd", "1,198,916")]}, ["không phải số"]),
        ({"observations": [seen(AEON, "actual_construction_pct", 101)]}, ["lớn hơn"]),
        ({"observations": [seen(AEON, "actual_construction_pct", -1)]}, ["nhỏ hơn"]),
        ({"observations": [seen(AEON, "milestone_start", "Quý I")]}, ["không phải thời điểm"]),
        ({"observations": [seen(AEON, "forecast", "meets", doc="none")]}, ["“doc”", "none"]),
        ({"observations": [seen(AEON, "forecast", "meets", period="2030")]}, ["“period”"]),
        ({"observations": [seen(AEON, "colour", "red")]}, ["“field”", "colour"]),
        ({"observations": [seen(AEON, "forecast", "meets", line_to=1)]}, ["“line_to”"]),
        ({"observations": [seen(AEON, "forecast", "meets", line_from="")]}, ["“line_from”"]),
        ({"clearance": [problem("C", "", category="slow")]}, ["clearance.csv", "“category”"]),
        ({"documents": [{**DOCUMENTS[0], "as_of": "30/11/2025"}]}, ["không phải ngày"]),
        ({"periods": [{**PERIODS[0], "as_of": ""}]}, ["periods.csv", "“as_of”"]),
    ],
)
def test_a_fault_is_told_with_file_row_column_and_value(
    tmp_path: Path, changed: dict[str, Rows], told: list[str]
) -> None:
    message = refused(tmp_path, **changed)
    assert all(part in message for part in told), message


def test_decomposed_text_is_refused(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Trung tâm thương mại")
    assert "NFC" in refused(tmp_path, items=[*ITEMS, item("X", name=name)])


def test_all_faults_are_told_at_once_up_to_a_cap(tmp_path: Path) -> None:
    wrong = [seen(AEON, "forecast", f"bad{number}") for number in range(100)]
    message = refused(tmp_path, observations=wrong)
    assert "bad0" in message
    assert f"bad{MAX_FAULTS_TOLD - 1}" in message
    assert f"{100 - MAX_FAULTS_TOLD} lỗi khác" in message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write_tables(tmp_path)
    (tmp_path / "periods.csv").unlink()
    with pytest.raises(DataFileError, match=r"periods\.csv"):
        read_curated(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"items\.csv"):
        read_curated(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"period,label_vi,start,as_of\n", "label_en"),
        (b"period,label_vi,label_en,start,as_of,more\n", "more"),
        (b"period,label_vi,label_en,start,as_of\n1,2,3\n", "3 ô, cần 5 ô"),
        ("period,label_vi,label_en,start,as_of\nQuý,1,2".encode("utf-16"), "UTF-8"),
        (b'period,label_vi,label_en,start,as_of\n"a"b,c,d,e,f\n', "CSV"),
        (b"", "thiếu cột"),
    ],
)
def test_a_broken_file_is_told_apart_from_a_wrong_value(
    tmp_path: Path, content: bytes, told: str
) -> None:
    write_tables(tmp_path)
    (tmp_path / "periods.csv").write_bytes(content)
    with pytest.raises(DataFileError) as refusal:
        read_curated(tmp_path)
    assert told in str(refusal.value)


def test_every_table_has_its_key_among_its_columns() -> None:
    for table in TABLES.values():
        assert set(table.key) <= set(table.header)
        for column in table.columns:
            assert (column.kind == "word") == bool(column.allowed)


def test_what_speaks_of_one_quarter_s_goal_is_not_carried() -> None:
    assert {name for name, field in FIELDS.items() if not field.carried} == {
        "forecast",
        "planned_clearance_pct",
        "planned_construction_pct",
        "planned_work",
    }
