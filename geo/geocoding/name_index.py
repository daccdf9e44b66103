"""All known spellings, found exactly through a walk over tokens or nearly through rapidfuzz."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from geo.geocoding.edit_distance import SpellingDistance, SpellingQuery, measure_distance
from geo.geocoding.lexing.tokenizer import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.geocoding.place_index import Spelling

FARTHEST: Final = 3
"""Wrong letters beyond which a spelling is no candidate."""

_NEAREST: Final = 40
_LONGEST_WALK: Final = 20
_CROSSED: Final = frozenset(
    {TokenKind.DASH, TokenKind.LINE, TokenKind.OPEN, TokenKind.CLOSE, TokenKind.POINT}
)


class SpellingMatch(NamedTuple):
    """A spelling and how far what is written is from it."""

    spelling: Spelling
    gap: SpellingDistance


class NameIndex:
    """The spellings of all units, ready for looking up."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        exact: dict[str, list[Spelling]] = defaultdict(list)
        for item in spellings:
            exact[item.plain].append(item)
        self.exact: dict[str, tuple[Spelling, ...]] = {k: tuple(v) for k, v in exact.items()}
        self._prefixes = {key[:n] for key in exact for n in range(1, len(key) + 1)}
        self.typed_parts = {
            item.plain: (item.unit.kind, item.plain[len(item.unit.kind.replace("_", "")) :])
            for items in self.exact.values()
            for item in items
            if item.typed
        }
        self.numbered = {key[:-1] for key in exact if key[-1:].isdigit()}
        self._bare = _KeyTable(k for k, v in self.exact.items() if any(not s.typed for s in v))
        self._typed = _KeyTable(k for k, v in self.exact.items() if any(s.typed for s in v))

    def walk(self, tokens: Sequence[Token], start: int) -> tuple[int, str]:
        """Return the end and the key of the longest known name that begins at a token.

        Spaces do not matter, so words that a scan joined or split are found; hyphens and
        brackets inside a name do not either. ``(start, "")`` when there is none.
        """
        key, end, known_key = "", start, ""
        for index in range(start, min(len(tokens), start + _LONGEST_WALK)):
            token = tokens[index]
            if token.mark in _CROSSED and index > start:
                continue
            if not token.plain:
                break
            key += token.plain
            if key not in self._prefixes:
                break
            if key in self.exact:
                end, known_key = index + 1, key
        return end, known_key

    def find_near(self, query: SpellingQuery, *, typed: bool) -> list[SpellingMatch]:
        """Return the spellings nearest to what is written, best first.

        ``typed`` looks among names with their type word, else among names without. Digits are
        part of a name and must agree.
        """
        table = self._typed if typed else self._bare
        digits = _keep_digits(query.plain)
        matches = [
            SpellingMatch(item, measure_distance(query, item.low, item.letters, item.plain, apart))
            for key, apart in table.find_nearest(query.plain)
            if _keep_digits(key) == digits
            for item in self.exact[key]
            if item.typed == typed
        ]
        matches.sort(key=lambda near: (near.gap.cost, near.gap.edits, near.spelling.unit.level))
        return matches


class _KeyTable:
    """Folded keys that rapidfuzz compares all at once."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(keys)

    def find_nearest(self, plain: str) -> list[tuple[str, int]]:
        """Return the keys at most two letters farther than the nearest, with their distance."""
        if not self._keys:
            return []
        row = cdist(
            [plain],
            self._keys,
            scorer=Levenshtein.distance,
            score_cutoff=FARTHEST,
            dtype=np.uint8,
        )[0]
        limit = min(int(row.min()) + 2, FARTHEST)
        chosen = np.flatnonzero(row <= limit)
        if chosen.size > _NEAREST:
            chosen = chosen[np.argsort(row[chosen], kind="stable")[:_NEAREST]]
        return [(self._keys[i], int(row[i])) for i in chosen]


def _keep_digits(text: str) -> str:
    return "" if text.isalpha() else "".join(filter(str.isdigit, text))
