"""Whose figures a document's figures are: today's city's, or some other unit's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.provinces import find_provinces
from reports.model.dates import parse_span

if TYPE_CHECKING:
    from geo.geocoder import Geocoder
    from reports.model.document import Document

ScopeKind = Literal[
    "city", "former_city", "former_hai_duong", "district", "commune",
    "other_province", "ministry", "unknown",
]  # fmt: skip

CITY_NAME: Final = "thành phố Hải Phòng"
FORMER_CITY_NAME: Final = "thành phố Hải Phòng (trước 01/7/2025)"
FORMER_PROVINCE_NAME: Final = "tỉnh Hải Dương"
_FIRST_DAY: Final = "2025-07-01"
_MINISTRIES: Final = ("Bộ ", "Chính phủ", "Cục ", "Tổng cục ", "cả nước")
_COMMUNE_TYPES: Final = ("xã ", "phường ", "thị trấn ", "đặc khu ")


@dataclass(frozen=True)
class DocumentScope:
    """The unit that a document speaks for.

    Its figures are today's city's only where ``kind`` is ``city``: the document speaks of the city
    as a whole, at a time from 1 July 2025 on. ``name`` is the unit with its type word, ``district``
    the same where it is a district, ``province`` another province's, or a ministry's, name
    (``cả nước``: many provinces'). ``as_of`` is the time that the document speaks of, as precise
    as it says (``2025-08-13``, ``2023-08``, ``2024``), '' where it does not.
    """

    kind: ScopeKind
    name: str = ""
    district: str = ""
    province: str = ""
    as_of: str = ""

    @property
    def speaks_for_city(self) -> bool:
        """Whether a count or amount without a subject may be today's city's."""
        return self.kind in {"city", "unknown"}

    @property
    def is_elsewhere(self) -> bool:
        """Whether no place of the text may be taken for one of the city by its name alone."""
        return self.kind in {"other_province", "ministry"}


def place_in_scope(geocoder: Geocoder, scope: DocumentScope) -> Geocoder:
    """Return the geocoder for a document's names: those of a district are of that district."""
    if scope.is_elsewhere:
        return geocoder.within(elsewhere=True)
    if scope.kind == "district":
        return geocoder.within(scope.name)
    if scope.kind == "former_hai_duong":
        return geocoder.within(FORMER_PROVINCE_NAME)
    return geocoder


def read_document_scope(document: Document) -> DocumentScope:
    """Return whose figures a document's are, by what ``add_document_metadata`` has found."""
    as_of = document.dated or document.as_of or document.issued
    area = document.area
    if document.province:
        ministry = document.province.startswith(_MINISTRIES)
        kind: ScopeKind = "ministry" if ministry else "other_province"
        return DocumentScope(kind, area or document.province, "", document.province, as_of)
    if area.startswith(_COMMUNE_TYPES):
        return DocumentScope("commune", area, as_of=as_of)
    mention = next(iter(find_provinces(area)), None)
    if mention and mention.kind == "district":
        return DocumentScope("district", area, area, as_of=as_of)
    if mention and mention.name == "Hải Dương":
        return DocumentScope("former_hai_duong", FORMER_PROVINCE_NAME, as_of=as_of)
    if mention:
        return _scope_of_city(former="trước" in area, as_of=as_of)
    return DocumentScope("unknown", area, as_of=as_of)


def _scope_of_city(*, former: bool, as_of: str) -> DocumentScope:
    """Return the scope of a document about Hải Phòng: of which time, if that is told."""
    span = parse_span(as_of)
    if former or (span and span[1].isoformat() < _FIRST_DAY):
        return DocumentScope("former_city", FORMER_CITY_NAME, as_of=as_of)
    today = span is not None and span[0].isoformat() >= _FIRST_DAY
    return DocumentScope("city" if today else "unknown", CITY_NAME, as_of=as_of)
