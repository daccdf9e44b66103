"""What lies over the cells of a sheet: text boxes, pictures, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from reports.model.document import Paragraph
from reports.readers.sheets.excel.cell_texts import decode_escapes
from reports.readers.sheets.excel.package import find_child, get_name, is_on

if TYPE_CHECKING:
    from reports.readers.sheets.excel.package import Package

_PICTURE_ROWS: Final = 4
_PICTURE_COLUMNS: Final = 2
_PICTURE_SIZE: Final = 1_500_000
"""In EMU, some four centimetres: what is smaller is a sign or a logo."""
_THREAD_NOTICE: Final = re.compile(r"^\[Threaded comment\].*?Comment:\s*", re.DOTALL)


@dataclass
class Overlay:
    """What lies over a sheet: boxes with the row (from 1) that they begin in, pictures, comments.

    ``comments`` are pairs of a cell's address and the words.
    """

    boxes: list[tuple[int, Paragraph]] = field(default_factory=list)
    pictures: int = 0
    comments: list[tuple[str, str]] = field(default_factory=list)


def read_overlay(package: Package, part: str) -> Overlay:
    """Return what lies over the sheet of a part; raises lxml's errors for damaged parts."""
    overlay = Overlay()
    relations = [r for r in package.read_relations(part).values() if package.has(r.target)]
    for relation in relations:
        if relation.kind == "drawing":
            _read_drawing(package.parse(relation.target), overlay)
    threads = [r.target for r in relations if r.kind == "threadedComment"]
    notes = [r.target for r in relations if r.kind == "comments"]
    for target in notes:
        overlay.comments.extend(_read_comments(package.parse(target), "comment"))
    for target in threads:
        threaded = _read_comments(package.parse(target), "threadedComment")
        known = {address for address, _ in threaded}
        overlay.comments = [c for c in overlay.comments if c[0] not in known] + threaded
    return overlay


def _read_drawing(root: Any, overlay: Overlay) -> None:
    for shape in root.iter("{*}sp", "{*}pic", "{*}graphicFrame"):
        above = [get_name(element) for element in shape.iterancestors()]
        if "Fallback" in above:  # the same again for older programs
            continue
        anchor = next((e for e in shape.iterancestors() if get_name(e).endswith("Anchor")), None)
        if get_name(shape) == "sp":
            overlay.boxes.extend(_read_box(shape, _read_row(anchor)))
        elif not _is_hidden(shape) and anchor is not None and _is_large(anchor):
            overlay.pictures += 1


def _read_box(shape: Any, row: int) -> list[tuple[int, Paragraph]]:
    body = find_child(shape, "txBody")
    found: list[tuple[int, Paragraph]] = []
    for paragraph in body if body is not None else ():
        if get_name(paragraph) != "p":
            continue
        seen: list[str] = []
        struck: list[str] = []
        for run in paragraph:
            text = find_child(run, "t")
            look = find_child(run, "rPr")
            gone = look is not None and look.get("strike") in {"sngStrike", "dblStrike"}
            if text is not None:
                (struck if gone else seen).append(decode_escapes(text.text or ""))
            elif get_name(run) == "br":
                seen.append("\n")
        shown, gone_text = "".join(seen).strip(), " ".join(struck).strip()
        if _is_hidden(shape):
            hidden = " ".join(filter(None, (shown, gone_text)))
            if hidden:
                found.append((row, Paragraph("", unseen=hidden, unseen_reason="hidden_text")))
        elif shown or gone_text:
            reason = "struck_out" if gone_text else ""
            found.append((row, Paragraph(shown, unseen=gone_text, unseen_reason=reason)))  # type: ignore[arg-type]
    return found


def _is_hidden(shape: Any) -> bool:
    return any(is_on(element.get("hidden")) for element in shape.iter("{*}cNvPr"))


def _read_row(anchor: Any) -> int:
    start = None if anchor is None else find_child(anchor, "from")
    return _read_int(start, "row") + 1


def _is_large(anchor: Any) -> bool:
    size = find_child(anchor, "ext")
    if size is not None:
        return min(int(size.get("cx") or 0), int(size.get("cy") or 0)) >= _PICTURE_SIZE
    start, end = find_child(anchor, "from"), find_child(anchor, "to")
    rows = _read_int(end, "row") - _read_int(start, "row")
    columns = _read_int(end, "col") - _read_int(start, "col")
    return rows >= _PICTURE_ROWS and columns >= _PICTURE_COLUMNS


def _read_int(element: Any, name: str) -> int:
    child = None if element is None else find_child(element, name)
    text = "" if child is None else (child.text or "").strip()
    return int(text) if text.isdigit() else 0


def _read_comments(root: Any, name: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for comment in root.iter(f"{{*}}{name}"):
        text = "".join(
            piece.text or ""
            for piece in comment.iter("{*}t", "{*}text")
            if not any(get_name(parent) == "rPh" for parent in piece.iterancestors())
        )
        text = " ".join(_THREAD_NOTICE.sub("", decode_escapes(text)).split())
        if text:
            found.append((comment.get("ref") or "", text))
    return found
