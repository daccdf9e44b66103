"""What the reading of a text is worth, fact by fact: read, offered, listed, silent; and wrong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from benchmarks.reading.matching import (
    fits_field,
    fits_subject,
    has_value,
    is_candidate,
    is_end,
    is_in,
    is_left,
    is_offered,
    stands_at,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from benchmarks.reading.gold import Fact
    from reports.model.document import SourcePlace
    from reports.model.extraction import Extraction, ParkMention, ProjectRow
    from reports.model.statement import Statement

Outcome = Literal["read", "offered", "listed", "silent"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("read", "offered", "listed", "silent")
_CITY_KINDS: Final = frozenset({"amount", "count", "housing"})
"""Kinds of facts that may be of the whole city; those of one project or body are not."""


@dataclass(frozen=True)
class JudgedFact:
    """A fact with what became of it; ``subject_fits`` of read ones, if the subject is its too."""

    fact: Fact
    outcome: Outcome
    subject_fits: bool = False


@dataclass(frozen=True)
class Complaint:
    """Something said that a person should look at, where, and why.

    ``wrong`` goes against a fact of its line; ``doubtful`` is a number that no fact there has;
    ``city`` gives the city what is not its; ``foreign`` gives a text of elsewhere communes.
    """

    why: Literal["wrong", "doubtful", "city", "foreign"]
    line: int
    words: str
    detail: str = ""


@dataclass
class JudgedText:
    """The reading of one text: every fact, the complaints and the questions."""

    name: str
    facts: list[JudgedFact] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    further: int = 0
    """Sure statements beyond the facts: on lines that have none, or words beside numbers."""
    questions: int = 0
    idle: list[str] = field(default_factory=list)
    """Questions that no fact stands behind."""
    failure: str = ""

    def count(self, outcome: Outcome) -> int:
        """Return how many facts ended so."""
        return sum(1 for one in self.facts if one.outcome == outcome)

    def list_complaints(self, why: str) -> list[Complaint]:
        """Return the complaints of one kind."""
        return [one for one in self.complaints if one.why == why]


def judge_text(
    name: str, extraction: Extraction, facts: Sequence[Fact], *, foreign: bool
) -> JudgedText:
    """Return what the reading of a text is worth against its facts."""
    judged = JudgedText(name)
    lines = frozenset(fact.line for fact in facts)
    statements = extraction.reading.statements
    by_fact = {
        id(fact): [one for one in statements if stands_at(one.place, fact.line, lines)]
        for fact in facts
    }
    for fact in facts:
        judged.facts.append(_judge_fact(fact, by_fact[id(fact)], extraction, lines))
    read = {id(one.fact) for one in judged.facts if one.outcome == "read"}
    for one in statements:
        near = [fact for fact in facts if stands_at(one.place, fact.line, lines)]
        judged.complaints += _find_complaints(one, near, read, foreign=foreign)
        judged.further += one.status == "sure" and not any(has_value(f, one) for f in near)
    if foreign:
        judged.complaints += _find_placed_rows(extraction)
    _count_questions(judged, extraction, facts, lines)
    return judged


def describe_statement(statement: Statement) -> str:
    """Return a statement in a line: subject, field, value, mood, communes."""
    value = statement.value
    shown = value if isinstance(value, str) else f"{value:.12g}"
    of = "" if statement.total is None else f"/{statement.total:g}"
    parts = (f"{shown}{of}", statement.unit, statement.mood, statement.when, *statement.communes)
    about = f"[{statement.subject_kind}] {statement.subject[:60]} · {statement.field}"
    return f"{about} · {' '.join(filter(None, parts))}"


def _judge_fact(
    fact: Fact, near: Sequence[Statement], extraction: Extraction, lines: frozenset[int]
) -> JudgedFact:
    hits = [one for one in near if has_value(fact, one) and fits_field(fact, one)]
    sure = [one for one in hits if one.status == "sure"]
    if all(is_end(fact, one) for one in sure) and len({one.field for one in sure}) == 1:
        sure = []  # one end of a span is not the span
    if sure or (fact.form == "place" and _is_covered(fact, near)):
        return JudgedFact(fact, "read", any(fits_subject(fact, one) for one in sure))
    asked = [one for one in near if one.status == "ask"]
    queue = [one for one in extraction.queue if stands_at(one.place, fact.line, lines)]
    if any(has_value(fact, one) or is_candidate(fact, one) for one in asked) or any(
        is_offered(fact, one) for one in queue
    ):
        return JudgedFact(fact, "offered")
    unread = [one for one in extraction.reading.unread if stands_at(one.place, fact.line, lines)]
    return JudgedFact(fact, "listed" if any(is_left(fact, one) for one in unread) else "silent")


def _is_covered(fact: Fact, near: Iterable[Statement]) -> bool:
    """Return True if sure statements of the line name a fact's communes together."""
    named: set[str] = set()
    for one in near:
        named |= set(one.communes) if one.status == "sure" else set()
    return bool(fact.communes) and fact.communes <= named


def _find_complaints(
    statement: Statement, near: Sequence[Fact], read: Collection[int], *, foreign: bool
) -> Iterable[Complaint]:
    """Yield what speaks against a sure statement."""
    line, words = statement.place.line_from, describe_statement(statement)
    if foreign and statement.communes:
        yield Complaint("foreign", line, words)
    if statement.status != "sure":
        return
    having = [fact for fact in near if has_value(fact, statement)]
    numeric = not isinstance(statement.value, str)
    if statement.subject_kind == "city" and numeric and near:
        others = having and all(fact.kind not in _CITY_KINDS for fact in having)
        if foreign or others or not having:
            detail = having[0].subject if having else "no fact has it"
            yield Complaint("city", line, words, detail)
    if numeric and near and not having:
        yield Complaint("doubtful", line, words)
    against = _find_contradicted(statement, near, having, read)
    if against is not None:
        detail = f"{against.subject}: {against.field} {against.value}"
        yield Complaint("wrong", line, words, detail)


def _find_contradicted(
    statement: Statement, near: Sequence[Fact], having: Sequence[Fact], read: Collection[int]
) -> Fact | None:
    """Return the fact that a statement goes against: as another thing, or with another value.

    Beside a fact that was read, another value of the same thing is one of a part of it.
    """
    precise = [fact for fact in having if fact.form not in {"place", "words"}]
    if precise and not isinstance(statement.value, str):
        return None if any(fits_field(fact, statement) for fact in precise) else precise[0]
    about = [fact for fact in near if fits_subject(fact, statement)]
    misplaced = _find_misplaced(statement, about)
    if misplaced or having:
        return misplaced
    same = [fact for fact in about if fact.fields and statement.field in fact.fields]
    if isinstance(statement.value, str) and not statement.value[:1].isdigit():
        return None  # a state, beside a time
    told = [f for f in same if f.form not in {"place", "words"} and id(f) not in read]
    return told[0] if told else None


def _find_misplaced(statement: Statement, about: Sequence[Fact]) -> Fact | None:
    """Return the fact whose communes a statement about the same subject does not name."""
    placed = [fact for fact in about if fact.communes]
    named = set(statement.communes)
    if not named or not placed or any(named & fact.communes for fact in placed):
        return None
    return placed[0]


def _find_placed_rows(extraction: Extraction) -> list[Complaint]:
    """Return projects and parks of a foreign text that were given communes."""
    rows: tuple[ProjectRow | ParkMention, ...] = (*extraction.projects, *extraction.parks)
    return [Complaint("foreign", row.place.line_from, row.name) for row in rows if row.communes]


def _count_questions(
    judged: JudgedText, extraction: Extraction, facts: Sequence[Fact], lines: frozenset[int]
) -> None:
    """Count questions, those of one column once, and note those that no fact stands behind."""
    groups: dict[tuple[object, ...], list[bool]] = defaultdict(list)
    words: dict[tuple[object, ...], str] = {}
    for number, one in enumerate(extraction.reading.statements):
        if one.status == "ask":
            key = _group_question(one.place, one.why, one.field, number)
            near = (fact for fact in facts if stands_at(one.place, fact.line, lines))
            groups[key].append(any(has_value(f, one) or is_candidate(f, one) for f in near))
            words.setdefault(key, f"{one.why}: {one.field} {one.stated or one.value}")
    for number, entry in enumerate(extraction.queue):
        key = _group_question(entry.place, entry.reason, "", ~number)
        near = (fact for fact in facts if stands_at(entry.place, fact.line, lines))
        groups[key].append(any(is_offered(f, entry) or is_in(f, entry.raw) for f in near))
        words.setdefault(key, f"{entry.reason}: {entry.raw}")
    judged.questions = len(groups)
    judged.idle = [words[key] for key, yielded in groups.items() if not any(yielded)]


def _group_question(
    place: SourcePlace, why: str, field_name: str, number: int
) -> tuple[object, ...]:
    if place.table and place.column:
        return (why, field_name, place.table, place.column)
    return (number,)
