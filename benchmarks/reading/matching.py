"""Whether a statement, a question or words left over hold a fact's value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.reading.values import (
    list_words,
    names_time,
    overlaps,
    read_numbers,
    same_quantity,
    same_time,
    to_quantity,
)

if TYPE_CHECKING:
    from benchmarks.reading.gold import Fact
    from reports.model.document import SourcePlace
    from reports.model.extraction import QueueEntry
    from reports.model.statement import Statement, UnreadSentence

_STATUS_WORDS: Final = {
    "under way": "under_construction",
    "hoàn thiện": "under_construction",
}
"""How a person put a state that the program has a word for."""


def stands_at(place: SourcePlace, line: int, fact_lines: frozenset[int]) -> bool:
    """Return True if a place is a fact's line: that line, or the next one where no fact stands."""
    first, last = place.line_from, max(place.line_from, place.line_to)
    if first <= line <= last:
        return True
    return not any(n in fact_lines for n in range(first, last + 1)) and (
        first - 1 <= line <= last + 1
    )


def has_value(fact: Fact, statement: Statement) -> bool:
    """Return True if a statement has a fact's value, whatever it says it of."""
    if fact.form == "place":
        return bool(fact.communes) and fact.communes <= set(statement.communes)
    if fact.form == "words":
        return _has_words(fact, statement)
    return _is_value(fact, statement.value, statement.unit, statement.total) or (
        fact.form == "time"
        and (same_time(str(fact.value), statement.when) or is_end(fact, statement))
    )


def is_end(fact: Fact, statement: Statement) -> bool:
    """Return True if a statement has the beginning or the end of a span of time as such."""
    first, dots, last = str(fact.value).partition("..")
    wanted = {"start": first, "finish": last}.get(statement.field, "")
    return bool(dots) and bool(wanted) and same_time(wanted, str(statement.value))


def fits_field(fact: Fact, statement: Statement) -> bool:
    """Return True if a statement's field is one that the fact may be read as."""
    return not fact.fields or statement.field in fact.fields


def fits_subject(fact: Fact, statement: Statement) -> bool:
    """Return True if a statement is about what the fact is about."""
    return overlaps(fact.subject, f"{statement.subject} {statement.item} {statement.detail}")


def _is_value(fact: Fact, value: float | str, unit: str, total: float | None = None) -> bool:
    if fact.form == "time":
        return same_time(str(fact.value), str(value))
    if fact.form == "ratio":
        return total is not None and str(fact.value) == f"{value:g}/{total:g}"
    if fact.form == "range":
        first, last = (float(part) for part in str(fact.value).split(".."))
        return str(value) == str(fact.value) or (value, total) == (first, last)
    if isinstance(value, str):
        return fact.form == "number" and float(fact.value) in read_numbers(value)
    return same_quantity(to_quantity(float(fact.value), fact.unit), to_quantity(value, unit))


def _has_words(fact: Fact, statement: Statement) -> bool:
    wanted = str(fact.value)
    given = (statement.value, statement.stated, statement.cause, *statement.bodies)
    said = " ".join(str(one) for one in given)
    if overlaps(wanted, said, 0.6):
        return True
    if statement.field == "status":
        state = next((word for key, word in _STATUS_WORDS.items() if key in wanted), wanted)
        return str(statement.value) in state
    # A person put a delay or its cause in own words: that it is told of the subject is enough.
    about = fits_subject(fact, statement) or bool(fact.communes & set(statement.communes))
    return about and statement.field in fact.fields & {"obstacle", "clearance_delayed"}


def is_candidate(fact: Fact, statement: Statement) -> bool:
    """Return True if a question has a fact's value among what it may be."""
    if fact.form == "place":
        return bool(fact.communes) and fact.communes <= set(statement.candidates)
    return any(is_in(fact, candidate) for candidate in statement.candidates)


def is_offered(fact: Fact, entry: QueueEntry) -> bool:
    """Return True if an entry of the queue offers a fact's value."""
    offered = [text for text, _ in entry.candidates]
    if fact.form == "place":
        return bool(fact.communes) and fact.communes <= set(offered)
    return any(is_in(fact, text) for text in offered)


def is_left(fact: Fact, unread: UnreadSentence) -> bool:
    """Return True if a fact's value is among what is left over of a sentence."""
    return any(is_in(fact, str(text)) for text in (*unread.left_over, *unread.values))


def is_in(fact: Fact, text: str) -> bool:
    """Return True if a fact's value stands in words, however it is written there."""
    if fact.form in {"place", "words"}:
        return overlaps(fact.value, text, 0.6) or (
            fact.form == "place" and len(list_words(text)) > 1 and overlaps(text, fact.value, 1)
        )
    if fact.form == "time":
        return same_time(str(fact.value), text) or names_time(str(fact.value), text)
    numbers = read_numbers(text)
    if fact.form in {"ratio", "range"}:
        parts = str(fact.value).replace("..", "/").split("/")
        return all(float(part) in numbers for part in parts)
    scaled = float(fact.value) / (1e3 if fact.unit == "triệu đồng" else 1)
    return any(
        same_quantity(("", wanted), ("", number))
        for wanted in {float(fact.value), scaled, scaled / 1e3}
        for number in numbers
    )
