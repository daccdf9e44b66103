"""Days and hours are those of Hải Phòng, wherever the server stands."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import clock


def test_an_evening_in_utc_is_the_next_day_here() -> None:
    moment = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    assert clock.to_local_time(moment).isoformat() == "2026-11-26T01:30:00+07:00"
    assert clock.to_local_time(moment.replace(tzinfo=None)) == clock.to_local_time(moment)


@given(st.dates(date(1900, 1, 2), date(2199, 12, 30)))
def test_a_day_begins_where_it_is_that_day_here(day: date) -> None:
    begun = clock.start_of_day(day)
    assert begun.tzinfo is UTC
    assert clock.to_local_time(begun).date() == day
    assert clock.to_local_time(begun).hour == 0


@pytest.mark.parametrize("zone", ["UTC", "America/Lima", "Asia/Ho_Chi_Minh"])
def test_the_servers_own_zone_does_not_matter(zone: str) -> None:
    code = "from geo import clock; print(clock.now().utcoffset().total_seconds() / 3600)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "7.0"
