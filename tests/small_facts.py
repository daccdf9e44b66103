"""A few real projects of the reports as a folder of facts, to be changed by each test."""

from __future__ import annotations

import csv
import tempfile
from functools import cache
from pathlib import Path

from geo.gazetteer import load_gazetteer
from reports.facts_files.curated import read_curated
from reports.facts_files.table_schemas import TABLES
from store.facts.facts import Facts, make_facts
from store.facts.stored.content_hash import hash_gazetteer

Rows = list[dict[str, object]]

PERIODS: Rows = [
    {"period": "2026-Q1", "label_vi": "Quý I/2026", "label_en": "First quarter of 2026",
     "start": "2026-01-01", "as_of": "2026-03-31"},
    {"period": "2025-11", "label_vi": "Tháng 11/2025", "label_en": "November 2025",
     "start": "2025-11-01", "as_of": "2025-11-30"},
    {"period": "2026-H1", "label_vi": "6 tháng đầu năm 2026", "label_en": "First half of 2026",
     "start": "2026-01-01", "as_of": "2026-06-30"},
]  # fmt: skip

DOCUMENTS: Rows = [
    {"doc": "nov-2025", "title": "Báo cáo tháng 11", "as_of": "2025-11-30", "period": "2025-11",
     "status": "final"},
    {"doc": "q1-2026", "title": "Báo cáo Quý I", "as_of": "2026-03-31", "period": "2026-Q1",
     "status": "final"},
    {"doc": "q1-annex", "title": "Phụ lục Quý I", "issued": "2026-04-10", "period": "2026-Q1",
     "status": "final"},
    {"doc": "h1-2026", "title": "Báo cáo 6 tháng", "as_of": "2026-06-30", "period": "2026-H1",
     "status": "draft"},
]  # fmt: skip


def item(code: str, **more: object) -> dict[str, object]:
    """Return a row of items: a key project of the city's budget unless told otherwise."""
    return {"item": code, "kind": "key_project", "name": f"Dự án {code}", "funding": "city_budget",
            "phase": "ongoing", **more}  # fmt: skip


def place(code: str, commune: str, **more: object) -> dict[str, object]:
    """Return a row of places: stated by the first quarter's report."""
    return {"item": code, "commune": commune, "how": "stated", "certainty": "certain",
            "raw": commune, "doc": "q1-2026", "line": 742, **more}  # fmt: skip


def seen(code: str, field: str, value: object, **more: object) -> dict[str, object]:
    """Return a row of observations of the first quarter's report."""
    return {"item": code, "period": "2026-Q1", "doc": "q1-2026", "line_from": 742, "line_to": 742,
            "field": field, "value": value, "raw": str(value), **more}  # fmt: skip


def problem(code: str, commune: str, **more: object) -> dict[str, object]:
    """Return a row of the clearance table."""
    return {"clearance": code, "period": "2026-Q1", "doc": "q1-2026", "line_from": 320,
            "line_to": 320, "commune": commune, "category": "unspecified",
            "statement": "Vướng mắc giải phóng mặt bằng", **more}  # fmt: skip


AEON, RING_ROAD, TUNNEL, LNG, GOLF = "KP-02", "KP-19", "KP-20", "KP-25", "KP-15"
THACH_KHOI, HAI_AN, HUNG_DAO, NGO_QUYEN = "11002", "11413", "11689", "11329"
GIA_VIEN, THUY_NGUYEN, KIEN_HUNG = "11359", "11560", "11728"

ITEMS: Rows = [
    item(AEON, name="Trung tâm thương mại Aeon Hải Dương", funding="non_budget",
         phase="inaugurate_2026"),
    item(RING_ROAD, name="Tuyến đường vành đai 2 đoạn Tân Vũ - Hưng Đạo"),
    item(TUNNEL, name="Cầu Nguyễn Trãi và chỉnh trang đô thị vùng phụ cận"),
    item(LNG, name="Nhà máy nhiệt điện LNG Hải Phòng", funding="non_budget"),
    item(GOLF, name="Khu đô thị mới và sân gôn Liên Hồng", funding="non_budget",
         phase="start_2026"),
    item("KCN-SMALL", kind="industrial_park", name="Khu công nghiệp chưa rõ nơi",
         funding="unknown", phase=""),
]  # fmt: skip

PLACES: Rows = [
    place(AEON, THACH_KHOI, certainty="likely"),
    place(RING_ROAD, HAI_AN),
    place(RING_ROAD, HUNG_DAO),
    place(TUNNEL, NGO_QUYEN),
    place(TUNNEL, GIA_VIEN),
    place(TUNNEL, THUY_NGUYEN),
    place(LNG, KIEN_HUNG, how="public_source", certainty="likely"),
    place(GOLF, THACH_KHOI),
]

OBSERVATIONS: Rows = [
    seen(AEON, "investment_mvnd", 1198916),
    seen(AEON, "actual_construction_pct", 77, basis="unstated"),
    seen(AEON, "planned_construction_pct", 71, basis="unstated"),
    seen(AEON, "forecast", "meets"),
    seen(AEON, "status", "under_construction"),
    seen(RING_ROAD, "investment_mvnd", 8593119),
    seen(RING_ROAD, "actual_construction_pct", 43, basis="contract_value",
         component="05 gói thầu xây lắp 19, 20, 21, 22, 23", qualifier="about"),
    seen(RING_ROAD, "forecast", "meets"),
    seen(RING_ROAD, "status", "under_construction"),
    seen(TUNNEL, "investment_mvnd", 6235594),
    seen(TUNNEL, "actual_construction_pct", 45, basis="contract_value", component="3 gói thầu"),
    seen(TUNNEL, "actual_construction_pct", 31, basis="total_investment", component="3 gói thầu"),
    seen(TUNNEL, "actual_clearance_pct", 95, component="Gói thầu 14 và 15"),
    seen(TUNNEL, "actual_clearance_pct", 43, component="Phần hầm"),
    seen(TUNNEL, "forecast", "meets"),
    seen(TUNNEL, "status", "under_construction"),
    seen(LNG, "investment_mvnd", 178012000),
    seen(LNG, "actual_construction_pct", 5, basis="phase", component="Giai đoạn 1"),
    seen(LNG, "forecast", "misses"),
    seen(LNG, "status", "not_started"),
    seen(LNG, "obstacle", "ground_not_ready"),
    seen(LNG, "obstacle_text", "Chưa có đất để thực hiện dự án"),
    seen(GOLF, "investment_mvnd", 11035467),
    seen(GOLF, "planned_clearance_pct", 16),
    seen(GOLF, "forecast", "misses"),
    seen(GOLF, "status", "not_started"),
    seen(GOLF, "obstacle", "land_origin"),
    seen(GOLF, "asked_to_act", "UBND phường Thạch Khôi"),
    seen(GOLF, "milestone_start", "2026-Q4"),
    seen("KCN-SMALL", "status", "approved", period="2026-H1", doc="h1-2026"),
]  # fmt: skip

CLEARANCE: Rows = [
    problem("CL-1", THACH_KHOI, item=GOLF, category="land_origin",
            asked_to_act="UBND phường Thạch Khôi"),
    problem("CL-2", NGO_QUYEN),
    problem("CL-3", "", statement="Một số dự án còn chậm"),
]  # fmt: skip

INDICATORS: Rows = [
    {"indicator": "IN-1", "period": "2026-Q1", "doc": "q1-2026", "line_from": 308, "line_to": 308,
     "subject": "key_projects", "measure": "misses_goal", "value": 9, "total": 31,
     "unit": "project", "raw": "9/31"},
]  # fmt: skip

CONFLICTS: Rows = [
    {"conflict": "C-1", "subject": "Nhóm và tình trạng", "item": LNG, "period_a": "2026-Q1",
     "doc_a": "q1-2026", "line_a": 809, "value_a": "đang triển khai", "period_b": "2026-Q1",
     "doc_b": "q1-2026", "line_b": 846, "value_b": "chưa có đất"},
]  # fmt: skip


def tables(**changed: Rows) -> dict[str, Rows]:
    """Return the small tables, some of them replaced."""
    return {
        "documents": DOCUMENTS,
        "periods": PERIODS,
        "items": ITEMS,
        "places": PLACES,
        "observations": OBSERVATIONS,
        "clearance": CLEARANCE,
        "indicators": INDICATORS,
        "corrections": [],
        "conflicts": CONFLICTS,
        **changed,
    }


def write_tables(folder: Path, **changed: Rows) -> Path:
    """Write the tables as files, chapters' tables in ``key_projects``; return the folder."""
    for name, rows in tables(**changed).items():
        table = TABLES[name]
        path = folder / ("key_projects" if table.per_chapter else "") / table.file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def small_facts(**changed: Rows) -> Facts:
    """Return the small facts, read from files as the program reads its own.

    Unchanged, they are read once: facts are not to be written to.
    """
    return _read(**changed) if changed else _unchanged()


@cache
def _unchanged() -> Facts:
    return _read()


def _read(**changed: Rows) -> Facts:
    gazetteer = load_gazetteer()
    with tempfile.TemporaryDirectory() as folder:
        curated = read_curated(write_tables(Path(folder), **changed))
    return make_facts(
        curated,
        communes=gazetteer.communes,
        former_units=gazetteer.former_units,
        zones=gazetteer.zones,
        seals=hash_gazetteer(),
    )


@cache
def no_facts() -> Facts:
    """Return facts of one period in which no report says anything."""
    return small_facts(
        items=[], places=[], observations=[], clearance=[], indicators=[], conflicts=[]
    )
