"""The names of provinces and districts, texts as the words that are compared, and mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from geo.gazetteer import load_gazetteer
from geo.provinces.province_list import District, Province, load_provinces
from geo.text import fold_text, normalise_spelling

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")


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
