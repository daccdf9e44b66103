"""Rows of a table are parts of its sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.geocoder import get_default_geocoder
from reports.extract import extract_document
from reports.open import open_document

if TYPE_CHECKING:
    from reports.model.statement import Statement


def read(*rows: str) -> list[Statement]:
    head = "BIỂU THEO DÕI GIẢI NGÂN\nTính đến ngày 12/11/2025\n\n"
    text = head + "\n".join(f"| {row} |" for row in rows) + "\n"
    document = open_document(text.encode(), "bieu.txt")
    return list(extract_document(document, get_default_geocoder()).reading.statements)


HEADINGS = "STT | Dự án | Kế hoạch vốn (tỷ đồng) | Đã giải ngân (tỷ đồng)"


def test_a_sum_that_its_rows_are_not_is_asked_about() -> None:
    said = read(
        HEADINGS, "1 | Cầu Bến Mây | 300 | 150", "2 | Cầu Gò Sương | 200 | 60",
        " | Tổng cộng | 500 | 200",
    )  # fmt: skip
    sums = {s.field: (s.why, s.candidates) for s in said if s.subject_kind == "works"}
    assert sums == {"allocated": ("", ()), "disbursed": ("total", ("200000", "210000"))}
    rows = [s for s in said if s.subject_kind == "project" and s.field == "disbursed"]
    assert [(s.part_of, s.is_part, s.status) for s in rows] == [
        ("Tổng cộng: 200", False, "sure")
    ] * 2


def test_groups_are_parts_of_the_sum_and_rows_of_their_group() -> None:
    said = read(
        HEADINGS, "I | Giao thông | 500 | 210", "1 | Cầu Bến Mây | 300 | 150",
        "2 | Cầu Gò Sương | 200 | 60", "II | Thủy lợi | 100 | 40", "1 | Kè sông Mây | 70 | 30",
        "2 | Trạm bơm Gò Sương | 30 | 10", " | Tổng cộng | 600 | 250",
    )  # fmt: skip
    parts = {s.subject: s.part_of for s in said if s.field == "allocated"}
    assert parts["Giao thông"] == parts["Thủy lợi"] == "Tổng cộng: 600"
    assert parts["Cầu Bến Mây"] == "Giao thông: 500"
    assert parts["Kè sông Mây"] == "Thủy lợi: 100"
    assert {s.why for s in said} == {""}


def test_rows_with_gaps_in_their_numbers_prove_nothing() -> None:
    said = read(
        HEADINGS, "1 | Cầu Bến Mây | 300 | 150", "7 | Cầu Gò Sương | 200 | 60",
        " | Tổng cộng | 900 | 400",
    )  # fmt: skip
    assert {s.why for s in said} == {""}


def test_an_empty_cell_of_a_row_is_nothing() -> None:
    said = read(
        HEADINGS, "1 | Cầu Bến Mây | 300 | 150", "2 | Cầu Gò Sương | 200 | -",
        "3 | Kè sông Mây | 100 | 50", " | Tổng cộng | 600 | 200",
    )  # fmt: skip
    assert {s.why for s in said} == {""}
