"""``python -m store diff P1 P2`` and ``contradictions``: comparisons on the command line.

With ``--json`` the shapes are those of ``store.analysis.difference.diff_to_json`` and of
``store.analysis.contradictions.contradictions_to_json``. Without it, one line per finding, its
parts set apart by tabs, values in the program's words: what, item, field, before, after, by how
much, sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.command_line import write_json
from geo.i18n import t
from store.analysis.contradictions import contradictions_to_json, list_contradictions
from store.analysis.difference import diff_to_json
from store.analysis.period_diff import compare_periods
from store.cli import options
from store.facts.facts import load_facts
from store.facts.statements import format_plain_number
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from store.analysis.contradiction import Contradiction
    from store.analysis.difference import ReportedChange
    from store.analysis.milestone_delays import MilestoneDelay
    from store.analysis.stated_counts import CountChange
    from store.facts.statements import Statement


@click.command(cls=options.StoreCommand, help=t("store.cli.diff"), params=[options.AS_JSON])
@click.argument("before", help=t("store.cli.period"))
@click.argument("after", help=t("store.cli.period"))
def diff(before: str, after: str, *, as_json: bool) -> None:
    """Write the differences between two periods.

    Raises ``StoreError`` for an unknown period, or two in the wrong order.
    """
    found = compare_periods(load_facts(), before, after)
    if as_json:
        write_json(diff_to_json(found))
        return
    changes = [_format_change(one) for one in (*found.new, *found.gone, *found.changed)]
    counts = [_format_count(one) for one in found.counts]
    click.echo("\n".join([*changes, *counts, *map(_format_delay, found.slips)]))


@click.command(
    cls=options.StoreCommand, help=t("store.cli.contradictions"), params=[options.AS_JSON]
)
def contradictions(*, as_json: bool) -> None:
    """Write all contradictions, open and settled."""
    found = list_contradictions(load_facts(), list_contradiction_decisions())
    if as_json:
        write_json(contradictions_to_json(found))
    else:
        click.echo("\n".join(map(_format_contradiction, found)))


def _format_change(one: ReportedChange) -> str:
    by = "" if one.amount is None else format_plain_number(one.amount)
    field = f"{one.field} ({one.component})" if one.component else one.field
    return _join_fields(
        one.what,
        one.item,
        field,
        _format_value(one.before),
        _format_value(one.after),
        by,
        *_format_change_places(one),
    )


def _format_count(one: CountChange) -> str:
    by = "" if one.amount is None else format_plain_number(one.amount)
    return _join_fields(
        "count", one.subject, one.measure, _format_value(one.before), _format_value(one.after), by
    )


def _format_delay(one: MilestoneDelay) -> str:
    values = _format_value(one.before), _format_value(one.after)
    return _join_fields(
        one.how, one.item, one.field, *values, str(one.days), *_format_change_places(one)
    )


def _format_contradiction(one: Contradiction) -> str:
    told = one.id, one.state, one.item, one.subject
    return _join_fields(
        *told, _format_value(one.a), _format_value(one.b), *_format_side_places(one)
    )


def _format_value(said: Statement | None) -> str:
    if said is None:
        return ""
    return said.value if said.total is None else f"{said.value}/{format_plain_number(said.total)}"


def _format_change_places(one: ReportedChange | MilestoneDelay) -> tuple[str, str]:
    return _format_place(one.before), _format_place(one.after)


def _format_side_places(one: Contradiction) -> tuple[str, str]:
    return _format_place(one.a), _format_place(one.b)


def _format_place(said: Statement | None) -> str:
    return ", ".join(f"{at.doc}:{at.line_from}" for at in said.sources) if said else ""


def _join_fields(*parts: str) -> str:
    return "\t".join(" ".join(part.split()) for part in parts)
