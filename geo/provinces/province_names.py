"""The names of provinces and districts, and the words of a text read as such names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from geo.gazetteer import load_gazetteer
from geo.provinces.context_words import ABBREVIATED, TYPES, UNMARKED_TYPES
from geo.provinces.province_list import District, Province, load_provinces
from geo.text import fold_text, normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_INSIDE_NAME: Final = re.compile(r"\s+|\s?[-\u2013']\s?")
_BEHIND_TYPE: Final = re.compile(r"\.?\s*|\s*:\s*")


@dataclass(frozen=True, slots=True)
class ProvinceMention:
    """A province or district that a text names as a place.

    ``name`` is spelled as in the gazetteer, ``province`` the one of before 1 July 2025 that it is
    or lay in (of today where there was none of the name). ``start`` and ``end`` are offsets in the
    composed text (NFC), the type word included. ``foreign``: neither Hải Phòng nor the former Hải
    Dương. ``within`` is False where the text only says that something leads there or borders on
    it (``giáp``, ``nối``, ``đến`` …). ``type`` is the word's kind: ``tinh``, ``huyen`` …, '' for
    none.
    """

    name: str
    kind: Literal["province", "district"]
    start: int
    end: int
    foreign: bool
    province: str
    within: bool = True
    type: str = ""


class Word(NamedTuple):
    """A word of a text: as written, in canonical small letters, and where it stands."""

    text: str
    low: str
    start: int
    end: int
    before: str  # what stands between this word and the one before it


class ProvinceNames(NamedTuple):
    """What a name may be, by its words; ``communes`` are names that communes have too."""

    provinces: dict[tuple[str, ...], Province]
    districts: dict[tuple[str, ...], tuple[District, ...]]
    communes: frozenset[tuple[str, ...]]
    known: frozenset[tuple[str, ...]]
    longest: int


@cache
def load_names() -> ProvinceNames:
    """Return the names, made once per process; of two provinces of one name the former one."""
    listed = load_provinces()
    provinces: dict[tuple[str, ...], Province] = {}
    for province in sorted(listed.provinces, key=lambda p: not p.is_former):
        for name in (province.name, *province.aliases):
            provinces.setdefault(make_key(name), province)
    districts: dict[tuple[str, ...], tuple[District, ...]] = {}
    for district in listed.districts:
        key = make_key(district.name)
        districts[key] = (*districts.get(key, ()), district)
    gazetteer = load_gazetteer()
    communes = {make_key(c.short_name) for c in gazetteer.commune_by_code.values()}
    communes |= {make_key(u.name) for u in gazetteer.unit_by_id.values() if u.level == "commune"}
    known = frozenset([*provinces, *districts])
    longest = max(map(len, known))
    return ProvinceNames(provinces, districts, frozenset(communes), known, longest)


def make_key(name: str) -> tuple[str, ...]:
    """Return the words of a name in canonical small letters."""
    return tuple(normalise_spelling(word).lower() for word in _WORD.findall(name))


def split_words(text: str) -> list[Word]:
    """Return the words and numbers of a text (NFC), in order."""
    words: list[Word] = []
    behind = 0
    for match in _WORD.finditer(text):
        low = normalise_spelling(match[0]).lower()
        between = text[behind : match.start()]
        words.append(Word(match[0], low, match.start(), match.end(), between))
        behind = match.end()
    return words


@cache
def load_unmarked_names() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the names of provinces and districts by their spelling without marks."""
    names = load_names()
    return {tuple(map(fold_text, key)): key for key in (*names.districts, *names.provinces)}


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
