"""Sentences that nobody understood: made into statements by a person, or nothing in them for us.

Each answer is one change, audited, and undone whole with what it brought.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.i18n import t
from reports.model.statement import Statement, UnreadSentence
from store.audit.changes import RowChange
from store.audit.edit_tokens import EditTarget, compute_row_token, require_unchanged
from store.audit.ledger import read_current_rows
from store.audit.rows import make_row_key
from store.db.database import reading, writing
from store.db.errors import ChoiceError
from store.db.schema import FACTS, IMPORTS
from store.imports.apply import undo_in_transaction
from store.imports.plan.statement_rows import make_statement_row, read_list, write_list
from store.imports.statement_answers import carry_out_answers, open_answer
from store.imports.statement_corrections import correct_statement
from store.imports.statement_facts import AnswerContext, StatementOutcome, make_part
from store.imports.statement_queue import read_place
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.audit.rows import Row
    from store.imports.statement_answers import AnswerResult
    from store.users.users import User

_TABLE: Final = "unread_sentences"


@dataclass(frozen=True)
class StoredUnread:
    """A sentence of which something is left over, as it is kept.

    ``key`` is what it is answered by, ``token`` what whoever answers has seen.
    """

    key: str
    token: str
    doc: str
    period: str
    sentence: UnreadSentence


@dataclass(frozen=True)
class DismissedUnread:
    """A sentence that a person found nothing in: ``number`` is the change that says so."""

    number: int
    doc: str
    sentence: str
    actor: str


def list_unread(*, doc: str = "") -> list[StoredUnread]:
    """Return the sentences of which something is left over, by document and line."""
    rows = FACTS[_TABLE]
    query = sa.select(rows).where(rows.c.removed_by.is_(None))
    if doc:
        query = query.where(rows.c.doc == doc)
    query = query.order_by(rows.c.doc, rows.c.line_from, rows.c.position)
    with reading() as connection:
        listed = [dict(row) for row in connection.execute(query).mappings()]
    return [
        StoredUnread(
            row["key"],
            compute_row_token(_TABLE, row),
            row["doc"],
            row["period"],
            UnreadSentence(
                row["sentence"], read_place(row), read_list(row["left_over"]), row["why"]
            ),
        )
        for row in listed
    ]


def list_dismissed_unread() -> list[DismissedUnread]:
    """Return the sentences that persons found nothing in, the latest last."""
    rows, later = FACTS[_TABLE], IMPORTS.alias()
    undone = sa.select(later.c.undoes).where(later.c.undoes.is_not(None))
    said = sa.select(FACTS["statements"].c.added_by)
    query = (
        sa.select(IMPORTS.c.id, rows.c.doc, rows.c.sentence, IMPORTS.c.actor)
        .join(IMPORTS, IMPORTS.c.id == rows.c.removed_by)
        .where(IMPORTS.c.kind == "decision", IMPORTS.c.id.not_in(undone), IMPORTS.c.id.not_in(said))
        .order_by(IMPORTS.c.id)
    )
    with reading() as connection:
        return [DismissedUnread(*row) for row in connection.execute(query)]


@guard_action("review.decide")
def accept_unread(
    key: str,
    said: Mapping[str, object],
    *,
    seen: str,
    actor: User,
    why: str = "",
    item: str = "",
    stated: str = "",
    keep_open: bool = False,
) -> AnswerResult:
    """Write down a statement that a person has found in a sentence.

    ``said`` are its fields as ``accept_statement`` takes corrections, ``stated`` the words that
    hold its value. ``keep_open``: there is more in the sentence; it stays, with what is left.
    Raises as ``accept_statement``.
    """
    with writing() as connection:
        row = _get_row(connection, key, seen)
        start = max(row["sentence"].find(stated), 0) if stated else 0
        found = Statement(
            "", "unknown", "", "", row["sentence"], read_place(row), start, start + len(stated),
            stated=stated, status="ask", why=row["why"],
        )  # fmt: skip
        source = {name: row[name] for name in ("doc", "period", "parser_version")}
        base: Row = dict(make_statement_row(found, "", "", source)) | {"position": None}
        outcome = make_part(AnswerContext(connection, base, item), base, said, 1)
        whole = make_statement_row(correct_statement(found, said), "", "", source)
        outcome = _name_statement(outcome, str(whole["statement"]))
        answered = str(make_row_key(outcome.changes[0].after or {}, "statements"))
        if read_current_rows(connection, "statements", FACTS["statements"].c.key == answered):
            raise ChoiceError(t("store.fault.statement_not_open"))
        left = [words for words in read_list(row["left_over"]) if words != stated]
        after = row | {"left_over": write_list(left)} if keep_open else None
        ledger = open_answer(connection, actor, why, row)
        if after != row:
            ledger.apply([RowChange(_TABLE, row, after)])
        return carry_out_answers(ledger, [outcome], (answered,))


@guard_action("review.decide")
def dismiss_unread(key: str, *, seen: str, actor: User, why: str = "") -> int:
    """Say that there is nothing for us in a sentence; return the change's number."""
    with writing() as connection:
        row = _get_row(connection, key, seen)
        ledger = open_answer(connection, actor, why, row)
        ledger.apply([RowChange(_TABLE, row, None)])
        return ledger.number


@guard_action("review.decide")
def undo_dismissal(number: int, actor: User, why: str = "") -> int:
    """Take back that there is nothing in a sentence; return the undoing's number."""
    with writing() as connection:
        rows = FACTS[_TABLE]
        if connection.scalar(sa.select(rows.c.id).where(rows.c.removed_by == number)) is None:
            raise ChoiceError(t("store.fault.statement_not_answered"))
        return undo_in_transaction(connection, number, actor, why)


def _get_row(connection: sa.Connection, key: str, seen: str) -> Row:
    require_unchanged(connection, EditTarget(((_TABLE, "key", (key,)),)), seen)
    rows = read_current_rows(connection, _TABLE, FACTS[_TABLE].c.key == key)
    if not rows:
        raise ChoiceError(t("store.fault.statement_not_open"))
    return rows[0]


def _name_statement(outcome: StatementOutcome, code: str) -> StatementOutcome:
    """Return an outcome with its statement under a code of its own, and nothing read before."""
    first = outcome.changes[0]
    content: dict[str, Any] = {**(first.after or {}), "statement": code, "original": ""}
    return replace(outcome, changes=(replace(first, after=content), *outcome.changes[1:]))
