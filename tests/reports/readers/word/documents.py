"""Making Word documents of raw XML: what python-docx itself cannot write."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.oxml import parse_xml

from reports.model.document import ReadLimits
from reports.readers.word.docx import read_docx
from tests.reports.readers.packages import saved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.document import Document

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_SPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(inner: str, properties: str = "") -> str:
    """Return a run; plain words become its text."""
    content = inner if inner.startswith("<") else f'<w:t xml:space="preserve">{inner}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph; plain words become runs."""
    content = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def cell(*blocks: str, properties: str = "") -> str:
    """Return a table cell; plain words become paragraphs."""
    content = "".join(part if part.startswith("<") else paragraph(part) for part in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or '<w:p/>'}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a table row; plain words become cells."""
    content = "".join(part if part.startswith("<") else cell(part) for part in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{content}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def make_docx(
    *blocks: str,
    styles: str = "",
    parts: Mapping[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """Return a document of the blocks; ``parts`` are name → kind and content, with the name as id.

    A part lies beside the document's own; ``styles`` are put after the template's.
    """
    document = docx.Document()
    body = document.element.body
    for element in parse_xml(f"<w:body {_SPACES}>{''.join(blocks)}</w:body>"):
        body.insert(len(body) - 1, element)
    for element in parse_xml(f"<w:styles {_SPACES}>{styles}</w:styles>"):
        document.styles.element.append(element)
    return _add_parts(saved(document), parts or {})


def read(*blocks: str, **settings: object) -> Document:
    """Return what is read of a document of the blocks."""
    return read_docx(make_docx(*blocks, **settings), "a.docx", ReadLimits())  # type: ignore[arg-type]


def texts(document: Document) -> list[object]:
    """Return the text of each paragraph, and of each table the rows of texts."""
    return [
        [[one.text for one in line.cells] for line in block.rows]
        if hasattr(block, "rows")
        else block.text
        for block in document.blocks
    ]


def _add_parts(data: bytes, parts: Mapping[str, tuple[str, bytes]]) -> bytes:
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{name}"/>'
        for name, (kind, _) in parts.items()
    ).encode()
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", relations + b"</Relationships>")
            new.writestr(entry, content)
        for name, (_, content) in parts.items():
            new.writestr(f"word/{name}", content.replace(b"SPACES", _SPACES.encode()))
    return result.getvalue()
