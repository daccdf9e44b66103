"""Text whose UTF-8 bytes were taken for Western letters and stored so: ``Nguyá»…n`` for ``Nguyễn``.

The words can be had back, but a file whose own bytes are in order says what it says: nothing here
is applied unless a person chose it. ``is_garbled`` finds such text, ``repair_text`` reads it.
"""

from __future__ import annotations

import re
from typing import Final

from geo.text import to_nfc
from reports.readers.encodings.legacy_fonts import decode_western

_ROUNDS: Final = 3
"""How often over a text may have been stored wrongly."""


def _map_letters() -> dict[str, int]:
    """Return the byte of every letter that Western or Vietnamese Windows shows for it."""
    letters = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0x100):
        letters.setdefault(bytes([byte]).decode("cp1258", "ignore") or chr(byte), byte)
        letters[decode_western(bytes([byte]))] = byte
    return letters


_BYTES: Final = _map_letters()


def _join_letters(first: int, last: int) -> str:
    return "".join(re.escape(sign) for sign, byte in _BYTES.items() if first <= byte <= last)


_NEXT: Final = f"[{_join_letters(0x80, 0xBF)}]"
_SEQUENCE: Final = re.compile(
    f"[{_join_letters(0xC2, 0xDF)}]{_NEXT}|[{_join_letters(0xE1, 0xEF)}]{_NEXT}{{2}}"
)
_VIETNAMESE: Final = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_USUAL_SIGNS: Final = frozenset("\u00a0“”‘’–—…«»°·")
"""What may stand behind a capital ``Ã`` in a sound text: a quotation mark, a dash, a blank."""
_TWO: Final = 2


def is_garbled(text: str) -> bool:
    """Return True if a text has letters that only wrongly decoded UTF-8 has."""
    return not text.isascii() and any(map(_is_sure, _SEQUENCE.finditer(text)))


def repair_text(text: str) -> str:
    """Return a garbled text as it was meant, in NFC; any other text as it is."""
    for _ in range(_ROUNDS):
        if not is_garbled(text):
            break
        text = _SEQUENCE.sub(_read_sequence, text)
    return to_nfc(text)


def _is_sure(match: re.Match[str]) -> bool:
    letters = match[0]
    if len(letters) == _TWO and letters[1] in _USUAL_SIGNS:
        return False
    meant = _read_sequence(match)
    # What is garbled twice becomes garbled once: a lead letter such as Ã again.
    return meant != letters and _VIETNAMESE.fullmatch(meant) is not None


def _read_sequence(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[sign] for sign in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
