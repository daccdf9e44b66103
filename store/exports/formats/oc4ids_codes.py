"""Which codes of OC4IDS 0.9.5 an item has, as far as its kind, status and own name tell.

Nothing else is looked at, and what they do not tell has no code: the standard's lists have no
"unknown", and a wrong code would be an invention.
"""

from __future__ import annotations

import re
from typing import Final

from geo.text import to_nfc

STATUS: Final = {
    "preparing": "preparation",
    "approved": "preparation",
    "established": "preparation",
    "not_started": "preparation",
    "started": "implementation",
    "under_construction": "implementation",
    "paused": "implementation",
    "inaugurated": "completion",
    "in_operation": "maintenance",
}
"""The stage that a status belongs to. The list has no delay and no pause: those are told by
milestones, forecasts and the description. An item off the list is not said to be cancelled."""

KIND_SECTOR: Final = {
    "transport": "transport",
    "industrial_park": "economy",
    "industrial_cluster": "economy",
    "economic_zone": "economy",
}
_LEAD: Final = re.compile(
    r"(?:(?:dự án|đầu tư|xây dựng lại|xây dựng|cải tạo|nâng cấp|sửa chữa|tu bổ|tôn tạo|bảo tồn|"
    r"khôi phục|chỉnh trang|các|tuyến|khu|và|,)\s*)*"
)
_SECTORS: Final = tuple(
    (re.compile(pattern), sector)
    for pattern, sector in (
        (r"đường sắt", "transport.rail"),
        (r"(nhà ga hành khách .*)?cảng hàng không|sân bay", "transport.air"),
        (r"bến (số|cảng)|cảng", "transport.water"),
        (r"đường (bộ|cao tốc|tỉnh|vành đai|kết nối)|đường\b|cầu\b|nút giao|cao tốc",
         "transport.road"),
        (r"nhà ở xã hội", "socialHousing"),
        (r"nhà máy nhiệt điện", "energy"),
        (r"nhà máy xử lý (rác|chất|nước) thải", "waterAndWaste"),
        (r"tổ hợp giáo dục|trường (đại học|cao đẳng|trung học|tiểu học|mầm non)", "education"),
        (r"(quần thể )?di tích|đền thờ|nhà hát|công viên(?! khoa học)",
         "cultureSportsAndRecreation"),
        (r"trung tâm .*thể thao", "cultureSportsAndRecreation"),
        (r"bệnh viện|.*\bbệnh viện đa khoa\b", "health"),
        (r"trung tâm chỉ huy an ninh", "governance"),
    )
)  # fmt: skip
_ANEW: Final = re.compile(r"cải tạo|nâng cấp|sửa chữa|tu bổ|tôn tạo|bảo tồn|khôi phục|chỉnh trang")


def classify_sectors(kind: str, name: str) -> list[str]:
    """Return the codes of ``projectSector`` that an item's name begins with, else its kind's."""
    whole = to_nfc(name).casefold()
    rest = whole[_measure_lead(whole) :]
    for pattern, sector in _SECTORS:
        if pattern.match(rest):
            return [sector]
    return [KIND_SECTOR[kind]] if kind in KIND_SECTOR else []


def classify_project_type(name: str) -> str:
    """Return the code of ``projectType`` that the words before the object's name tell, or ''."""
    whole = to_nfc(name).casefold()
    lead = whole[: _measure_lead(whole)]
    anew = bool(_ANEW.search(lead))
    if "xây dựng lại" in lead:
        return ""
    if anew:
        return "rehabilitation"
    return "construction" if "xây dựng" in lead else ""


def _measure_lead(name: str) -> int:
    match = _LEAD.match(name)
    return match.end() if match else 0
