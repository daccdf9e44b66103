"""The counts that reports state ("9/31 dự án …"), held against those of an earlier period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from store.analysis.change_direction import classify_direction
from store.analysis.difference import Difference
from store.column_values import iterate_rows, list_rows
from store.facts.statements import Row, get_period_rank, statement_from_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.facts import Facts


def list_count_changes(facts: Facts, before: str, after: str) -> tuple[Difference, ...]:
    """Return the counts stated by ``before`` and again later, by ``after``.

    Of several statements the last one by each period is taken. Unchanged counts are there too;
    key projects come first, then the subjects in the order of the reports.
    """
    first, last = get_period_rank(facts, before), get_period_rank(facts, after)
    year = {row.period: row.as_of[:4] for row in iterate_rows(facts.periods)}
    latest = dict(find_last_counts(facts, last))
    changes = []
    for key, row in find_last_counts(facts, first):
        later = latest[key]
        if later["indicator"] == row["indicator"]:
            continue
        other_year = year[row["period"]] != year[later["period"]]
        amount = None if other_year else round(float(later["value"] - row["value"]), 6)
        changes.append(
            Difference(
                what="other_year" if other_year else "count",
                field=f"{key[0]}/{key[1]}",
                unit=key[2],
                before=statement_from_row(facts, row),
                after=statement_from_row(facts, later),
                amount=amount,
                direction=classify_direction(key[1], "", "", amount),
            )
        )
    changes.sort(
        key=lambda change: (
            not change.field.startswith("key_projects/"),
            not change.field.endswith("/misses_goal"),
        )
    )
    return tuple(changes)


def find_last_counts(facts: Facts, until: int) -> Iterator[tuple[tuple[str, str, str], Row]]:
    """Give the last statement of every count up to a period's rank, by subject, measure, unit."""
    ranks, docs = facts.period_ranks, facts.document_ranks
    rows = [
        row
        for row in list_rows(facts.indicators)
        if ranks[row["period"]] <= until and not pd.isna(row["value"])
    ]
    rows.sort(key=lambda row: (ranks[row["period"]], docs[row["doc"]], row["line_from"]))
    last: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        last[row["subject"], row["measure"], row["unit"]] = row
    yield from last.items()
