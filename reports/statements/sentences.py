"""The sentences of a document as statements, with the balance of prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import parse_span
from reports.model.statement import (
    SentenceBalance,
    Statement,
    StatementReading,
    UnreadSentence,
)
from reports.narrative.prose import split_sentences
from reports.statements.left_over import find_left_over
from reports.statements.lexing.lexed import LexedSentence, lex_sentence
from reports.statements.lexing.names import find_names
from reports.statements.outline import Outline
from reports.statements.predicates.conditions import read_conditions
from reports.statements.predicates.events import read_events
from reports.statements.predicates.figures import read_figures
from reports.statements.predicates.relations import read_relations
from reports.statements.subjects import (
    Subject,
    SubjectMemory,
    find_again,
    list_subjects,
    make_subject,
)

if TYPE_CHECKING:
    from datetime import date

    from geo.geocoder import Geocoder
    from reports.model.document import Document

_SPEAKS: Final = re.compile(
    r"\bdu an\b|\bkcn\b|\bccn\b|khu cong nghiep|cum cong nghiep|cong trinh|gpmb|giai phong mat bang"
    r"|nha o xa hoi|khoi cong|giai ngan"
)
_ITEMS: Final = frozenset({"project", "park", "cluster", "zone", "housing"})


@dataclass
class _Reading:
    statements: list[Statement] = field(default_factory=list)
    unread: list[UnreadSentence] = field(default_factory=list)
    read: int = 0
    asked: int = 0
    nothing: int = 0


def read_sentences(document: Document, geocoder: Geocoder) -> StatementReading:
    """Return what the sentences say; every one is read, asked about, or nothing for us."""
    span = parse_span(document.as_of or document.issued or document.period)
    as_of = span[1] if span else _guess_date(document)
    year = str(as_of.year) if as_of else ""
    memory = SubjectMemory(title=_find_title_subject(document))
    outline = Outline()
    reading = _Reading()
    for sentence in split_sentences(document):
        item = outline.place(sentence)
        lexed = lex_sentence(sentence, geocoder, as_of, year, item.district)
        lexed = item.add_names(lexed)
        _enter(memory, lexed, item.heading)
        statements = _read_sentence(lexed, memory)
        _remember(memory, lexed, statements)
        _count(reading, lexed, statements)
    balance = SentenceBalance(
        reading.read + reading.asked + reading.nothing, reading.read, reading.asked, reading.nothing
    )
    return StatementReading(tuple(reading.statements), tuple(reading.unread), balance)


def _guess_date(document: Document) -> date | None:
    del document
    return None


def _find_title_subject(document: Document) -> Subject | None:
    names = find_names(document.title)
    return make_subject(names[0]) if len(names) == 1 else None


def _enter(memory: SubjectMemory, lexed: LexedSentence, heading: Subject | None) -> None:
    """Forget what the paragraph before spoke of where this one begins with something else."""
    memory.heading = heading
    if lexed.sentence.paragraph != memory.paragraph:
        distance = lexed.sentence.paragraph - memory.paragraph
        memory.paragraph = lexed.sentence.paragraph
        if heading is not None or (distance and not find_again(lexed) and list_subjects(lexed)):
            memory.last = None


def _read_sentence(lexed: LexedSentence, memory: SubjectMemory) -> list[Statement]:
    figures = read_figures(lexed, memory)
    statements = [
        *figures.statements,
        *read_events(lexed, memory),
        *read_conditions(lexed, memory),
        *read_relations(lexed, memory),
    ]
    return _share_communes(statements)


def _share_communes(statements: list[Statement]) -> list[Statement]:
    """Give every statement of a subject the communes that the sentence gives the subject."""
    places: dict[tuple[str, str], dict[str, None]] = {}
    for statement in statements:
        if statement.field == "located_in" and statement.status == "sure":
            key = (fold_text(statement.subject), statement.item)
            places.setdefault(key, {}).update(dict.fromkeys(statement.communes))
    return [
        replace(s, communes=tuple(places[(fold_text(s.subject), s.item)]))
        if not s.communes and (fold_text(s.subject), s.item) in places
        else s
        for s in statements
    ]


def _remember(memory: SubjectMemory, lexed: LexedSentence, statements: list[Statement]) -> None:
    del statements
    named = [make_subject(name) for name in lexed.names]
    if named:
        memory.last = named[0] if len(named) == 1 or not lexed.names[0].listed else None
        memory.last = memory.last or named[-1]
        memory.group = tuple(named)


def _count(reading: _Reading, lexed: LexedSentence, statements: list[Statement]) -> None:
    reading.statements.extend(statements)
    left_over = find_left_over(lexed, statements)
    sure = any(statement.status == "sure" for statement in statements)
    if sure:
        reading.read += 1
    elif statements:
        reading.asked += 1
    else:
        reading.nothing += 1
    speaks = _SPEAKS.search(fold_text(lexed.sentence.text)) is not None
    if left_over or (not statements and speaks):
        text = lexed.sentence.text
        pieces = left_over if statements else (*left_over, text)
        why = "left_over" if statements else "not_understood"
        reading.unread.append(UnreadSentence(text, lexed.sentence.place, pieces, why))
