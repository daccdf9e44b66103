"""Where a name ends: a project's at a verb or a figure, a proper one with its own words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import CAPITALS, PhraseBook, load_grammar, load_phrases

if TYPE_CHECKING:
    from reports.model.statement import SubjectKind

_MARKS: Final = frozenset(',;:()[]“”"')
_ABBREVIATED: Final = frozenset({"TP", "Tp", "QL", "P", "X", "H"})
_CLOSING: Final = frozenset({"mở", "kéo", "cũ"})
_CLOSING_BEHIND: Final = {"rộng": "mở ", "dài": "kéo "}
"""Words that close a name behind another one: a bridge's "dài 1,3 km" is none of it."""
_NUMBERED: Final = re.compile(r"(?:lộ|tỉnh|số|đai|QL|TL|ĐT|huyện)\s$", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s,;:()\[\]“”\"]+|[,;:()\[\]“”\"]")
_DASH: Final = frozenset({"-", "–", "—"})
_LONGEST: Final = 30
"""Words of a name at most."""
_AND: Final = re.compile(rf"\svà\s(?=[{CAPITALS}])")
_AND_PROJECT: Final = re.compile(rf"\svà\s(?=(?i:dự án)\s[^,;:.()]{{0,60}}?[{CAPITALS}])")
_TYPE_REACH: Final = 24
_INSIDE: Final = (" nhà", " mặt", " quyền")
"""Words that make another word of one that ends names: "nhà ở", "quyền sử dụng"."""
_OF_TIME: Final = re.compile(r"(?<!\w)(?:quý|tháng|tuần|ngày|năm)\s$", re.IGNORECASE)
"""What makes a time of a number behind it, no name: "nhà ở xã hội quý II"."""
_TIME: Final = re.compile(r"(?:Quý|Tháng|Năm|Ngày)\s(?:[IVX]+|\d)")
_PLACED: Final = re.compile(
    r"\s(?:tại|ở|trên địa bàn)\s(?:phường|xã|đặc khu|thị trấn|đảo|thôn|khu phố)"
    rf"(?:\s[{CAPITALS}]\w*)+"
)
CODE: Final = re.compile(r"(?:[A-ZĐ]{0,4}\d{1,3}[A-ZĐ]?|[IVX]{1,4}|\d{1,2}[-–]\d{1,2})")
"""A word of digits or Roman numerals that is part of a name ("QL10", "II", "7-12")."""
_RUN: Final[dict[str, int]] = {
    "housing": 5, "works": 4, "project": 8, "park": 2, "cluster": 2,
}  # fmt: skip
"""Small words in a row that a proper name may hold."""


def find_project_end(text: str, start: int) -> int:
    """Return where a project's name ends: at a mark, a verb, a number with its unit."""
    stop = len(text)
    for match in load_phrases("names", "ends").find(text, start):
        inside = text[start : match.start].rstrip().endswith(_INSIDE)
        if text[match.start].islower() and not inside:
            stop = match.start
            break
    stop = _find_second(text, start, stop)
    end = start
    for count, word in enumerate(_WORD.finditer(text, start, stop)):
        piece = word[0]
        if piece == "," and _joins_works(text, start, word.start()):
            continue
        if piece in ',;:()[]“”"' or count > _LONGEST:
            break
        if _is_figure(text, word.start(), word.end()):
            break
        end = word.end()
        if piece.endswith(".") and not re.fullmatch(r"(?:TP|Tp|QL|P|X|H|T)\.", piece):
            end -= 1
            break
    return end


def find_placed_end(text: str, start: int, end: int) -> int:
    """Return where a project's name ends with its place, where nothing else tells it from others.

    "Dự án nhà ở thương mại tại phường A" and "… tại phường B" are two.
    """
    words = text[start:end].split()
    if any(word[:1].isupper() or CODE.fullmatch(word) for word in words[1:]):
        return end
    place = _PLACED.match(text, end)
    return place.end() if place else end


def _find_second(text: str, start: int, stop: int) -> int:
    """Return where a second thing of the same type begins ("Tổ hợp A và Tổ hợp B"), else ``stop``.

    A project with a name is always another one ("Dự án cầu A và dự án đường B"). Two types in one
    name are parts of one project ("Tuyến đường A và Cầu B").
    """
    project = _AND_PROJECT.search(text, start, stop)
    stop = project.start() if project else stop
    for joint in _AND.finditer(text, start, stop):
        second = text[joint.end() : joint.end() + _TYPE_REACH].lower()
        first = text[start : joint.start()].lower()
        words = second.split()[:2]
        if len(words) == 2 and f" {' '.join(words)} " in f" {first} ":  # noqa: PLR2004 - a type word
            return joint.start()
    return stop


@cache
def _load_works() -> PhraseBook:
    works: list[str] = load_grammar("names")["inner"]["works"]
    return PhraseBook(("works", phrase) for phrase in works)


def _joins_works(text: str, start: int, comma: int) -> bool:
    """Return True for a comma between two things that a project does ("tu bổ, tôn tạo …")."""
    before = [match.end for match in _load_works().find(text, start, comma)]
    after = next(_load_works().find(text, comma, comma + 24), None)
    return bool(before and before[-1] == comma and after and after.start == comma + 2)


def _is_figure(text: str, start: int, end: int) -> bool:
    """Return True for a number that is a value and no part of a name ("296,8 ha")."""
    if not text[start].isdigit():
        return False
    tail = text[end : end + 12]
    return bool(
        re.match(r"[.,]\d|\s?(?:ha|tỷ|tỉ|triệu|km|m2|m²|m|hộ|căn|%|năm|tháng|dự án)\b|\s?%", tail)
        or re.match(r"\d+(?:[.,]\d+)?(?:ha|m2|km|m|%)", text[start : end + 3])
    )


def _is_time(text: str, word: re.Match[str]) -> bool:
    """Return True for a word of a time: "nhà ở xã hội quý II", "cảng Quý I/2026"."""
    numbered = CODE.fullmatch(word[0].rstrip(".")) and _OF_TIME.search(text[: word.start()])
    return bool(numbered or _TIME.match(text, word.start()))


def find_proper_end(text: str, start: int, kind: SubjectKind) -> int:
    """Return where a proper name ends; ``start`` where there is none."""
    end, common, proper = start, 0, 0
    for count, word in enumerate(_WORD.finditer(text, start)):
        piece = word[0].rstrip(".")
        if not piece or word[0] in _MARKS or count > _LONGEST:
            break
        if piece in _DASH:
            common += 1
        elif piece[:1].isupper() or CODE.fullmatch(piece):
            bare = piece[:1].isdigit() and not proper and not _NUMBERED.search(text[: word.start()])
            if bare or _is_figure(text, word.start(), word.end()) or _is_time(text, word):
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
    if word in _CLOSING_BEHIND:
        return text[:start].endswith(_CLOSING_BEHIND[word])
    return kind == "works" and proper == 1 and not _is_end(text, start)


def _is_end(text: str, start: int) -> bool:
    """Return True if a phrase that ends names begins there."""
    return any(
        match.start == start
        for match in load_phrases("names", "ends").find(text, start, start + 20)
    )
