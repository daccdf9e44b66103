"""How far two spellings are apart: letters weigh most, diacritics less, tones least.

One wrong letter costs 1; a letter that only lost or changed its diacritic (``o`` for ``ơ``,
``d`` for ``đ``) half of that; a wrong tone a quarter. All three are counted by rapidfuzz on
three forms of the names (folded, without tones, in full), so the cost of a pair is three
edit distances and no more.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from geo.text import fold_text, strip_tones

LETTER: Final = 1.0
DIACRITIC: Final = 0.5
TONE: Final = 0.25


class SpellingQuery(NamedTuple):
    """A piece of text in the forms that are compared, without spaces."""

    low: str
    raw: str  # the same with the tones where they were written
    letters: str
    plain: str
    bare: bool  # from a text without any mark: then marks are lost, not wrong


class SpellingDistance(NamedTuple):
    """The difference of two spellings, in edits of each sort."""

    letters: int
    diacritics: int
    tones: int

    @property
    def cost(self) -> float:
        """The difference in letters: ``1.0`` is one wrong letter."""
        return self.letters * LETTER + self.diacritics * DIACRITIC + self.tones * TONE

    @property
    def edits(self) -> int:
        """The plain edit distance."""
        return self.letters + self.diacritics + self.tones


def make_query(low: str, raw: str | None = None, *, bare: bool = False) -> SpellingQuery:
    """Return the forms of a text in small letters, without spaces.

    Canonical spelling moves the tone of a damaged word to where it never was; ``raw`` is the
    text as written, and the nearer of the two counts.
    """
    return SpellingQuery(low, raw or low, strip_tones(low), fold_text(low), bare)


def measure_distance(
    query: SpellingQuery, low: str, letters: str, plain: str, apart: int | None = None
) -> SpellingDistance:
    """Return the difference between what is written and a known spelling.

    ``apart`` is the edit distance of the folded forms, where it is known already.
    """
    if apart is None:
        apart = Levenshtein.distance(query.plain, plain)
    if query.bare:
        return SpellingDistance(apart, 0, 0)
    without_tones = Levenshtein.distance(query.letters, letters)
    in_full = Levenshtein.distance(query.low, low)
    if query.raw != query.low:
        in_full = min(in_full, Levenshtein.distance(query.raw, low))
    return SpellingDistance(apart, max(0, without_tones - apart), max(0, in_full - without_tones))
