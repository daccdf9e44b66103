"""The numbers that Word writes itself before list items: they are in no run of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    styles: Mapping[str, tuple[str, int]]
    """By paragraph style: ``numId`` and level."""
    counts: dict[str, list[int]] = field(default_factory=dict)

    @staticmethod
    def of(numbering: Any, styles: Any) -> Numbering:
        """Return the numbering of a document's ``numbering.xml`` and ``styles.xml`` elements."""
        abstract = {
            element.get(qn("w:abstractNumId"), ""): _read_levels(element)
            for element in numbering.iterchildren(qn("w:abstractNum"))
        }
        lists: dict[str, tuple[str, Mapping[int, _ListLevel]]] = {}
        for element in numbering.iterchildren(qn("w:num")):
            pointed = _read_value(element, "w:abstractNumId")
            overrides = any(True for _ in element.iterchildren(qn("w:lvlOverride")))
            number = element.get(qn("w:numId"), "")
            counter = f"num {number}" if overrides else pointed
            lists[number] = (counter, abstract.get(pointed, {}))
        by_style: dict[str, tuple[str, int]] = {}
        for style in styles.iterchildren(qn("w:style")):
            for properties in style.iter(qn("w:numPr")):
                level = _read_value(properties, "w:ilvl")
                by_style[style.get(qn("w:styleId"), "")] = (
                    _read_value(properties, "w:numId"),
                    int(level) if level.isdigit() else 0,
                )
        return Numbering(lists, by_style)

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
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return "", 0
        own = properties.find(qn("w:numPr"))
        if own is not None:
            level = _read_value(own, "w:ilvl")
            return _read_value(own, "w:numId"), int(level) if level.isdigit() else 0
        return self.styles.get(_read_value(properties, "w:pStyle"), ("", 0))


def _read_levels(element: Any) -> dict[int, _ListLevel]:
    levels: dict[int, _ListLevel] = {}
    for level in element.iterchildren(qn("w:lvl")):
        index, start = level.get(qn("w:ilvl"), ""), _read_value(level, "w:start")
        if index.isdigit() and int(index) < _LEVELS:
            levels[int(index)] = _ListLevel(
                start=int(start) if start.isdigit() else 1,
                form=_read_value(level, "w:numFmt"),
                text=_read_value(level, "w:lvlText"),
            )
    return levels


def _read_value(element: Any, tag: str) -> str:
    child = element.find(qn(tag))
    return str(child.get(qn("w:val"), "")) if child is not None else ""


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
