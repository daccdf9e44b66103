"""Free text to communes: every commune a text names, how sure that is, and why.

``geocode`` reads lists, former units, districts (as sets), zones and damaged spellings, and
answers with one of three states:

- ``matched``: ``matches`` holds every commune that the text names, each with a confidence of
  at least ``SURE``; nothing is left open.
- ``review``: a person has to look. ``matches`` holds what is certain (``SURE`` or more) and,
  below that, the candidates of what is not (those of one mention share ``matched_text``,
  likeliest first); ``unresolved`` holds what looks like a place and is not known.
- ``unknown``: no commune is named; ``unresolved`` may say what looked like one.

A commune is never matched where the text puts it elsewhere: behind it a district or province that
is not the city's, or a district that nobody knows; ``reason`` says so.

A district or zone that stands beside a commune only says where that lies and adds nothing;
alone it means all its communes. It works offline and gives the same answer each time.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, Literal

from geo.errors import GeocodeInputError
from geo.gazetteer import load_gazetteer
from geo.geocoding.context import assign_context
from geo.geocoding.decision import SURE, CommuneMatch, Verdict, decide_mention, refuse_verdict
from geo.geocoding.edit_distance import make_query
from geo.geocoding.lexing.tokenizer import to_plain_text
from geo.geocoding.mention_parser import parse_mentions
from geo.geocoding.name_index import NameIndex
from geo.geocoding.place_index import MERGER, PlaceLevel, list_spellings, pack_name
from geo.geocoding.scoring import is_beside_old, rank_readings
from geo.i18n import t
from geo.provinces import find_foreign, find_provinces
from geo.text import normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from geo.gazetteer import Gazetteer
    from geo.geocoding.mention_parser import ParsedMentions
    from geo.geocoding.mentions import Mention

__all__ = ["SURE", "CommuneMatch", "GeocodeResult", "Geocoder", "Status", "get_default_geocoder"]

Status = Literal["matched", "review", "unknown"]
Reason = Literal["", "other_province", "unknown_district"]

LONGEST_TEXT: Final = 10_000
"""Characters of a text at most: a place is not named in more, and time stays bounded."""

_COMMUNES: Final = frozenset({PlaceLevel.COMMUNE, PlaceLevel.FORMER})
_RANKS: Final = {
    PlaceLevel.COMMUNE: _COMMUNES,
    PlaceLevel.FORMER: _COMMUNES,
    PlaceLevel.DISTRICT: frozenset({PlaceLevel.DISTRICT}),
    PlaceLevel.ZONE: frozenset({PlaceLevel.ZONE}),
}


@dataclass(frozen=True, slots=True)
class GeocodeResult:
    """The communes a text names; see the module for what each status means."""

    text: str
    status: Status
    matches: tuple[CommuneMatch, ...]
    unresolved: tuple[str, ...]
    reason: Reason = ""
    """Why a name that is known was not taken: the text puts it in another province
    (``other_province``) or in a district that is not known (``unknown_district``)."""

    @property
    def slivers(self) -> tuple[str, ...]:
        """Return the communes with a sliver of a former one that is named, and no more of it."""
        named = {match.code for match in self.matches}
        codes = dict.fromkeys(code for match in self.matches for code in match.left_out)
        return tuple(code for code in codes if code not in named)


class Geocoder:
    """Finds communes in texts by the names of a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        spellings = list_spellings(gazetteer)
        self._names = NameIndex(spellings)
        self._labels = {
            s.unit.key: s.unit.label for s in spellings if s.unit.level is PlaceLevel.COMMUNE
        }
        self._neighbours: dict[tuple[str, frozenset[PlaceLevel]], tuple[str, float] | None] = {}
        # Whole texts that are one known name, today's communes from the start, others when first
        # asked for: as many as there are names, and no more.
        self._whole: dict[str, GeocodeResult] = {}
        self.district, self.elsewhere = "", False
        self._known = {form for s in spellings for form in (s.low, s.plain)}
        for row in gazetteer.communes.itertuples():
            self.geocode(row.name)
            self.geocode(row.short_name)

    def within(self, district: str = "", *, elsewhere: bool = False) -> Geocoder:
        """Return a geocoder for texts of one context, which knows the same names.

        ``district`` stands for that of ``geocode`` wherever none is given there. ``elsewhere``: the
        texts are of another province or a ministry; only a commune whose district or province the
        text itself says to be ours is taken.
        """
        view = copy(self)
        view.district, view.elsewhere = district, elsewhere
        return view

    def geocode(self, text: str, *, as_of: date | None = None, district: str = "") -> GeocodeResult:
        """Return the communes that a text names.

        ``as_of`` is the day of the text: before 1 July 2025 names are read as those of the
        units of that time first. Without it, as names of today. ``district`` is what the context
        says of where the names lie (``huyện An Dương``, ``tỉnh Hưng Yên``): it counts like a
        district behind every commune that names none. Raises ``GeocodeInputError`` for a text of
        more than 10 000 characters.
        """
        if len(text) > LONGEST_TEXT:
            raise GeocodeInputError(
                t("geo.geocoder.too_long", length=len(text), longest=LONGEST_TEXT)
            )
        district = district or self.district
        today = (as_of is None or as_of >= MERGER) and not (district or self.elsewhere)
        key = normalise_spelling(text).lower() if today else ""
        whole = self._whole.get(key)
        if whole is not None:
            return _replace_text(whole, text)
        result = self._read_text(text, as_of, district)
        if today and key.replace(" ", "") in self._known:
            self._whole[key] = result
        return result

    def _read_text(self, text: str, as_of: date | None, district: str) -> GeocodeResult:
        plain = to_plain_text(text)
        parsed = parse_mentions(plain, self._names)
        assign_context(parsed.mentions)
        reason = _find_refusal(plain, parsed)
        if district:
            reason = self._apply_context(parsed.mentions, district) or reason
        if self.elsewhere and parsed.mentions:
            reason = reason or "other_province"
        matches: dict[str, CommuneMatch] = {}
        unresolved = list(parsed.unknown)
        doubtful: list[set[str]] = [set()] if unresolved else []
        for clause in _group_by_clause(parsed.mentions):
            for mention, decided in self._iterate_verdicts(clause, as_of):
                refused = bool(reason) and not mention.anchored
                verdict = refuse_verdict(decided) if refused else decided
                if not verdict.matches:
                    unresolved.append(mention.text)
                if not verdict.sure:
                    doubtful.append({match.code for match in verdict.matches})
                for match in verdict.matches:
                    _keep_better_match(matches, match)
        if not matches and not unresolved:
            unresolved = parsed.elsewhere
        status: Status = "matched" if matches else "unknown"
        sure = {match.code for match in matches.values() if match.confidence >= SURE}
        if matches and not all(codes and codes <= sure for codes in doubtful):
            status = "review"
        return GeocodeResult(
            text,
            status,
            tuple(matches.values()),
            _drop_duplicates(unresolved),
            "" if status == "matched" else reason,
        )

    def _apply_context(self, mentions: Sequence[Mention], district: str) -> Reason:
        """Give communes without a district the one of the context; return why none is known."""
        plain = to_plain_text(district)
        provinces = find_provinces(plain)
        if any(mention.foreign for mention in provinces):
            return "other_province"
        own = next((m.name for m in provinces if m.kind == "province"), "")
        for mention in mentions:
            if own and not (mention.anchored or mention.province):
                mention.province = pack_name(own)
        named = parse_mentions(plain, self._names)
        context = next((mention for mention in named.mentions if mention.is_district), None)
        if context is None:
            return "unknown_district" if named.unknown_district else ""
        for mention in mentions:
            if mention.district is None and not (mention.is_district or mention.is_zone):
                mention.district = context
                mention.anchored = True
        return ""

    def _iterate_verdicts(
        self, clause: Sequence[Mention], as_of: date | None
    ) -> Iterator[tuple[Mention, Verdict]]:
        """Yield what came of each mention of a clause that adds a place of its own."""
        stated = [m for m in clause if m.stated and m.nears]
        named_now: set[str] = set()
        told = False
        for mention in stated:
            verdict = self._decide_mention(mention, as_of, old=False)
            named_now |= {match.code for match in verdict.matches}
            told |= verdict.sure
            yield mention, verdict
        places = [m for m in clause if not (m.context or m.stated or m.elsewhere)]
        if told or any(m.nears and not m.comment for m in places):
            places = [m for m in places if not m.comment]
        if told:  # what it is today is said: what was there adds nothing
            renamed = {id(a) for a, b in pairwise(clause) if b.stated and b.nears}
            places = [m for m in places if id(m) not in renamed and _may_be_of_today(m)]
        company = [m for m in places if not m.is_district and not m.is_zone]
        for mention in places:
            old = len(company) > 1 and is_beside_old(mention, company)
            verdict = self._decide_mention(mention, as_of, old=old)
            agreed = named_now & {match.code for match in verdict.matches}
            if not agreed:
                yield mention, verdict
        for mention in clause:
            if mention.elsewhere and not (mention.context or mention.comment):
                yield mention, Verdict(sure=False, matches=())

    def _decide_mention(self, mention: Mention, as_of: date | None, *, old: bool) -> Verdict:
        ranked = rank_readings(mention, as_of, old_company=old)
        ranked = [reading for reading in ranked if reading.unit.codes]
        neighbour = (
            self._find_neighbour(ranked[0].spelled, ranked[0].unit.level) if ranked else None
        )
        return decide_mention(mention, ranked, self._labels, neighbour)

    def _find_neighbour(self, spelled: str, level: PlaceLevel) -> tuple[str, float] | None:
        """Return the place of the same rank spelled most like a name, and how far it is."""
        rank = _RANKS[level]
        if (spelled, rank) not in self._neighbours:
            query = make_query(spelled)
            others = (
                near
                for near in self._names.find_near(query, typed=False)
                if near.spelling.low != spelled and near.spelling.unit.level in rank
            )
            near = next(others, None)
            neighbour = (near.spelling.unit.label, near.gap.cost) if near else None
            self._neighbours[spelled, rank] = neighbour
        return self._neighbours[spelled, rank]


@cache
def get_default_geocoder() -> Geocoder:
    """Return the geocoder of the gazetteer that comes with the program, made once."""
    return Geocoder(load_gazetteer())


def _group_by_clause(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    for _, clause in groupby(mentions, key=lambda mention: mention.clause):
        yield list(clause)


def _find_refusal(text: str, parsed: ParsedMentions) -> Reason:
    """Return why the communes of a text that name no district of ours cannot be taken."""
    if not (parsed.mentions or parsed.unknown):
        return ""
    for mention in parsed.mentions:
        mention.anchored |= mention.district is not None and not mention.district.loose
    if any(mention.elsewhere for mention in parsed.mentions):
        return "other_province"
    if parsed.unknown_district:
        return "unknown_district"
    return "other_province" if find_foreign(text) else ""


def _may_be_of_today(mention: Mention) -> bool:
    """Return True if a mention's name is spelled like that of a commune of today, or no name."""
    return any(
        near.spelling.unit.level is PlaceLevel.COMMUNE and not near.gap.edits
        for near in mention.nears
    )


def _keep_better_match(matches: dict[str, CommuneMatch], match: CommuneMatch) -> None:
    known = matches.get(match.code)
    if known is None or known.confidence < match.confidence:
        matches[match.code] = match


def _drop_duplicates(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _replace_text(result: GeocodeResult, text: str) -> GeocodeResult:
    """Return the same answer for another spelling of the same words."""
    return result if result.text == text else replace(result, text=text)
