"""The names of parks, clusters and economic zones in a sentence, those nobody knows too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.narrative.zone_words import read_zone_name
from reports.narrative.zones import find_free_trade_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.narrative.zone_words import ReadName
    from reports.narrative.zones import ZoneNameKind

_TYPE: Final = re.compile(
    r"\b(?:(?P<park>(?:khu cong nghiep(?: nghiep)?|khu cn|kcn|khu che xuat|kcx|khu phi thue quan)"
    r"(?:,? (?:va )?(?:khu )?phi thue quan)?)"
    r"|(?P<cluster>cum cong nghiep(?: nghiep)?|cum cn|ccn)"
    r"|(?P<zone>khu kinh te|kkt|khu thuong mai tu do|ktmtd|ftz)"
    r"|(?P<bare>khu|cum))\b(?:\s*\((?:kcn|ccn|kkt|ktmtd|tmtd|ftz)\))?\s*"
)
_FREE_TRADE: Final = re.compile(r"khu thuong mai tu do|ktmtd|ftz")
_OF_THE_CITY: Final = re.compile(r"(?:cua )?(?:thanh pho |tp\.? ?)?(?:hai phong|hp)")
_MANY: Final = re.compile(
    r"\b(?:(?P<number>\d{1,2})|cac|nhung|mot so|nhieu|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+"
    r"(?:du an\s+)?(?:ha tang\s+)?(?:ky thuat\s+)?$"
)
_IN_WORDS: Final = {
    "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_GENERIC: Final = (
    r"(?:[\s,-]|va\b|co phan\b|cp\b|tnhh\b|mtv\b|mot thanh vien\b|trach nhiem huu han\b|dau tu\b"
    r"|phat trien\b|xay dung\b|kinh doanh\b|ket cau\b|ha tang\b|dich vu\b|thuong mai\b|quan ly\b"
    r"|khai thac\b|tap doan\b|lien doanh\b|cac\b|du an\b|khu kinh te\b|khu cong nghiep\b|kcn\b"
    r"|cum cong nghiep\b)*"
)
_BODY: Final = re.compile(
    r"\b(?:cong ty|tong cong ty|ban quan ly|ban qlda|ban ql|hiep hoi|chi cuc|hai quan|cong doan"
    r"|dang uy|dang bo)\b" + _GENERIC + "$"
)
"""What makes a zone's name the name of a company or a board: only general words between them."""
_REACH: Final = 90
_COLON: Final = re.compile(r"[^.;:()]{0,140}?:\s*")
_LIST_BEHIND: Final = re.compile(r"(?:\s(?:đều\s)?(?:tại|ở|thuộc)\s[^.;:()]{2,80})?:\s")
"""What makes "3 cụm" a list of clusters: names behind a colon, no other noun between."""
_ITEM_NUMBER: Final = re.compile(r"\s*(?:\(?\d{1,2}\)|[-+•]|\(?[a-zđ]\))\s*")
_BRACKET: Final = re.compile(r"\s*\([^()]{1,120}\)")
_SIZE: Final = re.compile(
    r"\s*(?:,\s*|\s)(?:có |với )?(?:tổng )?(?:diện tích|quy mô|rộng)(?: nghiên cứu| quy hoạch)?"
    r"(?: là)?(?: khoảng| hơn| gần| trên)?\s+[\d.,]+(?:\s*[-–]\s*[\d.,]+)?\s*"
    r"(?:ha|hecta|m2|m²)(?!\w)"
)
"""The size of one of a list, told before the next ("A diện tích 60 ha, B diện tích 75 ha")."""
_SUCH_AS: Final = re.compile(
    r"(?:(?:lớn|mới|trọng điểm|hiện có|đã có|khác|sau)\s+)*(?:như|gồm|bao gồm|là)\s*:?\s+"
)
_OF_PLACE: Final = re.compile(r"\s+(?:của|thuộc)\s[^;,.:()]{2,60}?(?=\s*[;,.()]|\s+và\s|$)")
_AT_PLACE: Final = re.compile(r"\s+(?:tại|ở|trên địa bàn)\s[^;.:()]{2,90}?(?=\s*[;.()]|$)")
_SEPARATOR: Final = re.compile(r"\s*(?:;\s*(?:và\s+)?|,\s*(?:và\s+)?|\s(?:và|cùng|hoặc)\s+|/\s*)")
_BOUNDARY: Final = re.compile(r"\s*(?:[,;.:()/–-]|$|và\s|của\s|thuộc\s|tại\s|ở\s)")
_MOST: Final = 40


@dataclass(frozen=True)
class ZoneName:
    """A park, cluster or economic zone that a text names, with where it stands.

    ``text[start:end]`` is the name with the type words directly before it and the phase behind
    it. ``name`` is as written after the type words ("Tràng Duệ 3", "Trấn Dương - Hòa Bình (khu
    A)"), empty where the type words are the whole name ("Khu thương mại tự do"). ``zone`` is the
    id of the gazetteer's zone of just that name and kind, empty for an unknown one.
    """

    start: int
    end: int
    kind: ZoneNameKind
    name: str
    phase: str = ""
    zone: str = ""


def find_zone_names(text: str) -> tuple[ZoneName, ...]:
    """Return the parks, clusters and zones that a sentence names after (or before) a type word.

    ``text`` is in NFC. A list after one type word is read through ("các KCN A; B và C"), and one
    that ends in it ("A; B là 2 khu công nghiệp …").
    """
    folded = fold_text(text)
    if len(folded) != len(text):
        return ()
    found: dict[tuple[int, str], ZoneName] = {}
    last_kind: ZoneNameKind | None = None
    behind = 0
    for typed in _TYPE.finditer(folded):
        kind = _find_kind(text, typed, last_kind)
        if kind is None or typed.start() < behind:
            continue
        last_kind = kind
        if _BODY.search(folded, max(0, typed.start() - _REACH), typed.start()):
            continue
        many = _MANY.search(folded, max(0, typed.start() - _REACH), typed.start())
        names = list(_read_names(text, folded, typed, kind, _count_named(many)))
        if not names and many and typed["bare"] is None:
            names = list(_read_names_before(text, folded, many, kind))
        for name in names:
            found.setdefault((name.start, name.name), name)
            behind = max(behind, name.end)
    return tuple(sorted(found.values(), key=lambda name: name.start))


def _find_kind(
    text: str, typed: re.Match[str], last_kind: ZoneNameKind | None
) -> ZoneNameKind | None:
    """Return the kind that a type word says; "khu" and "cụm" alone only where a list follows."""
    if typed["bare"] is None:
        return "park" if typed["park"] else "cluster" if typed["cluster"] else "zone"
    word = text[typed.start("bare") : typed.end("bare")].lower()
    many = _MANY.search(fold_text(text[max(0, typed.start() - _REACH) : typed.start()]))
    if many is None:
        return None
    if word == "cụm" and many["number"] and _LIST_BEHIND.match(text, typed.end("bare")):
        return "cluster"
    if word == "khu" and last_kind in {"park", "zone"}:
        return last_kind
    return "cluster" if word == "cụm" and last_kind == "cluster" else None


def _count_named(many: re.Match[str] | None) -> int:
    """Return how many names a list may have: 1 without a word that says it is one."""
    if many is None:
        return 1
    if many["number"]:
        return int(many["number"])
    return _IN_WORDS.get(many[0].split()[0], _MOST)


def _read_names(
    text: str, folded: str, typed: re.Match[str], kind: ZoneNameKind, most: int
) -> Iterator[ZoneName]:
    """Yield the names after a type word."""
    first = read_zone_name(text, folded, typed.end(), kind)
    start = typed.start()
    if first is None and most > 1:
        first = _read_first_of_list(text, folded, typed.end(), kind)
        if first is None:
            return
        start = first.start
    free_trade = kind == "zone" and _FREE_TRADE.match(typed[0]) is not None
    if first is None:
        if free_trade and not _names_many(folded, typed.start()):
            end = typed.start() + len(typed[0].rstrip())
            yield ZoneName(typed.start(), end, kind, "", zone=find_free_trade_zone())
        return
    if kind == "zone":
        first = _tell_free_trade(first, free_trade=free_trade)
        if first is None:
            return
    if ":" in text[typed.end() : first.start]:
        start = first.start  # "3 cụm: …": the type word is of them all
    yield from _make_names(first, start, kind)
    yield from _read_rest(text, folded, first.end, kind, most)


def _read_first_of_list(
    text: str, folded: str, position: int, kind: ZoneNameKind
) -> ReadName | None:
    """Return the first name of a list that other words lead to ("các KCN lớn như A, B")."""
    such_as = _SUCH_AS.match(text, position)
    first = such_as and read_zone_name(text, folded, such_as.end(), kind, listed=True)
    if first:
        return first
    colon = _COLON.match(text, position)
    if colon is None:
        return None
    begin = _skip_number(text, colon.end())
    first = read_zone_name(text, folded, begin, kind, listed=True)
    return first if first and _BOUNDARY.match(text, first.end) else None


def _tell_free_trade(read: ReadName, *, free_trade: bool) -> ReadName | None:
    """Return a zone's name with the zone it can mean: a free trade zone is no economic zone."""
    if _OF_THE_CITY.fullmatch(fold_text(read.name)):
        return replace(read, zone=find_free_trade_zone()) if free_trade else None
    fits = (read.zone == find_free_trade_zone()) == free_trade
    return read if fits else replace(read, zone="")


def _names_many(folded: str, start: int) -> bool:
    return re.search(r"\b(?:cac|mot so|nhung|mo hinh) $", folded[:start]) is not None


def _read_rest(
    text: str, folded: str, position: int, kind: ZoneNameKind, most: int
) -> Iterator[ZoneName]:
    """Yield the further names of a list that stand behind its first."""
    names: list[ReadName] = []
    closed = False
    """Whether "và" joined the last one: then commas before it part names, not places."""
    was_typed = False
    sized: list[bool] = []
    """Whether each name up to here has its size behind it: an address has none."""
    while len(names) < (most - 1 if most > 1 else _MOST):
        size = _SIZE.match(text, position)
        bracket = _BRACKET.match(text, size.end() if size else position)
        sized.append(size is not None or (bracket is not None and " ha" in bracket[0]))
        position = bracket.end() if bracket else size.end() if size else position
        place = _OF_PLACE.match(text, position)
        at = None if place else _AT_PLACE.match(text, position)
        after = place.end() if place else at.end() if at else position
        separator = _SEPARATOR.match(text, after)
        if separator is None or (at and ";" not in separator[0]):
            break
        if most == 1 and (place or at or ";" in separator[0]):
            break
        begin = _skip_number(text, separator.end())
        typed = _TYPE.match(folded, begin)
        if typed and (most == 1 or typed[kind] is None):
            break
        if was_typed and not typed and begin == separator.end() and ";" not in separator[0]:
            break  # "các khu: KCN A, B": B may be where A lies
        was_typed = typed is not None
        name = read_zone_name(
            text, folded, typed.end() if typed else begin, kind, listed=typed is None
        )
        if name is None:
            break
        names.append(replace(name, start=begin))
        closed = any(word in separator[0].split() for word in ("và", "cùng", "hoặc"))
        position = name.end
        if closed and most == 1:
            break
    if most == 1 and not closed and not all(sized[: len(names) + 1]):
        return  # "cụm công nghiệp Giang Biên, Vĩnh Bảo": what follows says where it lies
    for name in names:
        yield from _make_names(name, name.start, kind)


def _read_names_before(
    text: str, folded: str, many: re.Match[str], kind: ZoneNameKind
) -> Iterator[ZoneName]:
    """Yield the names of a list that its type word follows ("A; B là 2 khu công nghiệp")."""
    count = _count_named(many)
    link = re.search(r"\s*(?:,|\blà)\s+$", text[: many.start()])
    if count == _MOST or link is None:
        return
    clause = max(
        (sign.end() for sign in re.finditer(r"(?:[.:(]|\b[Cc]ả|\brằng)\s+", text[: link.start()])),
        default=0,
    )
    names: list[ReadName] = []
    position = clause
    while name := read_zone_name(text, folded, position, kind, listed=True):
        names.append(name)
        separator = _SEPARATOR.match(text, name.end)
        if name.end >= link.start() or separator is None:
            break
        position = separator.end()
    if len(names) == count and names[-1].end == link.start():
        for name in names:
            yield from _make_names(name, name.start, kind)


def _make_names(read: ReadName, start: int, kind: ZoneNameKind) -> Iterator[ZoneName]:
    for one in (read, *read.others):
        yield ZoneName(start, read.end, kind, one.name, one.phase, one.zone)


def _skip_number(text: str, position: int) -> int:
    number = _ITEM_NUMBER.match(text, position)
    return number.end() if number else position
