"""The tables round the facts: accounts, sessions, saved views, last looks, pictures of visits."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from store.db.metadata import METADATA

ROLES: Final = ("viewer", "inspector", "planner", "approver", "administrator")
SCOPE_KINDS: Final = ("commune", "district")
OUTCOMES: Final = ("ok", "wrong", "locked", "inactive")
CONFLICT_STATES: Final = ("open", "kept", "dropped")


def _make_id_column() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _make_text_column(name: str, default: str | None = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _make_account_column() -> sa.Column[int]:
    return sa.Column("account_id", sa.ForeignKey("accounts.id"), nullable=False, index=True)


def _make_flag_column(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


ACCOUNTS: Final = sa.Table(
    "accounts",
    METADATA,
    _make_id_column(),
    _make_text_column("name", None),
    _make_text_column("folded", None),
    _make_text_column("shown", None),
    _make_text_column("role", None),
    _make_text_column("email"),
    _make_text_column("password_hash"),
    _make_flag_column("sees_all"),
    _make_flag_column("active"),
    _make_flag_column("must_change"),
    _make_text_column("made_at", None),
    sa.CheckConstraint(f"role IN {ROLES}", name="role"),
    sa.UniqueConstraint("folded"),
)
"""``folded``: the name without case; two names that differ in case only are one."""

SCOPES: Final = sa.Table(
    "account_scopes",
    METADATA,
    sa.Column("account_id", sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.CheckConstraint(f"kind IN {SCOPE_KINDS}", name="kind"),
)
"""Where an account may write: communes by code, former districts by ``unit``; no row: anywhere."""

SESSIONS: Final = sa.Table(
    "sessions",
    METADATA,
    sa.Column("token_hash", sa.Text, primary_key=True),
    _make_account_column(),
    _make_text_column("made_at", None),
    _make_text_column("expires_at", None),
    _make_text_column("ended_at"),
    _make_text_column("agent"),
    _make_text_column("address"),
)
"""The token itself is in the browser's cookie only."""

TICKETS: Final = sa.Table(
    "tickets",
    METADATA,
    sa.Column("token_hash", sa.Text, primary_key=True),
    _make_account_column(),
    _make_text_column("expires_at", None),
)
"""Good for one session each: how a sign-in at the organisation's provider becomes a cookie."""

SIGN_INS: Final = sa.Table(
    "sign_ins",
    METADATA,
    _make_id_column(),
    _make_text_column("at", None),
    _make_text_column("folded", None),
    _make_text_column("address"),
    _make_text_column("outcome", None),
    sa.CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
    sa.Index(None, "folded", "at"),
    sa.Index(None, "address", "at"),
)
SAVED_VIEWS: Final = sa.Table(
    "saved_views",
    METADATA,
    _make_id_column(),
    _make_text_column("owner", None),
    _make_text_column("page", None),
    _make_text_column("name", None),
    sa.Column("query", sa.JSON, nullable=False),
    _make_flag_column("shared"),
    _make_text_column("at", None),
    sa.UniqueConstraint("owner", "name"),
)
LAST_VISITS: Final = sa.Table(
    "last_visits",
    METADATA,
    sa.Column("owner", sa.Text, primary_key=True),
    _make_text_column("at", None),
    sa.Column("seen", sa.Integer, nullable=False),
    _make_text_column("before_at"),
    sa.Column("before_seen", sa.Integer, nullable=False),
)
"""When somebody last looked, and the visit before: their moments and the last audit row of each."""

PHOTO_FILES: Final = sa.Table(
    "photo_files",
    METADATA,
    sa.Column("photo", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("thumb", sa.LargeBinary, nullable=False),
)
"""In the database, so that a visit and its pictures are kept, copied and put back together."""

VISIT_CONFLICTS: Final = sa.Table(
    "visit_conflicts",
    METADATA,
    _make_id_column(),
    _make_text_column("visit", None),
    _make_text_column("hash", None),
    _make_text_column("at", None),
    _make_text_column("actor", None),
    sa.Column("content", sa.JSON, nullable=False),
    _make_text_column("state", "open"),
    _make_text_column("why"),
    sa.CheckConstraint(f"state IN {CONFLICT_STATES}", name="state"),
    sa.UniqueConstraint("visit", "hash"),
)
"""A visit that came a second time with other content: both stay, a person decides."""
