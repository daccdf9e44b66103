"""Reads the words of a text as type words (``tỉnh``, ``TP.``) and known names of places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.provinces.context_words import ABBREVIATED, TYPES, UNMARKED_TYPES
from geo.provinces.province_names import load_unmarked_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.provinces.province_names import ProvinceNames, Word

_INSIDE_NAME: Final = re.compile(r"\s+|\s?[-\u2013']\s?")
_BEHIND_TYPE: Final = re.compile(r"\.?\s*|\s*:\s*")


@dataclass(slots=True)
class NameReader:
    """Reads the words of one text, by their places in it."""

    text: str
    words: Sequence[Word]
    names: ProvinceNames

    def read_type(self, index: int) -> tuple[str, int]:
        """Return the type word that begins here and where its name would begin."""
        low = self.words[index].low
        types = UNMARKED_TYPES if self.text.isascii() else TYPES
        for length in (2, 1):
            kind = types.get(tuple(w.low for w in self.words[index : index + length]))
            after = index + length
            if kind is None or after >= len(self.words):
                continue
            between = self.words[after].before
            if not _BEHIND_TYPE.fullmatch(between) and length == 1:
                continue
            if low in ABBREVIATED and not self._is_abbreviation(index, between):
                continue
            return kind, after
        return "", index

    def _is_abbreviation(self, index: int, between: str) -> bool:
        word = self.words[index]
        pointed = between.startswith(".")
        if word.low in {"tp", "tx"}:
            return True
        return pointed and (word.text.isupper() or word.low in {"h", "q"})

    def find_name_end(self, index: int) -> int:
        """Return where the longest known name that begins here ends; 0: none does.

        Its words have capitals, unless the text is written without any marks.
        """
        bare = self.text.isascii()
        known = load_unmarked_names() if bare else self.names.known
        key: list[str] = []
        end = 0
        for position in range(index, min(len(self.words), index + self.names.longest)):
            word = self.words[position]
            if position > index and not _INSIDE_NAME.fullmatch(word.before):
                break
            if not (word.text[0].isupper() or word.text[0].isdigit() or bare):
                break
            key.append(word.low)
            if tuple(key) in known:
                end = position + 1
        return end

    def get_key(self, start: int, stop: int) -> tuple[str, ...]:
        """Return the words of a name as the lists of names have them."""
        key = tuple(word.low for word in self.words[start:stop])
        if key not in self.names.provinces and key not in self.names.districts:
            return load_unmarked_names().get(key, key)
        return key

    def get_text_before(self, index: int) -> str:
        """Return what stands before a word, in small letters."""
        start = self.words[index].start
        return self.text[max(0, start - 90) : start].lower()

    def is_shouted(self) -> bool:
        """Return True for a text in capitals only."""
        return self.text.isupper()
