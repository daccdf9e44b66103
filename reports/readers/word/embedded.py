"""What stands in a Word document as an object: boxes with text, pictures, charts, other files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from reports.model.document import Paragraph
from reports.readers.word.ooxml.names import choose_branch, find_path, make_name, parse_count
from reports.readers.word.pieces import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reports.readers.word.ooxml.package import WordPackage

BOX: Final = make_name("w:txbxContent")
_ALTERNATE: Final = make_name("mc:AlternateContent")
_TEXT: Final = make_name("a:t")
_IDENTITY: Final = make_name("r:id")
_SIZE: Final = re.compile(r"(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px)?")
_CENTIMETRES: Final = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96}
_EMU: Final = 360_000
_LEAST_AREA: Final = 15.0
"""In square centimetres: smaller pictures are emblems, stamps and signatures."""


def iterate_contents(element: Any, package: WordPackage, source: str) -> Iterator[Any]:
    """Yield in order what a person sees of an object: boxes, painted words and notices.

    Boxes are ``w:txbxContent`` elements, painted words paragraphs. ``source`` is the name of the
    part that the object is in.
    """
    for child in element:
        name = child.tag.rpartition("}")[2]
        if child.tag == BOX:
            yield child
        elif child.tag == _ALTERNATE:
            branch = choose_branch(child)
            if branch is not None:
                yield from iterate_contents(branch, package, source)
        elif name in _READERS:
            yield from _READERS[name](child, package, source)
        else:
            yield from iterate_contents(child, package, source)


def is_hidden(element: Any) -> bool:
    """Return True if a drawing or shape as a whole is set not to be shown."""
    properties = next(element.iter(make_name("wp:docPr")), None)
    if properties is not None:
        return properties.get("hidden") in {"1", "true", "on"}
    shape = next((child for child in element if child.get("style")), None)
    return shape is not None and "visibility:hidden" in shape.get("style", "").replace(" ", "")


def read_object(element: Any, package: WordPackage, source: str) -> Iterator[Any]:
    """Yield what ``w:drawing``, ``w:pict`` or ``w:object`` shows, as ``iterate_contents`` does."""
    if element.tag == make_name("w:object"):
        yield from _read_foreign(element, package, source)
    else:
        yield from iterate_contents(element, package, source)


def _read_foreign(element: Any, package: WordPackage, source: str) -> Iterator[Any]:
    """Yield a notice of the other program's content; its preview picture is not named again."""
    foreign = next(element.iter(make_name("o:OLEObject")), None)
    control = next(element.iter(make_name("w:control")), None)
    if foreign is not None:
        yield Notice("embedded", foreign.get("ProgID", ""))
    elif control is not None:
        yield Notice("control", control.get(make_name("w:name"), ""))
    else:
        yield from iterate_contents(element, package, source)


def _read_picture(element: Any, *_: object) -> Iterator[Notice]:
    if _measure_area(element) >= _LEAST_AREA:
        yield Notice("picture", _read_description(element))


def _read_chart(element: Any, package: WordPackage, source: str) -> Iterator[Notice]:
    yield Notice("chart", _read_words(package, source, element.get(_IDENTITY, "")))


def _read_diagram(element: Any, package: WordPackage, source: str) -> Iterator[Notice]:
    words = _read_words(package, source, element.get(make_name("r:dm"), ""))
    yield Notice("diagram", words)


def _read_painted(element: Any, *_: object) -> Iterator[Paragraph]:
    yield Paragraph(element.get("string", ""))


def _read_drawn_text(body: Any, *_: object) -> Iterator[Paragraph]:
    for paragraph in body.iterchildren(make_name("a:p")):
        yield Paragraph("".join(text.text or "" for text in paragraph.iter(_TEXT)))


def _read_words(package: WordPackage, source: str, identity: str) -> str:
    """Return the words of a chart's or diagram's own part, '' where they cannot be read."""
    relation = package.relations(source).get(identity)
    if relation is None or relation.external or relation.target.lower() not in package.names:
        return ""
    try:
        root = package.parse(relation.target)
    except etree.XMLSyntaxError:
        return ""
    return " ".join(text.text or "" for text in root.iter(_TEXT))


def _measure_area(element: Any) -> float:
    """Return the area of a picture in square centimetres, infinite where nothing says."""
    for child in element.iter(make_name("a:ext")):
        if child.get("cx"):
            return _multiply(child)
    for outer in element.iterancestors():
        extent = find_path(outer, "wp:extent")
        if extent is not None:
            return _multiply(extent)
        found = {
            kind: float(size) * _CENTIMETRES[unit or "px"]
            for kind, size, unit in _SIZE.findall(outer.get("style", ""))
            if size.count(".") <= 1 and size != "."
        }
        if {"width", "height"} <= set(found):
            return found["width"] * found["height"]
        if outer.tag == make_name("w:r"):
            break
    return float("inf")


def _multiply(extent: Any) -> float:
    sides = (parse_count(extent.get(side, "0"), 10**9) / _EMU for side in ("cx", "cy"))
    first, second = sides
    return first * second


def _read_description(element: Any) -> str:
    """Return the words that a person gave a picture for those who do not see it."""
    for outer in element.iterancestors():
        properties = find_path(outer, "wp:docPr")
        if properties is not None:
            return str(properties.get("descr", ""))
        if outer.tag == make_name("w:r"):
            break
    return str(element.get(make_name("o:title"), ""))


_READERS: Final[dict[str, Callable[[Any, WordPackage, str], Iterator[Any]]]] = {
    "object": _read_foreign,
    "pic": _read_picture,
    "imagedata": _read_picture,
    "chart": _read_chart,
    "relIds": _read_diagram,
    "textpath": _read_painted,
    "txBody": _read_drawn_text,
}
