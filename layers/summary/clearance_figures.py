"""The key figures of land clearance: in how many communes, and how much is held up."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.i18n import t
from layers.choropleth.held_up import (
    HeldUpBalance,
    compute_held_up_balance,
)
from layers.labels.statement_labels import format_stated_count
from layers.summary.key_figure import (
    KeyFigure,
    count_carried,
    describe_carried,
    format_known_vnd,
    make_key_figure,
)
from store.column_values import list_rows
from store.facts.labels import format_count, format_vnd, translate_word
from store.facts.statements import statement_from_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.facts.clearance_problems import ClearanceProblem
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.selection import Selection


def count_clearance_communes(
    facts: Facts, selection: Selection, problems: Sequence[ClearanceProblem], language: str
) -> KeyFigure:
    """Return in how many communes reports state a clearance problem."""
    communes = len({problem.code for problem in problems if problem.code})
    not_placed = sum(not problem.code for problem in problems)
    carried = count_carried(facts, [problem.period for problem in problems], selection.period)
    details = [
        t("layers.figure.clearance_communes_detail", language, count=len(problems)),
        describe_carried(facts, carried, language),
        t("layers.figure.clearance_not_placed", language, count=not_placed) if not_placed else "",
        *_describe_unnamed(facts, problems, language),
    ]
    text = format_count(communes, language)
    return make_key_figure(
        "clearance_communes",
        float(communes),
        "count",
        text,
        details,
        language=language,
        carried=carried,
    )


def sum_held_up(
    facts: Facts,
    selection: Selection,
    filters: Filters,
    problems: Sequence[ClearanceProblem],
    language: str,
) -> KeyFigure:
    """Return the investment of the items that clearance holds up, each once and whole."""
    balance = compute_held_up_balance(facts, filters)
    is_known = balance.unknown_items < balance.items or not balance.items
    value = float(balance.total_vnd) if is_known else float("nan")
    latest = {problem.item: problem.period for problem in problems if problem.item}
    carried = count_carried(facts, list(latest.values()), selection.period)
    details = [
        t("layers.figure.held_up_detail", language, count=balance.items),
        describe_carried(facts, carried, language),
        _describe_route(balance, language),
    ]
    text = format_known_vnd(value, language)
    return make_key_figure(
        "held_up", value, "vnd", text, details, language=language, carried=carried
    )


def _describe_route(balance: HeldUpBalance, language: str) -> str:
    """Return how much of it the map shows in no commune; '' for nothing."""
    if not balance.along_route_vnd:
        return ""
    amount = format_vnd(balance.along_route_vnd, language)
    return t("layers.figure.held_up_not_placed", language, amount=amount)


def _describe_unnamed(
    facts: Facts, problems: Sequence[ClearanceProblem], language: str
) -> Iterator[str]:
    """Yield how many projects a report counts in places where it names none of them."""
    places: dict[tuple[str, int], set[str]] = defaultdict(set)
    for problem in problems:
        if not problem.item:
            places[problem.doc, problem.line_from].add(problem.code)
    counts = facts.indicators[facts.indicators["measure"] == "clearance_problem"]
    for row in list_rows(counts):
        communes = places.get((row["doc"], row["line_from"]))
        if communes:
            yield t(
                "layers.figure.clearance_unnamed",
                language,
                stated=format_stated_count(statement_from_row(facts, row), language=language),
                subject=translate_word("subject", row["subject"], language).lower(),
                communes=format_count(len(communes), language),
            )
