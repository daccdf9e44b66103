"""The numbers that Word writes itself before list items: they are in no run of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from reports.readers.word.ooxml.names import find_path, make_name, parse_count, read_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.readers.word.ooxml.styles import Styles

_PLACEHOLDER: Final = re.compile(r"%(\d)")
_LEVELS: Final = 9
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS: Final = 26


@dataclass(frozen=True)
class _ListLevel:
    """One level of a list: its first number, how it is written, the text around it."""

    start: int
    form: str
    text: str


@dataclass
class Numbering:
    """The lists of a document, and how far each has been counted."""

    lists: Mapping[str, tuple[str, Mapping[int, _ListLevel]]]
    """By ``numId``: the abstract list (which counts) and its levels."""
    styles: Styles
    counts: dict[str, list[int]] = field(default_factory=dict)

    @staticmethod
    def of(root: Any, styles: Styles) -> Numbering:
        """Return the numbering of a document's ``numbering.xml``; ``root`` is None without one."""
        if root is None:
            return Numbering({}, styles)
        abstract = {
            element.get(make_name("w:abstractNumId"), ""): _read_levels(element)
            for element in root.iterchildren(make_name("w:abstractNum"))
        }
        lists: dict[str, tuple[str, Mapping[int, _ListLevel]]] = {}
        for element in root.iterchildren(make_name("w:num")):
            pointed = read_value(element, "w:abstractNumId")
            changed = _read_overrides(element, abstract.get(pointed, {}))
            number = element.get(make_name("w:numId"), "")
            lists[number] = (
                (pointed, abstract.get(pointed, {}))
                if changed is None
                else (f"num {number}", changed)
            )
        return Numbering(lists, styles)

    def mark(self, paragraph: Any) -> str:
        """Return the number before a paragraph with a space after it, counting it; '' for none."""
        number, level = self._place(paragraph)
        counter, levels = self.lists.get(number, ("", {}))
        if level not in levels:
            return ""
        counts = self.counts.setdefault(counter, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if levels[level].form == "bullet":
            return "- "

        def written(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            if index not in levels or not 0 <= index < _LEVELS:
                return ""
            return _format_number(counts[index] or levels[index].start, levels[index].form)

        text = _PLACEHOLDER.sub(written, levels[level].text).strip()
        return f"{text} " if text else ""

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own, where it says nothing its style's."""
        properties = find_path(paragraph, "w:pPr")
        if properties is None:
            return "", 0
        own = find_path(properties, "w:numPr")
        identity = read_value(properties, "w:pStyle")
        found = [own] if own is not None else []
        found += self.styles.list_properties(identity, "w:numPr")
        numbers = (read_value(element, "w:numId") for element in found)
        levels = (read_value(element, "w:ilvl") for element in found)
        return next(filter(None, numbers), ""), parse_count(next(filter(None, levels), ""))


def _read_levels(element: Any) -> dict[int, _ListLevel]:
    levels: dict[int, _ListLevel] = {}
    for level in element.iterchildren(make_name("w:lvl")):
        index, start = level.get(make_name("w:ilvl"), ""), read_value(level, "w:start")
        if index.isdigit() and int(index) < _LEVELS:
            levels[int(index)] = _ListLevel(
                start=parse_count(start) if start else 1,
                form=read_value(level, "w:numFmt"),
                text=read_value(level, "w:lvlText"),
            )
    return levels


def _read_overrides(
    element: Any, levels: Mapping[int, _ListLevel]
) -> Mapping[int, _ListLevel] | None:
    """Return the levels of a list that begins anew or looks otherwise, None for any other."""
    overrides = list(element.iterchildren(make_name("w:lvlOverride")))
    if not overrides:
        return None
    changed = dict(levels)
    for override in overrides:
        changed |= _read_levels(override)
        index = parse_count(override.get(make_name("w:ilvl"), ""))
        start = read_value(override, "w:startOverride")
        if start and index in changed:
            changed[index] = replace(changed[index], start=parse_count(start))
    return changed


def _format_number(number: int, form: str) -> str:
    if form in {"lowerRoman", "upperRoman"}:
        text = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            text += sign * count
        return text.upper() if form == "upperRoman" else text
    if form in {"lowerLetter", "upperLetter"}:
        text = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return text.upper() if form == "upperLetter" else text
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)
