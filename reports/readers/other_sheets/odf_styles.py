"""How cells and texts of an OpenDocument file look, by the names of their styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from reports.readers.sheets.excel.styles import CellStyle

if TYPE_CHECKING:
    from lxml import etree

OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NUMBER: Final = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_COLOUR: Final = re.compile(r"#([0-9A-Fa-f]{6})")
_MAX_PARENTS: Final = 20
_BLACK: Final = "000000"
_WHITE: Final = "FFFFFF"


@dataclass(frozen=True)
class OdfLook:
    """What a style says; ``None`` is what it leaves to its parent."""

    struck: bool | None = None
    ink: str | None = None
    ground: str | None = None
    hidden: bool | None = None


class OdfStyles:
    """The styles of a file, looked up by family and name."""

    def __init__(self, *roots: etree._Element) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._looks: dict[tuple[str, str], OdfLook] = {}
        self._scales: dict[str, Decimal] = {}
        for root in roots:
            for number in root.iter(f"{NUMBER}number"):
                form = number.getparent()
                factor = number.get(f"{NUMBER}display-factor")
                if form is not None and factor:
                    self._scales[form.get(f"{STYLE}name") or ""] = _read_factor(factor)
            for style in root.iter(f"{STYLE}style"):
                key = (style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or "")
                self._styles[key] = style

    def hides_table(self, name: str | None) -> bool:
        """Return whether a sheet of this style is not shown."""
        style = self._styles.get(("table", name or ""))
        return style is not None and any(
            properties.get(f"{TABLE}display") == "false"
            for properties in style.iter(f"{STYLE}table-properties")
        )

    def get_cell_style(self, name: str | None) -> CellStyle:
        """Return how a cell of this style looks."""
        look = self.get_look("table-cell", name or "Default")
        return CellStyle(
            struck=bool(look.struck), ink=look.ink or _BLACK, ground=look.ground or _WHITE
        )

    def get_scale(self, name: str | None) -> Decimal:
        """Return by how much the numbers of cells of this style are divided to be shown."""
        style = self._styles.get(("table-cell", name or "Default"))
        form = style.get(f"{STYLE}data-style-name") if style is not None else None
        return self._scales.get(form or "", Decimal(1))

    def get_look(self, family: str, name: str) -> OdfLook:
        """Return what a style and its parents say together."""
        known = self._looks.get((family, name))
        if known is not None:
            return known
        look = OdfLook()
        current = name
        for _ in range(_MAX_PARENTS):
            style = self._styles.get((family, current))
            if style is None:
                break
            look = _fill_gaps(look, _read_look(style))
            current = style.get(f"{STYLE}parent-style-name") or ""
        self._looks[family, name] = look
        return look


def _fill_gaps(look: OdfLook, parent: OdfLook) -> OdfLook:
    return replace(
        look,
        struck=parent.struck if look.struck is None else look.struck,
        ink=look.ink or parent.ink,
        ground=look.ground or parent.ground,
        hidden=parent.hidden if look.hidden is None else look.hidden,
    )


def _read_look(style: etree._Element) -> OdfLook:
    struck = hidden = ink = ground = None
    for properties in style:
        line = properties.get(f"{STYLE}text-line-through-style")
        kind = properties.get(f"{STYLE}text-line-through-type")
        if line or kind:
            struck = (line or kind) != "none"
        if properties.get(f"{TEXT}display"):
            hidden = properties.get(f"{TEXT}display") == "none"
        ink = _read_colour(properties.get(f"{FO}color")) or ink
        background = properties.get(f"{FO}background-color")
        ground = _WHITE if background == "transparent" else _read_colour(background) or ground
    return OdfLook(struck, ink, ground, hidden)


def _read_factor(text: str) -> Decimal:
    try:
        factor = Decimal(text)
    except InvalidOperation:
        return Decimal(1)
    return factor if factor.is_finite() and factor > 0 else Decimal(1)


def _read_colour(text: str | None) -> str | None:
    match = _COLOUR.fullmatch(text or "")
    return match[1].upper() if match else None
