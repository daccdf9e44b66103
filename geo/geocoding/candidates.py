"""What a stretch of tokens may be spelled for: known names, exactly or nearly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.geocoding.edit_distance import SpellingQuery, make_query, measure_distance
from geo.geocoding.lexing.lexicon import COMMUNE_TYPES, DISTRICT_TYPES, ZONE_TYPES
from geo.geocoding.name_index import SpellingMatch
from geo.geocoding.place_index import PlaceLevel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoding.lexing.tokenizer import Token
    from geo.geocoding.name_index import NameIndex

SEARCHES: Final = 48
"""Damaged names looked for in one text; a text with more is no list of places."""

_SHORTEST: Final = 3  # letters of a name that may be damaged
_TYPED_REACH: Final = ((4, 1.5), (6, 2.3))
_TYPED_FARTHEST: Final = 2.8
_BARE_REACH: Final = ((4, 0.5), (6, 1.3), (9, 1.8))
_BARE_FARTHEST: Final = 2.6
_WHOLE_REACH: Final = 2.6
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")

LEVELS: Final = {
    "": frozenset(PlaceLevel),
    "tinh": frozenset[PlaceLevel](),
    **dict.fromkeys(COMMUNE_TYPES, frozenset({PlaceLevel.COMMUNE, PlaceLevel.FORMER})),
    **dict.fromkeys(DISTRICT_TYPES, frozenset({PlaceLevel.DISTRICT})),
    **dict.fromkeys(ZONE_TYPES, frozenset({PlaceLevel.ZONE})),
}
"""Which kinds of places a type word can stand before."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a stretch of tokens may be, nearest first; ``weak``: too far off to be certain."""

    nears: tuple[SpellingMatch, ...]
    bare: bool
    weak: bool = False
    type: str = ""

    @property
    def zone(self) -> bool:
        """Whether the nearest is a zone: its name holds common words."""
        return bool(self.nears) and self.nears[0].spelling.unit.level is PlaceLevel.ZONE

    @property
    def cost(self) -> float:
        """The cost of the nearest spelling, in letters."""
        return self.nears[0].gap.cost


class CandidateFinder:
    """Looks up the tokens of one text; stops looking for damaged names after ``SEARCHES``."""

    def __init__(self, tokens: Sequence[Token], names: NameIndex) -> None:
        self.tokens = tokens
        self.names = names
        self._left = SEARCHES
        self._bare = all(token.low.isascii() for token in tokens)

    def asked(self, start: int, end: int) -> SpellingQuery:
        """Return what stands in some tokens, in the forms that are compared."""
        part = [token for token in self.tokens[start:end] if token.plain]
        raw = "".join(token.text.lower() for token in part)
        return make_query("".join(token.low for token in part), raw, bare=self._bare)

    def exact(self, key: str, query: SpellingQuery | None) -> tuple[SpellingMatch, ...]:
        """Return the units with a folded name; ``query`` is how it was written, if known."""
        nears = [
            SpellingMatch(
                item,
                measure_distance(
                    query or make_query(item.low), item.low, item.letters, item.plain, 0
                ),
            )
            for item in self.names.exact[key]
            if not item.typed
        ]
        return tuple(sorted(nears, key=_make_sort_key))

    def known(self, key: str, query: SpellingQuery, kind: str) -> Candidates:
        """Return what a known name may be.

        Where marks differ, or no such place is of the type that stands before, the name may be
        a damaged other one: then near names count as well.
        """
        nears = self.exact(key, query)
        wanted = LEVELS[kind]
        fits = any(
            n.spelling.unit.level in wanted and (not kind or n.spelling.unit.kind == kind)
            for n in nears
        )
        if query.bare or (fits and not nears[0].gap.edits) or kind in ZONE_TYPES:
            return Candidates(nears, query.bare, type=kind)
        return Candidates(
            self._merge_matches(nears, self._find_near(query, wanted, typed=False)),
            query.bare,
            type=kind,
        )

    def find_behind_type(
        self, start: int, name_start: int, end: int, kind: str
    ) -> Candidates | None:
        """Return what a damaged name behind a type word may be."""
        query = self.asked(start if kind in ZONE_TYPES else name_start, end)
        nears = self._find_near(query, LEVELS[kind], typed=False)
        nears = [near for near in nears if self._has_number(near, end)]
        reach = _get_reach(len(query.plain), _TYPED_REACH, _TYPED_FARTHEST)
        return self._make_candidates(nears, query, reach, kind)

    def alone(self, start: int, end: int) -> Candidates | None:
        """Return what some tokens may be that hold a damaged name, or type word and name."""
        query = self.asked(start, end)
        typed = self._find_near(query, LEVELS[""], typed=True)
        bare = self._find_near(query, LEVELS[""], typed=False)
        bare = [near for near in bare if self._has_number(near, end)]
        whole = self._make_candidates(typed, query, _WHOLE_REACH, "")
        short = self._make_candidates(
            bare, query, _get_reach(len(query.plain), _BARE_REACH, _BARE_FARTHEST), ""
        )
        if whole and (not short or (whole.weak, whole.cost) <= (short.weak, short.cost)):
            kind = whole.nears[0].spelling.unit.kind
            return Candidates(whole.nears, whole.bare, whole.weak, kind)
        return short

    def _has_number(self, near: SpellingMatch, end: int) -> bool:
        """Return True unless a zone's name ends with another number than the tokens.

        A misread letter may be another; "Hồng Lạc IV" is none of "Hồng Lạc II" and "III".
        """
        last = self.tokens[end - 1].plain
        if near.spelling.unit.level is not PlaceLevel.ZONE:
            return True
        if last in _ROMAN:
            return near.spelling.plain.endswith((last, str(_ROMAN.index(last) + 1)))
        return last.isdigit() or not near.spelling.plain[-1:].isdigit()

    def _make_candidates(
        self, nears: list[SpellingMatch], query: SpellingQuery, reach: float, kind: str
    ) -> Candidates | None:
        """Return the near names as a hit; beyond its reach a name is a guess, then nothing."""
        if not nears:
            return None
        cost = nears[0].gap.cost
        if cost > max(reach, min(2.6, len(query.plain) * 0.4)):
            return None
        return Candidates(tuple(nears), query.bare, weak=cost > reach, type=kind)

    def _find_near(
        self, query: SpellingQuery, levels: frozenset[PlaceLevel], *, typed: bool
    ) -> list[SpellingMatch]:
        if not levels or len(query.plain) < _SHORTEST or self._left <= 0:
            return []
        self._left -= 1
        matches = self.names.find_near(query, typed=typed)
        return [near for near in matches if near.spelling.unit.level in levels]

    @staticmethod
    def _merge_matches(
        nears: tuple[SpellingMatch, ...], others: list[SpellingMatch]
    ) -> tuple[SpellingMatch, ...]:
        known = {near.spelling.unit.key for near in nears}
        added = [near for near in others if near.spelling.unit.key not in known]
        return tuple(sorted([*nears, *added], key=_make_sort_key))


def _get_reach(length: int, steps: Sequence[tuple[int, float]], farthest: float) -> float:
    return next((reach for longest, reach in steps if length <= longest), farthest)


def _make_sort_key(near: SpellingMatch) -> tuple[float, int, int]:
    return near.gap.cost, near.gap.edits, near.spelling.unit.level
