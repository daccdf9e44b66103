"""Contradictions between the numbers that reports state of whole sets of projects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pandas as pd

from reports.model.dates import parse_span
from store.analysis.contradiction import Contradiction, format_count_subject, make_contradiction
from store.analysis.contradictions_with_rows import find_wrong_reasons, find_wrong_row_counts
from store.column_values import list_rows
from store.facts.statements import (
    Row,
    Statement,
    format_plain_number,
    statement_from_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.facts.facts import Facts
    from store.facts.sources import Source

CLASSES: Final = (
    "inaugurated",
    "done",
    "exceeds_goal",
    "meets_goal",
    "misses_goal",
    "undetermined",
    "not_reported",
    "plan_change_proposed",
    "start_postponed",
)
"""Every project of a set is in one of these, where a report gives them at all."""

PARTS: Final = {
    "plan_change_proposed": ("postponed_to_2026_q4", "postponed_to_2027"),
    "resolved": ("resolved_city_level", "resolved_commune_level"),
    "plan_made": ("plan_made_city_level", "plan_made_commune_level"),
    "done_in_half_year": ("done_in_first_quarter", "done_in_quarter"),
    "inaugurate_2026": ("group_I.1", "group_I.2"),
    "start_2026": ("group_II.1", "group_II.2", "group_II.3"),
    "ongoing": ("group_III.1", "group_III.2"),
    "listed": ("inaugurate_2026", "start_2026", "ongoing"),
}
"""Measures that are the sum of others, where a report gives all of them."""

SHARES: Final = {
    "disbursed_pct_of_plan_after_saving": ("disbursed", "plan_after_saving"),
    "disbursed_pct_of_pm_plan": ("disbursed", "pm_plan"),
    "disbursed_pct_of_council_plan": ("disbursed", "council_plan"),
}
ROUNDING: Final = 0.05
"""By how many points a stated percentage may be off."""

COUNTED: Final = ("project", "park", "cluster")
_Set = dict[str, Row]


def find_count_contradictions(facts: Facts) -> Iterator[Contradiction]:
    """Give the counts that contradict each other, or the rows they count."""
    sets: dict[tuple[str, str], _Set] = defaultdict(dict)
    for row in list_rows(facts.indicators):
        if not pd.isna(row["value"]):
            sets[row["subject"], row["doc"]][row["measure"]] = row
    for rows in sets.values():
        yield from _find_above_total(facts, rows)
        yield from _find_wrong_classes(facts, rows)
        yield from _find_wrong_parts(facts, rows)
        yield from _find_wrong_shares(facts, rows)
        yield from _find_unlisted_projects(facts, rows)
        yield from find_wrong_row_counts(facts, rows)
        yield from find_wrong_reasons(facts, rows)
    for series in _group_series(facts, sets):
        yield from _find_wrong_list_sizes(facts, series)
        yield from _find_wrong_flow(facts, series)
        yield from _find_changed_targets(facts, series)


def _find_above_total(facts: Facts, rows: _Set) -> Iterator[Contradiction]:
    for row in rows.values():
        if not pd.isna(row["total"]) and row["value"] > row["total"]:
            part = statement_from_row(facts, row)
            whole = replace(part, value=format_plain_number(row["total"]), total=None)
            yield make_contradiction("part_above_total", format_count_subject(row), part, whole)


def _find_wrong_classes(facts: Facts, rows: _Set) -> Iterator[Contradiction]:
    """Give sets whose classes make too many, or too few although "meets" and "misses" are told."""
    class_rows = [
        rows[name] for name in CLASSES if name in rows and not pd.isna(rows[name]["total"])
    ]
    totals = {row["total"] for row in class_rows}
    if len(totals) != 1:
        return
    total, made = totals.pop(), sum(row["value"] for row in class_rows)
    # What is inaugurated stands beside the classes and often has no "of so many".
    whole = {"meets_goal", "misses_goal"} <= rows.keys()
    if made > total or (whole and made != total):
        claim = replace(
            statement_from_row(facts, class_rows[0]), value=format_plain_number(total), total=None
        )
        yield make_contradiction(
            "classes",
            f"{class_rows[0]['subject']}/listed",
            claim,
            _sum_statements(facts, class_rows),
        )


def _find_wrong_parts(facts: Facts, rows: _Set) -> Iterator[Contradiction]:
    for whole, names in PARTS.items():
        if whole in rows and all(name in rows for name in names):
            part_rows = [rows[name] for name in names]
            if sum(row["value"] for row in part_rows) != rows[whole]["value"]:
                rule = "groups" if whole in {"listed", "ongoing"} or "2026" in whole else "parts"
                claim = statement_from_row(facts, rows[whole])
                yield make_contradiction(
                    rule,
                    format_count_subject(rows[whole]),
                    claim,
                    _sum_statements(facts, part_rows),
                )


def _find_wrong_shares(facts: Facts, rows: _Set) -> Iterator[Contradiction]:
    for share, (part, whole) in SHARES.items():
        if {share, part, whole} <= rows.keys() and rows[whole]["value"]:
            is_share = 100 * rows[part]["value"] / rows[whole]["value"]
            if abs(is_share - rows[share]["value"]) > ROUNDING:
                sources = (*_list_sources(facts, rows[part]), *_list_sources(facts, rows[whole]))
                b = Statement(
                    rows[part]["period"], format_plain_number(round(is_share, 2)), sources
                )
                yield make_contradiction(
                    "share",
                    format_count_subject(rows[share]),
                    statement_from_row(facts, rows[share]),
                    b,
                )


def _find_unlisted_projects(facts: Facts, rows: _Set) -> Iterator[Contradiction]:
    names = ("start_planned", "under_construction")
    size = _get_list_size(rows)
    if size is None or not all(name in rows for name in names):
        return
    count_rows = [rows[name] for name in names]
    if sum(row["value"] for row in count_rows) != size[1]:
        claim = replace(
            statement_from_row(facts, size[0]), value=format_plain_number(size[1]), total=None
        )
        yield make_contradiction(
            "not_all_told",
            f"{size[0]['subject']}/listed",
            claim,
            _sum_statements(facts, count_rows),
        )


def _group_series(
    facts: Facts, sets: dict[tuple[str, str], _Set]
) -> Iterator[list[tuple[int, str, _Set]]]:
    """Give the sets of one subject in order of time: year, period and rows by measure."""
    ranks = facts.period_ranks
    day = facts.period_ends
    by_subject: dict[str, list[tuple[int, str, _Set]]] = defaultdict(list)
    for (subject, _), rows in sets.items():
        period = str(next(iter(rows.values()))["period"])
        by_subject[subject].append((int(day[period][:4]), period, rows))
    for series in by_subject.values():
        yield sorted(series, key=lambda entry: ranks[entry[1]])


def _find_wrong_list_sizes(
    facts: Facts, series: list[tuple[int, str, _Set]]
) -> Iterator[Contradiction]:
    sized = [(year, size) for year, _, rows in series if (size := _get_list_size(rows)) is not None]
    for (year, (row, count)), (later, (other, other_count)) in pairwise(sized):
        if year == later and count != other_count:
            a = replace(
                statement_from_row(facts, row), value=format_plain_number(count), total=None
            )
            b = replace(
                statement_from_row(facts, other), value=format_plain_number(other_count), total=None
            )
            yield make_contradiction("list_size", f"{row['subject']}/listed", a, b)


def _get_list_size(rows: _Set) -> tuple[Row, float] | None:
    """Return how long the list of a set is, by the row that says so."""
    if "listed" in rows and rows["listed"]["unit"] in COUNTED:
        return rows["listed"], float(rows["listed"]["value"])
    for name in CLASSES:
        row = rows.get(name)
        if row is not None and row["unit"] in COUNTED and not pd.isna(row["total"]):
            return row, float(row["total"])
    return None


def _find_wrong_flow(facts: Facts, series: list[tuple[int, str, _Set]]) -> Iterator[Contradiction]:
    """Give what is under construction that is not the former number plus those started since."""
    names = {"started", "under_construction"}
    full = [(year, rows) for year, _, rows in series if names <= rows.keys()]
    for (year, rows), (later, others) in pairwise(full):
        came = others["started"]["value"] - rows["started"]["value"]
        due = rows["under_construction"]["value"] + came
        if year == later and due != others["under_construction"]["value"]:
            flow_rows = (rows["under_construction"], others["started"], rows["started"])
            ids = tuple(row["indicator"] for row in flow_rows)
            before = rows["under_construction"]
            a = Statement(
                before["period"], format_plain_number(due), _list_sources(facts, before), None, ids
            )
            claim = statement_from_row(facts, others["under_construction"])
            yield make_contradiction(
                "flow", format_count_subject(others["under_construction"]), a, claim
            )


def _find_changed_targets(
    facts: Facts, series: list[tuple[int, str, _Set]]
) -> Iterator[Contradiction]:
    day = facts.period_ends
    for _, period, rows in series:
        for name, row in rows.items():
            own = name.removesuffix("_next_quarter")
            if own == name:
                continue
            for _, later, others in series:
                used = others.get(f"{own}_quarter")
                follows = _number_quarter(day[later]) == _number_quarter(day[period]) + 1
                if used is not None and follows and used["value"] != row["value"]:
                    a, b = statement_from_row(facts, row), statement_from_row(facts, used)
                    yield make_contradiction("next_target", format_count_subject(row), a, b)
                    break


def _number_quarter(day: str) -> int:
    span = parse_span(day)
    return 0 if span is None else 4 * span[0].year + (span[0].month - 1) // 3


def _sum_statements(facts: Facts, rows: Iterable[Row]) -> Statement:
    rows = list(rows)
    sources = tuple(source for row in rows for source in _list_sources(facts, row))
    made = format_plain_number(sum(float(row["value"]) for row in rows))
    return Statement(
        rows[0]["period"], made, sources, None, tuple(row["indicator"] for row in rows)
    )


def _list_sources(facts: Facts, row: Row) -> tuple[Source, ...]:
    return statement_from_row(facts, row).sources
