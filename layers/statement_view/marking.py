"""The words of lines in runs, each candidate of their sentences marked by what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layers.statement_view.alignment import fold_letters
from layers.statement_view.candidates import (
    Candidate,
    find_idle_numbers,
    find_left_over,
    find_statement_candidates,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layers.statement_view.sentences import SentenceLayout, SentenceLine
    from reports.model.document import SourcePlace

_STRENGTH: Final = {"subject": 0, "place": 1, "body": 2, "other": 3, "time": 4, "value": 5}
"""Of two candidates of the same words the stronger is marked."""


@dataclass(frozen=True)
class MarkedRun:
    """A run of a line's words; ``candidate`` is what they are, ``None`` for nothing in them."""

    text: str
    candidate: Candidate | None = None


def mark_lines(
    layout: SentenceLayout,
    lines: Sequence[SentenceLine],
    communes: Mapping[str, str],
    *,
    only: int | None = None,
) -> list[tuple[MarkedRun, ...]]:
    """Return for each line its words in runs, the candidates of its sentences marked.

    Of two that overlap the shorter is marked, for it lies within the other. ``communes`` are
    names by code. ``only`` is the number of the one statement whose candidates are wanted.
    """
    found: dict[int, list[Candidate]] = {}
    for sentence, place, candidates in _iterate_sentences(layout, lines, communes, only):
        for line, candidate in _locate(sentence, candidates, layout.find_lines(place)):
            found.setdefault(line, []).append(candidate)
    return [
        _cut_runs(line.text, _choose_owners(layout, line, found, idle=only is None))
        for line in lines
    ]


def _iterate_sentences(
    layout: SentenceLayout,
    lines: Sequence[SentenceLine],
    communes: Mapping[str, str],
    only: int | None,
) -> Iterator[tuple[str, SourcePlace, list[Candidate]]]:
    """Yield the sentences of some lines with their candidates."""
    reading = layout.reading
    said = dict.fromkeys(number for line in lines for number in line.statements)
    for number in said if only is None else (only,):
        statement = reading.statements[number]
        candidates = list(find_statement_candidates(statement, number, communes))
        yield statement.sentence, statement.place, candidates
    left = dict.fromkeys(number for line in lines for number in line.unread)
    for number in left if only is None else ():
        unread = reading.unread[number]
        yield unread.sentence, unread.place, list(find_left_over(unread))


def _locate(
    sentence: str, candidates: Iterable[Candidate], lines: Sequence[SentenceLine]
) -> Iterator[tuple[int, Candidate]]:
    """Yield the candidates of a sentence as they stand in the lines that it goes over.

    Where the sentence is not found as a whole, each candidate is looked for by itself.
    """
    there, own = fold_letters("\n".join(line.text for line in lines)), fold_letters(sentence)
    span = there.find(own)
    first = there.count_before(span[0]) if span else 0
    for candidate in candidates:
        if span is None:
            words = fold_letters(sentence[candidate.start : candidate.end])
            placed = there.find(words)
        else:
            start, end = own.count_before(candidate.start), own.count_before(candidate.end)
            placed = (
                (there.positions[first + start], there.positions[first + end - 1] + 1)
                if start < end
                else None
            )
        if placed is not None:
            yield from _spread(candidate, placed, lines)


def _spread(
    candidate: Candidate, placed: tuple[int, int], lines: Sequence[SentenceLine]
) -> Iterator[tuple[int, Candidate]]:
    """Yield a candidate for each of the lines that its words stand in."""
    offset = 0
    for line in lines:
        begin = max(placed[0] - offset, 0)
        stop = min(placed[1] - offset, len(line.text))
        if begin < stop:
            yield line.place.line_from, replace(candidate, start=begin, end=stop)
        offset += len(line.text) + 1


def _choose_owners(
    layout: SentenceLayout,
    line: SentenceLine,
    found: Mapping[int, Sequence[Candidate]],
    *,
    idle: bool,
) -> list[Candidate | None]:
    """Return for each character of a line the candidate that it is shown as part of."""
    owners: list[Candidate | None] = [None] * len(line.text)
    taken = [False] * len(line.text)
    candidates = sorted(
        found.get(line.place.line_from, ()),
        key=lambda one: (one.start - one.end, _STRENGTH[one.kind], one.fate == "asked"),
    )
    for one in candidates:
        owners[one.start : one.end] = [one] * (one.end - one.start)
        taken[one.start : one.end] = [True] * (one.end - one.start)
    if not idle:
        return owners
    folded = fold_letters(line.text)
    for words in layout.used.get(line.place.line_from, ()):
        span = folded.find(fold_letters(words))
        if span is not None:
            taken[span[0] : span[1]] = [True] * (span[1] - span[0])
    for one in find_idle_numbers(line.text):
        if not any(taken[one.start : one.end]):
            owners[one.start : one.end] = [one] * (one.end - one.start)
    return owners


def _cut_runs(text: str, owners: Sequence[Candidate | None]) -> tuple[MarkedRun, ...]:
    """Return a text in runs, each of one candidate or of none."""
    runs, begin = [], 0
    for position in range(1, len(text) + 1):
        if position == len(text) or owners[position] is not owners[begin]:
            runs.append(MarkedRun(text[begin:position], owners[begin]))
            begin = position
    return tuple(runs)
