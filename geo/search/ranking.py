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

    ``word`` is the longest word of the name: what has it not, does not fit.
    """

    whole: SearchText
    name: SearchText
    word: str


def parse_query(query: str) -> SuggestQuery:
    """Return what a query asks for."""
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
    return SuggestQuery(whole, name, max(name.plain.split(" "), key=len))


def find_best_fit(queries: Sequence[SuggestQuery], texts: tuple[SearchText, ...]) -> TextFit | None:
    """Return the fit of the best of some texts for the best of a query's variants, or ``None``."""
    best: TextFit | None = None
    for query, text in product(queries, texts):
        if query.word not in text.plain:
            continue
        fit = _fit_text(query.whole, text) or _fit_scattered_words(query, text)
        if query.name is not query.whole and (named := _fit_text(query.name, text)):
            named = TextFit(named.accent, named.fit - OTHER_TYPE)
            fit = named if fit is None else max(fit, named)
        if fit is not None and (best is None or fit > best):
            best = fit
    return best


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
    position = text.plain.find(query.plain)
    if position < 0:
        return None
    if (
        position
        and text.plain[position - 1] != " "
        and (word := text.plain.find(" " + query.plain)) >= 0
    ):
        position = word + 1
    end = position + len(query.plain)
    whole = _WHOLE_WORD if text.plain[end : end + 1] in ("", " ") else 0.0
    if position >= text.own:
        fit = AROUND
    elif not position:
        fit = EQUAL if end == len(text.plain) else START + whole
    else:
        fit = WORDS + whole if text.plain[position - 1] == " " else INSIDE
    return TextFit(rate_accents(query, text, position), fit)


def _fit_scattered_words(query: SuggestQuery, text: SearchText) -> TextFit | None:
    """Return a fit when every word of the query starts a word of the text, in any order."""
    words = query.whole.plain.split(" ")
    plain = " " + text.plain
    places = [plain.find(" " + word) for word in words]
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
