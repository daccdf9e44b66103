"""What "dự án này" and "các dự án trên" stand for: what was named before, asked where several."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.statement import WHICH_SUBJECT
from reports.statements.lexing.pointing import find_pointing
from reports.statements.predicates.said_of import ITEMS, find_runs_within
from reports.statements.subjects import make_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.lexing.pointing import Pointing
    from reports.statements.outline import ListPlace
    from reports.statements.subjects import Subject, SubjectMemory

_NEAR: Final = 2
"""Letters between a list mark, or the beginning of a line, and a name that it begins with."""
_PARTS: Final = re.compile(r"(?<!\w)(?:gồm|bao gồm|trong đó|riêng)(?!\w)", re.IGNORECASE)
_LONGEST_HEADING: Final = 100


def forget_named(memory: SubjectMemory, lexed: LexedSentence, item: ListPlace) -> None:
    """Forget what was named before a heading, a list or a line that begins with its own thing."""
    headings = lexed.sentence.headings
    last = memory.named or memory.listed
    own = bool(last) and bool(headings) and fold_text(last[-1].name) in fold_text(headings[0])
    if (headings != memory.under and not own) or (item.first and _is_heading(lexed)):
        memory.last, memory.group, memory.named, memory.listed = None, (), (), ()
        memory.joined = ()
        memory.under = headings
    elif item.first and _find_head(lexed, item) is not None:
        memory.named = ()
        memory.listed = memory.listed if item.mark_end else ()
    elif item.first and item.mark_end:
        memory.group, memory.named, memory.listed = (), (), ()


def remember_named(memory: SubjectMemory, lexed: LexedSentence, item: ListPlace) -> None:
    """Keep what a sentence names, and what the line of a list begins with."""
    things = list_things(lexed)
    memory.named = _join(memory.named, things)
    head = _find_head(lexed, item)
    if item.first and item.mark_end and head is not None:
        memory.listed = _join(memory.listed, [head])
        memory.group = memory.listed if len(memory.listed) > 1 else memory.group
    if things:
        memory.under = lexed.sentence.headings
        first = things[0].start
        joined = find_runs_within(lexed, first, first + 1)
        memory.joined = _join((), [thing for thing in joined if thing.kind in ITEMS])


def choose_named(memory: SubjectMemory, lexed: LexedSentence) -> Subject | None:
    """Return what a sentence carries on with: the only thing named that its words may stand for."""
    pointing = next((p for p in find_pointing(lexed.text) if not p.plural), None)
    if pointing is None or memory.last is None:
        return memory.last
    fitting = [subject for subject in list_named(memory) if pointing.fits(subject)]
    return fitting[0] if len(fitting) == 1 else memory.last


def find_pointed(
    lexed: LexedSentence, memory: SubjectMemory, pointing: Pointing
) -> tuple[list[Subject], bool]:
    """Return what words may stand for that point back, and whether all of it is surely meant.

    What the sentence itself named before them comes first, then what the words before it did.
    """
    own = [subject for subject in list_things(lexed) if subject.start < pointing.start]
    known = own or list_named(memory)
    told = memory.last or memory.title or memory.only
    pool = known or ([told] if told is not None and told.kind in ITEMS else [])
    found = _join((), [subject for subject in pool if pointing.fits(subject)] or pool)
    many = len(found) > 1
    sure = bool(found) and pointing.plural == many and pointing.count in {0, len(found)}
    return list(found), sure


def question_carried(
    lexed: LexedSentence, memory: SubjectMemory, statements: Sequence[Statement]
) -> list[Statement]:
    """Return the statements with those asked about whose subject may be another thing."""
    pointed = find_pointing(lexed.text)
    if not pointed and (len(memory.joined) <= 1 or list_things(lexed)):
        return list(statements)
    said: dict[tuple[str, int], set[str]] = {}
    for one in statements:
        said.setdefault((one.field, one.start), set()).add(_key(one))
    asked = [
        _question(one, lexed, memory, pointed, said[one.field, one.start])
        if one.status == "sure"
        and one.subject_kind in ITEMS
        and one.sentence == lexed.sentence.text
        else one
        for one in statements
    ]
    return [one for at, one in enumerate(asked) if one not in asked[:at]]


def _question(
    one: Statement,
    lexed: LexedSentence,
    memory: SubjectMemory,
    pointed: Sequence[Pointing],
    said: set[str],
) -> Statement:
    _, stop = lexed.find_clause(one.start)
    before = [p for p in pointed if p.start <= one.start]
    behind = [p for p in pointed if one.start < p.start < stop]
    if not pointed and _key(one) in {subject.key for subject in memory.joined}:
        return one if len(said) > 1 else ask_which(one, memory.joined)
    if not (before or behind):
        return one
    pointing = before[-1] if before else behind[0]
    own = list_things(lexed)
    named = [subject for subject in own if subject.start < pointing.start]
    later = [subject for subject in own if subject.start > pointing.start]
    if any(subject.key == _key(one) for subject in later):
        between = lexed.text[pointing.start : one.start]
        leads = pointing.start <= _NEAR and later[0].start < one.start
        known = list_named(memory)
        if pointing.plural or not leads or not known or _PARTS.search(between):
            return one
        return ask_which(one, [*known, *later])
    pool = named or list_named(memory)
    fitting = [subject for subject in pool if pointing.fits(subject)] or pool
    keys = {subject.key for subject in fitting}
    whole = said == keys and pointing.count in {0, len(keys)} and pointing.plural == (len(keys) > 1)
    if whole or not keys:
        return one
    return ask_which(one, fitting)


def ask_which(one: Statement, things: Iterable[Subject]) -> Statement:
    """Return a statement as a question which of several things it is about."""
    names = dict.fromkeys(thing.name for thing in things)
    return replace(
        one, subject="", item="", status="ask", why=WHICH_SUBJECT, candidates=tuple(names)
    )


def list_named(memory: SubjectMemory) -> list[Subject]:
    """Return all that the words before may have named, each once."""
    heading = [memory.heading] if memory.heading is not None else []
    return list(_join((), [*heading, *memory.listed, *memory.named]))


def list_things(lexed: LexedSentence) -> list[Subject]:
    """Return the things that a sentence names and that may be built, established or owned."""
    subjects = [make_subject(name) for name in lexed.names if not name.beside]
    return [subject for subject in subjects if subject.kind in ITEMS]


def _find_head(lexed: LexedSentence, item: ListPlace) -> Subject | None:
    """Return the thing that a line begins with."""
    first = next(iter(list_things(lexed)), None)
    return first if first is not None and first.start <= item.mark_end + _NEAR else None


def _is_heading(lexed: LexedSentence) -> bool:
    """Return True for a short line without a full stop that names nothing: a heading."""
    text = lexed.text.strip()
    return not lexed.names and len(text) <= _LONGEST_HEADING and text[-1:] not in {".", ";", ","}


def _join(named: Iterable[Subject], more: Iterable[Subject]) -> tuple[Subject, ...]:
    found: dict[str, Subject] = {}
    for subject in (*named, *more):
        found.setdefault(subject.key, subject)
    return tuple(found.values())


def _key(statement: Statement) -> str:
    return statement.item or fold_text(statement.subject)
