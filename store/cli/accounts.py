"""``python -m store account``: making, listing, changing and closing accounts.

A password is asked twice at a terminal, or read from standard input; it is never an argument,
for arguments can be read by every program of the machine.
"""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from geo.command_line import write_json
from geo.i18n import t
from store.accounts.account_passwords import set_password
from store.accounts.accounts import Account, add_account, change_account, list_accounts
from store.cli import options
from store.db.errors import AccountError
from store.db.schema_accounts import ROLES
from store.users.areas import find_area, list_areas
from store.users.users import fold_login_name

if TYPE_CHECKING:
    from store.users.users import User

_NAME: Final = click.Argument(["name"], help=t("accounts.cli.name"))
_PASSWORD: Final = click.Option(["--password-stdin"], is_flag=True, help=t("accounts.cli.stdin"))
_UNUSED_WHY: Final = click.Option(["--why"], expose_value=False, help=t("store.cli.why"))
_DETAILS: Final = (
    click.Option(["--shown"], help=t("accounts.cli.shown")),
    click.Option(["--email"], help=t("accounts.cli.email")),
    click.Option(["--scope"], multiple=True, help=t("accounts.cli.scope")),
    click.Option(["--own-area-only"], is_flag=True, help=t("accounts.cli.own")),
)


@click.group(cls=options.StoreGroup, help=t("accounts.cli.account"), no_args_is_help=False)
def account() -> None:
    """Make, list, change and close accounts."""


@account.command("list", help=t("accounts.cli.list"), params=[options.AS_JSON, options.ACTOR])
def list_all(*, as_json: bool, actor: User) -> None:
    """List the accounts."""
    rows: list[Any] = list_accounts(actor).to_dict("records")
    if as_json:
        write_json(rows)
    else:
        click.echo(_format_accounts(rows))


@account.command(
    help=t("accounts.cli.add"), params=[_NAME, *_DETAILS, _PASSWORD, options.ACTOR, _UNUSED_WHY]
)
@click.option("--role", type=click.Choice(ROLES), required=True, help=t("accounts.cli.role"))
@click.option("--no-password", is_flag=True, help=t("accounts.cli.none"))
def add(name: str, *, no_password: bool, password_stdin: bool, actor: User, **details: Any) -> None:
    """Make an account. Raises ``AccountError`` for what cannot be."""
    made = Account(name, **_read_details(**details))
    password = "" if no_password else _read_password(from_stdin=password_stdin)
    # An administrator made at the terminal has chosen the password for themselves.
    own_password = made.role == "administrator" and not password_stdin
    add_account(made, password, actor, must_change=not own_password)
    click.echo(t("accounts.cli.added", name=name, role=t(f"permissions.role.{made.role}")))


@account.command(
    help=t("accounts.cli.change"), params=[_NAME, *_DETAILS, options.ACTOR, options.WHY]
)
@click.option("--role", type=click.Choice(ROLES), help=t("accounts.cli.role"))
@click.option("--everywhere", is_flag=True, help=t("accounts.cli.everywhere"))
def change(name: str, *, everywhere: bool, actor: User, why: str, **details: Any) -> None:
    """Change what is given of an account. Raises ``AccountError`` for what cannot be."""
    whole_city = {"scopes": (), "sees_all": True} if everywhere else {}
    _change("change", name, actor, why, **_read_details(**details) | whole_city)


@account.command(help=t("accounts.cli.close"), params=[_NAME, options.ACTOR, options.WHY])
def close(name: str, *, actor: User, why: str) -> None:
    """Close an account; its sessions end."""
    _change("close", name, actor, why, active=False)


@account.command("open", help=t("accounts.cli.open"), params=[_NAME, options.ACTOR, options.WHY])
def reopen(name: str, *, actor: User, why: str) -> None:
    """Open a closed account again."""
    _change("open", name, actor, why, active=True)


@account.command(
    help=t("accounts.cli.password"), params=[_NAME, _PASSWORD, options.ACTOR, _UNUSED_WHY]
)
def password(name: str, *, password_stdin: bool, actor: User) -> None:
    """Set a new password, to be changed at the next sign-in."""
    number, account = _find_account(name, actor)
    set_password(number, _read_password(from_stdin=password_stdin), actor)
    click.echo(t("accounts.cli.password_set", name=account.name))


def _read_details(
    *, scope: tuple[str, ...], own_area_only: bool, **details: str | None
) -> dict[str, Any]:
    """Return the fields of an account that the options of ``_DETAILS`` and the role give."""
    given: dict[str, Any] = {key: value for key, value in details.items() if value is not None}
    if scope:
        given["scopes"] = tuple(map(find_area, scope))
    if scope or own_area_only:
        given["sees_all"] = not own_area_only
    return given


def _change(command: str, name: str, actor: User, why: str, **changes: Any) -> None:
    number, account = _find_account(name, actor)
    change_account(number, replace(account, **changes), actor, why)
    click.echo(t(f"accounts.cli.done_{command}", name=account.name))


def _find_account(name: str, actor: User) -> tuple[int, Account]:
    frame = list_accounts(actor)
    matches = frame[frame["name"].map(fold_login_name) == fold_login_name(name)]
    if matches.empty:
        raise AccountError(t("accounts.fault.no_name", name=name[:60]))
    row = matches.iloc[0]
    return int(row["id"]), Account(
        row["name"],
        row["role"],
        row["shown"],
        row["email"],
        row["scopes"],
        bool(row["sees_all"]),
        bool(row["active"]),
    )


def _format_accounts(rows: list[Any]) -> str:
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


def _read_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise AccountError(t("accounts.fault.no_terminal"))
    first = getpass.getpass(t("accounts.cli.ask"))
    if first != getpass.getpass(t("accounts.cli.again")):
        raise AccountError(t("accounts.fault.not_the_same"))
    return first
