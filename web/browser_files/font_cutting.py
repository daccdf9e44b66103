"""Cuts one of Streamlit's fonts to what pages show of it; a program of its own.

The icons' font holds four thousand pictures, of which Streamlit's own scripts name some hundred;
the texts' fonts hold Greek and Cyrillic, which a browser takes from the system where a report has
any.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

_ICONS: Final = "MaterialSymbols"
_WORD: Final = re.compile(r"[\"'`:/]([a-z0-9_]+)[\"'`:]")
_RANGES: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0),  # Latin, as Vietnamese needs it
    (0x300, 0x36F), (0x1EA0, 0x1EF9),
    (0x2000, 0x2BFF),  # punctuation, currencies, arrows, mathematics, shapes
)  # fmt: skip


def cut_font(source: Path) -> bytes:
    """Return one of Streamlit's fonts (WOFF2) with what pages show of it."""
    font = TTFont(source)
    options = subset.Options()
    cutter = subset.Subsetter(options)
    if source.name.startswith(_ICONS):
        options.layout_closure = False  # else any word of the letters kept would keep its picture
        pictures = read_ligatures(font)
        names = list_icon_names(source.parents[1]) & pictures.keys()
        cutter.populate(glyphs=[pictures[name] for name in names], text="".join(sorted(names)))
    else:
        cutter.populate(
            unicodes=[code for first, last in _RANGES for code in range(first, last + 1)]
        )
    cutter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def list_icon_names(folder: Path) -> frozenset[str]:
    """Return every quoted word of the scripts in a folder: the names of icons are among them."""
    scripts = (path.read_text("utf-8") for path in sorted(folder.rglob("*.js")))
    return frozenset(word for script in scripts for word in _WORD.findall(script))


def read_ligatures(font: TTFont) -> dict[str, str]:
    """Return the glyphs of an icons' font by their names, which are spelled with letters."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            plain = getattr(table, "ExtSubTable", table)
            for first, ligatures in getattr(plain, "ligatures", {}).items():
                for one in ligatures:
                    spelled = (letters.get(glyph, "?") for glyph in (first, *one.Component))
                    found["".join(spelled)] = one.LigGlyph
    return found


def main(source: Path, target: Path) -> None:
    """Cut a font and keep it, whole or not at all, without taking time from the readers."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    cut = cut_font(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}")
    part.write_bytes(cut)
    part.replace(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
