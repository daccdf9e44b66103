"""The time in Hải Phòng, wherever the program runs: UTC+7 all the year round."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

HERE: Final = timezone(timedelta(hours=7))


def now() -> datetime:
    """Return the moment that it is, as clocks in Hải Phòng show it."""
    return datetime.now(HERE)


def today() -> date:
    """Return the day that it is in Hải Phòng."""
    return now().date()


def to_local_time(moment: datetime) -> datetime:
    """Return a moment as clocks in Hải Phòng show it; one without a zone is of UTC."""
    known = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return known.astimezone(HERE)


def start_of_day(day: date) -> datetime:
    """Return the moment (UTC) at which a day begins in Hải Phòng."""
    return datetime.combine(day, time(), HERE).astimezone(UTC)
