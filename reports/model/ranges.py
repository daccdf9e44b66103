"""The range and the one form of every number that a table may hold.

Each number column of ``reports.facts_files.table_schemas`` and ``store.db.staff_tables``, and each
number field of an observation, names one of these ranges. What lies outside is refused wherever it
comes in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.i18n import format_number

DECIMALS: Final = 10
"""Decimals that a number keeps: as many as a facts file writes."""

MOST_DIGITS: Final = 40
"""A longer text is no number that anybody meant."""

FIRST_DAY: Final = "1900-01-01"
LAST_DAY: Final = "2100-12-31"
"""Days outside are slips of the hand."""

_NUMBER: Final = re.compile(r"(-?)(\d+)(?:\.(\d+))?", re.ASCII)


@dataclass(frozen=True)
class Range:
    """What a number may be: from ``low`` to ``high``, with so many decimals.

    ``unit``: ``mvnd`` (million VND), ``ha`` or ''; it chooses the words of a refusal.
    """

    low: float
    high: float
    decimals: int = DECIMALS
    unit: str = ""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are meant."""
        return self.decimals == 0

    def fault(self, value: float) -> tuple[str, dict[str, str]] | None:
        """Return the key (``reports.fault.…``) of why a number is refused, ``None`` if it fits."""
        if value != value:  # noqa: PLR0124 - NaN; math.isnan fails for whole numbers too large
            return "bad_number", {}
        if self.low <= value <= self.high:
            return None
        side = "too_low" if value < self.low else "too_high"
        key = f"{side}_{self.unit}" if self.unit and side == "too_high" else side
        return key, self.words()

    def words(self) -> dict[str, str]:
        """Return the limits as Vietnamese writes them."""
        return {"low": format_number(self.low), "high": format_number(self.high)}

    def tidy(self, value: float) -> float | int:
        """Return a finite number in its one form: rounded, whole where meant, never ``-0.0``."""
        if self.whole:
            return int(value)
        return round(float(value), self.decimals) + 0.0


MONEY: Final = Range(0, 999_999_999, 0, "mvnd")
"""Below a million billion VND; an amount of a billion VND typed in VND is above it."""

HECTARES: Final = Range(0, 100_000, unit="ha")
"""A third of the city; phones, ODK and pages take no more."""

SHARE: Final = Range(0, 100)
WORK: Final = Range(0, 1_000_000_000)
"""Quantities of work in any unit."""

COUNTS: Final = Range(-1_000_000_000_000, 1_000_000_000_000)
"""What a report counts or sums up for the whole city, money in million VND among it."""

LINES: Final = Range(1, 10_000_000, 0)
HOUSEHOLDS: Final = Range(0, 1_000_000, 0)
LONGITUDE: Final = Range(-180, 180)
LATITUDE: Final = Range(-90, 90)
METRES: Final = Range(0, 1_000_000)
PIXELS: Final = Range(1, 1_000_000, 0)
BYTES: Final = Range(1, 1_000_000_000, 0)
PLACES: Final = Range(0, 2_000_000_000, 0)
"""Page, table, row and column that a figure was read from."""

CONFIDENCE: Final = Range(0, 1)


def tidy_text(text: str) -> str:
    """Return plain digits in their one form: ``00050`` is ``50``, ``12.50`` ``12.5``, ``-0`` ``0``.

    Any other text is returned as it is.
    """
    match = _NUMBER.fullmatch(text)
    if not match or len(text) > MOST_DIGITS:
        return text
    sign, whole, fraction = match[1], match[2].lstrip("0") or "0", (match[3] or "").rstrip("0")
    plain = f"{whole}.{fraction}" if fraction else whole
    return plain if plain == "0" else f"{sign}{plain}"


def find_text_fault(
    text: str, limits: Range | None, *, whole: bool
) -> tuple[str, dict[str, str]] | None:
    """Return why a text is no number of a range, ``None`` if it is one."""
    match = _NUMBER.fullmatch(text)
    if not match or (whole and match[3] is not None):
        return ("bad_integer" if whole else "bad_number"), {}
    if len(text) > MOST_DIGITS:
        return "too_many_digits", limits.words() if limits else {"low": "–", "high": "–"}
    return limits.fault(float(text)) if limits else None
