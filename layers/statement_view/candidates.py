"""The words of a sentence that a statement was made of, or that are left over: its candidates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from layers.statement_view.alignment import fold_letters
from layers.statement_view.time_words import find_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reports.model.statement import Statement, UnreadSentence

CandidateKind = Literal["value", "time", "body", "place", "subject", "other"]
CandidateFate = Literal["read", "asked", "left", "nothing"]

CANDIDATE_FATES: Final[tuple[CandidateFate, ...]] = ("read", "asked", "left", "nothing")

_NUMBER: Final = re.compile(r"(?<![\w.,/])\d[\d.,/]*(?:\s?%)?(?<![.,/])(?!\w)")
_ORDINAL: Final = re.compile(r"\s*(?:\(?\d{1,3}(?:\.\d{1,3})*\s*[.)]|[-+*•])\s")
_COMMUNE: Final = re.compile(r"^(?:xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """A run of a text that means something: where it stands, what it is, what became of it.

    ``statement`` is the number of the statement that uses it, -1 for what none uses.
    """

    start: int
    end: int
    kind: CandidateKind
    fate: CandidateFate
    statement: int = -1


def find_statement_candidates(
    statement: Statement, number: int, communes: Mapping[str, str]
) -> Iterator[Candidate]:
    """Yield where the parts of a statement stand in its sentence; what is carried over is not.

    ``communes`` are the names of today's communes by their codes.
    """
    sentence = statement.sentence
    fate: CandidateFate = "asked" if statement.status == "ask" else "read"

    def mark(kind: CandidateKind, spans: Iterator[tuple[int, int]]) -> Iterator[Candidate]:
        return (Candidate(start, end, kind, fate, number) for start, end in spans)

    yield from mark("subject", _find(sentence, statement.subject))
    names = [communes.get(code, "") for code in statement.communes]
    for name in (*names, statement.province):
        spans = list(_find(sentence, name)) or list(_find(sentence, _COMMUNE.sub("", name)))
        yield from mark("place", iter(spans))
    for body in statement.bodies:
        yield from mark("body", _find(sentence, body))
    yield from mark("time", find_time(sentence, statement.when))
    if 0 <= statement.start < statement.end <= len(sentence):
        yield Candidate(statement.start, statement.end, "value", fate, number)
    else:
        yield from mark("value", _find(sentence, statement.stated))


def find_left_over(unread: UnreadSentence) -> Iterator[Candidate]:
    """Yield where what is left over of a sentence stands in it."""
    seen: dict[str, int] = {}
    folded = fold_letters(unread.sentence)
    for words in unread.left_over:
        if words == unread.sentence:
            continue
        span = folded.find(fold_letters(words), seen.get(words, 0))
        if span is not None:
            seen[words] = span[1]
            yield Candidate(*span, "other", "left")


def list_left_over(unread: UnreadSentence) -> list[str]:
    """Return the parts of a sentence that are left over; not the whole of it, which is no part."""
    return [words for words in dict.fromkeys(unread.left_over) if words != unread.sentence]


def find_idle_numbers(text: str) -> Iterator[Candidate]:
    """Yield the numbers of a text, but for the one that numbers it in a list."""
    ordinal = _ORDINAL.match(text)
    for match in _NUMBER.finditer(text, ordinal.end() if ordinal else 0):
        yield Candidate(*match.span(), "value", "nothing")


def _find(sentence: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where some words stand in a sentence, the first time."""
    span = fold_letters(sentence).find(fold_letters(words)) if words.strip() else None
    if span is not None:
        yield span
