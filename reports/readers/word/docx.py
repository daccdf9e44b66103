"""Word documents (.docx): the body in order, tables with their merged cells, footnotes.

Headers, footers, deleted text and comments are left out; text in boxes and content controls is
kept, and so are the numbers that Word writes itself before list items.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from reports.model.document import OPTIONS, Paragraph, TableCell
from reports.model.errors import ReportError
from reports.readers.raw_pages import RawPage, assemble_document, make_table
from reports.readers.refusal import make_refusal
from reports.readers.word.numbering import Numbering
from reports.readers.zip_safety import check_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.document import Block, Document, ReadLimits, ReadOptions

SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DROPPED: Final = frozenset(
    qn(tag)
    for tag in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr", "w:rPr", "w:sdtPr")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BOX: Final = qn("w:txbxContent")
_NOTE_MARKS: Final = {
    qn("w:footnoteReference"): "footnotes",
    qn("w:endnoteReference"): "endnotes",
}
_SIGNS: Final = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_WRAPPERS: Final = frozenset(
    qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")
)
_MAX_NESTED: Final = 8
_MAX_SPAN: Final = 200


def read_docx(
    data: bytes,
    name: str,
    limits: ReadLimits,
    options: ReadOptions = OPTIONS,  # noqa: ARG001
) -> Document:
    """Return the document of a .docx file. Places have no pages: Word fixes them when it prints.

    Raises ``ReportError`` for a damaged or locked file, or one beyond the limits.
    """
    parts = check_package(data, name, limits)
    if "word/document.xml" not in parts and not any(p.startswith("word/") for p in parts):
        raise make_refusal("damaged", name)
    try:
        opened = docx.Document(io.BytesIO(data))
        body = opened.element.body
        walk = _BodyReader(
            name=name,
            limits=limits,
            deadline=time.monotonic() + limits.max_seconds,
            numbering=_read_numbering(opened),
            notes={kind: _read_notes(opened, kind) for kind in ("footnotes", "endnotes")},
        )
        blocks = tuple(walk.blocks(body, 0))
    except ReportError:
        raise
    except Exception as fault:  # python-docx raises anything on a damaged file
        raise make_refusal("damaged", name) from fault
    return assemble_document(
        (RawPage(0, blocks),), name=name, data=data, media="docx", page_count=0
    )


@dataclass
class _BodyReader:
    """One way through the body: what was counted so far, and what the counting may reach."""

    name: str
    limits: ReadLimits
    deadline: float
    numbering: Numbering
    notes: dict[str, dict[str, Any]]
    cells: int = 0
    notes_seen: int = 0
    waiting: list[Block] = field(default_factory=list)
    """Boxes and footnotes met inside a paragraph: they follow it."""

    def blocks(self, parent: Any, depth: int) -> Iterator[Block]:
        """Yield the paragraphs and tables below ``parent`` in order."""
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                text = self.read_paragraph(child)
                yield Paragraph(text)
                yield from self.flush_pending()
            elif child.tag == qn("w:tbl"):
                yield from self.table(child, depth)
                yield from self.flush_pending()
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child, depth)

    def flush_pending(self) -> Iterator[Block]:
        """Yield what was met inside the last paragraph or table and stands after it."""
        waiting, self.waiting = self.waiting, []
        yield from waiting

    def read_paragraph(self, element: Any) -> str:
        """Return a paragraph's text, with its own number and marks of footnotes raised."""
        number = self.numbering.mark(element)
        text = "".join(self.runs(element))
        in_cell = element.getparent().tag == qn("w:tc")
        return number + text if in_cell or text.strip() else ""

    def runs(self, element: Any) -> Iterator[str]:
        """Yield the pieces of text below an element; notes and boxes are put aside."""
        for child in element.iterchildren():
            if child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag in _NOTE_MARKS:
                yield self.note(_NOTE_MARKS[child.tag], child.get(qn("w:id")))
            elif child.tag == _BOX:
                for part in list(self.blocks(child, _MAX_NESTED)):
                    self.waiting.append(part)
            elif child.tag not in _DROPPED and isinstance(child.tag, str):
                yield from self.runs(child)

    def note(self, kind: str, identity: str | None) -> str:
        """Return the raised mark of a note, and put the note's text aside."""
        element = self.notes[kind].pop(identity or "", None)
        if element is None:
            return ""
        self.notes_seen += 1
        mark = str(self.notes_seen)
        text = " ".join(self.read_paragraph(p) for p in element.iter(qn("w:p")))
        self.waiting.append(Paragraph(text, footnote=mark))
        return mark.translate(SUPERSCRIPTS)

    def table(self, element: Any, depth: int) -> Iterator[Block]:
        """Yield a table, then the tables that stand inside its cells."""
        nested: list[Block] = []
        rows = [self.row(row, depth, nested) for row in _iterate_rows(element)]
        width = max((sum(cell.spans for cell in row) for row in rows), default=0)
        yield make_table(
            [*row, *[TableCell("")] * (width - sum(cell.spans for cell in row))] for row in rows
        )
        yield from nested

    def row(self, row: Any, depth: int, nested: list[Block]) -> list[TableCell]:
        """Return a row's cells. A cell merged with the one above it is empty."""
        self.check()
        cells = [TableCell("")] * _read_number(row, "w:trPr/w:gridBefore")
        for cell in _iterate_cells(row):
            self.cells += 1
            spans = max(1, _read_number(cell, "w:tcPr/w:gridSpan"))
            lines: list[str] = []
            for part in self.read_cell_blocks(cell, depth):
                if isinstance(part, Paragraph) and not part.footnote:
                    lines.append(part.text)
                else:
                    nested.append(part)
            merge = cell.find("w:tcPr/w:vMerge", cell.nsmap)
            continued = merge is not None and merge.get(qn("w:val")) != "restart"
            cells.append(TableCell("" if continued else "\n".join(lines), spans=spans))
        return cells + [TableCell("")] * _read_number(row, "w:trPr/w:gridAfter")

    def read_cell_blocks(self, cell: Any, depth: int) -> Iterator[Block]:
        """Yield a cell's parts; cells nested deeper than any report's are refused."""
        if depth >= _MAX_NESTED:
            raise make_refusal("damaged", self.name)
        yield from self.blocks(cell, depth + 1)

    def check(self) -> None:
        """Raise ``ReportLimitError`` once the cells or the time are used up."""
        if self.cells > self.limits.max_cells:
            raise make_refusal("too_many_cells", self.name, limit=self.limits.max_cells)
        if time.monotonic() > self.deadline:
            raise make_refusal("too_slow", self.name, seconds=round(self.limits.max_seconds))


def _iterate_rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == qn("w:tr"):
            if child.find("w:trPr/w:del", child.nsmap) is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _iterate_rows(child)


def _iterate_cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _iterate_cells(child)


def _read_number(element: Any, path: str) -> int:
    child = element.find(path, {"w": qn("w:p")[1:].split("}")[0]})
    text = child.get(qn("w:val")) if child is not None else None
    return min(int(text), _MAX_SPAN) if text and text.isdigit() else 0


def _read_numbering(opened: Any) -> Numbering:
    for relation in opened.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return Numbering.of(parse_xml(relation.target_part.blob), opened.styles.element)
    return Numbering({}, {})


def _read_notes(opened: Any, kind: str) -> dict[str, Any]:
    """Return a document's notes by id, without the separators that Word keeps among them."""
    for relation in opened.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            tree = parse_xml(relation.target_part.blob)
            return {
                note.get(qn("w:id"), ""): note
                for note in tree.iterchildren()
                if isinstance(note.tag, str) and note.get(qn("w:type"), "normal") == "normal"
            }
    return {}
