"""The sentences of a document as statements, with the balance of prose."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import parse_span
from reports.model.head.document_scope import read_document_scope
from reports.model.statement import SentenceBalance, Statement, StatementReading, UnreadSentence
from reports.narrative.prose import split_sentences
from reports.statements.antecedents import (
    choose_named,
    forget_named,
    question_carried,
    remember_named,
)
from reports.statements.contradictions import question_totals
from reports.statements.footnotes import find_cited_things, list_citations, read_footnote
from reports.statements.inline_lists import split_items
from reports.statements.left_over import find_left_over
from reports.statements.lexing.lexed import DocumentContext, LexedSentence, lex_sentence
from reports.statements.lexing.names import find_names
from reports.statements.lexing.phrases import load_phrases
from reports.statements.outline import ListPlace, Outline
from reports.statements.predicates.conditions import read_conditions
from reports.statements.predicates.events.events import read_events
from reports.statements.predicates.figures import hold_as_goals, read_figures
from reports.statements.predicates.relations import read_relations
from reports.statements.predicates.said_of import ITEMS
from reports.statements.predicates.tasks import find_orders, read_tasks, sets_goals, sets_tasks
from reports.statements.subjects import Subject, SubjectMemory, carries_on, make_subject
from reports.statements.telling import find_untold
from reports.statements.totals.list_parts import ListLine, link_lists
from reports.statements.totals.ratios import state_wholes
from reports.statements.totals.sentence_parts import link_parts

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
_SHORTEST_TITLE: Final = 15
_NUMBER: Final = re.compile(r"\W*Số\s?:?\s?\d*[^\s,;]*/[^\s,;]+\W*", re.IGNORECASE)
"""The line of a document's number."""
_DATE_WORDS: Final = 6
"""Words beside its date that a date line may have ("Số liệu đến hết ngày …")."""
_DENSEST: Final = 120
"""Figures, times, names, bodies and places of a sentence at most: time stays bounded."""
_CAUSE: Final = re.compile(r"(?<!\w)(?:nguyên nhân|do|vì|bởi)\s", re.IGNORECASE)
_ALLOTS: Final = re.compile(r"\bphan bo\b.{0,20}\bvon\b|\bke hoach (?:dau tu cong|von)\b")
_SPENDS: Final = re.compile(r"\bgiai ngan\b|\bvon dau tu cong\b|\bvon cong\b")


@dataclass
class _Reading:
    """What each sentence says, and what of it is left over."""

    lines: list[ListLine] = field(default_factory=list)
    unread: list[UnreadSentence] = field(default_factory=list)

    def finish(self) -> StatementReading:
        """Return all of it, contradictions asked about and every sentence counted once."""
        link_lists(self.lines)
        said = [line.statements for line in self.lines]
        statements = tuple(question_totals([s for own in said for s in own]))
        fates: Counter[str] = Counter()
        begin = 0
        for line in said:
            own = statements[begin : begin + len(line)]
            begin += len(line)
            sure = any(statement.status == "sure" for statement in own)
            fates["read" if sure else "asked" if own else "nothing"] += 1
        balance = SentenceBalance(len(said), fates["read"], fates["asked"], fates["nothing"])
        return StatementReading(statements, tuple(self.unread), balance)


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
    cited: dict[str, list[Statement]] = {}
    placed = []
    for sentence in sentences:
        item = outline.place(sentence)
        lexed = lex_sentence(sentence, context, item.district or scope.district)
        placed.append((sentence, item, split_items(item.add_names(lexed))))
    memory.only = _find_only_subject(memory.title, [lexed for _, _, lexed in placed])
    for sentence, item, lexed in placed:
        _enter(memory, lexed, item)
        things = find_cited_things(lexed, citations.get(sentence.footnote))
        statements = _read_of_things(lexed, memory, item, things)
        for mark, _ in sentence.cites:
            cited.setdefault(mark, statements)
        if sentence.footnote:
            mark = sentence.footnote
            statements += read_footnote(lexed, citations.get(mark), cited.get(mark, ()))
        _remember(memory, lexed)
        remember_named(memory, lexed, item)
        reading.lines.append(
            ListLine(lexed, sentence.text[: item.mark_end], item.first, statements)
        )
        _keep(
            reading,
            lexed,
            statements,
            of_head=_is_of_head(lexed, document),
            concerned=memory.concerned,
        )
    return reading.finish()


_THINGS: Final = ITEMS - {"zone"}
_OPENING: Final = 4
"""Sentences in which a text says what it is about."""
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


def _find_only_subject(title: Subject | None, sentences: Sequence[LexedSentence]) -> Subject | None:
    """Return the one thing that a text is about, ``None`` where it names several or none.

    A text on one thing names it at its beginning; one named further down is an example.
    """
    first = [title] if title is not None else []
    named = [[make_subject(n) for n in lexed.names if not n.beside] for lexed in sentences]
    first += [subject for subjects in named[:_OPENING] for subject in subjects]
    things = {s.key: s for s in [*first, *chain.from_iterable(named)] if s.kind in _THINGS}
    only = next(iter(things.values()), None) if len(things) == 1 else None
    return only if only is not None and any(subject.key == only.key for subject in first) else None


def _enter(memory: SubjectMemory, lexed: LexedSentence, item: ListPlace) -> None:
    """Forget what the line before spoke of, but where this one goes on with it."""
    memory.heading = item.heading
    folded = fold_text(lexed.text)
    memory.allots = memory.allots or _ALLOTS.search(folded) is not None
    memory.spends = memory.spends or _SPENDS.search(folded) is not None
    if item.first and (item.heading is not None or not carries_on(lexed.text)):
        memory.last = None
    forget_named(memory, lexed, item)


def _read_of_things(
    lexed: LexedSentence, memory: SubjectMemory, item: ListPlace, things: Sequence[Subject]
) -> list[Statement]:
    """Return what a sentence says, of each of the things that it is known to speak of.

    Which of several lies where it does not tell.
    """
    if not things:
        memory.last = choose_named(memory, lexed)
        return question_carried(lexed, memory, _read_sentence(lexed, memory, item))
    statements: list[Statement] = []
    before = memory.last
    for thing in things:
        memory.last = replace(thing, start=-1)
        statements += _read_sentence(lexed, memory, item)
    memory.last = before
    if len(things) == 1:
        return statements
    return [
        replace(statement, status="ask", why="uncertain_place")
        if statement.field == "located_in"
        else statement
        for statement in statements
    ]


def _read_sentence(lexed: LexedSentence, memory: SubjectMemory, item: ListPlace) -> list[Statement]:
    tokens = (lexed.quantities, lexed.times, lexed.names, lexed.bodies, lexed.places)
    if sum(map(len, tokens)) > _DENSEST:
        return []  # no sentence: all of it is left over
    figures = link_parts(lexed, read_figures(lexed, memory))
    if sets_goals(lexed.sentence.headings):
        figures = hold_as_goals(figures)
    statements = [
        *figures,
        *state_wholes(lexed, figures),
        *read_events(lexed, memory),
        *read_conditions(lexed, memory),
        *read_relations(lexed, memory),
        *read_tasks(
            lexed, memory, find_orders(item.above), listed=sets_tasks(lexed.sentence.headings)
        ),
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


def _remember(memory: SubjectMemory, lexed: LexedSentence) -> None:
    """Keep what a sentence speaks of; what stands in a cause alone is none of it."""
    names = [
        name
        for name in lexed.names
        if not name.beside
        and not _CAUSE.search(lexed.text, lexed.find_clause(name.start)[0], name.start)
    ]
    if names:
        memory.last = make_subject(names[0]) if not any(n.listed for n in names) else None
        memory.group = tuple(make_subject(name) for name in names)


def _is_of_head(lexed: LexedSentence, document: Document) -> bool:
    """Return True for what the document tells of itself: its title, the line of its date."""
    text = lexed.sentence.text
    folded = fold_text(text).strip(" .*")
    if len(folded) >= _SHORTEST_TITLE and folded in fold_text(document.title):
        return True
    if _NUMBER.fullmatch(text):
        return True
    dates = {document.dated, document.as_of, document.issued}
    if len(lexed.times) != 1 or lexed.times[0].value not in dates - {""}:
        return False
    time = lexed.times[0]
    around = f"{text[: time.start]} {text[time.end :]}"
    return len(around.split()) <= _DATE_WORDS and not lexed.quantities


def _keep(
    reading: _Reading,
    lexed: LexedSentence,
    statements: list[Statement],
    *,
    of_head: bool,
    concerned: bool,
) -> None:
    left_over, values = find_left_over(lexed, statements)
    if of_head and not statements:
        # The head was read from it; only a number of the title is still somebody's.
        numbers = [piece for piece in left_over if any(sign.isdigit() for sign in piece)]
        left_over = tuple(numbers) if lexed.quantities else ()
        values = values if lexed.quantities else ()
    speaks = _SPEAKS.search(fold_text(lexed.sentence.text)) is not None
    heading = lexed.text.isupper() or lexed.text.rstrip().endswith(":")
    if concerned and not (speaks or heading):
        speaks = next(find_untold(lexed, ()), None) is not None
    if left_over and (statements or values or speaks):
        why = "left_over" if statements else "not_understood"
        text, place = lexed.sentence.text, lexed.sentence.place
        pieces = left_over if statements else tuple(dict.fromkeys((*left_over, text)))
        reading.unread.append(UnreadSentence(text, place, pieces, why, values))
