"""The pages of a PDF that carry text: what a person sees of it, and what not."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from reports.model.document import Paragraph
from reports.readers.page_ranges import list_wanted_pages
from reports.readers.pdf.annotations import add_annotations, refuse_drawn_forms
from reports.readers.pdf.drawing.ink import draw_ink
from reports.readers.pdf.drawing.interpreter import read_page_content
from reports.readers.pdf.drawing.layers import find_layers_off
from reports.readers.pdf.marks import mark_watermarks
from reports.readers.pdf.scanned import (
    doubt_parts,
    judge_page,
    list_picture_parts,
    reveal_layer,
    survey_pictures,
)
from reports.readers.pdf.tables.cell_words import (
    fill_table,
    find_reason,
    is_within,
    join_unseen,
)
from reports.readers.pdf.tables.edges import join_strokes
from reports.readers.pdf.tables.ruled import find_ruled_tables
from reports.readers.pdf.tables.text_rows import split_bands
from reports.readers.pdf.tables.unruled import find_unruled_table
from reports.readers.pdf.visibility import mark_struck_out, mark_unseen
from reports.readers.pdf.words import (
    drop_doubles,
    make_words,
    read_turned,
    show_signs,
    turn_upright,
)
from reports.readers.raw_pages import RawPage
from reports.readers.refusal import FileRefusedError
from reports.readers.text_layout import PageWord, group_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reports.model.document import Block
    from reports.readers.pdf.drawing.content import Box, Glyph, PageContent
    from reports.readers.pdf.tables.ruled import TableGrid
    from reports.readers.pdf.tables.unruled import Columns

_PASSWORD: Final = 4
_RIGHT: Final = 0.85
"""Full lines end at least this far across the page."""
_ONE_COLUMN: Final = 2
"""Sides."""
_PICTURE: Final = 0.5
"""A picture over so much of the page is a scan: text without ink is what was read in it."""


def read_pdf_pages(
    path: Path, *, max_pages: int, ranges: Sequence[Sequence[int]] = ()
) -> Iterator[dict[str, Any] | RawPage]:
    """Yield ``{"count": pages to read, "total": all}``, then each page in one of the ranges.

    Without ranges all pages are read; those without text have no parts. Raises
    ``FileRefusedError`` for a file that is locked, damaged or has too many pages.
    """
    total = count_pages(path)
    wanted = list_wanted_pages(total, ranges)
    if not wanted:
        raise FileRefusedError("no_such_pages", pages=total)
    if len(wanted) > max_pages:
        raise FileRefusedError("too_many_pages", pages=len(wanted), limit=max_pages)
    yield {"count": len(wanted), "total": total}
    drawn = pypdfium2.PdfDocument(path)
    try:
        with path.open("rb") as file:
            document = PDFDocument(PDFParser(file))
            refuse_drawn_forms(document.catalog)
            reader = _PageReader(find_layers_off(document.catalog))
            chosen = set(wanted)
            for number, page in enumerate(PDFPage.create_pages(document), 1):
                if number in chosen:
                    yield reader.read(page, drawn[number - 1], number)
    except (FileRefusedError, MemoryError, GeneratorExit):
        raise
    except Exception as fault:  # pdfminer raises anything on a damaged file
        raise FileRefusedError("damaged") from fault
    finally:
        drawn.close()


def count_pages(path: Path) -> int:
    """Return the number of pages. Raises ``FileRefusedError`` for a locked or damaged file."""
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as fault:
        locked = getattr(fault, "err_code", None) == _PASSWORD
        raise FileRefusedError("encrypted_pdf" if locked else "damaged") from fault
    try:
        count = len(pdf)
    finally:
        pdf.close()
    if not count:
        raise FileRefusedError("damaged")
    return int(count)


@dataclass
class _PageReader:
    """Reads pages one after another; what stands on each of them is named once."""

    layers_off: frozenset[int]
    manager: PDFResourceManager = field(default_factory=PDFResourceManager)
    named: set[str] = field(default_factory=set)
    columns: Columns | None = None

    def read(self, page: PDFPage, drawn: Any, number: int) -> RawPage:
        content = read_page_content(page, self.manager, self.layers_off, number)
        ink = draw_ink(drawn, content.width, content.height)
        mark_unseen(content, ink)
        drawn.close()
        notes = add_annotations(page, self.manager, self.layers_off, content)
        survey = survey_pictures(content, ink)
        pictures = list_picture_parts(content, survey)
        show_signs(content.glyphs)
        turned = turn_upright(content) if content.glyphs else content
        mark_struck_out(turned)
        mark_watermarks(turned)
        reason = judge_page(turned, survey)
        if reason == "layer":
            reveal_layer(turned)
        elif survey.coverage >= _PICTURE:
            turned.glyphs = [glyph for glyph in turned.glyphs if glyph.reason != "invisible"]
        hints = [Paragraph("", unseen=note, unseen_reason="hidden_text") for note in notes]
        parts = (*self._read_parts(turned, number), *hints)
        if reason:
            parts = doubt_parts(parts) if reason == "layer" else parts
            return RawPage(number, parts, scanned=reason)
        return RawPage(number, parts, pictures=pictures)

    def _read_parts(self, content: PageContent, number: int) -> Iterator[Block]:
        """Yield the page's paragraphs and tables from top to bottom, then what is not seen."""
        seen = drop_doubles([glyph for glyph in content.glyphs if not glyph.reason])
        hidden = [glyph for glyph in content.glyphs if glyph.reason]
        words = make_words(glyph for glyph in seen if glyph.turn == 0)
        turned = [glyph for glyph in seen if glyph.turn != 0]
        grids = self._find_tables(content, [word.word for word in words], turned, number)
        boxes = [grid.box for grid in grids]
        outside = [word.word for word in words if not _is_in_any(word.word, boxes)]
        right = max(_RIGHT * content.width, *(word.word.x1 for word in words), 0.0)
        top = 0.0
        for grid in grids:
            above = [word for word in outside if top <= word.middle < grid.ys[0]]
            yield from group_paragraphs(above, right)
            own = grid.box
            yield fill_table(
                grid,
                [word for word in words if is_within(_across(word.word), word.word.middle, own)],
                [glyph for glyph in turned if is_within(glyph.across, glyph.down, own)],
                [
                    glyph
                    for glyph in hidden
                    if glyph.reason != "watermark" and is_within(glyph.across, glyph.down, own)
                ],
            )
            top = max(top, grid.ys[0])
        yield from group_paragraphs([word for word in outside if word.middle >= top], right)
        yield from self._read_rest(turned, hidden, boxes)

    def _find_tables(
        self, content: PageContent, words: Sequence[PageWord], turned: Sequence[Glyph], number: int
    ) -> list[TableGrid]:
        """Return the page's tables from above: those with lines, then those among other words."""
        middles = [(_across(word), word.middle) for word in words]
        middles.extend((glyph.across, glyph.down) for glyph in turned)
        edges = join_strokes(content.strokes)
        # Bands one below another are the rows of a table of which no line parts the columns.
        ruled = [g for g in find_ruled_tables(edges, middles, number) if len(g.xs) > _ONE_COLUMN]
        boxes = [grid.box for grid in ruled]
        free = [word for word in words if not _is_in_any(word, boxes)]
        rules = sorted(edge.at for edge in edges if not edge.upright)
        tables = [split_bands(grid, words) for grid in ruled]
        ends = [grid.ys[0] for grid in ruled]
        before, self.columns = self.columns, None
        for top, bottom in pairwise([float("-inf"), *ends, float("inf")]):
            found = find_unruled_table(
                [word for word in free if top <= word.middle < bottom], rules, before
            )
            before = None
            if found is not None:
                tables.append(found[0])
                self.columns = found[1]
        return sorted(tables, key=lambda grid: (grid.ys[0], grid.xs[0]))

    def _read_rest(
        self, turned: Sequence[Glyph], hidden: Sequence[Glyph], boxes: Sequence[Box]
    ) -> Iterator[Block]:
        """Yield text on its side outside of tables, and what is not seen there."""
        beside = [g for g in turned if _find_box(g.across, g.down, boxes) is None]
        aside = [word.word for word in read_turned(beside)]
        yield from group_paragraphs(aside, max((word.x1 for word in aside), default=0.0))
        for reason in dict.fromkeys(glyph.reason for glyph in hidden):
            own = [glyph for glyph in hidden if glyph.reason == reason]
            if reason != "watermark":
                own = [g for g in own if _find_box(g.across, g.down, boxes) is None]
            text = join_unseen(own)
            if text.strip() and not (reason == "watermark" and text in self.named):
                self.named.add(text)
                yield Paragraph("", unseen=text, unseen_reason=find_reason(own))


def _find_box(x: float, y: float, boxes: Sequence[Box]) -> Box | None:
    return next((box for box in boxes if is_within(x, y, box)), None)


def _is_in_any(word: PageWord, boxes: Sequence[Box]) -> bool:
    return _find_box(_across(word), word.middle, boxes) is not None


def _across(word: PageWord) -> float:
    return (word.x0 + word.x1) / 2
