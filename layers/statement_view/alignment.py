"""Finds words in a text that is spelt or spaced a little differently, with where they stand.

A sentence is kept in one spelling, without the marks of footnotes; the paragraph that it stands
in is shown as it is in the file. Both are compared by their letters and digits alone.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from reports.model.markup import SUPERSCRIPT


@dataclass(frozen=True)
class FoldedText:
    """A text's letters and digits without tones, and where in the text each of them stands."""

    text: str
    letters: str
    positions: tuple[int, ...]

    def find(self, words: FoldedText, begin: int = 0) -> tuple[int, int] | None:
        """Return where the first occurrence of some words begins and ends in the text.

        ``begin`` is the position to look from. A run that begins or ends within a word or a
        number is no occurrence.
        """
        if not words.letters:
            return None
        at = self.letters.find(words.letters, bisect_left(self.positions, begin))
        while at >= 0:
            last = at + len(words.letters) - 1
            if self._begins_word(at) and self._begins_word(last + 1):
                return self.positions[at], self.positions[last] + 1
            at = self.letters.find(words.letters, at + 1)
        return None

    def _begins_word(self, at: int) -> bool:
        """Return True if a letter does not go on with the word or number before it."""
        if at <= 0 or at >= len(self.letters) or "%" in self.letters[at - 1 : at + 1]:
            return True
        between = self.text[self.positions[at - 1] + 1 : self.positions[at]]
        if between in {".", ","}:
            return not (self.letters[at - 1].isdecimal() and self.letters[at].isdecimal())
        return bool(between)

    def count_before(self, position: int) -> int:
        """Return how many of the letters stand before a position of the text."""
        return bisect_left(self.positions, position)


@lru_cache(maxsize=512)
def fold_letters(text: str) -> FoldedText:
    """Return a text as its letters, digits and percent signs."""
    letters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        if character in SUPERSCRIPT:
            continue
        if character.isalnum() or character == "%":
            letters.append(_fold_character(character))
            positions.append(position)
    return FoldedText(text, "".join(letters), tuple(positions))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFD", character)[0].lower()[0]
    return "d" if plain in "đðɖ" else plain
