"""Bytes of text files as text: judged by the bytes, and by whether what comes out is Vietnamese."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from geo.text import to_nfc
from reports.readers.encodings.legacy_fonts import (
    LEGACY_ENCODINGS,
    convert_legacy,
    convert_piece,
    decode_western,
    find_legacy_encoding,
    has_unicode_vietnamese,
)
from reports.readers.encodings.mojibake import is_garbled, repair_text
from reports.readers.encodings.preview import (
    describe_conversion,
    describe_garbled,
    describe_lost,
    format_lines,
)
from reports.readers.encodings.syllables import count_words

if TYPE_CHECKING:
    from reports.readers.encodings.legacy_fonts import LegacyEncoding

TWICE: Final = "utf-8-twice"
AS_STORED: Final = "none"
_WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
ENCODINGS: Final = ("utf-8", *_WIDE, "cp1252", *LEGACY_ENCODINGS, TWICE, AS_STORED)
"""What a person may choose: how bytes are read, how old fonts are, or nothing (``none``)."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 200_000
_NULS: Final = 0.2
"""The part of the bytes on one side of UTF-16 that are nought: blanks, digits, ``a`` to ``z``."""
_LOST: Final = "\ufffd"
_LINE_ENDS: Final = re.compile("\r\n?|\u0085|\u2028|\u2029")


@dataclass(frozen=True)
class DecodedText:
    """A file's text in Unicode (NFC), lines ended as on Unix; ``messages`` say what was judged."""

    text: str
    encoding: str
    messages: tuple[str, ...] = ()


def decode_text(data: bytes) -> str:
    """Return bytes as text in the encoding that they are in; line ends and old fonts stay."""
    text = _decode_unicode(data)
    return _read_western(data)[0] if text is None else text


def decode_bytes(data: bytes, encoding: str = "") -> DecodedText:
    """Return the text of a file, in the ``encoding`` that a person chose or as it is judged.

    UTF-8, 16 and 32, Windows 1258 and 1252 are told in silence; text of old fonts is converted with
    a message that shows it before and after. A sound text that looks decoded wrongly stays as it
    is, and the message shows both readings.
    """
    if encoding:
        return _decode_as_chosen(data, encoding)
    text = _decode_unicode(data)
    if text is not None:
        return _judge_text(text, detect_wide_encoding(data) or "utf-8")
    text, western = _read_western(data)
    text = _tidy(text)
    if western is None or western == "cp1258":
        return DecodedText(text, western or "cp1252")
    stored = _tidy(decode_western(data), compose=False)
    message = describe_conversion(western, _find_changes(stored, text), whole=True)
    return DecodedText(text, western, (message,))


def detect_wide_encoding(data: bytes) -> str:
    """Return ``utf-16-…`` or ``utf-32-…`` as a mark or the noughts of the letters tell; else ''."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if encoding in _WIDE else ""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    if b"\x00" not in sample:
        return ""
    quarter = len(sample) // 4 or 1
    noughts = [sample[side::4].count(0) / quarter for side in range(4)]
    even, odd = noughts[0] + noughts[2], noughts[1] + noughts[3]
    shapes = (
        ("utf-32-le", min(noughts[2:]) > 1 - _NULS and noughts[0] < _NULS),
        ("utf-32-be", min(noughts[:2]) > 1 - _NULS and noughts[3] < _NULS),
        ("utf-16-le", odd > 2 * _NULS and even < _NULS),
        ("utf-16-be", even > 2 * _NULS and odd < _NULS),
    )
    return next((encoding for encoding, fits in shapes if fits), "")


def _decode_as_chosen(data: bytes, encoding: str) -> DecodedText:
    if encoding == "utf-8" or encoding in _WIDE:
        text = _tidy(_decode_with_mark(data, encoding))
        return DecodedText(text, encoding, _describe_lost_lines(text))
    stored = _decode_unicode(data)
    text = decode_western(data) if stored is None else stored
    if encoding == TWICE:
        text = repair_text(text)
    elif encoding in LEGACY_ENCODINGS:
        text = convert_legacy(text, cast("LegacyEncoding", encoding))
    return DecodedText(_tidy(text), encoding)


def _decode_unicode(data: bytes) -> str | None:
    """Return bytes in one of the encodings of Unicode as text, ``None`` for all others."""
    wide = detect_wide_encoding(data)
    if wide:
        return _decode_with_mark(data, wide)
    try:
        return _decode_with_mark(data, "utf-8", "strict")
    except UnicodeDecodeError:
        return _decode_with_mark(data, "utf-8") if _is_mostly_utf8(data) else None


def _decode_with_mark(data: bytes, encoding: str, faults: str = "replace") -> str:
    return data.decode(encoding, faults).removeprefix("\ufeff")


def _is_mostly_utf8(data: bytes) -> bool:
    """Return True if bytes are UTF-8 with faults, such as a letter cut in two.

    Letters of other encodings hardly ever look like one of UTF-8, which takes two or more bytes.
    """
    text = data[:_SAMPLE].decode("utf-8", "replace")
    lost = text.count(_LOST)
    return 0 < lost <= sum(1 for sign in text if sign > "\x7f") - lost


def _read_western(data: bytes) -> tuple[str, LegacyEncoding | None]:
    """Return single bytes in the encoding in which most of the words are Vietnamese.

    That is Vietnamese Windows where nothing speaks against it, for it has the Western letters too;
    ``None`` for Western Windows.
    """
    stored = decode_western(data)
    sample = stored[:_SAMPLE]
    readings = {each: convert_legacy(sample, each) for each in LEGACY_ENCODINGS}
    scores = {each: count_words(reading).balance for each, reading in readings.items()}
    first: LegacyEncoding = "cp1258"
    best = max((first, *LEGACY_ENCODINGS), key=lambda each: scores[each])
    if count_words(sample).balance > scores[best]:
        return stored, None
    return convert_legacy(stored, best), best


def _judge_text(text: str, encoding: str) -> DecodedText:
    """Return a text in Unicode, the lines of it that are in an old font's letters converted."""
    text = _tidy(text)
    messages: list[str] = []
    lines = text.split("\n")
    legacy, share = find_legacy_encoding(lines)
    if legacy is not None:
        whole = not any(map(has_unicode_vietnamese, lines))
        made = [convert_piece(line, legacy, whole=whole) for line in lines]
        changes = [(a, b) for a, b in zip(lines, made, strict=True) if a != b]
        messages.append(describe_conversion(legacy, changes, whole=share >= WHOLE_FROM))
        lines, text = made, "\n".join(made)
    garbled = [number for number, line in enumerate(lines, 1) if is_garbled(line)]
    if garbled:
        pairs = [(lines[n - 1], repair_text(lines[n - 1])) for n in garbled[:_PAIRS]]
        messages.append(describe_garbled(format_lines(garbled), pairs))
    messages.extend(_describe_lost_lines(text))
    return DecodedText(text, encoding, tuple(messages))


def _describe_lost_lines(text: str) -> tuple[str, ...]:
    if _LOST not in text:
        return ()
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _LOST in line]
    return (describe_lost(format_lines(lines)),)


def _find_changes(stored: str, text: str) -> list[tuple[str, str]]:
    pairs = zip(stored.split("\n"), text.split("\n"), strict=False)
    return [(before, after) for before, after in pairs if before != after]


def _tidy(text: str, *, compose: bool = True) -> str:
    if _LINE_ENDS.search(text):
        text = _LINE_ENDS.sub("\n", text)
    return to_nfc(text) if compose else text


WHOLE_FROM: Final = 0.3
"""The part of the words from which on a text is said to be wholly in an old font."""
_PAIRS: Final = 2
