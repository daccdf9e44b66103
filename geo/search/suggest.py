"""What a search box suggests: places by any name they have or had, and items of the caller.

A query is compared without accents, so ``thuy nguyen`` finds ``Thủy Nguyên``; but an accent that
was typed counts: hits that have it come first. Ranking is deterministic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.gazetteer import load_gazetteer
from geo.i18n import DEFAULT_LANGUAGE
from geo.search.query_variants import find_road_numbers, list_query_variants
from geo.search.ranking import (
    OTHER_ACCENTS,
    SAME_ACCENTS,
    SearchText,
    TextFit,
    find_best_fit,
    make_search_text,
    parse_query,
    stands_in,
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

__all__ = ["Kind", "NamedItem", "Suggestion", "find_nearest_suggestions", "find_suggestions"]

MAX_QUERY_LETTERS: Final = 100
"""Letters of a query that are read; what is longer is no name."""

_KINDS: Final = ("commune", "district", "former_unit", "zone", "item")
_TYPO_FROM: Final = 4  # letters from which one wrong letter is forgiven; two from twice as many
_CLOSE: Final = 40.0
_PER_WRONG_LETTER: Final = 10.0
_NOT_WHOLE: Final = 0.5  # of a wrong letter: the query is near the start of a longer name
_WORD_FROM: Final = 3  # letters by which a longer word may be known; a shorter one is whole
_ENOUGH_WORDS: Final = 0.34  # of the letters typed, for a name that is only near
_MOST_COMMON: Final = 0.05  # of all names: a word in more of them tells nothing
_NUMBER: Final = re.compile(r"\b\d\S*")
_PARTIAL: Final = 85.0  # of 100, for a typo inside a long text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One hit. ``key`` is a commune's code, a former unit's or zone's id, or the item's key.

    ``communes`` are codes of today (none: not known where). ``score`` never rises down a list.
    ``near``: nothing is named as was typed, and this is but for one or two letters.
    """

    kind: Kind
    key: str
    label: str
    communes: tuple[str, ...]
    score: float
    near: bool = False


class _SearchHit(NamedTuple):
    fit: TextFit
    entry: SearchEntry


def find_suggestions(
    query: str,
    limit: int = 8,
    extra: Iterable[NamedItem] = (),
    *,
    language: str = DEFAULT_LANGUAGE,
) -> list[Suggestion]:
    """Return the best hits for what was typed, best first; none for an empty query.

    Looks through communes, former units with their district, former districts (as sets), zones
    with their other names, and ``extra``. Finds starts, words, parts, and names with one wrong
    letter (two in long ones).
    """
    typed, *others = list_query_variants(query[:MAX_QUERY_LETTERS])
    variants = [parse_query(form, typed, find_road_numbers(form)) for form in (typed, *others)]
    if not variants[0].whole.plain or limit <= 0:
        return []
    entries = _list_entries(tuple(extra), language)
    hits = [
        _SearchHit(fit, entry) for entry in entries if (fit := find_best_fit(variants, entry.texts))
    ]
    near = not hits
    hits = sorted(hits or _find_close_entries(variants[0].whole, entries), key=_make_sort_key)
    return list(_list_suggestions(hits, limit, near=near))


def find_nearest_suggestions(
    query: str,
    limit: int = 4,
    extra: Iterable[NamedItem] = (),
    *,
    language: str = DEFAULT_LANGUAGE,
) -> list[Suggestion]:
    """Return what has some of the query's words, for a query that finds nothing; best first.

    At least a third of the letters typed stand in words that start a word of the name.
    """
    entries = _list_entries(tuple(extra), language)
    forms = [
        make_search_text(form).plain.split(" ")
        for form in list_query_variants(query[:MAX_QUERY_LETTERS])
    ]
    telling = {
        word
        for word in {word for words in forms for word in words}
        if _count_entries(word, entries) <= _MOST_COMMON * len(entries)
    }
    hits = []
    for entry in entries:
        told, found = max(
            _rate_words(words, telling, text.plain) for words in forms for text in entry.texts
        )
        if told >= _ENOUGH_WORDS:
            hits.append(_SearchHit(TextFit(OTHER_ACCENTS, told + found), entry))
    hits.sort(key=_make_sort_key)
    return list(_list_suggestions(hits, limit, near=True))


def _list_entries(items: tuple[NamedItem, ...], language: str) -> list[SearchEntry]:
    """Return everything that can be found; a zone that an item is itself is found as the item."""
    gazetteer = load_gazetteer()
    zones = {item.zone for item in items if item.zone}
    places = build_gazetteer_entries(gazetteer, language)
    return [
        *(entry for entry in places if entry.kind != "zone" or entry.key not in zones),
        *build_item_entries(items, gazetteer),
    ]


def _count_entries(word: str, entries: list[SearchEntry]) -> int:
    return sum(any(f" {word}" in f" {text.plain}" for text in entry.texts) for entry in entries)


def _rate_words(words: list[str], telling: set[str], plain: str) -> tuple[float, float]:
    """Return which part of a query's letters stand in words that start one of the name.

    Of telling words first, then of any.
    """
    letters = max(sum(map(len, words)), 1)
    text = f" {plain} "
    found = [
        word
        for word in words
        if f" {word}" in text and (word.isdigit() or len(word) >= _WORD_FROM or f" {word} " in text)
    ]
    told = sum(len(word) for word in found if word in telling)
    return told / letters, sum(map(len, found)) / letters


def _find_close_entries(query: SearchText, entries: list[SearchEntry]) -> list[_SearchHit]:
    """Return entries whose name, or its start, is the query but for one or two wrong letters.

    A digit is never wrong: another number is another road or project.
    """
    length = len(query.plain)
    forgiven = min(2, length // _TYPO_FROM)
    if not forgiven:
        return []
    numbers = _NUMBER.findall(query.plain)
    names = [
        (text, entry)
        for entry in entries
        for text in entry.texts
        if all(stands_in(number, text.plain) for number in numbers)
    ]
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
    if not best and length >= 2 * _TYPO_FROM:
        for text, entry in names:
            near = TextFit(OTHER_ACCENTS, _rate_part(query.plain, text.plain) / 10)
            if near.fit and (id(entry) not in best or best[id(entry)].fit < near):
                best[id(entry)] = _SearchHit(near, entry)
    return list(best.values())


def _rate_part(query: str, name: str) -> float:
    """Return how well a query fits a part of a name, of 100; 0: a word of it is not there."""
    if len(name) < len(query) or not all(
        any(OSA.distance(word, other) <= len(word) // _TYPO_FROM for other in name.split(" "))
        for word in query.split(" ")
    ):
        return 0.0
    return fuzz.partial_ratio(query, name, score_cutoff=_PARTIAL)


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


def _list_suggestions(hits: list[_SearchHit], limit: int, *, near: bool) -> Iterator[Suggestion]:
    """Yield the hits, one for each place to a reader."""
    seen: set[tuple[object, ...]] = set()
    for fit, entry in hits:
        if entry.same in seen:
            continue
        seen.add(entry.same)
        score = 100.0 * fit.accent + fit.fit
        yield Suggestion(entry.kind, entry.key, entry.label, entry.communes, score, near)
        if len(seen) == limit:
            return
