"""How parts of a web page look, as far as it decides what is seen: simple rules of CSS."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from reports.readers.sheets.excel.styles import is_same_colour
from reports.readers.word.ooxml.symbols import is_symbol_font

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from reports.model.document import UnseenReason

Rule = tuple[tuple[str, str], ...]
"""Properties with their values, in lower case but for number formats."""

_LOOKED_AT: Final = ("class", "id", "style", "color", "bgcolor", "face", "hidden")
_MAX_KNOWN: Final = 5_000
_MAX_RULES: Final = 20_000
_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_PRINT: Final = re.compile(
    r"@media[^{}]*\bprint\b[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE
)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR: Final = re.compile(r"([a-zA-Z][\w-]*)?(?:([.#])([\w-]+))?")
_DECLARATION: Final = re.compile(r"""((?:"[^"]*"|'[^']*'|\\.|[^;"'\\])+)""", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{4})|(.))", re.DOTALL)
_USED: Final = frozenset(
    {
        "display", "visibility", "text-decoration", "text-decoration-line", "color", "background",
        "background-color", "font-size", "font-family", "mso-hide",
        "mso-number-format", "white-space", "opacity",
    }
)  # fmt: skip
_ZERO: Final = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%|in|cm|mm)?")
_HEX: Final = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})")
_NAMED: Final = {
    "white": "FFFFFF", "black": "000000", "red": "FF0000", "lime": "00FF00", "green": "008000",
    "blue": "0000FF", "yellow": "FFFF00", "navy": "000080", "gray": "808080", "grey": "808080",
    "silver": "C0C0C0", "maroon": "800000", "windowtext": "000000", "window": "FFFFFF",
}  # fmt: skip
_STRUCK_TAGS: Final = frozenset({"s", "strike", "del"})
_KEPT_TAGS: Final = frozenset({"pre", "textarea", "listing"})
_ROW_TAGS: Final = frozenset({"tr", "thead", "tbody", "tfoot"})
_CELL_TAGS: Final = frozenset({"td", "th", "col"})


@dataclass(frozen=True)
class Look:
    """What a part inherits and adds: why it is not seen, its colours, its number format."""

    hidden: UnseenReason = ""
    struck: bool = False
    ink: str = "000000"
    ground: str | None = "FFFFFF"
    code: str = ""
    kept_spaces: bool = False
    font: str = ""
    """The first font that is asked for, where it shows its letters as signs."""

    @cached_property
    def reason(self) -> UnseenReason:
        """Why text of this look is not seen; '' where it is."""
        if self.hidden:
            return self.hidden
        if self.struck:
            return "struck_out"
        return "same_colour" if is_same_colour(self.ink, self.ground) else ""


class StyleSheet:
    """The rules of a page that name a tag, a class, both, or one part."""

    def __init__(self, css: str = "") -> None:
        self._rules: dict[str, Rule] = {}
        self._known: dict[tuple[object, ...], Look] = {}
        for selectors, body in _RULE.findall(_PRINT.sub("", _COMMENT.sub("", css)))[:_MAX_RULES]:
            declared = parse_declarations(body)
            if declared:
                self._add(selectors, declared)

    def get_look(self, element: etree._Element, parent: Look) -> Look:
        """Return how an element looks inside one of the parent's look."""
        key = (parent, element.tag, *map(element.get, _LOOKED_AT))
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _MAX_KNOWN:
                self._known.clear()
            known = self._known[key] = self._find_look(element, parent)
        return known

    def _find_look(self, element: etree._Element, parent: Look) -> Look:
        tag = str(element.tag).lower()
        declared: dict[str, str] = dict(_read_attributes(element))
        for key in (tag, *self._list_keys(element, tag)):
            declared.update(self._rules.get(key, ()))
        declared.update(parse_declarations(element.get("style") or ""))
        if tag in _KEPT_TAGS:
            declared.setdefault("white-space", "pre")
        if not declared and tag not in _STRUCK_TAGS and element.get("hidden") is None:
            return parent
        return _apply(declared, tag, parent, hidden=element.get("hidden") is not None)

    def _list_keys(self, element: etree._Element, tag: str) -> list[str]:
        classes = (element.get("class") or "").lower().split()
        keys = [f".{name}" for name in classes] + [f"{tag}.{name}" for name in classes]
        identity = (element.get("id") or "").lower()
        return [*keys, f"#{identity}", f"{tag}#{identity}"] if identity else keys

    def _add(self, selectors: str, declared: Rule) -> None:
        for selector in selectors.split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if match and match[0]:
                key = match[0].lower()
                known = dict(self._rules.get(key, ()))
                self._rules[key] = tuple({**known, **dict(declared)}.items())


@lru_cache(maxsize=5000)
def parse_declarations(text: str) -> Rule:
    """Return the properties that count here, as a ``style`` attribute or a rule declares them."""
    found: dict[str, str] = {}
    for declaration in _DECLARATION.findall(text):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in _USED:
            value = value.replace("!important", "").strip()
            found[name] = _unescape(value) if name == "mso-number-format" else value.lower()
    return tuple(found.items())


def _unescape(value: str) -> str:
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        value = value[1:-1]
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], value)


def _read_attributes(element: etree._Element) -> Rule:
    pairs = (
        ("color", element.get("color")),
        ("background", element.get("bgcolor")),
        ("font-family", element.get("face")),
    )
    return tuple((name, value.lower()) for name, value in pairs if value)


def _apply(declared: Mapping[str, str], tag: str, parent: Look, *, hidden: bool) -> Look:
    reason = parent.hidden
    if not reason and (hidden or _is_hidden(declared)):
        reason = "hidden_row" if tag in _ROW_TAGS else "hidden_text"
        reason = "hidden_column" if tag in _CELL_TAGS else reason
    line = f"{declared.get('text-decoration', '')} {declared.get('text-decoration-line', '')}"
    struck = parent.struck or tag in _STRUCK_TAGS or "line-through" in line
    if "none" in line.split() and tag not in _STRUCK_TAGS:
        struck = False
    ground = parent.ground
    for name in ("background", "background-color"):
        if name in declared and declared[name] not in {"transparent", "inherit", "none", "auto"}:
            ground = _read_colour(declared[name])
    return replace(
        parent,
        hidden=reason,
        struck=struck,
        ink=_read_colour(declared.get("color", "")) or parent.ink,
        ground=ground,
        code=declared.get("mso-number-format", parent.code),
        font=_read_font(declared["font-family"]) if "font-family" in declared else parent.font,
        kept_spaces=parent.kept_spaces or declared.get("white-space", "").startswith("pre"),
    )


def _read_font(text: str) -> str:
    first = text.partition(",")[0].strip(" \"'")
    return first if is_symbol_font(first) else ""


def _is_hidden(declared: Mapping[str, str]) -> bool:
    return (
        declared.get("display") == "none"
        or declared.get("visibility") in {"hidden", "collapse"}
        or declared.get("mso-hide") == "all"
        or any(_ZERO.fullmatch(declared.get(name, "")) for name in ("font-size", "opacity"))
    )


def _read_colour(text: str) -> str | None:
    """Return a colour as RRGGBB; ``None`` for none, and for pictures and shades."""
    if "url(" in text or "gradient" in text:
        return None
    match = _HEX.search(text)
    if match:
        digits = match[1] if len(match[1]) > 3 else "".join(2 * d for d in match[1])  # noqa: PLR2004
        return digits.upper()
    match = _RGB.search(text)
    if match:
        return "".join(f"{min(int(part), 255):02X}" for part in match.groups())
    return next((_NAMED[word] for word in text.split() if word in _NAMED), None)
