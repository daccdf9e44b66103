"""The unit that a document speaks for: told by its issuer, its title, the places it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.provinces import find_provinces
from geo.provinces.province_list import OWN_PROVINCES, load_provinces
from geo.text import CAPITALS, fold_text
from reports.model.document import Paragraph
from reports.model.head.letterhead import MINISTRIES
from reports.model.head.unit_names import find_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import Block
    from reports.model.head.letterhead import Letterhead

CITY: Final = "thành phố Hải Phòng"
COUNTRY: Final = "cả nước"
"""The province of what is about many provinces."""
BEFORE_MERGER: Final = "(trước sáp nhập)"
_LONGEST_LEAD: Final = 24_000
"""Characters of the text in which places are counted."""
_FEWEST: Final = 2
_BY_MINISTRY: Final = re.compile(r"\b(?:cua|do|thuoc)\s+bo\s+([a-z, -]+)")
_NATIONAL: Final = re.compile(r"\b(?:ca nuoc|toan quoc|cac bo, (?:nganh|co quan) trung uong)\b")
_TITLE_COMMUNE: Final = re.compile(r"\b(?:xa|phuong|thi tran|dac khu) (?!hoi\b)[a-z][a-z ]*")
_BEFORE: Final = re.compile(r"\(\s*(?:truoc (?:khi )?(?:sap nhap|hop nhat)|cu|truoc day)\b")
_CITY_IN_TITLE: Final = re.compile(r"(?<![-\u2013]\s)\bhải phòng\b")
_ROAD: Final = re.compile(r"(?:cao tốc|quốc lộ|đường sắt|công ty|tập đoàn|cảng)[^,;.:]{0,40}$")
_FIRST_DAY: Final = "2025-07"
_TYPED_COMMUNE: Final = re.compile(
    rf"\b(?:xã|phường|thị trấn|đặc khu|X\.|P\.|TT\.)\s+((?:[{CAPITALS}][^\W\d_]*\s?){{1,4}})"
)
_TYPE_WORDS: Final = {
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
    "thi_xa": "thị xã",
    "huyen": "huyện",
    "quan": "quận",
}


@dataclass(frozen=True)
class DocumentArea:
    """``area`` and ``province`` of a ``Document``."""

    area: str = ""
    province: str = ""


def find_area(
    letterhead: Letterhead, issuer: str, title: str, dated: str, blocks: Sequence[Block]
) -> DocumentArea:
    """Return the unit that a document speaks for; empty where nothing tells it.

    The issuer's own, unless the title names a district of it; without an issuer the one that the
    title names; without either the one whose places the text mostly speaks of. A board's report is
    the board's, never the city's.
    """
    named = _find_in_title(title, dated)
    if letterhead.area or letterhead.issuer:
        own = _find_of_unit(letterhead.area, letterhead.issuer)
        if letterhead.board:
            return DocumentArea(letterhead.issuer, own.province)
        return named if _narrows(named, own, title) else own
    if issuer.endswith("Hải Phòng"):
        own = DocumentArea(CITY)
        return named if _narrows(named, own, title) else own
    if named.area or named.province:
        return named
    return _find_in_text(blocks, dated)


def _narrows(named: DocumentArea, own: DocumentArea, title: str) -> bool:
    """Return True if a title speaks of a district, or of the time before, of the issuer's unit.

    A district that only says where a project lies does not.
    """
    if own.province or named.province or not named.area:
        return False
    if named.area.startswith((CITY, "tỉnh ")):
        return "trước" in named.area
    behind = re.escape(fold_text(named.area))
    return bool(re.search(rf"\b(?:cua|dia ban|ubnd|hdnd) {behind}", fold_text(title)))


def _find_of_unit(unit: str, issuer: str) -> DocumentArea:
    if unit.startswith(
        ("Bộ ", "Chính phủ", "Thủ tướng", "Văn phòng Chính", "Quốc hội", "Tổng cục")
    ):
        return DocumentArea(unit, unit if unit.startswith(("Bộ ", "Tổng cục")) else "Chính phủ")
    mention = next(iter(find_provinces(unit)), None)
    if mention is not None and mention.foreign:
        return DocumentArea(unit, mention.province)
    if mention is None and not unit:
        return DocumentArea(issuer)
    return DocumentArea(unit)


def _find_in_title(title: str, dated: str) -> DocumentArea:
    folded = fold_text(title)
    ministry = _find_ministry(folded)
    if ministry:
        return DocumentArea(ministry, ministry)
    mentions = [m for m in find_provinces(title, title=True) if m.within]
    district = next((m for m in mentions if m.kind == "district"), None)
    if district is not None:
        area = f"{_TYPE_WORDS[district.type or 'huyen']} {district.name}"
        return DocumentArea(area, district.province if district.foreign else "")
    city, former = OWN_PROVINCES
    if _names_city(title) or any(m.name == city for m in mentions):
        before = f" {BEFORE_MERGER}" if _BEFORE.search(folded) else ""
        return DocumentArea(CITY + before)
    if any(m.name == former and (m.type or dated < _FIRST_DAY) for m in mentions):
        return DocumentArea(f"tỉnh {former}")
    foreign = next((m for m in mentions if m.foreign), None)
    if foreign is not None:
        return _make_foreign(foreign.province)
    commune = _TITLE_COMMUNE.search(folded)
    return DocumentArea(find_unit(commune[0]) if commune else "")


def _find_ministry(folded: str) -> str:
    """Return the ministry whose works a title tells of; the country for those of all provinces."""
    if _NATIONAL.search(folded):
        return COUNTRY
    ministry = _BY_MINISTRY.search(folded)
    names = (name for key, name in MINISTRIES.items() if ministry and ministry[1].startswith(key))
    return max(names, key=len, default="")


def _names_city(title: str) -> bool:
    """Return True if a title speaks of the city, not of a road or company that bears its name."""
    low = title.lower()
    return any(not _ROAD.search(low[: match.start()]) for match in _CITY_IN_TITLE.finditer(low))


def _make_foreign(name: str) -> DocumentArea:
    kinds = {province.name: province.kind for province in load_provinces().provinces}
    return DocumentArea(f"{_TYPE_WORDS[kinds[name]]} {name}", name)


def _find_in_text(blocks: Sequence[Block], dated: str) -> DocumentArea:
    """Return the unit whose places a text mostly speaks of, if it names more than one."""
    texts = list(_cut_lead(blocks))
    mentions = [m for text in texts for m in find_provinces(text)]
    own = Counter(m.province for m in mentions if not m.foreign)
    foreign = Counter(m.province for m in mentions if m.foreign and m.within)
    if foreign.total() >= _FEWEST and own.total() < foreign.total():
        name, count = foreign.most_common(1)[0]
        if count * 2 < foreign.total():
            return DocumentArea(COUNTRY, COUNTRY)
        return _make_foreign(name)
    city, former = OWN_PROVINCES
    if foreign.total() > own.total():
        return DocumentArea()
    if not own:
        own = _count_communes(texts)
    if not own:
        return DocumentArea()
    today = dated >= _FIRST_DAY
    return DocumentArea(CITY if today or own[city] >= own[former] else f"tỉnh {former}")


def _count_communes(texts: Iterable[str]) -> Counter[str]:
    """Return how many of the communes that a text names with their type word lay where.

    Nothing where fewer than two, or fewer than most, are known: then they lie elsewhere.
    """
    found: Counter[str] = Counter()
    total = 0
    for text in texts:
        for match in _TYPED_COMMUNE.finditer(text):
            words = match[1].split()
            keys = (" ".join(words[:length]) for length in range(len(words), 0, -1))
            total += 1
            found.update([next((p for p in map(_load_communes().get, keys) if p), "")])
    known = total - found.pop("", 0)
    return found if known >= _FEWEST and known * 2 > total else Counter()


@cache
def _load_communes() -> dict[str, str]:
    """Return the former province of every commune of the city, of any time, by its name."""
    gazetteer = load_gazetteer()
    names = {u.name: u.province for u in gazetteer.unit_by_id.values() if u.level == "commune"}
    return names | {c.short_name: c.former_province for c in gazetteer.commune_by_code.values()}


def _cut_lead(blocks: Sequence[Block]) -> Iterable[str]:
    left = _LONGEST_LEAD
    for block in blocks:
        text = block.text if isinstance(block, Paragraph) else ""
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return
