"""The register as it stands on a day: every case with its age, level and share handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from store.clearance.escalation import compute_escalation
from store.column_values import iterate_rows
from store.facts.item_snapshot import build_item_snapshot
from store.facts.selection import find_default_period
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from datetime import date

    from store.facts.facts import Facts

REGISTER_COLUMNS: Final = (
    "case", "item", "name", "commune", "category", "statement", "body", "opened", "deadline",
    "area_ha", "handed_ha", "handed_pct", "households", "households_left", "state", "closed",
    "investment_mvnd", "age_days", "overdue_days", "level", "reasons", "flags", "clearance",
    "visit", "note",
)  # fmt: skip
"""``name`` the item's ('' for none); ``handed_pct`` NaN where an area is not known;
``investment_mvnd`` (Int64) the item's as known now; ``age_days`` counted to the day looked at, or
to the day of closing; ``level`` (Int64, <NA> for none) and ``reasons`` of
``store.clearance.escalation``;
``flags`` tuple out of ``area_unknown``, ``handed_unknown`` and ``households_unknown``."""


@dataclass(frozen=True)
class RegisterSummary:
    """The register in figures.

    ``handed_pct`` is the area handed over of the area to clear, over the ``known`` cases of which
    both are known (``None`` without any); ``unknown`` are the others. Withdrawn cases count in
    neither. ``urgent`` are open cases of the highest level, ``overdue`` those past their deadline.
    """

    opened: int
    handed_over: int
    withdrawn: int
    known: int
    unknown: int
    area_ha: float
    handed_ha: float
    handed_pct: float | None
    households_left: int
    urgent: int
    overdue: int


@cache_on_facts(most=4)
def build_register(facts: Facts, day: date) -> pd.DataFrame:
    """Return the register on a day: ``REGISTER_COLUMNS``, the worst and oldest open cases first.

    Shared, not to be changed.
    """
    cases = facts.cases
    items = build_item_snapshot(facts, find_default_period(facts), as_approved=False).set_index(
        "item"
    )
    names = facts.items.set_index("item")["name"]
    amounts = items["investment_mvnd"].reindex(cases["item"])
    escalations = [
        compute_escalation(
            opened=row.opened,
            deadline=row.deadline,
            investment_mvnd=None if pd.isna(amount) else int(amount),
            state=row.state,
            day=min(day, day.fromisoformat(row.closed)) if row.closed else day,
        )
        for row, amount in zip(iterate_rows(cases), amounts, strict=True)
    ]
    frame = cases.assign(
        name=names.reindex(cases["item"]).fillna("").to_numpy(),
        investment_mvnd=pd.array(amounts.to_numpy(), dtype="Int64"),
        handed_pct=_compute_shares(cases),
        age_days=pd.array([escalation.age_days for escalation in escalations], dtype="Int64"),
        overdue_days=[escalation.overdue_days for escalation in escalations],
        level=pd.array([escalation.level for escalation in escalations], dtype="Int64"),
        reasons=[escalation.reasons for escalation in escalations],
        flags=[_list_flags(row) for row in iterate_rows(cases)],
    )
    order = frame.assign(
        _closed=frame["state"] != "open",
        _level=-frame["level"].fillna(-1).astype("int64"),
        _age=-frame["age_days"].fillna(-1).astype("int64"),
    ).sort_values(["_closed", "_level", "_age", "case"])
    return order[list(REGISTER_COLUMNS)].reset_index(drop=True)


def summarise_register(frame: pd.DataFrame) -> RegisterSummary:
    """Return the figures of a register, or of a part of it that filters choose."""
    valid_cases = frame[frame["state"] != "withdrawn"]
    known = valid_cases[valid_cases["area_ha"].notna() & valid_cases["handed_ha"].notna()]
    area, handed = float(known["area_ha"].sum()), float(known["handed_ha"].sum())
    still = frame[frame["state"] == "open"]
    return RegisterSummary(
        opened=len(still),
        handed_over=int((frame["state"] == "handed_over").sum()),
        withdrawn=int((frame["state"] == "withdrawn").sum()),
        known=len(known),
        unknown=len(valid_cases) - len(known),
        area_ha=area,
        handed_ha=handed,
        handed_pct=100 * handed / area if area else None,
        households_left=int(still["households_left"].sum()),
        urgent=int((still["level"] == 3).sum()),  # noqa: PLR2004 - the highest level
        overdue=int((still["overdue_days"] > 0).sum()),
    )


def _compute_shares(cases: pd.DataFrame) -> pd.Series:
    """Return the share of the area that is handed over, in percent, NaN where not known."""
    area = cases["area_ha"].where(cases["area_ha"] > 0)
    return (100 * cases["handed_ha"] / area).astype("float64")


def _list_flags(row: object) -> tuple[str, ...]:
    flags = []
    if pd.isna(getattr(row, "area_ha")):  # noqa: B009 - a row of a frame
        flags.append("area_unknown")
    elif pd.isna(getattr(row, "handed_ha")):  # noqa: B009
        flags.append("handed_unknown")
    if pd.isna(getattr(row, "households_left")):  # noqa: B009
        flags.append("households_unknown")
    return tuple(flags)
