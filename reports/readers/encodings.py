"""Bytes of text files as text."""

from __future__ import annotations

import codecs
import unicodedata

from reports.readers.legacy_fonts import measure_legacy_share


def decode_text(data: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16, or Vietnamese Windows (cp1258), composed (NFC).

    Text in a font encoding older than Unicode comes out as the Western letters it is stored as.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.start >= len(data) - 3:  # a sample may end within a letter
            return data.decode("utf-8", "ignore")
    western = data.decode("cp1252", "replace")
    if measure_legacy_share(western)[0]:
        return western
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
