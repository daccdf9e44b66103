"""The communes of a row: from its place column or its own name, in its group's district."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.provinces import find_foreign
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


@dataclass(frozen=True)
class RowPlace:
    """Where a row lies: sure communes, and of what is open the codes that it may be.

    ``province`` is a place outside Hải Phòng; ``open`` says that a part of the text is not placed.
    """

    communes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    open: bool = False
    province: str = ""
    left_out: tuple[str, ...] = ()
    """Communes that have only a sliver of a former one that is named."""


def find_province(texts: Sequence[str]) -> str:
    """Return another province that one of several texts names; '' for none."""
    mentions = (mention for text in texts for mention in find_foreign(text))
    return next((mention.name for mention in mentions), "")


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
    slivers = dict.fromkeys(code for one in placed for code in one.left_out)
    left_out = tuple(code for code in slivers if code not in communes)
    candidates = tuple(dict.fromkeys((*communes, *offered)))
    return RowPlace(communes, candidates, bool(queue), left_out=left_out)
