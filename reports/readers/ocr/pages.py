"""The pages of a scan, read through Tesseract: runs in the process that reads pages."""

from __future__ import annotations

import os
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from reports.model.document import TableCell
from reports.readers.ocr.cells import read_cells
from reports.readers.ocr.colours import lighten_shades
from reports.readers.ocr.orientation import deskew_picture, right_picture
from reports.readers.ocr.page_images import open_pictures
from reports.readers.ocr.resolution import check_resolution
from reports.readers.ocr.table_grid import (
    TableGrid,
    binarise_picture,
    erase_lines,
    find_ruling,
    find_unruled_grid,
)
from reports.readers.ocr.tesseract import list_words, read_regions
from reports.readers.page_ranges import list_wanted_pages
from reports.readers.raw_pages import RawPage, make_table
from reports.readers.refusal import FileRefusedError
from reports.readers.text_layout import group_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reports.model.document import Block, TableBlock
    from reports.readers.ocr.page_images import PageImage, PageSource
    from reports.readers.ocr.table_grid import Box
    from reports.readers.raw_pages import PicturePart
    from reports.readers.text_layout import PageWord

_PACE_PAGES: Final = 4
"""After so many pages it is told whether all fit into the time."""
_WORKERS: Final = 4
_PAPER_AROUND: Final = 20
_FEWEST_STROKES: Final = 120
"""Of rows that cross ink: one letter of small print has some 60."""
_GRAIN: Final = 0.6
_GRAIN_LENGTH: Final = 24
"""A short paragraph read with less confidence is the grain of the paper, not writing."""


def read_scan_pages(
    path: Path,
    *,
    max_pages: int,
    max_seconds: float,
    ranges: Sequence[Sequence[int]] = (),
    only: Mapping[int, Sequence[PicturePart]] | None = None,
    patient: bool = False,
) -> Iterator[dict[str, Any] | RawPage]:
    """Yield ``{"count": pages to read, "total": all}``, then each page in order as it is read.

    Of the pages in ``only`` the named parts are read, all of the page where none is named. Of a
    page that can't be read a note says why. Raises ``FileRefusedError`` for too many pages, and
    unless ``patient`` after a few of them when at their pace the rest would not be read in time.
    """
    started = time.monotonic()
    deadline = started + max_seconds
    source = open_pictures(path)
    wanted = list_wanted_pages(source.count, ranges)
    if only is not None:
        wanted = [number for number in wanted if number in only]
    if not wanted:
        raise FileRefusedError("no_such_pages", pages=source.count)
    if len(wanted) > max_pages:
        raise FileRefusedError("too_many_pages", pages=len(wanted), limit=max_pages)
    yield {"count": len(wanted), "total": source.count}
    for key, values in source.notes:
        yield _make_note(0, key, values, unread=False)
    workers = max(1, min(_WORKERS, os.cpu_count() or 1, len(wanted)))
    waiting: deque[tuple[int, Future[RawPage]]] = deque()
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        try:
            for number in wanted:
                parts = tuple(only[number]) if only is not None else ()
                waiting.append((number, _start_page(pool, source, number, parts, deadline)))
                if len(waiting) > workers:
                    yield _finish_page(*waiting.popleft())
                    done += 1
                    if not patient:
                        _check_pace(done, len(wanted), started, max_seconds)
            while waiting:
                yield _finish_page(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()
            source.close()


def _start_page(
    pool: ThreadPoolExecutor,
    source: PageSource,
    number: int,
    parts: tuple[PicturePart, ...],
    deadline: float,
) -> Future[RawPage]:
    """Draw a page here, for pdfium bears one thread only, and have it read in another."""
    failed: Future[RawPage] = Future()
    if time.monotonic() > deadline:
        failed.set_exception(FileRefusedError("too_slow"))
        return failed
    try:
        page = source.draw(number, whole=not parts)
    except FileRefusedError as refused:
        failed.set_exception(refused)
        return failed
    return pool.submit(_read_page, page, number, parts, deadline)


def _finish_page(number: int, future: Future[RawPage]) -> dict[str, Any] | RawPage:
    try:
        return future.result()
    except FileRefusedError as refused:
        if refused.key == "no_tesseract":
            raise
        return _make_note(number, refused.key, refused.values, unread=True)


def _make_note(
    number: int, key: str, values: Mapping[str, object], *, unread: bool
) -> dict[str, Any]:
    return {"note": key, "of": number, "values": dict(values), "unread": unread}


def _check_pace(done: int, count: int, started: float, seconds: float) -> None:
    if done != _PACE_PAGES:
        return
    each = (time.monotonic() - started) / done
    if each * count > seconds:
        raise FileRefusedError(
            "scan_too_slow",
            pages=count,
            minutes=max(1, round(each * count / 60)),
            seconds=round(seconds),
            fitting=max(1, int(seconds / each * 0.8)),
        )


def _read_page(
    page: PageImage, number: int, parts: Sequence[PicturePart], deadline: float
) -> RawPage:
    if not parts:
        return RawPage(number, tuple(_read_picture(page, deadline)))
    blocks: list[Block] = []
    for part in parts:
        cut = cut_part(page.picture, part)
        if cut.size:
            blocks.extend(_read_picture(replace(page, picture=cut), deadline))
    return RawPage(number, tuple(blocks))


def cut_part(picture: np.ndarray, part: PicturePart) -> np.ndarray:
    """Return a part of a page with some paper around it."""
    height, width = picture.shape
    left, top, right, bottom = part
    cut = picture[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
    if not cut.size:
        return cut
    paper = int(np.percentile(cut[::8, ::8], 90))
    return np.pad(cut, _PAPER_AROUND, constant_values=paper)


def _read_picture(page: PageImage, deadline: float) -> list[Block]:
    if not has_ink(page.picture):
        return []
    picture = deskew_picture(right_picture(lighten_shades(page.picture), deadline))
    grids, rules = find_ruling(picture)
    clean = erase_lines(picture, rules, page.enlarged)
    check_resolution(clean, page.enlarged, page.dpi)
    parts: list[Block] = []
    top = 0
    boxes = [box for grid in grids for box in grid.boxes]
    texts = read_cells(clean, boxes, _list_marks(grids), deadline)
    for grid in grids:
        parts.extend(_read_outside(clean, top, grid.box[1], rules, deadline))
        parts.append(_make_table(grid, texts))
        top = grid.box[3]
    parts.extend(_read_outside(clean, top, clean.shape[0], rules, deadline))
    return parts


def _list_marks(grids: Sequence[TableGrid]) -> frozenset[Box]:
    return frozenset(row[0][0] for grid in grids for row in grid.rows if row[0][0] is not None)


def has_ink(picture: np.ndarray) -> bool:
    """Return True if there is more on a page than specks."""
    dark = binarise_picture(picture)
    strokes = int((dark[:, 1:] & ~dark[:, :-1]).sum())
    return strokes >= _FEWEST_STROKES


def _read_outside(
    picture: np.ndarray, top: int, bottom: int, rules: Sequence[Box], deadline: float
) -> Iterator[Block]:
    """Yield the paragraphs of the stretch of the page between two tables.

    A table without lines among them is known by its headings and read cell by cell.
    """
    region: Box = (0, top, picture.shape[1], bottom)
    lines = read_regions(picture, [region], deadline, layout=3 if bottom - top > 1000 else 6)  # noqa: PLR2004
    words = [word for word in list_words(lines[0]) if word.confidence > 0]
    grid = find_unruled_grid(words, rules)
    if grid is None:
        yield from _group_words(words)
        return
    _, upper, _, lower = grid.box
    yield from _group_words([word for word in words if word.middle < upper])
    yield _make_table(grid, read_cells(picture, grid.boxes, _list_marks([grid]), deadline))
    yield from _group_words([word for word in words if word.middle > lower])


def _group_words(words: Sequence[PageWord]) -> Iterator[Block]:
    for paragraph in group_paragraphs(words, max((word.x1 for word in words), default=0.0)):
        if paragraph.confidence >= _GRAIN or len(paragraph.text) > _GRAIN_LENGTH:
            yield paragraph


def _make_table(grid: TableGrid, texts: dict[Box, TableCell]) -> TableBlock:
    rows: list[tuple[TableCell, ...]] = []
    for row in grid.rows:
        cells: list[TableCell] = []
        for box, spans in row:
            cell = texts.get(box, TableCell("")) if box is not None else TableCell("")
            cells.append(replace(cell, spans=spans))
        rows.append(tuple(cells))
    return make_table(rows)
