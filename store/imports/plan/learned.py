"""What answers to statements teach, remembered by the issuer of the report.

Names of items, patterns that are refused, and headings: what the statements below them are about.
Kept with the other settled names, so that undoing an answer takes back what it taught.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from geo.text import fold_text
from reports.model.statement import FIELD_NAMES, SUBJECT_KINDS
from reports.statements.sections import find_section, fold_section, list_sections
from store.imports.plan.matching import NameAlias, normalise_name, read_aliases

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import sqlalchemy as sa

    from reports.model.extraction import Extraction
    from reports.model.statement import Mood, SentenceBalance, Statement

NO_SUBJECT: Final = frozenset({"no_subject", "subject"})
"""Why a statement is asked about whose heading may tell what it is about."""

SETTLED_BY_HEADING: Final = "heading"
"""What is among ``Statement.inferred`` of one that a learned heading has settled."""

_NAME: Final = "subject"
_PATTERN: Final = "pattern"
_ABOUT: Final = "heading"
_MEANING: Final = "meaning"
_UNCLEAR: Final = "unclear_field"
_VAGUE: Final = frozenset({"money", "pct"})
_SEPARATOR: Final = "|"
_FEWEST_WORDS: Final = 2
_LONGEST: Final = 200


@dataclass(frozen=True)
class LearnedAnswers:
    """What is remembered: each a mapping from what stands in a report.

    ``names``: items by name as it is compared; ``patterns``: states of refused patterns;
    ``headings``: kind, item and name of the subject by heading; ``meanings``: field and mood by
    the field that was read and the heading.
    """

    names: Mapping[str, str]
    patterns: Mapping[str, str]
    headings: Mapping[str, str]
    meanings: Mapping[str, str]


def read_learned_answers(connection: sa.Connection, issuer: str) -> LearnedAnswers:
    """Return what is remembered of an issuer's reports."""
    answers = read_aliases(connection, "answer")
    return LearnedAnswers(
        *(
            _select(answers, _make_key(what, issuer, ""))
            for what in (_NAME, _PATTERN, _ABOUT, _MEANING)
        )
    )


def learn_name(issuer: str, name: str, item: str) -> NameAlias:
    """Return that a name stands for an item in reports of an issuer."""
    key = _make_key(_NAME, issuer, normalise_name(name))
    return NameAlias("answer", name[:_LONGEST], key, item)


def learn_pattern(issuer: str, pattern: str, state: str) -> NameAlias:
    """Return that statements of a pattern are refused in reports of an issuer."""
    return NameAlias("answer", pattern[:_LONGEST], _make_key(_PATTERN, issuer, pattern), state)


def learn_heading(
    issuer: str, section: str, read: Statement, answered: Statement, item: str
) -> tuple[NameAlias, ...]:
    """Return what an answer tells of all that stands below a heading in reports of an issuer.

    ``read`` is the statement as it was read, ``answered`` as a person said it, about ``item`` of
    the store or ''. Nothing is learned of a heading that says too little, nor of a field that was
    read as it was answered, nor from a value in another unit.
    """
    folded = fold_section(section)
    if not is_section_telling(section):
        return ()
    learned = []
    if answered.subject and answered.subject_kind != "unknown":
        about = _SEPARATOR.join((answered.subject_kind, item, answered.subject[:_LONGEST]))
        key = _make_key(_ABOUT, issuer, folded)
        learned.append(NameAlias("answer", section[:_LONGEST], key, about))
    corrected = answered.field != read.field or read.why == _UNCLEAR
    if corrected and answered.unit == read.unit and not isinstance(answered.value, str):
        meaning = _SEPARATOR.join((answered.field, answered.mood))
        key = _make_key(_MEANING, issuer, f"{read.field}{_SEPARATOR}{folded}")
        learned.append(NameAlias("answer", section[:_LONGEST], key, meaning))
    return tuple(learned)


def is_section_telling(section: str) -> bool:
    """Return True for a heading of enough words to know it again."""
    return len(fold_section(section).split()) >= _FEWEST_WORDS


def settle_by_headings(
    read: Extraction, learned: LearnedAnswers, items: Collection[str]
) -> Extraction:
    """Return an extraction with what the headings tell of its open statements.

    ``items`` are those of the store; one that there is no more is told by its name.
    """
    asked = any(one.status == "ask" for one in read.reading.statements)
    if not asked or not (learned.headings or learned.meanings):
        return read
    sections = list_sections(read.document)
    before = read.reading.statements
    after = tuple(
        _settle(one, fold_section(find_section(sections, one)), learned, items)
        if one.status == "ask"
        else one
        for one in before
    )
    if after == before:
        return read
    balance = _count_anew(read.reading.balance, before, after)
    return replace(read, reading=replace(read.reading, statements=after, balance=balance))


def _settle(
    statement: Statement, section: str, learned: LearnedAnswers, items: Collection[str]
) -> Statement:
    """Return an open statement as its heading settles it; as it was where that is not enough."""
    if not section or statement.why not in {*NO_SUBJECT, _UNCLEAR}:
        return statement
    settled = statement
    if statement.why in NO_SUBJECT:
        kind, _, rest = learned.headings.get(section, "").partition(_SEPARATOR)
        item, _, name = rest.partition(_SEPARATOR)
        if kind not in SUBJECT_KINDS:
            return statement
        settled = replace(
            settled,
            subject=name,
            subject_kind=kind,
            item=item if item in items else "",
        )
    meaning = learned.meanings.get(f"{statement.field}{_SEPARATOR}{section}", "")
    field, _, mood = meaning.partition(_SEPARATOR)
    if field in FIELD_NAMES:
        settled = replace(settled, field=field, mood=cast("Mood", mood))
    elif statement.why == _UNCLEAR or statement.field in _VAGUE:
        return replace(settled, why=_UNCLEAR)
    inferred = (*statement.inferred, SETTLED_BY_HEADING)
    return replace(settled, status="sure", why="", candidates=(), inferred=inferred)


def _count_anew(
    balance: SentenceBalance, before: Sequence[Statement], after: Sequence[Statement]
) -> SentenceBalance:
    """Return the balance with the sentences as read of which something is sure now."""
    sure, read = (
        Counter(one.sentence for one in statements if one.status == "sure")
        for statements in (before, after)
    )
    newly = min(len(read.keys() - sure.keys()), balance.asked)
    return replace(balance, read=balance.read + newly, asked=balance.asked - newly)


def _select(answers: Mapping[str, str], start: str) -> dict[str, str]:
    return {key[len(start) :]: target for key, target in answers.items() if key.startswith(start)}


def _make_key(what: str, issuer: str, rest: str) -> str:
    folded = " ".join(fold_text(issuer).split())
    return _SEPARATOR.join((what, folded, rest))
