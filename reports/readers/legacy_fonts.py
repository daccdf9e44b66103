"""Telling text of the fonts before Unicode (TCVN3, VNI) from Vietnamese, by its letters.

Such text is stored as Western letters and signs that only its own font shows as Vietnamese:
``Hµ Néi`` (TCVN3) and ``Haø Noäi`` (VNI) for ``Hà Nội``. Nothing can be read from it before it is
converted; a converter (Unikey has one) does that in the office program.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from geo.i18n import t

Encoding = Literal["TCVN3", "VNI"]

_WORD: Final = re.compile(r"\S+")
_LATIN: Final = re.compile(r"[A-Za-z]")
_VIETNAMESE: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_TCVN3: Final = re.compile("[µ¸¶¨¾¼©®ª¬ßÆÇÐÞ]")
"""Signs that TCVN3 uses as letters and no Vietnamese word has; superscripts are left out."""
_VNI: Final = re.compile("[aeouyôöAEOUYÔÖ][øûïåäëØÛÏÅÄË]|[ñöÑÖ]")
"""VNI writes a mark after its vowel, as a letter of its own."""
_FEWEST: Final = 5
_MIXED_FROM: Final = 0.01
_WHOLE_FROM: Final = 0.3


def measure_legacy_share(text: str) -> tuple[Encoding | None, float]:
    """Return the old encoding that a text holds and the part of its words (0 to 1) that is in it.

    ``(None, 0.0)`` for text in Unicode, whatever its language.
    """
    words = [word for word in _WORD.findall(text) if _LATIN.search(word)]
    if not words:
        return None, 0.0
    tcvn3 = vni = 0
    for word in words:
        if _VIETNAMESE.search(word):
            continue
        if _TCVN3.search(word):
            tcvn3 += 1
        elif _VNI.search(word):
            vni += 1
    count, encoding = max((tcvn3, "TCVN3"), (vni, "VNI"))
    if count < _FEWEST or count < _MIXED_FROM * len(words):
        return None, 0.0
    return ("TCVN3" if encoding == "TCVN3" else "VNI"), count / len(words)


def describe_legacy_fonts(text: str) -> str:
    """Return what to tell the user of an old encoding in the text; '' where there is none."""
    encoding, share = measure_legacy_share(text)
    if encoding is None:
        return ""
    key = "whole" if share >= _WHOLE_FROM else "mixed"
    return t(f"reports.legacy.{key}", encoding=encoding)
