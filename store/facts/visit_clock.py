"""Visits recorded by a clock that was wrong: kept and flagged, never taken for the latest.

A visit cannot have been made after it was received. One dated later, by more than clocks differ, is
of an unknown day: it is shown where it was received, and nothing is counted from it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.clock import to_local_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

RECEIVED: Final = "received"
"""The column of ``Facts.visits`` with the moment (ISO, UTC) at which a visit first came in."""

TOLERANCE: Final = timedelta(hours=1)
"""By how much a clock may be ahead without its visit being flagged."""

FIRST_YEAR: Final = 2020
"""Before it nobody visited: the clock was set back."""


def is_ahead(row: Mapping[Any, Any]) -> bool:
    """Return True if a visit is dated later than it was received; unknown is not ahead."""
    at, received = _parse_moment(row.get("at", "")), _parse_moment(row.get(RECEIVED, ""))
    return at is not None and received is not None and at > received + TOLERANCE


def is_behind(row: Mapping[Any, Any]) -> bool:
    """Return True if a visit is dated before there were any."""
    at = _parse_moment(row.get("at", ""))
    return at is not None and at.year < FIRST_YEAR


def select_visits_in_time(visits: pd.DataFrame) -> pd.DataFrame:
    """Return the visits that may be the latest: those whose clock was right."""
    ahead = [is_ahead(row) for row in visits.to_dict("records")]
    return visits.loc[
        [index for index, wrong in zip(visits.index, ahead, strict=True) if not wrong]
    ]


def sort_newest_first(visits: pd.DataFrame) -> pd.DataFrame:
    """Return visits the newest first; one dated ahead stands where it was received."""
    when = [
        str(row.get(RECEIVED)) if is_ahead(row) else str(row.get("at", ""))
        for row in visits.to_dict("records")
    ]
    order = visits.assign(_when=when).sort_values(["_when", "visit"], ascending=False)
    return order.drop(columns="_when")


def get_visit_day(at: str, received: str) -> str:
    """Return the day (ISO, in Hải Phòng) of a visit, that of its coming in if the clock was off."""
    row = {"at": at, RECEIVED: received}
    moment = _parse_moment(received if is_ahead(row) or is_behind(row) else at) or _parse_moment(at)
    return to_local_time(moment).date().isoformat() if moment else ""


def _parse_moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
