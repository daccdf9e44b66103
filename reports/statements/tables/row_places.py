"""The communes of a row: from its place column or its own name, in its group's district."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.text import fold_text, normalise_spelling
from reports.tables.places import find_named_communes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.geocoder import Geocoder
    from reports.model.document import SourcePlace, TableCell

_LEVEL: Final = re.compile(r"\b(?:quan|huyen|thi xa|thanh pho|tp ?\.?|h ?\.|q ?\.|tx ?\.)\s?\w")
_COMMUNE: Final = re.compile(r"\b(?:xa|phuong|thi tran|dac khu)\b|(?<!\w)(?:x|p|tt|dk)\.")
_ONLY_DISTRICT: Final = re.compile(
    r"\W*(?:quan|huyen|thi xa|thanh pho|tp ?\.?|h ?\.|q ?\.|tx ?\.) ?[^,;:()]+"
)
_PROVINCE: Final = re.compile(r"\b(?:tinh|t\.) ?((?:[^\W\d_]+ ){0,2}[^\W\d_]+)")
_CITY: Final = re.compile(r"\b(?:thanh pho|tp\.?) ?(ha noi|da nang|can tho|hue|ho chi minh)\b")
_OURS: Final = ("hai phong", "hai duong")


@dataclass(frozen=True)
class RowPlace:
    """Where a row lies: sure communes, and of what is open the codes that it may be.

    ``province`` is a place outside Hải Phòng; ``open`` says that a part of the text is not placed.
    """

    communes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    open: bool = False
    province: str = ""


def find_province(texts: Sequence[str]) -> str:
    """Return another province that texts name as theirs; '' for none, or for our own."""
    for text in texts:
        folded = fold_text(text)
        if any(
            f"{word} {name}" in folded for word in ("thanh pho", "tp.", "tinh") for name in _OURS
        ):
            return ""
        match = _PROVINCE.search(folded) or _CITY.search(folded)
        if match and not match[1].startswith(_OURS) and len(folded) == len(text):
            named = text[match.start(1) : match.end(1)].split()
            return " ".join(word for word in named if word[:1].isupper())
    return ""


def place_row(
    cells: Sequence[TableCell],
    district: str,
    geocoder: Geocoder,
    as_of: date | None,
    province: str,
) -> RowPlace:
    """Return the communes that the cells of a row's places name; ``district`` is its group's."""
    text = ", ".join(normalise_spelling(" ".join(cell.text.split())) for cell in cells if cell.text)
    foreign = find_province([text]) or province
    if foreign:
        return RowPlace(province=foreign)
    folded = fold_text(text)
    if not any(letter.isalpha() for letter in folded):
        return RowPlace()
    if _ONLY_DISTRICT.fullmatch(folded) and not _COMMUNE.search(folded):
        return RowPlace(open=False)
    if district and not _LEVEL.search(folded):
        text = f"{text}, {district}"
    return _place_text(text, cells[0].place, geocoder, as_of)


def place_name(
    name: str, district: str, place: SourcePlace, geocoder: Geocoder, as_of: date | None
) -> RowPlace:
    """Return the communes that a name says by itself, where it has a commune's type word."""
    words = normalise_spelling(name)
    if district and not _LEVEL.search(fold_text(words)):
        words = f"{words}, {district}"
    return _place_text(words, place, geocoder, as_of)


def _place_text(text: str, place: SourcePlace, geocoder: Geocoder, as_of: date | None) -> RowPlace:
    placed, queue = find_named_communes(text[:2000], place, geocoder, as_of)
    communes = tuple(dict.fromkeys(one.code for one in placed))
    offered = tuple(code for entry in queue for code, _ in entry.candidates)
    return RowPlace(communes, tuple(dict.fromkeys((*communes, *offered))), bool(queue))
