"""Documents of others: nothing of theirs is placed in the city or counted as the city's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.extract import extract_document
from tests.reports.sample_report import read

if TYPE_CHECKING:
    from reports.model.extraction import Extraction

_TABLE = """
TT	Tên dự án	Tổng mức đầu tư (tỷ đồng)	Địa điểm
1	Trường học số một	120	xã An Phú
2	Trường học số hai	80	phường Hòa Bình
"""


def _extract(title: str, line: str, body: str) -> Extraction:
    return extract_document(read(f"{title}\n\n{line}\n\n{body}"))


@pytest.mark.parametrize(
    "title",
    ["Danh mục dự án của tỉnh Thái Bình", "Danh mục dự án do Bộ Xây dựng quản lý"],
)
def test_projects_of_another_province_or_a_ministry_are_placed_nowhere(title: str) -> None:
    extraction = _extract(title, "Ngày 12/3/2026", _TABLE)
    assert all(not row.communes for row in extraction.projects)
    ours = _extract("Danh mục dự án của thành phố Hải Phòng", "Ngày 12/3/2026", _TABLE)
    assert len(ours.projects) == len(extraction.projects)
    assert all(row.communes for row in ours.projects)


@pytest.mark.parametrize(
    ("title", "line", "counted"),
    [
        ("Đầu tư công của thành phố Hải Phòng", "Ngày 12/3/2026", True),
        ("Đầu tư công của thành phố Hải Phòng", "Tháng 3/2024", False),
        ("Đầu tư công của huyện Tiên Lãng", "Ngày 12/3/2026", False),
        ("Đầu tư công của tỉnh Hải Dương", "Tháng 3/2024", False),
        ("Đầu tư công của tỉnh Thái Bình", "Ngày 12/3/2026", False),
    ],
)
def test_amounts_of_others_are_not_the_citys(title: str, line: str, *, counted: bool) -> None:
    body = "Giải ngân vốn đầu tư công đạt 5.200 tỷ đồng, bằng 31,5% kế hoạch."
    assert bool(_extract(title, line, body).indicators) is counted


def test_a_project_whose_own_name_lies_elsewhere_is_not_placed_by_its_column() -> None:
    rows = _TABLE.replace("Trường học số một", "Trường học tại huyện Mỹ Đức, thành phố Hà Nội")
    extraction = _extract("Danh mục dự án của thành phố Hải Phòng", "Ngày 12/3/2026", rows)
    assert [bool(row.communes) for row in extraction.projects] == [False, True]
