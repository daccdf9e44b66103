"""The small facts with what documents state beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.audit.rows import frame_from_rows, list_frame_columns
from store.imports.plan.statement_rows import make_statement_row
from tests.reports.statements.made import state
from tests.small_facts import small_facts

if TYPE_CHECKING:
    from reports.model.statement import Statement
    from store.facts.facts import Facts

DOCS = {"2025-11": "nov-2025", "2026-Q1": "q1-2026", "2026-H1": "h1-2026"}


def of_commune(subject: str, code: str, field: str, value: float, **parts: object) -> Statement:
    """Return a statement of a commune's clearance."""
    unit = "ha" if field.startswith("land") else "hộ"
    sentence = f"{subject}: {value} {unit}"
    parts = {"unit": unit, "stated": f"{value} {unit}", "sentence": sentence, **parts}
    return state(subject, "commune", field, value, 12, communes=(code,), **parts)


def stated_facts(*stated: tuple[str, str, Statement], facts: Facts | None = None) -> Facts:
    """Return facts with statements, each after its period and its item ('' for none)."""
    rows = []
    for period, item, statement in stated:
        source = {"doc": DOCS[period], "period": period, "parser_version": "t"}
        row = make_statement_row(statement, item, "", source)
        rows.append([dict(row)[name] for name in list_frame_columns("statements")])
    facts = facts or small_facts()
    frame = frame_from_rows(rows, "statements")
    return replace(facts, version=f"{facts.version}-stated", statements=frame)
