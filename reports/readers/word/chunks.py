"""Documents that Word brings in where it shows them (``w:altChunk``)."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Final

from lxml import etree

from reports.model.document import TableBlock
from reports.model.errors import ReportError
from reports.readers.encodings import decode_text
from reports.readers.raw_pages import RawPage
from reports.readers.refusal import FileRefusedError
from reports.readers.text import read_text
from reports.readers.word.ooxml.package import holds_word_document, open_package
from reports.readers.word.pieces import Notice, RawTable
from reports.readers.zip_safety import check_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reports.model.document import Block
    from reports.readers.word.ooxml.package import WordPackage
    from reports.readers.word.pieces import Budget, Piece, Surroundings

_MARKUP: Final = re.compile(
    rb"<\s*(?:!doctype|html|head|body|table|p|div|meta|\?xml)\b", re.IGNORECASE
)
_WORD_XML: Final = re.compile(rb"<(?:pkg:package|w:wordDocument)\b")
_ARCHIVE: Final = re.compile(
    rb"\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?(?:mime-version|content-type)\s*:",
    re.IGNORECASE,
)
_HEAD: Final = 2_000


def read_chunk(
    package: WordPackage,
    part: str,
    budget: Budget,
    surroundings: Surroundings,
    read_package: Callable[[WordPackage, Budget, Surroundings], Iterable[Piece]],
) -> Iterator[Piece]:
    """Yield the pieces of a part that is brought in, a notice with its name where none is read.

    ``read_package`` reads a Word document. Raises ``ReportError`` beyond the limits.
    """
    try:
        data = package.read(part)
    except KeyError:
        yield Notice("inserted", part)
        return
    head = data[:_HEAD]
    if data.startswith(b"PK"):
        check_package(data, budget.name, budget.limits)
        yield from _read_inner(data, part, budget, surroundings, read_package)
    elif data.startswith(b"{\\rtf") or _WORD_XML.search(head):
        yield Notice("inserted", part)
    elif _ARCHIVE.match(head) or _MARKUP.search(head):
        kind = "mht" if _ARCHIVE.match(head) else "html"
        yield from _read_web_page(kind, data, part, budget)
    else:
        text = decode_text(data).encode()
        yield from make_pieces(read_text(text, budget.name).blocks, budget)


def make_pieces(blocks: Sequence[Block], budget: Budget) -> Iterator[Piece]:
    """Yield the blocks that another reader found as pieces, their cells counted.

    A table in a cell names the number of its table among the blocks.
    """
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    inner: dict[int, list[tuple[int, int, int]]] = {}
    for number, table in enumerate(tables, start=1):
        budget.cells += sum(len(row.cells) for row in table.rows)
        if table.inside is not None and table.inside.table < number:
            place = (table.inside.row, table.inside.column, number)
            inner.setdefault(table.inside.table, []).append(place)

    def make_table(number: int) -> RawTable:
        rows = tuple(row.cells for row in tables[number - 1].rows)
        held = ((row, column, make_table(one)) for row, column, one in inner.get(number, ()))
        return RawTable(rows, tuple(held))

    nested = {number for held in inner.values() for _, _, number in held}
    number = 0
    for block in blocks:
        if not isinstance(block, TableBlock):
            yield block
            continue
        number += 1
        if number not in nested:
            yield make_table(number)


def _read_web_page(kind: str, data: bytes, part: str, budget: Budget) -> Iterator[Piece]:
    from reports.readers.web_pages.pages import read_web_pages  # noqa: PLC0415 - only as needed

    try:
        pages = list(read_web_pages(kind, data, max_cells=budget.limits.max_cells))
    except FileRefusedError:
        yield Notice("inserted", part)
        return
    blocks = [block for page in pages if isinstance(page, RawPage) for block in page.parts]
    yield from make_pieces(blocks, budget)


def _read_inner(
    data: bytes,
    part: str,
    budget: Budget,
    surroundings: Surroundings,
    read_package: Callable[[WordPackage, Budget, Surroundings], Iterable[Piece]],
) -> Iterator[Piece]:
    if not holds_word_document(data):
        yield Notice("inserted", part)
        return
    try:
        yield from list(read_package(open_package(data), budget, surroundings))
    except ReportError:
        raise
    except (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile):
        yield Notice("inserted", part)
