"""The words beside the name of a province that make it a place, or something else."""

from __future__ import annotations

import re
from typing import Final

from geo.text import fold_text

TYPES: Final[dict[tuple[str, ...], str]] = {
    ("tỉnh",): "tinh",
    ("t",): "tinh",
    ("thành", "phố"): "thanh_pho",
    ("tp",): "thanh_pho",
    ("thị", "xã"): "thi_xa",
    ("tx",): "thi_xa",
    ("huyện",): "huyen",
    ("h",): "huyen",
    ("quận",): "quan",
    ("q",): "quan",
}
UNMARKED_TYPES: Final = {tuple(map(fold_text, key)): kind for key, kind in TYPES.items()}
ABBREVIATED: Final = frozenset({"t", "h", "q", "tx", "tp"})
_BEFORE: Final = {
    "other_type": "xã phường trấn thôn khu kcn ccn kkt kđt kđtm cụm làng ấp xóm tổ tdp đảo x p tt "
    "khóm bản",
    "inside": "tại ở thuộc phận bàn trong",
    "towards": "giáp nối với sang qua từ đến tới về đi ra vào cạnh gần hướng liền ranh giới",
    "of": "của tế cho",
    "no_place": "đường phố cầu sông hầm chợ trường lộ tốc ngõ ga bến ty đoàn hàng viện học máy nhà "
    "báo đài hãng quỹ sạn kho tuyến vành đai sắt giao cảng ông bà chí nguyễn trần lê phạm vũ hoàng "
    "phan điện nhựa măng thầu hiệu danh",
}
"""Words before a bare name: a commune's or park's type, what says that something lies in it or
leads to it, and what makes it a road's, a company's, a person's."""
OTHER_TYPES: Final = frozenset(_BEFORE["other_type"].split())
INSIDE: Final = frozenset(_BEFORE["inside"].split())
TOWARDS: Final = frozenset(_BEFORE["towards"].split())
OF: Final = frozenset(_BEFORE["of"].split())
NO_PLACE: Final = frozenset(_BEFORE["no_place"].split())
OTHER_HEADS: Final = re.compile(
    r"(?:công ty|tập đoàn|ngân hàng|liên danh|trường đại học|nhà máy|cao tốc|quốc lộ|đường sắt|"
    r"tuyến đường|đường bộ|nút giao|vành đai|hành lang)[^,;.:()\n]{0,60}$"
)
MAY_ALSO_BE: Final = frozenset({("hồ", "chí", "minh"), ("sài", "gòn")})
