"""``python -m store``: make, check, back up, restore, export the store; import reports into it."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import sqlalchemy as sa

from geo.errors import ProjectMapError
from geo.i18n import t
from reports.extract import extract_document
from reports.open import open_document
from store.audit.approvals import approve_period
from store.audit.integrity import check_store
from store.backup import backup, restore
from store.bootstrap import ensure_store
from store.cli.accounts import add_account_arguments, run_account_command
from store.cli.compare import run_contradictions_command, run_diff_command
from store.cli.export import add_export_arguments, run_export_command
from store.db.database import reading
from store.db.schema import AUDIT, FACTS, IMPORTS
from store.imports.apply import apply_import, list_imports, undo_import
from store.imports.plan.plan import format_plan, plan_to_json
from store.imports.plan.planning import plan_import
from store.users.users import make_operator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Command = Callable[[argparse.Namespace], tuple[int, str]]


class _UsageError(Exception):
    """The command line was not understood."""


class _CommandParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 when it was refused or faults were found, 2 for a wrong call.

    What was asked for goes to standard output, faults to standard error.
    """
    try:
        options = _make_parser().parse_args(argv)
    except _UsageError as fault:
        sys.stderr.write(t("store.cli.usage_error", fault=fault) + "\n")
        return 2
    try:
        if options.command != "restore":  # which needs no store that can be opened
            ensure_store(curated=not getattr(options, "empty", False))
        code, text = _COMMANDS[options.command](options)
    except (ProjectMapError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(text + "\n")
    return code


def _make_parser() -> argparse.ArgumentParser:
    parser = _CommandParser(prog="python -m store", description=t("store.cli.about"))
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, *, as_json: bool = False) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=t(f"store.cli.{name}"))
        if as_json:
            made.add_argument("--json", action="store_true", help=t("store.cli.json"))
        return made

    making = command("init")
    making.add_argument("--empty", action="store_true", help=t("store.cli.empty"))
    command("check", as_json=True)
    command("imports", as_json=True)
    command("backup").add_argument("file", type=Path)
    command("restore").add_argument("file", type=Path)
    add_export_arguments(command("export"), make_operator(_get_user_name()))
    bringing = command("import", as_json=True)
    bringing.add_argument("file", type=Path)
    bringing.add_argument("--period", default="", help=t("store.cli.period"))
    bringing.add_argument("--yes", action="store_true", help=t("store.cli.yes"))
    comparing = command("diff", as_json=True)
    comparing.add_argument("before", help=t("store.cli.period"))
    comparing.add_argument("after", help=t("store.cli.period"))
    command("contradictions", as_json=True)
    account = commands.add_parser("account", help=t("accounts.cli.account"))
    add_account_arguments(account, make_operator(_get_user_name()))
    undoing, approving = command("undo"), command("approve")
    undoing.add_argument("number", type=int)
    approving.add_argument("period")
    for made in (bringing, undoing, approving):
        made.add_argument(
            "--actor",
            type=make_operator,
            default=make_operator(_get_user_name()),
            help=t("store.cli.actor"),
        )
        made.add_argument("--why", default="", help=t("store.cli.why"))
    return parser


def _run_init(_options: argparse.Namespace) -> tuple[int, str]:
    return 0, _format_faults([], as_json=False)


def _run_check(options: argparse.Namespace) -> tuple[int, str]:
    with reading() as connection:
        faults = check_store(connection)
    texts = [fault.text() for fault in faults]
    return (1 if texts else 0), _format_faults(texts, as_json=options.json)


def _run_backup(options: argparse.Namespace) -> tuple[int, str]:
    return 0, t("store.cli.backed_up", file=backup(options.file))


def _run_restore(options: argparse.Namespace) -> tuple[int, str]:
    before = restore(options.file)
    key = "restored_kept" if before else "restored"
    return 0, t(f"store.cli.{key}", file=options.file, before=before)


def _run_import(options: argparse.Namespace) -> tuple[int, str]:
    read = extract_document(open_document(options.file.read_bytes(), options.file.name))
    plan = plan_import(read, period=options.period)
    agreed = options.yes or (
        not plan.already and not plan.blocked and _ask_consent(format_plan(plan))
    )
    number = plan.already
    if agreed and not plan.already:
        number = apply_import(plan, options.actor, options.why)
    if options.json:
        told = plan_to_json(plan) | {"import": number}
        return (1 if plan.blocked else 0), json.dumps(told, ensure_ascii=False, indent=1)
    done = t("store.cli.already", number=number) if plan.already else ""
    if not plan.already:
        done = t("store.cli.imported", number=number) if number else t("store.cli.not_imported")
    return (0 if number else 1), f"{format_plan(plan)}\n{done}"


def _run_imports(options: argparse.Namespace) -> tuple[int, str]:
    rows = [{str(k): v for k, v in row.items()} for row in list_imports().to_dict("records")]
    if options.json:
        return 0, json.dumps(rows, ensure_ascii=False, indent=1)
    return 0, "\n".join(t("store.cli.import_line", **row) for row in rows)


def _run_undo(options: argparse.Namespace) -> tuple[int, str]:
    undoing = undo_import(options.number, options.actor, options.why)
    return 0, t("store.cli.undone", number=options.number, undoing=undoing)


def _run_approve(options: argparse.Namespace) -> tuple[int, str]:
    approve_period(options.period, options.actor, options.why)
    return 0, t("store.cli.approved", period=options.period)


def _format_faults(faults: list[str], *, as_json: bool) -> str:
    """Return what a check found, or how large a store is that is whole."""
    with reading() as connection:
        count = sa.select(sa.func.count())
        now = [table.c.removed_by.is_(None) for table in FACTS.values()]
        rows = sum(int(connection.scalar(count.where(one)) or 0) for one in now)
        sizes: dict[str, Any] = {
            "rows": rows,
            "imports": int(connection.scalar(count.select_from(IMPORTS)) or 0),
            "audit": int(connection.scalar(count.select_from(AUDIT)) or 0),
        }
    if as_json:
        return json.dumps({"whole": not faults, "faults": faults, **sizes}, ensure_ascii=False)
    return "\n".join(faults) if faults else t("store.check.ok", **sizes)


def _ask_consent(preview: str) -> bool:
    """Show the preview and ask at a terminal; without one, the answer is no."""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"{preview}\n{t('store.cli.accept')} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"c", "có", "y", "yes"}


def _get_user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "cli"


_COMMANDS: Final[dict[str, Command]] = {
    "init": _run_init,
    "check": _run_check,
    "imports": _run_imports,
    "backup": _run_backup,
    "restore": _run_restore,
    "export": run_export_command,
    "import": _run_import,
    "undo": _run_undo,
    "approve": _run_approve,
    "diff": run_diff_command,
    "contradictions": run_contradictions_command,
    "account": run_account_command,
}
