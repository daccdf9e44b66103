"""Stretches of a text that name something else after a place: roads, boards, companies.

``nút giao Lê Hồng Phong – Nguyễn Trãi`` is a junction of two streets, ``Ban Quản lý dự án khu vực
Dương Kinh`` a board: neither says where anything lies.
"""

from __future__ import annotations

import re
from typing import Final

from geo.text import CAPITALS

_CAPITAL: Final = f"[{CAPITALS}]"
_NAME: Final = rf"{_CAPITAL}\w*(?:[ ]{_CAPITAL}\w*|[ ]\d{{1,2}}(?![\d.,/]))*"
_DASH: Final = r"\s?[-\u2010-\u2015]\s?"
_STOPS: Final = (
    r"tại|ở|thuộc|làm|là|đã|đang|sẽ|trên|có|do|được|để|phối hợp|đầu tư xây dựng tại|phường|xã|"
    r"thị trấn|đặc khu|nay|trước|P\.|X\.|TT\."
)
_BOARD: Final = re.compile(
    r"\b(?:[Bb]an [Qq]uản lý|BAN QUẢN LÝ|[Bb]an QL\w*|BQL\w*)(?P<rest>[^,;:.()\n]{0,90}?)\s"
    rf"(?:(?:các )?khu vực|quận|huyện|thị xã|thành phố|TP\.?|khu kinh tế|KKT)\s{_NAME}"
    rf"(?:(?:,| và)\s{_NAME}(?!\w))*"
)
_COMPANY: Final = re.compile(
    r"\b(?:[Cc]ông ty|[Tt]ổng công ty|[Tt]ập đoàn|[Nn]gân hàng|Cty|CTCP|[Ll]iên danh)\b"
    rf"(?:\s(?!(?:{_STOPS})(?:\s|$))[^\s,;:.()\n]+){{1,16}}"
)
_ROAD: Final = re.compile(
    r"\b(?:[Nn]út giao|ngã (?:ba|tư|năm|sáu)|[Đđ]ường|đại lộ|[Tt]uyến|[Cc]ao tốc|[Qq]uốc lộ|"
    r"[Vv]ành đai|đoạn|cầu vượt|hầm chui|hành lang)"
    r"(?:\s(?:thông|khác mức|liên thông|cùng mức|giữa|nối|vượt|bộ|gom|trục|chính|đường|phố|cao tốc|"
    r"tuyến|quốc lộ|số|sắt|ven biển|ven sông|từ|QL\.?\s?\d+\w?|\d{1,3}\w?))*"
    rf"\s{_NAME}(?:{_DASH}{_NAME})+"
)
_PATTERNS: Final = (_BOARD, _COMPANY, _ROAD)


def find_other_names(text: str) -> list[tuple[int, int]]:
    """Return where such names stand, as offsets, in order; overlapping ones are joined."""
    found = sorted(match.span() for pattern in _PATTERNS for match in pattern.finditer(text))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
