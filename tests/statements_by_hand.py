"""A report of a few sentences with what they say, established by hand: no reader takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reports.model.document import Paragraph, SourcePlace
from reports.model.statement import (
    SentenceBalance,
    Statement,
    StatementReading,
    UnreadSentence,
)

if TYPE_CHECKING:
    from reports.model.document import Document

BRIDGE: Final = (
    "Dự án cầu Tân Hợp có tổng mức đầu tư 1.226,04 tỷ đồng, đi qua phường Hải An và phường Đông "
    "Hải; đến nay thi công đạt khoảng 45%, phấn đấu thông xe trong quý II/2027."
)
HOUSES: Final = (
    "Còn 13/52 hộ tại xã An Hưng chưa nhận tiền bồi thường; UBND xã An Hưng vận động xong trước "
    "ngày 15/11."
)
CLUSTER: Final = "Cụm công nghiệp Giang Thủy rộng 75,5 ha, đã lấp đầy 62% diện tích."
ROAD: Final = "Dự án đường Lạch Bàng có tổng mức đầu tư 850 tỷ đồng."
SCHOOL: Final = "Dự án trường Minh Khai mới có tổng mức đầu tư 96,5 tỷ đồng."
MONEY: Final = (
    "Theo Nghị quyết số 18/NQ-HĐND, dự kiến bố trí thêm 320 tỷ đồng cho các nhiệm vụ phát sinh."
)
NOTHING: Final = "Hội nghị kết thúc lúc 17 giờ 30 phút cùng ngày."

REPORT: Final = "\n\n".join((
    "BÁO CÁO",
    "kết quả thực hiện các dự án trọng điểm quý III năm 2026",
    BRIDGE,
    HOUSES,
    f"{CLUSTER} {MONEY}",
    ROAD,
    SCHOOL,
    NOTHING,
))  # fmt: skip
"""As a text file has it."""

_SAID: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    (BRIDGE, "1.226,04 tỷ đồng", {
        "subject": "cầu Tân Hợp", "subject_kind": "project", "field": "investment",
        "value": 1226040.0, "unit": "triệu đồng", "communes": ("11413", "11411"),
    }),
    (BRIDGE, "45%", {
        "subject": "cầu Tân Hợp", "subject_kind": "project", "field": "construction_pct",
        "value": 45.0, "unit": "%", "mood": "done", "qualifier": "about", "when": "2026-Q3",
    }),
    (BRIDGE, "quý II/2027", {
        "subject": "cầu Tân Hợp", "subject_kind": "project", "field": "finish",
        "value": "2027-Q2", "mood": "planned",
    }),
    (HOUSES, "13", {
        "subject": "", "subject_kind": "unknown", "field": "households_remaining", "value": 13.0,
        "total": 52.0, "unit": "hộ", "mood": "done", "when": "2026-Q3", "status": "ask",
        "why": "subject", "candidates": ("13", "52"),
    }),
    (HOUSES, "15/11", {
        "subject": "xã An Hưng", "subject_kind": "commune", "field": "deadline",
        "value": "2026-11-15", "mood": "required", "inferred": ("year",),
        "bodies": ("UBND xã An Hưng",),
    }),
    (CLUSTER, "75,5 ha", {
        "subject": "Cụm công nghiệp Giang Thủy", "subject_kind": "cluster", "field": "area",
        "value": 75.5, "unit": "ha",
    }),
    (CLUSTER, "62%", {
        "subject": "Cụm công nghiệp Giang Thủy", "subject_kind": "cluster",
        "field": "occupancy_pct", "value": 62.0, "unit": "%", "mood": "done",
    }),
    (ROAD, "850 tỷ đồng", {
        "subject": "đường Lạch Bàng", "subject_kind": "project", "field": "investment",
        "value": 850000.0, "unit": "triệu đồng", "status": "ask", "why": "item",
    }),
    (SCHOOL, "96,5 tỷ đồng", {
        "subject": "trường Minh Khai mới", "subject_kind": "project", "field": "investment",
        "value": 96500.0, "unit": "triệu đồng", "status": "ask", "why": "item",
    }),
)  # fmt: skip


def read_by_hand(document: Document, *_: object) -> StatementReading:
    """Return what the sentences above say, wherever a document holds them."""
    statements = []
    for sentence, stated, values in _SAID:
        place = _find_place(document, sentence)
        if place is not None:
            start = sentence.index(stated)
            statements.append(
                Statement(
                    **values,
                    sentence=sentence,
                    place=place,
                    start=start,
                    end=start + len(stated),
                    stated=stated,
                )
            )
    money = _find_place(document, MONEY)
    unread = (UnreadSentence(MONEY, money, ("320 tỷ đồng",), "no_subject"),) if money else ()
    if not statements:
        return StatementReading()
    return StatementReading(tuple(statements), unread, SentenceBalance(9, 2, 3, 4))


def _find_place(document: Document, sentence: str) -> SourcePlace | None:
    for block in document.blocks:
        if isinstance(block, Paragraph) and sentence in block.text:
            return block.place
    return None
