"""Fields: what is shown is their result, never the instruction that makes it.

Form fields have no result in the text: a check box is ☒ or ☐, a list the entry that was chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from reports.readers.word.ooxml.names import (
    VALUE,
    find_path,
    make_name,
    parse_count,
    read_count,
    read_switch,
)
from reports.readers.word.ooxml.symbols import read_sign

TICKED: Final = "☒"
NOT_TICKED: Final = "☐"

_FRACTION: Final = re.compile(r"\\f\s*\(([^();,]*)[;,]([^();]*)\)", re.IGNORECASE)
_SYMBOL: Final = re.compile(r"SYMBOL\s+(0x[0-9a-f]+|\d+)", re.IGNORECASE)
_FONT: Final = re.compile(r"\\f\s+\"?([^\"\\]+)\"?", re.IGNORECASE)
_LONGEST: Final = 4_000


@dataclass
class _Field:
    form: Any = None
    instruction: str = ""
    in_result: bool = False
    shown: bool = False


@dataclass
class FieldStack:
    """The fields that are open at a place of the text, the innermost last.

    Where begins and ends do not match (``balanced`` is False), no text is taken for instruction.
    """

    balanced: bool = True
    _open: list[_Field] = field(default_factory=list)

    @property
    def in_instruction(self) -> bool:
        """Whether text here is part of an instruction, which nobody sees."""
        return self.balanced and any(not one.in_result for one in self._open)

    def pass_sign(self, sign: Any) -> str:
        """Go over a begin, separator or end; return what the end of a form field shows."""
        kind = sign.get(make_name("w:fldCharType"))
        if kind == "begin":
            self._open.append(_Field(find_path(sign, "w:ffData")))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            done = self._open.pop()
            text = "" if self.in_instruction else _show_field(done)
            if done.shown or text:
                self.mark_shown()
            return text
        return ""

    def add_instruction(self, text: str) -> None:
        """Put text at the end of the innermost field's instruction."""
        if self._open and len(self._open[-1].instruction) < _LONGEST:
            self._open[-1].instruction += text

    def mark_shown(self) -> None:
        """Note that the open fields have a result with text."""
        for one in self._open:
            one.shown = True


def is_balanced(root: Any) -> bool:
    """Return True if each field that begins in a part ends in it."""
    signs = [sign.get(make_name("w:fldCharType")) for sign in root.iter(make_name("w:fldChar"))]
    return signs.count("begin") == signs.count("end")


def _show_field(done: _Field) -> str:
    box, choices = find_path(done.form, "w:checkBox"), find_path(done.form, "w:ddList")
    if box is not None:
        ticked = read_switch(box, "w:checked")
        return (
            TICKED if (read_switch(box, "w:default") if ticked is None else ticked) else NOT_TICKED
        )
    if done.shown:
        return ""
    if choices is not None:
        entries = choices.findall(make_name("w:listEntry"))
        chosen = read_count(choices, "w:result") or read_count(choices, "w:default")
        return entries[chosen].get(VALUE, "") if chosen < len(entries) else ""
    instruction = done.instruction.strip()
    if instruction.upper().startswith("EQ"):
        return "".join(
            f"{upper.strip()}/{lower.strip()}" for upper, lower in _FRACTION.findall(instruction)
        )
    sign, font = _SYMBOL.match(instruction), _FONT.search(instruction)
    if sign:
        code = int(sign[1], 16) if sign[1].lower().startswith("0x") else parse_count(sign[1])
        return read_sign(font[1].strip() if font else "", code)
    return ""
