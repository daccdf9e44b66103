"""Lines of one text put together again: words and numbers that a line's end has broken."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from geo.geocoding.lexing.word_shape import is_syllable

_WHOLE_NUMBER: Final = re.compile(
    r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?"
    r"|(?:[IVX]+|\d{1,2}(?:[-/]\d{1,2})?)[-/](?:19|20)\d\d"
)
"""A number in groups of thousands, or a quarter, month or day of a year."""
_LAST_PIECE: Final = re.compile(r"(?:[IVX\d][IVX\d.,/-]*|(?<![\u0300-\u036f])\b[^\W\d_]+)$")
_FIRST_PIECE: Final = re.compile(r"\d[\d.,]*(?!\w)|[^\W\d_]+(?![\w-])")
_HYPHENS: Final = "-\u2010\u00ad"


def join_wrapped(before: str, after: str) -> str:
    """Return a line and the next one as one text.

    A space stands between them, but within a word or number that was broken for want of room:
    where the two pieces make sense together only (``nghiệ`` and ``m``, ``III/202`` and ``6``).
    """
    before, after = (unicodedata.normalize("NFC", text) for text in (before, after))
    if _is_broken(before, after):
        return before + after
    if before.endswith(tuple(_HYPHENS)) and _is_broken_word(before[:-1], after):
        return before[:-1] + after
    return f"{before} {after}"


def _is_broken(before: str, after: str) -> bool:
    head, tail = _LAST_PIECE.search(before), _FIRST_PIECE.match(after)
    if head and tail and head[0][-1].isdigit() and tail[0][0].isdigit():
        known = _WHOLE_NUMBER.fullmatch
        return bool(known(head[0] + tail[0].rstrip(".,"))) and not known(head[0])
    return _is_broken_word(before, after)


def _is_broken_word(before: str, after: str) -> bool:
    head, tail = _LAST_PIECE.search(before), _FIRST_PIECE.match(after)
    if not (head and tail and head[0].isalpha() and tail[0].islower()):
        return False
    low = head[0].lower()
    if head[0][1:] != low[1:]:
        return False
    apart = is_syllable(low) and is_syllable(tail[0])
    return not apart and is_syllable(low + tail[0])
