"""Old fonts and wrongly decoded text in a document of any format, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from geo.i18n import t
from reports.model.document import Paragraph, TableBlock, iterate_pieces
from reports.readers.encodings.decoding import TWICE, WHOLE_FROM
from reports.readers.encodings.legacy_fonts import (
    LEGACY_ENCODINGS,
    convert_legacy,
    convert_piece,
    find_legacy_encoding,
    has_unicode_vietnamese,
)
from reports.readers.encodings.mojibake import is_garbled, repair_text
from reports.readers.encodings.preview import (
    describe_conversion,
    describe_garbled,
    describe_unconverted,
)
from reports.readers.raw_pages import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.document import Block, Document, TableCell, TableRow
    from reports.readers.encodings.legacy_fonts import LegacyEncoding

_DECODED: Final = frozenset({"text", "csv"})
"""Formats whose reader has judged the encoding of the whole file already."""
_PAIRS: Final = 2
_LOST: Final = "\ufffd"


def apply_encoding(document: Document, encoding: str = "") -> Document:
    """Return the document in Unicode, as a person chose or as it is judged, with what to say of it.

    Text of old fonts is converted piece by piece. Wrongly decoded text is only if that was chosen:
    until then the table rows that have it are among what is not read, and a message shows both
    readings.
    """
    if document.media not in _DECODED:
        document = _convert_document(document, encoding)
    return document if encoding == TWICE else _set_garbled_rows_aside(document)


def _convert_document(document: Document, encoding: str) -> Document:
    if encoding == TWICE:
        return _map_texts(document, lambda text: clean_text(repair_text(text)))
    if encoding in LEGACY_ENCODINGS:
        chosen = cast("LegacyEncoding", encoding)
        return _map_texts(document, lambda text: clean_text(convert_legacy(text, chosen)))
    texts = [piece.text for piece, _ in iterate_pieces(document)]
    legacy, share = find_legacy_encoding(texts)
    if legacy is None:
        return _add_garbled_message(document)
    if encoding:
        return _add_messages(document, describe_unconverted(legacy))
    whole = not any(map(has_unicode_vietnamese, texts))
    changes: list[tuple[str, str]] = []

    def convert(text: str) -> str:
        made = clean_text(convert_piece(text, legacy, whole=whole))
        if made != text and len(changes) < _PAIRS:
            changes.append((text, made))
        return made

    document = _map_texts(document, convert)
    return _add_messages(document, describe_conversion(legacy, changes, whole=share >= WHOLE_FROM))


def _add_garbled_message(document: Document) -> Document:
    garbled = [piece for piece, _ in iterate_pieces(document) if is_garbled(piece.text)]
    if not garbled:
        return document
    where = ", ".join(dict.fromkeys(_describe_place(piece) for piece in garbled[:_PAIRS]))
    pairs = [(piece.text, repair_text(piece.text)) for piece in garbled[:_PAIRS]]
    return _add_messages(document, describe_garbled(where, pairs))


def _describe_place(piece: Paragraph | TableCell) -> str:
    place = piece.place
    if place.page:
        return t("reports.encoding.page", page=place.page, line=place.line_from)
    return t("reports.encoding.lines", lines=place.line_from)


def _set_garbled_rows_aside(document: Document) -> Document:
    """Return the document without the words of table rows that have lost or garbled letters."""
    # In other formats the sign stands for one that the file has and nobody knows.
    lost = _LOST if document.media in _DECODED else ""
    blocks = tuple(
        replace(block, rows=tuple(_set_row_aside(row, lost) for row in block.rows))
        if isinstance(block, TableBlock)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def _set_row_aside(row: TableRow, lost: str) -> TableRow:
    if not any(is_garbled(cell.text) or (lost and lost in cell.text) for cell in row.cells):
        return row
    cells = tuple(
        replace(
            cell,
            text="",
            unseen=" ".join(filter(None, (cell.text, cell.unseen))),
            unseen_reason="garbled",
        )
        if cell.text
        else cell
        for cell in row.cells
    )
    return replace(row, cells=cells)


def _map_texts(document: Document, change: Callable[[str], str]) -> Document:
    return replace(document, blocks=tuple(_map_block(block, change) for block in document.blocks))


def _map_block(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text), unseen=change(block.unseen))
    rows = (
        replace(
            row,
            cells=tuple(
                cell
                if cell.text.isascii() and not cell.unseen
                else replace(cell, text=change(cell.text), unseen=change(cell.unseen))
                for cell in row.cells
            ),
        )
        for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _add_messages(document: Document, *messages: str) -> Document:
    return replace(document, messages=(*document.messages, *messages))
