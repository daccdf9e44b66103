"""Everything that people's answers have taught, in one list, each to be forgotten and given back.

Names of items and places, answers to questions that come again, names, patterns and headings of
an issuer's reports (``store.imports.plan.learned``), meanings of columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import sqlalchemy as sa

from reports.model.extraction import ColumnChoice
from reports.tables.grid.headings import fold_heading
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.db.database import reading, writing
from store.db.schema import ALIASES, COLUMN_CHOICES, FACTS, IMPORTS
from store.imports.column_choices import (
    forget_column_choice,
    remember_column_choices,
)
from store.imports.plan.matching import NameAlias, forget_alias, record_alias
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.imports.plan.matching import AliasKind
    from store.users.users import User

COLUMN: Final = "column"
OF_ISSUER: Final = ("subject", "pattern", "heading", "meaning")
_SEPARATOR: Final = "|"


@dataclass(frozen=True)
class LearnedThing:
    """One thing that was taught: ``kind`` is that of an alias, of ``OF_ISSUER``, or ``COLUMN``.

    ``text`` is what stands in reports, ``target`` what it is taken for, in the program's words;
    ``key`` is what it is known by. ``issuer`` is whose reports it holds for, '' for all; ``actor``
    taught it at ``at`` (ISO, UTC). ``unit`` is a column's.
    """

    kind: str
    text: str
    target: str
    key: str
    issuer: str
    actor: str
    at: str
    unit: str = ""


def list_learned() -> tuple[LearnedThing, ...]:
    """Return what people have taught and is not forgotten, the newest first."""
    rows = ALIASES.c
    names = sa.select(rows.kind, rows.text, rows.target, rows.folded, IMPORTS.c.actor, IMPORTS.c.at)
    names = names.join(IMPORTS, IMPORTS.c.id == rows.added_by)
    names = names.where(rows.removed_by.is_(None), rows.origin == "person")
    columns = COLUMN_CHOICES.c
    choices = sa.select(
        columns.heading, columns.meaning, columns.issuer, columns.unit, columns.actor, columns.at
    )
    with reading() as connection:
        issuers = {
            fold_heading(str(issuer)): str(issuer)
            for issuer in connection.scalars(sa.select(FACTS["documents"].c.issuer).distinct())
        }
        learned = [_read_alias(row, issuers) for row in connection.execute(names)]
        learned += [
            LearnedThing(COLUMN, heading, meaning, heading, issuers.get(issuer, issuer), *rest)
            for heading, meaning, issuer, unit, actor, at in connection.execute(choices)
            for rest in [(str(actor), str(at), str(unit))]
        ]
    return tuple(sorted(learned, key=lambda one: (one.at, one.kind, one.key), reverse=True))


@guard_action("review.decide")
def forget_learned(thing: LearnedThing, *, actor: User) -> None:
    """Forget one thing; nothing happens where it is forgotten already.

    Answers given before stay as they are: later reports are read without it. Raises
    ``NotAllowedError``.
    """
    if thing.kind == COLUMN:
        forget_column_choice(_make_choice(thing), actor)
        return
    with writing() as connection:
        forget_alias(Ledger(connection, Changeset("decision", actor)), _make_alias(thing))


@guard_action("review.decide")
def learn_again(thing: LearnedThing, *, actor: User) -> None:
    """Give back one thing that was forgotten. Raises ``NotAllowedError``."""
    if thing.kind == COLUMN:
        remember_column_choices([_make_choice(thing)], actor)
        return
    with writing() as connection:
        record_alias(Ledger(connection, Changeset("decision", actor)), _make_alias(thing))


def _read_alias(row: Iterable[Any], issuers: dict[str, str]) -> LearnedThing:
    kind, text, target, key, actor, at = map(str, row)
    what, apart, rest = key.partition(_SEPARATOR)
    if kind == "answer" and apart and what in OF_ISSUER:
        issuer = rest.partition(_SEPARATOR)[0]
        return LearnedThing(what, text, target, key, issuers.get(issuer, issuer), actor, at)
    return LearnedThing(kind, text, target, key, "", actor, at)


def _make_alias(thing: LearnedThing) -> NameAlias:
    kind = "answer" if thing.kind in OF_ISSUER else thing.kind
    return NameAlias(cast("AliasKind", kind), thing.text, thing.key, thing.target)


def _make_choice(thing: LearnedThing) -> ColumnChoice:
    return ColumnChoice(thing.key, thing.target, thing.unit, thing.issuer)
