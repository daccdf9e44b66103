"""What of a sentence nothing used: its numbers, times, bodies, communes, its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence

_NUMBER: Final = re.compile(r"\d+(?:[.,/:-]\d+)*")
_LIST_MARK: Final = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]")


def find_left_over(lexed: LexedSentence, statements: Sequence[Statement]) -> tuple[str, ...]:
    """Return the pieces of a sentence that no statement uses, as they stand, in order."""
    text = lexed.sentence.text
    used = [(s.start, s.end) for s in statements]
    used += [(name.start, name.end) for name in lexed.names]
    pieces: list[tuple[int, int]] = []
    for start, end in _list_tokens(lexed):
        if not _overlaps(start, end, used) and not _overlaps(start, end, pieces):
            pieces.append((start, end))
    mark = _LIST_MARK.match(text)
    first = mark.end() if mark else 0
    for match in _NUMBER.finditer(text, first):
        if not _overlaps(match.start(), match.end(), [*used, *pieces]):
            pieces.append(match.span())
    return tuple(text[start:end] for start, end in sorted(pieces))


def _list_tokens(lexed: LexedSentence) -> Iterator[tuple[int, int]]:
    for quantity in lexed.quantities:
        yield quantity.start, quantity.end
    for time in lexed.times:
        yield time.start, time.end
    for body in lexed.bodies:
        if body.named:
            yield body.start, body.end
    for place in lexed.places:
        yield place.start, place.end


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)
