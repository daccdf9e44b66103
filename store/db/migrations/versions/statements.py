"""What reports say, statement by statement; what was not understood; items as documents tell them.

What is written here stays as it is; a later form is another step.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CURRENT = "removed_by IS NULL"
PERIOD = ("period", "known_periods.period")
DOC = ("doc", "known_documents.doc")
ITEM = ("item", "known_items.item")


def upgrade() -> None:
    """Make the three tables."""
    words = ("field", "value")
    more = ("unit", "qualifier", "mood", "when", "inferred", "communes", "province")
    rest = ("cause", "bodies", "detail", "part_of", "sentence")
    end = ("stated", "state", "why", "candidates", "pattern", "original")
    _create_versioned_table(
        "statements",
        [
            *_make_text_columns("statement", "period", "doc"),
            *_make_integer_columns("line_from", "line_to"),
            sa.Column("item", sa.Text, nullable=True),
            *_make_text_columns("subject", "subject_kind", "named", *words),
            *(sa.Column(name, sa.Double, nullable=True) for name in ("number", "total")),
            *_make_text_columns(*more, *rest),
            *_make_integer_columns("start", "end", empty=False),
            *_make_text_columns(*end),
        ],
        PERIOD,
        DOC,
        ITEM,
    )
    _create_versioned_table(
        "unread_sentences",
        [
            *_make_text_columns("unread", "period", "doc"),
            *_make_integer_columns("line_from", "line_to"),
            *_make_text_columns("sentence", "left_over", "why"),
        ],
        PERIOD,
        DOC,
    )
    _create_versioned_table(
        "item_attributes",
        [
            *_make_text_columns("item", "period", "doc", "attribute", "value"),
            *_make_integer_columns("line"),
            *_make_text_columns("raw"),
        ],
        ITEM,
        PERIOD,
        DOC,
    )


def _create_versioned_table(
    name: str, columns: list[sa.Column[Any]], *refers: tuple[str, str]
) -> None:
    places = ("page", "table_no", "row_no", "column_no")
    op.create_table(
        name,
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        *_make_text_columns("key"),
        *columns,
        *(sa.Column(place, sa.Integer, nullable=False, server_default="0") for place in places),
        sa.Column("confidence", sa.Double, nullable=False, server_default="1"),
        sa.Column("parser_version", sa.Text, nullable=False, server_default=""),
        *_make_text_columns("hash", "origin"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("added_by", sa.Integer, nullable=False),
        sa.Column("removed_by", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(_make_foreign_key(name, column, target) for column, target in refers),
        *(_make_foreign_key(name, column, "imports.id") for column in ("added_by", "removed_by")),
        sa.CheckConstraint(
            "origin IN ('curated', 'report', 'person')", name=op.f(f"ck_{name}_origin")
        ),
    )
    for column in [*(column for column, _ in refers), "added_by", "removed_by"]:
        op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_index(
        f"one_current_{name}",
        name,
        ["key"],
        unique=True,
        sqlite_where=sa.text(CURRENT),
        postgresql_where=sa.text(CURRENT),
    )


def _make_text_columns(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _make_integer_columns(*names: str, empty: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger, nullable=empty) for name in names]


def _make_foreign_key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")
