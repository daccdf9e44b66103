"""How well a name fits what was typed into a search box."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.text import fold_text, normalise_spelling, strip_tones

if TYPE_CHECKING:
    from collections.abc import Sequence

EQUAL: Final = 100.0
START: Final = 90.0
WORDS: Final = 80.0
"""The query stands in the name, from the start of a word. A whole last word adds a little."""
SCATTERED: Final = 70.0
"""The query's words all start words of the name, not side by side."""
INSIDE: Final = 60.0
AROUND: Final = 50.0
"""The query names only what the place lay in, its district."""
OTHER_TYPE: Final = 20.0
"""Taken off where the query's type word is not the name's: ``xã`` for what is a ``phường``."""
_WHOLE_WORD: Final = 5.0

SAME_ACCENTS, THEIR_ACCENTS, THEIR_LETTERS, OTHER_ACCENTS = 3, 2, 1, 0
"""The name has the accents typed; has them where some were typed; letters but not tones; no."""

_SPOKEN: Final = {
    "p": "phường",
    "x": "xã",
    "tt": "thị trấn",
    "tx": "thị xã",
    "tp": "thành phố",
    "q": "quận",
    "h": "huyện",
    "kcn": "khu công nghiệp",
    "ccn": "cụm công nghiệp",
    "kkt": "khu kinh tế",
    "kđt": "khu đô thị",
    "kdt": "khu đô thị",
}
_TYPE_WORDS: Final = tuple(fold_text(word) for word in (*_SPOKEN.values(), "tỉnh", "đặc khu"))
_SHORTEST_NAME: Final = 3
_NO_WORD: Final = re.compile(r"[\W_]+")


class SearchText(NamedTuple):
    """Words parted by single spaces: without marks, without tones, as written (small letters).

    ``own``: how many letters of it are the name itself; the rest says what it lay in.
    """

    plain: str
    letters: str
    accented: str
    own: int


class TextFit(NamedTuple):
    """How well a text fits: first by accents, then by place."""

    accent: int
    fit: float


def make_search_text(name: str, around: str = "") -> SearchText:
    """Return the forms of a name, and of what it lay in behind it."""
    own = " ".join(split_words(name))
    accented = " ".join([own, *split_words(around)])
    return SearchText(fold_text(accented), strip_tones(accented), accented, len(own))


class SuggestQuery(NamedTuple):
    """A query: ``whole``, its type word written out, and ``name``, without its type word.

    ``word`` is the longest word of the name: what has it not, does not fit. ``put_in`` are the
    words that nobody typed (``quốc lộ`` for ``QL``, ``v`` for ``5``): they are not begun, so no
    longer word will do for them. ``roads`` are the roads it names, each with its number.
    """

    whole: SearchText
    name: SearchText
    word: str
    put_in: frozenset[str] = frozenset()
    roads: tuple[str, ...] = ()


def parse_query(query: str, typed: str | None = None, roads: tuple[str, ...] = ()) -> SuggestQuery:
    """Return what a query asks for; it was ``typed`` so, or is another way to write that."""
    words = split_words(query)
    if len(words) > 1 and words[0] in _SPOKEN:
        spoken, rest = _SPOKEN[words[0]], " ".join(words[1:])
        words[0] = fold_text(spoken) if rest == fold_text(rest) else spoken
    whole = name = make_search_text(" ".join(words))
    for word in _TYPE_WORDS:
        if whole.plain.startswith(word + " "):
            name = make_search_text(whole.accented[len(word) + 1 :])
            break
    if len(name.plain) < _SHORTEST_NAME:
        name = whole
    given = {fold_text(word) for word in split_words(query if typed is None else typed)}
    put_in = frozenset() if typed is None else frozenset(whole.plain.split(" ")) - given
    return SuggestQuery(whole, name, max(name.plain.split(" "), key=len), put_in, roads)


def find_best_fit(queries: Sequence[SuggestQuery], texts: tuple[SearchText, ...]) -> TextFit | None:
    """Return the fit of the best of some texts for the best of a query's variants, or ``None``."""
    best: TextFit | None = None
    for query, text in product(queries, texts):
        if query.word not in text.plain or not _has_given_words(query, text.plain):
            continue
        fit = _fit_text(query.whole, text) or _fit_scattered_words(query, text)
        if query.name is not query.whole and (named := _fit_text(query.name, text)):
            named = TextFit(named.accent, named.fit - OTHER_TYPE)
            fit = named if fit is None else max(fit, named)
        if fit is not None and (best is None or fit > best):
            best = fit
    return best


def _has_given_words(query: SuggestQuery, plain: str) -> bool:
    return all(stands_in(word, plain, whole=True) for word in query.put_in) and all(
        stands_in(road, plain) for road in query.roads
    )


def stands_in(word: str, plain: str, *, whole: bool = False) -> bool:
    """Return True if a word of a name is this one, or begins with it unless ``whole``.

    A number is no part of a longer one: ``5`` is not in ``51``, but ``5b`` may follow it.
    """
    padded, at = f" {plain} ", -1
    while (at := padded.find(" " + word, at + 1)) >= 0:
        end = at + 1 + len(word)
        if parts_number(padded, end):
            continue
        if not whole or word[-1:].isdigit() or padded[end] == " ":
            return True
    return False


def parts_number(text: str, at: int) -> bool:
    """Return True if the digits on both sides of a place are of one number."""
    return 0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit()


def rate_accents(query: SearchText, text: SearchText, start: int = 0) -> int:
    """Return how far the accents that were typed are those of the text from ``start`` on."""
    if query.accented == query.plain:
        return SAME_ACCENTS
    end = start + len(query.plain)
    accented, plain = text.accented[start:end], text.plain[start:end]
    if query.accented == accented:
        return SAME_ACCENTS
    if _matches_letters(query.accented, accented, plain):
        return THEIR_ACCENTS
    return THEIR_LETTERS if _matches_letters(query.letters, text.letters[start:end], plain) else 0


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters, tones in the classic place, without signs."""
    return _NO_WORD.sub(" ", normalise_spelling(text).lower()).split()


def _fit_text(query: SearchText, text: SearchText) -> TextFit | None:
    position = _find_place(query.plain, text.plain)
    if position < 0:
        return None
    end = position + len(query.plain)
    whole = _WHOLE_WORD if text.plain[end : end + 1] in ("", " ") else 0.0
    if position >= text.own:
        fit = AROUND
    elif not position:
        fit = EQUAL if end == len(text.plain) else START + whole
    else:
        fit = WORDS + whole if text.plain[position - 1] == " " else INSIDE
    return TextFit(rate_accents(query, text, position), fit)


def _find_place(query: str, name: str) -> int:
    """Return where a query stands in a name, from the start of a word if it can; -1: nowhere.

    A number stands whole: a query neither begins nor ends within one.
    """
    places = []
    at = name.find(query)
    while at >= 0:
        if not parts_number(name, at) and not parts_number(name, at + len(query)):
            places.append(at)
        at = name.find(query, at + 1)
    starts = (place for place in places if not place or name[place - 1] == " ")
    return next(starts, places[0] if places else -1)


def _fit_scattered_words(query: SuggestQuery, text: SearchText) -> TextFit | None:
    """Return a fit when every word of the query starts a word of the text, in any order."""
    words = query.whole.plain.split(" ")
    plain = " " + text.plain
    places = [_find_place(" " + word, plain) for word in words]
    if len(words) == 1 or min(places) < 0:
        return None
    typed = zip(
        query.whole.accented.split(" "), query.whole.letters.split(" "), words, places, strict=True
    )
    accent = min(
        rate_accents(SearchText(word, letters, accented, 0), text, place)
        for accented, letters, word, place in typed
    )
    named = min(places[-len(query.name.plain.split(" ")) :])
    return TextFit(accent, SCATTERED if named < text.own else AROUND)


def _matches_letters(typed: str, accented: str, plain: str) -> bool:
    """Return True if each letter typed is the one there, or the one there without its marks."""
    return all(a in (b, c) for a, b, c in zip(typed, accented, plain, strict=False))
