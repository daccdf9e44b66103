"""``python -m store account``: making, listing, changing and closing accounts.

A password is asked twice at a terminal, or read from standard input; it is never an argument,
for arguments can be read by every program of the machine.
"""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from store.accounts.accounts import (
    Account,
    add_account,
    change_account,
    list_accounts,
    set_password,
)
from store.db.errors import AccountError
from store.db.schema_accounts import ROLES
from store.users.areas import find_area, list_areas
from store.users.users import User, fold_login_name, make_operator

if TYPE_CHECKING:
    import argparse

_OPEN_CHANGES: Final = ("role", "shown", "email")


def add_account_arguments(account: argparse.ArgumentParser, actor: User) -> None:
    """Give the command ``account`` its subcommands and their arguments."""
    commands = account.add_subparsers(dest="account", required=True)
    for name in ("add", "list", "change", "close", "open", "password"):
        made = commands.add_parser(name, help=t(f"accounts.cli.{name}"))
        made.add_argument("--actor", type=make_operator, default=actor, help=t("store.cli.actor"))
        if name == "list":
            made.add_argument("--json", action="store_true", help=t("store.cli.json"))
            continue
        made.add_argument("name", help=t("accounts.cli.name"))
        if name in {"add", "change"}:
            made.add_argument(
                "--role", choices=ROLES, required=name == "add", help=t("accounts.cli.role")
            )
            made.add_argument("--shown", help=t("accounts.cli.shown"))
            made.add_argument("--email", help=t("accounts.cli.email"))
            made.add_argument("--scope", action="append", help=t("accounts.cli.scope"))
            made.add_argument("--own-area-only", action="store_true", help=t("accounts.cli.own"))
        if name == "change":
            made.add_argument(
                "--everywhere", action="store_true", help=t("accounts.cli.everywhere")
            )
        if name == "add":
            made.add_argument("--no-password", action="store_true", help=t("accounts.cli.none"))
        if name in {"add", "password"}:
            made.add_argument("--password-stdin", action="store_true", help=t("accounts.cli.stdin"))
        made.add_argument("--why", default="", help=t("store.cli.why"))


def run_account_command(options: argparse.Namespace) -> tuple[int, str]:
    """Return 0 and what was done. Raises ``AccountError`` for what cannot be."""
    if options.account == "list":
        return 0, _format_accounts(options)
    if options.account == "add":
        return 0, _run_add(options)
    number, account = _find_account(options.name, options.actor)
    if options.account == "password":
        set_password(number, _ask_password(options), options.actor)
        return 0, t("accounts.cli.password_set", name=account.name)
    changed = _apply_options(account, options)
    change_account(number, changed, options.actor, options.why)
    return 0, t(f"accounts.cli.done_{options.account}", name=account.name)


def _run_add(options: argparse.Namespace) -> str:
    account = Account(
        options.name,
        options.role,
        shown=options.shown or "",
        email=options.email or "",
        scopes=_parse_scopes(options),
        sees_all=not options.own_area_only,
    )
    password = "" if options.no_password else _ask_password(options)
    add_account(account, password, options.actor, must_change=not _is_own_password(options))
    return t("accounts.cli.added", name=account.name, role=t(f"permissions.role.{account.role}"))


def _is_own_password(options: argparse.Namespace) -> bool:
    """Return True if who makes the account chose its password at the terminal, for themselves."""
    return options.role == "administrator" and not options.password_stdin


def _apply_options(account: Account, options: argparse.Namespace) -> Account:
    if options.account in {"close", "open"}:
        return replace(account, active=options.account == "open")
    given = {name: getattr(options, name) for name in _OPEN_CHANGES}
    account = replace(account, **{name: one for name, one in given.items() if one is not None})
    if options.everywhere:
        return replace(account, scopes=(), sees_all=True)
    if options.scope:
        account = replace(account, scopes=_parse_scopes(options), sees_all=True)
    return replace(account, sees_all=False) if options.own_area_only else account


def _parse_scopes(options: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    return tuple(find_area(text) for text in options.scope or ())


def _find_account(name: str, actor: User) -> tuple[int, Account]:
    frame = list_accounts(actor)
    mine = frame[frame["name"].map(fold_login_name) == fold_login_name(name)]
    if mine.empty:
        raise AccountError(t("accounts.fault.no_name", name=name[:60]))
    row = mine.iloc[0]
    return int(row["id"]), Account(
        row["name"],
        row["role"],
        row["shown"],
        row["email"],
        row["scopes"],
        bool(row["sees_all"]),
        bool(row["active"]),
    )


def _format_accounts(options: argparse.Namespace) -> str:
    rows: list[Any] = list_accounts(options.actor).to_dict("records")
    if options.json:
        return json.dumps(rows, ensure_ascii=False, indent=1)
    named = list_areas()
    lines = [
        t(
            "accounts.cli.line",
            name=row["name"],
            shown=row["shown"],
            role=t(f"permissions.role.{row['role']}"),
            where=", ".join(named.get(area, area[1]) for area in row["scopes"])
            or t("accounts.cli.all"),
            state=t("accounts.cli.is_open" if row["active"] else "accounts.cli.is_closed"),
        )
        for row in rows
    ]
    return "\n".join(lines) or t("accounts.cli.none_yet")


def _ask_password(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise AccountError(t("accounts.fault.no_terminal"))
    first = getpass.getpass(t("accounts.cli.ask"))
    if first != getpass.getpass(t("accounts.cli.again")):
        raise AccountError(t("accounts.fault.not_the_same"))
    return first
