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
    from reports.model.schema import ColumnSchema, TableSchema

ANCHORS: Final = {"documents": "doc", "periods": "period", "items": "item"}
"""Facts tables that others refer to, and the column they are referred to by."""

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


def _make_id_column() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _make_text_column(name: str, default: str | None = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _make_import_column(name: str, *, required: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.ForeignKey("imports.id"), nullable=not required, index=True)


SETTINGS: Final = sa.Table(
    "settings",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    _make_text_column("value", None),
)
IMPORTS: Final = sa.Table(
    "imports",
    METADATA,
    _make_id_column(),
    _make_text_column("kind", None),
    _make_text_column("token", None),
    _make_text_column("at", None),
    _make_text_column("actor", None),
    _make_text_column("why"),
    _make_text_column("doc"),
    _make_text_column("period"),
    _make_text_column("name"),
    _make_text_column("sha256"),
    _make_text_column("parser_version"),
    sa.Column("balance", sa.JSON, nullable=False),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("manifest", sa.JSON, nullable=False),
    _make_import_column("undoes", required=False),
    sa.CheckConstraint(f"kind IN {IMPORT_KINDS}", name="kind"),
    sa.UniqueConstraint("token"),
    sa.UniqueConstraint("undoes"),
)
AUDIT: Final = sa.Table(
    "audit",
    METADATA,
    _make_id_column(),
    _make_text_column("at", None),
    _make_text_column("actor", None),
    _make_text_column("table_name", None),
    _make_text_column("key", None),
    _make_text_column("before"),
    _make_text_column("after"),
    _make_text_column("why"),
    _make_import_column("import_id"),
    _make_text_column("period"),
    sa.Column("after_approval", sa.Boolean, nullable=False),
    _make_text_column("chain", None),
    sa.Index(None, "table_name", "key"),
)
ALIASES: Final = sa.Table(
    "item_aliases",
    METADATA,
    _make_id_column(),
    _make_text_column("kind", None),
    _make_text_column("text", None),
    _make_text_column("folded", None),
    _make_text_column("target", None),
    _make_text_column("origin", None),
    _make_import_column("added_by"),
    _make_import_column("removed_by", required=False),
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
    _make_id_column(),
    _make_import_column("import_id"),
    _make_text_column("reason", None),
    _make_text_column("fingerprint", None),
    _make_text_column("doc"),
    _make_text_column("period"),
    _make_text_column("table_name"),
    _make_text_column("key"),
    _make_text_column("raw"),
    _make_text_column("detail"),
    sa.Column("place", sa.JSON, nullable=False),
    sa.Column("candidates", sa.JSON, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    _make_text_column("state", "open"),
    sa.CheckConstraint(f"state IN {REVIEW_STATES}", name="state"),
    sa.Index(None, "state"),
    sa.Index(None, "fingerprint"),
)
DECISIONS: Final = sa.Table(
    "review_decisions",
    METADATA,
    _make_id_column(),
    sa.Column("review_id", sa.ForeignKey("reviews.id"), nullable=False, index=True),
    _make_text_column("choice", None),
    _make_text_column("actor", None),
    _make_text_column("at", None),
    _make_text_column("why"),
    _make_import_column("import_id"),
    _make_import_column("undone_by", required=False),
)
APPROVALS: Final = sa.Table(
    "approvals",
    METADATA,
    _make_id_column(),
    sa.Column("period", sa.ForeignKey("known_periods.period"), nullable=False),
    _make_text_column("at", None),
    _make_text_column("actor", None),
    _make_text_column("why"),
    _make_import_column("import_id"),
    sa.UniqueConstraint("period"),
)
DRAFTS: Final = sa.Table(
    "drafts",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    _make_text_column("name", None),
    _make_text_column("actor", None),
    _make_text_column("at", None),
    _make_text_column("period"),
    sa.Column("decisions", sa.JSON, nullable=False),
    _make_text_column("content", None),
)
READINGS: Final = sa.Table(
    "readings",
    METADATA,
    sa.Column("import_id", sa.ForeignKey("imports.id"), primary_key=True),
    _make_text_column("sha256", None),
    _make_text_column("content", None),
    sa.Index(None, "sha256"),
)

COLUMN_CHOICES: Final = sa.Table(
    "column_choices",
    METADATA,
    _make_id_column(),
    _make_text_column("heading", None),
    _make_text_column("issuer", None),
    _make_text_column("meaning", None),
    _make_text_column("unit", None),
    _make_text_column("actor", None),
    _make_text_column("at", None),
    sa.UniqueConstraint("heading", "issuer"),
)
"""What people said that columns mean (``store.imports.column_choices``)."""


def _make_anchor_table(table: str, column: str) -> sa.Table:
    return sa.Table(
        f"known_{table}",
        METADATA,
        sa.Column(column, sa.Text, primary_key=True),
        _make_import_column("added_by"),
    )


KNOWN: Final = {table: _make_anchor_table(table, column) for table, column in ANCHORS.items()}


def find_anchor_table(column: ColumnSchema, table: TableSchema) -> str:
    """Return the facts table whose key a column names ('' when none)."""
    if ANCHORS.get(table.name) == column.name:
        return table.name
    return column.refers if column.refers in ANCHORS else ""


def _make_column(column: ColumnSchema, table: TableSchema) -> sa.Column[Any]:
    if column.default is not None:
        given: Any = {"integer": sa.Integer, "number": sa.Double}.get(column.kind, sa.Text)
        default = str(column.default).removesuffix(".0")
        return sa.Column(column.name, given, nullable=False, server_default=default)
    if column.kind in {"integer", "number"}:
        number: Any = sa.BigInteger() if column.kind == "integer" else sa.Double()
        return sa.Column(column.name, number, nullable=not column.required)
    target = find_anchor_table(column, table)
    if not target:
        return _make_text_column(column.name, None)
    anchor = sa.ForeignKey(f"known_{target}.{ANCHORS[target]}")
    return sa.Column(column.name, sa.Text, anchor, nullable=not column.required, index=True)


def _make_facts_table(table: TableSchema) -> sa.Table:
    return sa.Table(
        table.name,
        METADATA,
        _make_id_column(),
        _make_text_column("key", None),
        *(_make_column(column, table) for column in table.all_columns),
        _make_text_column("hash", None),
        _make_text_column("origin", None),
        sa.Column("position", sa.Integer, nullable=False),
        _make_import_column("added_by"),
        _make_import_column("removed_by", required=False),
        sa.CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
        sa.Index(
            f"one_current_{table.name}",
            "key",
            unique=True,
            sqlite_where=sa.text("removed_by IS NULL"),
            postgresql_where=sa.text("removed_by IS NULL"),
        ),
    )


FACTS: Final = {name: _make_facts_table(table) for name, table in ALL_TABLES.items()}
"""The facts tables by name, in an order in which none refers to a later one's keys."""


def load_metadata() -> sa.MetaData:
    """Return the metadata with every table of the program in it, those of accounts too."""
    return METADATA
