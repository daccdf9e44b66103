"""Telling Vietnamese from letters that only look like it, by counting its syllables.

A text that was decoded wrongly breaks the spelling of Vietnamese in most of its words, so the count
of the words that keep it judges between two readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.geocoding.lexing.word_shape import is_syllable

RUN: Final = re.compile(
    r"[^\s\x21-\x40\x5b-\x60\x7b-\x7e\u2010-\u2015\u2018-\u201f\u2022\u2026\u2028-\u205f]+"
)
"""A word as it is stored, whatever its encoding: letters and every sign beyond ASCII."""


@dataclass(frozen=True)
class WordCount:
    """How many words with signs beyond ASCII are Vietnamese syllables, and how many are not."""

    good: int = 0
    bad: int = 0

    @property
    def balance(self) -> int:
        """Return how far the good ones outweigh the bad."""
        return self.good - self.bad


def count_words(text: str) -> WordCount:
    """Return the count of words with a sign beyond ASCII; words of plain letters say nothing."""
    good = bad = 0
    for word in RUN.findall(text):
        if word.isascii():
            continue
        if is_syllable(word.lower()):
            good += 1
        else:
            bad += 1
    return WordCount(good, bad)
