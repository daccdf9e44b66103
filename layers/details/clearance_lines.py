"""Clearance problems as a panel shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE
from store.facts.clearance_problems import ClearanceProblem
from store.facts.labels import get_period_label, translate_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.details.value_lines import ValueLine
    from store.facts.facts import Facts
    from store.facts.sources import Source

_REASONS: Final = ("obstacle", "obstacle_text")


@dataclass(frozen=True, kw_only=True)
class ProblemLine(ClearanceProblem):
    """A clearance problem with its texts in the reader's language."""

    category_label: str
    item_name: str
    period_label: str
    since_label: str
    severity_label: str
    sign_labels: tuple[str, ...]
    sources: tuple[Source, ...]


def drop_repeated_reasons(
    lines: Iterable[ValueLine], problems: Sequence[ProblemLine]
) -> tuple[ValueLine, ...]:
    """Return the lines without the reasons for delay that the problems of the same period state."""
    told = {(problem.period, problem.category_label) for problem in problems} | {
        (problem.period, problem.statement) for problem in problems
    }
    return tuple(
        line for line in lines if line.key not in _REASONS or (line.period, line.value) not in told
    )


def list_problem_lines(
    facts: Facts, problems: Iterable[ClearanceProblem], *, language: str = DEFAULT_LANGUAGE
) -> tuple[ProblemLine, ...]:
    """Return problems as shown, in their order."""
    return tuple(
        ProblemLine(
            **vars(problem),
            category_label=translate_word("obstacle", problem.category, language),
            item_name=facts.item_names.get(problem.item, ""),
            period_label=get_period_label(facts, problem.period, language),
            since_label=get_period_label(facts, problem.since, language),
            severity_label=translate_word("severity_level", str(problem.severity), language),
            sign_labels=tuple(translate_word("sign", sign, language) for sign in problem.signs),
            sources=problem.list_sources(facts),
        )
        for problem in problems
    )
