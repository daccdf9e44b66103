"""One heading by itself: what stands below it, of which works, in which unit."""

import pytest

from reports.tables.grid.headings import (
    find_column_key,
    find_topic,
    read_money_unit,
    states_percent,
)


@pytest.mark.parametrize(
    ("heading", "key", "topic"),
    [
        ("Tiến độ thực hiện năm 2026 Dự kiến đến hết Quý I", "planned", ""),
        ("Tóm tắt kết quả thực hiện của kỳ báo cáo, khó khăn vướng mắc", "actual", ""),
        ("Kết quả thực hiện: tiến độ thi công xây dựng (%)", "actual", "construction"),
        ("Tỷ lệ GPMB", "progress", "clearance"),
        ("GPMB (%)", "progress", "clearance"),
        ("Tiến độ thi công (%) · Kế hoạch", "planned", "construction"),
        ("Tiến độ thi công (%) · Thực hiện", "actual", "construction"),
        ("Khó khăn, vướng mắc GPMB", "obstacles", "clearance"),
        ("Tồn tại, hạn chế", "obstacles", ""),
        ("Tổng mức đầu tư · Phê duyệt lần đầu", "investment", ""),
        ("TMĐT (tỷ đồng)", "investment", ""),
        ("Xã/phường", "location", ""),
        ("Khả năng hoàn thành", "forecast", ""),
        ("Thời gian khởi công", "starts", ""),
        ("Chủ đầu tư", "owner", ""),
        ("Công trình xây dựng", "name", "construction"),
        ("Nơi xây dựng", "location", "construction"),
        ("Số thứ tự", "no", ""),
        ("Địa phương", "location", ""),
        ("Kiến nghị với địa phương", "request", ""),
        ("Các mốc chính", "note", ""),
        ("Mốc tiến độ", "note", ""),
        ("Dự kiến hoàn thành mục tiêu", "forecast", ""),
        ("Kết quả thực hiện năm 2026 · Quý II · Kế hoạch", "planned", ""),
        ("Kế hoạch năm 2026 · Thực hiện", "actual", ""),
        ("Quyết định phê duyệt · TMĐT (triệu đồng)", "investment", ""),
        ("Quyết định phê duyệt · Số, ngày", "", ""),
        ("Thời gian thực hiện · Khởi công", "starts", ""),
        ("Thời gian thực hiện · Hoàn thành", "finishes", ""),
        ("Nhóm dự án", "group", ""),
        # What has such words and means something else.
        ("Kế hoạch vốn năm 2026", "", ""),
        ("Lũy kế vốn đầu tư đã giải ngân", "", ""),
        ("Giá trị giải ngân", "", ""),
        ("Kết quả giải ngân", "", ""),
        ("Chênh lệch so với kế hoạch", "", ""),
        ("Quy mô dự án", "", ""),
        ("Số hộ", "", ""),
        ("Diện tích (ha)", "", ""),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, key: str, topic: str) -> None:
    assert find_column_key(heading) == key
    if key:
        assert find_topic(heading) == topic


def test_letters_misread_by_a_scan_are_no_hindrance() -> None:
    """Long headings only: a short one is in too many others."""
    assert find_column_key("Tồng mửc đầu tu (triệu đồng)") == "investment"
    assert find_column_key("Dự bảo khả năng hoàn thành mục tiêu quý") == "forecast"
    assert find_column_key("Tỷ suất lợi nhuận") == ""


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Tổng mức đầu tư (triệu đồng)", 1),
        ("Tổng mức đầu tư (tr.đ)", 1),
        ("Vốn đầu tư (tỷ đồng)", 1000),
        ("Vốn đầu tư (nghìn tỷ)", 1_000_000),
        ("Vốn đầu tư (1.000 đồng)", 0.001),
        ("Vốn đầu tư (đồng)", 0.000001),
        ("Tỷ lệ GPMB", None),
        ("Vốn đầu tư", None),
    ],
)
def test_units_of_money(heading: str, unit: float | None) -> None:
    assert read_money_unit(heading) == unit


def test_percent_is_told_by_sign_or_word() -> None:
    assert states_percent("GPMB (%)")
    assert states_percent("Tỷ lệ thi công")
    assert not states_percent("Kết quả thực hiện")
