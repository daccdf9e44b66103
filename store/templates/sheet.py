"""A filled template as read back from its file: its kind, period and rows of texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from geo.text import fold_text
from reports.model.document import Paragraph, TableBlock
from store.editing.validation import clean_text
from store.templates.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.numbers import Style
    from reports.model.document import Document, TableCell, TableRow
    from store.templates.kinds import TemplateKind

_MARK: Final = re.compile(r"HPMAP/1/([a-z_]{3,20})/([0-9A-Za-z-]{4,10})/([,.])(?!\w)")

_HIDDEN: Final = frozenset({"hidden_row", "hidden_column"})


@dataclass(frozen=True)
class SheetRow:
    """One row of a filled template: its line in the file, its texts by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class FilledSheet:
    """A filled template as it came.

    ``grouping`` is what groups thousands in it. ``unknown`` are headings of columns to be edited
    that are none of the template's, ``left_over`` lines of text that stand below its headings and
    in no row of it.
    ``source`` is the document and the line of it that state what is new; ``None``: this is.
    """

    kind: TemplateKind
    period: str
    sha256: str
    name: str
    grouping: Style
    rows: tuple[SheetRow, ...]
    headings: frozenset[str]
    unknown: tuple[str, ...]
    left_over: tuple[tuple[int, str], ...]
    source: tuple[str, int] | None = None


def make_mark(kind: TemplateKind, period: str, decimal_mark: str) -> str:
    """Return the text by which a file is known as a template of a kind and period."""
    return f"HPMAP/1/{kind.key}/{period}/{decimal_mark}"


def read_sheet(document: Document) -> FilledSheet | None:
    """Return the filled template that a document is; ``None`` for any other document."""
    mark = next((found for text in _list_first_texts(document) if (found := _MARK.search(text))),
                None)  # fmt: skip
    kind = KINDS.get(mark[1]) if mark else None
    if mark is None or kind is None:
        return None
    headings = {fold_text(column.heading): column.key for column in kind.columns}
    columns: list[str] = []
    unknown: list[str] = []
    rows: list[SheetRow] = []
    left_over: list[tuple[int, str]] = []
    for row in _list_rows(document):
        texts = [clean_text(_read_cell(cell)) for cell in row.cells]
        if not columns:
            known = [headings.get(fold_text(text), "") for text in texts]
            if kind.columns[0].key in known:
                columns = known
                unknown = [text for text, key in zip(texts, known, strict=True)
                           if text and not key and not _is_for_reading(text)]  # fmt: skip
            continue
        if not any(texts):
            continue
        cells = {key: text for key, text in zip(columns, texts, strict=False) if key}
        if len(texts) == 1:
            left_over.append((row.place.line_from, texts[0]))
        else:
            rows.append(SheetRow(row.place.line_from, cells))
    if columns:
        left_over += _list_paragraphs(document, rows)
    return FilledSheet(
        kind,
        mark[2],
        document.sha256,
        document.name,
        "." if mark[3] == "," else ",",
        tuple(rows),
        frozenset(filter(None, columns)),
        tuple(unknown),
        tuple(left_over),
    )


def _is_for_reading(heading: str) -> bool:
    """Return whether a heading says that nobody edits its column, as older templates' do too."""
    return fold_text(heading).endswith(fold_text(t("templates.file.for_reading")))


def _read_cell(cell: TableCell) -> str:
    """Return a cell's text, of a filtered row or a hidden column too: they are the template's."""
    return cell.text or (cell.unseen if cell.unseen_reason in _HIDDEN else "")


def _list_first_texts(document: Document) -> Iterator[str]:
    for block in document.blocks[:12]:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows[:6]:
                yield from (cell.text for cell in row.cells)


def _list_rows(document: Document) -> Iterator[TableRow]:
    """Yield the rows of the tables on the first sheet."""
    sheet = ""
    for block in document.blocks:
        if isinstance(block, TableBlock):
            sheet = sheet or block.sheet
            if block.sheet == sheet:
                yield from block.rows


def _list_paragraphs(document: Document, rows: list[SheetRow]) -> Iterator[tuple[int, str]]:
    """Yield lines of a single text between and after the rows of the first sheet."""
    first = rows[0].line if rows else 0
    pages = {row.place.page for block in document.blocks if isinstance(block, TableBlock)
             for row in block.rows[:1]}  # fmt: skip
    page = min(pages, default=0)
    for block in document.blocks:
        if isinstance(block, TableBlock) or block.place.page != page or not first:
            continue
        if block.place.line_from > first and block.text.strip():
            yield block.place.line_from, block.text
