"""Visits as a page shows them: what was claimed and seen, flags, photos, where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, format_percent, t
from layers.tables.claimed_vs_observed import classify_gap, list_gaps_of_visit
from store.facts.labels import format_quantity
from store.facts.selection import find_default_period
from store.facts_cache import cache_on_facts
from store.visits.read import read_conflicting_visits, read_visits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.facts.facts import Facts
    from store.users.users import User
    from store.visits.read import StoredVisit


@dataclass(frozen=True)
class GapLine:
    """One measure of a visit in words: claimed against observed."""

    measure: str
    label: str
    claimed: str
    claimed_from: str
    observed: str
    gap: str
    level: str
    flagged: bool
    age_days: int | None = None
    visit: str = ""
    at: str = ""


@dataclass(frozen=True)
class VisitEntry:
    """One visit with its texts in the reader's language.

    ``flags`` are sentences on what to mind; ``flagged`` says that there is any, or a gap.
    """

    visit: StoredVisit
    name: str
    source: str
    gaps: tuple[GapLine, ...]
    flags: tuple[str, ...]
    accuracy: str

    @property
    def has_flagged_gap(self) -> bool:
        """Whether a gap of the visit is flagged."""
        return any(gap.flagged for gap in self.gaps)

    @property
    def flagged(self) -> bool:
        """Whether there is anything to mind."""
        return bool(self.flags) or self.has_flagged_gap


@cache_on_facts(most=16)
def list_visits(
    facts: Facts, item: str = "", *, language: str = DEFAULT_LANGUAGE
) -> tuple[VisitEntry, ...]:
    """Return the visits of an item (of all, for ''), the latest first."""
    return _build_rows(facts, read_visits(facts, item), language)


def list_conflicting_visits(
    facts: Facts, user: User, *, language: str = DEFAULT_LANGUAGE
) -> tuple[VisitEntry, ...]:
    """Return the conflicting visits that are not resolved, the newest first.

    Raises ``NotAllowedError`` for who may not settle them.
    """
    return _build_rows(facts, read_conflicting_visits(facts, user), language)


def list_gap_lines(
    frame: pd.DataFrame, item: str, *, language: str = DEFAULT_LANGUAGE
) -> tuple[GapLine, ...]:
    """Return the lines of an item in a frame of gaps (``visit_gaps``)."""
    rows = frame[frame["item"] == item].to_dict("records")
    return tuple(_build_gap_line(row, language) for row in rows)


def _build_rows(
    facts: Facts, visits: Sequence[StoredVisit], language: str
) -> tuple[VisitEntry, ...]:
    period = find_default_period(facts)
    return tuple(
        VisitEntry(
            visit=visit,
            name=facts.item_names.get(visit.item, visit.item),
            source=t(f"field.source.{visit.source}", language),
            gaps=tuple(
                _build_gap_line(row, language)
                for row in list_gaps_of_visit(facts, vars(visit), period)
            ),
            flags=tuple(
                t(f"phone.flag.{flag.flag}", language, **_format_numbers(flag.values(), language))
                for flag in visit.flags
            ),
            accuracy=""
            if visit.accuracy_m is None
            else t(
                "field.visit.accuracy",
                language,
                metres=format_number(visit.accuracy_m, 0, language),
            ),
        )
        for visit in visits
    )


def _build_gap_line(row: Mapping[Any, Any], language: str) -> GapLine:
    measure = str(row["measure"])
    unknown = t("layers.value.unknown", language)
    known = not pd.isna(row["gap"])
    return GapLine(
        measure=measure,
        label=t(f"field.measure.{measure}", language),
        claimed=unknown
        if pd.isna(row["claimed"])
        else _format_amount(measure, row["claimed"], language),
        claimed_from=t(f"field.claimed.{row['claimed_from'] or 'nobody'}", language),
        observed=_format_amount(measure, row["observed"], language),
        gap=_format_gap(measure, row, language) if known else unknown,
        level=classify_gap(row["points"]),
        flagged=bool(row["flagged"]),
        age_days=None if pd.isna(row["age_days"]) else int(row["age_days"]),
        visit=str(row["visit"]),
        at=str(row["at"]),
    )


def _format_amount(measure: str, value: float, language: str) -> str:
    if measure == "handed":
        return t("field.visit.hectares", language, area=format_quantity(float(value), language))
    return format_percent(float(value), language)


def _format_gap(measure: str, row: Mapping[Any, Any], language: str) -> str:
    gap = float(row["gap"])
    word = "less" if gap > 0 else "more" if gap < 0 else "same"
    size = abs(gap)
    text = (
        format_quantity(size, language) if measure == "handed" else format_number(size, 1, language)
    )
    unit = "hectares" if measure == "handed" else "points"
    amount = t(f"field.gap.{unit}", language, amount=text)
    return t(f"field.gap.{word}", language, amount=amount)


def _format_numbers(values: Mapping[str, float], language: str) -> dict[str, str]:
    return {name: format_number(value, 0, language) for name, value in values.items()}
