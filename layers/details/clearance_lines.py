"""Clearance problems as a panel shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE
from store.facts.labels import get_period_label, translate_word
from store.facts.sources import Source, source_from_row

if TYPE_CHECKING:
    from store.facts.facts import Facts


@dataclass(frozen=True)
class ProblemLine:
    """One clearance problem in the reader's language.

    ``severity`` runs from 1 to 5 and ``signs`` say in words why. ``since_label`` is the first
    period that stated a problem there, ``age_days`` the days from then to the date looked at.
    ``item`` is '' where none is named, ``code`` where no commune is known.
    """

    code: str
    category: str
    category_label: str
    item: str
    item_name: str
    statement: str
    asked_to_act: str
    households: int | None
    area_ha: float | None
    period: str
    period_label: str
    since_label: str
    age_days: int
    carried: bool
    severity: int
    severity_label: str
    signs: tuple[str, ...]
    sources: tuple[Source, ...]


def list_problem_lines(
    facts: Facts, problems: pd.DataFrame, *, language: str = DEFAULT_LANGUAGE
) -> tuple[ProblemLine, ...]:
    """Return the problems (rows of ``problems_at``) as shown, in their order."""
    names = facts.item_names
    return tuple(
        ProblemLine(
            code=row.code,
            category=row.category,
            category_label=translate_word("obstacle", row.category, language),
            item=row.item,
            item_name=names.get(row.item, ""),
            statement=row.statement,
            asked_to_act=row.asked_to_act,
            households=None if pd.isna(row.households) else int(row.households),
            area_ha=None if pd.isna(row.area_ha) else float(row.area_ha),
            period=row.period,
            period_label=get_period_label(facts, row.period, language),
            since_label=get_period_label(facts, row.since, language),
            age_days=int(row.age_days),
            carried=bool(row.carried),
            severity=int(row.severity),
            severity_label=translate_word("severity_level", str(row.severity), language),
            signs=tuple(translate_word("sign", sign, language) for sign in row.signs),
            sources=(source_from_row(facts, row._asdict()),),
        )
        for row in problems.itertuples(index=False)
    )
