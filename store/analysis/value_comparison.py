"""Whether two observations say the same, and by how much one grew over the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from store.analysis.milestones.milestone_delays import MILESTONES, count_days_moved

if TYPE_CHECKING:
    from store.facts.statements import Row


def is_same_value(before: Row, after: Row) -> bool:
    """Return whether two observations say the same: the number, where both have one.

    The same words in two reports say the same, however finely each was read.
    """
    if before["raw"] and _join_words(before["raw"]) == _join_words(after["raw"]):
        return True
    if not pd.isna(before["number"]) and not pd.isna(after["number"]):
        return bool(before["number"] == after["number"])
    return bool(before["value"] == after["value"])


def _join_words(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:-")


def compute_amount(before: Row | None, after: Row) -> float | None:
    """Return by how much an observation grew, in its unit (days for a milestone).

    ``None`` where that is no number, or one time lies within the other.
    """
    if before is None:
        return None
    if after["field"] in MILESTONES:
        days = count_days_moved(before["value"], after["value"])
        return None if days is None else float(days)
    if pd.isna(before["number"]) or pd.isna(after["number"]):
        return None
    return round(float(after["number"] - before["number"]), 6)
