"""Which mentions only say where others lie: districts, zones, what a place is today."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.geocoding.lexing.lexicon import PROVINCE
from geo.geocoding.mentions import Mention, MentionLink
from geo.geocoding.place_index import PlaceLevel, PlaceUnit, pack_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TIED: Final = frozenset(
    {MentionLink.COMMA, MentionLink.OPEN, MentionLink.BESIDE, MentionLink.DASH, MentionLink.INSIDE}
)
"""Links by which a district belongs to the names before it (``và`` would add it)."""


def assign_context(mentions: Sequence[Mention]) -> None:
    """Give every commune its district and mark what is context, clause by clause."""
    clauses: dict[int, list[Mention]] = {}
    for mention in mentions:
        clauses.setdefault(mention.clause, []).append(mention)
    for mentioned in clauses.values():
        clause = [mention for mention in mentioned if not mention.comment]
        _assign_districts([mention for mention in mentioned if mention.comment])
        if not clause:
            clause = mentioned
        _assign_districts(clause)
        _doubt_bare_province(clause)
        _mark_context_zones(clause)


def find_district(mention: Mention) -> PlaceUnit | None:
    """Return the district that a mention of one means, the kind of its type word first."""
    units = [n.spelling.unit for n in mention.nears if n.spelling.unit.level is PlaceLevel.DISTRICT]
    units.sort(key=lambda unit: unit.kind != mention.type)
    return units[0] if units else None


def is_in_district(unit: PlaceUnit, district: PlaceUnit) -> bool:
    """Return True if a former commune was part of a district, or a new one shares land with it."""
    if unit.level is PlaceLevel.FORMER:
        return unit.district == make_district_key(district)
    return not set(district.codes).isdisjoint(unit.codes)


@lru_cache(maxsize=512)
def make_district_key(district: PlaceUnit) -> str:
    """Return a district's name as the former communes bear it."""
    return pack_name(district.name)


def _assign_districts(clause: Sequence[Mention]) -> None:
    """Tie districts to the communes before them, or to those behind when none stand before."""
    waiting: list[Mention] = []
    leading: Mention | None = None
    for mention in clause:
        if mention.is_zone:
            continue
        if mention.stated:
            waiting, leading = [], None
        elif mention.is_district:
            leading = None if _tie_district(mention, waiting) else mention
            waiting = []
        elif _is_bare_district(mention, waiting):
            for place in waiting:
                place.district = mention
            mention.loose = mention.no_set = True  # where the others lie, or one of the list
            waiting = []
        elif leading and _is_led_by(mention, leading):
            mention.district = leading
            leading.context = True
        else:
            waiting.append(mention)


def _tie_district(district: Mention, waiting: Sequence[Mention]) -> bool:
    """Make a district the context of the communes before it, if it can be; return True if so."""
    if not waiting or district.link not in _TIED:
        return False
    if not any(_may_lie_in(place, district) for place in waiting):
        district.loose = True  # one of a list, or a mistake: none of them lies there
        return False
    for place in waiting:
        place.district = district
    district.context = True
    return True


def _is_led_by(mention: Mention, leading: Mention) -> bool:
    """Return True if a commune belongs to the district before it."""
    tied = mention.link in _TIED or (leading.context and mention.link is MentionLink.AND)
    return tied and _may_lie_in(mention, leading)


def _is_bare_district(mention: Mention, waiting: Sequence[Mention]) -> bool:
    """Return True if a name without a type is the district of the former communes before it.

    All districts share their name with a commune of today, so it may be that as well.
    """
    if not waiting or mention.link not in _TIED or not mention.has(PlaceLevel.DISTRICT):
        return False
    if mention.type and not mention.inherited:
        return False
    last = waiting[-1]
    return not _may_be_of_today(last) and _may_lie_in(last, mention)


def _may_be_of_today(mention: Mention) -> bool:
    """Return True if a name may be a commune's of today: a town (``thị trấn``) is none."""
    kinds = {
        near.spelling.unit.kind
        for near in mention.nears
        if near.spelling.unit.level is PlaceLevel.COMMUNE
    }
    return bool(kinds) and (not mention.type or mention.inherited or mention.type in kinds)


def _doubt_bare_province(clause: Sequence[Mention]) -> None:
    """Doubt ``Hải Dương`` at the end of a list of its communes: the ward, or the old province."""
    *others, last = clause
    typed = last.type and not last.inherited
    if not others or typed or last.link is not MentionLink.COMMA or not _is_named(last, PROVINCE):
        return
    provinces = {n.spelling.unit.province for m in others for n in m.nears[:1]}
    if provinces == {PROVINCE}:
        last.loose = last.no_set = True


def _is_named(mention: Mention, plain: str) -> bool:
    return any(
        near.spelling.unit.level is PlaceLevel.COMMUNE and near.spelling.plain == plain
        for near in mention.nears
    )


def _may_lie_in(mention: Mention, district: Mention) -> bool:
    unit = find_district(district)
    return unit is not None and any(
        is_in_district(near.spelling.unit, unit)
        for near in mention.nears
        if near.spelling.unit.level in {PlaceLevel.COMMUNE, PlaceLevel.FORMER}
    )


def _mark_context_zones(clause: Sequence[Mention]) -> None:
    """Make zones and districts context where the clause names a more specific place.

    A zone linked to a commune by more than a list (``thuộc``, ``tại``, brackets), or one that
    covers the named commune, adds nothing; in a plain list of others it stands for itself.
    """
    for zone, behind in pairwise(clause):
        unplaced = zone.is_zone and not zone.nears
        if unplaced and behind.link is MentionLink.DASH and not behind.type:
            behind.context = True  # the rest of its name
    _mark_districts_behind_zones(clause)
    places = [
        m for m in clause if not m.is_zone and not m.is_district and not m.context and m.nears
    ]
    sure_places = [m for m in places if not m.loose]
    zones = [m for m in clause if m.is_zone]
    for zone in zones:
        listed = _is_listed(clause, zone)
        covered = _collect_codes(zone)
        if any(not listed or covered & _collect_codes(place) for place in sure_places):
            zone.context = True
    if any(zone.nears and _collect_codes(zone) and not zone.context for zone in zones):
        for mention in clause:
            if mention.is_district and mention.link in _TIED:
                mention.context = True


def _mark_districts_behind_zones(clause: Sequence[Mention]) -> None:
    """Take a bare name behind a park for the district it lay in, not for the commune of that name.

    "CCN Giang Biên, Vĩnh Bảo" lies in the former district, not in today's xã Vĩnh Bảo. Where the
    park's communes are not known, the name stays in doubt.
    """
    for zone, mention in pairwise(clause):
        typed = mention.type and not mention.inherited
        if not zone.is_zone or typed or mention.link is not MentionLink.COMMA:
            continue
        district, codes = find_district(mention), _collect_codes(zone)
        communes = {
            code
            for near in mention.nears
            if near.spelling.unit.level is PlaceLevel.COMMUNE
            for code in near.spelling.unit.codes
        }
        if district is None or codes & communes:
            continue
        if codes and codes <= set(district.codes):
            mention.context = True
        elif zone.nears and not codes:
            mention.loose = mention.no_set = True


def _is_listed(clause: Sequence[Mention], zone: Mention) -> bool:
    """Return True if a zone is one item of a list, neither inside another place nor around it."""
    position = list(clause).index(zone)
    behind = clause[position + 1].link if position + 1 < len(clause) else MentionLink.COMMA
    plain = {MentionLink.COMMA, MentionLink.AND, MentionLink.FIRST}
    return zone.link in plain and behind in plain


def _collect_codes(mention: Mention) -> set[str]:
    return set(_iterate_codes(near.spelling.unit for near in mention.nears))


def _iterate_codes(units: Iterable[PlaceUnit]) -> Iterable[str]:
    for unit in units:
        yield from unit.codes
