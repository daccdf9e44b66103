"""Bodies in a sentence: offices, boards, companies, committees, by the words they begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.text import normalise_spelling
from reports.statements.lexing.phrases import CAPITALS, PhraseBook, load_grammar, load_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 28
"""Words of a body's name at most."""
_PROPER: Final = re.compile(
    rf"(?:[a-z]{{1,2}}-|(?:đường|cầu|sông|hồ)\s)?[{CAPITALS}][^\s,;:()\[\]“”\"…]*"
)
_NUMBER: Final = re.compile(r"\d{1,3}(?![\w,.%]|\s?(?:ha|hộ|tỷ|km|dự án))")
_DASH: Final = re.compile(rf"[-–&](?=\s[{CAPITALS}])")
_ABBREVIATED: Final = re.compile(r"(?:TP|Tp|P|X|H|T|CP|ĐK|TT|TX|Q)\.")
_JOINED_FIELDS: Final = re.compile(r"Sở|Bộ|Cục|Ban|Chi cục|Viện", re.IGNORECASE)
_CASED: Final = frozenset({"ban", "bộ", "sở", "cục", "viện", "bql"})
"""Starts that are common words where they are written small."""
_POINTERS: Final = frozenset({"này", "trên", "đó", "ngành"})
_AREA_BOARD: Final = re.compile(
    r"(?:ban (?:quản lý dự án|qlda)|bql(?: da| dự án)?)(?: đầu tư xây dựng)?(?: các| một số)?"
    r" (?:khu vực|kv)(?: là| như| gồm)?:?\s+",
    re.IGNORECASE,
)
_AREA: Final = re.compile(rf"[{CAPITALS}][^\s,;:()]*(?:\s[{CAPITALS}][^\s,;:()]*){{0,3}}")
_NEXT_AREA: Final = re.compile(rf"\s*(?:\([^()]{{0,40}}\))?\s*(?:[,;]|và)\s+(?=[{CAPITALS}])")
_OTHER_START: Final = re.compile(
    r"(?:UBND|Ủy|Uỷ|Sở|Ban|BQL|Công|Cty|CTCP|Phó|Chủ|Bộ|Trung|Tổng|Hội|HĐND|Cục|Chi|Tập|Văn)\b"
)
_UNIT: Final = r"(?:xã|phường|đặc khu|thị trấn|X\.|P\.|ĐK\.|TT\.|huyện|quận|thị xã|H\.|Q\.|TX\.)"
_COMMITTEE: Final = re.compile(
    rf"(?P<body>UBND|HĐND|Đảng ủy|[UỦ][yỷỶ] ban nhân dân|Ủy ban nhân dân|Hội đồng nhân dân)\s"
    rf"(?P<many>(?:các|hai|ba|bốn|\d{{1,2}})\s)?(?P<unit>{_UNIT})"
    rf"(?:,\s{_UNIT})*(?:\s(?:và\s)?{_UNIT})?\s?:?\s?(?=[{CAPITALS}])"
)
_NEXT_UNIT: Final = re.compile(
    rf"\s*(?:,|và|cùng|;)\s+(?:(?P<body>UBND|HĐND)\s)?(?P<unit>(?:(?:các|hai|ba)\s)?{_UNIT}\s)?"
    rf"(?=[{CAPITALS}])"
)
_LOCAL: Final = re.compile(r"(?:các\s|hai\s|ba\s)?(?:xã|phường|đặc khu|thị trấn|X\.|P\.|ĐK\.|TT\.)")


@dataclass(frozen=True)
class BodyMention:
    """A body where it stands; ``named`` is False for "chủ đầu tư" and such.

    ``place`` is where the words of its commune begin ("xã Kiến Hải" in "UBND xã Kiến Hải"), -1
    where it has none.
    """

    name: str
    start: int
    end: int
    named: bool = True
    place: int = -1


@cache
def _load_starts() -> PhraseBook:
    starts: dict[str, list[str]] = load_grammar("names")["bodies"]
    return PhraseBook((key, phrase) for key in ("starts", "unnamed") for phrase in starts[key])


@cache
def _load_capital() -> re.Pattern[str]:
    """Return the words that may stand inside a name where they begin with a capital."""
    words: list[str] = load_grammar("names")["body_words"]["capital"]
    joined = "|".join(re.escape(normalise_spelling(word)) for word in words)
    return re.compile(rf"(?:{joined})(?=[\s,;:().]|$)")


@cache
def _load_inner() -> re.Pattern[str]:
    """Return the words that may stand inside a name, the longest first."""
    words: list[str] = load_grammar("names")["body_words"]["inner"]
    phrases = sorted(map(normalise_spelling, words), key=len, reverse=True)
    joined = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?:{joined})(?=[\s,;:().]|$)", re.IGNORECASE)


def find_bodies(text: str) -> tuple[BodyMention, ...]:
    """Return the bodies that a sentence names, in order, none inside another."""
    bodies: list[BodyMention] = []
    reach = 0
    for match in _load_starts().find(text):
        if match.start < reach:
            continue
        for body in _read_bodies(text, match.key, match.start, match.end):
            bodies.append(body)
            reach = body.end
    return tuple(bodies)


def _read_bodies(text: str, key: str, start: int, after: int) -> Iterator[BodyMention]:
    if key == "unnamed":
        yield BodyMention(text[start:after], start, after, named=False)
        return
    board = _AREA_BOARD.match(text, start)
    if board:
        yield from _read_area_boards(text, start, board.end())
        return
    committee = _COMMITTEE.match(text, start)
    if committee:
        yield from _read_committees(text, committee)
        return
    if text[start].islower() and text[start:after].lower() in _CASED:
        return
    if _is_part(text, start, after):
        return
    end = _find_end(text, after)
    if text[after:end].strip().lower() in _POINTERS:
        return
    bare: list[str] = load_grammar("names")["body_words"]["alone"]
    if end > after or normalise_spelling(text[start:after]).lower() in bare:
        yield BodyMention(text[start:end].strip(" -–."), start, end)


def _is_part(text: str, start: int, after: int) -> bool:
    """Return True for a part of a title or a name ("Phó Chủ tịch Thường trực", "Bùi Viện")."""
    before = text[:start].rstrip().rpartition(" ")[2]
    words = text[start:after]
    title = before.lower() == "tịch" and words.lower() == "thường trực"
    return title or (words == "Viện" and before[:1].isupper())


def _read_area_boards(text: str, start: int, after: int) -> Iterator[BodyMention]:
    """Yield the boards of a list of areas: "ban quản lý dự án các khu vực An Lão (53%), …"."""
    position, first = after, True
    plural = re.search(r"\scác\s", text[start:after].lower()) is not None
    while True:
        match = _AREA.match(text, position)
        if not match or _OTHER_START.match(match[0]):
            return
        label = "Ban Quản lý dự án khu vực " + match[0].rstrip(".")
        yield BodyMention(label, start if first else match.start(), match.end())
        more = _NEXT_AREA.match(text, match.end())
        if not more or not plural:
            return
        position, first = more.end(), False


def _read_committees(text: str, match: re.Match[str]) -> Iterator[BodyMention]:
    """Yield the committees of a list of communes: "UBND các xã Mao Điền, Kẻ Sặt"."""
    kind, unit, many = match["body"], match["unit"], bool(match["many"])
    start, position, place = match.start(), match.end(), match.start("unit")
    if match["many"]:
        place = match.start("many")
    while True:
        name = _AREA.match(text, position)
        if not name or _OTHER_START.match(name[0]):
            return
        local = _LOCAL.match(unit) is not None
        label = f"{kind} {unit} {name[0].rstrip('.')}"
        yield BodyMention(label, start, name.end(), place=place if local else -1)
        more = _NEXT_UNIT.match(text, name.end())
        if not more or not (many or more["unit"]):
            return
        if more["unit"]:
            unit = re.sub(r"^(?:các|hai|ba)\s", "", more["unit"]).strip()
            many = many or more["unit"] != f"{unit} "
        start = place = more.start("unit") if more["unit"] else more.end()
        if more["body"]:
            start = more.start("body")
        position = more.end()


def _find_end(text: str, start: int) -> int:
    """Return where a body's name ends: before a word that no body's name holds."""
    stop = len(text)
    for match in load_phrases("names", "bodies").find(text, start):
        starts_next = match.key == "starts" and text[match.start].isupper()
        if match.key == "ends" and text[match.start].islower():
            stop = match.start
            break
        if (starts_next or match.key == "unnamed") and _is_joined(text, start, match.start):
            stop = match.start
            break
    end = start
    for _ in range(_LONGEST):
        gap = re.match(r"\s*", text[end:stop])
        position = end + (gap.end() if gap else 0)
        word = _read_word(text, start, position, stop)
        if word <= position:
            break
        end = word
        if text[end - 1] == "." and not _ABBREVIATED.fullmatch(text[position:end]):
            end -= 1
            break
    words = text[start:end].rstrip()
    for tail in (" và", " -", " –", " các", " số", " nhà", " phía", " khu vực"):
        words = words.removesuffix(tail)
    return start + len(words)


def _read_word(text: str, start: int, position: int, stop: int) -> int:
    """Return where the next word of a name ends; ``position`` where the name ends before it."""
    inner = _load_inner()
    found = inner.match(text, position, stop) or _load_capital().match(text, position, stop)
    if found:
        return found.end()
    proper = _PROPER.match(text, position, stop) or _DASH.match(text, position, stop)
    if proper:
        return proper.end()
    number = _NUMBER.match(text, position, stop)
    if number and (position - start <= 2 or text[start:position].rstrip().endswith("số")):  # noqa: PLR2004
        return number.end()
    joint = re.compile(r"(?:và|,)\s(?=\S)").match(text, position, stop)
    if joint and (text[position] != "," or _goes_on(text, start, joint.end(), stop)):
        follows = inner.match(text, joint.end(), stop) or _PROPER.match(text, joint.end(), stop)
        if follows and not _OTHER_START.match(text, joint.end()):
            return follows.end()
    return position


def _goes_on(text: str, start: int, position: int, stop: int) -> bool:
    """Return True for a comma inside an office's fields ("Sở Văn hóa, Thể thao và Du lịch")."""
    office = _JOINED_FIELDS.match(text, max(0, start - 3)) or _JOINED_FIELDS.match(
        text, max(0, start - 2)
    )
    field = _load_inner().match(text, position, stop)
    return bool(office and field and text[position].isupper())


def _is_joined(text: str, start: int, position: int) -> bool:
    """Return True if a body that begins there is another one and no part of the name."""
    before = text[start:position].rstrip().lower()
    return before.endswith(("và", ",", "cùng", "phối hợp", "với", "giao", "đề nghị"))
