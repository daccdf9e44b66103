"""A small report composed for the tests, with the faults of real scans; and a way to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.extract import extract_document
from reports.model.head.document_head import add_document_metadata
from reports.readers.text import read_text

if TYPE_CHECKING:
    from reports.model.document import Document
    from reports.model.extraction import Extraction, ProjectRow

HEADER = (
    "STT\tDanh mục dự án\tTổng mức đầu tư (triệu đồng)\tĐịa điểm\tTiến độ thực hiện năm 2026\t"
    "Tóm tắt kết quả thực hiện, khó khăn vướng mắc\tDự bảo khả năng hoàn thành mục tiêu quý\t"
    "Kiến nghị, đề xuất\tGhi chú"
)
SUBHEADER = "\t\t\t\tDự kiến đến hết Quý I\t\t\t\t"


def line(*cells: str) -> str:
    """Return a table line of nine cells."""
    return "\t".join([*cells, *[""] * (9 - len(cells))])


TABLE = "\n".join(
    [
        HEADER,
        SUBHEADER,
        line("", "Tổng số (04 dự án)"),
        line("I", "Dự án khởi công năm 2026 (03 dự án)"),
        line("I.1", "Dự án sử dụng ngân sách thành phố (02 dự án)"),
        line(
            "1",
            "Dự án xây dựng cầu thử nghiệm",
            "1,234,567",
            "Hồng Bàng, Lê Chân, Hưng",
            "<ul> - GPMB phần hầm đạt khoảng 43%; GPMB 2 gói thầu 14 và 15 đạt 95%. "
            "- Thi công xây dựng: 40% giá trị hợp đồng không gồm",
            "<p>* Phần đường:</p> - Đắp đất: 12km/13,07km",
            "Không hoàn thành mục tiêu",
            "UBND phường Hồng Bàng đẩy nhanh",
            "Khởi công Quý II/2026",
        ),
        "",
        HEADER,
        SUBHEADER,
        line(
            "",
            "",
            "",
            "Đạo",
            "dự phòng (~19,3% TMĐT)",
            "* Phần cầu: - Đang thi công dầm: 44/70 phiến - Thi công thân trụ T8 đạt ½",
            "quý, phần đầu hoàn thành mục tiêu năm",
            "tiến độ GPMB",
        ),
        line(
            "2",
            "Dự án xây dựng kè thử nghiệm",
            "584,065",
            "Phường Đồ Sơn",
            "GPMB (100%) Thi công xây dựng (71%)",
            "Vướng mắc trong xác định nguồn gốc đất",
            "Phấn đấu hoàn thành",
            "-",
            "Khánh thành Quý III/2026",
        ),
        line("I.2", "Dự án sử dụng vốn ngoài ngân sách (02 dự án)"),
        line("3", "Nhà máy thử nghiệm", "2,000,000", "Xã Lai Khê", "", "", "Hoàn thành"),
        line("II", "Dự án chuyển tiếp (01 dự án)"),
        line("4", "Khu nhà thử nghiệm (khoảng 30ha)", "7,515,327", "Kiên An", "", "", "Có thể"),
    ]
)

NARRATIVE = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI PHÒNG

(DỰ THẢO)

BÁO CÁO

**Tình hình thử nghiệm quý I; nhiệm vụ quý II năm 2026**

II. KẾT QUẢ

2.2. Tình hình triển khai 30 công trình, dự án trọng điểm:

- Có 01 dự án đã khánh thành.
- Có 02/30 dự án dự kiến vượt mục tiêu Quý II; 18/30 dự án dự kiến hoàn thành mục tiêu Quý II.
- Có 08/30 dự án dự kiến không hoàn thành mục tiêu Quý II, phần đầu hoàn thành mục tiêu năm.

Khởi công 2 khu công nghiệp (KCN) trọng điểm vào ngày 15/01/2026⁴. Công tác giải phóng mặt bằng tại một số dự án chưa đảm bảo tiến

⁴ (1) Nam Trảng Cát; (2) KCN Tiên Lãng 1

độ yêu cầu⁵.

⁵ Có 53/131 dự án đầu tư sản xuất, kinh doanh; 07/24 dự án hạ tầng KCN dự kiến không hoàn thành mục tiêu quý; 11/72 dự án báo cáo khó khăn, vướng mắc trong công tác GPMB, thuộc các địa phương: Phường Việt Hòa; Xã Kê Sặt.
"""  # noqa: E501

REPORT = f"{NARRATIVE}\nPHỤ LỤC IV\n\n{TABLE}\n"


def read(text: str) -> Document:
    """Return the document of a text, with what its head says of it."""
    return add_document_metadata(read_text(text.encode(), "thu.txt"))


def extracted(text: str = REPORT) -> Extraction:
    """Return what is read from a text."""
    return extract_document(read(text))


def project(extraction: Extraction, number: int) -> ProjectRow:
    """Return the project with a running number."""
    return next(row for row in extraction.projects if row.no == number)


def told(row: ProjectRow, field: str) -> list[str]:
    """Return the values of a field in order."""
    return [value.value for value in row.values if value.field == field]
