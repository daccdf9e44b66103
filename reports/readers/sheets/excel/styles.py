"""How a workbook's cells look: number format, struck out or not, colour of ink and ground."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from openpyxl.styles.colors import COLOR_INDEX

from reports.readers.sheets.excel.package import find_child, find_children, get_name, is_on
from reports.readers.sheets.number_formats.sections import BUILT_IN, GENERAL

if TYPE_CHECKING:
    from reports.model.document import UnseenReason
    from reports.readers.sheets.excel.package import Package

_BLACK: Final = "000000"
_WHITE: Final = "FFFFFF"
_RGB: Final = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_NEAR: Final = 10
"""Shades that differ by less in every colour, of 255, are one to the eye."""
_THEME_ORDER: Final = (1, 0, 3, 2)
"""A theme lists dark before light; cells count light before dark."""
_DEFAULT_THEME: Final = (_WHITE, _BLACK)


@dataclass(frozen=True)
class CellStyle:
    """A cell's look; ``ground`` is ``None`` for a pattern or shade that covers it."""

    code: str = GENERAL
    struck: bool = False
    ink: str = _BLACK
    ground: str | None = _WHITE

    @cached_property
    def unseen_reason(self) -> UnseenReason:
        """Why writing in this look is not seen; '' where it is."""
        if self.struck:
            return "struck_out"
        return "same_colour" if is_same_colour(self.ink, self.ground) else ""


@dataclass(frozen=True)
class Colours:
    """The colours that a workbook names by number."""

    theme: tuple[str, ...] = _DEFAULT_THEME
    indexed: tuple[str, ...] = tuple(colour[-6:] for colour in COLOR_INDEX)

    def resolve(self, element: Any, default: str | None) -> str | None:
        """Return a colour element as RRGGBB, the default for none or an automatic one."""
        if element is None or is_on(element.get("auto")):
            return default
        colour = default
        rgb = _RGB.fullmatch(element.get("rgb") or "")
        if rgb:
            colour = rgb[1].upper()
        elif (element.get("theme") or "").isdigit():
            number = int(element.get("theme"))
            colour = self.theme[number] if number < len(self.theme) else None
        elif (element.get("indexed") or "").isdigit():
            number = int(element.get("indexed"))
            colour = self.indexed[number] if number < len(self.indexed) else default
        return _tint(colour, element.get("tint")) if colour else colour


def is_same_colour(ink: str | None, ground: str | None) -> bool:
    """Return whether writing in this ink cannot be seen on this ground."""
    if ink is None or ground is None:
        return False
    pairs = ((int(ink[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (0, 2, 4))
    return all(abs(one - other) < _NEAR for one, other in pairs)


def read_colours(package: Package, theme: str | None, styles: Any) -> Colours:
    """Return the workbook's own colours, or the usual ones."""
    indexed = Colours.indexed
    own = find_child(styles, "colors") if styles is not None else None
    palette = find_child(own, "indexedColors") if own is not None else None
    if palette is not None:
        indexed = tuple((colour.get("rgb") or _BLACK)[-6:].upper() for colour in palette)
    if theme is None or not package.has(theme):
        return Colours(indexed=indexed)
    listed: list[str] = []
    for scheme in package.parse(theme).iter("{*}clrScheme"):
        for entry in scheme:
            value = next(iter(entry), None)
            colour = "" if value is None else value.get("lastClr") or value.get("val") or ""
            match = _RGB.fullmatch(colour)
            listed.append(match[1].upper() if match else _BLACK)
        break
    if len(listed) < len(_THEME_ORDER):
        return Colours(indexed=indexed)
    ordered = (*(listed[i] for i in _THEME_ORDER), *listed[len(_THEME_ORDER) :])
    return Colours(ordered, indexed)


def read_styles(styles: Any, colours: Colours) -> tuple[CellStyle, ...]:
    """Return the looks that cells name by number; ``styles`` is the root of the styles' part."""
    if styles is None:
        return (CellStyle(),)
    lists = {get_name(child): child for child in styles}
    codes = dict(BUILT_IN)
    for form in lists.get("numFmts", ()):
        number = form.get("numFmtId") or ""
        if number.isdigit():
            codes[int(number)] = form.get("formatCode") or GENERAL
    fonts = [read_font(font, colours) for font in lists.get("fonts", ())]
    grounds = [_read_ground(fill, colours) for fill in lists.get("fills", ())]
    found: list[CellStyle] = []
    for form in lists.get("cellXfs", ()):
        struck, ink = _pick(fonts, form.get("fontId"), (False, _BLACK))
        ground = _pick(grounds, form.get("fillId"), _WHITE)
        number = form.get("numFmtId") or "0"
        code = codes.get(int(number), GENERAL) if number.isdigit() else GENERAL
        found.append(CellStyle(code, struck, ink or _BLACK, ground))
    return tuple(found) or (CellStyle(),)


def read_font(font: Any, colours: Colours) -> tuple[bool, str | None]:
    """Return whether a font strikes out, and its colour; also of a run within a cell."""
    strike = find_child(font, "strike")
    struck = strike is not None and (strike.get("val") is None or is_on(strike.get("val")))
    return struck, colours.resolve(find_child(font, "color"), _BLACK)


def _read_ground(fill: Any, colours: Colours) -> str | None:
    patterns = find_children(fill, "patternFill")
    if not patterns:
        return None if len(fill) else _WHITE
    kind = patterns[0].get("patternType") or "none"
    if kind == "none":
        return _WHITE
    return colours.resolve(find_child(patterns[0], "fgColor"), None) if kind == "solid" else None


def _pick(entries: list[Any], number: str | None, default: Any) -> Any:
    if number is None or not number.isdigit() or int(number) >= len(entries):
        return default
    return entries[int(number)]


def _tint(colour: str, tint: str | None) -> str:
    """Return the colour made lighter (tint above 0) or darker."""
    try:
        share = max(-1.0, min(1.0, float(tint or 0)))
    except ValueError:
        return colour
    if not share:
        return colour
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, depth))
