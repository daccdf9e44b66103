"""The sentences of a document as statements, with the balance of prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import parse_span
from reports.model.head.document_scope import read_document_scope
from reports.model.statement import (
    SentenceBalance,
    Statement,
    StatementReading,
    UnreadSentence,
)
from reports.narrative.prose import split_sentences
from reports.statements.footnotes import list_citations, read_footnote
from reports.statements.left_over import find_left_over
from reports.statements.lexing.lexed import DocumentContext, LexedSentence, lex_sentence
from reports.statements.lexing.names import find_names
from reports.statements.lexing.phrases import load_phrases
from reports.statements.outline import Outline
from reports.statements.predicates.conditions import read_conditions
from reports.statements.predicates.events import read_events
from reports.statements.predicates.figures import read_figures
from reports.statements.predicates.relations import read_relations
from reports.statements.predicates.tasks import read_tasks
from reports.statements.subjects import (
    Subject,
    SubjectMemory,
    carries_on,
    make_subject,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoder import Geocoder
    from reports.grammar.numbers import Style
    from reports.model.document import Document
    from reports.narrative.prose import Sentence

_SPEAKS: Final = re.compile(
    r"\bdu an\b|\bkcn\b|\bccn\b|khu cong nghiep|cum cong nghiep|cong trinh|gpmb|giai phong mat bang"
    r"|nha o xa hoi|khoi cong|giai ngan"
)
_DENSEST: Final = 120
"""Figures, times, names, bodies and places of a sentence at most: time stays bounded."""
_ALLOTS: Final = re.compile(r"\bphan bo\b.{0,20}\bvon\b|\bke hoach (?:dau tu cong|von)\b")
_SPENDS: Final = re.compile(r"\bgiai ngan\b|\bvon dau tu cong\b|\bvon cong\b")


@dataclass
class _Reading:
    statements: list[Statement] = field(default_factory=list)
    unread: list[UnreadSentence] = field(default_factory=list)
    read: int = 0
    asked: int = 0
    nothing: int = 0


def read_sentences(document: Document, geocoder: Geocoder) -> StatementReading:
    """Return what the sentences say; every one is read, asked about, or nothing for us."""
    scope = read_document_scope(document)
    span = parse_span(scope.as_of)
    as_of = span[1] if span else None
    year = scope.as_of[:4]
    sentences = split_sentences(document)
    style = _detect_style(sentences)
    context = DocumentContext(geocoder, as_of, year, style, elsewhere=scope.is_elsewhere)
    memory = SubjectMemory(title=_find_title_subject(document), scope=scope)
    topics = load_phrases("predicates", "topics").find(document.title)
    memory.concerned = any(topic.key == "ours" for topic in topics)
    memory.spends = _SPENDS.search(fold_text(document.title)) is not None
    outline = Outline(document.title)
    reading = _Reading()
    citations = list_citations(sentences)
    for sentence in sentences:
        item = outline.place(sentence)
        lexed = lex_sentence(sentence, context, item.district or scope.district)
        lexed = item.add_names(lexed)
        _enter(memory, lexed, item.heading)
        statements = _read_sentence(lexed, memory)
        if sentence.footnote:
            statements += read_footnote(lexed, citations.get(sentence.footnote))
        _remember(memory, lexed, statements)
        _count(reading, lexed, statements)
    balance = SentenceBalance(
        reading.read + reading.asked + reading.nothing, reading.read, reading.asked, reading.nothing
    )
    return StatementReading(tuple(reading.statements), tuple(reading.unread), balance)


_DECIMAL_COMMA: Final = re.compile(r"(?<![\d.,])\d{1,6},(?:\d{1,2}|\d{4,})(?![\d,.])")
_DECIMAL_POINT: Final = re.compile(r"(?<![\d.,/])\d{1,6}\.\d{1,2}(?![\d.,/])\s?(?:%|ha|tỷ|km|m2)")


def _detect_style(sentences: Sequence[Sentence]) -> Style:
    """Return which separator groups thousands in a document, by the numbers that leave no doubt."""
    comma = point = False
    for sentence in sentences:
        comma = comma or _DECIMAL_COMMA.search(sentence.text) is not None
        point = point or _DECIMAL_POINT.search(sentence.text) is not None
    return "" if comma == point else "." if comma else ","


def _find_title_subject(document: Document) -> Subject | None:
    names = find_names(document.title)
    return make_subject(names[0]) if len(names) == 1 else None


def _enter(memory: SubjectMemory, lexed: LexedSentence, heading: Subject | None) -> None:
    """Forget what the paragraph before spoke of, but where this one goes on with it."""
    memory.heading = heading
    memory.allots = memory.allots or _ALLOTS.search(fold_text(lexed.text)) is not None
    if _SPENDS.search(fold_text(lexed.text)):
        memory.spends = True
    if lexed.sentence.paragraph != memory.paragraph:
        memory.paragraph = lexed.sentence.paragraph
        if heading is not None or not carries_on(lexed.text):
            memory.last = None


def _read_sentence(lexed: LexedSentence, memory: SubjectMemory) -> list[Statement]:
    tokens = (lexed.quantities, lexed.times, lexed.names, lexed.bodies, lexed.places)
    if sum(map(len, tokens)) > _DENSEST:
        return []  # no sentence: all of it is left over
    figures = read_figures(lexed, memory)
    statements = [
        *figures.statements,
        *read_events(lexed, memory),
        *read_conditions(lexed, memory),
        *read_relations(lexed, memory),
        *read_tasks(lexed),
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
    names = [name for name in lexed.names if not name.beside]
    if names:
        memory.last = make_subject(names[0]) if not any(n.listed for n in names) else None
        memory.group = tuple(make_subject(name) for name in names)


def _count(reading: _Reading, lexed: LexedSentence, statements: list[Statement]) -> None:
    reading.statements.extend(statements)
    left_over, values = find_left_over(lexed, statements)
    sure = any(statement.status == "sure" for statement in statements)
    if sure:
        reading.read += 1
    elif statements:
        reading.asked += 1
    else:
        reading.nothing += 1
    speaks = _SPEAKS.search(fold_text(lexed.sentence.text)) is not None
    if left_over and (statements or values or speaks):
        why = "left_over" if statements else "not_understood"
        text, place = lexed.sentence.text, lexed.sentence.place
        pieces = left_over if statements else tuple(dict.fromkeys((*left_over, text)))
        reading.unread.append(UnreadSentence(text, place, pieces, why, values))
