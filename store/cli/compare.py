"""``python -m store diff P1 P2`` and ``contradictions``: comparisons on the command line.

With ``--json`` the shapes are those of ``store.analysis.difference.diff_to_json`` and of
``store.analysis.contradictions.contradictions_to_json``. Without it, one line per finding, its
parts set apart by tabs, values in the program's words: what, item, field, before, after, by how
much, sources.
"""

from __future__ import annotations

from dataclasses import replace
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
    from store.analysis.difference import Difference
    from store.facts.statements import Statement


@click.command(cls=options.StoreCommand, help=t("store.cli.diff"), params=[options.AS_JSON])
@click.argument("before", help=t("store.cli.period"))
@click.argument("after", help=t("store.cli.period"))
def diff(before: str, after: str, *, as_json: bool) -> None:
    """Write the differences between two periods.

    Raises ``StoreError`` for an unknown period, or two in the wrong order.
    """
    difference = compare_periods(load_facts(), before, after)
    if as_json:
        write_json(diff_to_json(difference))
        return
    changes = map(_format_difference, (*difference.new, *difference.gone, *difference.changed))
    delays = (_format_difference(replace(change, component="")) for change in difference.slips)
    click.echo("\n".join([*changes, *map(_format_count, difference.counts), *delays]))


@click.command(
    cls=options.StoreCommand, help=t("store.cli.contradictions"), params=[options.AS_JSON]
)
def contradictions(*, as_json: bool) -> None:
    """Write all contradictions, open and settled."""
    results = list_contradictions(load_facts(), list_contradiction_decisions())
    if as_json:
        write_json(contradictions_to_json(results))
    else:
        click.echo("\n".join(map(_format_contradiction, results)))


def _format_difference(change: Difference) -> str:
    by = "" if change.amount is None else format_plain_number(change.amount)
    field = f"{change.field} ({change.component})" if change.component else change.field
    parts = (
        change.what,
        change.item,
        field,
        _format_value(change.before),
        _format_value(change.after),
        by,
    )
    return _join_fields(*parts, _format_place(change.before), _format_place(change.after))


def _format_count(count: Difference) -> str:
    by = "" if count.amount is None else format_plain_number(count.amount)
    values = _format_value(count.before), _format_value(count.after)
    return _join_fields("count", *count.field.split("/"), *values, by)


def _format_contradiction(contradiction: Contradiction) -> str:
    heading = contradiction.id, contradiction.state, contradiction.item, contradiction.subject
    values = _format_value(contradiction.a), _format_value(contradiction.b)
    return _join_fields(
        *heading, *values, _format_place(contradiction.a), _format_place(contradiction.b)
    )


def _format_value(statement: Statement) -> str:
    return (
        statement.value
        if statement.total is None
        else f"{statement.value}/{format_plain_number(statement.total)}"
    )


def _format_place(statement: Statement) -> str:
    return ", ".join(f"{source.doc}:{source.line_from}" for source in statement.sources)


def _join_fields(*parts: str) -> str:
    return "\t".join(" ".join(part.split()) for part in parts)
