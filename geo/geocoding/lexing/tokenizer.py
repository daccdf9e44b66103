"""Cut a text into words, numbers and the marks that separate places from one another."""

from __future__ import annotations

import html
import re
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from geo.geocoding.lexing.lexicon import ABBREVIATIONS
from geo.text import fold_text, normalise_spelling, to_nfc


class TokenKind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    COMMA = "comma"  # between the items of a list
    BREAK = "break"  # ends a clause: a semicolon, the end of a sentence, markup
    OPEN = "open"
    CLOSE = "close"
    DASH = "dash"
    POINT = "point"  # behind an abbreviation
    LINE = "line"  # a new line: a name may go on behind it


class Token(NamedTuple):
    """A word, number or separator with its place in the text and the forms to compare."""

    mark: TokenKind
    text: str
    start: int
    end: int
    low: str  # canonical, small letters
    plain: str  # folded
    capital: bool  # begins with a capital letter


_LETTER: Final = r"(?:[^\W\d_\u00b2\u00b3\u00b9\u2070-\u209c]|[\u0300-\u036f])"
# A digit within a word, before two letters or behind small ones is a letter that a scan misread.
_MISREAD: Final = (
    rf"(?:(?<!\d)[015689](?={_LETTER}{{2}}))?"
    rf"{_LETTER}(?:{_LETTER}|[015689](?={_LETTER}))*"
    r"(?:(?<=[a-z\u00e0-\u1ef9]{2})[015689](?!\w))?"
)
_TOKEN: Final = re.compile(
    r"(?P<tag><[^<>]{0,200}>)"
    rf"|(?P<word>{_MISREAD})"
    r"|(?P<number>\d+)"
    r"|(?P<line>\n)"
    r"|(?P<point>\.)"
    r"|(?P<comma>[,/|\t+])"
    r"|(?P<break>[;•·●▪►!?…])"
    r"|(?P<open>[(\[{:“«\"])"
    r"|(?P<close>[)\]}”»])"
    r"|(?P<dash>(?<!\w)[-\u2010-\u2015\u2212]|[-\u2010-\u2015\u2212](?!\w))"
)
_DIGITS: Final = str.maketrans("015689", "oisbbg")
_NUMBERING: Final = re.compile(r"\(\s*(?:\d{1,2}|[ivx]{1,4}|[a-zđ])\s*\)|(?<=\s)\*\s")
_MARKS: Final = {mark.value: mark for mark in TokenKind}


_EMPHASIS: Final = re.compile(
    r"</?(?:b|i|u|a|em|strong|span|font|sup|sub|mark|small)(?:\s[^<>]{0,200})?>", re.IGNORECASE
)


def to_plain_text(text: str) -> str:
    """Return the text composed (NFC), without character references and marks of emphasis."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _EMPHASIS.sub("", text)
    return to_nfc(text)


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text (as ``to_plain_text`` returns it), in order.

    Markup and a numbering such as ``(2)`` become breaks; a hyphen between letters says no more
    than a space. Words written together with a capital inside (``NamĐồng``) are cut there. What
    says nothing (asterisks, straight single quotes) is left out.
    """
    if "(" in text or "*" in text:
        text = _NUMBERING.sub(lambda match: ";".ljust(len(match[0])), text)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            _add_words(tokens, match[0], start)
        elif kind == "number":
            tokens.append(Token(TokenKind.NUMBER, match[0], start, end, match[0], match[0], False))
        elif kind == "tag":
            tokens.append(_make_separator(TokenKind.BREAK, start, end))
        elif kind == "point":
            tokens.append(_make_separator(_classify_point(text, tokens, start, end), start, end))
        elif kind is not None:
            tokens.append(_make_separator(_MARKS[kind], start, end))
    return tokens


@lru_cache(maxsize=16384)
def make_word_forms(word: str) -> tuple[str, str, bool]:
    """Return a word's canonical small form, its folded form and whether it has a capital."""
    low = normalise_spelling(word.translate(_DIGITS)).lower()
    return low, fold_text(low), word[0].isupper()


def _make_separator(mark: TokenKind, start: int, end: int) -> Token:
    return Token(mark, "", start, end, "", "", False)


def _add_words(tokens: list[Token], word: str, start: int) -> None:
    for part in (word,) if _is_one_word(word) else _split_word(word):
        tokens.append(Token(TokenKind.WORD, part, start, start + len(part), *make_word_forms(part)))
        start += len(part)


def _is_one_word(word: str) -> bool:
    return word.islower() or word[1:].islower() or word.isupper() or len(word) > 60  # noqa: PLR2004


@lru_cache(maxsize=4096)
def _split_word(word: str) -> tuple[str, ...]:
    """Return the pieces of a word with a capital inside; short scraps are not cut off."""
    cuts = [
        i
        for i in range(2, len(word) - 1)
        if word[i].isupper() and word[i - 1].islower() and word[i + 1].islower()
    ]
    return tuple(word[a:b] for a, b in zip([0, *cuts], [*cuts, len(word)], strict=True))


def _classify_point(text: str, tokens: list[Token], start: int, end: int) -> TokenKind:
    """Return True if a point ends a sentence or an abbreviation (``P.``, ``TP.``)."""
    if tokens and tokens[-1].end == start and tokens[-1].plain in ABBREVIATIONS:
        return TokenKind.POINT
    return TokenKind.BREAK if text[end : end + 1].strip() == "" else TokenKind.POINT
