"""Typst, as this program uses it: our own templates, the content as plain data, its own fonts.

What is set goes to a template as JSON strings; Typst never reads a string as markup, so no text of
a report can act as code. No font of the machine is used, and nothing is fetched.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import typst

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES: Final = Path(__file__).resolve().parent / "typst"
LONGEST_WORD: Final = 24
"""Letters after which a word may be broken: an address or a code would run out of its cell."""

_BREAK: Final = "\u200b"
_LONG: Final = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def printable(text: object) -> str:
    """Return text without what no document may hold, on one line, in NFC.

    Control characters and XML's forbidden ones are left out, and so are marks that turn the
    direction of writing around: in a table they would reorder what others wrote.
    """
    kept = "".join(
        " " if letter in "\t\n\r\u2028\u2029" else letter
        for letter in str(text)
        if letter in "\t\n\r\u2028\u2029" or _may_stand(letter)
    )
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def breakable(text: object) -> str:
    """Return ``printable`` text in which very long words may be broken."""
    return _LONG.sub(lambda found: found[0] + _BREAK, printable(text))


def clipped(text: object, most: int) -> str:
    """Return ``breakable`` text of at most so many letters; a cut is marked."""
    told = breakable(text)
    return told if len(told) <= most else f"{told[:most].rstrip()}…"


def typeset(
    template: str, content: Mapping[str, Any], *, form: Literal["pdf", "png"], ppi: int = 144
) -> bytes:
    """Return a template of ``layers/typst`` filled with content, as a PDF or as a PNG of one page.

    The template finds the content as JSON in ``sys.inputs.content``. The same content gives the
    same bytes: no moment is written into the file.
    """
    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        format=form,
        ppi=float(ppi),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False, sort_keys=True)},
    )


def _may_stand(letter: str) -> bool:
    category = unicodedata.category(letter)
    if category in {"Cc", "Cs", "Cn"}:
        return False
    return category != "Cf" or letter in "\u200b\u200c\u200d\u2060\u00ad"
