"""Parks, clusters and economic zones by the names that reports give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from geo.gazetteer import load_gazetteer
from geo.text import fold_text, normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final = frozenset({"industrial_park", "industrial_cluster", "economic_zone"})
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
