"""Everything that the panel of a commune shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from layers.filters import Filters
    from layers.lines import FactLine
    from store.facts import Facts
    from store.sources import Source


@dataclass(frozen=True)
class FormerUnit:
    """A unit of before that lies in the commune now, wholly or partly."""

    unit: str
    name: str
    kind: str
    label: str
    district: str
    province: str
    relation: str
    share: float | None
    valid_to: str


@dataclass(frozen=True)
class Problem:
    """One clearance problem as shown: category, item, what is said, who must act, since when."""

    category: str
    category_label: str
    item: str
    item_name: str
    statement: str
    asked_to_act: str
    period: str
    period_label: str
    carried: bool
    severity: int
    severity_label: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, eq=False)
class CommuneFacts:
    """A commune's panel.

    ``items`` has one row per selected item in the commune: ``item, name, kind, kind_label,
    investment_vnd, share_vnd, communes`` (number it is shared over), ``progress_pct, progress_text,
    forecast, forecast_label, status, status_label, how_label, certainty, certainty_label``.
    ``lines`` are the commune's own figures (number of items, share of investment, progress…).
    """

    code: str
    name: str
    kind_label: str
    former_province: str
    area_km2: float
    former_units: tuple[FormerUnit, ...]
    former_districts: tuple[str, ...]
    lines: tuple[FactLine, ...]
    items: pd.DataFrame
    problems: tuple[Problem, ...]


def commune_facts(
    facts: Facts, filters: Filters, code: str, *, language: str = "vi"
) -> CommuneFacts | None:
    """Return what is known of a commune under the filters; ``None`` for an unknown code."""
    raise NotImplementedError
