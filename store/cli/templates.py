"""``python -m store template``: filled templates; how ``import`` takes a mended one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.i18n import t
from store.cli import options
from store.db.errors import StoreError
from store.facts.facts import load_facts
from store.templates.apply import apply_template
from store.templates.kinds import KINDS
from store.templates.make import TEMPLATE_FORMATS, make_template_file
from store.templates.plan import plan_template

if TYPE_CHECKING:
    from store.templates.plan import TemplatePlan
    from store.templates.sheet import FilledSheet
    from store.users.users import User


@click.command(cls=options.StoreCommand, help=t("templates.cli.about"), params=[options.ACTOR])
@click.argument("folder", type=Path)
@click.option("--kind", "kinds", multiple=True, default=tuple(KINDS), help=t("templates.cli.kind"))
@click.option("--period", default="", help=t("templates.cli.period"))
def template(folder: Path, *, kinds: tuple[str, ...], period: str, actor: User) -> None:
    """Write filled templates in every format. Raises ``ExportError`` for what there is not."""
    facts = load_facts()
    for kind in kinds:
        for format_name in TEMPLATE_FORMATS:
            made = make_template_file(facts, kind, period, format_name, actor)
            file = folder / made.name
            try:
                folder.mkdir(parents=True, exist_ok=True)
                file.write_bytes(made.content)
            except OSError as fault:
                reason = t("store.fault.cannot_write", file=file, reason=fault)
                raise StoreError(reason) from fault
            click.echo(t("templates.cli.written", file=file, rows=made.rows))


def import_template(sheet: FilledSheet, actor: User, why: str, *, accepted: bool) -> int:
    """Say what a mended template differs in, and take it over once agreed; return 1 if not."""
    plan = plan_template(sheet, load_facts(), actor)
    click.echo("\n".join(_list_lines(plan)))
    if not plan.changes:
        click.echo(t("templates.page.nothing"))
        return 1 if plan.faults else 0
    if not accepted:
        click.echo(t("store.cli.not_imported"))
        return 1
    number = apply_template(plan, actor, why)
    click.echo(t("templates.page.done", cells=len(plan.differences), number=number))
    return 0


def _list_lines(plan: TemplatePlan) -> list[str]:
    kind = t(f"templates.kind.{plan.sheet.kind.key}")
    found = t("templates.cli.found", kind=kind, period=plan.period_label,
              cells=len(plan.differences), faults=len(plan.faults))  # fmt: skip
    lines = [found]
    lines += [
        f"{one.line}: {one.key} {one.name} | {one.heading}: "
        f"{one.before or '–'} → {one.after or '–'}"
        for one in plan.differences
    ]
    lines += [f"{one.line}: {one.name} | {one.heading}: {one.text}" for one in plan.faults]
    if plan.unusual:
        lines += [t("templates.page.unusual"), *plan.unusual]
    return lines
