"""Bodies in a sentence: offices, boards, companies, committees, by the words they begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.phrases import PhraseBook, load_grammar, load_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = re.compile(r"[^\s,;:()\[\]“”\"]+|[,;:()\[\]“”\"]")
_LONGEST: Final = 24
_LIST_COMMA: Final = re.compile(r",\s+(?=[A-ZÀ-ỸĐ][^\s]*\s?(?:,|và\s))")
_AREA_BOARD: Final = re.compile(
    r"ban (?:quản lý dự án|qlda)(?: các| một số)? khu vực\s+", re.IGNORECASE
)


@dataclass(frozen=True)
class BodyMention:
    """A body where it stands; ``named`` is False for "chủ đầu tư" and such."""

    name: str
    start: int
    end: int
    named: bool = True


@cache
def _load_starts() -> PhraseBook:
    starts: dict[str, list[str]] = load_grammar("names")["bodies"]
    return PhraseBook((key, phrase) for key in ("starts", "unnamed") for phrase in starts[key])


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
    if not text[start].isupper() and text[start:after].lower() in {
        "ban",
        "bộ",
        "sở",
        "cục",
        "viện",
    }:
        return
    before = re.search(r"([^\s]+)\s$", text[:start])
    if before and before[1][:1].isupper() and before[1][-1:].isalpha() and text[start].isupper():
        return  # part of a name ("Bùi Viện")
    end = _find_end(text, after)
    if text[after:end].strip().lower() in {"này", "trên", "đó"}:
        return
    if end > after or " " in text[start:after]:
        yield BodyMention(text[start:end].strip(" -–."), start, end)


def _read_area_boards(text: str, start: int, after: int) -> Iterator[BodyMention]:
    """Yield the boards of a list of areas: "ban quản lý dự án các khu vực An Lão (53%), …"."""
    name = re.compile(r"[A-ZÀ-ỸĐ][^\s,;:()]*(?:\s[A-ZÀ-ỸĐ][^\s,;:()]*){0,3}")
    joined = re.compile(r"\s*(?:\([^()]{0,40}\))?\s*(?:[,;]|và)\s+(?=[A-ZÀ-ỸĐ])")
    position, first = after, True
    while True:
        match = name.match(text, position)
        if not match or re.match(r"(?:UBND|Sở|Ban|Công|Phó|Chủ)\b", match[0]):
            return
        label = "Ban Quản lý dự án khu vực " + match[0].rstrip(".")
        yield BodyMention(label, start if first else match.start(), match.end())
        more = joined.match(text, match.end())
        plural = re.search(r"\scác\s", text[start:after].lower()) is not None
        if not more or not plural:
            return
        position, first = more.end(), False


def _find_end(text: str, start: int) -> int:
    """Return where a body's name ends: at a mark, a verb, another body."""
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
    for count, word in enumerate(_WORD.finditer(text, start, stop)):
        piece = word[0]
        if (
            piece == ","
            and _LIST_COMMA.match(text, word.start())
            and "Sở" in text[start - 4 : start]
        ):
            continue
        if piece in ',;:()[]“”"' or count > _LONGEST or (piece[:1].isdigit() and count):
            break
        end = word.end()
        if piece.endswith(".") and not re.fullmatch(r"(?:TP|Tp|P|X|H|T|CP)\.", piece):
            end -= 1
            break
    words = text[start:end].rstrip()
    for tail in (" và", " cùng", " hay", " với"):
        words = words.removesuffix(tail)
    return start + len(words)


def _is_joined(text: str, start: int, position: int) -> bool:
    """Return True if a body that begins there is another one and no part of the name."""
    before = text[start:position].rstrip().lower()
    return before.endswith(("và", ",", "cùng", "phối hợp", "với", "giao", "đề nghị"))
