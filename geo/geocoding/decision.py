"""From ranked readings to matches: what is sure, what a person has to look at."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.geocoding.lexing.lexicon import COMMUNE_TYPES, DISTRICT_TYPES
from geo.geocoding.place_index import PlaceLevel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoding.mentions import Mention
    from geo.geocoding.scoring import MentionReading

SURE: Final = 0.6
"""Matches with at least this confidence are certain; candidates stay below it."""

_HIGHEST_CANDIDATE: Final = 0.59
_MARKS_ONLY: Final = 0.5  # letters by which type or district must part names alike but for marks
_NEAR: Final = 0.59  # within this, the plain edit distance has to agree
_NEAR_TODAY: Final = 0.85  # the same, for a rival among the communes of today
_BELIEVED: Final = 0.2  # cost by letter of the name
_NEEDED: Final = 0.25  # letters by which the best has to be ahead, at least
_CANDIDATES: Final = 6
_WITHIN: Final = 1.25  # letters behind the likeliest: as far as another district's namesake is


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """A commune of today that a text names, and why it was taken for that one.

    ``confidence`` is at least 0.6 for what is certain and below that for a candidate.
    ``method`` names what led there: ``exact``, ``accents`` (only marks differ), ``one_letter``,
    ``letters``; ``former_commune``, ``former_part`` (a divided one), ``former_district``,
    ``zone``, with ``+accents`` … where the spelling differed and ``+other_type`` where the type
    word did. ``margin`` is by how many letters the runner-up is behind (below zero for a
    candidate that is itself behind); ``None`` when nothing else comes near. ``left_out`` are
    communes that got a sliver of a former one that is named: too small to be told from noise of
    the drawing.
    """

    code: str
    name: str
    confidence: float
    method: str
    matched_text: str
    runner_up: str | None
    margin: float | None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one mention."""

    sure: bool
    matches: tuple[CommuneMatch, ...]


def decide_mention(
    mention: Mention,
    ranked: Sequence[MentionReading],
    names: dict[str, str],
    neighbour: tuple[str, float] | None,
) -> Verdict:
    """Return the communes of the likeliest reading, or the candidates when it is not sure.

    ``names`` are the communes' full names by code; ``neighbour`` is the nearest other known
    name and its distance in letters, for a name that has no rival.
    """
    if not ranked:
        return Verdict(sure=False, matches=())
    best = ranked[0]
    rivals = [r for r in ranked if r.answer != best.answer]
    sure = not mention.loose and best.unit.sure and _is_clear(mention, best, rivals)
    parts = _list_commune_shares(best)
    if len(parts) > 1 and best.unit.level is PlaceLevel.FORMER:
        sure = sure and bool(mention.type or mention.district)  # else it may be a street's name
    margin = rivals[0].score - best.score if rivals else None
    if not sure:
        return Verdict(sure=False, matches=_list_candidates(mention, ranked, names))
    runner_up = rivals[0].unit.label if rivals else neighbour[0] if neighbour else None
    behind = margin if margin is not None else neighbour[1] if neighbour else None
    confidence = max(SURE, _compute_confidence(mention, best, margin))
    return Verdict(
        sure=True,
        matches=tuple(
            CommuneMatch(
                code,
                names[code],
                round(max(SURE, confidence * share), 3),
                _describe_method(mention, best),
                mention.text,
                runner_up,
                None if behind is None else round(behind, 2),
                best.unit.left_out,
            )
            for code, share in parts
        ),
    )


def refuse_verdict(verdict: Verdict) -> Verdict:
    """Return a verdict with its matches as candidates, for a name that the text puts elsewhere.

    What is only spelled nearly like a place of ours is then rather the other place's own name.
    """
    kept = (match for match in verdict.matches if "letter" not in match.method)
    matches = tuple(
        replace(match, confidence=min(match.confidence, _HIGHEST_CANDIDATE)) for match in kept
    )
    return Verdict(sure=False, matches=matches)


def _is_clear(mention: Mention, best: MentionReading, rivals: Sequence[MentionReading]) -> bool:
    """Return True if the best reading is so far ahead that it can be taken for certain."""
    if best.outside or _is_other_type(mention, best):
        return False
    if mention.district is not None and mention.district.loose:  # perhaps no district at all
        return not any(rival.spelled == best.spelled for rival in rivals)
    if mention.real_words and _is_unknown_name(mention, best):
        return False
    cost = best.gap.cost
    needed = _NEEDED if best.gap.letters <= 1 and cost <= 1.0 else 0.35 + 0.25 * (cost - 1)
    if best.unit.level is PlaceLevel.FORMER and best.gap.letters and mention.district is None:
        needed = max(needed, 0.8)
    return all(_is_far_behind(rival, best, max(needed, _NEEDED)) for rival in rivals)


def _is_other_type(mention: Mention, best: MentionReading) -> bool:
    """Return True if the type word is another and something else is wrong as well.

    A district never was of two kinds but at times the gazetteer knows.
    """
    if not mention.type or mention.inherited or best.unit.kind == mention.type:
        return False
    districts = best.unit.level is PlaceLevel.DISTRICT or mention.type in DISTRICT_TYPES
    return best.unit.level is not PlaceLevel.ZONE and (districts or best.gap.edits > 0)


def _is_far_behind(rival: MentionReading, best: MentionReading, needed: float) -> bool:
    """Return True if a rival is far enough behind the best reading."""
    ahead = rival.score - best.score + 1e-9
    if rival.spelled == best.spelled:  # of one name: company and period decide
        return ahead >= _NEEDED
    if ahead < needed:
        return False
    if rival.plain == best.plain and ahead < _MARKS_ONLY and not _has_all_marks(best):
        return False  # only marks tell them apart, and marks were damaged
    close = _NEAR_TODAY if best.gap.letters and rival.unit.level is PlaceLevel.COMMUNE else _NEAR
    # By plain letters the rival may be as near.
    return not best.gap.edits or ahead >= close or rival.gap.edits > best.gap.edits


def _has_all_marks(reading: MentionReading) -> bool:
    return reading.gap.diacritics + reading.gap.tones == 0


def _is_unknown_name(mention: Mention, best: MentionReading) -> bool:
    """Return True if a name of real words that is spelled otherwise is rather a name unknown here.

    A scan makes one wrong letter; two that happen to make real words are believed in a long name
    only, and one that happens to make a former commune's name only beside its district.
    """
    if best.unit.level is PlaceLevel.FORMER and best.gap.letters and mention.district is None:
        return True
    return best.gap.letters > 1 and best.gap.cost > _BELIEVED * len(best.plain)


def _list_commune_shares(reading: MentionReading) -> list[tuple[str, float]]:
    """Return the communes of a reading with the share each stands for; 1 where all count."""
    unit = reading.unit
    if unit.level is not PlaceLevel.FORMER:
        return [(code, 1.0) for code in unit.codes]
    return list(zip(unit.codes, unit.shares, strict=True))


def _list_candidates(
    mention: Mention, ranked: Sequence[MentionReading], names: dict[str, str]
) -> tuple[CommuneMatch, ...]:
    """Return the communes that a mention may mean, each once, likeliest first."""
    near = [r for r in ranked if r.score <= ranked[0].score + _WITHIN][:_CANDIDATES]
    weights = [math.exp((near[0].score - r.score) / 0.4) for r in near]
    total = sum(weights)
    candidates: dict[str, CommuneMatch] = {}
    for reading, weight in zip(near, weights, strict=True):
        others = [r for r in near if r.answer != reading.answer]
        base = _compute_confidence(mention, reading, None) * weight / total
        for code, share in _list_commune_shares(reading):
            confidence = round(min(_HIGHEST_CANDIDATE, base * share), 3)
            if code in candidates and candidates[code].confidence >= confidence:
                continue
            candidates[code] = CommuneMatch(
                code,
                names[code],
                confidence,
                _describe_method(mention, reading),
                mention.text,
                others[0].unit.label if others else None,
                round(others[0].score - reading.score, 2) if others else None,
            )
    return tuple(sorted(candidates.values(), key=lambda m: (-m.confidence, m.code)))


def _compute_confidence(mention: Mention, reading: MentionReading, margin: float | None) -> float:
    """Return how far a reading can be trusted: spelling, type word, kind of place, margin."""
    gap = reading.gap
    spelled = 1.0 - 0.1 * gap.cost if gap.letters else 1.0 - 0.12 * gap.cost
    if mention.bare and not gap.letters:
        spelled = 0.95
    typed = _compute_type_trust(mention, reading)
    unit = reading.unit
    kind = {
        PlaceLevel.COMMUNE: 1.0,
        PlaceLevel.FORMER: 0.97 if mention.district else 0.9,
        PlaceLevel.DISTRICT: 0.9,
        PlaceLevel.ZONE: 0.9 if len(unit.codes) == 1 else 0.8,
    }[unit.level]
    ahead = 1.0 if margin is None else min(1.0, 0.75 + 0.25 * margin)
    return spelled * typed * kind * ahead


def _compute_type_trust(mention: Mention, reading: MentionReading) -> float:
    if reading.unit.level is PlaceLevel.ZONE:
        return 1.0
    if not mention.type:
        return 0.97
    if reading.unit.kind != mention.type:
        return 0.95 if mention.inherited else 0.85
    return 0.99 if mention.inherited else 1.0


def _describe_method(mention: Mention, reading: MentionReading) -> str:
    gap = reading.gap
    spelled = ""
    if gap.letters:
        spelled = "one_letter" if gap.letters == 1 else "letters"
    elif gap.edits or (mention.bare and not reading.unit.name.isascii()):
        spelled = "accents"
    unit = reading.unit
    kind = {
        PlaceLevel.COMMUNE: "",
        PlaceLevel.FORMER: "former_part"
        if len(_list_commune_shares(reading)) > 1
        else "former_commune",
        PlaceLevel.DISTRICT: "former_district",
        PlaceLevel.ZONE: "zone",
    }[unit.level]
    method = "+".join(filter(None, (kind, spelled))) or "exact"
    typed = mention.type in COMMUNE_TYPES | DISTRICT_TYPES and not mention.inherited
    return f"{method}+other_type" if typed and unit.kind != mention.type else method
