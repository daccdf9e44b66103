"""Where an item lies, from its place column and, where that names only a zone, from its name."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from geo.errors import GeocodeInputError
from geo.geocoder import SURE
from geo.i18n import t
from geo.provinces import find_provinces
from geo.text import fold_text, normalise_spelling
from reports.model.extraction import PlacedCommune, QueueEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.geocoder import CommuneMatch, Geocoder, GeocodeResult
    from reports.model.document import SourcePlace

_TYPED: Final = re.compile(
    r"\b(?:phuong|xa|thi tran|dac khu) (?!hoi\b)[^,;()]{2,40}?"
    r"(?:, (?:quan|huyen|thi xa|thanh pho) [^,;()]{2,25}?)?(?=,|;|\(|\)| thuoc\b"
    r"| va (?:xa|phuong)\b|$)"
)


def locate_item(
    text: str, place: SourcePlace, name: str, geocoder: Geocoder, as_of: date | None
) -> tuple[tuple[PlacedCommune, ...], tuple[QueueEntry, ...]]:
    """Return the communes that are certain or likely, and what a person has to look at.

    A zone or district of several communes is never spread over them: its communes are candidates.
    """
    words = normalise_spelling(text)
    if _lies_elsewhere(f"{name}; {words}"):
        geocoder = geocoder.within(elsewhere=True)
    if not any(letter.isalpha() for letter in words):
        return _locate_by_name(name, place, geocoder, as_of), ()
    result = _geocode_text(geocoder, words, as_of)
    if result is None:
        return (), (QueueEntry("uncertain_place", words[:200], place),)
    placed, queue = _judge_matches(result, place)
    if placed and not queue:
        return placed, ()
    if not placed:
        named = _locate_by_name(name, place, geocoder, as_of)
        if named:
            return named, ()
    if not placed and not queue:
        queue = (QueueEntry("unplaced", words, place, detail=t("reports.queue.unplaced")),)
    return placed, queue


def _lies_elsewhere(text: str) -> bool:
    """Return True if a name or place is in another province, and nothing says that it is ours."""
    mentions = [mention for mention in find_provinces(text) if mention.within]
    return bool(mentions) and all(mention.foreign for mention in mentions)


def find_named_communes(
    text: str, place: SourcePlace, geocoder: Geocoder, as_of: date | None
) -> tuple[tuple[PlacedCommune, ...], tuple[QueueEntry, ...]]:
    """Return the communes that a text names by themselves, without its zones and districts."""
    result = _geocode_text(geocoder, normalise_spelling(text), as_of)
    return _judge_matches(result, place) if result is not None else ((), ())


def _geocode_text(geocoder: Geocoder, text: str, as_of: date | None) -> GeocodeResult | None:
    try:
        return geocoder.geocode(text, as_of=as_of)
    except GeocodeInputError:
        return None


def _judge_matches(
    result: GeocodeResult, place: SourcePlace
) -> tuple[tuple[PlacedCommune, ...], tuple[QueueEntry, ...]]:
    placed: list[PlacedCommune] = []
    queue: list[QueueEntry] = []
    for raw, group in groupby(result.matches, key=lambda match: match.matched_text):
        matches = list(group)
        sure = [match for match in matches if match.confidence >= SURE]
        spread = len(sure) > 1 and sure[0].method.startswith(("zone", "former_district"))
        if not sure or spread:
            queue.append(_make_queue_entry(raw, place, matches))
        else:
            placed.extend(_make_placed_commune(match, raw, place) for match in sure)
    queue.extend(
        QueueEntry("unplaced", raw, place, detail=t("reports.queue.unplaced"))
        for raw in result.unresolved
    )
    return tuple(placed), tuple(queue)


def _make_placed_commune(match: CommuneMatch, raw: str, place: SourcePlace) -> PlacedCommune:
    how, certainty = "stated", "certain"
    if match.method.startswith("zone"):
        how, certainty = "zone", "likely"
    elif match.method.startswith("former"):
        how = "former_unit"
        certainty = "certain" if match.confidence > 0.93 and not match.left_out else "likely"  # noqa: PLR2004
    return PlacedCommune(match.code, how, certainty, match.confidence, raw, place, match.left_out)


def _make_queue_entry(raw: str, place: SourcePlace, matches: Sequence[CommuneMatch]) -> QueueEntry:
    names = ", ".join(match.name for match in matches)
    return QueueEntry(
        "uncertain_place",
        raw,
        place,
        detail=t("reports.queue.uncertain_place", names=names),
        candidates=tuple((match.code, match.confidence) for match in matches),
    )


def _locate_by_name(
    name: str, place: SourcePlace, geocoder: Geocoder, as_of: date | None
) -> tuple[PlacedCommune, ...]:
    """Return the communes that an item's name gives by ward or commune ("tại phường Tràng Cát")."""
    words = normalise_spelling(name)
    communes: list[PlacedCommune] = []
    for mention in _TYPED.finditer(fold_text(words)):
        raw = words[mention.start() : mention.end()]
        result = _geocode_text(geocoder, raw, as_of)
        if result is not None:
            placed, queue = _judge_matches(result, place)
            if queue:
                return ()
            communes.extend(commune for commune in placed if commune.how != "zone")
    return tuple({commune.code: commune for commune in communes}.values())
