"""Accounts as they are now: who one is, and whether somebody who acts still may."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import get_reader_language, t
from store.db.errors import NotAllowedError
from store.db.schema_accounts import ACCOUNTS, SCOPES, SESSIONS
from store.users.users import User

if TYPE_CHECKING:
    from collections.abc import Iterable


def has_any_account(connection: sa.Connection) -> bool:
    """Return True if there is an account at all; without one the install is a personal one."""
    return connection.scalar(sa.select(ACCOUNTS.c.id).limit(1)) is not None


def load_account_user(connection: sa.Connection, number: int) -> User | None:
    """Return who an account is, ``None`` when there is none of that number or it is closed."""
    query = sa.select(ACCOUNTS).where(ACCOUNTS.c.id == number, ACCOUNTS.c.active)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    scopes = sa.select(SCOPES.c.kind, SCOPES.c.code).where(SCOPES.c.account_id == number)
    return User(
        name=row["name"],
        role=row["role"],
        shown=row["shown"],
        scope=list_scope_communes(tuple(pair) for pair in connection.execute(scopes)),
        sees_all=bool(row["sees_all"]),
        account=int(row["id"]),
        must_change=bool(row["must_change"]),
    )


def list_scope_communes(scopes: Iterable[tuple[str, str]]) -> frozenset[str] | None:
    """Return the codes of the communes that scopes (kind, code) cover; ``None`` for no scope."""
    units = load_gazetteer().former_units
    codes: set[str] = set()
    given = False
    for kind, code in scopes:
        given = True
        if kind == "commune":
            codes.add(code)
        else:
            for listed in units.loc[units["unit"] == code, "communes"]:
                codes.update(listed.split())
    return frozenset(codes) if given else None


def _get_rights(user: User) -> tuple[object, ...]:
    return user.name, user.role, user.scope, user.sees_all, user.must_change


def _is_session_open(connection: sa.Connection, user: User) -> bool:
    """Return True if the user's session has not ended; one without any acts by its account."""
    if not user.session:
        return True
    query = sa.select(SESSIONS.c.account_id).where(
        SESSIONS.c.token_hash == user.session,
        SESSIONS.c.account_id == user.account,
        SESSIONS.c.ended_at == "",
        SESSIONS.c.expires_at > datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return connection.scalar(query) is not None


def require_current_account(connection: sa.Connection, user: User) -> None:
    """Raise ``NotAllowedError`` when an account was closed or changed since its user was read.

    The session that the user came in with must not have ended either. Asked in the transaction of
    every change, so that what was taken away no longer acts: a page may still be open.
    """
    if user.standing == "machine":
        return
    if user.standing == "account":
        now = load_account_user(connection, user.account)
        if now is not None and _get_rights(now) == _get_rights(user):
            if not _is_session_open(connection, user):
                raise NotAllowedError(t("permissions.fault.signed_out"))
            return
    elif user.standing == "personal" and not has_any_account(connection):
        return
    raise NotAllowedError(t("permissions.fault.changed", get_reader_language()))
