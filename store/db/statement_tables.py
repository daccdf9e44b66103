"""The tables of what reports say, statement by statement, beside the facts made of it.

A statement stays what its document says whatever becomes of it: a fact, a question, nothing for
us. What of a sentence nobody understood is kept too, and what an item was called and where it lay
as each document told it. Their words are the program's own (``docs/statements.md``).
"""

from __future__ import annotations

from typing import Annotated, Final

from reports.facts_files.table_schemas import (
    AnyItem,
    AnyLine,
    Code,
    DocumentCode,
    FullText,
    ItemCode,
    PeriodCode,
    SourcedRow,
    Text,
    allow_words,
    make_table_schema,
)
from reports.model.ranges import COUNTS, PLACES
from reports.model.schema import ColumnSchema

STATEMENT_STATES: Final = ("sure", "ask", "accepted", "corrected", "refused", "not_for_us")
"""``sure`` and ``ask``: as read, the latter open; the others: what a person said of an open one."""

ITEM_ATTRIBUTES: Final = ("name", "kind", "commune", "owner", "lead")
"""What a document may tell an item to be: ``commune`` a code, ``owner`` and ``lead`` bodies."""

Offset = Annotated[int, ColumnSchema(kind="integer", required=True, limits=PLACES)]
AnyNumber = Annotated[float | None, ColumnSchema(kind="number", limits=COUNTS)]


class StatementRow(SourcedRow):
    """One statement of a document (``reports.model.statement.Statement``).

    ``item`` is the item of the store that it is about, ``named`` the id that the reader knew.
    ``number`` is the value where it is one. ``communes`` are codes parted by blanks; ``bodies``,
    ``inferred``, ``candidates`` and ``original`` are JSON: the last is what was read, where a
    person has corrected it.
    ``pattern`` is what statements that can be answered together share.
    """

    statement: Code
    period: PeriodCode
    doc: DocumentCode
    line_from: AnyLine
    line_to: AnyLine
    item: AnyItem
    subject: Text
    subject_kind: Text
    named: Text
    field: FullText
    value: Text
    number: AnyNumber
    total: AnyNumber
    unit: Text
    qualifier: Text
    mood: Text
    when: Text
    inferred: Text
    communes: Text
    province: Text
    cause: Text
    bodies: Text
    detail: Text
    part_of: Text
    sentence: Text
    start: Offset
    end: Offset
    stated: Text
    state: Annotated[str, allow_words(*STATEMENT_STATES)]
    why: Text
    candidates: Text
    pattern: Text
    original: Text


class UnreadRow(SourcedRow):
    """A sentence or row of which something was not understood; ``left_over`` is a JSON list."""

    unread: Code
    period: PeriodCode
    doc: DocumentCode
    line_from: AnyLine
    line_to: AnyLine
    sentence: Text
    left_over: Text
    why: Text


class ItemAttributeRow(SourcedRow):
    """What a document of a period tells an item to be."""

    item: ItemCode
    period: PeriodCode
    doc: DocumentCode
    attribute: Annotated[str, allow_words(*ITEM_ATTRIBUTES)]
    value: FullText
    line: AnyLine
    raw: Text


STATEMENTS: Final = {
    table.name: table
    for table in (
        make_table_schema("statements", StatementRow, "statement"),
        make_table_schema("unread_sentences", UnreadRow, "unread"),
        make_table_schema(
            "item_attributes", ItemAttributeRow, "item", "period", "doc", "attribute", "value"
        ),
    )
}
