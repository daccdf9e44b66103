"""One name of a park, cluster or economic zone: where it ends, what of it is the phase."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from reports.narrative.zones import ZoneNameKind, find_zone_by_name, measure_known_name

_UPPER: Final = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_CAPITAL: Final = re.compile(rf"[{_UPPER}][\w'’&]*(?:\.\w+)*")
_JOIN: Final = re.compile(r"[ \u00a0]*[-–—][ \u00a0]*|[ \u00a0]+")
_DIRECTION: Final = re.compile(
    rf"(?:[Pp]hía\s+)?(?:[Đđ]ông|[Tt]ây|[Nn]am|[Bb]ắc)(?:\s+(?:[Nn]am|[Bb]ắc))?\s+"
    rf"(?:(?:bán đảo|đảo|sông|cầu|cảng|vịnh)\s+)?(?=[{_UPPER}])"
)
_TOWN: Final = re.compile(rf"[Tt]hị trấn\s+(?=[{_UPPER}])")
"""Some clusters bear the name of a town with its type word ("CCN thị trấn An Lão")."""
_CRAFT: Final = re.compile(rf"[Ll]àng nghề\s+(?:[^\W\d_]+\s+){{0,6}}?(?=[{_UPPER}])")
_DESCRIBED: Final = re.compile(
    r"(?:[\s,–-]*(?:\([^()]{2,12}\)|sinh thái|công nghệ cao|công nghệ thông tin|tập trung|đa ngành"
    r"|chuyên ngành|hỗ trợ|mới|(?:và\s+)?đô thị|(?:và\s+)?dịch vụ"
    r"|và (?:khu )?phi thuế quan)(?!\w))*"
    r"[\s“\"'‘:]*",
    re.IGNORECASE,
)
"""What may stand between a park's type word and its name."""
_ZONE_WORDS: Final = re.compile(
    r"(?:\s*(?:ven biển|chuyên biệt|cửa khẩu|thế hệ mới|tự do"
    r"|phía\s+(?:đông|tây|nam|bắc)(?:\s+(?:nam|bắc))?)(?!\w))+",
    re.IGNORECASE,
)
_CITY: Final = re.compile(rf"\s*(?:của\s+)?(?:[Tt]hành phố|TP\.?|[Tt]ỉnh)?\s*(?=[{_UPPER}])")
_COUNTED: Final = (
    r"(?:ha|m2|m²|km|tỷ|tỉ|triệu|nghìn|hộ|căn|dự án|nhà máy|nhà đầu tư|doanh nghiệp|lô|tháng|năm"
    r"|ngày|khu|cụm|công ty|công trình|đơn vị|địa phương|xã|phường|huyện|thôn|tổ|tuyến|cầu|gói"
    r"|trạm|nhóm|nhiệm vụ|nội dung|người|lao động|đợt|lần)(?!\w)"
)
"""What a number counts, so that it is no number of a park."""
_NUMBER: Final = re.compile(
    r"\s*(?:(?<!\w)|(?<=\s)|(?<=[Cc]))(?:0?[1-9]|I{1,3}|IV|VI{0,3}|[A-D])(?![\w/%])(?![.,]\d)"
    rf"(?!\s*{_COUNTED})"
)
_MORE_NUMBERS: Final = re.compile(
    rf"(?:\s*,\s*|\s+và\s+)([1-9])(?![\w/%])(?![.,]\d)(?!\s*{_COUNTED})"
)
_WIDER: Final = re.compile(
    r"\s*\(?\s*(?:phần\s+)?mở rộng\b\)?"
    r"(?!\s+(?:thêm|diện tích|quy mô|ra|về|sang|đầu tư|sản xuất|để|tới|đến|từ|lên|khoảng))",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"\s*[-–—,]?\s*\(?\s*(khu\s+(?:[A-H]|\d))(?!\w)", re.IGNORECASE)
_MORE_PARTS: Final = re.compile(r"\s*(?:,|và|;)\s*(khu\s+(?:[A-H]|\d))(?!\w)", re.IGNORECASE)
_PHASE: Final = re.compile(
    r"\s*[-–—,]?\s*\(?\s*[-–—]?\s*((?:giai\s+đoạn|gđ)\s*(?:0?\d|[IVX]{1,4})(?!\w)"
    r"(?:\s*(?:,|và|-|–)\s*(?:0?\d|[IVX]{1,4})(?!\w))*(?!\s*[-–]\s*\d))",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"(?:công ty|tập đoàn|tổng công|sở(?!\w)|ban (?:quản|chỉ|thường|chấp|qlda)|bộ (?!\w*\d)|ubnd"
    r"|hđnd|ủy ban|uỷ ban|hội đồng|dự án|đường |quốc lộ|ql\.? ?\d|tỉnh(?!\w)|cảng |khu |nhà máy"
    r"|trung tâm|chi cục|quý |nghị quyết|quyết định|kế hoạch|chủ |phó |bí thư|thủ tướng"
    r"|huyện |xã |phường |quận |thị xã|thị trấn|thành phố|tp\.?(?!\w)|đặc khu|tuyến |giai đoạn"
    r"|viện |văn phòng|đảng (?:ủy|uỷ|bộ)|công an|đại học"
    r"|cục |kcn(?!\w)|ccn(?!\w)|kkt(?!\w)|cụm |luật )",
    re.IGNORECASE,
)
_ENDS_ALL_CAPITALS: Final = re.compile(
    r"(?:tại|thuộc|ở|trên|và|với|của|do|cho|đến|từ|có|đã|được|huyện|xã|phường|tỉnh|quận|để|vào"
    r"|giai|kêu|trong|năm|thành|đang|là|theo|tháng|quý|khu|cụm|quy|đầu|chậm|khởi)$",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 7
_ABBREVIATED: Final = 2
_NOT_ONE: Final = frozenset({"hai phong", "hai duong", "viet nam", "hp"})


@dataclass(frozen=True)
class ReadName:
    """A name that was read: its place in the text, its parts, its phase, the known zone."""

    start: int
    end: int
    name: str
    phase: str = ""
    zone: str = ""
    others: tuple[ReadName, ...] = ()
    """Further ones that it names by part or number ("khu 1, khu 2", "Bình Giang 2, 3 và 4")."""


def read_zone_name(
    text: str, folded: str, position: int, kind: ZoneNameKind, *, listed: bool = False
) -> ReadName | None:
    """Return the name that stands at a position, ``None`` if none does.

    ``folded`` is ``fold_text(text)``. ``listed``: the name is a further one of a list, no type
    word stands before it.
    """
    start = position
    if kind == "zone":
        end = _measure_zone_words(text, position)
    else:
        if not listed:
            start = described.end() if (described := _DESCRIBED.match(text, position)) else position
        end = _measure_capital_words(text, start)
    city = _CITY.match(text, start) if kind == "zone" else None
    words_start = city.end() if city else start
    known = measure_known_name(folded, start, kind)
    if known <= start and end <= start:
        return None
    town = None if listed else _TOWN.match(text, start)
    if known < end and (
        (_NO_NAME.match(text, words_start) and not town) or _is_of_the_city(folded[start:end], kind)
    ):
        return None
    end = _read_suffixes(text, max(end, known))
    name = text[start:end].strip()
    if listed and known < end and " " not in name and not name.isupper():
        return None if re.match(r"\s+[^\W\d_]", text[end:]) else _finish(text, start, end, kind)
    return _finish(text, start, end, kind)


def _finish(text: str, start: int, end: int, kind: ZoneNameKind) -> ReadName:
    """Return the name with the part of the park and the phase that stand behind it."""
    parts: list[str] = []
    phase = ""
    name_end = end
    part = _PART.match(text, end)
    if part:
        end = part.end()
        parts.append(part[1])
        while more := _MORE_PARTS.match(text, end):
            parts.append(more[1])
            end = more.end()
    stated = _PHASE.match(text, _skip_bracket(text, name_end, end))
    if stated:
        phase, end = stated[1], stated.end()
    end = _skip_bracket(text, name_end, end)
    base = text[start:name_end].strip(" “\"'‘”’")
    names = [f"{base} ({part})" for part in parts] if len(parts) > 1 else [base]
    if len(parts) == 1:
        written = text[start : part.end() if part else name_end]
        names = [written + ")" * (written.count("(") - written.count(")"))]
    if not parts and names[0][-1:].isdigit():
        while (more := _MORE_NUMBERS.match(text, end)) and int(more[1]) == int(names[-1][-1]) + 1:
            names.append(base[:-1] + more[1])
            end = more.end()
    zones = [find_zone_by_name(name, kind, phase) for name in names]
    others = [
        ReadName(start, end, name, phase, zone.zone if zone else "")
        for name, zone in zip(names, zones, strict=True)
    ]
    return replace(others[0], others=tuple(others[1:]))


def _skip_bracket(text: str, start: int, end: int) -> int:
    """Return the position behind a bracket that is still open between the two positions."""
    inner = text[start:end]
    if inner.count("(") > inner.count(")") and text[end : end + 1] == ")":
        return end + 1
    return end


def _measure_zone_words(text: str, position: int) -> int:
    words = _ZONE_WORDS.match(text, position)
    end = words.end() if words else position
    city = _CITY.match(text, end)
    begin = city.end() if city else end
    capital_end = _measure_capital_words(text, begin)
    return capital_end if capital_end > begin else end


def _measure_capital_words(text: str, position: int) -> int:
    """Return where the run of capitalised words ends that begins at a position, dashes inside."""
    lead = _DIRECTION.match(text, position) or _CRAFT.match(text, position)
    lead = lead or _TOWN.match(text, position)
    end = position
    begin = lead.end() if lead else position
    for _ in range(_MOST_WORDS):
        word = _CAPITAL.match(text, begin)
        shouted = word is not None and word[0].isupper()
        if not word or (shouted and _ENDS_ALL_CAPITALS.match(word[0].lower())):
            break
        if end > position and _NO_NAME.match(text, begin):
            break
        if len(word[0]) <= _ABBREVIATED and text[word.end() : word.end() + 1] == ".":
            break  # "KCN Đình Vũ P. Đông Hải"
        end = word.end()
        joined = _JOIN.match(text, end)
        if not joined:
            break
        begin = joined.end()
    return end


def _read_suffixes(text: str, end: int) -> int:
    """Return where a name ends with the number and the "mở rộng" behind it."""
    for pattern in (_NUMBER, _WIDER, _NUMBER):
        suffix = pattern.match(text, end)
        if suffix:
            end = suffix.end()
    return end


def _is_of_the_city(words: str, kind: ZoneNameKind) -> bool:
    """Return True if the words only say of which city the parks are ("các KCN Hải Phòng")."""
    plain = re.sub(r"\W+", " ", words).strip()
    return plain in _NOT_ONE and kind != "zone"
