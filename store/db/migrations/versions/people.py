"""Accounts, and what people record here: points, the clearance register, visits with photos.

What is written here stays as it is; a later form is another step.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CURRENT = "removed_by IS NULL"
KINDS_BEFORE = "'curated', 'report', 'correction', 'decision', 'approval', 'undo'"
KINDS = f"{KINDS_BEFORE}, 'edit', 'visit', 'note'"


def upgrade() -> None:
    """Make the tables, and let imports be of three more kinds."""
    _extend_import_kinds()
    position = [
        _make_number_column("lon"),
        _make_number_column("lat"),
        _make_number_column("accuracy_m"),
    ]
    placed = [
        _make_number_column("lon", False),
        _make_number_column("lat", False),
        _make_number_column("accuracy_m"),
    ]
    _create_versioned_table(
        "points",
        [_make_reference_column("item"), *placed, *_make_text_columns("how", "note")],
        items=True,
    )
    case_columns = [
        _make_reference_column("item", False),
        *_make_text_columns("commune", "category", "statement", "body", "opened"),
    ]
    case_columns += [
        *_make_text_columns("deadline"),
        _make_number_column("area_ha"),
        _make_number_column("handed_ha"),
    ]
    case_columns += [
        _make_integer_column("households"),
        _make_integer_column("households_left"),
        *_make_text_columns("state", "closed"),
    ]
    _create_versioned_table(
        "cases",
        [
            *_make_text_columns("case"),
            *case_columns,
            *_make_text_columns("clearance", "visit", "note"),
        ],
        items=True,
    )
    _create_versioned_table(
        "case_steps", _make_text_columns("case", "step", "state", "day", "reason")
    )
    shares = ("claimed_construction_pct", "claimed_clearance_pct", "observed_construction_pct")
    seen = [
        *(_make_number_column(name) for name in shares),
        _make_number_column("observed_handed_ha"),
    ]
    seen += [
        _make_number_column("observed_clearance_pct"),
        *_make_text_columns("works", "note", "problem"),
    ]
    visit = [
        *_make_text_columns("visit"),
        _make_reference_column("item"),
        *_make_text_columns("inspector", "at"),
        *position,
        *seen,
    ]
    _create_versioned_table(
        "visits", [*visit, *_make_text_columns("source", "sent_hash")], items=True
    )
    picture = [
        *_make_text_columns("photo", "visit", "original", "taken"),
        _make_number_column("lon"),
        _make_number_column("lat"),
    ]
    size = [
        _make_integer_column("width", False),
        _make_integer_column("height", False),
        _make_integer_column("bytes", False),
    ]
    _create_versioned_table("photos", [*picture, *size, *_make_text_columns("note")])
    _create_account_tables()
    _create_session_tables()
    _create_other_tables()


def _extend_import_kinds() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # SQLite cannot alter a check; rebuilding the table would break what refers to it. Its
        # manual's way for a check: write the table's text anew (the rows stay as they are).
        op.execute("PRAGMA writable_schema = ON")
        op.get_bind().execute(
            sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE name='imports'"),
            {"old": f"({KINDS_BEFORE})", "new": f"({KINDS})"},
        )
        op.execute("PRAGMA writable_schema = RESET")
        return
    op.drop_constraint(op.f("ck_imports_kind"), "imports", type_="check")
    op.create_check_constraint(op.f("ck_imports_kind"), "imports", f"kind IN ({KINDS})")


def _create_account_tables() -> None:
    roles = "'viewer', 'inspector', 'planner', 'approver', 'administrator'"
    op.create_table(
        "accounts",
        _make_id_column(),
        *_make_text_columns("name", "folded", "shown", "role"),
        *_make_empty_text_columns("email", "password_hash"),
        *_make_flag_columns("sees_all", "active", "must_change"),
        *_make_text_columns("made_at"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.CheckConstraint(f"role IN ({roles})", name=op.f("ck_accounts_role")),
        sa.UniqueConstraint("folded", name="uq_accounts_folded"),
    )
    op.create_table(
        "account_scopes",
        sa.Column("account_id", sa.Integer, nullable=False),
        *_make_text_columns("kind", "code"),
        sa.PrimaryKeyConstraint("account_id", "kind", "code", name="pk_account_scopes"),
        _make_foreign_key("account_scopes", "account_id", "accounts.id"),
        sa.CheckConstraint("kind IN ('commune', 'district')", name=op.f("ck_account_scopes_kind")),
    )


def _create_session_tables() -> None:
    op.create_table(
        "sessions",
        *_make_text_columns("token_hash"),
        sa.Column("account_id", sa.Integer, nullable=False),
        *_make_text_columns("made_at", "expires_at"),
        *_make_empty_text_columns("ended_at", "agent", "address"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        _make_foreign_key("sessions", "account_id", "accounts.id"),
    )
    _create_index("sessions", "account_id")
    op.create_table(
        "tickets",
        *_make_text_columns("token_hash"),
        sa.Column("account_id", sa.Integer, nullable=False),
        *_make_text_columns("expires_at"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tickets"),
        _make_foreign_key("tickets", "account_id", "accounts.id"),
    )
    _create_index("tickets", "account_id")
    op.create_table(
        "sign_ins",
        _make_id_column(),
        *_make_text_columns("at", "folded"),
        *_make_empty_text_columns("address"),
        *_make_text_columns("outcome"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.CheckConstraint(
            "outcome IN ('ok', 'wrong', 'locked', 'inactive')", name=op.f("ck_sign_ins_outcome")
        ),
    )
    _create_index("sign_ins", "folded", "at")
    _create_index("sign_ins", "address", "at")


def _create_other_tables() -> None:
    op.create_table(
        "saved_views",
        _make_id_column(),
        *_make_text_columns("owner", "page", "name"),
        sa.Column("query", sa.JSON, nullable=False),
        *_make_flag_columns("shared"),
        *_make_text_columns("at"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_views_owner_name"),
    )
    op.create_table(
        "photo_files",
        *_make_text_columns("photo"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("thumb", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("photo", name="pk_photo_files"),
    )
    op.create_table(
        "visit_conflicts",
        _make_id_column(),
        *_make_text_columns("visit", "hash", "at", "actor"),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="open"),
        *_make_empty_text_columns("why"),
        sa.PrimaryKeyConstraint("id", name="pk_visit_conflicts"),
        sa.CheckConstraint(
            "state IN ('open', 'kept', 'dropped')", name=op.f("ck_visit_conflicts_state")
        ),
        sa.UniqueConstraint("visit", "hash", name="uq_visit_conflicts_visit_hash"),
    )


def _create_versioned_table(
    name: str, columns: list[sa.Column[Any]], *, items: bool = False
) -> None:
    """Make a table whose rows are kept in all their versions."""
    op.create_table(
        name,
        _make_id_column(),
        *_make_text_columns("key"),
        *columns,
        *_make_text_columns("hash", "origin"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("added_by", sa.Integer, nullable=False),
        sa.Column("removed_by", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *([_make_foreign_key(name, "item", "known_items.item")] if items else []),
        _make_foreign_key(name, "added_by", "imports.id"),
        _make_foreign_key(name, "removed_by", "imports.id"),
        sa.CheckConstraint(
            "origin IN ('curated', 'report', 'person')", name=op.f(f"ck_{name}_origin")
        ),
    )
    for column in (*(["item"] if items else []), "added_by", "removed_by"):
        _create_index(name, column)
    op.create_index(
        f"one_current_{name}",
        name,
        ["key"],
        unique=True,
        sqlite_where=sa.text(CURRENT),
        postgresql_where=sa.text(CURRENT),
    )


def _make_id_column() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, autoincrement=True, nullable=False)


def _make_text_columns(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _make_empty_text_columns(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _make_flag_columns(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _make_reference_column(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=not required)


def _make_integer_column(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=empty)


def _make_number_column(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Double, nullable=empty)


def _make_foreign_key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _create_index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
