"""Making accounts, changing and closing them; each change is in the audit."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import get_reader_language, t
from store.accounts.sessions import clear_session_cache, end_sessions
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.audit.rows import to_canonical_json
from store.db.database import reading, writing
from store.db.errors import AccountError
from store.db.schema import AUDIT
from store.db.schema_accounts import ACCOUNTS, ROLES, SCOPES, SESSIONS
from store.users.passwords import hash_password
from store.users.permissions import guard_action, require_permission
from store.users.users import fold_login_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.users.users import Role, User

_NAME: Final = re.compile(r"[\w.@-]{2,60}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_MAX_SHOWN_CHARS: Final = 80
_TOLD: Final = ("name", "shown", "role", "email", "sees_all", "active")


@dataclass(frozen=True)
class Account:
    """An account as it is to be. ``scopes``: pairs of kind (commune, district) and code."""

    name: str
    role: Role
    shown: str = ""
    email: str = ""
    scopes: tuple[tuple[str, str], ...] = ()
    sees_all: bool = True
    active: bool = True


@guard_action("account.manage")
def add_account(account: Account, password: str, actor: User, *, must_change: bool = True) -> int:
    """Make an account and return its number.

    ``password`` may be empty where people sign in at the organisation's provider. Raises
    ``AccountError`` for a name that is taken, and for every value that cannot be.
    """
    account = replace(account, name=unicodedata.normalize("NFC", account.name.strip()))
    _validate_account(account)
    password_hash = hash_password(password, name=account.name) if password else ""
    with writing() as connection:
        taken = sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.folded == fold_login_name(account.name))
        if connection.scalar(taken) is not None:
            raise AccountError(t("accounts.fault.taken", get_reader_language(), name=account.name))
        _refuse_shared_email(connection, account, 0)
        ledger = Ledger(connection, Changeset("note", actor))
        values = _get_account_values(account) | {
            "folded": fold_login_name(account.name),
            "password_hash": password_hash,
            "must_change": bool(password_hash) and must_change,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        added = connection.execute(ACCOUNTS.insert().values(**values))
        number = int((added.inserted_primary_key or (0,))[0])
        _set_scopes(connection, number, account.scopes)
        ledger.note("accounts", account.name, after=_format_account(account))
        return number


@guard_action("account.manage")
def change_account(
    number: int, account: Account, actor: User, why: str = "", *, seen: str = ""
) -> None:
    """Give an account another role, scope, name to show or state; its sessions end.

    The name itself stays: the audit speaks of it. ``seen``: the token (``compute_account_token``)
    of what the change was made from. Raises ``AccountError`` when there is none of that number,
    when it is something else than was seen, and when no administrator would be left.
    """
    _validate_account(account)
    with writing() as connection:
        before = get_account(connection, number)
        if account.name != before.name:
            raise AccountError(
                t("accounts.fault.name_stays", get_reader_language(), name=before.name)
            )
        if seen and seen != compute_account_token(before):
            raise AccountError(_describe_other_change(connection, before))
        _refuse_shared_email(connection, account, number)
        ledger = Ledger(connection, Changeset("note", actor, why))
        connection.execute(
            ACCOUNTS.update().where(ACCOUNTS.c.id == number).values(**_get_account_values(account))
        )
        _set_scopes(connection, number, account.scopes)
        _refuse_no_administrator(connection)
        end_sessions(connection, SESSIONS.c.account_id == number)
        ledger.note(
            "accounts", account.name, before=_format_account(before), after=_format_account(account)
        )
    clear_session_cache()


@guard_action("account.manage")
def end_all_sessions(number: int, actor: User) -> None:
    """End every session of an account, as on a lost phone."""
    with writing() as connection:
        account = get_account(connection, number)
        ledger = Ledger(connection, Changeset("note", actor))
        end_sessions(connection, SESSIONS.c.account_id == number)
        ledger.note("accounts", account.name, after="sessions ended")
    clear_session_cache()


def list_accounts(actor: User) -> pd.DataFrame:
    """Return all accounts by name, for administrators.

    Columns: ``id, name, shown, role, email, sees_all, active, must_change, made_at, sessions``
    (how many are open), ``scopes`` (tuple of pairs of kind and code).
    """
    require_permission(actor, "account.manage")
    names = ("id", *_TOLD, "must_change", "made_at")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    opened = (
        sa.select(sa.func.count())
        .where(
            SESSIONS.c.account_id == ACCOUNTS.c.id,
            SESSIONS.c.ended_at == "",
            SESSIONS.c.expires_at > now,
        )
        .scalar_subquery()
    )
    query = sa.select(*(ACCOUNTS.c[name] for name in names), opened).order_by(ACCOUNTS.c.folded)
    with reading() as connection:
        rows = [tuple(row) for row in connection.execute(query)]
        scopes = [_list_scopes(connection, int(row[0])) for row in rows]
    frame = pd.DataFrame(rows, columns=[*names, "sessions"])
    return frame.assign(scopes=scopes)


def find_account_by_email(email: str) -> int:
    """Return the number of the open account with an address, 0 when there is none."""
    if not _EMAIL.fullmatch(email):
        return 0
    condition = sa.func.lower(ACCOUNTS.c.email) == email.strip().lower()
    with reading() as connection:
        account = connection.scalar(sa.select(ACCOUNTS.c.id).where(condition, ACCOUNTS.c.active))
    return int(account or 0)


def account_from_row(row: Mapping[str, Any]) -> Account:
    """Return the account that a row of ``accounts`` tells of."""
    values: dict[str, Any] = {name: row[name] for name in _TOLD}
    flags = {"sees_all": bool(row["sees_all"]), "active": bool(row["active"])}
    return Account(**values | flags, scopes=tuple(row["scopes"]))


def compute_account_token(account: Account) -> str:
    """Return what stands for an account as it is: another one once anything of it is changed."""
    return hashlib.sha256(_format_account(account).encode()).hexdigest()[:16]


def _describe_other_change(connection: sa.Connection, now: Account) -> str:
    """Return in words that an account was changed by another, with who it was and what it is."""
    query = sa.select(AUDIT.c.actor).where(
        AUDIT.c.table_name == "accounts", AUDIT.c.key == now.name, AUDIT.c.before != ""
    )
    who = connection.scalar(query.order_by(AUDIT.c.id.desc()).limit(1)) or "?"
    role = t(f"permissions.role.{now.role}")
    state = t(f"accounts.form.{'open' if now.active else 'closed'}")
    return t(
        "accounts.fault.changed_since",
        get_reader_language(),
        name=now.name,
        who=who,
        role=role,
        state=state,
    )


def _validate_account(account: Account) -> None:
    units = load_gazetteer().former_units
    districts = set(units.loc[units["relation"] == "set", "unit"])
    communes = set(load_gazetteer().commune_by_code)
    known = {"commune": communes, "district": districts}
    wrong = {
        "name": not _NAME.fullmatch(account.name),
        "role": account.role not in ROLES,
        "shown": len(account.shown) > _MAX_SHOWN_CHARS or not account.shown.isprintable(),
        "email": bool(account.email) and not _EMAIL.fullmatch(account.email),
        "scope": any(code not in known.get(kind, ()) for kind, code in account.scopes),
        "sees_all": not account.sees_all and not account.scopes,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise AccountError(t(f"accounts.fault.{field}", get_reader_language()))


def _get_account_values(account: Account) -> dict[str, object]:
    return {name: getattr(account, name) for name in _TOLD} | {
        "shown": account.shown.strip() or account.name,
        "email": account.email.strip().lower(),
    }


def _format_account(account: Account) -> str:
    values = {name: getattr(account, name) for name in _TOLD}
    return to_canonical_json(values | {"scopes": sorted(list(scope) for scope in account.scopes)})


def get_account(connection: sa.Connection, number: int) -> Account:
    """Return the account of a number. Raises ``AccountError`` when there is none."""
    row = connection.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.id == number)).mappings().first()
    if row is None:
        raise AccountError(t("accounts.fault.unknown", get_reader_language()))
    values = {name: row[name] for name in _TOLD}
    return Account(**values, scopes=_list_scopes(connection, number))


def _list_scopes(connection: sa.Connection, number: int) -> tuple[tuple[str, str], ...]:
    query = sa.select(SCOPES.c.kind, SCOPES.c.code).where(SCOPES.c.account_id == number)
    return tuple(
        (str(kind), str(code)) for kind, code in connection.execute(query.order_by("code"))
    )


def _set_scopes(connection: sa.Connection, number: int, scopes: Iterable[tuple[str, str]]) -> None:
    connection.execute(SCOPES.delete().where(SCOPES.c.account_id == number))
    rows = [{"account_id": number, "kind": kind, "code": code} for kind, code in sorted({*scopes})]
    if rows:
        connection.execute(SCOPES.insert(), rows)


def _refuse_shared_email(connection: sa.Connection, account: Account, number: int) -> None:
    if not account.email:
        return
    same = sa.func.lower(ACCOUNTS.c.email) == account.email.strip().lower()
    if connection.scalar(sa.select(ACCOUNTS.c.id).where(same, ACCOUNTS.c.id != number)):
        raise AccountError(t("accounts.fault.email_taken", get_reader_language()))


def _refuse_no_administrator(connection: sa.Connection) -> None:
    left = sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.role == "administrator", ACCOUNTS.c.active)
    if connection.scalar(left.limit(1)) is None:
        raise AccountError(t("accounts.fault.last_administrator", get_reader_language()))
