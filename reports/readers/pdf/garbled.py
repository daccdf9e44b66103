"""Telling a page's text from letters that only look like text: bad fonts, bad earlier OCR."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from geo.geocoding.lexing.word_shape import is_syllable
from reports.readers.encodings.legacy_fonts import find_legacy_encoding

_UNMAPPED: Final = re.compile(r"\(cid:\d+\)")
"""What pdfminer writes for a glyph of which the file does not say the letter."""
_NO_SIGN: Final = "\ufffd"
_UNMAPPED_CATEGORIES: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
_SCRIPTS: Final = ("LATIN", "GREEK", "MICRO", "OHM", "ANGSTROM", "MASCULINE", "FEMININE")
"""Of letters that reports have; others come from a font whose table of letters is wrong."""
_EDGES: Final = ".,;:!?…\"'“”‘’()[]{}<>«»-–—*•+=/%°"
_JOINS: Final = re.compile(r"[-–—/.,&'’+:;()“”\"…]+")
_UNIT: Final = re.compile(r"km\d*|(?:k|d|c|m)?m[23²³]?|\d*[a-zđ]?|[a-zđ]{1,2}\d?|\d+[a-zđ]{1,5}\d?")
"""``m2``, ``ha``, ``10m``, ``3b``: a number and the letters of a unit or of a sub-clause."""
_FEWEST: Final = 5
"""Fewer words say nothing of their spelling: they may all be names."""


def measure_garbled_share(text: str) -> float:
    """Return the part (0 to 1) of a text's signs that no reader of Vietnamese could make sense of.

    Glyphs without a letter count, letters of foreign scripts, and words with signs or digits in
    them or spelled like no Vietnamese syllable. Ordinary reports stay under 0.1: names and
    abbreviations are few. Text of a font before Unicode (TCVN3, VNI) is told elsewhere and only
    counts for its glyphs. 0.0 for empty text.
    """
    plain = _UNMAPPED.sub(_NO_SIGN, unicodedata.normalize("NFC", text))
    signs = sum(not sign.isspace() for sign in plain)
    if not signs:
        return 0.0
    words = plain.split()
    broken = [sum(map(_is_foreign, word)) for word in words]
    judged = [word for word, count in zip(words, broken, strict=True) if not count]
    odd = 0
    if len(judged) >= _FEWEST and find_legacy_encoding([plain])[0] is None:
        odd = sum(len(word) for word in judged if _is_nonsense(word))
    return min(1.0, (sum(broken) + odd) / signs)


def _is_foreign(sign: str) -> bool:
    if sign == _NO_SIGN or unicodedata.category(sign) in _UNMAPPED_CATEGORIES:
        return True
    return sign.isalpha() and not unicodedata.name(sign, "").startswith(_SCRIPTS)


def _is_nonsense(word: str) -> bool:
    return any(_is_odd_part(part) for part in _JOINS.split(word.strip(_EDGES)) if part)


def _is_odd_part(part: str) -> bool:
    """Return True for a piece of a word that is neither a word, a number, a code nor a unit."""
    letters = sum(sign.isalpha() for sign in part)
    if not letters or part.isupper() or _UNIT.fullmatch(part.lower()):
        return False
    if letters < len(part):
        return not part[0].isupper() or not part.lstrip(part[0]).isdigit()
    if any(sign.isupper() for sign in part[1:]):
        return not part[0].isupper() and len(part) > 3  # noqa: PLR2004 - "kV", "pH", "MWp"
    return not is_syllable(part.lower())
