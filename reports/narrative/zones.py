"""Parks, clusters and economic zones by the names that reports give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz

from geo.gazetteer import load_gazetteer
from geo.text import fold_text, normalise_spelling

KINDS: Final = frozenset({"industrial_park", "industrial_cluster", "economic_zone"})
ZoneNameKind = Literal["park", "cluster", "zone"]
"""Which kind of zone a type word says."""
_KIND_OF_WORD: Final[dict[ZoneNameKind, str]] = {
    "park": "industrial_park",
    "cluster": "industrial_cluster",
    "zone": "economic_zone",
}
_LIKE: Final = 88
_CLEAR: Final = 4
"""By how much the best name has to be ahead of another zone's."""
_WORTH_ASKING: Final = 60
_TYPE: Final = re.compile(
    r"^(?:(?:du an )?(khu cong nghiep|kcn|cum cong nghiep|ccn|khu kinh te|kkt"
    r"|khu thuong mai tu do)\s+)"
)
_KINDS_BY_WORD: Final = {
    ("khu cong nghiep", "kcn"): "industrial_park",
    ("cum cong nghiep", "ccn"): "industrial_cluster",
    ("khu kinh te", "kkt", "khu thuong mai tu do"): "economic_zone",
}
_MARKS: Final = re.compile(r"\b(?:\d+|khu [a-h]|mo rong)\b")
_PHASE: Final = re.compile(r"giai doan \d+(?: \d+)*")
_SUFFIX: Final = re.compile(r"(?: khu (?:[a-h]|\d)| mo rong| giai doan \d+(?: \d+)*)+$")
_NUMBERS: Final = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5",
    **{f"0{digit}": str(digit) for digit in range(1, 10)},
}  # fmt: skip
_EDGES: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Zone:
    """A zone of the gazetteer with the plain forms of its names."""

    zone: str
    kind: str
    name: str
    communes: tuple[str, ...]
    confidence: str
    names: tuple[str, ...]


@cache
def load_zones() -> tuple[Zone, ...]:
    """Return the parks, clusters and economic zones of the gazetteer."""
    zones: list[Zone] = []
    for row in load_gazetteer().zones.to_dict("records"):
        if row["kind"] in KINDS:
            spellings = [row["name"], *str(row["aliases"]).split(";")]
            names = tuple(dict.fromkeys(filter(None, (_simplify_name(name) for name in spellings))))
            communes = tuple(str(row["communes"]).split())
            zones.append(
                Zone(row["zone"], row["kind"], row["name"], communes, row["confidence"], names)
            )
    return tuple(zones)


@cache
def get_zone(zone_id: str) -> Zone | None:
    """Return the zone of an id, ``None`` if the gazetteer has none."""
    return next((zone for zone in load_zones() if zone.zone == zone_id), None)


def match_zone(name: str, *, kind: str = "") -> tuple[Zone | None, tuple[tuple[str, float], ...]]:
    """Return the zone that a name means, or ``None`` and the candidates with their likeness.

    A name that another zone's name goes on from ("Tiên Lãng": 1 or 2) or that a park and a
    cluster have is not decided; letters may be misread, numbers and "mở rộng" may not.
    """
    key = _make_key(name)
    if not key:
        return None, ()
    kind = kind or read_kind(name)
    pool = [zone for zone in load_zones() if not kind or zone.kind == kind]
    known = {zone.zone: [_make_key(own) for own in zone.names] for zone in pool}
    without_phase = _PHASE.sub("", key).strip()
    for wanted in (key, without_phase):
        exact = [zone for zone in pool if wanted in known[zone.zone]]
        if wanted != key:
            exact = [zone for zone in exact if not _PHASE.search(_make_key(zone.name))]
        if exact:
            return _decide([(100.0, zone) for zone in exact])
    begun = [
        (max(fuzz.ratio(key, own) for own in known[zone.zone]), zone)
        for zone in pool
        if any(own.startswith(key + " ") for own in known[zone.zone])
    ]
    if begun:
        rests = {own[len(key) :] for own in known[begun[0][1].zone] if own.startswith(key + " ")}
        only_suffixes = any(_SUFFIX.fullmatch(rest) and "mo rong" not in rest for rest in rests)
        return _decide(begun) if only_suffixes else _list_candidates(begun)
    likes = [
        (max((fuzz.ratio(key, own) for own in known[zone.zone]), default=0.0), zone)
        for zone in pool
    ]
    best = sorted(likes, key=lambda like: -like[0])
    near = [
        (score, zone)
        for score, zone in best
        if score >= _LIKE and any(_read_marks(own) == _read_marks(key) for own in known[zone.zone])
    ]
    if near and (len(near) == 1 or near[0][0] - near[1][0] >= _CLEAR):
        return near[0][1], ()
    return _list_candidates([like for like in best[:3] if like[0] > _WORTH_ASKING])


def _decide(
    matches: list[tuple[float, Zone]],
) -> tuple[Zone | None, tuple[tuple[str, float], ...]]:
    return (matches[0][1], ()) if len(matches) == 1 else _list_candidates(matches)


def _list_candidates(
    likes: list[tuple[float, Zone]],
) -> tuple[None, tuple[tuple[str, float], ...]]:
    return None, tuple((zone.zone, round(score / 100, 2)) for score, zone in likes)


def _read_marks(key: str) -> tuple[str, ...]:
    """Return what tells parks of one name apart: numbers, parts, "mở rộng"."""
    return tuple(_MARKS.findall(key))


def read_kind(name: str) -> str:
    """Return the kind that the type word before a name says, '' without one."""
    typed = _TYPE.match(_EDGES.sub(" ", fold_text(normalise_spelling(name))).strip() + " ")
    word = typed[1] if typed else ""
    return next((kind for words, kind in _KINDS_BY_WORD.items() if word in words), "")


def find_zone_by_name(name: str, kind: ZoneNameKind, phase: str = "") -> Zone | None:
    """Return the zone that a name of a kind means, dashes, tones and Roman numbers aside.

    Nothing is taken for being similar: "Giang Biên 2" is not "Giang Biên". A zone that is one
    phase of a park is not meant where the text states another.
    """
    keys = _index_names(kind)
    key, phase_key = _make_key(name), _make_key(phase).replace("gd ", "giai doan ")
    own = _PHASE.search(key)
    if own and not phase_key:
        phase_key, key = own[0], " ".join(_PHASE.sub(" ", key).split())
    zone = keys.get(f"{key} {phase_key}".strip()) or keys.get(key) or keys.get(_drop_city(key))
    if kind == "zone" and not _is_told_apart(name, key, zone):
        return None
    if zone and phase_key:
        own_phase = _PHASE.search(_make_key(zone.name))
        if own_phase and own_phase[0] != phase_key:
            return None
    return zone


def _is_told_apart(name: str, key: str, zone: Zone | None) -> bool:
    """Return False for a free trade zone where an economic one is named, and the other way round.

    "Khu kinh tế Hải Phòng" has the free trade zone's name but for its type words.
    """
    typed = _TYPE.match(_EDGES.sub(" ", fold_text(normalise_spelling(name))).strip() + " ")
    if zone is None or (typed is None and key not in {"hai phong", "hp"}):
        return True
    free_trade = typed is not None and typed[1].startswith("khu thuong")
    return (zone.zone == find_free_trade_zone()) == free_trade


def measure_known_name(folded: str, start: int, kind: ZoneNameKind) -> int:
    """Return where the longest known name ends that begins at a position, else the position."""
    known = _compile_names(kind).match(folded, start)
    return known.end() if known else start


@cache
def find_free_trade_zone() -> str:
    """Return the id of the city's free trade zone, '' if the gazetteer has none."""
    named = (zone.zone for zone in load_zones() if fold_text(zone.name).startswith("khu thuong"))
    return next(named, "")


@cache
def _index_names(kind: ZoneNameKind) -> dict[str, Zone]:
    """Return the zones of a kind by the keys of their names; a name of two zones is none's."""
    owners: dict[str, set[Zone]] = {}
    for zone in load_zones():
        if zone.kind == _KIND_OF_WORD[kind]:
            for name in zone.names:
                owners.setdefault(_make_key(name), set()).add(zone)
    return {key: next(iter(zones)) for key, zones in owners.items() if len(zones) == 1}


@cache
def _compile_names(kind: ZoneNameKind) -> re.Pattern[str]:
    """Return the pattern of a kind's names without their suffixes, the longest first."""
    names: set[str] = set()
    for zone in load_zones():
        if zone.kind == _KIND_OF_WORD[kind]:
            names.update(_SUFFIX.sub("", name) for name in zone.names)
    spelled = (
        r"[ \u00a0–—/-]{1,3}".join(map(re.escape, name.split()))
        for name in sorted(names - {""}, key=len, reverse=True)
    )
    return re.compile(rf"(?:{'|'.join(spelled)})(?![a-z0-9])")


@lru_cache(maxsize=4096)
def _make_key(name: str) -> str:
    """Return a name by which it is looked up: plain, numbers apart and in one form."""
    words = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", _simplify_name(name))
    words = re.sub(r"\b(?:cua|thanh pho|tp|tinh)\b", " ", words)
    return " ".join(_NUMBERS.get(word, word) for word in words.split())


def _drop_city(key: str) -> str:
    return re.sub(r"(?: (?:hai phong|hp|hai duong))+$", "", key)


def clean_zone_name(raw: str) -> str:
    """Return a name from a list without its number, dates in brackets and closing words."""
    text = re.sub(r"^\W*(?:\(?\d{1,2}[).]\s*)?", "", normalise_spelling(raw))
    text = re.sub(r"\(\s*ngày [^)]*\)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s(?:với tổng|, tổng|và \d+ KCN|tổng diện tích).*$", "", text)
    return text.strip(" .,;:")


def _simplify_name(name: str) -> str:
    words = _EDGES.sub(" ", fold_text(normalise_spelling(name))).strip()
    return _TYPE.sub("", words + " ").strip()
