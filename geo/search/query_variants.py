"""What else a query may be written as: abbreviations and other names, numbers, codes without sign.

``data/gazetteer/search_aliases.csv`` holds the words in use that no report writes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.data_faults import FaultList
from geo.gazetteer_loader import read_rows
from geo.paths import DATA
from geo.search.ranking import split_words
from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ALIASES: Final = "search_aliases.csv"
_HEADER: Final = "alias kind means source explanation"
_KINDS: Final = ("word", "road")
_BETWEEN_LETTER_AND_DIGIT: Final = re.compile(r"(?<=[^\W\d_])(?=\d)")
_ROMAN: Final = dict(
    zip("123456789", ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"], strict=True)
)
_SWAPPED: Final = _ROMAN | {roman: digit for digit, roman in _ROMAN.items()}

Words = tuple[str, ...]


class SearchAlias(NamedTuple):
    """What an alias means; ``road``: only where a number follows (``ql 5``)."""

    means: Words
    road: bool


@cache
def load_search_aliases() -> Mapping[Words, SearchAlias]:
    """Return the aliases by their words without marks.

    Raises ``DataFileError`` naming row and column of every fault of the file.
    """
    faults = FaultList("geo.gazetteer")
    aliases: dict[Words, SearchAlias] = {}
    for line, row in read_rows(DATA / "gazetteer" / ALIASES, _HEADER.split(), faults):
        key = tuple(fold_text(word) for word in split_words(row["alias"]))
        if key in aliases:
            faults.add(ALIASES, line, "alias", "double", value=row["alias"])
        if row["kind"] not in _KINDS:
            faults.add(ALIASES, line, "kind", "word", value=row["kind"], allowed=", ".join(_KINDS))
        for column, value in row.items():
            if not value.strip():
                faults.add(ALIASES, line, column, "empty")
        aliases[key] = SearchAlias(tuple(split_words(row["means"])), row["kind"] == "road")
    faults.raise_if_any("geo.gazetteer.heading")
    return aliases


def list_query_variants(query: str) -> list[str]:
    """Return the ways to write a query, itself first: each finds what is meant as well.

    ``KP25`` is ``kp 25`` too, ``ĐT390`` ``đường tỉnh 390``, ``vành đai 1`` ``vành đai i``.
    """
    words = split_words(query)
    parted = [part for word in words for part in _BETWEEN_LETTER_AND_DIGIT.split(word)]
    spoken = list(_replace_aliases(parted, load_search_aliases()))
    forms = [words, parted, spoken]
    forms += [[_SWAPPED.get(word, word) for word in form] for form in (parted, spoken)]
    return [query, *dict.fromkeys(" ".join(form) for form in forms if form != words)]


def find_road_numbers(query: str) -> tuple[str, ...]:
    """Return the roads that a query names, each with its number: ``quoc lo 5``."""
    words = [fold_text(word) for word in split_words(query)]
    roads = {
        tuple(map(fold_text, alias.means)) for alias in load_search_aliases().values() if alias.road
    }
    return tuple(
        " ".join(words[at - len(road) : at + 1])
        for at, word in enumerate(words)
        for road in roads
        if (word[0].isdigit() or word in _SWAPPED) and tuple(words[:at][-len(road) :]) == road
    )


def _replace_aliases(words: Sequence[str], aliases: Mapping[Words, SearchAlias]) -> Iterator[str]:
    """Yield the words with every alias replaced by what it means, the longest first."""
    folded = [fold_text(word) for word in words]
    longest = max(map(len, aliases), default=0)
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            end = at + length
            alias = aliases.get(tuple(folded[at:end]))
            if alias and (not alias.road or _is_number(folded, end)):
                yield from alias.means
                at = end
                break
        else:
            yield words[at]
            at += 1


def _is_number(words: Sequence[str], at: int) -> bool:
    return at < len(words) and words[at][0].isdigit()
