"""Vietnamese of before Unicode: text of the fonts TCVN3 (.VnTime) and VNI, and of VISCII.

Such text is stored as Western letters and signs that only its own font shows as Vietnamese:
``Hµ Néi`` (TCVN3) and ``Haø Noäi`` (VNI) for ``Hà Nội``. ``convert_legacy`` writes it in Unicode,
``find_legacy_encoding`` says which of them a text holds, by asking in which reading its words are
Vietnamese. Two others that are met in the same shape are told with them: VISCII, and Vietnamese
Windows (1258) that was taken for the Western (1252).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, get_args

from geo.geocoding.lexing.word_shape import is_syllable
from reports.readers.encodings.syllables import RUN

if TYPE_CHECKING:
    from collections.abc import Iterable

LegacyEncoding = Literal["tcvn3", "vni", "viscii", "cp1258"]
LEGACY_ENCODINGS: Final = get_args(LegacyEncoding)
NAMES: Final[dict[LegacyEncoding, str]] = {
    "tcvn3": "TCVN3 (ABC, .VnTime)",
    "vni": "VNI (VNI-Times)",
    "viscii": "VISCII",
    "cp1258": "Windows-1258",
}

_TCVN3: Final = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VISCII_BYTES: Final = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
"""The letters of the bytes from 0x80 on (RFC 1456)."""
_TONES: Final = "\u0301\u0300\u0309\u0303\u0323"  # as VNI orders them: acute, grave, hook …
_VNI_SINGLE: Final = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
_VNI_MARKS: Final = {
    **dict(zip("ùøûõï", _TONES, strict=True)),
    "â": "\u0302",
    **{sign: f"\u0302{tone}" for sign, tone in zip("áàåãä", _TONES, strict=True)},
    "ê": "\u0306",
    **{sign: f"\u0306{tone}" for sign, tone in zip("éèúüë", _TONES, strict=True)},
}
_VNI_SIGNS: Final = "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper()
_VNI: Final = re.compile(rf"([aeouyôöAEOUYÔÖ])([{_VNI_SIGNS}])|[{''.join(_VNI_SINGLE)}]")
_UNICODE_ONLY: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
"""Letters of Vietnamese that no Western encoding has."""
_LATIN: Final = re.compile(r"[A-Za-z]")
_PIECE_WORDS: Final = 2
_FEWEST: Final = 3
_SHARE: Final = 0.01
_SAMPLE_WORDS: Final = 20_000


def decode_western(data: bytes) -> str:
    """Return bytes as Western Windows letters; the five bytes that it leaves open stay controls."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_OPEN)


def convert_legacy(text: str, encoding: LegacyEncoding) -> str:
    """Return a text that is stored in an old encoding, as Western letters, in Unicode (NFC)."""
    if text.isascii():
        return text
    if encoding == "vni":
        converted = _VNI.sub(_convert_vni, text)
    else:
        converted = text.translate(_TABLES[encoding])
        if encoding == "tcvn3":
            converted = "\n".join(map(_raise_capitals, converted.split("\n"), text.split("\n")))
    return unicodedata.normalize("NFC", converted)


def find_legacy_encoding(texts: Iterable[str]) -> tuple[LegacyEncoding | None, float]:
    """Return the old encoding of the texts and the part of their words (0 to 1) that is in it.

    ``(None, 0.0)`` where none is. A word speaks for an encoding when it is a Vietnamese syllable
    in it and not as it stands; a few different ones are needed.
    """
    words = 0
    found: defaultdict[LegacyEncoding, int] = defaultdict(int)
    kinds: defaultdict[LegacyEncoding, set[str]] = defaultdict(set)
    for word in _iterate_words(texts):
        words += 1
        if word.isascii() or not _LATIN.search(word) or _UNICODE_ONLY.search(word):
            continue
        if is_syllable(word.lower()):
            continue
        for encoding in LEGACY_ENCODINGS:
            converted = convert_legacy(word, encoding)
            if converted != word and is_syllable(converted.lower()):
                found[encoding] += 1
                kinds[encoding].add(word)
    if not found:
        return None, 0.0
    encoding = max(LEGACY_ENCODINGS, key=lambda each: found[each])
    count = found[encoding]
    if len(kinds[encoding]) < _FEWEST or count < _SHARE * words:
        return None, 0.0
    return encoding, count / words


def convert_piece(text: str, encoding: LegacyEncoding, *, whole: bool) -> str:
    """Return a paragraph or cell in Unicode if it is in the old encoding, else as it is.

    A piece with letters that only Unicode has is in Unicode. Of the others the reading with more
    Vietnamese words counts; where both have as many, that of the ``whole`` document.
    """
    if text.isascii() or _UNICODE_ONLY.search(text):
        return text
    converted = convert_legacy(text, encoding)
    before, after = _count_syllables(text), _count_syllables(converted)
    return converted if after > before or (whole and after == before) else text


def has_unicode_vietnamese(text: str) -> bool:
    """Return True if a text has letters that Vietnamese has in Unicode only."""
    return _UNICODE_ONLY.search(text) is not None


def may_be_legacy(text: str) -> bool:
    """Return True if a text has signs that TCVN3 uses as letters, and no Unicode Vietnamese."""
    return _TCVN3_SIGNS.search(text) is not None and not _UNICODE_ONLY.search(text)


def _count_syllables(text: str) -> int:
    return sum(1 for word in RUN.findall(text) if not word.isascii() and is_syllable(word.lower()))


def _iterate_words(texts: Iterable[str]) -> Iterable[str]:
    left = _SAMPLE_WORDS
    for text in texts:
        if text.isascii():
            continue
        for word in RUN.findall(text):
            yield word
            left -= 1
            if not left:
                return


def _convert_vni(match: re.Match[str]) -> str:
    if match[1] is None:
        return _VNI_SINGLE[match[0]]
    base = _VNI_SINGLE.get(match[1], match[1])
    composed = unicodedata.normalize("NFC", base + _VNI_MARKS[match[2].lower()])
    # ô and ö take tones only; what makes no letter is two letters that stand side by side.
    if len(composed) == 1:
        return composed
    return base + _VNI_SINGLE.get(match[2], match[2])


def _raise_capitals(line: str, stored: str) -> str:
    """Return a line whose words in capitals are so throughout.

    TCVN3 has no capitals with tones: its font for capitals shows the small ones so.
    """
    letters = [sign for sign in stored if sign.isascii() and sign.isalpha()]
    capitals = sum(1 for sign in letters if sign.isupper())
    if capitals < _PIECE_WORDS:
        return line
    if capitals == len(letters):
        return line.upper()
    return RUN.sub(_raise_word, line)


def _raise_word(match: re.Match[str]) -> str:
    plain = [sign for sign in match[0] if sign.isascii()]
    shouted = len(plain) >= _PIECE_WORDS and all(sign.isupper() for sign in plain)
    return match[0].upper() if shouted else match[0]


_OPEN: Final = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in b"\x81\x8d\x8f\x90\x9d"
}
_WESTERN: Final = decode_western(bytes(range(0x80, 0x100)))
_TABLES: Final[dict[LegacyEncoding, dict[int, str]]] = {
    "tcvn3": {ord(sign): letter for sign, letter in _TCVN3.items()},
    "viscii": {ord(sign): letter for sign, letter in zip(_WESTERN, _VISCII_BYTES, strict=True)},
    "cp1258": {
        ord(sign): bytes([byte]).decode("cp1258", "ignore") or sign
        for byte, sign in enumerate(_WESTERN, 0x80)
    },
}
_TCVN3_SIGNS: Final = re.compile("[µ¸¶·¹¨»¾¼½Æ©Ç®ÐÎÏÑªÖ×ØÜÞßä«åæç¬ëîïñöûüþ¡¢§£¤¥¦]")
