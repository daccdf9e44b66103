"""What the text says of one place: its name as written, what it may be, its company."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from geo.geocoding.lexing.lexicon import COMMUNE_TYPES, DISTRICT_TYPES, ZONE_TYPES
from geo.geocoding.place_index import PlaceLevel

if TYPE_CHECKING:
    from geo.geocoding.name_index import SpellingMatch


class MentionLink(Enum):
    """How a mention stands to the one before it in its clause."""

    FIRST = "first"
    COMMA = "comma"
    AND = "and"
    INSIDE = "inside"  # tại, thuộc …
    OPEN = "open"  # in brackets, or behind a colon
    DASH = "dash"
    BESIDE = "beside"  # nothing between
    FAR = "far"  # other words between


@dataclass(slots=True, eq=False)
class Mention:
    """A place that a text names, before it is decided which."""

    text: str
    clause: int
    link: MentionLink
    type: str = ""
    inherited: bool = False  # the type word stands before an earlier name of the list
    nears: tuple[SpellingMatch, ...] = ()  # what the name may be spelled for; none: an unknown name
    bare: bool = False  # written without marks
    real_words: bool = False  # spelled like Vietnamese throughout, so hardly a scan's mistake
    loose: bool = False  # among other words, without a type: perhaps no place at all
    guess: bool = False  # a damaged name without a type: a place only among places
    old: bool = False  # said to be of former times
    stated: bool = False  # said to be today's name of what stands before
    elsewhere: bool = False  # in another province
    comment: bool = False  # said to be what the place was before
    anchored: bool = False  # its district or province is named, and is the city's
    district: Mention | None = None
    province: str = ""
    no_set: bool = False  # a district's name that is context, unless it is the commune of the name
    context: bool = False  # only says where another mention lies

    @property
    def is_district(self) -> bool:
        """Whether a former district is meant."""
        return self.type in DISTRICT_TYPES and self.has(PlaceLevel.DISTRICT)

    @property
    def is_zone(self) -> bool:
        """Whether a zone or park is meant."""
        if self.type in ZONE_TYPES:
            return True
        levels = {near.spelling.unit.level for near in self.nears}
        return levels == {PlaceLevel.ZONE} and self.type not in COMMUNE_TYPES | DISTRICT_TYPES

    def has(self, level: PlaceLevel) -> bool:
        """Return True if the name may be one of that level."""
        return any(near.spelling.unit.level is level for near in self.nears)
