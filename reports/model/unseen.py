"""What a file holds and does not show: said once, and taken in where a person wants it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import Paragraph, TableRow, iterate_pieces

if TYPE_CHECKING:
    from reports.model.document import Block, Document, SourcePlace, TableCell, UnseenReason

_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 40


def describe_unseen(document: Document) -> tuple[str, ...]:
    """Return one message for each reason why content is not shown: how much, where, samples."""
    counts: Counter[UnseenReason] = Counter()
    samples: defaultdict[UnseenReason, list[str]] = defaultdict(list)
    where: defaultdict[UnseenReason, dict[str, None]] = defaultdict(dict)
    for piece, sheet in iterate_pieces(document):
        if not piece.unseen:
            continue
        reason = piece.unseen_reason
        counts[reason] += 1
        where[reason][_describe_place(piece.place, sheet)] = None
        if len(samples[reason]) < _SAMPLES:
            samples[reason].append(f"“{' '.join(piece.unseen.split())[:_SAMPLE_LENGTH]}”")
    return tuple(
        t(
            f"reports.unseen.{reason}",
            count=count,
            where=", ".join(list(where[reason])[:_SAMPLES]),
            samples=", ".join(samples[reason]),
        )
        for reason, count in counts.items()
    )


def reveal_unseen(document: Document) -> Document:
    """Return the document with what is not shown put in the place of, or after, what is."""
    return replace(document, blocks=tuple(_reveal_block(block) for block in document.blocks))


def _reveal_block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_join_texts(block), unseen="", unseen_reason="")
    rows = (
        TableRow(tuple(_reveal_cell(cell) for cell in row.cells), row.place) for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _reveal_cell(cell: TableCell) -> TableCell:
    return replace(cell, text=_join_texts(cell), unseen="", unseen_reason="")


def _join_texts(piece: TableCell | Paragraph) -> str:
    return " ".join(filter(None, (piece.text, piece.unseen)))


def _describe_place(place: SourcePlace, sheet: str) -> str:
    if sheet:
        return t("reports.unseen.sheet", sheet=sheet)
    if place.page:
        return t("reports.unseen.page", page=place.page)
    if place.table:
        return t("reports.unseen.table", table=place.table)
    return t("reports.unseen.line", line=place.line_from)
