"""Whether what was said is about the thing of a fact: by its id, else by what names it.

What names a thing are the words and numbers of its name that another thing of its kind has not:
those with a capital, and numbers. Half of them shared is not enough where a third thing shares
them too ("cao tốc Hà Nội – Hải Phòng" and "đường sắt Lào Cai – Hà Nội – Hải Phòng"), so each name
has to have most of the other's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from benchmarks.reading.values import fold, list_words

if TYPE_CHECKING:
    from benchmarks.reading.curated_facts import CuratedFact
    from benchmarks.reading.said import SaidValue

_BRACKETS: Final = re.compile(r"\([^()]*\)?")
_PLACED: Final = re.compile(
    r"[,\s](?:trên địa bàn|tại (?:phường|xã|đặc khu|khu vực)|đoạn qua|thuộc địa bàn|thành phố"
    r"|(?:quận|huyện) )"
)
_LEAST_SHARED: Final = 0.6
_LEAST_CITED: Final = 0.5
"""What is enough where the fact's own citation has the name as it was said."""
_FEWEST_WORDS: Final = 2
_MANY_WORDS: Final = 4
_RANGE: Final = re.compile(r"(?<!\d)(\d{1,2})(?:\s?[-–]\s?|\sđến\s(?:số\s)?)(\d{1,2})(?!\d)")
_LONGEST_RANGE: Final = 9
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_TYPES: Final = frozenset({"cang", "khu", "ben", "cau", "du", "an"})
_NEARLY_ALL: Final = 0.9
_FEW: Final = 0.4
"""Words of any kind that have to be shared beside those that name."""


def is_about(fact: CuratedFact, said: SaidValue) -> bool:
    """Return True if something is said of a fact's thing; a fact of none fits everything."""
    if not fact.items:
        return True
    if said.items:
        return bool(fact.items & said.items)
    cited = fold(said.about).strip() in fold(fact.cited)
    return bool(said.about) and any(
        _are_same(own, other, cited=cited)
        for name in (*fact.names, *([fact.component] if cited else []))
        for own in _list_forms(name)
        for other in _list_forms(said.about)
    )


def _list_forms(name: str) -> set[str]:
    """Return a name whole, without what stands in brackets, and without where it lies."""
    plain = _BRACKETS.sub(" ", name)
    unplaced = _PLACED.split(plain)[0]
    proper = any(word[0].isupper() for word in unplaced.split()[1:]) or not _list_naming(name)
    return {name, plain, unplaced} if proper else {name, plain}


def _are_same(one: str, other: str, *, cited: bool) -> bool:
    """Return True if a fact's name and another one name the same thing."""
    words, others = list_words(one), list_words(other)
    if len(words) >= _FEWEST_WORDS and fold(one).strip() in fold(other):
        return True
    naming, telling = _list_naming(one), _list_naming(other)
    much = len(others) >= _MANY_WORDS or len(telling) >= _FEWEST_WORDS
    if much and fold(one).startswith(fold(other).strip()):
        return True
    if not naming or not telling:
        # A name of common words only ("Khu chức năng dịch vụ"): the report calls it so.
        return cited and len(others) > _FEWEST_WORDS and is_most(others, words, _NEARLY_ALL)
    if not (is_most(words, others, _FEW) or is_most(others, words, _FEW)):
        return False
    if len(naming) >= _MANY_WORDS and naming <= telling:
        return is_most(telling, naming, _FEW)
    least = _LEAST_CITED if cited else _LEAST_SHARED
    return is_most(naming, telling, least) and is_most(telling, naming, least)


def _list_naming(name: str) -> frozenset[str]:
    """Return the words of a name with a capital, and its numbers but years, without the first."""
    words = re.findall(r"\w+", _RANGE.sub(_spell_range, name))[1:]
    naming = (w for w in words if w[0].isupper() or (w[0].isdigit() and not _YEAR.match(w)))
    return list_words(" ".join(naming)) - _TYPES


def _spell_range(found: re.Match[str]) -> str:
    """Return every number of a range: "9-12", "từ số 7 đến 10"."""
    first, last = int(found[1]), int(found[2])
    few = first < last <= first + _LONGEST_RANGE
    return " ".join(map(str, range(first, last + 1))) if few else found[0]


def is_most(words: frozenset[str], others: frozenset[str], least: float) -> bool:
    """Return True if at least a share of some words are among others."""
    return bool(words) and len(words & others) >= least * len(words)
