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
from reports.statements.lexing.phrases import CAPITALS, PhraseBook, load_grammar, load_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import SubjectKind
    from reports.narrative.zone_names import ZoneName

_MARKS: Final = frozenset(',;:()[]“”"')
_ABBREVIATED: Final = frozenset({"TP", "Tp", "QL", "P", "X", "H"})
_CLOSING: Final = frozenset({"mở", "rộng", "kéo", "dài", "cũ"})
_BESIDE: Final = re.compile(
    r"(?:^|\s)(?:qua|tới|đến|với|nối|giữa|ra|gần|cạnh|dọc|vượt|tại|ở|thuộc|trong|trên|giáp|về)\s"
    r"(?:\S+\s){0,2}$"
)
_NUMBERED: Final = re.compile(r"(?:lộ|tỉnh|số|đai|QL|TL|ĐT|huyện)\s$", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[;:]|,\s(?:còn|riêng|và)|\.\s")
_WORD: Final = re.compile(r"[^\s,;:()\[\]“”\"]+|[,;:()\[\]“”\"]")
_DASH: Final = frozenset({"-", "–", "—"})
_PHASE: Final = re.compile(
    r"[\s,]*\(?(?P<phase>(?:giai đoạn|GĐ)\s?(?:[IVX]+|\d)\b|\(?khu [A-Z]\b)\)?", re.IGNORECASE
)
_CODE: Final = re.compile(r"(?:[A-ZĐ]{0,4}\d{1,3}[A-ZĐ]?|[IVX]{1,4})")
_LONGEST: Final = 30
"""Words of a name at most."""
_SHORTEST_COMMON: Final = 4
"""Words from which a project's name without a proper noun in it is one."""
_ALSO_LIST: Final = re.compile(rf"(?:\s*[,;]\s*|\s+và\s+)(?=[{CAPITALS}])")


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
    return tuple(_mark_beside(text, mentions))


def _mark_beside(text: str, mentions: list[NameMention]) -> Iterator[NameMention]:
    """Yield the mentions, those marked that a small word ties to a name before them."""
    previous: NameMention | None = None
    for mention in mentions:
        beside = False
        if previous is not None and not mention.listed:
            between = text[previous.end : mention.start]
            beside = _BESIDE.search(between.lower()) is not None and not _CLAUSE.search(between)
        yield replace(mention, beside=True) if beside else mention
        previous = mention if not beside else previous


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
        end = _find_project_end(text, after)
        name = text[after:end].strip(" -–")
        if not plural and _is_name(name):
            yield _make_project(text, start, after, end, zones)
        return
    end = _find_proper_end(text, after, kind)
    if end <= after:
        return
    yield _make_mention(text, kind, start, end, listed=plural)
    while plural:
        more = _ALSO_LIST.match(text, end)
        if not more or _starts_other(text, more.end()):
            return
        begin = more.end()
        end = _find_proper_end(text, begin, kind)
        if end <= begin:
            return
        yield _make_mention(text, kind, begin, end, listed=True)


def _starts_other(text: str, start: int) -> bool:
    """Return True if what stands there is a place, a body or another typed name."""
    words = text[start : start + 30]
    return bool(
        re.match(
            r"(?:UBND|Sở|Ban|Công ty|Bộ|TP|P\.|X\.|H\.|Tổng|Khu|Cụm|Dự án|Quyết|Nghị)\b", words
        )
    )


def _is_plural(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start].rstrip()
    last = re.search(r"(?:^|\s)([^\s]+(?:\s[^\s]+)?)$", before)
    words = last[1].lower() if last else before.lower()
    plain = words.split()[-1:] if words else []
    plural: list[str] = load_grammar("names")["generic"]["plural"]
    counted = bool(plain) and bool(re.fullmatch(r"\d[\d./]*", plain[0]))
    worded = bool(plain) and plain[0] in {"hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
    return counted or worded or words in plural or (bool(plain) and plain[0] in plural)


def _is_name(name: str) -> bool:
    """Return True if words after "dự án" name one: a proper noun among them, or enough words."""
    words = name.split()
    function = load_grammar("names")["inner"]["function"]
    if not words or words[0].lower() in {*function, "đó", "khác", "nào"}:
        return False
    proper = any(word[:1].isupper() or _CODE.fullmatch(word) for word in words)
    if proper:
        return len(words) > 1
    common = next(_load_common().find(name), None)
    return len(words) >= _SHORTEST_COMMON and (common is None or common.start > 0)


def _find_project_end(text: str, start: int) -> int:
    """Return where a project's name ends: at a mark, a verb, a number with its unit."""
    stop = len(text)
    for match in load_phrases("names", "ends").find(text, start):
        if text[match.start].islower() and text[start : match.start].rstrip()[-4:] != " nhà":
            stop = match.start
            break
    end = start
    for count, word in enumerate(_WORD.finditer(text, start, stop)):
        piece = word[0]
        if piece in ',;:()[]“”"' or count > _LONGEST:
            break
        if _is_figure(text, word.start(), word.end()):
            break
        end = word.end()
        if piece.endswith(".") and not re.fullmatch(r"(?:TP|Tp|QL|P|X|H|T)\.", piece):
            end -= 1
            break
    return end


def _is_figure(text: str, start: int, end: int) -> bool:
    """Return True for a number that is a value and no part of a name ("296,8 ha")."""
    if not text[start].isdigit():
        return False
    tail = text[end : end + 12]
    return bool(
        re.match(r"[.,]\d|\s?(?:ha|tỷ|tỉ|triệu|km|m2|m²|m|hộ|căn|%|năm|tháng|dự án)\b|\s?%", tail)
        or re.match(r"\d+(?:[.,]\d+)?(?:ha|m2|km|m|%)", text[start : end + 3])
    )


def find_short_zones(text: str, kind: SubjectKind) -> Iterator[NameMention]:
    """Yield what "khu" or "cụm" alone names in a text on parks or clusters ("cụm Quyết Tiến")."""
    word = "cụm" if kind == "cluster" else "khu"
    for match in re.finditer(rf"(?<!\w){word}\s(?:phụ trợ\s|làng nghề\s)?(?=[{CAPITALS}])", text):
        end = _find_proper_end(text, match.end(), kind)
        if end > match.end():
            yield _make_mention(text, kind, match.start(), end, listed=False)


def _find_proper_end(text: str, start: int, kind: SubjectKind) -> int:
    """Return where a proper name ends; ``start`` where there is none."""
    end, common, proper = start, 0, 0
    for count, word in enumerate(_WORD.finditer(text, start)):
        piece = word[0].rstrip(".")
        if not piece or word[0] in _MARKS or count > _LONGEST:
            break
        if piece in _DASH:
            common += 1
        elif piece[:1].isupper() or _CODE.fullmatch(piece):
            bare = piece[:1].isdigit() and not proper and not _NUMBERED.search(text[: word.start()])
            if bare or _is_figure(text, word.start(), word.end()):
                break
            end, common, proper = word.start() + len(piece), 0, proper + 1
            if word[0].endswith(".") and piece not in _ABBREVIATED:
                break
        elif common < _RUN[kind] and _may_stand_inside(piece.lower(), kind, proper):
            common += 1
            if proper and _closes_name(text, word.start(), piece.lower(), kind, proper):
                end = word.end()
        else:
            break
    return end if proper else start


def _may_stand_inside(word: str, kind: SubjectKind, proper: int) -> bool:
    """Return True if a small word may be part of a proper name."""
    inner = load_grammar("names")["inner"]
    if word in inner["function"]:
        return False
    return word in inner["words"] or kind == "works" or (kind == "housing" and not proper)


def _closes_name(text: str, start: int, word: str, kind: SubjectKind, proper: int) -> bool:
    """Return True if a small word after a proper one is the end of the name ("mở rộng")."""
    if word in _CLOSING:
        return True
    return kind == "works" and proper == 1 and not _is_end(text, start)


def _is_end(text: str, start: int) -> bool:
    """Return True if a phrase that ends names begins there."""
    return any(
        match.start == start
        for match in load_phrases("names", "ends").find(text, start, start + 20)
    )


_RUN: Final[dict[str, int]] = {
    "housing": 5, "works": 4, "project": 8, "park": 2, "cluster": 2,
}  # fmt: skip
"""Small words in a row that a proper name may hold."""


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
