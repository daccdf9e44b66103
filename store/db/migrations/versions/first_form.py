"""The first form of the store: imports and their audit, facts with all versions, the review queue.

What is written here stays as it is; a later form is another step.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CURRENT = "removed_by IS NULL"
DOC = ("doc", "known_documents.doc")
PERIOD = ("period", "known_periods.period")
ITEM = ("item", "known_items.item")


def upgrade() -> None:
    """Make all tables."""
    _create_bookkeeping_tables()
    for table, column in (("documents", "doc"), ("periods", "period"), ("items", "item")):
        anchor = [sa.Column(column, sa.Text, nullable=False), *_make_import_columns("added_by")]
        key = sa.PrimaryKeyConstraint(column, name=f"pk_known_{table}")
        op.create_table(
            f"known_{table}", *anchor, key, *_make_import_keys(f"known_{table}", "added_by")
        )
        _create_index(f"known_{table}", "added_by")
    _create_named_fact_tables()
    _create_read_fact_tables()
    _create_queue_tables()


def _create_bookkeeping_tables() -> None:
    op.create_table(
        "settings",
        *_make_text_columns("name", "value"),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.create_table(
        "imports",
        _make_id_column(),
        *_make_text_columns("kind", "token", "at", "actor"),
        *_make_empty_text_columns("why", "doc", "period", "name", "sha256", "parser_version"),
        *_make_json_columns("balance", "counts", "manifest"),
        *_make_import_columns("undoes", required=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        *_make_import_keys("imports", "undoes"),
        sa.CheckConstraint(
            "kind IN ('curated', 'report', 'correction', 'decision', 'approval', 'undo')",
            name=op.f("ck_imports_kind"),
        ),
        sa.UniqueConstraint("token", name="uq_imports_token"),
        sa.UniqueConstraint("undoes", name="uq_imports_undoes"),
    )
    _create_index("imports", "undoes")
    op.create_table(
        "audit",
        _make_id_column(),
        *_make_text_columns("at", "actor", "table_name", "key"),
        *_make_empty_text_columns("before", "after", "why"),
        *_make_import_columns("import_id"),
        *_make_empty_text_columns("period"),
        sa.Column("after_approval", sa.Boolean, nullable=False),
        *_make_text_columns("chain"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        *_make_import_keys("audit", "import_id"),
    )
    _create_index("audit", "import_id")
    _create_index("audit", "table_name", "key")


def _create_named_fact_tables() -> None:
    documents = _make_text_columns("title", "issuer", "issued", "as_of")
    more = _make_text_columns("status", "file", "sha256", "note")
    _create_facts_table(
        "documents",
        [_make_reference_column("doc"), *documents, _make_reference_column("period"), *more],
        DOC,
        PERIOD,
    )
    periods = [
        _make_reference_column("period"),
        *_make_text_columns("label_vi", "label_en", "start", "as_of"),
    ]
    _create_facts_table("periods", periods, PERIOD)
    names = ("kind", "name", "name_raw", "funding", "phase", "group", "no", "zone", "note")
    _create_facts_table(
        "items", [_make_reference_column("item"), *_make_text_columns(*names, "chapter")], ITEM
    )
    places = [
        _make_reference_column("item"),
        *_make_text_columns("commune", "how", "certainty", "raw"),
        _make_reference_column("doc", False),
    ]
    places += [
        _make_integer_column("line"),
        *_make_text_columns("note", "chapter"),
        *_make_provenance_columns(),
    ]
    _create_facts_table("places", places, ITEM, DOC)


def _create_read_fact_tables() -> None:
    source = (
        _make_reference_column("period"),
        _make_reference_column("doc"),
        _make_integer_column("line_from", False),
        _make_integer_column("line_to", False),
    )
    value = [
        *_make_text_columns("cell", "field", "component", "value"),
        _make_number_column("total"),
    ]
    value += _make_text_columns("unit", "basis", "qualifier", "raw", "note", "chapter")
    _create_facts_table(
        "observations",
        [_make_reference_column("item"), *source, *value, *_make_provenance_columns()],
        ITEM,
        PERIOD,
        DOC,
    )
    source = (
        _make_reference_column("period"),
        _make_reference_column("doc"),
        _make_integer_column("line_from", False),
        _make_integer_column("line_to", False),
    )
    stated_columns = [*_make_text_columns("commune"), _make_reference_column("item", False)]
    stated_columns += _make_text_columns("category", "statement", "raw", "asked_to_act")
    stated_columns += [
        _make_number_column("area_ha"),
        _make_integer_column("households"),
        *_make_text_columns("note"),
        *_make_provenance_columns(),
    ]
    _create_facts_table(
        "clearance", [*_make_text_columns("clearance"), *source, *stated_columns], PERIOD, DOC, ITEM
    )
    source = (
        _make_reference_column("period"),
        _make_reference_column("doc"),
        _make_integer_column("line_from", False),
        _make_integer_column("line_to", False),
    )
    count = [
        *_make_text_columns("subject", "measure"),
        _make_number_column("value", False),
        _make_number_column("total"),
    ]
    count += [*_make_text_columns("unit", "raw", "note"), *_make_provenance_columns()]
    _create_facts_table(
        "indicators", [*_make_text_columns("indicator"), *source, *count], PERIOD, DOC
    )
    words = [
        _make_reference_column("doc"),
        _make_integer_column("line", False),
        *_make_text_columns("raw", "corrected", "why"),
    ]
    _create_facts_table("corrections", words, DOC)
    sides: list[sa.Column[Any]] = []
    refers = [ITEM]
    for side in ("a", "b"):
        sides += [
            _make_reference_column(f"period_{side}", False),
            _make_reference_column(f"doc_{side}"),
            _make_integer_column(f"line_{side}"),
        ]
        sides += _make_text_columns(f"value_{side}")
        refers += [(f"period_{side}", PERIOD[1]), (f"doc_{side}", DOC[1])]
    subject = [*_make_text_columns("conflict", "subject"), _make_reference_column("item", False)]
    _create_facts_table("conflicts", [*subject, *sides, *_make_text_columns("note")], *refers)


def _create_queue_tables() -> None:
    op.create_table(
        "item_aliases",
        _make_id_column(),
        *_make_text_columns("kind", "text", "folded", "target", "origin"),
        *_make_import_columns("added_by"),
        *_make_import_columns("removed_by", required=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_aliases"),
        *_make_import_keys("item_aliases", "added_by", "removed_by"),
        sa.CheckConstraint(
            "kind IN ('item', 'place', 'answer')", name=op.f("ck_item_aliases_kind")
        ),
    )
    _create_index("item_aliases", "added_by")
    _create_index("item_aliases", "removed_by")
    _create_current_index("item_aliases", "kind", "folded")
    op.create_table(
        "reviews",
        _make_id_column(),
        *_make_import_columns("import_id"),
        *_make_text_columns("reason", "fingerprint"),
        *_make_empty_text_columns("doc", "period", "table_name", "key", "raw", "detail"),
        *_make_json_columns("place", "candidates", "payload"),
        sa.Column("state", sa.Text, nullable=False, server_default="open"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        *_make_import_keys("reviews", "import_id"),
        sa.CheckConstraint(
            "state IN ('open', 'decided', 'withdrawn')", name=op.f("ck_reviews_state")
        ),
    )
    for column in ("import_id", "state", "fingerprint"):
        _create_index("reviews", column)
    op.create_table(
        "review_decisions",
        _make_id_column(),
        sa.Column("review_id", sa.Integer, nullable=False),
        *_make_text_columns("choice", "actor", "at"),
        *_make_empty_text_columns("why"),
        *_make_import_columns("import_id"),
        *_make_import_columns("undone_by", required=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_decisions"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name="fk_review_decisions_review_id"
        ),
        *_make_import_keys("review_decisions", "import_id", "undone_by"),
    )
    for column in ("review_id", "import_id", "undone_by"):
        _create_index("review_decisions", column)
    op.create_table(
        "approvals",
        _make_id_column(),
        _make_reference_column("period"),
        *_make_text_columns("at", "actor"),
        *_make_empty_text_columns("why"),
        *_make_import_columns("import_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        _make_foreign_key("approvals", *PERIOD),
        *_make_import_keys("approvals", "import_id"),
        sa.UniqueConstraint("period", name="uq_approvals_period"),
    )
    _create_index("approvals", "import_id")
    op.create_table(
        "drafts",
        *_make_text_columns("sha256", "name", "actor", "at"),
        *_make_empty_text_columns("period"),
        *_make_json_columns("decisions"),
        *_make_text_columns("content"),
        sa.PrimaryKeyConstraint("sha256", name="pk_drafts"),
    )
    op.create_table(
        "readings",
        sa.Column("import_id", sa.Integer, nullable=False),
        *_make_text_columns("sha256", "content"),
        sa.PrimaryKeyConstraint("import_id", name="pk_readings"),
        *_make_import_keys("readings", "import_id"),
    )
    _create_index("readings", "sha256")


def _create_facts_table(name: str, columns: list[sa.Column[Any]], *refers: tuple[str, str]) -> None:
    op.create_table(
        name,
        _make_id_column(),
        *_make_text_columns("key"),
        *columns,
        *_make_text_columns("hash", "origin"),
        sa.Column("position", sa.Integer, nullable=False),
        *_make_import_columns("added_by"),
        *_make_import_columns("removed_by", required=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(_make_foreign_key(name, column, target) for column, target in refers),
        *_make_import_keys(name, "added_by", "removed_by"),
        sa.CheckConstraint(
            "origin IN ('curated', 'report', 'person')", name=op.f(f"ck_{name}_origin")
        ),
    )
    for column in [column for column, _ in refers] + ["added_by", "removed_by"]:
        _create_index(name, column)
    _create_current_index(name, "key")


def _make_id_column() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, autoincrement=True, nullable=False)


def _make_text_columns(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _make_empty_text_columns(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _make_json_columns(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.JSON, nullable=False) for name in names]


def _make_import_columns(*names: str, required: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=not required) for name in names]


def _make_reference_column(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=not required)


def _make_integer_column(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=empty)


def _make_number_column(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Double, nullable=empty)


def _make_provenance_columns() -> list[sa.Column[Any]]:
    places = ("page", "table_no", "row_no", "column_no")
    whole = [sa.Column(name, sa.Integer, nullable=False, server_default="0") for name in places]
    sure = sa.Column("confidence", sa.Double, nullable=False, server_default="1")
    return [*whole, sure, *_make_empty_text_columns("parser_version")]


def _make_foreign_key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _make_import_keys(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [_make_foreign_key(table, column, "imports.id") for column in columns]


def _create_index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _create_current_index(table: str, *columns: str) -> None:
    op.create_index(
        f"one_current_{table}",
        table,
        list(columns),
        unique=True,
        sqlite_where=sa.text(CURRENT),
        postgresql_where=sa.text(CURRENT),
    )
