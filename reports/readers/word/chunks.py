"""Documents that Word brings in where it shows them (``w:altChunk``)."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Final

from lxml import etree

from reports.model.document import TableBlock
from reports.model.errors import ReportError
from reports.readers.encodings import decode_text
from reports.readers.text import read_text
from reports.readers.word.ooxml.package import holds_word_document, open_package
from reports.readers.word.pieces import Notice, RawTable
from reports.readers.zip_safety import check_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reports.model.document import Block
    from reports.readers.word.ooxml.package import WordPackage
    from reports.readers.word.pieces import Budget, Piece, Surroundings

_MARKUP: Final = re.compile(
    rb"<\s*(?:!doctype|html|head|body|table|p|div|meta|\?xml)\b", re.IGNORECASE
)
_ARCHIVE: Final = re.compile(
    rb"^(?:mime-version|content-type|from)\s*:", re.IGNORECASE | re.MULTILINE
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
    elif data.startswith(b"{\\rtf") or _MARKUP.search(head) or _ARCHIVE.search(head):
        yield Notice("inserted", part)
    else:
        text = decode_text(data).encode()
        yield from make_pieces(read_text(text, budget.name).blocks, budget)


def make_pieces(blocks: Iterable[Block], budget: Budget) -> Iterator[Piece]:
    """Yield the blocks that another reader found as pieces, their cells counted."""
    for block in blocks:
        if isinstance(block, TableBlock):
            budget.cells += sum(len(row.cells) for row in block.rows)
            yield RawTable(tuple(row.cells for row in block.rows))
        else:
            yield block


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
