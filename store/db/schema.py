"""The tables of the store, those of ``store.db.schema_accounts`` aside.

Facts tables keep every version of every row: a row is *current* from the import that added it to
the one that removed it, and no row is written over. What others point at (documents, periods,
items) has a table of its keys alone, so that foreign keys hold whatever the versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

import store.db.schema_accounts  # noqa: F401 - its tables belong to the metadata
from store.db.metadata import METADATA
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from reports.model.schema import Column, Table

ANCHORS: Final = {"documents": "doc", "periods": "period", "items": "item"}
"""Facts tables that others refer to, and the column they are referred to by."""

SOURCED: Final = frozenset({"places", "observations", "clearance", "indicators"})
"""Facts tables whose rows say where in a document they stand and how surely they were read."""

IMPORT_KINDS: Final = (
    "curated",
    "report",
    "correction",
    "decision",
    "approval",
    "undo",
    "edit",
    "visit",
    "note",
)
"""``edit`` and ``visit``: what people change or record here; ``note``: what the audit keeps though
no fact changes (accounts, sign-ins, exports)."""

ORIGINS: Final = ("curated", "report", "person")
REVIEW_STATES: Final = ("open", "decided", "withdrawn")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _text(name: str, default: str | None = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _import(name: str, *, required: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.ForeignKey("imports.id"), nullable=not required, index=True)


SETTINGS: Final = sa.Table(
    "settings",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    _text("value", None),
)
IMPORTS: Final = sa.Table(
    "imports",
    METADATA,
    _id(),
    _text("kind", None),
    _text("token", None),
    _text("at", None),
    _text("actor", None),
    _text("why"),
    _text("doc"),
    _text("period"),
    _text("name"),
    _text("sha256"),
    _text("parser_version"),
    sa.Column("balance", sa.JSON, nullable=False),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("manifest", sa.JSON, nullable=False),
    _import("undoes", required=False),
    sa.CheckConstraint(f"kind IN {IMPORT_KINDS}", name="kind"),
    sa.UniqueConstraint("token"),
    sa.UniqueConstraint("undoes"),
)
AUDIT: Final = sa.Table(
    "audit",
    METADATA,
    _id(),
    _text("at", None),
    _text("actor", None),
    _text("table_name", None),
    _text("key", None),
    _text("before"),
    _text("after"),
    _text("why"),
    _import("import_id"),
    _text("period"),
    sa.Column("after_approval", sa.Boolean, nullable=False),
    _text("chain", None),
    sa.Index(None, "table_name", "key"),
)
ALIASES: Final = sa.Table(
    "item_aliases",
    METADATA,
    _id(),
    _text("kind", None),
    _text("text", None),
    _text("folded", None),
    _text("target", None),
    _text("origin", None),
    _import("added_by"),
    _import("removed_by", required=False),
    sa.CheckConstraint("kind IN ('item', 'place', 'answer')", name="kind"),
    sa.Index(
        "one_current_item_aliases",
        "kind",
        "folded",
        unique=True,
        sqlite_where=sa.text("removed_by IS NULL"),
        postgresql_where=sa.text("removed_by IS NULL"),
    ),
)
REVIEWS: Final = sa.Table(
    "reviews",
    METADATA,
    _id(),
    _import("import_id"),
    _text("reason", None),
    _text("fingerprint", None),
    _text("doc"),
    _text("period"),
    _text("table_name"),
    _text("key"),
    _text("raw"),
    _text("detail"),
    sa.Column("place", sa.JSON, nullable=False),
    sa.Column("candidates", sa.JSON, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    _text("state", "open"),
    sa.CheckConstraint(f"state IN {REVIEW_STATES}", name="state"),
    sa.Index(None, "state"),
    sa.Index(None, "fingerprint"),
)
DECISIONS: Final = sa.Table(
    "review_decisions",
    METADATA,
    _id(),
    sa.Column("review_id", sa.ForeignKey("reviews.id"), nullable=False, index=True),
    _text("choice", None),
    _text("actor", None),
    _text("at", None),
    _text("why"),
    _import("import_id"),
    _import("undone_by", required=False),
)
APPROVALS: Final = sa.Table(
    "approvals",
    METADATA,
    _id(),
    sa.Column("period", sa.ForeignKey("known_periods.period"), nullable=False),
    _text("at", None),
    _text("actor", None),
    _text("why"),
    _import("import_id"),
    sa.UniqueConstraint("period"),
)
DRAFTS: Final = sa.Table(
    "drafts",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    _text("name", None),
    _text("actor", None),
    _text("at", None),
    _text("period"),
    sa.Column("decisions", sa.JSON, nullable=False),
    _text("content", None),
)
READINGS: Final = sa.Table(
    "readings",
    METADATA,
    sa.Column("import_id", sa.ForeignKey("imports.id"), primary_key=True),
    _text("sha256", None),
    _text("content", None),
    sa.Index(None, "sha256"),
)


def _anchor(table: str, column: str) -> sa.Table:
    return sa.Table(
        f"known_{table}",
        METADATA,
        sa.Column(column, sa.Text, primary_key=True),
        _import("added_by"),
    )


KNOWN: Final = {table: _anchor(table, column) for table, column in ANCHORS.items()}


def refers_to_anchor(column: Column, table: Table) -> str:
    """Return the facts table whose key a column names ('' when none)."""
    if ANCHORS.get(table.name) == column.name:
        return table.name
    return column.refers if column.refers in ANCHORS else ""


def _column(column: Column, table: Table) -> sa.Column[Any]:
    if column.kind in {"integer", "number"}:
        number: Any = sa.BigInteger() if column.kind == "integer" else sa.Double()
        return sa.Column(column.name, number, nullable=not column.required)
    target = refers_to_anchor(column, table)
    if not target:
        return _text(column.name, None)
    anchor = sa.ForeignKey(f"known_{target}.{ANCHORS[target]}")
    return sa.Column(column.name, sa.Text, anchor, nullable=not column.required, index=True)


def _provenance() -> list[sa.Column[Any]]:
    whole = [
        sa.Column(name, sa.Integer, nullable=False, server_default="0")
        for name in ("page", "table_no", "row_no", "column_no")
    ]
    sure = sa.Column("confidence", sa.Double, nullable=False, server_default="1")
    return [*whole, sure, _text("parser_version")]


def _facts(table: Table) -> sa.Table:
    return sa.Table(
        table.name,
        METADATA,
        _id(),
        _text("key", None),
        *(_column(column, table) for column in table.columns),
        *([_text("chapter", None)] if table.per_chapter else []),
        *(_provenance() if table.name in SOURCED else []),
        _text("hash", None),
        _text("origin", None),
        sa.Column("position", sa.Integer, nullable=False),
        _import("added_by"),
        _import("removed_by", required=False),
        sa.CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
        sa.Index(
            f"one_current_{table.name}",
            "key",
            unique=True,
            sqlite_where=sa.text("removed_by IS NULL"),
            postgresql_where=sa.text("removed_by IS NULL"),
        ),
    )


FACTS: Final = {name: _facts(table) for name, table in ALL_TABLES.items()}
"""The facts tables by name, in an order in which none refers to a later one's keys."""


def whole_metadata() -> sa.MetaData:
    """Return the metadata with every table of the program in it, those of accounts too."""
    return METADATA
