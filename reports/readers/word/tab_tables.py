"""Tables that are typed with tab stops: a heading of items, and lines parted in the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.document import Paragraph, TableCell
from reports.readers.word.pieces import RawTable
from reports.readers.word.small_tables import is_item_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.readers.word.pieces import Piece

_LEAST: Final = 3
"""Columns of a table, and its rows with the heading: fewer may be a signature or a list."""


def open_tab_tables(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces with lines parted by tabs below a heading of items as tables."""
    at = 0
    while at < len(pieces):
        rows = _read_rows(pieces, at)
        if len(rows) >= _LEAST:
            yield RawTable(tuple(rows))
            at += len(rows)
        else:
            yield _drop_tabs(pieces[at])
            at += 1


def _drop_tabs(piece: Piece) -> Piece:
    if not isinstance(piece, Paragraph) or "\t" not in piece.text:
        return piece
    return replace(piece, text=piece.text.replace("\t", " "))


def _read_rows(pieces: Sequence[Piece], at: int) -> list[tuple[TableCell, ...]]:
    """Return the rows of the table that begins at a piece, none if no table does."""
    head = _split_cells(pieces[at], 0)
    if len(head) < _LEAST or not is_item_head(cell.text for cell in head):
        return []
    rows = [head]
    for piece in pieces[at + 1 :]:
        row = _split_cells(piece, len(head))
        if len(row) != len(head):
            break
        rows.append(row)
    return rows


def _split_cells(piece: Piece, width: int) -> tuple[TableCell, ...]:
    """Return a line's cells; several tabs are one where they only move the text along."""
    if not isinstance(piece, Paragraph) or "\t" not in piece.text or piece.footnote:
        return ()
    texts = [text.strip() for text in piece.text.split("\t")]
    if len(texts) != width:
        texts = [text for text in texts if text]
    cells = [TableCell(text) for text in texts]
    if cells and piece.unseen:
        cells[0] = replace(cells[0], unseen=piece.unseen, unseen_reason=piece.unseen_reason)
    return tuple(cells)
