"""The texts of a workbook's cells: runs with their look, escapes, what is shown of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reports.readers.sheets.excel.package import find_child, get_name
from reports.readers.sheets.excel.styles import is_same_colour, read_font
from reports.readers.sheets.number_formats.shown_values import show_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import UnseenReason
    from reports.readers.sheets.excel.styles import CellStyle, Colours

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BREAK: Final = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")


@dataclass(frozen=True)
class Run:
    """A piece of a cell's text; ``font`` is its own (struck, colour), ``None`` for the cell's."""

    text: str
    font: tuple[bool, str | None] | None = None


@dataclass(frozen=True)
class ShownText:
    """What a cell shows, and what it holds and does not show."""

    text: str
    unseen: str = ""
    reason: UnseenReason = ""


CellText = str | tuple[Run, ...]
"""A text in one look, or in several."""


def decode_escapes(text: str) -> str:
    """Return the text with ``_xHHHH_`` put back into the characters that XML cannot hold."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def join_wrapped_lines(text: str) -> str:
    """Return the text with lines joined that were broken to fit: within a sentence, after a word.

    A line that ends in a number or a mark is whole, and so is one before a capital or a sign.
    """
    pieces = _BREAK.split(text)
    joined = pieces[0]
    for piece in pieces[1:]:
        within = joined[-1:].isalpha() and piece[:1].islower() and piece[1:2] not in {")", "."}
        joined += (" " if within else "\n") + piece
    return joined


def read_text(element: Any, colours: Colours) -> CellText:
    """Return the text of a shared or inline string, without the readings of its signs."""
    runs: list[Run] = []
    for child in element:
        name = get_name(child)
        if name == "t":
            runs.append(Run(decode_escapes(child.text or "")))
        elif name == "r":
            text = find_child(child, "t")
            font = find_child(child, "rPr")
            if text is not None and text.text:
                look = read_font(font, colours) if font is not None else None
                runs.append(Run(decode_escapes(text.text), look))
    if all(run.font is None for run in runs):
        return "".join(run.text for run in runs)
    return tuple(runs)


def show_text(content: CellText, style: CellStyle) -> ShownText:
    """Return what a cell shows of its text in its style, and what not."""
    runs: Sequence[Run] = (Run(content),) if isinstance(content, str) else content
    seen: list[str] = []
    unseen: list[str] = []
    reason: UnseenReason = ""
    for run in runs:
        why = find_reason(style, run.font)
        if why and run.text.strip():
            unseen.append(run.text)
            reason = reason or why
        else:
            seen.append(run.text)
    text = join_wrapped_lines("".join(seen))
    shown = show_value(text, style.code) if text else ""
    if text.strip() and not shown.strip():
        unseen.append(text)
        reason = reason or "hidden_text"
    return ShownText(shown, " ".join(unseen), reason)


def find_reason(style: CellStyle, font: tuple[bool, str | None] | None = None) -> UnseenReason:
    """Return why writing of this look is not seen; '' where it is."""
    if font is None:
        return style.unseen_reason
    struck, ink = font
    if struck:
        return "struck_out"
    return "same_colour" if is_same_colour(ink, style.ground) else ""
