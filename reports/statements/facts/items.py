"""From statements to what an import understands: things with values, clearance, city figures.

Only what is sure becomes anything. What is asked, proposed, conditional, denied or of another
province never does; what a district, a body or a former province did is no figure of the city.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, normalise_spelling
from reports.grammar.obstacle import classify_cause
from reports.model.extraction import ClearanceStatement, PlacedCommune
from reports.model.item_mention import ItemMention, StatementFacts
from reports.model.schema import CLEARANCE_CATEGORIES
from reports.statements.facts.city_figures import make_indicator
from reports.statements.facts.item_kinds import classify_item, strip_generic_words
from reports.statements.facts.scope import is_foreign_document
from reports.statements.facts.values import TRUST, make_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reports.model.document import Document
    from reports.model.extraction import ExtractedValue, Extraction, Indicator
    from reports.model.statement import Statement

SETTLED_MOODS: Final = frozenset({"done", "measured", "planned", "required", "forecast"})
"""Moods of what holds or is meant to: ``proposed``, ``conditional``, ``denied`` say neither."""

_HOLDS: Final = frozenset({"done", "measured"})
_BODIES: Final = frozenset({"owner", "lead"})
_LONGEST_NAME: Final = 300


@dataclass
class _Subject:
    """What is said of one thing, being collected."""

    kind: str
    first: Statement
    item: str = ""
    values: list[ExtractedValue] = field(default_factory=list)
    communes: dict[str, PlacedCommune] = field(default_factory=dict)
    bodies: dict[tuple[str, str], None] = field(default_factory=dict)
    clearance: list[ClearanceStatement] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)


def collect_statement_facts(read: Extraction) -> StatementFacts:
    """Return what the statements of a document bring that the tables and the text did not."""
    headings = {(use.table, use.column): use.heading for use in read.columns}
    return make_statement_facts(read.reading.statements, read.document, headings)


def make_statement_facts(
    statements: Sequence[Statement],
    document: Document,
    headings: Mapping[tuple[int, int], str] | None = None,
) -> StatementFacts:
    """Return what statements bring.

    ``headings`` are those of the columns by table and column, as ``SourcePlace`` counts them.
    """
    if is_foreign_document(document):
        return StatementFacts()
    subjects: dict[str, _Subject] = {}
    clearance: list[ClearanceStatement] = []
    indicators: list[Indicator] = []
    for index, statement in enumerate(statements):
        if not may_be_fact(statement):
            continue
        indicator = make_indicator(statement, document)
        if indicator is not None:
            indicators.append(indicator)
        if statement.subject_kind == "commune":
            clearance.extend(_make_clearance(statement))
        key = get_subject_key(statement)
        if key:
            subject = subjects.setdefault(key, _Subject(_classify(statement), statement))
            _add_to_subject(subject, statement, index, dict(headings or {}))
    items = tuple(_make_mention(subject) for subject in subjects.values() if _says(subject))
    return StatementFacts(items, tuple(clearance), tuple(indicators))


def may_be_fact(statement: Statement) -> bool:
    """Return True if a statement is sure, holds or is planned, and is not of another province."""
    return (
        statement.status == "sure"
        and statement.mood in SETTLED_MOODS
        and not statement.province
        and statement.subject_kind not in {"province", "country", "unknown"}
    )


def get_subject_key(statement: Statement) -> str:
    """Return what statements of one thing share, '' for what is no thing of its own.

    The id that the reader knew, else the name as it is compared.
    """
    kind = _classify(statement)
    if not kind:
        return ""
    if statement.item:
        return f"={statement.item}"
    name = strip_generic_words(statement.subject)
    return f"{_group(kind)}/{name}" if name else ""


def _classify(statement: Statement) -> str:
    return classify_item(statement.subject_kind, statement.subject)


def _group(kind: str) -> str:
    return kind if kind.startswith(("industrial", "economic")) else "project"


def _add_to_subject(
    subject: _Subject,
    statement: Statement,
    index: int,
    headings: Mapping[tuple[int, int], str],
) -> None:
    subject.item = subject.item or statement.item
    subject.indexes.append(index)
    place = statement.place
    column = headings.get((place.table, place.column), "") if place.table else ""
    subject.values.extend(make_values(statement, column or ("table" if place.table else "text")))
    for code in statement.communes if statement.field != "asked_to_act" else ():
        subject.communes.setdefault(code, _place_in(code, statement))
    if statement.field in _BODIES and statement.mood in _HOLDS:
        subject.bodies[statement.field, str(statement.value)] = None
    subject.clearance.extend(_make_clearance(statement, once=True))


def _place_in(code: str, statement: Statement) -> PlacedCommune:
    raw = str(statement.value) if statement.field == "located_in" else statement.sentence
    certainty = "likely" if statement.left_out else "certain"
    return PlacedCommune(
        code, "stated", certainty, TRUST, raw[:_LONGEST_NAME], statement.place, statement.left_out
    )


def _make_clearance(statement: Statement, *, once: bool = False) -> Iterator[ClearanceStatement]:
    """Yield what a statement tells of land that is not free, for each commune or ``once``."""
    if statement.field != "clearance_delayed" or statement.mood not in _HOLDS:
        return
    words = str(statement.value).strip() or statement.sentence
    category = statement.cause
    if category not in CLEARANCE_CATEGORIES:
        category = classify_cause(f"{statement.cause} {words}")
    codes: Iterable[str] = statement.communes
    if once:
        codes = statement.communes if len(statement.communes) == 1 else ("",)
    body = statement.bodies[0] if statement.bodies else ""
    for code in codes:
        yield ClearanceStatement(
            code, None, category, words, body, statement.sentence, statement.place
        )


def _says(subject: _Subject) -> bool:
    return bool(subject.values or subject.communes or subject.bodies or subject.clearance)


def _make_mention(subject: _Subject) -> ItemMention:
    raw = " ".join(subject.first.subject.split())[:_LONGEST_NAME]
    name = normalise_spelling(raw).strip(' .,;:-–"“”') or raw
    return ItemMention(
        subject.kind,
        name[:1].upper() + name[1:],
        raw,
        _drop_repeated(subject.values),
        tuple(subject.communes.values()),
        subject.first.place,
        item=subject.item,
        bodies=tuple(subject.bodies),
        clearance=tuple(subject.clearance),
        indexes=tuple(subject.indexes),
    )


def _drop_repeated(values: Iterable[ExtractedValue]) -> tuple[ExtractedValue, ...]:
    """Return the values, each once of a line: a sentence may tell a thing in two statements."""
    distinct: dict[tuple[str, ...], ExtractedValue] = {}
    for value in values:
        line = str(value.place.line_from)
        distinct.setdefault((value.field, value.component, fold_text(value.value), line), value)
    return tuple(distinct.values())
