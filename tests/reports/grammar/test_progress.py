"""Percentages and quantities: of what, of which part, a share of what."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.grammar.clause_shares import ProgressShare, UnreadShare
from reports.grammar.progress import find_quantities, find_shares


def shares(text: str) -> list[tuple[str, str, str, str, str]]:
    return [
        (one.topic, str(one.value), one.component, one.basis, one.qualifier)
        for one in find_shares(text)
        if isinstance(one, ProgressShare)
    ]


def quantities(text: str) -> list[tuple[str, str, str, str]]:
    return [(one.value, one.total, one.unit, one.component) for one in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thi công xây dựng đạt 95% giá trị hợp đồng không bao gồm dự phòng (~59% TMĐT)",
            [
                ("construction", "95", "", "contract_value", "exact"),
                ("construction", "59", "", "total_investment", "about"),
            ],
        ),
        (
            "GPMB (100%) Thi công xây dựng (71%)",
            [
                ("clearance", "100", "", "unstated", "exact"),
                ("construction", "71", "", "unstated", "exact"),
            ],
        ),
        (
            "GPMB phần hầm đạt khoảng 43%; GPMB 2 gói thầu 14 và 15 đạt 95%.",
            [
                ("clearance", "43", "phần hầm", "unstated", "about"),
                ("clearance", "95", "2 gói thầu 14 và 15", "unstated", "exact"),
            ],
        ),
        (
            "- Khối lượng xây lắp 05 gói thầu xây lắp (19,20,21,22,23) đạt khoảng 43% giá trị HĐ",
            [
                (
                    "construction",
                    "43",
                    "05 gói thầu xây lắp (19,20,21,22,23)",
                    "contract_value",
                    "about",
                )
            ],
        ),
        ("Thi công xây dựng (5% giai đoạn 1)", [("construction", "5", "Giai đoạn 1", "phase", "exact")]),  # noqa: E501
        ("ĐTXD đạt 5% TMĐT", [("construction", "5", "", "total_investment", "exact")]),
        ("GPMB (70%) ĐT XD (15%)", [
            ("clearance", "70", "", "unstated", "exact"),
            ("construction", "15", "", "unstated", "exact"),
        ]),
        ("Thi công xây dựng (6,5%)", [("construction", "6.5", "", "unstated", "exact")]),
    ],
)  # fmt: skip
def test_shares(text: str, expected: list[tuple[str, str, str, str, str]]) -> None:
    """Each percentage has its subject, part and basis, as the reports put them."""
    assert shares(text) == expected


@pytest.mark.parametrize("text", ["đạt 140%", "GPMB 250%", "tỷ lệ 12%"])
def test_what_a_share_is_of_is_not_guessed(text: str) -> None:
    """More than 100 %, or a percentage of nothing that is named, is asked about."""
    assert [type(one) for one in find_shares(text)] == [UnreadShare]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "* Phần đường:\n- Thi công đắp đất K95, K98: 12km/13,07km",
            [("12", "13.07", "km", "Phần đường: Thi công đắp đất K95, K98")],
        ),
        (
            "* Phần cầu:\n- Đang thi công dầm superT: 44/70 phiến - Thi công thân trụ T8 đạt ½",
            [
                ("44", "70", "phiến", "Phần cầu: Đang thi công dầm superT"),
                ("0.5", "1", "", "Phần cầu: Thi công thân trụ T8"),
            ],
        ),
        ("+ 49/102 cọc khoan nhồi D1200;", [("49", "102", "cọc", "cọc khoan nhồi D1200")]),
        ("Đắp đất 6,37/6,5Km", [("6.37", "6.5", "km", "Đắp đất")]),
        ("Số mũi thi công: 14 mũi;", [("14", "", "mũi", "Số mũi thi công")]),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    """Quantities done of a total, by part of the works."""
    assert quantities(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ngày 09/3/2026",
        "quy hoạch 1/500",
        "Quyết định số 491/QĐ-UBND",
        "trong tháng 02/2026",
        "70/44 phiến",
        "24/7",
    ],
)
def test_dates_scales_and_numbers_of_papers_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Shares stay within 0 to 100, and what is done within its total, whatever the text."""
    for one in find_shares(text):
        if isinstance(one, ProgressShare):
            assert Decimal(0) <= one.value <= Decimal(100)
    for done in find_quantities(text):
        assert not done.total or Decimal(done.value) <= Decimal(done.total)
