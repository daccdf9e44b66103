"""``python -m store``: make, check, back up, restore, export the store; import reports into it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import sqlalchemy as sa

from geo.command_line import run_command, write_json
from geo.i18n import t
from reports.extract import extract_document
from reports.second_reader.reader import add_second_reading
from reports.stoppable import open_stoppable
from store.audit.approvals import approve_period
from store.audit.integrity import check_store
from store.backup import backup, restore
from store.bootstrap import ensure_store
from store.cli import options
from store.cli.accounts import account
from store.cli.compare import contradictions, diff
from store.cli.export import export
from store.cli.templates import import_template, template
from store.db.database import reading
from store.db.schema import AUDIT, FACTS, IMPORTS
from store.imports.apply import apply_import, list_imports, undo_import
from store.imports.column_choices import list_column_choices
from store.imports.plan.plan import format_plan, plan_to_json
from store.imports.plan.planning import plan_import
from store.templates.sheet import read_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.extraction import Extraction
    from store.users.users import User


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 when it was refused or faults were found, 2 for a wrong call.

    What was asked for goes to standard output, faults to standard error.
    """
    return run_command(store, "python -m store", arguments)


@click.group(
    cls=options.StoreGroup,
    help=t("store.cli.about"),
    commands=[account, contradictions, diff, export, template],
    no_args_is_help=False,
)
def store() -> None:
    """Make, check, back up, restore and export the store; import reports into it."""


@store.command(help=t("store.cli.init"), cls=click.Command)
@click.option("--empty", is_flag=True, help=t("store.cli.empty"))
def init(*, empty: bool) -> None:
    """Make the store."""
    ensure_store(curated=not empty)
    click.echo(_format_faults([], as_json=False))


@store.command(help=t("store.cli.check"), params=[options.AS_JSON])
def check(*, as_json: bool) -> int:
    """Say whether the store is whole; return 1 when it is not."""
    with reading() as connection:
        faults = [fault.text() for fault in check_store(connection)]
    click.echo(_format_faults(faults, as_json=as_json))
    return 1 if faults else 0


@store.command("backup", help=t("store.cli.backup"))
@click.argument("file", type=Path)
def back_up(file: Path) -> None:
    """Write a copy of the store."""
    click.echo(t("store.cli.backed_up", file=backup(file)))


@store.command("restore", help=t("store.cli.restore"), cls=click.Command)
@click.argument("file", type=Path)
def put_back(file: Path) -> None:
    """Put a copy in place of the store."""
    before = restore(file)
    key = "restored_kept" if before else "restored"
    click.echo(t(f"store.cli.{key}", file=file, before=before))


@store.command(
    "import", help=t("store.cli.import"), params=[options.AS_JSON, options.ACTOR, options.WHY]
)
@click.argument("file", type=Path)
@click.option("--period", default="", help=t("store.cli.period"))
@click.option("--yes", is_flag=True, help=t("store.cli.yes"))
@click.option("--accept-empty", is_flag=True, help=t("store.cli.accept_empty"))
@click.option("--second-reader", is_flag=True, help=t("store.cli.second_reader"))
def import_report(
    file: Path,
    *,
    period: str,
    yes: bool,
    accept_empty: bool,
    second_reader: bool,
    as_json: bool,
    actor: User,
    why: str,
) -> int:
    """Import a report whole, once agreed to; return 1 when it was not."""
    document = open_stoppable(file.read_bytes(), file.name)
    sheet = read_sheet(document)
    if sheet is not None:
        return import_template(sheet, actor, why, accepted=yes)
    read = extract_document(document, choices=list_column_choices(document.issuer))
    if second_reader:
        read = _ask_second_reader(read)
    plan = plan_import(read, period=period)
    consented = not yes and not plan.already and not plan.blocked
    consented = consented and _ask_consent(format_plan(plan))
    number = plan.already
    if (yes or consented) and not plan.already:
        empty = consented or accept_empty
        confirmed = {name for name in plan.confirmations if empty or name != "nothing_read"}
        number = apply_import(plan, actor, why, confirmed=confirmed)
    if as_json:
        summary = plan_to_json(plan) | {"import": number}
        write_json(summary)
        return 1 if plan.blocked else 0
    if plan.already:
        done = t("store.cli.already", number=number)
    else:
        done = t("store.cli.imported", number=number) if number else t("store.cli.not_imported")
    click.echo(f"{format_plan(plan)}\n{done}")
    return 0 if number else 1


@store.command(help=t("store.cli.imports"), params=[options.AS_JSON])
def imports(*, as_json: bool) -> None:
    """List the imports and changes."""
    rows = [{str(k): v for k, v in row.items()} for row in list_imports().to_dict("records")]
    if as_json:
        write_json(rows)
    else:
        click.echo("\n".join(t("store.cli.import_line", **row) for row in rows))


@store.command(help=t("store.cli.undo"), params=[options.ACTOR, options.WHY])
@click.argument("number", type=int)
def undo(number: int, *, actor: User, why: str) -> None:
    """Undo one import whole."""
    undoing = undo_import(number, actor, why)
    click.echo(t("store.cli.undone", number=number, undoing=undoing))


@store.command(help=t("store.cli.approve"), params=[options.ACTOR, options.WHY])
@click.argument("period")
def approve(period: str, *, actor: User, why: str) -> None:
    """Approve a period and lock it."""
    approve_period(period, actor, why)
    click.echo(t("store.cli.approved", period=period))


def _ask_second_reader(read: Extraction) -> Extraction:
    """Return what was read with the proposals of the second reader; say how that went."""
    again = add_second_reading(read)
    told = again.document.messages[len(read.document.messages) :]
    for message in told or (t("reports.second_reader.not_set"),):
        click.echo(message, err=True)
    return again


def _format_faults(faults: list[str], *, as_json: bool) -> str:
    """Return what a check found, or how large a store is that is whole."""
    with reading() as connection:
        count = sa.select(sa.func.count())
        now = [table.c.removed_by.is_(None) for table in FACTS.values()]
        rows = sum(int(connection.scalar(count.where(condition)) or 0) for condition in now)
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
