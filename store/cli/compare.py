"""``python -m store diff P1 P2`` and ``contradictions``: comparisons on the command line.

With ``--json`` the shapes are those of ``store.analysis.difference.diff_json`` and of
``store.analysis.contradictions.contradictions_json``. Without it, one line per finding, its parts
set apart
by tabs, values in the program's words: what, item, field, before, after, by how much, sources.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from store.analysis.contradictions import contradictions, contradictions_json
from store.analysis.difference import diff_json
from store.analysis.period_diff import diff
from store.facts.facts import load_facts
from store.facts.statements import plain
from store.imports.contradiction_decisions import settlements

if TYPE_CHECKING:
    import argparse

    from store.analysis.contradiction import Contradiction
    from store.analysis.difference import Change
    from store.analysis.milestone_delays import Slip
    from store.analysis.stated_counts import CountChange
    from store.facts.statements import Said


def diff_command(options: argparse.Namespace) -> tuple[int, str]:
    """Return 0 and the differences between the periods ``before`` and ``after``.

    Raises ``StoreError`` for an unknown period, or two in the wrong order.
    """
    found = diff(load_facts(), options.before, options.after)
    if options.json:
        return 0, json.dumps(diff_json(found), ensure_ascii=False, indent=1)
    changes = [_change(one) for one in (*found.new, *found.gone, *found.changed)]
    counts = [_count(one) for one in found.counts]
    return 0, "\n".join([*changes, *counts, *map(_slip, found.slips)])


def contradictions_command(options: argparse.Namespace) -> tuple[int, str]:
    """Return 0 and all contradictions, open and settled."""
    found = contradictions(load_facts(), settlements())
    if options.json:
        return 0, json.dumps(contradictions_json(found), ensure_ascii=False, indent=1)
    return 0, "\n".join(map(_contradiction, found))


def _change(one: Change) -> str:
    by = "" if one.amount is None else plain(one.amount)
    field = f"{one.field} ({one.component})" if one.component else one.field
    return _line(one.what, one.item, field, _value(one.before), _value(one.after), by, *_at(one))


def _count(one: CountChange) -> str:
    by = "" if one.amount is None else plain(one.amount)
    return _line("count", one.subject, one.measure, _value(one.before), _value(one.after), by)


def _slip(one: Slip) -> str:
    values = _value(one.before), _value(one.after)
    return _line(one.how, one.item, one.field, *values, str(one.days), *_at(one))


def _contradiction(one: Contradiction) -> str:
    told = one.id, one.state, one.item, one.subject
    return _line(*told, _value(one.a), _value(one.b), *_ends(one))


def _value(said: Said | None) -> str:
    if said is None:
        return ""
    return said.value if said.total is None else f"{said.value}/{plain(said.total)}"


def _at(one: Change | Slip) -> tuple[str, str]:
    return _place(one.before), _place(one.after)


def _ends(one: Contradiction) -> tuple[str, str]:
    return _place(one.a), _place(one.b)


def _place(said: Said | None) -> str:
    return ", ".join(f"{at.doc}:{at.line_from}" for at in said.sources) if said else ""


def _line(*parts: str) -> str:
    return "\t".join(" ".join(part.split()) for part in parts)
