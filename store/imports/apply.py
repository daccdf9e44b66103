"""Accepting what was planned, whole or not at all; undoing it whole; what was imported when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.integrity import find_dangling_references
from store.audit.ledger import Ledger, read_last_token
from store.audit.repair import NAME as REPAIR
from store.db.database import reading, writing
from store.db.errors import ImportRefusedError
from store.db.schema import DECISIONS, DRAFTS, FACTS, IMPORTS, READINGS, REVIEWS
from store.event_log import log_event
from store.imports.plan.drafts import extraction_to_json
from store.imports.plan.matching import record_alias, undo_aliases
from store.imports.plan.planning import find_import_of_document
from store.imports.plan.review_rows import add_answered_review, add_reviews
from store.users.permissions import guard_action, is_allowed

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.audit.rows import Row
    from store.imports.plan.plan import ImportPlan
    from store.users.users import User

UNDOABLE: Final = frozenset({"curated", "report", "correction", "decision", "edit", "visit"})
_LISTED: Final = ("id", "kind", "at", "actor", "why", "doc", "period", "name", "sha256")


@guard_action("import.apply")
def apply_import(
    plan: ImportPlan, actor: User, why: str = "", *, confirmed: Collection[str] = ()
) -> int:
    """Carry a plan out in one transaction and return the import's number.

    A document that is in the store already changes nothing: the number is that of its import.
    ``confirmed`` are those of ``plan.confirmations`` that a person has said to know. Raises
    ``ImportRefusedError`` when the plan is blocked, when something is not confirmed or the store
    has changed since the plan was made, ``LockedPeriodError`` when its period was approved.
    """
    problem = next((candidate for candidate in plan.problems if candidate.blocking), None)
    if problem:
        raise ImportRefusedError(problem.text())
    with writing() as connection:
        already = find_import_of_document(connection, plan.sha256)
        if already:
            return already
        if read_last_token(connection, reported=True) != plan.version:
            raise ImportRefusedError(t("store.fault.stale"))
        open_ones = [name for name in plan.confirmations if name not in confirmed]
        if open_ones:
            raise ImportRefusedError(t(f"store.fault.unconfirmed_{open_ones[0]}"))
        read = plan.extraction
        ledger = Ledger(
            connection,
            Changeset(
                "report",
                actor,
                why,
                doc=plan.doc,
                period=plan.period,
                name=read.document.name,
                sha256=plan.sha256,
                parser_version=read.parser_version,
                balance=dict(vars(read.balance)),
                counts=plan.counts(),
            ),
        )
        ledger.apply(plan.changes)
        for alias in plan.aliases:
            record_alias(ledger, alias)
        add_reviews(ledger, plan.reviews)
        for answered_question in plan.settled:
            add_answered_review(ledger, answered_question.review, answered_question.choice)
        reading_row = {"import_id": ledger.number, "sha256": plan.sha256}
        connection.execute(
            READINGS.insert().values(**reading_row, content=extraction_to_json(read))
        )
        connection.execute(DRAFTS.delete().where(DRAFTS.c.sha256 == plan.sha256))
        log_event("import", number=ledger.number, user=actor.name, doc=plan.doc, period=plan.period)
        return ledger.number


@guard_action("import.undo")
def undo_import(number: int, actor: User, why: str) -> int:
    """Undo an import whole, the decisions on its questions with it; return the undoing's number.

    Raises ``ImportRefusedError`` when it is undone already, cannot be undone, or when what it
    brought was changed or is used since (the message names those imports: undo them first), and
    ``LockedPeriodError`` when it touches an approved period.
    """
    with writing() as connection:
        undoing = undo_with_decisions(connection, number, actor, why)
        refuse_dangling(connection, number)
        log_event("undo", number=undoing, user=actor.name, undoes=number)
        return undoing


def undo_with_decisions(connection: sa.Connection, number: int, actor: User, why: str) -> int:
    """Undo a change after the answers to what it asked; return the undoing's number."""
    for decision in sorted(list_resting_decisions(connection, number), reverse=True):
        undo_in_transaction(connection, decision, actor, why)
    return undo_in_transaction(connection, number, actor, why)


def list_resting_decisions(connection: sa.Connection, number: int) -> set[int]:
    """Return the standing answers to what a change asked, which are undone before it is.

    A decision for some items of a question asks it anew for the others: those answers count too.
    """
    resting = _list_statement_answers(connection, number)
    asked = {number}
    while asked:
        decided = sa.select(DECISIONS.c.import_id).join(REVIEWS)
        decided = decided.where(REVIEWS.c.import_id.in_(asked), DECISIONS.c.undone_by.is_(None))
        asked = {int(one) for one in connection.scalars(decided)} - resting - {number}
        resting |= asked
    return resting


def undo_in_transaction(connection: sa.Connection, number: int, actor: User, why: str) -> int:
    """Undo one import within a writing transaction; return the undoing's number."""
    kind = connection.scalar(sa.select(IMPORTS.c.kind).where(IMPORTS.c.id == number))
    undone = connection.scalar(sa.select(IMPORTS.c.id).where(IMPORTS.c.undoes == number))
    if kind not in UNDOABLE or undone or number in _list_repairs(connection):
        key = "unknown_import" if kind is None else "undone" if undone else "not_undoable"
        raise ImportRefusedError(t(f"store.fault.{key}", number=number))
    changes, since = _reverse_changes(connection, number)
    if since:
        import_names = ", ".join(f"#{import_number}" for import_number in sorted(since))
        raise ImportRefusedError(
            t("store.fault.changed_since", number=number, imports=import_names)
        )
    correcting = kind in {"correction", "decision", "edit"} and is_allowed(actor, "edit.approved")
    ledger = Ledger(connection, Changeset("undo", actor, why, undoes=number, correcting=correcting))
    ledger.apply(changes)
    undo_aliases(ledger, number)
    condition = REVIEWS.c.import_id == number
    withdrawn = sa.select(REVIEWS.c.id).where(condition)
    connection.execute(REVIEWS.update().where(condition).values(state="withdrawn"))
    made = (DECISIONS.c.import_id == number, DECISIONS.c.undone_by.is_(None))
    reopened = sa.select(DECISIONS.c.review_id).where(*made).scalar_subquery()
    connection.execute(
        REVIEWS.update()
        .where(REVIEWS.c.id.in_(reopened), REVIEWS.c.id.not_in(withdrawn.scalar_subquery()))
        .values(state="open")
    )
    connection.execute(DECISIONS.update().where(*made).values(undone_by=ledger.number))
    ledger.note("imports", str(number), before=str(kind))
    return ledger.number


def list_imports(url: str | None = None) -> pd.DataFrame:
    """Return all imports, newest first.

    Columns: ``id``, ``kind``, ``at`` (UTC), ``actor``, ``why``, ``doc``, ``period``, ``name``,
    ``sha256``, ``undone_by`` (0 when it stands), ``reviews`` (questions still open).
    """
    later = IMPORTS.alias()
    undone = sa.select(later.c.id).where(later.c.undoes == IMPORTS.c.id).scalar_subquery()
    left = (
        sa.select(sa.func.count())
        .where(REVIEWS.c.import_id == IMPORTS.c.id, REVIEWS.c.state == "open")
        .scalar_subquery()
    )
    query = sa.select(*(IMPORTS.c[name] for name in _LISTED), sa.func.coalesce(undone, 0), left)
    query = query.where(IMPORTS.c.kind != "note")
    with reading(url) as connection:
        rows = connection.execute(query.order_by(IMPORTS.c.id.desc())).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=[*_LISTED, "undone_by", "reviews"])


def list_dependent_imports(connection: sa.Connection, number: int) -> set[int]:
    """Return the later imports that have changed what an import brought or took away."""
    return _reverse_changes(connection, number)[1]


def _reverse_changes(connection: sa.Connection, number: int) -> tuple[list[RowChange], set[int]]:
    """Return the changes that take back those of an import, and what stands against it.

    That are the later imports whose rows are there instead.
    """
    changes: list[RowChange] = []
    since: set[int] = set()
    repairs = _list_repairs(connection)
    for name, table in FACTS.items():
        brought = _select_rows(connection, table, table.c.added_by == number)
        taken = _select_rows(connection, table, table.c.removed_by == number)
        taken = [row for row in taken if row["added_by"] != number]
        now = _read_rows_by_key(connection, table, [row["key"] for row in (*brought, *taken)])
        back = {row["key"]: row for row in taken}
        for row in brought:
            here = now.pop(row["key"], None)
            if here is None or not (
                int(here["added_by"]) in repairs or _is_same_row(connection, row, here)
            ):
                left = (
                    int(here["added_by"])
                    if here
                    else _last_removed_by(connection, table, row["key"])
                )
                if here or left not in repairs:
                    since.add(left)
                    continue
            changes.append(RowChange(name, here, back.pop(row["key"], None)))
        since |= {int(now[key]["added_by"]) for key in back if key in now}
        changes += [RowChange(name, None, row) for row in back.values()]
    return changes, since


def _list_statement_answers(connection: sa.Connection, number: int) -> set[int]:
    """Return the answers that stand on statements and sentences which a change brought, not it."""
    later = IMPORTS.alias()
    undone = sa.select(later.c.undoes).where(later.c.undoes.is_not(None))
    found: set[int] = set()
    for rows in (FACTS["statements"], FACTS["unread_sentences"]):
        brought = rows.c.key.in_(sa.select(rows.c.key).where(rows.c.added_by == number))
        for change in (rows.c.added_by, rows.c.removed_by):
            query = sa.select(change).join(IMPORTS, IMPORTS.c.id == change)
            standing = (IMPORTS.c.kind == "decision", IMPORTS.c.id.not_in(undone))
            found |= {int(answer) for answer in connection.scalars(query.where(brought, *standing))}
    return found - {number}


def _list_repairs(connection: sa.Connection) -> set[int]:
    """Return the changes by which the program put numbers right: nothing rests on them."""
    query = sa.select(IMPORTS.c.id).where(IMPORTS.c.kind == "correction", IMPORTS.c.name == REPAIR)
    return {int(number) for number in connection.scalars(query)}


def _last_removed_by(connection: sa.Connection, table: sa.Table, key: str) -> int:
    """Return the import that took the last row of a key away."""
    return int(
        connection.scalar(sa.select(sa.func.max(table.c.removed_by)).where(table.c.key == key))
    )


def _read_rows_by_key(
    connection: sa.Connection, table: sa.Table, keys: list[str]
) -> dict[str, Row]:
    """Return the current rows of some keys."""
    by_key: dict[str, Row] = {}
    for start in range(0, len(keys), 500):
        part = table.c.key.in_(keys[start : start + 500])
        rows = _select_rows(connection, table, table.c.removed_by.is_(None) & part)
        by_key |= {row["key"]: row for row in rows}
    return by_key


def _is_same_row(connection: sa.Connection, row: Row, here: Row) -> bool:
    """Return True if a current row is the one brought, or that one given back by an undoing."""
    if here["id"] == row["id"]:
        return True
    kind = sa.select(IMPORTS.c.kind).where(IMPORTS.c.id == here["added_by"])
    return bool(here["hash"] == row["hash"] and connection.scalar(kind) == "undo")


def _select_rows(
    connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]
) -> list[Row]:
    query = sa.select(table).where(where).order_by(table.c.position)
    return [dict(row) for row in connection.execute(query).mappings()]


def refuse_dangling(connection: sa.Connection, number: int) -> None:
    """Raise where rows point at what an undoing took away; the message names their changes."""
    using = find_dangling_references(connection)
    if using:
        import_names = ", ".join(
            f"#{import_number}" for import_number in sorted({row.added_by for row in using})
        )
        raise ImportRefusedError(
            t("store.fault.changed_since", number=number, imports=import_names)
        )
