"""Names of communes that a report spells otherwise than they are written: read, and said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.text import normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reports.model.item_mention import NamedItem

_BY_NAME: Final = frozenset({"stated", "former_unit"})


def find_respelt_places(
    named: Iterable[tuple[NamedItem, str]], accepted: Collection[tuple[str, str]] = ()
) -> list[tuple[str, str, str]]:
    """Return item, commune (its code) and the report's words where these do not spell its name.

    Case and the place of a tone mark are no other spelling, and neither is the name of a former
    unit of the commune. ``accepted`` are the items with the words that the store has already.
    """
    found = {
        (item, place.code, normalise_spelling(place.raw)): None
        for subject, item in named
        for place in subject.communes
        if place.how in _BY_NAME
        and (item, normalise_spelling(place.raw)) not in accepted
        and not is_spelt(place.raw, place.code)
    }
    return list(found)


def is_spelt(words: str, code: str) -> bool:
    """Return True if words hold a commune's name, or that of a former unit of it, as written."""
    gazetteer = load_gazetteer()
    names = [gazetteer.commune_by_code[code].short_name]
    names += [part.unit.name for part in gazetteer.parts_by_code[code]]
    spelt = normalise_spelling(words).casefold()
    return any(normalise_spelling(name).casefold() in spelt for name in names)
