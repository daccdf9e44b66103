"""Names of projects, works, housing, parks, clusters and zones in a sentence.

A name begins with a type word ("Dự án", "cầu", "KCN") and goes on over its own words; where a
project's name holds a park's ("hạ tầng KCN Vinh Quang"), the park is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.narrative.zone_names import find_zone_names
from reports.statements.lexing.name_ends import (
    CODE,
    find_placed_end,
    find_project_end,
    find_proper_end,
)
from reports.statements.lexing.phrases import CAPITALS, PhraseBook, load_grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import SubjectKind
    from reports.narrative.zone_names import ZoneName

_BESIDE: Final = re.compile(
    r"(?:^|\s)(?:qua|tới|đến|với|nối|giữa|ra|gần|cạnh|dọc|vượt|tại|ở|thuộc|trong|trên|giáp|về"
    r"|phục vụ|cho|nhường đất làm|trùng|song với)\s(?:\S+\s){0,2}$"
)
_ADDRESS: Final = re.compile(r"\s?(?:\([^()]*\))?,\s?")
_CLAUSE: Final = re.compile(r"[;:]|,\s(?:còn|riêng|và)|\.\s")
_PHASE: Final = re.compile(
    r"[\s,]*\(?(?P<phase>(?:giai đoạn|GĐ)\s?(?:[IVX]+|\d)\b|\(?khu [A-Z]\b)\)?", re.IGNORECASE
)
_SHORTEST_COMMON: Final = 4
"""Words from which a project's name without a proper noun in it is one."""
_COLON: Final = re.compile(r"\s?(?:sau(?: đây)?)?\s?:\s*")
_ALSO_LIST: Final = re.compile(rf"(?:\s*[,;]\s*|\s+và\s+)(?=[{CAPITALS}]|\d{{1,2}}[-–]\d{{1,2}}\s)")
_NUMBERS: Final = re.compile(r"\d{1,2}[-–]\d{1,2}(?=\s)")
"""Several of what is numbered: "các bến cảng số 7-8, 9-12"."""


@dataclass(frozen=True)
class NameMention:
    """A named thing where it stands: ``name`` without what follows it, ``phase`` apart.

    ``item`` is the id of a zone of the gazetteer, ``candidates`` the zones it may be.
    """

    kind: SubjectKind
    name: str
    start: int
    end: int
    item: str = ""
    phase: str = ""
    candidates: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    listed: bool = False
    """True for one of several names that share their type word."""
    beside: bool = False
    """True for one that only tells where another lies or leads."""


@cache
def _load_types() -> PhraseBook:
    types: dict[str, list[str]] = load_grammar("names")["types"]
    return PhraseBook((kind, phrase) for kind, phrases in types.items() for phrase in phrases)


@cache
def _load_common() -> PhraseBook:
    common: list[str] = load_grammar("names")["generic"]["common"]
    return PhraseBook(("common", phrase) for phrase in common)


def find_names(text: str) -> tuple[NameMention, ...]:
    """Return the named things of a sentence in order, none inside another.

    One that only tells where another lies or leads ("tuyến nối … qua KCN …") has ``beside`` set.
    """
    folded = fold_text(text)
    if len(folded) != len(text):
        return ()
    zones = [_make_zone(zone, text) for zone in find_zone_names(text)]
    mentions: list[NameMention] = []
    reach = 0
    for match in _load_types().find(text):
        if match.start < reach or not _begins_name(text, match.start):
            continue
        kind: SubjectKind = match.key  # type: ignore[assignment]
        if any(zone.start <= match.start < zone.end for zone in zones):
            continue
        for mention in _read_names(text, kind, match.start, match.end, zones):
            mentions.append(mention)
            reach = mention.end
    spans = [(mention.start, mention.end) for mention in mentions]
    mentions += [z for z in zones if not any(s < z.end and z.start < e for s, e in spans)]
    mentions.sort(key=lambda mention: mention.start)
    return mark_beside(text, mentions)


def mark_beside(text: str, mentions: Sequence[NameMention]) -> tuple[NameMention, ...]:
    """Return the mentions, those marked that only tell where the one before them lies or leads.

    A small word ties them to it ("cầu … vượt sông", "chung cư tại Khu dân cư …"), or they follow a
    name as its address ("NƠXH Tràng Cát, Khu kinh tế Đình Vũ - Cát Hải").
    """
    marked: list[NameMention] = []
    previous: NameMention | None = None
    for mention in mentions:
        beside = False
        if previous is not None and not mention.listed:
            between = text[previous.end : mention.start]
            tied = _BESIDE.search(between.lower()) is not None and not _CLAUSE.search(between)
            address = mention.kind == "zone" and _ADDRESS.fullmatch(between) is not None
            beside = tied or (address and previous.kind != "zone")
        beside = beside or _leads(text, mention)
        marked.append(replace(mention, beside=beside))
        previous = mention if not beside else previous
    return tuple(marked)


def _leads(text: str, mention: NameMention) -> bool:
    """Return True for the ends of a way: "các tuyến kết nối từ sân bay A đến cảng B"."""
    return " đến " in mention.name and text[: mention.start].lower().endswith(" từ ")


def _begins_name(text: str, start: int) -> bool:
    """Return False for a type word that is part of another word ("yêu cầu", "xã Đường An")."""
    before = text[:start].rstrip()
    last = re.search(r"(\S+)$", before)
    if not last:
        return True
    word = last[1]
    if word.lower() in load_grammar("names")["generic"]["part_of"]:
        return False
    return not (text[start].isupper() and word[:1].isupper() and word[-1].isalnum())


def _read_names(
    text: str, kind: SubjectKind, start: int, after: int, zones: list[NameMention]
) -> Iterator[NameMention]:
    """Yield the name after a type word, or the several names of a list ("các cầu A; B; C")."""
    plural = _is_plural(text, start)
    if kind == "project":
        end = find_project_end(text, after)
        name = text[after:end].strip(" -–")
        if not plural and _is_name(name):
            end = find_placed_end(text, after, end)
            yield _make_project(text, start, after, end, zones)
        return
    colon = _COLON.match(text, after) if plural else None
    begin = colon.end() if colon else after
    end = find_proper_end(text, begin, kind)
    if end <= begin:
        return
    first = _make_mention(text, kind, begin if colon else start, end, listed=plural)
    typed = text[start:after].strip()
    yield replace(first, name=f"{typed} {first.name}") if colon else first
    while plural:
        more = _ALSO_LIST.match(text, end)
        if not more or _starts_other(text, more.end()):
            return
        begin = more.end()
        numbers = _NUMBERS.match(text, begin)
        end = numbers.end() if numbers else find_proper_end(text, begin, kind)
        if end <= begin:
            return
        mention = _make_mention(text, kind, begin, end, listed=True)
        yield replace(mention, name=f"{typed} {mention.name}")


def _starts_other(text: str, start: int) -> bool:
    """Return True if what stands there is a place, a body or another typed name."""
    words = text[start : start + 30]
    return bool(
        re.match(
            r"(?:UBND|Sở|Ban|Công ty|Bộ|TP|TDP|KP|P\.|X\.|H\.|Tổng|Khu|Cụm|Dự án|Quyết|Nghị"
            r"|Xã|Phường|Thôn|Tổ|Đặc khu|Thị trấn|Huyện|Quận)\b",
            words,
        )
    )


def _is_plural(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start].rstrip()
    last = re.search(r"(?:^|\s)([^\s]+(?:\s[^\s]+)?)$", before)
    words = last[1].lower() if last else before.lower()
    plain = words.split()[-1:] if words else []
    plural: list[str] = load_grammar("names")["generic"]["plural"]
    counted = bool(plain) and bool(re.fullmatch(r"\d{1,4}(?:\.\d{3})*(?:/\d+)?", plain[0]))
    worded = bool(plain) and plain[0] in {"hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
    return counted or worded or words in plural or (bool(plain) and plain[0] in plural)


def _is_name(name: str) -> bool:
    """Return True if words after "dự án" name one: a proper noun among them, or enough words."""
    words = name.split()
    function = load_grammar("names")["inner"]["function"]
    if not words or words[0].lower() in {*function, "đó", "khác", "nào"}:
        return False
    proper = any(word[:1].isupper() or CODE.fullmatch(word) for word in words)
    if proper:
        return len(words) > 1
    common = next(_load_common().find(name), None)
    return len(words) >= _SHORTEST_COMMON and (common is None or common.start > 0)


def find_short_zones(text: str, kind: SubjectKind) -> Iterator[NameMention]:
    """Yield what "khu" or "cụm" alone names in a text on parks or clusters ("cụm Quyết Tiến")."""
    word = "cụm" if kind == "cluster" else "khu"
    for match in re.finditer(
        rf"(?<!\w)(?<!đặc\s){word}\s(?:phụ trợ\s|làng nghề\s)?(?=[{CAPITALS}])", text
    ):
        end = find_proper_end(text, match.end(), kind)
        if end > match.end():
            yield _make_mention(text, kind, match.start(), end, listed=False)


def _make_mention(
    text: str, kind: SubjectKind, start: int, end: int, *, listed: bool
) -> NameMention:
    phase = _PHASE.match(text, end)
    whole = text[start:end].strip(" -–.")
    words = phase["phase"].strip("( ") if phase else ""
    reach = phase.end() if phase else end
    return NameMention(kind, whole, start, reach, phase=words, listed=listed)


def _make_zone(zone: ZoneName, text: str) -> NameMention:
    """Return a park, cluster or zone with its type word, in a list of names too."""
    name = text[zone.start : zone.end]
    if zone.phase:
        name = name.replace(zone.phase, "").strip(" ,()-–")
        name += ")" * (name.count("(") - name.count(")"))
    listed = name.strip() == zone.name
    return NameMention(
        zone.kind, name, zone.start, zone.end, item=zone.zone, phase=zone.phase, listed=listed
    )


def _make_project(
    text: str, start: int, after: int, end: int, zones: list[NameMention]
) -> NameMention:
    """Return a project, or the park whose infrastructure it builds."""
    for zone in zones:
        inside = after <= zone.start <= end
        if inside and zone.kind != "zone" and _builds_park(text[after : zone.start]):
            return replace(zone, start=start, end=max(end, zone.end), listed=False)
    name = text[start:end].strip(" -–.")
    phase = _PHASE.match(text, end)
    words = phase["phase"].strip("( ") if phase else ""
    kind: SubjectKind = "housing" if _is_housing(name) else "project"
    return NameMention(kind, name, start, phase.end() if phase else end, phase=words)


def _is_housing(name: str) -> bool:
    return any(match.key == "housing" for match in _load_types().find(name))


def _builds_park(before: str) -> bool:
    """Return True if the words between "dự án" and the park say that it is the park's own works."""
    folded = fold_text(before).strip()
    return not folded or bool(re.search(r"(?:ha tang|kinh doanh|xay dung)(?: ky thuat)?$", folded))
