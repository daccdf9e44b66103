"""Vietnamese text: one way of writing each word, and the plainer forms that matching needs.

A Vietnamese syllable carries a tone mark on one vowel. The same word reaches us composed or
decomposed (NFC, NFD), and with the mark in the classic place (``Hòa``, ``Thủy``) or the newer one
(``Hoà``, ``Thuỷ``). ``normalise_spelling`` makes these one; ``strip_tones`` and ``fold_text`` go on
to the forms that a search or a matcher compares.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
_PLAIN_VOWELS: Final = "aăâeêioôơuưy"
_MARKED_VOWELS: Final = frozenset("ăâêôơư")


def to_nfc(text: str) -> str:
    """Return the text composed (Unicode NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def normalise_spelling(text: str) -> str:
    """Return the text in NFC, tones in the classic place, single spaces, none at the ends.

    Case and diacritics stay. Look-alikes of ``Đ`` that scans and old fonts bring (``Ð``, ``Ɖ``)
    become ``Đ``; zero-width characters go.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
        # Taking a zero-width character out may bring a letter and its mark together.
        return " ".join(map(_respell_word, unicodedata.normalize("NFC", text).split()))
    return " ".join(text.split())


def strip_tones(text: str) -> str:
    """Return the text in NFC without tone marks; ``ăâêôơưđ`` and the case stay.

    Letters keep their number: position ``i`` of the result is position ``i`` of ``nfc(text)``
    wherever marks are composed with their letters, which is so in all Vietnamese.
    """
    return text if text.isascii() else to_nfc(to_nfc(text).translate(_WITHOUT_TONE))


def fold_text(text: str) -> str:
    """Return the text in lower case with no tones and no diacritics (``Đồ Sơn``: ``do son``).

    Latin letters of other languages lose their marks as well, for scans put them in. Positions
    are those of ``nfc(text)``, as with ``strip_tones``. Spaces stay as they are.
    """
    if text.isascii():
        return text.lower()
    return to_nfc(to_nfc(text).casefold().translate(_WITHOUT_MARKS))


def _list_toned_vowels() -> dict[str, tuple[str, str]]:
    """Return every vowel with a tone, as ``{letter: (letter without the tone, tone)}``."""
    letters: dict[str, tuple[str, str]] = {}
    for vowel in _PLAIN_VOWELS + _PLAIN_VOWELS.upper():
        for tone in _TONES:
            letters[unicodedata.normalize("NFC", vowel + tone)] = (vowel, tone)
    return letters


def _build_mark_table() -> dict[int, str | None]:
    """Return the table from each Latin letter with a mark to its plain letter, in lower case."""
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code).casefold())[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    table.update({ord(letter): "d" for letter in "đðɖ"})
    return table


_TONED: Final = _list_toned_vowels()
CAPITALS: Final = "A-ZĐĂÂÊÔƠƯ" + "".join(letter for letter in _TONED if letter.isupper())
"""Vietnam's capital letters, to stand between the brackets of a regular expression."""

_WITHOUT_TONE: Final[dict[int, str | None]] = {
    **{ord(letter): plain for letter, (plain, _) in _TONED.items()},
    **{ord(tone): None for tone in _TONES},
}
_WITHOUT_MARKS: Final = _build_mark_table()
_LOOKALIKES: Final[dict[int, str | None]] = {
    ord("Ð"): "Đ",
    ord("Ɖ"): "Đ",
    ord("ð"): "đ",
    ord("ɖ"): "đ",
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD)),
}

_VOWEL_CLASS: Final = _PLAIN_VOWELS + _PLAIN_VOWELS.upper() + "".join(_TONED)
# Two vowels or more, with what decides where their tone belongs: a q or g before (``quý``,
# ``giá``), a closing consonant behind (``hoàn`` but ``hòa``). A capital after a small letter
# starts the next word (``HòaNghĩa``). A vowel with a stray mark is left alone.
_VOWELS: Final = re.compile(
    rf"(?P<onset>[qQgG]?)(?P<vowels>[{_VOWEL_CLASS}]{{2,}}+)(?![\u0300-\u036f])(?=(?P<coda>[cmnptCMNPT]?))"
)


@lru_cache(maxsize=16384)
def _respell_word(word: str) -> str:
    return word if word.isascii() else _VOWELS.sub(_place_tone, word)


def _place_tone(match: re.Match[str]) -> str:
    return match["onset"] + _respell_vowels(match["onset"].lower(), match["vowels"], match["coda"])


def _respell_vowels(onset: str, vowels: str, coda: str) -> str:
    """Return the vowels with their tone where classic spelling puts it.

    What is not one Vietnamese nucleus with one tone is returned as it is.
    """
    bare = [_TONED.get(letter, (letter, "")) for letter in vowels]
    tones = [tone for _, tone in bare if tone]
    if len(tones) != 1:
        return vowels
    letters = [letter for letter, _ in bare]
    closed = bool(coda) and (coda.islower() or vowels.isupper())
    place = _find_tone_place(onset, "".join(letters).lower(), closed)
    if place is None:
        return vowels
    letters[place] = unicodedata.normalize("NFC", letters[place] + tones[0])
    return "".join(letters)


def _find_tone_place(onset: str, vowels: str, closed: bool) -> int | None:
    """Return which of the vowels (small, without tone) bears the tone; ``None``: unknown."""
    start = 1 if onset + vowels[0] in {"qu", "gi"} else 0  # there, the first is no vowel
    nucleus = vowels[start:]
    marked = [i for i, vowel in enumerate(nucleus) if vowel in _MARKED_VOWELS]
    if marked:
        return start + marked[-1]
    if len(nucleus) == 1:
        return start
    if len(nucleus) == 2:  # noqa: PLR2004 - two vowels
        if not closed:
            return start
        return start + 1 if nucleus in {"oa", "oe", "uy"} else None
    return start + 1 if nucleus in {"oai", "oay", "oao", "oeo", "uya", "uyu"} else None
