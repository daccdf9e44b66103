"""The curated key projects, clearance statements and counts, against what the reports say."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from geo.paths import DATA
from tests.data.key_project_rows import observations, rows_of

# Read off the column "Tổng mức đầu tư (triệu đồng)" of appendix IV, row by row.
INVESTMENT_MVND = (
    234_539, 1_198_916, 584_065, 2_068_788, 4_335_124, 790_000, 959_000, 4_572_000,
    2_985_000, 9_908_230, 12_792_640, 24_845_604, 5_869_000, 2_799_100, 11_035_467, 2_205_000,
    1_687_435, 19_128_000, 8_593_119, 6_235_594, 1_296_200, 1_867_000, 1_208_415, 1_228_240,
    178_012_000, 5_834_000, 3_267_000, 2_499_000, 1_496_500, 2_405_406, 7_515_327,
)  # fmt: skip
MISSES = {13, 15, 16, 18, 21, 25, 29, 30, 31}


def values(**wanted: str) -> dict[str, str]:
    """Return the value per item; the rows asked for must be one per item."""
    found = observations(**wanted)
    table = {row["item"]: row["value"] for row in found}
    assert len(table) == len(found)
    return table


def communes_of(item: str) -> set[str]:
    return {row["commune"] for row in rows_of("key_projects/places.csv") if row["item"] == item}


def test_there_are_31_key_projects_numbered_without_gap() -> None:
    """Appendix IV says "Tổng số (31 dự án)"."""
    items = rows_of("key_projects/items.csv")
    assert [row["no"] for row in items] == [str(number) for number in range(1, 32)]
    assert [row["item"] for row in items] == [f"KP-{number:02d}" for number in range(1, 32)]
    assert {row["kind"] for row in items} == {"key_project"}
    assert all(row["name"] and row["name_raw"] for row in items)


def test_groups_have_the_counts_that_their_headings_state() -> None:
    """01 + 01, 08 + 07 + 01 and 06 + 07: lines 735 to 845 of the report."""
    items = rows_of("key_projects/items.csv")
    assert Counter(row["group"] for row in items) == {
        "I.1": 1, "I.2": 1, "II.1": 8, "II.2": 7, "II.3": 1, "III.1": 6, "III.2": 7,
    }  # fmt: skip
    assert Counter(row["phase"] for row in items) == {
        "inaugurate_2026": 2, "start_2026": 16, "ongoing": 13,
    }  # fmt: skip
    assert Counter(row["funding"] for row in items) == {
        "city_budget": 15, "non_budget": 15, "ppp": 1,
    }  # fmt: skip
    stated = {row["measure"]: row["value"] for row in rows_of("indicators.csv")
              if row["subject"] == "key_projects" and row["period"] == "2026-Q1"}  # fmt: skip
    for group, count in Counter(row["group"] for row in items).items():
        assert stated[f"group_{group}"] == str(count)


def test_investment_of_each_row_is_the_reports() -> None:
    """The exact figure per project and the sum; the report itself gives no total to compare."""
    found = values(field="investment_mvnd", period="2026-Q1")
    assert found == {
        f"KP-{number:02d}": str(amount) for number, amount in enumerate(INVESTMENT_MVND, 1)
    }
    assert sum(INVESTMENT_MVND) == 329_455_709
    assert {row["unit"] for row in observations(field="investment_mvnd")} == {"million_vnd"}


def test_the_power_plant_is_more_than_half_of_all_investment() -> None:
    """The outlier that class breaks have to bear with."""
    assert INVESTMENT_MVND[24] * 2 > sum(INVESTMENT_MVND)


def test_nine_projects_are_forecast_to_miss_the_quarters_goal() -> None:
    """The text says 9/31; the rows agree."""
    forecast = values(field="forecast", period="2026-Q1")
    assert {int(item[3:]) for item, value in forecast.items() if value == "misses"} == MISSES
    assert Counter(forecast.values()) == {"meets": 20, "misses": 9, "strives": 1, "may_meet": 1}
    stated = [row for row in rows_of("indicators.csv")
              if (row["period"], row["subject"], row["measure"])
              == ("2026-Q1", "key_projects", "misses_goal")]  # fmt: skip
    assert [(row["value"], row["total"]) for row in stated] == [("9", "31")]


def test_five_of_the_nine_lack_ground_or_offset_land() -> None:
    """Footnote 51 says 05; the fourth project whose investor is to be urged is in no row."""
    ground = {"land_origin", "unspecified", "ground_not_ready", "offset_land"}
    missed = {f"KP-{number:02d}" for number in MISSES}
    obstacles = observations(field="obstacle", period="2026-Q1")
    held = {row["item"] for row in obstacles if row["value"] in ground} & missed
    assert held == {"KP-15", "KP-18", "KP-25", "KP-29", "KP-30"}
    urged = {row["item"] for row in obstacles if row["value"] == "investor"}
    assert urged == {"KP-13", "KP-16", "KP-31"}


def test_a_plan_is_not_an_achievement() -> None:
    """Where only the plan column has a share, nothing is put into the actual one."""
    planned = {row["item"] for row in observations(field="planned_clearance_pct")}
    actual = {row["item"] for row in observations(field="actual_clearance_pct")}
    assert planned == {"KP-02", "KP-15", "KP-17", "KP-19", "KP-20", "KP-30"}
    assert actual == {"KP-20"}
    built = values(field="actual_construction_pct", basis="unstated")
    assert built == {"KP-02": "77", "KP-26": "25", "KP-27": "6.5"}
    assert "KP-17" not in {row["item"] for row in observations(field="actual_construction_pct")}


def test_construction_shares_keep_what_they_are_shares_of() -> None:
    """The ring road: 40 % of the contracts is 19,3 % of the investment; the result is 43 %."""
    planned = observations(item="KP-19", field="planned_construction_pct")
    assert {(row["basis"], row["value"], row["qualifier"]) for row in planned} == {
        ("contract_value", "40", "exact"),
        ("total_investment", "19.3", "about"),
    }
    (actual,) = observations(item="KP-19", field="actual_construction_pct")
    assert (actual["basis"], actual["value"], actual["qualifier"]) == (
        "contract_value", "43", "about",
    )  # fmt: skip


def test_components_of_the_bridge_are_kept_apart() -> None:
    """Nguyễn Trãi bridge: clearance of the tunnel 43 %, of packages 14 and 15 95 %."""
    found = {
        row["component"]: row["value"]
        for row in observations(item="KP-20", field="actual_clearance_pct")
    }
    assert sorted(found.values()) == ["43", "95"]
    assert next(value for component, value in found.items() if "hầm" in component) == "43"


def test_physical_quantities_are_done_out_of_total() -> None:
    """12 of 13,07 km, 44 of 70 girders, 49 of 102 piles."""
    done = {
        (row["item"], row["value"], row["total"]) for row in observations(field="physical_done")
    }
    assert {("KP-21", "12", "13.07"), ("KP-21", "44", "70"), ("KP-24", "49", "102")} <= done
    for row in observations(field="physical_done"):
        assert not row["total"] or float(row["value"]) <= float(row["total"])


def test_later_reports_change_three_projects() -> None:
    """The first half: one inaugurated, one off the list, one whose progress is undetermined."""
    assert values(field="status", period="2026-H1") == {
        "KP-01": "inaugurated", "KP-08": "removed_from_list",
        "KP-18": "preparing", "KP-28": "undetermined",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("KP-16", {"2026-01": {"2026-Q1"}, "2026-Q1": {"2026-Q2", "2026-05"}}),
        ("KP-05", {"2025-11": {"2025"}, "2026-01": {"2026-Q3"}, "2026-Q1": {"2026-Q4", "2026-Q2"}}),
    ],
)
def test_milestones_of_different_reports_stand_side_by_side(
    item: str, expected: dict[str, set[str]]
) -> None:
    """A start that moved is seen in both reports, not overwritten."""
    found: dict[str, set[str]] = {}
    for row in observations(item=item, field="milestone_start"):
        found.setdefault(row["period"], set()).add(row["value"])
    assert found == expected


@pytest.mark.parametrize(
    ("item", "communes"),
    [
        ("KP-02", {"11002"}),  # "Phường Thạch Khê" is no commune: Thạch Khôi
        ("KP-04", {"11749", "11809"}),
        ("KP-09", {"10532", "10891", "10537", "11002", "10930", "11020", "10966"}),
        ("KP-11", {"11914"}),  # an economic zone over eleven communes is not a place
        ("KP-17", {"10744"}),  # "Nguyễn Đại Nãi" is Nguyễn Đại Năng
        ("KP-19", {"11413", "11689", "11443", "11617", "11581", "11593"}),
        ("KP-23", {"10945", "10966", "10972", "11242", "10993"}),
        ("KP-25", {"11728"}),
        ("KP-26", {"11413"}),  # former ward Tràng Cát
        ("KP-31", {"11560"}),
    ],
)
def test_projects_lie_in_the_communes_of_their_row(item: str, communes: set[str]) -> None:
    """Lists, names broken over pages, letters misread and former wards reach today's communes."""
    assert communes_of(item) == communes


def test_every_key_project_is_placed_in_communes_that_exist() -> None:
    """13 communes for the climate project, 9 for the east-west road, 79 places in all."""
    with (DATA / "gazetteer" / "communes.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    places = rows_of("key_projects/places.csv")
    assert {row["commune"] for row in places} <= codes
    assert {row["commune"] for row in rows_of("clearance.csv") if row["commune"]} <= codes
    count = Counter(row["item"] for row in places)
    assert set(count) == {row["item"] for row in rows_of("key_projects/items.csv")}
    assert (len(places), count["KP-10"], count["KP-18"]) == (79, 13, 9)


def test_what_the_report_does_not_state_itself_is_only_likely() -> None:
    """Places taken from a zone or a public source, or from a misread name, are not certain."""
    for row in rows_of("key_projects/places.csv"):
        if row["how"] in {"zone", "public_source", "name"}:
            assert row["certainty"] == "likely", row["item"]
            assert row["note"], row["item"]


def test_footnote_52_names_ten_localities_with_clearance_trouble() -> None:
    """The ten, and nothing more is known of them than that."""
    rows = [row for row in rows_of("clearance.csv") if row["doc"] == "q1-2026"
            and row["line_from"] == "320"]  # fmt: skip
    assert {row["commune"] for row in rows} == {
        "10543", "10891", "10945", "10633", "11113", "11074", "10756", "10750", "11383", "11617",
    }  # fmt: skip
    assert {(row["category"], row["asked_to_act"], row["item"]) for row in rows} == {
        ("unspecified", "", "")
    }


def test_clearance_of_the_key_projects_names_cause_and_who_must_act() -> None:
    """The causes and bodies that appendix IV gives."""
    rows = {(row["item"], row["category"]): row for row in rows_of("clearance.csv")}
    for item, category, commune, asked in (
        ("KP-15", "land_origin", "11002", "UBND phường Thạch Khôi"),
        ("KP-17", "land_origin", "10744", "Sở Nông nghiệp và Môi trường"),
        ("KP-25", "ground_not_ready", "11728", ""),
        ("KP-29", "unspecified", "11224", "UBND xã Khúc Thừa Dụ"),
        ("KP-30", "unspecified", "11413", "UBND phường Hải An"),
        ("KP-18", "offset_land", "", ""),
    ):
        assert rows[item, category]["commune"] == commune
        assert rows[item, category]["asked_to_act"].startswith(asked)
    assert rows["KP-30", "other_stated"]["households"] == "56"


def test_a_task_is_no_clearance_problem() -> None:
    """What is only to be done ("đẩy nhanh …", "bàn giao mặt bằng") is counted by no layer."""
    rows = rows_of("clearance.csv")
    task = re.compile(r"(?:đẩy nhanh|tập trung|bàn giao|tăng cường|phối hợp)\b", re.IGNORECASE)
    assert not [row for row in rows if task.match(row["raw"]) or task.match(row["statement"])]
    general = {row["clearance"] for row in rows if not row["commune"] and not row["item"]}
    assert general == {"CL-018", "CL-019"}
    assert {row["period"] for row in rows} == {"2026-Q1", "2026-05"}


@pytest.mark.parametrize(
    ("period", "subject", "parts", "total"),
    [
        ("2026-Q1", "key_projects", ("inaugurate_2026", "start_2026", "ongoing"), 31),
        ("2026-H1", "key_projects",
         ("inaugurated", "exceeds_goal", "meets_goal", "misses_goal", "undetermined"), 30),
        ("2026-H1", "production",
         ("done", "exceeds_goal", "meets_goal", "misses_goal", "not_reported"), 110),
        ("2026-H1", "park_infrastructure",
         ("exceeds_goal", "meets_goal", "misses_goal", "start_postponed"), 26),
        ("2026-H1", "cluster_infrastructure", ("meets_goal", "misses_goal"), 24),
        ("2026-H1", "land_pricing", ("meets_goal", "misses_goal", "plan_change_proposed"), 72),
        ("2026-H1", "land_payment", ("meets_goal", "misses_goal", "plan_change_proposed"), 72),
        ("2026-H1", "housing_areas", ("meets_goal", "misses_goal", "not_reported"), 72),
        ("2026-H1", "backlog", ("resolved", "plan_made", "plan_proposed"), 151),
    ],
)  # fmt: skip
def test_counts_of_one_period_add_up(
    period: str, subject: str, parts: tuple[str, ...], total: int
) -> None:
    """The parts that a report gives make its whole."""
    counts = {
        row["measure"]: row for row in rows_of("indicators.csv")
        if (row["period"], row["subject"]) == (period, subject)
    }  # fmt: skip
    assert {counts[part]["total"] for part in parts} == {str(total)}
    assert sum(int(counts[part]["value"]) for part in parts) == total


@pytest.mark.parametrize(
    ("subject", "measure", "value", "total"),
    [
        ("production", "misses_goal", "53", "131"),
        ("park_infrastructure", "misses_goal", "7", "24"),
        ("cluster_infrastructure", "misses_goal", "6", "24"),
        ("housing_areas", "clearance_problem", "11", "72"),
    ],
)
def test_counts_of_the_first_quarter(subject: str, measure: str, value: str, total: str) -> None:
    """Footnote 52."""
    (row,) = [row for row in rows_of("indicators.csv")
              if (row["period"], row["subject"], row["measure"])
              == ("2026-Q1", subject, measure)]  # fmt: skip
    assert (row["value"], row["total"]) == (value, total)


def test_shares_of_disbursed_capital_fit_their_amounts() -> None:
    """The misread "68.398,723 tỷ" cannot be 22,87 % of 36.728 tỷ; 8.398,723 is."""
    money = {
        (row["period"], row["measure"]): float(row["value"])
        for row in rows_of("indicators.csv")
        if row["subject"] == "public_investment"
    }
    share = money["2026-Q1", "disbursed"] / money["2026-Q1", "plan_after_saving"]
    assert share * 100 == pytest.approx(22.87, abs=0.005)
    share = money["2025-11", "disbursed"] / money["2025-11", "pm_plan"]
    assert share * 100 == pytest.approx(88.35, abs=0.005)
