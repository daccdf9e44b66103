"""Communes in a sentence: by their type word, in lists, with the district beside or above them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.errors import GeocodeInputError
from geo.gazetteer import load_gazetteer
from geo.geocoder import SURE
from reports.statements.lexing.phrases import CAPITALS, mask_spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.geocoder import Geocoder

_COMMUNE: Final = r"(?:[Pp]hường|[Xx]ã|[Đđ]ặc khu|[Tt]hị trấn|P\.|X\.|TT\.|ĐK\.|PHƯỜNG|XÃ)"
_TYPE: Final = (
    r"(?:[Pp]hường|[Xx]ã|[Đđ]ặc khu|[Tt]hị trấn|[Tt]hị xã|[Qq]uận|[Hh]uyện|P\.|X\.|TT\.|ĐK\.|H\."
    r"|Q\.|TX\.|[Tt]ỉnh|TP\.?|[Tt]hành phố|T\.)"
)
_FIRST: Final = rf"[{CAPITALS}][\w’']*"
_COMMENT: Final = r"(?:\s?\([^()]*(?:nay là|nay thuộc|cũ|trước đây|trước khi)[^()]*\))?"
_FORMER: Final = re.compile(
    r"\((?:[^()]*\s)?(?:trước đây|cũ|trước sáp nhập|trước khi)[^()]*\)", re.IGNORECASE
)
_NOW: Final = re.compile(
    r"\(\s*(?:nay|hiện nay|hiện)\s(?:là|thuộc)\s(?P<now>[^()]*)\)", re.IGNORECASE
)
_OTHER_START: Final = re.compile(
    r"[,;]\s?(?=(?:Dự án|Ban|Sở|UBND|Công ty|Khu|Cụm|KCN|CCN|Chủ|Tổng|Diện|Quy|Bộ|Phó)\b)"
)
_OTHER_WORD: Final = 12
"""Letters behind a list in which its last word may turn out to begin another name."""


@dataclass(frozen=True)
class PlaceMention:
    """Communes that some words name; ``codes`` is empty where the geocoder is not sure.

    ``doubtful`` are the codes that the words may mean, ``left_out`` those of communes that have
    only a sliver of a former one that is named.
    """

    words: str
    start: int
    end: int
    codes: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@cache
def _compile_groups() -> re.Pattern[str]:
    """Return what finds groups of communes.

    A number belongs to a name only where one of today's or before is told apart by it ("Đông Hải
    1"); behind any other it counts or numbers something else.
    """
    numbered = [name.rsplit(" ", 1) for name in load_gazetteer().former_units["name"]]
    stems = {words[0] for words in numbered if words[-1].isdigit()}
    after = "|".join(rf"(?<={re.escape(stem)}\s)" for stem in sorted(stems)) or "(?!)"
    name = rf"{_FIRST}(?:\s(?:{_FIRST}|(?i:{after})\d{{1,2}}\b(?!\s?(?:ha|hộ|%|[\d.,/]*\d))))*"
    return re.compile(
        rf"(?<!\w)(?:{_COMMUNE}(?:,\s(?:phường|xã|thị trấn))*\s?:?\s?{name}){_COMMENT}"
        rf"(?:(?:\s?[,;]\s?|\s?,?\s?(?:và|cùng)\s)(?:(?:các|một phần)\s)?"
        rf"(?:{_TYPE}(?:,\s{_TYPE})?\s?)?{name}{_COMMENT})*"
    )


def find_places(
    text: str,
    geocoder: Geocoder,
    as_of: date | None,
    masked: Sequence[tuple[int, int]] = (),
    district: str = "",
) -> tuple[PlaceMention, ...]:
    """Return the groups of communes that a sentence names by a type word.

    ``masked`` spans are names of bodies, roads and so on, in which no place is looked for.
    ``district`` is the one that the sentence stands under ("huyện Thanh Hà"), '' for none.
    """
    plain = mask_spans(text, masked)
    places: list[PlaceMention] = []
    for match in _compile_groups().finditer(plain):
        words = _cut_other(plain, match.start(), match.end())
        if not re.search(rf"[{CAPITALS}]", re.sub(_TYPE, "", words)):
            continue
        end = match.start() + len(words)
        codes, doubtful, left_out = _geocode(words, geocoder, as_of, district)
        places.append(PlaceMention(words, match.start(), end, codes, doubtful, left_out))
    return tuple(places)


def _cut_other(text: str, start: int, end: int) -> str:
    """Return a list of places up to where a name of another kind begins."""
    other = _OTHER_START.search(text, start, end + _OTHER_WORD)
    return text[start : min(other.start(), end) if other else end].rstrip(" ,;")


def _geocode(
    words: str, geocoder: Geocoder, as_of: date | None, district: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the communes that words name, those that they may name, those with a sliver."""
    now = _NOW.search(words)
    asked = now["now"] if now else _FORMER.sub("", words)
    when = None if now else as_of
    names_district = re.search(
        r"(?<!\w)(?:huyện|quận|thị xã|H\.|Q\.|TX\.|TP\.?|thành phố)\s", asked
    )
    if district and not names_district and not now:
        asked = f"{asked}, {district}"
    try:
        result = geocoder.geocode(asked, as_of=when)
    except GeocodeInputError:
        return (), (), ()
    sure = tuple(dict.fromkeys(match.code for match in result.matches if match.confidence >= SURE))
    if result.status == "matched" and sure:
        return sure, (), result.slivers
    return (), tuple(dict.fromkeys(match.code for match in result.matches)), ()
