"""What a mention may mean, ranked: spelling, type word, district, period and company.

Scores are in letters, like spelling costs: the lower the likelier. A constant below says what
each disagreement weighs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.geocoding.context import find_district, is_in_district
from geo.geocoding.lexing.lexicon import COMMUNE_TYPES, DISTRICT_TYPES, ZONE_TYPES
from geo.geocoding.place_index import MERGER, SUBSTANTIAL, PlaceLevel, PlaceUnit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo.geocoding.edit_distance import SpellingDistance
    from geo.geocoding.mentions import Mention

OTHER_TYPE: Final = 0.9
"""The text says another type word than the unit's (``phường`` for a ``xã``)."""

OTHER_TYPE_INHERITED: Final = 0.3
"""The same, where the type word stood before an earlier name of the list."""

NOT_NAMED_AS_OLD: Final = 0.6
"""A former unit, in a text of today that names no district."""

NOT_YET: Final = 0.6
"""A unit of today, in a text of before the merger or one that says ``cũ``."""

NOT_VALID: Final = 0.3
"""A former unit that did not exist on the day of the text."""

BARE_DISTRICT: Final = 0.7
"""A district, where no type word says so."""

NEW_IN_DISTRICT: Final = 0.5
"""A unit of today beside the name of a former district that it shares land with."""

OUTSIDE_DISTRICT: Final = 1.2
"""A unit that does not lie in the district (or province) that the text names."""

BESIDE_OLD: Final = 0.5
"""A unit of today in a list of names that only former units bear."""


@dataclass(frozen=True, slots=True)
class MentionReading:
    """One thing that a mention may mean; the lowest score is the likeliest."""

    unit: PlaceUnit
    gap: SpellingDistance
    score: float
    spelled: str  # as it is known, in full marks, without spaces
    plain: str
    outside: bool  # not in the district or province that the text names

    @property
    def answer(self) -> frozenset[str]:
        """Today's communes that the reading leads to, small parts of a divided one left out."""
        unit = self.unit
        if unit.level is not PlaceLevel.FORMER or len(unit.codes) == 1:
            return frozenset(unit.codes)
        parts = zip(unit.codes, unit.shares, strict=True)
        return frozenset(code for code, share in parts if share >= SUBSTANTIAL) or frozenset(
            unit.codes
        )


def rank_readings(
    mention: Mention, as_of: date | None, *, old_company: bool = False
) -> list[MentionReading]:
    """Return what a mention may mean, likeliest first; each unit once."""
    district = find_district(mention.district) if mention.district else None
    before = as_of is not None and as_of < MERGER
    readings: dict[str, MentionReading] = {}
    wants_district = mention.is_district
    for near in mention.nears:
        unit = near.spelling.unit
        penalty = _compute_type_penalty(mention, unit, wants_district=wants_district)
        if penalty is None or (mention.no_set and unit.level is PlaceLevel.DISTRICT):
            continue
        if before and not mention.type and unit.level is PlaceLevel.DISTRICT:
            penalty = 0.0  # as likely as its town, at that time
        outside = _is_outside(mention, unit, district)
        penalty += OUTSIDE_DISTRICT if outside else 0.0
        penalty += _compute_period_penalty(mention, unit, district, as_of if before else None)
        if old_company and district is None and not mention.stated:
            penalty += BESIDE_OLD if unit.level is PlaceLevel.COMMUNE else 0.0
            penalty -= NOT_NAMED_AS_OLD if unit.level is PlaceLevel.FORMER and not before else 0.0
        reading = MentionReading(
            unit, near.gap, near.gap.cost + penalty, near.spelling.low, near.spelling.plain, outside
        )
        if unit.key not in readings or reading.score < readings[unit.key].score:
            readings[unit.key] = reading
    return sorted(readings.values(), key=lambda r: (r.score, r.unit.level, r.unit.key))


def is_beside_old(mention: Mention, company: Iterable[Mention]) -> bool:
    """Return True if a name stands among names that only former units bear, and none of today."""
    only_old = only_new = 0
    for other in company:
        if other is not mention:
            levels = {n.spelling.unit.level for n in other.nears if not n.gap.edits}
            only_old += PlaceLevel.FORMER in levels and PlaceLevel.COMMUNE not in levels
            only_new += PlaceLevel.COMMUNE in levels and PlaceLevel.FORMER not in levels
    return only_old > 0 and only_new == 0


def _compute_type_penalty(
    mention: Mention, unit: PlaceUnit, *, wants_district: bool
) -> float | None:
    """Return what the type word says against a unit; ``None`` rules it out."""
    level, same = unit.level, unit.kind == mention.type
    if mention.type in DISTRICT_TYPES:
        if level is PlaceLevel.DISTRICT:
            return 0.0 if same else OTHER_TYPE_INHERITED
        return None if wants_district or level is PlaceLevel.ZONE else OTHER_TYPE
    if mention.type in COMMUNE_TYPES:
        if level in {PlaceLevel.DISTRICT, PlaceLevel.ZONE}:
            return None
        other = OTHER_TYPE_INHERITED if mention.inherited else OTHER_TYPE
        return 0.0 if same else other
    if mention.type in ZONE_TYPES and level is not PlaceLevel.ZONE:
        return None
    unsaid = not mention.type and level in {PlaceLevel.DISTRICT, PlaceLevel.ZONE}
    return BARE_DISTRICT if unsaid else 0.0


def _is_outside(mention: Mention, unit: PlaceUnit, district: PlaceUnit | None) -> bool:
    """Return True if a commune lies elsewhere than the text says."""
    if unit.level not in {PlaceLevel.COMMUNE, PlaceLevel.FORMER}:
        return False
    if district is not None:
        return not is_in_district(unit, district)
    return bool(mention.province and unit.province) and unit.province != mention.province


def _compute_period_penalty(
    mention: Mention, unit: PlaceUnit, district: PlaceUnit | None, before: date | None
) -> float:
    """Return what the period, the district and words such as ``cũ`` say against a unit.

    ``before`` is the day of the text where that is before the merger.
    """
    if unit.level is PlaceLevel.COMMUNE:
        if mention.old or before:
            return NOT_YET
        return NEW_IN_DISTRICT if district is not None else 0.0
    if unit.level is PlaceLevel.ZONE:
        return 0.0
    if before:
        return 0.0 if unit.valid_on(before) else NOT_VALID
    if unit.level is PlaceLevel.DISTRICT or mention.old or district is not None:
        return 0.0
    return 2 * NOT_NAMED_AS_OLD if mention.stated else NOT_NAMED_AS_OLD
