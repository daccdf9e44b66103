"""Options that several commands of ``python -m store`` take."""

from __future__ import annotations

import getpass
from typing import Any, Final

import click

from geo.i18n import t
from store.bootstrap import ensure_store
from store.users.users import make_operator


class StoreCommand(click.Command):
    """A command that makes the store ready once its options are read."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        ensure_store()
        return super().invoke(ctx)


class StoreGroup(click.Group):
    """Commands that make the store ready, unless one says otherwise."""

    command_class = StoreCommand


def _get_user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "cli"


AS_JSON: Final = click.Option(["--json", "as_json"], is_flag=True, help=t("store.cli.json"))
ACTOR: Final = click.Option(
    ["--actor"],
    type=make_operator,
    metavar="NAME",
    default=_get_user_name,
    help=t("store.cli.actor"),
)
WHY: Final = click.Option(["--why"], default="", help=t("store.cli.why"))
