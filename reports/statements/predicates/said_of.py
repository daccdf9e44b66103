"""What a verb is said of: one subject, or every one of a list ("A; B; C đều khởi công …")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.statements.subjects import Subject, choose_subject, make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.names import NameMention
    from reports.statements.lexing.places import PlaceMention
    from reports.statements.subjects import SubjectMemory

ITEMS: Final = frozenset({"project", "park", "cluster", "zone", "housing"})
"""Kinds of subjects that are built, established, owned."""
_ALL_OF_THEM: Final = re.compile(
    r"(?<!\w)(?:các|những|toàn bộ|cả (?:hai|ba|bốn|năm|sáu|\d+))\s(?:\w+\s){0,3}?(?:này|trên|nói trên|đó)"
    r"(?!\w)",
    re.IGNORECASE,
)
_LIST_JOINT: Final = re.compile(
    r"^(?:\s(?:của|ở|tại|thuộc)\s[^,;:.]{2,40}?)?(?:\s?\([^()]*\))?\s*"
    r"(?:[,;](?:\s(?:và|cùng))?|và|cùng|hay)\s"
    r"(?:(?:cả|các|hai|ba|dự án|hạ tầng|đường|tuyến|cụm|khu)\s){0,2}$"
)
_PLACE_PART: Final = re.compile(r"\s?[,;]\s?|\s(?:và|cùng)\s")
_TYPE_WORD: Final = re.compile(
    r"^(?:(?:một phần|các|hai|ba)\s)?(?P<type>xã|phường|đặc khu|thị trấn|P\.|X\.|TT\.|ĐK\.)\s?",
    re.IGNORECASE,
)


def find_said_of(
    lexed: LexedSentence, start: int, end: int, memory: SubjectMemory
) -> list[Subject]:
    """Return the subjects of what stands at ``start``: a list's, or the one that is nearest."""
    begin, stop = lexed.find_clause(start)
    named = [name for name in lexed.names if not name.beside]
    if not any(begin <= n.start < stop for n in named) and len(memory.group) > 1:
        if _ALL_OF_THEM.search(lexed.text[begin:stop]):
            return list(memory.group)
    runs = list(_find_runs(lexed.text, named))
    before = [run for run in runs if begin <= run[-1].start and run[-1].end <= start]
    if before and len(before[-1]) > 1 and not _is_cut_off(lexed.text[before[-1][-1].end : start]):
        return [make_subject(name) for name in before[-1]]
    if not before:
        after = [run for run in runs if end <= run[0].start < stop and len(run) > 1]
        if after and not _is_turned(lexed.text[end : after[0][0].start]):
            return [make_subject(name) for name in after[0]]
    subject = choose_subject(lexed, start, end, memory)
    return [subject] if subject is not None else []


def _is_cut_off(between: str) -> bool:
    """Return True if something else is spoken of between a list and a verb."""
    return re.search(r",\s(?:riêng|còn|trong đó)\s|\sdo\s", between) is not None


def _is_turned(between: str) -> bool:
    """Return True if what follows a verb is of another one ("…, gồm các đường A, B")."""
    return re.search(r"[,;]\s(?:gồm|bao gồm|riêng|còn)\s|\.\s", between) is not None


def _find_runs(text: str, names: Sequence[NameMention]) -> Iterator[list[NameMention]]:
    """Yield the names in runs: those of one list together."""
    run: list[NameMention] = []
    for name in names:
        if run and not (
            name.kind == run[-1].kind and _LIST_JOINT.match(text[run[-1].end : name.start])
        ):
            yield run
            run = []
        run.append(name)
    if run:
        yield run


def split_communes(place: PlaceMention) -> list[Subject]:
    """Return the communes of a group as subjects, each under its own name where that is clear."""
    words: list[str] = []
    kind = ""
    for part in _PLACE_PART.split(re.sub(r"\([^()]*\)", "", place.words)):
        typed = _TYPE_WORD.match(part)
        kind = typed["type"] if typed else kind
        name = part[typed.end() :] if typed else part
        if not re.match(r"(?:thành phố|TP\.?|huyện|quận|thị xã|tỉnh|H\.|Q\.)\s", name):
            words.append(f"{kind.lower() if len(kind) > 3 else kind} {name}".strip())  # noqa: PLR2004
    if len(words) == len(place.codes):
        return [
            Subject("commune", name, communes=(code,), start=place.start)
            for name, code in zip(words, place.codes, strict=True)
        ]
    return [
        Subject("commune", place.words, communes=(code,), start=place.start)
        for code in place.codes
    ]
