"""Parks, clusters and economic zones by the names that reports give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz import fuzz

from geo.gazetteer import load_gazetteer
from geo.text import fold_text, normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_TYPE: Final = re.compile(
    r"^(?:(?:du an )?(?:khu cong nghiep|kcn|cum cong nghiep|ccn|khu kinh te|kkt"
    r"|khu thuong mai tu do)\s+)"
)
_TYPED: Final = re.compile(
    r"\b(?:khu cong nghiep|kcn|cum cong nghiep|ccn|khu kinh te|kkt|khu thuong mai tu do"
    r"|khu phi thue quan)\b"
)
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


def match_zone(name: str, *, kind: str = "") -> tuple[Zone | None, tuple[tuple[str, float], ...]]:
    """Return the zone that a name means, or ``None`` and the candidates with their likeness.

    A name that another zone's name only goes on from ("Tiên Lãng": 1 or 2) is not decided.
    """
    wanted_name = _simplify_name(name)
    if not wanted_name:
        return None, ()
    scored: dict[str, tuple[float, Zone]] = {}
    for zone in load_zones():
        if kind and zone.kind != kind:
            continue
        score = max(fuzz.ratio(wanted_name, known) for known in zone.names)
        scored[zone.zone] = (score, zone)
    best = sorted(scored.values(), key=lambda candidate: -candidate[0])[:3]
    begun = [
        candidate
        for candidate in scored.values()
        if any(k.startswith(wanted_name + " ") for k in candidate[1].names)
    ]
    exact = [candidate for candidate in best if wanted_name in candidate[1].names]
    if exact:
        return exact[0][1], ()
    if begun and wanted_name not in {"", *best[0][1].names}:
        if len(begun) == 1:
            return begun[0][1], ()
        return None, tuple((zone.zone, round(score / 100, 2)) for score, zone in begun)
    if best and best[0][0] >= _LIKE and (len(best) == 1 or best[0][0] - best[1][0] >= _CLEAR):
        return best[0][1], ()
    return None, tuple((zone.zone, round(score / 100, 2)) for score, zone in best if score > 60)  # noqa: PLR2004


def find_zone_by_name(name: str, kind: ZoneNameKind, phase: str = "") -> Zone | None:
    """Return the zone that a name of a kind means, dashes, tones and Roman numbers aside.

    Nothing is taken for being similar: "Giang Biên 2" is not "Giang Biên". A zone that is one
    phase of a park is not meant where the text states another.
    """
    keys = _index_names(kind)
    key, phase_key = _make_key(name), _make_key(phase).replace("gd ", "giai doan ")
    zone = keys.get(f"{key} {phase_key}".strip()) or keys.get(key) or keys.get(_drop_city(key))
    if zone and phase_key:
        own_phase = _PHASE.search(_make_key(zone.name))
        if own_phase and own_phase[0] != phase_key:
            return None
    return zone


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
        r"\W{1,3}".join(map(re.escape, name.split()))
        for name in sorted(names - {""}, key=len, reverse=True)
    )
    return re.compile(rf"(?:{'|'.join(spelled)})(?![a-z0-9])")


def _make_key(name: str) -> str:
    """Return a name by which it is looked up: plain, numbers apart and in one form."""
    words = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", _simplify_name(name))
    words = re.sub(r"\b(?:cua|thanh pho|tp|tinh)\b", " ", words)
    return " ".join(_NUMBERS.get(word, word) for word in words.split())


def _drop_city(key: str) -> str:
    return re.sub(r"(?: (?:hai phong|hp|hai duong))+$", "", key)


def find_named_zones(text: str) -> Iterator[tuple[Zone, int, int]]:
    """Yield the zones that a sentence names with their type word, with where they stand."""
    folded = fold_text(text)
    if len(folded) != len(text):
        return
    for typed in _TYPED.finditer(folded):
        rest = folded[typed.end() : typed.end() + 70]
        plain_rest = _EDGES.sub(" ", rest).strip()
        best: tuple[int, Zone] | None = None
        for zone in load_zones():
            for known in zone.names:
                fits = plain_rest == known or plain_rest.startswith(known + " ")
                if (
                    fits
                    and _is_of_kind(typed[0], zone.kind)
                    and (best is None or len(known) > best[0])
                ):
                    best = (len(known), zone)
        if best:
            end = typed.end() + _measure_reach(rest, best[0])
            yield best[1], typed.start(), end


def clean_zone_name(raw: str) -> str:
    """Return a name from a list without its number, dates in brackets and closing words."""
    text = re.sub(r"^\W*(?:\(?\d{1,2}[).]\s*)?", "", normalise_spelling(raw))
    text = re.sub(r"\(\s*ngày [^)]*\)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s(?:với tổng|, tổng|và \d+ KCN|tổng diện tích).*$", "", text)
    return text.strip(" .,;:")


def _simplify_name(name: str) -> str:
    words = _EDGES.sub(" ", fold_text(normalise_spelling(name))).strip()
    return _TYPE.sub("", words + " ").strip()


def _is_of_kind(word: str, kind: str) -> bool:
    if word in {"kcn", "khu cong nghiep", "khu phi thue quan"}:
        return kind == "industrial_park"
    if word in {"ccn", "cum cong nghiep"}:
        return kind == "industrial_cluster"
    return kind == "economic_zone"


def _measure_reach(rest: str, letters: int) -> int:
    """Return how far in a text a plain name of so many characters goes."""
    plain, position = 0, 0
    lead = len(rest) - len(rest.lstrip(" -–(,."))
    for position, letter in enumerate(rest[lead:], lead + 1):
        plain += (
            1
            if letter.isalnum() or (letter != " " or rest[position - 2 : position - 1].isalnum())
            else 0
        )
        if plain >= letters:
            break
    return position
