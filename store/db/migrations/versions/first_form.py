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
    _bookkeeping()
    for table, column in (("documents", "doc"), ("periods", "period"), ("items", "item")):
        anchor = [sa.Column(column, sa.Text, nullable=False), *_imports("added_by")]
        key = sa.PrimaryKeyConstraint(column, name=f"pk_known_{table}")
        op.create_table(f"known_{table}", *anchor, key, *_to_imports(f"known_{table}", "added_by"))
        _index(f"known_{table}", "added_by")
    _named_facts()
    _read_facts()
    _queue()


def _bookkeeping() -> None:
    op.create_table(
        "settings",
        *_texts("name", "value"),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.create_table(
        "imports",
        _id(),
        *_texts("kind", "token", "at", "actor"),
        *_empties("why", "doc", "period", "name", "sha256", "parser_version"),
        *_json("balance", "counts", "manifest"),
        *_imports("undoes", required=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        *_to_imports("imports", "undoes"),
        sa.CheckConstraint(
            "kind IN ('curated', 'report', 'correction', 'decision', 'approval', 'undo')",
            name=op.f("ck_imports_kind"),
        ),
        sa.UniqueConstraint("token", name="uq_imports_token"),
        sa.UniqueConstraint("undoes", name="uq_imports_undoes"),
    )
    _index("imports", "undoes")
    op.create_table(
        "audit",
        _id(),
        *_texts("at", "actor", "table_name", "key"),
        *_empties("before", "after", "why"),
        *_imports("import_id"),
        *_empties("period"),
        sa.Column("after_approval", sa.Boolean, nullable=False),
        *_texts("chain"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        *_to_imports("audit", "import_id"),
    )
    _index("audit", "import_id")
    _index("audit", "table_name", "key")


def _named_facts() -> None:
    documents = _texts("title", "issuer", "issued", "as_of")
    more = _texts("status", "file", "sha256", "note")
    _facts("documents", [_ref("doc"), *documents, _ref("period"), *more], DOC, PERIOD)
    periods = [_ref("period"), *_texts("label_vi", "label_en", "start", "as_of")]
    _facts("periods", periods, PERIOD)
    names = ("kind", "name", "name_raw", "funding", "phase", "group", "no", "zone", "note")
    _facts("items", [_ref("item"), *_texts(*names, "chapter")], ITEM)
    places = [_ref("item"), *_texts("commune", "how", "certainty", "raw"), _ref("doc", False)]
    places += [_whole("line"), *_texts("note", "chapter"), *_read()]
    _facts("places", places, ITEM, DOC)


def _read_facts() -> None:
    source = (_ref("period"), _ref("doc"), _whole("line_from", False), _whole("line_to", False))
    value = [*_texts("cell", "field", "component", "value"), _number("total")]
    value += _texts("unit", "basis", "qualifier", "raw", "note", "chapter")
    _facts("observations", [_ref("item"), *source, *value, *_read()], ITEM, PERIOD, DOC)
    source = (_ref("period"), _ref("doc"), _whole("line_from", False), _whole("line_to", False))
    said = [*_texts("commune"), _ref("item", False)]
    said += _texts("category", "statement", "raw", "asked_to_act")
    said += [_number("area_ha"), _whole("households"), *_texts("note"), *_read()]
    _facts("clearance", [*_texts("clearance"), *source, *said], PERIOD, DOC, ITEM)
    source = (_ref("period"), _ref("doc"), _whole("line_from", False), _whole("line_to", False))
    count = [*_texts("subject", "measure"), _number("value", False), _number("total")]
    count += [*_texts("unit", "raw", "note"), *_read()]
    _facts("indicators", [*_texts("indicator"), *source, *count], PERIOD, DOC)
    words = [_ref("doc"), _whole("line", False), *_texts("raw", "corrected", "why")]
    _facts("corrections", words, DOC)
    sides: list[sa.Column[Any]] = []
    refers = [ITEM]
    for side in ("a", "b"):
        sides += [_ref(f"period_{side}", False), _ref(f"doc_{side}"), _whole(f"line_{side}")]
        sides += _texts(f"value_{side}")
        refers += [(f"period_{side}", PERIOD[1]), (f"doc_{side}", DOC[1])]
    subject = [*_texts("conflict", "subject"), _ref("item", False)]
    _facts("conflicts", [*subject, *sides, *_texts("note")], *refers)


def _queue() -> None:
    op.create_table(
        "item_aliases",
        _id(),
        *_texts("kind", "text", "folded", "target", "origin"),
        *_imports("added_by"),
        *_imports("removed_by", required=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_aliases"),
        *_to_imports("item_aliases", "added_by", "removed_by"),
        sa.CheckConstraint(
            "kind IN ('item', 'place', 'answer')", name=op.f("ck_item_aliases_kind")
        ),
    )
    _index("item_aliases", "added_by")
    _index("item_aliases", "removed_by")
    _one_current("item_aliases", "kind", "folded")
    op.create_table(
        "reviews",
        _id(),
        *_imports("import_id"),
        *_texts("reason", "fingerprint"),
        *_empties("doc", "period", "table_name", "key", "raw", "detail"),
        *_json("place", "candidates", "payload"),
        sa.Column("state", sa.Text, nullable=False, server_default="open"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        *_to_imports("reviews", "import_id"),
        sa.CheckConstraint(
            "state IN ('open', 'decided', 'withdrawn')", name=op.f("ck_reviews_state")
        ),
    )
    for column in ("import_id", "state", "fingerprint"):
        _index("reviews", column)
    op.create_table(
        "review_decisions",
        _id(),
        sa.Column("review_id", sa.Integer, nullable=False),
        *_texts("choice", "actor", "at"),
        *_empties("why"),
        *_imports("import_id"),
        *_imports("undone_by", required=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_decisions"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name="fk_review_decisions_review_id"
        ),
        *_to_imports("review_decisions", "import_id", "undone_by"),
    )
    for column in ("review_id", "import_id", "undone_by"):
        _index("review_decisions", column)
    op.create_table(
        "approvals",
        _id(),
        _ref("period"),
        *_texts("at", "actor"),
        *_empties("why"),
        *_imports("import_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        _foreign("approvals", *PERIOD),
        *_to_imports("approvals", "import_id"),
        sa.UniqueConstraint("period", name="uq_approvals_period"),
    )
    _index("approvals", "import_id")
    op.create_table(
        "drafts",
        *_texts("sha256", "name", "actor", "at"),
        *_empties("period"),
        *_json("decisions"),
        *_texts("content"),
        sa.PrimaryKeyConstraint("sha256", name="pk_drafts"),
    )
    op.create_table(
        "readings",
        sa.Column("import_id", sa.Integer, nullable=False),
        *_texts("sha256", "content"),
        sa.PrimaryKeyConstraint("import_id", name="pk_readings"),
        *_to_imports("readings", "import_id"),
    )
    _index("readings", "sha256")


def _facts(name: str, columns: list[sa.Column[Any]], *refers: tuple[str, str]) -> None:
    op.create_table(
        name,
        _id(),
        *_texts("key"),
        *columns,
        *_texts("hash", "origin"),
        sa.Column("position", sa.Integer, nullable=False),
        *_imports("added_by"),
        *_imports("removed_by", required=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(_foreign(name, column, target) for column, target in refers),
        *_to_imports(name, "added_by", "removed_by"),
        sa.CheckConstraint(
            "origin IN ('curated', 'report', 'person')", name=op.f(f"ck_{name}_origin")
        ),
    )
    for column in [column for column, _ in refers] + ["added_by", "removed_by"]:
        _index(name, column)
    _one_current(name, "key")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, autoincrement=True, nullable=False)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _empties(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _json(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.JSON, nullable=False) for name in names]


def _imports(*names: str, required: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=not required) for name in names]


def _ref(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=not required)


def _whole(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=empty)


def _number(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Double, nullable=empty)


def _read() -> list[sa.Column[Any]]:
    places = ("page", "table_no", "row_no", "column_no")
    whole = [sa.Column(name, sa.Integer, nullable=False, server_default="0") for name in places]
    sure = sa.Column("confidence", sa.Double, nullable=False, server_default="1")
    return [*whole, sure, *_empties("parser_version")]


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _to_imports(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [_foreign(table, column, "imports.id") for column in columns]


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _one_current(table: str, *columns: str) -> None:
    op.create_index(
        f"one_current_{table}",
        table,
        list(columns),
        unique=True,
        sqlite_where=sa.text(CURRENT),
        postgresql_where=sa.text(CURRENT),
    )
