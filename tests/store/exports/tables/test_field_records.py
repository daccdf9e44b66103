"""Register, steps, visits and points of the chosen items come out with every format."""

import sqlite3
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from store.facts.facts import Facts
from store.facts.filters import Filters
from store.facts.narrowing import narrow_facts_to_user
from tests.people import person
from tests.small_facts import (
    GOLF,
    HAI_AN,
    HUNG_DAO,
    LNG,
    NGO_QUYEN,
    RING_ROAD,
    THACH_KHOI,
    small_facts,
)
from tests.store.exports.formats.test_csv_zip import files
from tests.store.exports.made import content, data, made

CASES = [
    {"case": "HS-1", "item": GOLF, "commune": THACH_KHOI, "category": "land_origin",
     "statement": "=Chưa rõ nguồn gốc đất", "body": "UBND phường", "opened": "2026-03-31",
     "deadline": "2026-06-30", "area_ha": 20.0, "handed_ha": 5.0, "households": 40,
     "households_left": 12, "state": "open"},
    {"case": "HS-2", "item": "", "commune": NGO_QUYEN, "category": "compensation",
     "state": "handed_over", "closed": "2026-05-01"},
    {"case": "HS-3", "item": RING_ROAD, "commune": HAI_AN, "category": "resettlement",
     "area_ha": 0.0, "handed_ha": 0.0, "state": "withdrawn"},
]  # fmt: skip
STEPS = [
    {"case": "HS-1", "step": "inventory", "state": "done", "day": "2026-04-02"},
    {"case": "HS-1", "step": "resettled", "state": "not_applicable", "reason": "Không có hộ nào"},
    {"case": "HS-3", "step": "paid", "state": "unknown"},
]
VISITS = [
    {"visit": "11111111-1111-4111-8111-111111111111", "item": LNG, "inspector": "hientruong",
     "at": "2026-06-01T02:00:00+00:00", "lon": 106.6, "lat": 20.7, "accuracy_m": 9.0,
     "claimed_construction_pct": 5.0, "observed_construction_pct": 2.0, "works": "San lấp",
     "source": "phone", "sent_hash": "x"},
]  # fmt: skip


@cache
def staffed() -> Facts:
    base = small_facts()

    def table(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
        empty = getattr(base, name)
        texts = {
            column: ""
            for column in empty.columns
            if not pd.api.types.is_numeric_dtype(empty[column])
        }
        made_of = pd.DataFrame([texts | row for row in rows], columns=empty.columns)
        return made_of.astype(empty.dtypes.to_dict())

    return replace(
        base,
        version="staffed",
        cases=table("cases", CASES),
        case_steps=table("case_steps", STEPS),
        visits=table("visits", VISITS),
    )


def test_a_case_is_chosen_with_its_item_or_by_its_commune() -> None:
    def cases(filters: Filters) -> set[str]:
        return set(content(staffed(), filters).get_table("cases").frame()["case"])

    assert cases(Filters()) == {"HS-1", "HS-2", "HS-3"}
    assert cases(Filters(communes=(THACH_KHOI,))) == {"HS-1"}
    assert cases(Filters(communes=(NGO_QUYEN,))) == {"HS-2"}
    assert cases(Filters(kinds=("key_project",))) == {"HS-1", "HS-3"}
    # The item lies there too, its case does not.
    assert cases(Filters(communes=(HUNG_DAO,))) == set()


def test_handed_over_is_area_of_area_and_unknown_stays_unknown() -> None:
    cases = content(staffed()).get_table("cases").frame().set_index("case")
    assert cases.loc["HS-1", "handed_pct"] == 25
    assert cases.loc[["HS-2", "HS-3"], "handed_pct"].isna().all()
    assert cases.loc["HS-2", "case_state_text"] == "đã bàn giao"
    assert pd.isna(cases.loc["HS-2", "households"])


def test_steps_go_with_their_cases_and_visits_with_their_items() -> None:
    made_of = content(staffed(), Filters(communes=(THACH_KHOI,)))
    assert [row[2] for row in made_of.get_table("case_steps").rows] == [
        "Kiểm đếm",
        "Bố trí tái định cư",
    ]
    assert made_of.get_table("visits").rows == ()
    visit = content(staffed()).get_table("visits").frame().iloc[0]
    assert (visit["claimed_construction_pct"], visit["observed_construction_pct"]) == (5, 2)
    assert pd.isna(visit["observed_clearance_pct"])
    assert visit["photos"] == 0


def test_they_are_in_the_files(tmp_path: Path) -> None:
    found = files(data(staffed(), "csv"))
    assert found["cases.csv"][0]["statement"] == "'=Chưa rõ nguồn gốc đất"
    assert len(found["visits.csv"]) == 1
    file = tmp_path / "export.gpkg"
    file.write_bytes(data(staffed(), "gpkg"))
    with sqlite3.connect(file) as base:
        assert base.execute("SELECT count(*) FROM ho_so_gpmb").fetchone() == (3,)
        reasons = base.execute("SELECT reason FROM cac_buoc_gpmb").fetchall()
        assert reasons[1] == ("Không có hộ nào",)
    base.close()


@pytest.mark.parametrize("format_name", ["xlsx", "geojson", "oc4ids"])
def test_the_other_formats_are_made_too(format_name: str) -> None:
    assert made(staffed(), format_name).rows == 5


def test_who_reads_one_commune_gets_its_cases_only() -> None:
    reader = person("xa", "viewer", scope=frozenset({THACH_KHOI}), sees_all=False)
    assert len(narrow_facts_to_user(staffed(), reader).cases) == 1
    made_of = content(staffed(), actor=reader)
    assert set(made_of.get_table("cases").frame()["case"]) == {"HS-1"}
    assert made_of.get_table("visits").rows == ()
