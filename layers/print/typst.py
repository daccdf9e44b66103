"""Typst, as this program uses it: our own templates, the content as plain data, its own fonts.

What is set goes to a template as JSON strings; Typst never reads a string as markup, so no text of
a report can act as code. Nothing is fetched. Of the machine's fonts one alone is used where it is
installed, Liberation Serif: it has the measures of the Times New Roman that Decree 30/2020/NĐ-CP
asks for. Elsewhere Typst's own Libertinus Serif, a book face of the same kind, is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import typst
from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES: Final = Path(__file__).resolve().parent / "typst"
LONGEST_WORD: Final = 24
"""Letters after which a word may be broken: an address or a code would run out of its cell."""

TIMES: Final = "Liberation Serif"
OWN_SERIF: Final = "Libertinus Serif"
FONT_ROOTS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("C:/Windows/Fonts"),
    Path("/Library/Fonts"),
)
"""Where machines keep their fonts."""

_TIMES_FILE: Final = "LiberationSerif-Regular.ttf"
_BREAK: Final = "\u200b"
_LONG: Final = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def strip_unprintable(text: object) -> str:
    """Return text without what no document may hold, on one line, in NFC.

    Control characters and XML's forbidden ones are left out, and so are marks that turn the
    direction of writing around: in a table they would reorder what others wrote.
    """
    printable = "".join(
        " " if letter in "\t\n\r\u2028\u2029" else letter
        for letter in str(text)
        if letter in "\t\n\r\u2028\u2029" or _is_printable(letter)
    )
    return unicodedata.normalize("NFC", " ".join(printable.split()))


def break_long_words(text: object) -> str:
    """Return ``strip_unprintable`` text in which very long words may be broken."""
    return _LONG.sub(lambda match: match[0] + _BREAK, strip_unprintable(text))


def clip_text(text: object, most: int) -> str:
    """Return ``break_long_words`` text of at most so many letters; a cut is marked."""
    broken = break_long_words(text)
    return broken if len(broken) <= most else f"{broken[:most].rstrip()}…"


@lru_cache(maxsize=1)
def find_times_folder() -> Path | None:
    """Return the folder of a Liberation Serif that has the letters of Vietnamese, if there is one.

    Its first version has not, and letters of another face between its own are hard to read.
    """
    found = (path for root in FONT_ROOTS if root.is_dir() for path in root.rglob(_TIMES_FILE))
    return next((path.parent for path in found if _has_vietnamese(path)), None)


def _has_vietnamese(font: Path) -> bool:
    drawn = ImageFont.truetype(font, 40)
    missing = bytes(drawn.getmask("\uffff"))
    return all(bytes(drawn.getmask(letter)) != missing for letter in "ơưậỹ")


def render_typst(
    template: str, content: Mapping[str, Any], *, form: Literal["pdf", "png"], ppi: int = 144
) -> bytes:
    """Return a template of ``layers/typst`` filled with content, as a PDF or as a PNG of one page.

    The template finds the content as JSON in ``sys.inputs.content``. The same content gives the
    same bytes: no moment is written into the file.
    """
    folder = find_times_folder()
    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        font_paths=[str(folder)] if folder else [],
        format=form,
        ppi=float(ppi),
        sys_inputs={
            "content": json.dumps(content, ensure_ascii=False, sort_keys=True),
            "serif": TIMES if folder else OWN_SERIF,
        },
    )


def _is_printable(letter: str) -> bool:
    category = unicodedata.category(letter)
    if category in {"Cc", "Cs", "Cn"}:
        return False
    return category != "Cf" or letter in "\u200b\u200c\u200d\u2060\u00ad"
