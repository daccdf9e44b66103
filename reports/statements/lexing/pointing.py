"""Words that point back to what was named before: "dự án này", "hai cầu trên"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.statements.lexing.phrases import PhraseBook, load_grammar

if TYPE_CHECKING:
    from reports.statements.subjects import Subject

_REACH: Final = 24
_MANY: Final = re.compile(
    r"(?<!\w)(?:(?:các|những|toàn bộ|tất cả|cả|cả các|tất cả các)|(?P<count>hai|ba|bốn|năm|sáu"
    r"|bảy|tám|chín|\d{1,2}))(?:\s(?P<more>hai|ba|bốn|năm|sáu|bảy|tám|chín|\d{1,2}))?\s$",
    re.IGNORECASE,
)
_COUNTS: Final = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_GOES_ON: Final = re.compile(
    r"\s*(?:[,;:.)]|$)|\s(?:phải|cần|đã|đang|được|chưa|có|sẽ|còn|đều|vẫn|bị|là|dự kiến|khởi công"
    r"|hoàn thành|theo|vào|trong|trước|để|và|do|với|chậm|không|gặp|cũng|nằm|thuộc|tại|dài|rộng)\s",
    re.IGNORECASE,
)
"""What follows "dự án trên" where it is no "dự án trên địa bàn"."""
_FITS: Final = {
    "bridge": re.compile(r"\bcau\b"),
    "road": re.compile(r"\b(?:duong|tuyen|cao toc|quoc lo|ql|truc|nut giao)\b"),
    "area": re.compile(r"\b(?:khu|kcn|kkt|ktmtd)\b"),
    "cluster": re.compile(r"\b(?:cum|ccn)\b"),
}
_KINDS: Final = {"area": frozenset({"park", "zone"}), "cluster": frozenset({"cluster"})}


@dataclass(frozen=True)
class Pointing:
    """Words that stand for what was named before: "cầu này", "hai dự án trên"."""

    key: str
    start: int
    plural: bool
    count: int = 0

    def fits(self, subject: Subject) -> bool:
        """Return True if the words may stand for a subject."""
        sign = _FITS.get(self.key)
        kinds = _KINDS.get(self.key, frozenset())
        return sign is None or subject.kind in kinds or bool(sign.search(fold_text(subject.name)))


@cache
def _load_pointing() -> PhraseBook:
    grammar = load_grammar("names")
    words = grammar["generic"]["pointing"]
    return PhraseBook(
        (key, f"{thing} {word}")
        for key, things in grammar["pointed"].items()
        for thing in things
        for word in words
    )


def find_pointing(text: str) -> list[Pointing]:
    """Return the words of a sentence that stand for what was named before, in order."""
    found = []
    for match in _load_pointing().find(text):
        if text[: match.end].endswith("trên") and not _GOES_ON.match(text, match.end):
            continue
        many = _MANY.search(text, max(0, match.start - _REACH), match.start)
        words = (many["more"] or many["count"] or "").lower() if many else ""
        count = int(words) if words.isdigit() else _COUNTS.get(words, 0)
        begin = many.start() if many else match.start
        found.append(Pointing(match.key, begin, many is not None and count != 1, count))
    return found
