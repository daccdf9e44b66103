"""Giving accounts new passwords; each change is in the audit and ends the sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.i18n import get_reader_language, t
from store.accounts.accounts import get_account
from store.accounts.sessions import (
    clear_session_cache,
    end_sessions,
    record_sign_in,
    refuse_locked_account,
)
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.db.database import reading, writing
from store.db.errors import AccountError
from store.db.schema_accounts import ACCOUNTS, SESSIONS
from store.users.passwords import hash_password, verify_password
from store.users.permissions import guard_action
from store.users.users import fold_login_name

if TYPE_CHECKING:
    from store.users.users import User


@guard_action("account.manage")
def set_password(number: int, password: str, actor: User) -> None:
    """Give an account a new password, to be changed at the next sign-in; its sessions end."""
    with writing() as connection:
        _replace_password(connection, number, password, actor, must_change=True)
    clear_session_cache()


@guard_action("account.own")
def change_own_password(old: str, new: str, actor: User) -> None:
    """Change one's own password; all sessions of the account end.

    Raises ``AccountError`` when the old one is not right or the new one cannot be, ``SignInError``
    after too many wrong ones: they count as wrong tries to sign in.
    """
    with reading() as connection:
        query = sa.select(ACCOUNTS.c.password_hash).where(ACCOUNTS.c.id == actor.account)
        password_hash = str(connection.scalar(query) or "")
        refuse_locked_account(connection, actor.name)
    right = verify_password(old, password_hash)
    with writing() as connection:
        refuse_locked_account(connection, actor.name)
        if not right:
            record_sign_in(connection, fold_login_name(actor.name), "", "wrong")
        elif old == new:
            raise AccountError(t("accounts.fault.same_password", get_reader_language()))
        else:
            _replace_password(connection, actor.account, new, actor, must_change=False)
    if not right:
        raise AccountError(t("accounts.fault.old_password", get_reader_language()))
    clear_session_cache()


def _replace_password(
    connection: sa.Connection, number: int, password: str, actor: User, *, must_change: bool
) -> None:
    account = get_account(connection, number)
    password_hash = hash_password(password, name=account.name)
    ledger = Ledger(connection, Changeset("note", actor))
    update = ACCOUNTS.update().where(ACCOUNTS.c.id == number)
    connection.execute(update.values(password_hash=password_hash, must_change=must_change))
    end_sessions(connection, SESSIONS.c.account_id == number)
    ledger.note("accounts", account.name, after="password changed")
