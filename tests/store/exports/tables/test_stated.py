"""Exports have what documents state of items and communes, declared once for every format."""

import csv
import io
import json
import zipfile
from dataclasses import replace

from store.facts.filters import Filters
from tests.reports.statements.made import state
from tests.small_facts import AEON, GOLF, HAI_AN
from tests.small_statements import of_commune, stated_facts
from tests.store.exports.made import content, data

LEFT = of_commune("Phường Hải An", HAI_AN, "households_remaining", 12.0, mood="measured")
FLATS = state(
    "Aeon", "project", "dwellings", 240.0, unit="căn", mood="planned", when="2024-Q4..2025-Q4"
)
OPENED = replace(FLATS, field="milestone", value="2026-05", unit="", when="")
FACTS = stated_facts(("2025-11", AEON, FLATS), ("2026-Q1", AEON, OPENED), ("2026-Q1", "", LEFT))


def rows(**filters: object) -> list[tuple[object, ...]]:
    table = content(FACTS, Filters(**filters)).get_table("stated")
    frame = table.frame()
    return list(zip(frame["item"], frame["commune"], frame["field"], strict=True))


def test_each_statement_has_a_row_with_value_unit_mood_words_and_place() -> None:
    table = content(FACTS, Filters(period="2026-Q1")).get_table("stated")
    keys = [column.key for column in table.columns]
    flats, opened, left = (dict(zip(keys, row, strict=True)) for row in table.rows)
    assert (flats["item"], flats["period"], flats["number_value"]) == (AEON, "2025-11", 240.0)
    assert (flats["unit"], flats["mood_text"], flats["at_time"]) == (
        "căn", "kế hoạch", "2024-Q4..2025-Q4",
    )  # fmt: skip
    assert flats["at_time_text"] == "quý IV/2024 – quý IV/2025"
    assert (opened["stated_value"], opened["number_value"]) == ("2026-05", None)
    assert opened["stated_value_text"] == "tháng 5/2026"
    assert (left["commune_name"], left["field_text"]) == ("Phường Hải An", "Số hộ còn lại")
    assert (left["stated"], left["raw"]) == ("12.0 hộ", LEFT.sentence)
    assert (left["doc"], left["line_from"]) == ("q1-2026", 12)


def test_the_filters_choose_the_rows() -> None:
    aeon = [(AEON, "", "dwellings"), (AEON, "", "milestone")]
    place = [("", HAI_AN, "households_remaining")]
    assert rows(period="2026-Q1") == aeon + place
    assert rows(period="2025-11") == [], "the item is in no document yet"
    assert rows(period="2026-Q1", carry=False) == aeon[1:] + place
    assert rows(period="2026-Q1", communes=(HAI_AN,)) == place
    assert rows(period="2026-Q1", text="Liên Hồng") == []


def test_every_format_has_them() -> None:
    with zipfile.ZipFile(io.BytesIO(data(FACTS, "csv"))) as made:
        listed = list(csv.DictReader(io.StringIO(made.read("stated.csv").decode("utf-8-sig"))))
        assert [row["field"] for row in listed] == [
            "dwellings",
            "milestone",
            "households_remaining",
        ]
        assert "nov-2025" in made.read("documents.csv").decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data(FACTS, "geojson"))) as made:
        items = json.loads(made.read("items.geojson"))
        communes = json.loads(made.read("communes.geojson"))
    assert [row["field"] for row in items["stated"]] == ["dwellings", "milestone"]
    assert [row["commune"] for row in communes["stated"]] == [HAI_AN]
    assert GOLF in {feature["id"] for feature in items["features"]}
