"""What of a sentence nothing used: its numbers, times, bodies, communes, its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.grammar.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence

_NUMBER: Final = re.compile(r"\d+(?:[.,/:-]\d+)*")
_COMMA: Final = re.compile(r"\s*(?:[,;:()]+|(?<=\w)\.\s|\s[-–—]\s)\s*(?!\d)")
_SHORTEST_CLAUSE: Final = 3
"""Words from which a clause without anything used is named."""
_LIST_MARK: Final = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]")


def find_left_over(
    lexed: LexedSentence, statements: Sequence[Statement]
) -> tuple[tuple[str, ...], tuple[float | str, ...]]:
    """Return the pieces of a sentence that no statement uses, as they stand, in order.

    Beside them the numbers that they are, money in million. A piece is a number, a time, a body,
    communes, or a clause without any word of a statement.
    """
    text = lexed.sentence.text
    said, used = _Cover(len(text)), _Cover(len(text))
    for statement in statements:
        said.add(statement.start, statement.end)
        if statement.field != "planned_work":
            used.add(statement.start, statement.end)
    for name in lexed.names:
        used.add(name.start, name.end)
    pieces: list[tuple[int, int]] = []
    values: list[float | str] = []
    mark = _LIST_MARK.match(text)
    first = mark.end() if mark else 0
    for start, end, numbers in _list_pieces(lexed, first):
        if used.is_free(start, end):
            used.add(start, end)
            pieces.append((start, end))
            values.extend(numbers)
    clauses = [span for span in _list_clauses(text, first) if said.is_free(*span)]
    spans = dict.fromkeys(sorted([*pieces, *clauses]))
    return tuple(text[start:end] for start, end in spans), tuple(values)


class _Cover:
    """Which letters of a text are taken."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def add(self, start: int, end: int) -> None:
        """Take the letters from ``start`` to ``end``."""
        self._taken[start:end] = b"\1" * len(self._taken[start:end])

    def is_free(self, start: int, end: int) -> bool:
        """Return True if none of the letters is taken."""
        return 1 not in self._taken[start:end]


def _list_pieces(
    lexed: LexedSentence, first: int
) -> Iterator[tuple[int, int, tuple[float | str, ...]]]:
    """Yield what was recognised in a sentence, then every other number of it."""
    yield from _list_tokens(lexed)
    for match in _NUMBER.finditer(lexed.sentence.text, first):
        yield (*match.span(), tuple(map(float, read_number(match[0], ".").values)))


def _list_clauses(text: str, first: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence between its commas, semicolons, colons and brackets."""
    begin = first
    for match in [*_COMMA.finditer(text, first), None]:
        end = match.start() if match else len(text)
        words = text[begin:end].strip()
        if len(words.split()) >= _SHORTEST_CLAUSE:
            start = begin + text[begin:end].index(words)
            yield start, start + len(words)
        begin = match.end() if match else end


def _list_tokens(lexed: LexedSentence) -> Iterator[tuple[int, int, tuple[float | str, ...]]]:
    for quantity in lexed.quantities:
        numbers = (quantity.value, quantity.low, quantity.total, *quantity.readings)
        yield quantity.start, quantity.end, tuple(n for n in numbers if n is not None)
    for time in lexed.times:
        yield time.start, time.end, (float(time.months) if time.months else time.value,)
    for body in lexed.bodies:
        if body.named:
            yield body.start, body.end, ()
    for place in lexed.places:
        yield place.start, place.end, ()
