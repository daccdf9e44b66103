"""Bytes of a web page as text, by its mark, its own bytes, or what it says of itself."""

from __future__ import annotations

import codecs
import re
from typing import Final

from reports.readers.encodings.decoding import decode_text

_BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)""")
_HEAD: Final = 4096
_AS_WINDOWS: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}
"""Browsers take these names for the Windows encoding."""


def decode_page(data: bytes, charset: str = "") -> str:
    """Return a page's bytes as text; ``charset`` is what a header says of them.

    UTF-8 that is whole is read as such, whatever the page says: a file in any other encoding is
    hardly ever UTF-8 by chance.
    """
    if data.startswith(_BOMS):
        return decode_text(data)
    if data[1:4:2] == b"\x00\x00":
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    stated = _CHARSET.search(data[:_HEAD]) or _XML.search(data[:_HEAD])
    for name in (charset, stated[1].decode("ascii", "replace") if stated else ""):
        known = _find_codec(name)
        if known and known not in {"utf-8", "utf-16"}:
            return data.decode(known, "replace")
    return decode_text(data)


def _find_codec(name: str) -> str:
    """Return Python's name of an encoding for text, '' for an unknown one."""
    try:
        known = codecs.lookup(_AS_WINDOWS.get(name.strip().lower(), name.strip()))
        "a".encode(known.name)
    except (LookupError, ValueError, TypeError):
        return ""
    return _AS_WINDOWS.get(known.name, known.name)
