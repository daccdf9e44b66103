"""Signing in and out: tries counted and locked out by rate, sessions that end."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

import sqlalchemy as sa

from geo.i18n import get_reader_language, t
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.db.database import reading, writing
from store.db.errors import SignInError
from store.db.schema_accounts import ACCOUNTS, SESSIONS, SIGN_INS, TICKETS
from store.event_log import log_event
from store.users.access_settings import load_access_settings
from store.users.current_account import has_any_account, load_account_user
from store.users.passwords import needs_rehash, rehash_password, verify_password
from store.users.users import User, fold_login_name, make_operator

WINDOW_MINUTES: Final = 15
MOST_WRONG_PER_NAME: Final = 8
MOST_WRONG_PER_ADDRESS: Final = 40
TICKET_SECONDS: Final = 60
KEPT_SECONDS: Final = 2.0
"""How long a session that was found good is taken as good without asking again."""

OLD_DAYS: Final = 90
"""How long ended sessions and tries are kept; the audit keeps what it says of them for good."""

_MAX_TOLD: Final = 200
_KEEPER: Final = make_operator("sign-in")
_KEPT: Final[dict[str, tuple[float, User | None]]] = {}
_FORGOTTEN: Final = [0]
_LOCK: Final = Lock()
_SECRET: Final = secrets.token_bytes(32)


@dataclass(frozen=True)
class StartedSession:
    """A session just begun: the token goes into the browser's cookie and nowhere else."""

    token: str
    user: User
    seconds: int


def sign_in(name: str, password: str, *, address: str = "", agent: str = "") -> StartedSession:
    """Begin a session for a name and its password.

    Raises ``SignInError`` when they do not fit together (it does not say which is wrong), when the
    account is closed, and when there were too many wrong tries for the name or from the address.
    Every try is written down, in the audit too; those that a lockout refuses are not, but for the
    one that begins it. A name that no account has is never kept: it may be a mistyped password.
    """
    wanted = fold_login_name(name)[:_MAX_TOLD]
    with reading() as connection:
        query = sa.select(ACCOUNTS).where(ACCOUNTS.c.folded == wanted)
        row = connection.execute(query).mappings().first()
        who = wanted if row else _hash_unknown_name(wanted)
        _refuse_too_many_tries(connection, who, address)
    password_hash = str(row["password_hash"]) if row else ""
    right = verify_password(password, password_hash)
    with writing() as connection:
        # Once more: many tries sent at once must not get further than as many one by one.
        _refuse_too_many_tries(connection, who, address)
        outcome = "wrong" if not right else "ok" if row and row["active"] else "inactive"
        record_sign_in(connection, who, address, outcome)
        begun = None
        if row is not None and outcome == "ok":
            if needs_rehash(password_hash):
                update = ACCOUNTS.update().where(ACCOUNTS.c.id == row["id"])
                connection.execute(update.values(password_hash=rehash_password(password)))
            begun = _start_session(connection, int(row["id"]), address, agent)
    if begun is None:
        raise SignInError(t("accounts.fault.wrong", get_reader_language()))
    return begun


def issue_ticket(account: int) -> str:
    """Return a ticket that begins one session within a minute, for who has proved who they are."""
    token = secrets.token_urlsafe(32)
    until = _get_now() + timedelta(seconds=TICKET_SECONDS)
    with writing() as connection:
        connection.execute(TICKETS.delete().where(TICKETS.c.expires_at < _format_time(_get_now())))
        row = {
            "token_hash": _hash_token(token),
            "account_id": account,
            "expires_at": _format_time(until),
        }
        connection.execute(TICKETS.insert().values(**row))
    return token


def sign_in_with_ticket(ticket: str, *, address: str = "", agent: str = "") -> StartedSession:
    """Begin the session of a ticket, which is spent by it. Raises ``SignInError`` for a bad one."""
    with writing() as connection:
        condition = TICKETS.c.token_hash == _hash_token(ticket)
        query = sa.select(TICKETS.c.account_id).where(
            condition, TICKETS.c.expires_at >= _format_time(_get_now())
        )
        account = connection.scalar(query)
        connection.execute(TICKETS.delete().where(condition))
        user = load_account_user(connection, int(account)) if account is not None else None
        if user is not None:
            record_sign_in(connection, fold_login_name(user.name), address, "ok")
            begun = _start_session(connection, user.account, address, agent)
    if user is None:
        raise SignInError(t("accounts.fault.ticket", get_reader_language()))
    return begun


def get_session_user(token: str) -> User | None:
    """Return whose session a token is, ``None`` when it is none, has ended or its account has.

    An answer is kept for two seconds: a page asks many times at once.
    """
    if not token or len(token) > _MAX_TOLD:
        return None
    token_hash = _hash_token(token)
    cache_entry = _KEPT.get(token_hash)
    if cache_entry and cache_entry[0] > time.monotonic():
        return cache_entry[1]
    generation = _FORGOTTEN[0]
    with reading() as connection:
        query = sa.select(SESSIONS.c.account_id).where(
            SESSIONS.c.token_hash == token_hash,
            SESSIONS.c.ended_at == "",
            SESSIONS.c.expires_at > _format_time(_get_now()),
        )
        account = connection.scalar(query)
        user = None if account is None else load_account_user(connection, int(account))
        user = user and replace(user, session=token_hash)
    with _LOCK:
        if len(_KEPT) > 1000:  # noqa: PLR2004 - far more than people at once
            _KEPT.clear()
        if generation == _FORGOTTEN[0]:  # else a session may have ended while the answer was read
            _KEPT[token_hash] = (time.monotonic() + KEPT_SECONDS, user)
    return user


def sign_out(token: str, *, everywhere: bool = False) -> None:
    """End the session of a token, or all sessions of its account."""
    token_hash = _hash_token(token)
    with writing() as connection:
        owner = sa.select(SESSIONS.c.account_id).where(SESSIONS.c.token_hash == token_hash)
        account = connection.scalar(owner)
        if account is None:
            return
        ending = (
            SESSIONS.c.account_id == account if everywhere else SESSIONS.c.token_hash == token_hash
        )
        end_sessions(connection, ending)
        user = load_account_user(connection, int(account))
        who = fold_login_name(user.name) if user else str(account)
        ledger = Ledger(connection, Changeset("note", make_operator(who)))
        how = "signed out everywhere" if everywhere else "signed out"
        ledger.note("sign_ins", who, after=how)
        log_event("sign_out", user=who, everywhere=everywhere)
    clear_session_cache()


def end_sessions(connection: sa.Connection, where: sa.ColumnElement[bool]) -> None:
    """End sessions within a writing transaction; ``clear_session_cache`` is to follow it."""
    going = SESSIONS.update().where(where, SESSIONS.c.ended_at == "")
    connection.execute(going.values(ended_at=_format_time(_get_now())))


def clear_session_cache() -> None:
    """Ask the store again at once whose sessions are good."""
    with _LOCK:
        _FORGOTTEN[0] += 1
        _KEPT.clear()


def has_accounts() -> bool:
    """Return True if the store has accounts."""
    with reading() as connection:
        return has_any_account(connection)


def refuse_locked_account(connection: sa.Connection, name: str) -> None:
    """Raise ``SignInError`` while there are too many wrong tries for an account's name."""
    _refuse_too_many_tries(connection, fold_login_name(name), "")


def record_sign_in(connection: sa.Connection, who: str, address: str, outcome: str) -> None:
    """Write a try down, in the audit too, and that it was one too many where it was."""
    address = address[:_MAX_TOLD]
    row = {"at": _format_time(_get_now()), "folded": who, "address": address}
    connection.execute(SIGN_INS.insert().values(**row, outcome=outcome))
    old = _format_time(_get_now() - timedelta(days=OLD_DAYS))
    connection.execute(SIGN_INS.delete().where(SIGN_INS.c.at < old))
    actor = make_operator(who) if outcome == "ok" else _KEEPER
    ledger = Ledger(connection, Changeset("note", actor))
    ledger.note("sign_ins", who, after=f"{outcome} {address}".strip())
    log_event("sign_in", user=who, outcome=outcome, address=address)
    if outcome == "wrong" and _is_locked(connection, who, address):
        ledger.note("sign_ins", who, after=f"locked {address}".strip())


def _refuse_too_many_tries(connection: sa.Connection, who: str, address: str) -> None:
    if _is_locked(connection, who, address):
        raise SignInError(t("accounts.fault.locked", get_reader_language(), minutes=WINDOW_MINUTES))


def _is_locked(connection: sa.Connection, who: str, address: str) -> bool:
    since = _format_time(_get_now() - timedelta(minutes=WINDOW_MINUTES))
    count = sa.select(sa.func.count()).where(SIGN_INS.c.at > since, SIGN_INS.c.outcome == "wrong")
    of_name = connection.scalar(count.where(SIGN_INS.c.folded == who)) or 0
    of_address = connection.scalar(count.where(SIGN_INS.c.address == address)) or 0
    return of_name >= MOST_WRONG_PER_NAME or (
        bool(address) and of_address >= MOST_WRONG_PER_ADDRESS
    )


def _hash_unknown_name(name: str) -> str:
    """Return what stands for a name that no account has: the same while this program runs."""
    return "? " + hmac.new(_SECRET, name.encode(), "sha256").hexdigest()[:12]


def _start_session(
    connection: sa.Connection, account: int, address: str, agent: str
) -> StartedSession:
    user = load_account_user(connection, account)
    if user is None:
        raise SignInError(t("accounts.fault.wrong", get_reader_language()))
    old = _format_time(_get_now() - timedelta(days=OLD_DAYS))
    connection.execute(SESSIONS.delete().where(SESSIONS.c.expires_at < old))
    token = secrets.token_urlsafe(32)
    seconds = load_access_settings().session_hours * 3600
    connection.execute(
        SESSIONS.insert().values(
            token_hash=_hash_token(token),
            account_id=account,
            made_at=_format_time(_get_now()),
            expires_at=_format_time(_get_now() + timedelta(seconds=seconds)),
            agent=agent[:_MAX_TOLD],
            address=address[:_MAX_TOLD],
        )
    )
    return StartedSession(token, user, seconds)


def _hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _get_now() -> datetime:
    return datetime.now(UTC)


def _format_time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
