"""What a search box suggests: places by any name they have or had, and items of the caller.

A query is compared without accents, so ``thuy nguyen`` finds ``Thủy Nguyên``; but an accent that
was typed counts: hits that have it come first. Ranking is deterministic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.i18n import DEFAULT_LANGUAGE
from geo.search.ranking import (
    OTHER_ACCENTS,
    SAME_ACCENTS,
    WORDS,
    SearchText,
    TextFit,
    find_best_fit,
    parse_query,
)
from geo.search.search_index import (
    Kind,
    NamedItem,
    SearchEntry,
    build_gazetteer_entries,
    build_item_entries,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Kind", "NamedItem", "Suggestion", "find_suggestions"]

MAX_QUERY_LETTERS: Final = 100
"""Letters of a query that are read; what is longer is no name."""

_KINDS: Final = ("commune", "district", "former_unit", "zone", "item")
_TYPO_FROM: Final = 4  # letters from which one wrong letter is forgiven; two from twice as many
_CLOSE: Final = 40.0
_PER_WRONG_LETTER: Final = 10.0
_NOT_WHOLE: Final = 0.5  # of a wrong letter: the query is near the start of a longer name
_PARTIAL: Final = 85.0  # of 100, for a typo inside a long text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One hit. ``key`` is a commune's code, a former unit's or zone's id, or the item's key.

    ``communes`` are codes of today (none: not known where). ``score`` never rises down a list.
    """

    kind: Kind
    key: str
    label: str
    communes: tuple[str, ...]
    score: float


class _SearchHit(NamedTuple):
    fit: TextFit
    entry: SearchEntry


def find_suggestions(
    query: str,
    limit: int = 8,
    extra: Iterable[NamedItem] = (),
    *,
    gazetteer: Gazetteer | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> list[Suggestion]:
    """Return the best hits for what was typed, best first; none for an empty query.

    Looks through communes, former units with their district, former districts (as sets), zones
    with their other names, and ``extra``. Finds starts, words, parts, and names with one wrong
    letter (two in long ones). ``gazetteer``: the program's own when not given.
    """
    parsed = parse_query(query[:MAX_QUERY_LETTERS])
    if not parsed.whole.plain or limit <= 0:
        return []
    entries = [
        *build_gazetteer_entries(gazetteer or load_gazetteer(), language),
        *build_item_entries(tuple(extra)),
    ]
    hits = [
        _SearchHit(fit, entry) for entry in entries if (fit := find_best_fit(parsed, entry.texts))
    ]
    if not any(hit.fit.fit >= WORDS for hit in hits):
        hit_ids = {id(hit.entry) for hit in hits}
        hits += _find_close_entries(
            parsed.whole, [entry for entry in entries if id(entry) not in hit_ids]
        )
    hits.sort(key=_make_sort_key)
    return list(_list_suggestions(hits, limit))


def _find_close_entries(query: SearchText, entries: list[SearchEntry]) -> list[_SearchHit]:
    """Return entries whose name, or its start, is the query but for one or two wrong letters."""
    length = len(query.plain)
    forgiven = min(2, length // _TYPO_FROM)
    if not forgiven:
        return []
    names = [(text, entry) for entry in entries for text in entry.texts]
    wholes = _count_wrong_letters(
        query.plain, [text.plain[: text.own] for text, _ in names], forgiven
    )
    starts = _count_wrong_letters(query.plain, [text.plain[:length] for text, _ in names], forgiven)
    best: dict[int, _SearchHit] = {}
    for (text, entry), whole, start in zip(names, wholes, starts, strict=True):
        wrong = min(whole, start + _NOT_WHOLE)
        if wrong > forgiven:
            continue
        fit = TextFit(
            _rate_typo_accents(query, text, int(wrong)), _CLOSE - _PER_WRONG_LETTER * wrong
        )
        if id(entry) not in best or best[id(entry)].fit < fit:
            best[id(entry)] = _SearchHit(fit, entry)
    if best or length < 2 * _TYPO_FROM:
        return list(best.values())
    return [
        _SearchHit(TextFit(OTHER_ACCENTS, near / 10), entry)
        for entry in entries
        if (near := fuzz.partial_ratio(query.plain, entry.texts[-1].plain, score_cutoff=_PARTIAL))
    ]


def _count_wrong_letters(query: str, names: list[str], forgiven: int) -> list[float]:
    """Return how many letters of each name are wrong; above ``forgiven``: too many."""
    distances = process.cdist([query], names, scorer=OSA.distance, score_cutoff=forgiven)
    return [float(wrong) for wrong in distances[0]]


def _rate_typo_accents(query: SearchText, text: SearchText, wrong: int) -> int:
    if query.accented == query.plain:
        return SAME_ACCENTS
    near = OSA.distance(query.accented, text.accented[: len(query.accented)]) <= wrong
    return SAME_ACCENTS if near else OTHER_ACCENTS


def _make_sort_key(hit: _SearchHit) -> tuple[object, ...]:
    entry = hit.entry
    return (
        -hit.fit.accent,
        -hit.fit.fit,
        _KINDS.index(entry.kind),
        len(entry.texts[0].plain),
        -entry.ended.toordinal(),
        entry.label,
        entry.key,
    )


def _list_suggestions(hits: list[_SearchHit], limit: int) -> Iterator[Suggestion]:
    """Yield the hits, one for each place to a reader."""
    seen: set[tuple[object, ...]] = set()
    for fit, entry in hits:
        if entry.same in seen:
            continue
        seen.add(entry.same)
        score = 100.0 * fit.accent + fit.fit
        yield Suggestion(entry.kind, entry.key, entry.label, entry.communes, score)
        if len(seen) == limit:
            return
