"""What of a sentence nothing used: its numbers, times, bodies, communes, its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.numbers import read_number
from reports.statements.lexing.parts.numbers import find_numbers
from reports.statements.telling import find_untold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.parts.numbers import NumberToken

_NUMBER: Final = re.compile(r"(?<!\w)[lI],?\d+(?:[.,]\d+)*|\d+(?:[.,/:-]\d+)*")
_SLIPS: Final = str.maketrans("lI", "11")
"""Letters that scans put for the digit they look like."""
_COUNTED: Final = re.compile(
    r"\s?(?:(?:khu|cụm|đơn vị|cái tên|nơi|chủ đầu tư|địa phương|công trình|dự án|tuyến|cầu|gói thầu"
    r"|hạng mục|nút giao|trường)(?!\w)|$|[,;:.])",
    re.IGNORECASE,
)
"""What follows a number in words that counts something: "chiếm hai:", "bốn đơn vị"."""
_COMMA: Final = re.compile(r"\s*(?:[,;:()]+|(?<=\w\w)(?<!TP)\.\s|\s[-–—]\s)\s*(?!\d)")
_WORD: Final = re.compile(r"\w+")
_UNCLEAR: Final = frozenset({"một", "năm", "tư", "ba mươi", "nghìn", "trăm"})
"""Numbers in words that are other words as well: an article, a year."""
_NUMBERED: Final = re.compile(r"(?:giai đoạn|thứ|lần|số|quý|khu|tổ|đợt|nhóm)\s$", re.IGNORECASE)
_SHORTEST_CLAUSE: Final = 3
"""Words that nothing uses from which a clause without anything said is named."""
_OF_WORDS: Final = frozenset({"planned_work", "obstacle", "clearance_delayed"})
"""What is told in words: the numbers and times among them are still somebody's."""
_LIST_MARK: Final = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]")


def find_left_over(
    lexed: LexedSentence, statements: Sequence[Statement]
) -> tuple[tuple[str, ...], tuple[float | str, ...]]:
    """Return the pieces of a sentence that no statement uses, as they stand, in order.

    Beside them the numbers that they are, money in million. A piece is a number, a time, a body,
    communes, or a clause without any word of a statement, or with telling words that none tells.
    """
    text = lexed.sentence.text
    said, used = _Cover(len(text)), _Cover(len(text))
    for statement in statements:
        if statement.sentence != text:
            continue  # said of this one's things by another sentence
        said.add(statement.start, statement.end)
        if statement.field not in _OF_WORDS:
            used.add(statement.start, statement.end)
        for words in _list_named(statement):
            at = text.rfind(words, 0, statement.end + len(words))
            own = words == statement.subject
            if at >= 0 and (own or not _holds_token(lexed, at, at + len(words))):
                used.add(at, at + len(words))
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
    untold = list(find_untold(lexed, statements))
    clauses = [
        (start, end)
        for start, end in _list_clauses(lexed, first)
        if used.count_free_words(text, start, end) >= _SHORTEST_CLAUSE
        and (
            said.is_free(start, end)
            or any(start <= begin < end for begin, _ in untold)
            or _goes_on(text, (start, end), used, statements)
        )
    ]
    spans = dict.fromkeys(sorted([*pieces, *clauses]))
    return tuple(text[start:end] for start, end in spans), tuple(values)


def _list_named(statement: Statement) -> Iterator[str]:
    """Yield the words of a sentence that a statement keeps beside its value: whose, of what."""
    if statement.subject_kind == "commune":
        yield statement.subject
    if statement.is_part and statement.detail:
        yield statement.detail


def _holds_token(lexed: LexedSentence, start: int, end: int) -> bool:
    """Return True if a time, a body or a place stands within some words."""
    spans = [(time.start, time.end) for time in lexed.times]
    spans += [(place.start, place.end) for place in lexed.places]
    spans += [(body.start, body.end) for body in lexed.bodies if body.named]
    return any(start < last and first < end for first, last in spans)


def _goes_on(
    text: str, clause: tuple[int, int], used: _Cover, statements: Sequence[Statement]
) -> bool:
    """Return True if a state goes on in words that nothing uses ("đang làm thủ tục chọn …")."""
    return any(
        used.count_free_words(text, statement.end, clause[1]) >= _SHORTEST_CLAUSE
        for statement in statements
        if statement.field == "status" and clause[0] <= statement.start < clause[1]
    )


class _Cover:
    """Which letters of a text are taken."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def add(self, start: int, end: int) -> None:
        """Take the letters from ``start`` to ``end``."""
        self._taken[start:end] = b"\1" * len(self._taken[start:end])

    def count_free_words(self, text: str, start: int, end: int) -> int:
        """Return how many words of a part of the text have no letter taken."""
        words = _WORD.finditer(text, start, end)
        return sum(self.is_free(*word.span()) for word in words)

    def is_free(self, start: int, end: int) -> bool:
        """Return True if none of the letters is taken."""
        return 1 not in self._taken[start:end]


def _list_pieces(
    lexed: LexedSentence, first: int
) -> Iterator[tuple[int, int, tuple[float | str, ...]]]:
    """Yield what was recognised in a sentence, then every other number of it."""
    yield from _list_tokens(lexed)
    text = lexed.sentence.text
    for match in _NUMBER.finditer(text, first):
        values = read_number(match[0].translate(_SLIPS), ".")
        yield (*match.span(), tuple(map(float, values)))
    for token in find_numbers(text, fold_text(text)):
        counts = token.worded and token.start >= first and _is_count(text, token)
        noun = _COUNTED.match(text, token.end) if counts else None
        if noun is not None:
            yield token.start, token.end + len(noun[0].rstrip(" ,;:.")), token.values


def _is_count(text: str, token: NumberToken) -> bool:
    """Return False for what may be no number, or numbers one thing ("giai đoạn hai")."""
    if token.raw.lower() in _UNCLEAR or (token.raw[0].isupper() and text[: token.start].strip()):
        return False
    return _NUMBERED.search(text[: token.start]) is None


def _list_clauses(lexed: LexedSentence, first: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence between its commas, semicolons, colons and brackets.

    A mark inside a name parts nothing.
    """
    text = lexed.sentence.text
    inside = [(name.start, name.end) for name in lexed.names]
    marks = [
        mark.span()
        for mark in _COMMA.finditer(text, first)
        if not any(start < mark.start() and mark.end() < end for start, end in inside)
    ]
    begin = first
    for start, end in [*marks, (len(text), len(text))]:
        words = text[begin:start].strip()
        if words:
            place = begin + text[begin:start].index(words)
            yield place, place + len(words)
        begin = end


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
