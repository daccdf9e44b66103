"""How text looks: whether a run is seen at all, its font, and where it is raised.

Only what decides whether a person sees the text is read: hidden, struck out, in the colour of what
is behind it, without ink or smaller than print. A run's own settings win over its character style,
that over the paragraph's style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from reports.readers.word.ooxml.names import (
    find_path,
    make_name,
    parse_count,
    read_switch,
    read_value,
)

if TYPE_CHECKING:
    from reports.model.document import UnseenReason

WHITE: Final = "FFFFFF"
UNKNOWN_GROUND: Final = ""
"""What is behind the text may have any colour: text in any colour may be seen."""

_HEX: Final = re.compile(r"[0-9A-Fa-f]{6}")
_WHITE_THEMES: Final = frozenset({"background1", "light1"})
_HIGHLIGHTS: Final = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_ALIKE: Final = 8
"""How far apart the parts of two colours (0 to 255) may be that nobody tells from one another."""
_TOO_SMALL: Final = 3
"""In half points: print of one and a half points is a dotted line."""
_CHAIN: Final = 20


@dataclass(frozen=True)
class Look:
    """What one level of formatting says; None (or '' for texts) where it says nothing."""

    hidden: bool | None = None
    struck: bool | None = None
    struck_twice: bool | None = None
    inkless: bool | None = None
    colour: str = ""
    ground: str = ""
    """Behind the text: six hex digits, ``none`` for no colour of its own, '' for nothing said."""
    size: int | None = None
    font: str = ""
    raised: bool | None = None

    def cover(self, upper: Look) -> Look:
        """Return this look with what ``upper`` says put over it."""
        if upper == _PLAIN:
            return self
        said = {
            name: value for name in _FIELDS if (value := getattr(upper, name)) not in {None, ""}
        }
        return replace(self, **said)

    def find_reason(self, ground: str) -> UnseenReason:
        """Return why text with this look is not seen before ``ground``, '' if it is seen."""
        if self.hidden:
            return "hidden_text"
        if self.struck or self.struck_twice:
            return "struck_out"
        if self.inkless or (self.size is not None and self.size < _TOO_SMALL):
            return "invisible"
        behind = self.ground if self.ground not in {"", "none"} else ground
        return "same_colour" if _is_alike(self.colour, behind) else ""


_PLAIN: Final = Look()
_FIELDS: Final = tuple(part.name for part in fields(Look))


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Any) -> None:
        """Take the root of ``styles.xml``, None for a document without styles."""
        self._styles: dict[str, Any] = {}
        self._looks: dict[tuple[str, Look], Look] = {}
        self._properties: dict[tuple[str, str], list[Any]] = {}
        self._default = ""
        self._base = _PLAIN
        if root is None:
            return
        self._base = read_look(find_path(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        for style in root.iterchildren(make_name("w:style")):
            identity = style.get(make_name("w:styleId"), "")
            self._styles[identity] = style
            if style.get(make_name("w:type")) == "paragraph" and style.get(
                make_name("w:default"), "0"
            ) in {"1", "true", "on"}:
                self._default = identity

    def find_paragraph_look(self, properties: Any) -> Look:
        """Return the look of a paragraph's text: its style, and the shading behind it."""
        identity = read_value(properties, "w:pStyle") or self._default
        look = self._find_style_look(identity, self._base)
        ground = read_ground(find_path(properties, "w:shd"))
        return replace(look, ground=ground) if ground else look

    def find_run_look(self, paragraph: Look, properties: Any) -> Look:
        """Return the look of a run: that of its paragraph under its own."""
        if properties is None or not len(properties):
            return paragraph
        identity = read_value(properties, "w:rStyle")
        look = self._find_style_look(identity, paragraph) if identity else paragraph
        return look.cover(read_look(properties))

    def is_table_shaded(self, identity: str) -> bool:
        """Return True if a table style may put a colour behind some cells."""
        return any(
            read_ground(shade) not in {"", "none"}
            for style in self._list_chain(identity)
            for shade in style.iter(make_name("w:shd"))
        )

    def list_properties(self, identity: str, name: str) -> list[Any]:
        """Return a property of the paragraphs of a style, its own first, then those it is from."""
        if (identity, name) not in self._properties:
            found = (find_path(style, "w:pPr", name) for style in self._list_chain(identity))
            self._properties[identity, name] = [one for one in found if one is not None]
        return self._properties[identity, name]

    def _find_style_look(self, identity: str, base: Look) -> Look:
        """Return the look of a style's text over ``base``."""
        if (identity, base) not in self._looks:
            look = base
            for style in reversed(self._list_chain(identity)):
                look = look.cover(read_look(find_path(style, "w:rPr")))
                ground = read_ground(find_path(style, "w:pPr", "w:shd"))
                look = replace(look, ground=ground) if ground else look
            self._looks[identity, base] = look
        return self._looks[identity, base]

    def _list_chain(self, identity: str) -> list[Any]:
        chain: list[Any] = []
        while identity in self._styles and len(chain) < _CHAIN:
            chain.append(self._styles[identity])
            identity = read_value(chain[-1], "w:basedOn")
        return chain


def read_look(properties: Any) -> Look:
    """Return what ``w:rPr`` itself says."""
    if properties is None or not len(properties):
        return _PLAIN
    size = read_value(properties, "w:sz")
    raised = read_value(properties, "w:vertAlign")
    fonts = find_path(properties, "w:rFonts")
    return Look(
        hidden=read_switch(properties, "w:vanish"),
        struck=read_switch(properties, "w:strike"),
        struck_twice=read_switch(properties, "w:dstrike"),
        inkless=_read_inkless(properties),
        colour=_read_colour(properties),
        ground=_read_run_ground(properties),
        size=parse_count(size) if size else None,
        font=fonts.get(make_name("w:ascii"), "") if fonts is not None else "",
        raised=raised == "superscript" if raised else None,
    )


def read_ground(shade: Any) -> str:
    """Return the colour that ``w:shd`` puts behind text, ``none`` for none, '' for nothing said."""
    if shade is None:
        return ""
    kind = shade.get(make_name("w:val"), "clear")
    name = "w:color" if kind == "solid" else "w:fill"
    colour = str(shade.get(make_name(name), "auto"))
    if kind not in {"clear", "nil", "solid"}:
        return "pattern"
    if _HEX.fullmatch(colour):
        return colour.upper()
    if shade.get(make_name("w:themeFill")) and kind == "clear":
        return WHITE if shade.get(make_name("w:themeFill")) in _WHITE_THEMES else "pattern"
    return "none"


def _read_run_ground(properties: Any) -> str:
    """Return the colour behind a run; one without a colour of its own leaves the paragraph's."""
    marked = _HIGHLIGHTS.get(read_value(properties, "w:highlight"), "")
    ground = marked or read_ground(find_path(properties, "w:shd"))
    return "" if ground == "none" else ground


def _read_colour(properties: Any) -> str:
    colour = find_path(properties, "w:color")
    if colour is None:
        return ""
    value = str(colour.get(make_name("w:val"), "auto"))
    if _HEX.fullmatch(value):
        return value.upper()
    white = colour.get(make_name("w:themeColor")) in _WHITE_THEMES
    return WHITE if white else "auto"


def _read_inkless(properties: Any) -> bool | None:
    fill = find_path(properties, "w14:textFill")
    if fill is None:
        return None
    outline = find_path(properties, "w14:textOutline")
    drawn = outline is not None and find_path(outline, "w14:noFill") is None
    return find_path(fill, "w14:noFill") is not None and not drawn


def _is_alike(colour: str, ground: str) -> bool:
    """Return True if nobody can tell two colours from one another; unknown ones can be told."""
    if not (_HEX.fullmatch(colour) and _HEX.fullmatch(ground)):
        return False
    pairs = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return all(abs(one - other) <= _ALIKE for one, other in pairs)
