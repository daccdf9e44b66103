"""What a stretch of tokens may be spelled for: known names, exactly or nearly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.geocoding.edit_distance import Query, gap, query
from geo.geocoding.lexing.lexicon import COMMUNE_TYPES, DISTRICT_TYPES, ZONE_TYPES
from geo.geocoding.name_index import Near
from geo.geocoding.place_index import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoding.lexing.tokenizer import Token
    from geo.geocoding.name_index import Names

SEARCHES: Final = 48
"""Damaged names looked for in one text; a text with more is no list of places."""

_SHORTEST: Final = 3  # letters of a name that may be damaged
_TYPED_REACH: Final = ((4, 1.5), (6, 2.3))
_TYPED_FARTHEST: Final = 2.8
_BARE_REACH: Final = ((4, 0.5), (6, 1.3), (9, 1.8))
_BARE_FARTHEST: Final = 2.6
_WHOLE_REACH: Final = 2.6

LEVELS: Final = {
    "": frozenset(Level),
    "tinh": frozenset[Level](),
    **dict.fromkeys(COMMUNE_TYPES, frozenset({Level.COMMUNE, Level.FORMER})),
    **dict.fromkeys(DISTRICT_TYPES, frozenset({Level.DISTRICT})),
    **dict.fromkeys(ZONE_TYPES, frozenset({Level.ZONE})),
}
"""Which kinds of places a type word can stand before."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a stretch of tokens may be, nearest first; ``weak``: too far off to be certain."""

    nears: tuple[Near, ...]
    bare: bool
    weak: bool = False
    type: str = ""

    @property
    def zone(self) -> bool:
        """Whether the nearest is a zone: its name holds common words."""
        return bool(self.nears) and self.nears[0].spelling.unit.level is Level.ZONE

    @property
    def cost(self) -> float:
        """The cost of the nearest spelling, in letters."""
        return self.nears[0].gap.cost


class Searcher:
    """Looks up the tokens of one text; stops looking for damaged names after ``SEARCHES``."""

    def __init__(self, tokens: Sequence[Token], names: Names) -> None:
        self.tokens = tokens
        self.names = names
        self._left = SEARCHES
        self._bare = all(token.low.isascii() for token in tokens)

    def asked(self, start: int, end: int) -> Query:
        """Return what stands in some tokens, in the forms that are compared."""
        part = [token for token in self.tokens[start:end] if token.plain]
        raw = "".join(token.text.lower() for token in part)
        return query("".join(token.low for token in part), raw, bare=self._bare)

    def exact(self, key: str, asked: Query | None) -> tuple[Near, ...]:
        """Return the units with a folded name; ``asked`` is how it was written, if known."""
        nears = [
            Near(item, gap(asked or query(item.low), item.low, item.letters, item.plain, 0))
            for item in self.names.exact[key]
            if not item.typed
        ]
        return tuple(sorted(nears, key=_order))

    def known(self, key: str, asked: Query, kind: str) -> Hit:
        """Return what a known name may be.

        Where marks differ, or no such place is of the type that stands before, the name may be
        a damaged other one: then near names count as well.
        """
        nears = self.exact(key, asked)
        wanted = LEVELS[kind]
        fits = any(
            n.spelling.unit.level in wanted and (not kind or n.spelling.unit.kind == kind)
            for n in nears
        )
        if asked.bare or (fits and not nears[0].gap.edits) or kind in ZONE_TYPES:
            return Hit(nears, asked.bare, type=kind)
        return Hit(
            self._merged(nears, self._near(asked, wanted, typed=False)), asked.bare, type=kind
        )

    def behind_type(self, start: int, name_start: int, end: int, kind: str) -> Hit | None:
        """Return what a damaged name behind a type word may be."""
        asked = self.asked(start if kind in ZONE_TYPES else name_start, end)
        nears = self._near(asked, LEVELS[kind], typed=False)
        reach = _reach(len(asked.plain), _TYPED_REACH, _TYPED_FARTHEST)
        return self._hit(nears, asked, reach, kind)

    def alone(self, start: int, end: int) -> Hit | None:
        """Return what some tokens may be that hold a damaged name, or type word and name."""
        asked = self.asked(start, end)
        typed = self._near(asked, LEVELS[""], typed=True)
        bare = self._near(asked, LEVELS[""], typed=False)
        whole = self._hit(typed, asked, _WHOLE_REACH, "")
        short = self._hit(bare, asked, _reach(len(asked.plain), _BARE_REACH, _BARE_FARTHEST), "")
        if whole and (not short or (whole.weak, whole.cost) <= (short.weak, short.cost)):
            kind = whole.nears[0].spelling.unit.kind
            return Hit(whole.nears, whole.bare, whole.weak, kind)
        return short

    def _hit(self, nears: list[Near], asked: Query, reach: float, kind: str) -> Hit | None:
        """Return the near names as a hit; beyond its reach a name is a guess, then nothing."""
        if not nears:
            return None
        cost = nears[0].gap.cost
        if cost > max(reach, min(2.6, len(asked.plain) * 0.4)):
            return None
        return Hit(tuple(nears), asked.bare, weak=cost > reach, type=kind)

    def _near(self, asked: Query, levels: frozenset[Level], *, typed: bool) -> list[Near]:
        if not levels or len(asked.plain) < _SHORTEST or self._left <= 0:
            return []
        self._left -= 1
        found = self.names.near(asked, typed=typed)
        return [near for near in found if near.spelling.unit.level in levels]

    @staticmethod
    def _merged(nears: tuple[Near, ...], others: list[Near]) -> tuple[Near, ...]:
        known = {near.spelling.unit.key for near in nears}
        added = [near for near in others if near.spelling.unit.key not in known]
        return tuple(sorted([*nears, *added], key=_order))


def _reach(length: int, steps: Sequence[tuple[int, float]], farthest: float) -> float:
    return next((reach for longest, reach in steps if length <= longest), farthest)


def _order(near: Near) -> tuple[float, int, int]:
    return near.gap.cost, near.gap.edits, near.spelling.unit.level
