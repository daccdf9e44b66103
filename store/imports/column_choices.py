"""What people said that columns of reports mean: remembered by heading and issuer.

The next report with such a column is read as they said; what is remembered can be forgotten.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import t
from reports.model.extraction import COLUMN_KEYS, COLUMN_UNITS, ColumnChoice
from reports.tables.grid.headings import fold_heading
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.audit.rows import to_canonical_json
from store.db.database import reading, writing
from store.db.errors import ImportRefusedError
from store.db.schema import COLUMN_CHOICES
from store.imports.plan.review_rows import COLUMN_UNIT
from store.imports.questions.column_units import KEY
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.plan.review_rows import ReviewRow
    from store.users.users import User

MAX_CHARS: Final = 500
"""The longest heading and issuer that are remembered."""


def list_column_choices(issuer: str = "") -> tuple[ColumnChoice, ...]:
    """Return what is remembered of the columns of an issuer's reports.

    Each names the issuer as it was given here. What holds for all issuers comes first, so that
    what was said of this one comes to stand.
    """
    columns = COLUMN_CHOICES.c
    wanted = columns.issuer.in_(("", fold_heading(issuer)))
    query = sa.select(columns.heading, columns.meaning, columns.unit, columns.issuer)
    with reading() as connection:
        rows = connection.execute(query.where(wanted).order_by(columns.issuer, columns.heading))
        choices = [ColumnChoice(*map(str, row)) for row in rows]
    return tuple(
        replace(choice, issuer=issuer if choice.issuer else "")
        for choice in choices
        if choice.key in COLUMN_KEYS
    )


@guard_action("import.apply")
def remember_column_choices(choices: Sequence[ColumnChoice], actor: User) -> None:
    """Keep what a person said of columns in place of what was said of the same before.

    Raises ``ImportRefusedError`` for an empty or too long heading and for a meaning or unit that
    is none.
    """
    clean = [_clean_choice(choice) for choice in choices]
    known = {(choice.heading, choice.issuer): choice for choice in clean}
    if not known:
        return
    with writing() as connection:
        ledger = Ledger(connection, Changeset("note", actor))
        for choice in known.values():
            before = _take_away(connection, choice)
            connection.execute(
                COLUMN_CHOICES.insert().values(
                    heading=choice.heading,
                    issuer=choice.issuer,
                    meaning=choice.key,
                    unit=choice.unit,
                    actor=actor.name,
                    at=datetime.now(UTC).isoformat(timespec="seconds"),
                )
            )
            ledger.note("column_choices", _make_key(choice), before=before, after=_describe(choice))


@guard_action("import.apply")
def forget_column_choice(choice: ColumnChoice, actor: User) -> None:
    """Forget what was said of a column; nothing happens where nothing is remembered."""
    choice = replace(
        choice, heading=fold_heading(choice.heading), issuer=fold_heading(choice.issuer)
    )
    with writing() as connection:
        before = _take_away(connection, choice)
        if before:
            ledger = Ledger(connection, Changeset("note", actor))
            ledger.note("column_choices", _make_key(choice), before=before)


@guard_action("import.apply")
def remember_column_unit(review: ReviewRow, choice: str, actor: User) -> None:
    """Keep the unit that a column is said to be in; nothing where another answer was given.

    Nothing is kept of a report that names no issuer: it would hold for all.
    """
    said = _make_unit_choice(review)
    if said is not None and choice == said.unit:
        remember_column_choices([said], actor)


@guard_action("import.apply")
def forget_column_unit(review: ReviewRow, actor: User) -> None:
    """Forget the unit that an answer said of a column, unless another has been said since."""
    said = _make_unit_choice(review)
    if said is not None and said in list_column_choices(said.issuer):
        forget_column_choice(said, actor)


def _make_unit_choice(review: ReviewRow) -> ColumnChoice | None:
    """Return what another unit says of a column, ``None`` of questions about anything else."""
    if review.reason != COLUMN_UNIT or not review.payload["issuer"]:
        return None
    kept = review.payload
    return ColumnChoice(kept["heading"], kept.get("key", KEY), kept["unit"], kept["issuer"])


def _take_away(connection: sa.Connection, choice: ColumnChoice) -> str:
    """Take a choice out of the table and return it in writing, '' for none."""
    columns = COLUMN_CHOICES.c
    same = (columns.heading == choice.heading, columns.issuer == choice.issuer)
    query = sa.select(columns.heading, columns.meaning, columns.unit, columns.issuer)
    row = connection.execute(query.where(*same)).first()
    if row is None:
        return ""
    connection.execute(COLUMN_CHOICES.delete().where(*same))
    return _describe(ColumnChoice(*map(str, row)))


def _clean_choice(choice: ColumnChoice) -> ColumnChoice:
    heading, issuer = fold_heading(choice.heading), fold_heading(choice.issuer)
    known = choice.key in COLUMN_KEYS and choice.unit in {"", *COLUMN_UNITS}
    if not heading or max(len(heading), len(issuer)) > MAX_CHARS or not known:
        raise ImportRefusedError(t("store.fault.column_choice"))
    return replace(choice, heading=heading, issuer=issuer)


def _make_key(choice: ColumnChoice) -> str:
    return f"{choice.issuer}/{choice.heading}"


def _describe(choice: ColumnChoice) -> str:
    return to_canonical_json(vars(choice))
