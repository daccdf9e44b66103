"""What nothing used of a sentence is listed: figures, and words that tell something."""

from __future__ import annotations

import pytest

from geo.geocoder import get_default_geocoder
from reports.extract import extract_document
from reports.open import open_document

TITLE = "Báo cáo tiến độ các dự án giao thông\nNgày 12/11/2025\n\n"


def list_left(text: str, title: str = TITLE) -> list[tuple[str, ...]]:
    document = open_document(f"{title}{text}\n".encode(), "bao-cao.txt")
    return [
        one.left_over for one in extract_document(document, get_default_geocoder()).reading.unread
    ]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        # A trouble behind a figure of the same clause, of nothing that is known.
        (
            "Bến Mây lấp đầy 71,5% do còn 4,3 ha chưa thỏa thuận được giá đền bù với dân.",
            "Bến Mây lấp đầy 71,5% do còn 4,3 ha chưa thỏa thuận được giá đền bù với dân.",
        ),
        # Who must act, where nothing says of what.
        ("2. Giao Sở Công Thương hoàn thiện hồ sơ trình thẩm định.", "Giao Sở Công Thương"),
        # A state that goes on.
        (
            "Dự án cầu Bến Mây của Ban Thăng Long, đang làm thủ tục chọn nhà thầu tư vấn.",
            "đang làm thủ tục chọn nhà thầu tư vấn.",
        ),
    ],
)
def test_words_that_tell_something_are_listed_beside_what_is_read(text: str, clause: str) -> None:
    pieces = [piece for left in list_left(text) for piece in left]
    assert any(piece.startswith(clause) for piece in pieces), pieces


@pytest.mark.parametrize(
    "text",
    [
        "Dự án cầu Bến Mây đang thi công, đạt 45% khối lượng.",
        "Dự án cầu Bến Mây có tổng mức đầu tư 900 tỷ đồng, đã khởi công tháng 3/2025.",
    ],
)
def test_what_is_read_is_not_listed_again(text: str) -> None:
    assert list_left(text) == []


def test_a_heading_of_states_is_no_sentence_left_over() -> None:
    assert list_left("II. ĐANG LẬP QUY HOẠCH PHÂN KHU") == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Ngày 19/8 khởi công hai khu, là KCN Bến Mây và KCN Gò Sương.", "hai khu"),
        ("Trường tiểu học Bến Mây (12 phòng): l5,8 tỷ.", "l5,8"),
        ("Bốn đơn vị chưa giải ngân được 20% vốn của dự án.", "Bốn đơn vị"),
    ],
)
def test_numbers_in_words_and_slips_of_scans_are_listed(text: str, piece: str) -> None:
    assert piece in [piece for left in list_left(text) for piece in left]


@pytest.mark.parametrize("text", ["Dự án cầu Bến Mây giai đoạn hai đang thi công, đạt 45%."])
def test_a_number_that_names_a_phase_counts_nothing(text: str) -> None:
    assert "hai" not in " ".join(piece for left in list_left(text) for piece in left)


def test_figures_in_the_name_of_a_task_and_in_a_trouble_are_listed() -> None:
    rows = (
        "| Stt | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |\n"
        "| 1 | Chi trả 32 hộ còn lại khu Bến Mây | UBND xã Kiến Thụy | T12/2025 |\n"
    )
    document = open_document(f"{TITLE}{rows}".encode(), "bang.txt")
    reading = extract_document(document, get_default_geocoder()).reading
    assert ("deadline", "2025-12") in [(s.field, s.value) for s in reading.statements]
    assert any("32 hộ" in one.left_over for one in reading.unread)
