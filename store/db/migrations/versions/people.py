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
    _more_kinds()
    position = [_number("lon"), _number("lat"), _number("accuracy_m")]
    placed = [_number("lon", False), _number("lat", False), _number("accuracy_m")]
    _kept("points", [_ref("item"), *placed, *_texts("how", "note")], items=True)
    told = [_ref("item", False), *_texts("commune", "category", "statement", "body", "opened")]
    told += [*_texts("deadline"), _number("area_ha"), _number("handed_ha")]
    told += [_whole("households"), _whole("households_left"), *_texts("state", "closed")]
    _kept("cases", [*_texts("case"), *told, *_texts("clearance", "visit", "note")], items=True)
    _kept("case_steps", _texts("case", "step", "state", "day", "reason"))
    shares = ("claimed_construction_pct", "claimed_clearance_pct", "observed_construction_pct")
    seen = [*(_number(name) for name in shares), _number("observed_handed_ha")]
    seen += [_number("observed_clearance_pct"), *_texts("works", "note", "problem")]
    visit = [*_texts("visit"), _ref("item"), *_texts("inspector", "at"), *position, *seen]
    _kept("visits", [*visit, *_texts("source", "sent_hash")], items=True)
    picture = [*_texts("photo", "visit", "original", "taken"), _number("lon"), _number("lat")]
    size = [_whole("width", False), _whole("height", False), _whole("bytes", False)]
    _kept("photos", [*picture, *size, *_texts("note")])
    _accounts()
    _sessions()
    _others()


def _more_kinds() -> None:
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


def _accounts() -> None:
    roles = "'viewer', 'inspector', 'planner', 'approver', 'administrator'"
    op.create_table(
        "accounts",
        _id(),
        *_texts("name", "folded", "shown", "role"),
        *_empties("email", "password_hash"),
        *_flags("sees_all", "active", "must_change"),
        *_texts("made_at"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.CheckConstraint(f"role IN ({roles})", name=op.f("ck_accounts_role")),
        sa.UniqueConstraint("folded", name="uq_accounts_folded"),
    )
    op.create_table(
        "account_scopes",
        sa.Column("account_id", sa.Integer, nullable=False),
        *_texts("kind", "code"),
        sa.PrimaryKeyConstraint("account_id", "kind", "code", name="pk_account_scopes"),
        _foreign("account_scopes", "account_id", "accounts.id"),
        sa.CheckConstraint("kind IN ('commune', 'district')", name=op.f("ck_account_scopes_kind")),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        *_texts("token_hash"),
        sa.Column("account_id", sa.Integer, nullable=False),
        *_texts("made_at", "expires_at"),
        *_empties("ended_at", "agent", "address"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        _foreign("sessions", "account_id", "accounts.id"),
    )
    _index("sessions", "account_id")
    op.create_table(
        "tickets",
        *_texts("token_hash"),
        sa.Column("account_id", sa.Integer, nullable=False),
        *_texts("expires_at"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tickets"),
        _foreign("tickets", "account_id", "accounts.id"),
    )
    _index("tickets", "account_id")
    op.create_table(
        "sign_ins",
        _id(),
        *_texts("at", "folded"),
        *_empties("address"),
        *_texts("outcome"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.CheckConstraint(
            "outcome IN ('ok', 'wrong', 'locked', 'inactive')", name=op.f("ck_sign_ins_outcome")
        ),
    )
    _index("sign_ins", "folded", "at")
    _index("sign_ins", "address", "at")


def _others() -> None:
    op.create_table(
        "saved_views",
        _id(),
        *_texts("owner", "page", "name"),
        sa.Column("query", sa.JSON, nullable=False),
        *_flags("shared"),
        *_texts("at"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_views_owner_name"),
    )
    op.create_table(
        "photo_files",
        *_texts("photo"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("thumb", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("photo", name="pk_photo_files"),
    )
    op.create_table(
        "visit_conflicts",
        _id(),
        *_texts("visit", "hash", "at", "actor"),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="open"),
        *_empties("why"),
        sa.PrimaryKeyConstraint("id", name="pk_visit_conflicts"),
        sa.CheckConstraint(
            "state IN ('open', 'kept', 'dropped')", name=op.f("ck_visit_conflicts_state")
        ),
        sa.UniqueConstraint("visit", "hash", name="uq_visit_conflicts_visit_hash"),
    )


def _kept(name: str, columns: list[sa.Column[Any]], *, items: bool = False) -> None:
    """Make a table whose rows are kept in all their versions."""
    op.create_table(
        name,
        _id(),
        *_texts("key"),
        *columns,
        *_texts("hash", "origin"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("added_by", sa.Integer, nullable=False),
        sa.Column("removed_by", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *([_foreign(name, "item", "known_items.item")] if items else []),
        _foreign(name, "added_by", "imports.id"),
        _foreign(name, "removed_by", "imports.id"),
        sa.CheckConstraint(
            "origin IN ('curated', 'report', 'person')", name=op.f(f"ck_{name}_origin")
        ),
    )
    for column in (*(["item"] if items else []), "added_by", "removed_by"):
        _index(name, column)
    op.create_index(
        f"one_current_{name}",
        name,
        ["key"],
        unique=True,
        sqlite_where=sa.text(CURRENT),
        postgresql_where=sa.text(CURRENT),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, autoincrement=True, nullable=False)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _empties(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _ref(name: str, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=not required)


def _whole(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=empty)


def _number(name: str, empty: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Double, nullable=empty)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
