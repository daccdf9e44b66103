"""Contradictions between a count that a report states and the rows of projects that it counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model.schema import CLEARANCE_CATEGORIES
from store.analysis.contradiction import Contradiction, format_count_subject, make_contradiction
from store.column_values import list_rows
from store.facts.statements import Row, Statement, statement_from_row
from store.facts.stored.counted_rows import (
    count_waiting_rows,
    list_counted_items,
    list_said_of_goals,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.facts import Facts


def find_wrong_row_counts(facts: Facts, rows: dict[str, Row]) -> Iterator[Contradiction]:
    """Give counts of key projects that are not the number of rows.

    A row that waits for the answer which project it is counts as well.
    """
    for row in rows.values():
        counted = list_counted_items(facts, row)
        if counted is None:
            continue
        number = len(counted) + count_waiting_rows(facts, row)
        if number != row["value"]:
            claim = replace(statement_from_row(facts, row), total=None)
            ids = tuple(sorted(counted))
            b = Statement(
                row["period"], str(number), statement_from_row(facts, row).sources, None, ids
            )
            yield make_contradiction("rows", format_count_subject(row), claim, b)


def find_wrong_reasons(facts: Facts, rows: dict[str, Row]) -> Iterator[Contradiction]:
    """Give "so many for want of ground, so many to be urged" that the rows do not bear out."""
    if "misses_goal" not in rows:
        return
    missing = list_counted_items(facts, rows["misses_goal"])
    if not missing:
        return
    seen = list_said_of_goals(facts)[rows["misses_goal"]["doc"]]
    stated = seen[(seen["field"] == "obstacle") & seen["item"].isin(missing)]
    land = set(stated.loc[stated["value"].isin(CLEARANCE_CATEGORIES), "item"])
    urged = set(stated.loc[stated["value"] == "investor", "item"])
    for measure, items in (("clearance_problem", land), ("investor_to_be_urged", urged)):
        row = rows.get(measure)
        if row is None or len(items) == row["value"]:
            continue
        silent = [item for item in missing if item not in land | urged]
        forecast = seen[(seen["field"] == "forecast") & seen["item"].isin(silent or missing)]
        sources = tuple(
            statement_from_row(facts, forecast_row).sources[0]
            for forecast_row in list_rows(forecast)
        )
        b = Statement(row["period"], str(len(items)), sources, row["total"], tuple(sorted(items)))
        yield make_contradiction(
            "reasons",
            format_count_subject(row),
            statement_from_row(facts, row),
            b,
            item=(silent or [""])[0],
        )
