"""The rows of the curated key projects, for the tests of them."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from geo.paths import DATA

FACTS = DATA / "facts"
PAGE_BREAK = "[…]"


@lru_cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def observations(**wanted: str) -> list[dict[str, str]]:
    table = rows_of("key_projects/observations.csv")
    return [row for row in table if all(row[key] == value for key, value in wanted.items())]


def is_own(row: dict[str, str]) -> bool:
    """Return whether a row of a table shared with the other chapters (101 to 500) is ours."""
    number = re.match(r"(?:CL|IN|C)-(\d+)", next(iter(row.values())))
    return number is None or int(number[1]) not in range(101, 501)
