"""The curated parks, clusters, zones and other named projects, against what the reports say."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from geo.paths import DATA
from tests.data.source_words import stands
from tests.shared_reference import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path

FACTS = DATA / "facts"
CHAPTERS = ("parks", "other")
NINE_TO_START = {
    "KCN-NGU-PHUC", "KCN-THUY-NGUYEN-1", "KCN-NAM-TRANG-CAT", "KCN-BINH-GIANG", "KCN-KIM-THANH-2",
    "KCN-NOMURA-2", "KCN-TRAN-DUONG-HOA-BINH-A", "KCN-HOANG-DIEU", "KCN-TRAN-DUONG-HOA-BINH-B",
}  # fmt: skip
ELEVEN_STARTED = {
    "KCN-TRANG-DUE-3", "KCN-TIEN-LANG-1", "KCN-VINH-QUANG", "KCN-SAN-BAY-TIEN-LANG-B",
    "KCN-LUONG-DIEN-NGOC-LIEN", "KCN-CANG-CUA-NGO", "KCN-TIEN-THANH", "KCN-TAN-TRUONG-MR",
    "KCN-TAN-TRAO", "KCN-XUAN-CAU", "KCN-KIM-THANH",
}  # fmt: skip
SEVEN_STARTED = {
    "KCN-VINH-QUANG", "KCN-TIEN-LANG-1", "KCN-SAN-BAY-TIEN-LANG-B", "KCN-BINH-GIANG",
    "KCN-HOANG-DIEU", "KCN-NAM-TRANG-CAT", "KCN-THUY-NGUYEN-1",
}  # fmt: skip
PREFIXES: dict[str, str | tuple[str, ...]] = {
    "industrial_park": "KCN-", "industrial_cluster": "CCN-", "economic_zone": ("KKT-", "KTM-"),
    "housing": "HOU-", "resettlement": "TDC-", "transport": "TRA-", "investment": "INV-",
}  # fmt: skip


@lru_cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def chapter_rows(table: str) -> list[dict[str, str]]:
    return [row for chapter in CHAPTERS for row in rows_of(f"facts/{chapter}/{table}.csv")]


def observations(**wanted: str) -> list[dict[str, str]]:
    return [
        row
        for row in chapter_rows("observations")
        if all(row[key] == value for key, value in wanted.items())
    ]


def items_with(**wanted: str) -> set[str]:
    return {row["item"] for row in observations(**wanted)}


def zones() -> dict[str, dict[str, str]]:
    return {row["zone"]: row for row in rows_of("gazetteer/zones.csv")}


def names_of(codes: set[str]) -> set[str]:
    short = {row["code"]: row["short_name"] for row in rows_of("gazetteer/communes.csv")}
    return {short[code] for code in codes}


def communes_of(item: str) -> set[str]:
    return names_of({row["commune"] for row in chapter_rows("places") if row["item"] == item})


def own(table: str) -> list[dict[str, str]]:
    """Return the rows of a shared table that the two chapters brought (ids 101 to 500)."""
    return [
        row
        for row in rows_of(f"facts/{table}.csv")
        if 101 <= int(next(iter(row.values())).rpartition("-")[2]) <= 500
    ]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


@pytest.fixture(scope="module")
def reports() -> dict[str, list[str]]:
    """Return the lines of each document's text."""
    assert SHARED is not None
    folder: Path = SHARED / "reports"
    return {
        row["doc"]: (folder / row["file"]).read_text("utf-8").split("\n")
        for row in rows_of("facts/documents.csv")
    }


def test_three_parks_started_on_15_january() -> None:
    """Footnote 39 of the Q1 report."""
    three = {"KCN-TIEN-LANG-1", "KCN-SAN-BAY-TIEN-LANG-B", "KCN-VINH-QUANG"}
    assert items_with(cell="chú thích 39", field="status", value="started") == three
    assert items_with(field="milestone_start", value="2026-01-15") == three


def test_nine_parks_are_urged_to_start_five_of_them_in_the_first_quarter() -> None:
    """Footnote 57; none of the nine is among the eleven that had started (footnote 58)."""
    assert items_with(cell="chú thích 57", field="status", value="not_started") == NINE_TO_START
    assert items_with(cell="chú thích 57", field="milestone_start", value="2026-Q1") == {
        "KCN-NGU-PHUC", "KCN-THUY-NGUYEN-1", "KCN-NAM-TRANG-CAT", "KCN-BINH-GIANG",
        "KCN-KIM-THANH-2",
    }  # fmt: skip
    assert items_with(cell="chú thích 58", field="status", value="started") == ELEVEN_STARTED
    assert not NINE_TO_START & ELEVEN_STARTED


def test_seven_parks_started_in_the_first_half() -> None:
    """Footnote 6 of the half-year report: the three of January and four of the nine."""
    found = items_with(period="2026-H1", cell="chú thích 6", field="status", value="started")
    assert found == SEVEN_STARTED
    assert len(found & NINE_TO_START) == 4


def test_sums_over_several_parks_belong_to_no_park() -> None:
    """1.850,45 ha and about 30.743 tỷ are of the seven together: an indicator, no observation."""
    assert not [row for row in observations() if row["field"] == "investment_mvnd"]
    areas = {row["item"]: row["value"] for row in rows_of("facts/parks/observations.csv")
             if row["field"] == "area_ha"}  # fmt: skip
    assert areas == {"KKT-CHUYEN-BIET": "5300"}
    stated = {(row["period"], row["measure"]): row["value"]
              for row in rows_of("facts/indicators.csv")
              if row["subject"] == "park_infrastructure"}  # fmt: skip
    assert stated[("2026-H1", "started_investment")] == "30743000"
    assert stated[("2026-H1", "started_area")] == "1850.45"
    assert stated[("2026-H1", "started")] == str(len(SEVEN_STARTED))
    assert stated[("2026-Q1", "start_planned")] == str(len(NINE_TO_START))
    assert stated[("2026-Q1", "under_construction")] == str(len(ELEVEN_STARTED))


def test_three_parks_were_established_each_with_its_date() -> None:
    """Footnote 7; Tiên Lãng 1 had started by then, so its status is not set back."""
    dates = {row["item"]: re.findall(r"\d\d/\d{1,2}/2026", row["value"])
             for row in observations(cell="chú thích 7", field="result_text")}  # fmt: skip
    assert dates == {
        "KCN-TIEN-LANG-1": ["06/01/2026"],
        "KCN-TIEN-LANG-2": ["23/5/2026"],
        "KCN-AN-HOA": ["09/6/2026"],
    }
    assert items_with(cell="chú thích 7", field="status") == {"KCN-TIEN-LANG-2", "KCN-AN-HOA"}


def test_one_park_was_put_off_to_the_third_quarter() -> None:
    """Trấn Dương – Hòa Bình (khu A); khu B is another item."""
    assert items_with(field="milestone_start", value="2026-Q3") == {"KCN-TRAN-DUONG-HOA-BINH-A"}


def test_five_clusters_are_named() -> None:
    """Three whose works go on, two that prepare their start (half-year report, line 48)."""
    going = items_with(line_from="48", field="status", value="under_construction")
    assert going == {"CCN-CHIEN-THANG", "CCN-GIANG-BIEN", "CCN-DAI-THANG"}
    preparing = items_with(line_from="48", field="status", value="preparing")
    assert preparing == {"CCN-CO-KHI-DUC-THUY-NGUYEN", "CCN-DOAN-TUNG-2"}


def test_land_pricing_is_put_off_for_two_and_thirteen_projects() -> None:
    """Footnotes 26 and 27; the counts stand as indicators too. Footnote 28 names one project."""
    late = observations(field="milestone_finish", component="Tính giá đất")
    assert sum(row["value"] == "2026-Q4" for row in late) == 2
    assert sum(row["value"] == "2027" for row in late) == 13
    assert items_with(field="forecast", value="misses") == {"INV-LO-I7"}
    stated = {row["measure"]: row["value"] for row in rows_of("facts/indicators.csv")
              if row["subject"] == "land_pricing"}  # fmt: skip
    assert (stated["postponed_to_2026_q4"], stated["postponed_to_2027"]) == ("2", "13")


@pytest.mark.parametrize(
    ("item", "communes", "not_in"),
    [
        ("KCN-KIM-THANH", {"Lai Khê"}, "Kim Thành"),
        ("KCN-KIM-THANH-2", {"Kim Thành"}, "Lai Khê"),
        ("KCN-BINH-GIANG", {"Thượng Hồng", "Nguyễn Lương Bằng"}, "Bình Giang"),
        ("KCN-TIEN-LANG-1", {"Hùng Thắng"}, "Tiên Lãng"),
        ("KCN-SAN-BAY-TIEN-LANG-B", {"Chấn Hưng"}, "Tiên Lãng"),
        ("KCN-VINH-QUANG", {"Vĩnh Bảo", "Vĩnh Hải"}, "Hùng Thắng"),
        ("KCN-NOMURA-2", {"Hồng An"}, "An Dương"),
        ("KCN-NGU-PHUC", {"Nghi Dương"}, "An Thành"),
        ("KCN-TAN-TRAO", {"Kiến Hưng", "Nghi Dương"}, "Hải Hưng"),
        ("KCN-LUONG-DIEN-NGOC-LIEN", {"Cẩm Giàng"}, "Cẩm Giang"),
        ("KCN-AN-HOA", {"Vĩnh Hòa"}, "An Phong"),
        ("KCN-THANH-MIEN-2", {"Hải Hưng", "Bắc Thanh Miện"}, "Thanh Miện"),
        ("KCN-HOANG-DIEU", {"Gia Phúc", "Gia Lộc"}, "Hải Dương"),
        ("CCN-GIANG-BIEN", {"Vĩnh Thuận"}, "Vĩnh Bảo"),
        ("HOU-DONG-THAI", {"An Hải"}, "An Dương"),
        ("HOU-HONG-PHONG", {"An Phong"}, "Nam Sách"),
        ("HOU-KDT-DA-PHUC-DONG-HOA", {"Hưng Đạo", "Kiến An"}, "Dương Kinh"),
        ("HOU-NOXH-DONG-HOA", {"Kiến An"}, "Phù Liễn"),
        ("INV-GIAO-DUC-FPT", {"Phù Liễn"}, "Thủy Nguyên"),
    ],
)
def test_items_lie_where_the_evidence_puts_them(item: str, communes: set[str], not_in: str) -> None:
    """Names mislead: not the commune or old district whose name an item bears."""
    assert communes_of(item) == communes
    assert not_in not in communes_of(item)


def test_what_is_not_established_stays_unknown() -> None:
    """A park or cluster without a named source has no commune and says so."""
    unknown = {zone for zone, row in zones().items() if row["confidence"] == "unknown"}
    assert unknown & {row["item"] for row in rows_of("facts/parks/items.csv")} == {
        "CCN-CO-KHI-DUC-THUY-NGUYEN", "CCN-DAI-THANG", "CCN-DOAN-TUNG-2",
        "KCN-TIEN-LANG-2", "KKT-PHIA-BAC",
    }  # fmt: skip
    placed = {row["item"] for row in chapter_rows("places")}
    assert not unknown & placed
    for row in chapter_rows("items"):
        assert (row["item"] in placed) != row["note"].startswith("Chưa đặt được lên bản đồ"), row


def test_the_railway_leaves_out_what_its_source_does_not_tell_apart() -> None:
    """Twenty-two of 24 communes: "Cam Giang" may be Cẩm Giang or Cẩm Giàng."""
    found = communes_of("TRA-DS-LAO-CAI-HAI-PHONG")
    assert len(found) == 22
    assert not {"Cẩm Giang", "Cẩm Giàng"} & found


def test_items_and_places_hang_together() -> None:
    """Prefixes tell kinds; zones exist; a park lies where its zone does; codes exist."""
    codes = {row["code"] for row in rows_of("gazetteer/communes.csv")}
    known = zones()
    items = {row["item"]: row for row in chapter_rows("items")}
    assert len(items) == len(chapter_rows("items"))
    assert not {row["item"] for row in rows_of("facts/key_projects/items.csv")} & set(items)
    for item, row in items.items():
        assert item.startswith(PREFIXES[row["kind"]]), item
        assert not row["zone"] or row["zone"] in known, item
    for row in rows_of("facts/parks/items.csv"):
        assert communes_of(row["item"]) == names_of(set(known[row["item"]]["communes"].split()))
    for row in chapter_rows("places"):
        assert row["item"] in items, row
        assert row["commune"] in codes, row
        assert bool(row["doc"]) == bool(row["line"]) == bool(row["raw"]), row
        assert row["doc"] or "http" in row["note"], row
    kinds = ("industrial_park", "industrial_cluster", "economic_zone")
    parks = {zone for zone, row in known.items() if row["kind"] in kinds}
    assert parks >= {row["item"] for row in rows_of("facts/parks/items.csv")}


@needs_shared
def test_every_raw_text_stands_at_its_lines(reports: dict[str, list[str]]) -> None:
    """What is quoted is the document's own words, at the lines named."""
    for row in (*observations(), *own("indicators"), *own("clearance")):
        lines = reports[row["doc"]][int(row["line_from"]) - 1 : int(row["line_to"])]
        assert row["raw"], row
        assert stands(row["raw"], lines, plain), row
    for row in chapter_rows("places"):
        if row["doc"]:
            assert stands(row["raw"], [reports[row["doc"]][int(row["line"]) - 1]], plain), row


@needs_shared
@pytest.mark.parametrize(
    ("doc", "line", "count"),
    [("q1-2026", 438, 9), ("q1-2026", 440, 11), ("h1-2026", 584, 2), ("h1-2026", 586, 13)],
)
def test_lists_in_footnotes_are_taken_whole(
    reports: dict[str, list[str]], doc: str, line: int, count: int
) -> None:
    """Each numbered name of a footnote has its item, none is told twice."""
    text = reports[doc][line - 1]
    numbers = [f"({number})" for number in range(1, count + 1)]
    assert all(number in text for number in numbers)
    found: dict[str, set[str]] = {}
    for row in observations(doc=doc, line_to=str(line)):
        for number in numbers:
            if f"{number} " in row["raw"]:
                found.setdefault(number, set()).add(row["item"])
    assert {number: len(items) for number, items in found.items()} == dict.fromkeys(numbers, 1)


@pytest.mark.parametrize("table", ["key_projects", *CHAPTERS])
def test_readers_see_no_codes_of_the_program_and_no_english(table: str) -> None:
    """Names, values, notes and cells are shown: they name projects and reports as people do."""
    inner = re.compile(
        r"\b(?:KP|KCN|CCN|KKT|KTM|HOU|TDC|TRA|INV)-[A-Z0-9]|\.csv\b|\bOCR\b|\bfootnote\b"
        r"|\b(?:q1-2026|h1-2026|nov-2025|programme-2026|notice-2026)"
    )
    for name in ("items", "places", "observations"):
        for row in rows_of(f"facts/{table}/{name}.csv"):
            for column in ("name", "component", "value", "note", "cell"):
                assert not inner.search(row.get(column, "")), (column, row)
            assert row.get("cell") != "text", row
    for name in ("clearance", "conflicts", "corrections", "indicators"):
        for row in rows_of(f"facts/{name}.csv"):
            for column in ("statement", "subject", "value_a", "value_b", "why", "note"):
                codes = name == "indicators" and column == "subject"
                assert codes or not inner.search(row.get(column, "")), (column, row)


def test_one_body_has_one_name() -> None:
    """Who must act is counted by name: no body under two spellings, no abbreviation."""
    bodies = {
        row["value"]
        for chapter in ("key_projects", *CHAPTERS)
        for row in rows_of(f"facts/{chapter}/observations.csv")
        if row["field"] in {"asked_to_act", "lead"}
    }
    for row in rows_of("facts/clearance.csv"):
        bodies |= set(filter(None, row["asked_to_act"].split("; ")))
    assert not [body for body in bodies if re.search(r"QLDA|ĐTXD|^Giám đốc|;", body)]
    assert len({body.casefold() for body in bodies}) == len(bodies)
    economic_zone = {body for body in bodies if "Khu kinh tế" in body}
    assert economic_zone == {"Ban Quản lý Khu kinh tế Hải Phòng"}


@pytest.mark.parametrize(
    "name",
    [
        "gazetteer/zones.csv",
        *(f"facts/{c}/{t}.csv" for c in CHAPTERS for t in ("items", "places", "observations")),
    ],
)
def test_files_are_clean_and_sorted(name: str) -> None:
    """UTF-8 in NFC, Unix line ends, rows in a stable order, classic tone placement in names."""
    text = (DATA / name).read_bytes().decode("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")
    rows = rows_of(name)
    keys = [tuple(row[key] for key in ("item", "commune", "zone") if key in row) for row in rows]
    if "observations" not in name:
        assert keys == sorted(keys)
    assert [row.get("item", "") for row in rows] == sorted(row.get("item", "") for row in rows)
    assert not [row["name"] for row in rows if re.search(r"(?:oà|uỷ)\b", row.get("name", ""))]
