"""Whether a word can be a Vietnamese syllable: what a scan damages mostly cannot."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ONSETS: Final = (
    "ngh|ng|nh|gh|gi|kh|ch|th|tr|ph|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"  # the last: none
)
_RHYMES: Final = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in "
    "inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe "
    "oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât "
    "uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt "
    "uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh "
    "eng êc uơ iên"
)
_SYLLABLE: Final = re.compile(rf"(?:{_ONSETS})(?:{'|'.join(sorted(set(_RHYMES.split())))})")
_STOPPED: Final = re.compile(r"(?:p|t|c|ch)$")
_RISING: Final = {"", "\u0301", "\u0323"}  # a closing p, t, c bears sắc or nặng (or lost it)
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Say whether a word (small letters, canonical) is spelled like a Vietnamese syllable."""
    parts = unicodedata.normalize("NFD", word)
    tones = [mark for mark in parts if mark in _TONES]
    if len(tones) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(m for m in parts if m not in _TONES))
    if _SYLLABLE.fullmatch(letters) is None:
        return False
    return not _STOPPED.search(letters) or (tones[0] if tones else "") in _RISING
