"""What documents say as the store keeps it: what waits for an answer, what was answered, the rest.

Answers are given by ``store.imports.statement_answers``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import sqlalchemy as sa

from reports.model.document import SourcePlace
from reports.model.statement import NUMBER_FIELDS, Statement, SubjectKind
from store.audit.edit_tokens import EditTarget, compute_row_token, make_row_target
from store.db.database import reading
from store.db.schema import FACTS, IMPORTS
from store.imports.plan.statement_rows import read_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.audit.rows import Content, Row

OPEN: Final = "ask"
ANSWERED: Final = ("accepted", "corrected", "refused", "not_for_us")


@dataclass(frozen=True)
class StoredStatement:
    """A statement of a document as it is kept.

    ``key`` is what it is answered by, ``token`` what whoever answers has seen (an answer to an
    older one is refused). ``item`` is the store's item that it is about, '' for none. ``pattern``
    is shared with those that can be answered together. ``answer`` is the number of the change that
    answered it, 0 for none, ``answered_by`` who did; ``original`` is JSON of what was
    read, where a person corrected it.
    """

    key: str
    token: str
    doc: str
    period: str
    state: str
    statement: Statement
    item: str = ""
    pattern: str = ""
    answer: int = 0
    answered_by: str = ""
    answered_why: str = ""
    original: str = ""


def list_open_statements(*, doc: str = "") -> list[StoredStatement]:
    """Return the statements that wait for an answer, by document and line."""
    return list_statements((OPEN,), doc=doc)


def list_answered_statements() -> list[StoredStatement]:
    """Return the statements that a person has answered, by document and line."""
    return list_statements(ANSWERED)


def list_statements(states: Sequence[str], *, doc: str = "") -> list[StoredStatement]:
    """Return the statements of some states, of one document or of all."""
    rows = FACTS["statements"]
    answer = (IMPORTS.c.kind, IMPORTS.c.actor, IMPORTS.c.why.label("import_why"))
    query = sa.select(rows, *answer).join(IMPORTS, IMPORTS.c.id == rows.c.added_by)
    query = query.where(rows.c.removed_by.is_(None), rows.c.state.in_(states))
    if doc:
        query = query.where(rows.c.doc == doc)
    order = (rows.c.doc, rows.c.line_from, rows.c.start, rows.c.position)
    with reading() as connection:
        rows_found = connection.execute(query.order_by(*order)).mappings()
        return [_stored_from_row(dict(row)) for row in rows_found]


def make_statement_target(key: str) -> EditTarget:
    """Return the one statement that is answered."""
    return make_row_target("statements", key)


def statement_from_row(row: Content) -> Statement:
    """Return what a row of the table says, as it was read; of one answered, as it was answered."""
    field = str(row["field"])
    return Statement(
        subject=row["subject"],
        subject_kind=cast("SubjectKind", row["subject_kind"]),
        field=field,
        value=_read_value(row, field),
        sentence=row["sentence"],
        place=read_place(row),
        start=int(row["start"]),
        end=int(row["end"]),
        item=row["named"],
        stated=row["stated"],
        unit=row["unit"],
        total=row["total"],
        qualifier=row["qualifier"],
        mood=row["mood"],
        when=row["when"],
        communes=tuple(str(row["communes"]).split()),
        province=row["province"],
        cause=row["cause"],
        bodies=read_list(row["bodies"]),
        detail=row["detail"],
        inferred=read_list(row["inferred"]),
        part_of=row["part_of"],
        status="ask" if row["state"] == OPEN else "sure",
        why=row["why"],
        candidates=read_list(row["candidates"]),
    )


def _read_value(row: Content, field: str) -> float | str:
    if field in NUMBER_FIELDS and row["number"] is not None:
        return float(row["number"])
    return str(row["value"])


def read_place(row: Content) -> SourcePlace:
    """Return where what a row holds stands."""
    return SourcePlace(
        int(row["line_from"] or 0),
        int(row["line_to"] or 0),
        int(row["page"]),
        int(row["table_no"]),
        int(row["row_no"]),
        int(row["column_no"]),
    )


def _stored_from_row(row: Row) -> StoredStatement:
    answered: dict[str, Any] = {}
    if row["state"] in ANSWERED and row["kind"] == "decision":
        answered = {
            "answer": int(row["added_by"]),
            "answered_by": str(row["actor"]),
            "answered_why": str(row["import_why"]),
        }
    return StoredStatement(
        key=row["key"],
        token=compute_row_token("statements", row),
        doc=row["doc"],
        period=row["period"],
        state=row["state"],
        statement=statement_from_row(row),
        item=row["item"] or "",
        pattern=row["pattern"],
        original=row["original"],
        **answered,
    )
