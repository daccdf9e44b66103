"""The pages of a scan, read through Tesseract: runs in the process that reads pages."""

from __future__ import annotations

import os
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from reports.model.document import TableCell
from reports.readers.ocr.cells import read_cells
from reports.readers.ocr.page_images import open_pictures
from reports.readers.ocr.table_grid import TableGrid, deskew_picture, erase_lines, find_grids
from reports.readers.ocr.tesseract import list_words, read_regions
from reports.readers.raw_pages import RawPage, make_table
from reports.readers.refusal import FileRefusedError
from reports.readers.text_layout import group_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    import numpy as np

    from reports.model.document import Block, TableBlock
    from reports.readers.ocr.table_grid import Box

_PACE_PAGES: Final = 4
"""After so many pages it is told whether all fit into the time."""
_WORKERS: Final = 4
_GRAIN: Final = 0.6
_GRAIN_LENGTH: Final = 24
"""A short paragraph read with less confidence is the grain of the paper, not writing."""


def read_scan_pages(
    path: Path, *, max_pages: int, max_seconds: float
) -> Iterator[dict[str, Any] | RawPage]:
    """Yield ``{"count": pages}``, then each page as soon as it is read, in order.

    Raises ``FileRefusedError`` for too many pages or pixels, and after a few pages when at their
    pace the rest would not be read in time.
    """
    started = time.monotonic()
    deadline = started + max_seconds
    count, pictures = open_pictures(path)
    if count > max_pages:
        raise FileRefusedError("too_many_pages", pages=count, limit=max_pages)
    yield {"count": count}
    workers = max(1, min(_WORKERS, os.cpu_count() or 1, count))
    waiting: deque[Future[RawPage]] = deque()
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        try:
            for number, picture in enumerate(pictures, 1):
                waiting.append(pool.submit(_read_page, picture, number, deadline))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
                    done += 1
                    _check_pace(done, count, started, max_seconds)
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


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


def _read_page(picture: np.ndarray, number: int, deadline: float) -> RawPage:
    picture = deskew_picture(picture)
    grids = find_grids(picture)
    clean = erase_lines(picture, grids)
    parts: list[Block] = []
    top = 0
    boxes = [box for grid in grids for box in grid.boxes]
    marks = frozenset(row[0][0] for grid in grids for row in grid.rows if row[0][0] is not None)
    texts = read_cells(clean, boxes, marks, deadline)
    for grid in grids:
        parts.extend(_read_outside(clean, top, grid.box[1], deadline))
        parts.append(_make_table(grid, texts))
        top = grid.box[3]
    parts.extend(_read_outside(clean, top, clean.shape[0], deadline))
    return RawPage(number, tuple(parts))


def _read_outside(picture: np.ndarray, top: int, bottom: int, deadline: float) -> Iterator[Block]:
    """Yield the paragraphs of the stretch of the page between two tables."""
    region: Box = (0, top, picture.shape[1], bottom)
    lines = read_regions(picture, [region], deadline, layout=3 if bottom - top > 1000 else 6)  # noqa: PLR2004
    words = [word for word in list_words(lines[0]) if word.confidence > 0]
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
