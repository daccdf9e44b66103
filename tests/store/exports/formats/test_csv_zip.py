"""The ZIP of CSV files reads back in the standard library, every text as it was."""

import csv
import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from store.audit.csv_guard import MARK, is_risky
from store.exports.audit_notes import read_last_csv_style
from store.exports.export import make_export
from store.exports.file_options import CsvStyle, FileOptions
from store.exports.formats.csv_zip import to_csv
from store.exports.tables.table import strip_unsafe_characters
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.people import APPROVER, PLANNER
from tests.small_facts import no_facts
from tests.store.exports.made import EVIL, KIM_THANH, content, data, hostile_facts


def files(data: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        texts = {name: archive.read(name) for name in archive.namelist()}
    found = {}
    for name, text in texts.items():
        assert text.startswith(b"\xef\xbb\xbf"), name
        rows = csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True)
        found[name] = list(rows)
    return found


def test_every_table_is_a_file_and_every_column_is_explained() -> None:
    made_of = content(load_facts())
    found = files(data(load_facts(), "csv"))
    assert set(found) == {f"{table.key}.csv" for table in made_of.tables} | {
        "columns.csv",
        "about.csv",
    }
    explained = {(row["table"], row["column"]) for row in found["columns.csv"]}
    for table in made_of.tables:
        rows = found[f"{table.key}.csv"]
        assert len(rows) == len(table.rows)
        assert {(table.key, column.key) for column in table.columns} <= explained
        if rows:
            assert list(rows[0]) == [column.key for column in table.columns]
    told = {row["key"]: row["value"] for row in found["about.csv"]}
    assert told["period_id"] == "2026-Q1"
    assert "RFC 4180" in told["csv_rule"]


def test_lines_end_as_the_standard_says() -> None:
    with zipfile.ZipFile(io.BytesIO(data(load_facts(), "csv"))) as archive:
        text = archive.read("documents.csv").decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n")


def test_the_items_are_those_chosen_with_numbers_that_add_up() -> None:
    facts, filters = load_facts(), Filters(district=KIM_THANH)
    rows = files(data(facts, "csv", filters))["items.csv"]
    chosen = select_items(facts, filters).items
    assert {row["item"] for row in rows} == set(chosen["item"])
    amounts = [int(row["investment_mvnd"]) for row in rows if row["investment_mvnd"]]
    assert sum(amounts) == int(chosen["investment_mvnd"].sum())


def test_hostile_texts_are_no_formulas_and_come_back() -> None:
    found = files(data(hostile_facts(), "csv"))
    for rows in found.values():
        for row in rows:
            assert not [value for value in row.values() if is_risky(value)]
    names = {row["name"].removeprefix(MARK) for row in found["items.csv"]}
    assert {strip_unsafe_characters(text) for text in EVIL} <= names


def test_nothing_chosen_is_headers() -> None:
    found = files(data(no_facts(), "csv"))
    assert found["items.csv"] == found["observations.csv"] == []
    assert len(found["communes.csv"]) == 114


def test_pandas_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(data(load_facts(), "csv"))) as archive:
        frame = pd.read_csv(io.BytesIO(archive.read("places.csv")), dtype={"commune": str})
    assert frame["share_vnd"].sum() == 329_455_709 * 1_000_000
    assert frame["commune"].dropna().str.fullmatch(r"\d{5}").all()


@pytest.mark.parametrize(("style", "separator", "mark"), [("vietnamese", ";", ","),
                                                          ("semicolon", ";", ".")])  # fmt: skip
def test_an_excel_set_to_vietnamese_gets_its_marks(
    style: CsvStyle, separator: str, mark: str
) -> None:
    usual = files(data(load_facts(), "csv"))
    made_of = replace(content(load_facts()), options=FileOptions(csv=style))
    with zipfile.ZipFile(io.BytesIO(to_csv(made_of))) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    numbers = 0
    for name, text in texts.items():
        assert text.startswith(b"\xef\xbb\xbf"), name
        lines = io.StringIO(text.decode("utf-8-sig"), newline="")
        rows = list(csv.DictReader(lines, delimiter=separator, strict=True))
        assert len(rows) == len(usual[name])
        for row, known in zip(rows, usual[name], strict=True):
            for key in ("area_km2", "construction", "number_value"):
                if known.get(key):
                    assert row[key] == known[key].replace(".", mark)
                    numbers += "." in known[key]
            assert row.get("name") == known.get("name")
    assert numbers > 50
    about = texts["about.csv"].decode("utf-8-sig")
    assert ("phẩy thập phân" if mark == "," else "chấm thập phân") in about


@pytest.mark.usefixtures("store")
def test_the_form_of_csv_is_remembered_for_who_chose_it() -> None:
    assert read_last_csv_style(PLANNER) is None
    options = FileOptions(csv="vietnamese")
    make_export(load_facts(), Filters(), "csv", PLANNER, options=options)
    make_export(load_facts(), Filters(), "xlsx", PLANNER)
    assert read_last_csv_style(PLANNER) == "vietnamese"
    assert read_last_csv_style(APPROVER) is None
