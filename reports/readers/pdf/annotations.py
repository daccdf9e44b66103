"""What lies over a page: values of form fields, text boxes, lines through text, notes.

Values of fields and text boxes are shown, so they are put on the page as letters at their place.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text

from reports.readers.pdf.drawing.content import Box, Glyph
from reports.readers.pdf.drawing.interpreter import place_on_page, read_appearance
from reports.readers.pdf.drawing.layers import is_layer_off
from reports.readers.refusal import FileRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    from reports.model.document import UnseenReason
    from reports.readers.pdf.drawing.content import PageContent

_HIDDEN: Final = 2 | 32
_MULTILINE: Final = 1 << 12
_PASSWORD: Final = 1 << 13
_RADIO: Final = 1 << 15
_PUSH: Final = 1 << 16
_MAX_ANNOTATIONS: Final = 5_000
_MAX_LETTERS: Final = 20_000
_MAX_PARENTS: Final = 16
_SIZE: Final = 10.0
_SMALLEST: Final = 2.0
_WIDE: Final = 0.5
_NOTES: Final = frozenset(
    {"Text", "Highlight", "Underline", "Squiggly", "StrikeOut", "Square", "Circle", "Caret", "Ink"}
)
_FIRST_RUN: Final = 1_000_000_000
"""Strings of annotations are numbered apart from those of the page."""


@dataclass
class Annotations:
    """What lies over a page: letters on it, and the notes that open on a click."""

    glyphs: list[Glyph] = field(default_factory=list)
    struck: list[Box] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def refuse_drawn_forms(catalog: dict[Any, Any]) -> None:
    """Raise ``FileRefusedError`` for a form whose pages only Adobe's reader can draw (XFA)."""
    form = resolve1(catalog.get("AcroForm"))
    if not isinstance(form, dict) or resolve1(form.get("XFA")) is None:
        return
    if resolve1(catalog.get("NeedsRendering")) or not resolve1(form.get("Fields")):
        raise FileRefusedError("xfa_form")


def add_annotations(
    page: PDFPage,
    manager: PDFResourceManager,
    layers_off: frozenset[int],
    content: PageContent,
) -> list[str]:
    """Put what lies over the page on it; return the notes that a click opens."""
    found = Annotations()
    for annotation in _list_annotations(page):
        if not is_layer_off(annotation.get("OC"), layers_off):
            _read_annotation(annotation, page, manager, found)
        if len(found.glyphs) > _MAX_LETTERS:
            break
    for glyph in content.glyphs:
        if not glyph.reason and any(
            box.x0 <= glyph.across <= box.x1 and box.top <= glyph.down <= box.bottom
            for box in found.struck
        ):
            glyph.reason = "struck_out"
    content.glyphs.extend(found.glyphs)
    return found.notes


def _list_annotations(page: PDFPage) -> Iterator[dict[Any, Any]]:
    listed = resolve1(page.annots)
    for entry in listed[:_MAX_ANNOTATIONS] if isinstance(listed, list) else []:
        annotation = resolve1(entry)
        if isinstance(annotation, dict):
            yield annotation


def _read_annotation(
    annotation: dict[Any, Any], page: PDFPage, manager: PDFResourceManager, found: Annotations
) -> None:
    kind = getattr(resolve1(annotation.get("Subtype")), "name", "")
    box = place_on_page(page, annotation.get("Rect"))
    flags = resolve1(annotation.get("F"))
    hidden = bool(flags & _HIDDEN) if isinstance(flags, int) else False
    if box is None:
        return
    text = _read_text(annotation.get("Contents")).strip()
    drawn: list[Glyph] = []
    appearance = _find_appearance(annotation)
    if appearance is not None and kind in {"Widget", "FreeText", "Stamp", "Watermark"}:
        drawn = read_appearance(page, manager, appearance, box)
    if kind == "Widget":
        value = _read_field(annotation)
        found.glyphs.extend(_show(value, drawn, box, found, "invisible" if hidden else ""))
    elif kind == "FreeText":
        found.glyphs.extend(_show(text, drawn, box, found, "invisible" if hidden else ""))
    elif kind in {"Stamp", "Watermark"} and not hidden:
        found.glyphs.extend(_show("", drawn, box, found, "watermark"))
    elif not hidden and kind in _NOTES:
        if text:
            found.notes.append(text)
        if kind == "StrikeOut":
            found.struck.extend(_list_quads(annotation, page))


def _show(
    value: str, drawn: list[Glyph], box: Box, found: Annotations, reason: UnseenReason
) -> list[Glyph]:
    """Return a value's letters: as drawn where that can be trusted, else set into the box.

    What is drawn may be formatted (``45%`` for 0.45); but the fonts of forms often lack
    Vietnamese letters, and then the value alone is right.
    """
    letters = "".join(glyph.text for glyph in drawn).strip()
    plain = letters and "(cid:" not in letters and value.isascii()
    run = _FIRST_RUN + len(found.glyphs)
    glyphs = drawn if plain or not value else _set_text(value, box, run)
    for glyph in glyphs:
        glyph.run += 0 if glyph.run >= _FIRST_RUN else run
        glyph.reason = reason
    return glyphs


def _set_text(value: str, box: Box, run: int) -> list[Glyph]:
    """Return a text as letters in lines within a box, small enough to fit in."""
    width, height = max(1.0, box.x1 - box.x0), max(1.0, box.bottom - box.top)
    size = min(_SIZE, height)
    while True:
        room = max(1, int(width / (_WIDE * size)))
        lines = [part for line in value.splitlines() for part in textwrap.wrap(line, room) or [""]]
        if len(lines) * size <= height + 1 or size <= _SMALLEST:
            break
        size *= 0.8
    first = max(box.top, (box.top + box.bottom - len(lines) * size) / 2)
    glyphs: list[Glyph] = []
    for number, line in enumerate(lines):
        top = first + number * size
        for index, letter in enumerate(line):
            x = box.x0 + 1 + index * _WIDE * size
            glyphs.append(
                Glyph(
                    text=letter,
                    box=Box(x, top, x + _WIDE * size, top + size),
                    size=size,
                    turn=0,
                    angle=0.0,
                    font="",
                    colour=None,
                    alpha=1.0,
                    run=run,
                    order=run + len(glyphs),
                    inked=True,
                    clip=box,
                    origin=(x, top + 0.8 * size),
                )
            )
    return glyphs


def _read_field(widget: dict[Any, Any]) -> str:
    """Return what a form field shows: its text, its choice, ☒ or ☐."""
    kind = getattr(_inherit(widget, "FT"), "name", "")
    flags = _inherit(widget, "Ff")
    flags = flags if isinstance(flags, int) else 0
    value = _inherit(widget, "V")
    if kind == "Btn":
        if flags & _PUSH:
            return ""
        state = getattr(resolve1(widget.get("AS")), "name", "")
        if not state and not flags & _RADIO:
            state = getattr(value, "name", "")
        return "☒" if state not in {"", "Off"} else "☐"
    if kind == "Ch":
        labels = dict(_list_options(_inherit(widget, "Opt")))
        chosen = value if isinstance(value, list) else [value]
        texts = [_read_text(one) for one in chosen]
        return ", ".join(labels.get(text, text) for text in texts if text)
    if kind == "Tx" and not flags & _PASSWORD:
        text = _read_text(value)
        return text if flags & _MULTILINE else " ".join(text.split())
    return ""


def _list_options(options: Any) -> Iterator[tuple[str, str]]:
    for option in options if isinstance(options, list) else []:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2:  # noqa: PLR2004 - the value and its label
            yield _read_text(pair[0]), _read_text(pair[1])


def _inherit(widget: dict[Any, Any], key: str) -> Any:
    """Return what a field says of itself, or what the fields above it say."""
    holder: Any = widget
    for _ in range(_MAX_PARENTS):
        if not isinstance(holder, dict):
            return None
        if key in holder:
            return resolve1(holder[key])
        holder = resolve1(holder.get("Parent"))
    return None


def _read_text(value: Any) -> str:
    found = resolve1(value)
    if isinstance(found, PDFStream):
        found = found.get_data()[: 4 * _MAX_LETTERS]
    if isinstance(found, bytes):
        return decode_text(found).replace("\r\n", "\n").replace("\r", "\n")
    return found if isinstance(found, str) else ""


def _find_appearance(annotation: dict[Any, Any]) -> PDFStream | None:
    shown = resolve1(annotation.get("AP"))
    normal = resolve1(shown.get("N")) if isinstance(shown, dict) else None
    if isinstance(normal, dict):
        state = getattr(resolve1(annotation.get("AS")), "name", "")
        normal = resolve1(normal.get(state))
    return normal if isinstance(normal, PDFStream) else None


def _list_quads(annotation: dict[Any, Any], page: PDFPage) -> Iterator[Box]:
    points = resolve1(annotation.get("QuadPoints"))
    numbers = [resolve1(point) for point in points] if isinstance(points, list) else []
    if not all(isinstance(number, (int, float)) for number in numbers):
        return
    for start in range(0, len(numbers) - 7, 8):
        quad = numbers[start : start + 8]
        xs, ys = quad[::2], quad[1::2]
        box = place_on_page(page, [min(xs), min(ys), max(xs), max(ys)])
        if box is not None:
            yield box
