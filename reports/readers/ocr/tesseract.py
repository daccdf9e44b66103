"""Calling Tesseract on regions of a page: all in one strip, so that columns never run together."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import time
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from reports.readers.ocr.page_images import DPI
from reports.readers.refusal import FileRefusedError
from reports.readers.text_layout import PageWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.readers.ocr.table_grid import Box

Words = list[list[PageWord]]
"""Recognised words by line."""

_PAGE_SECONDS: Final = 60.0
_MARGIN: Final = 24
_GAP: Final = 48
_STRIP_HEIGHT: Final = 14_000
_WORD: Final = "5"


def read_regions(
    picture: np.ndarray,
    regions: Sequence[Box],
    deadline: float,
    *,
    layout: int = 6,
    digits: bool = False,
    scale: float = 1.0,
) -> list[Words]:
    """Return the words of each region by line, in the page's own pixels.

    ``layout`` is Tesseract's page segmentation mode; ``digits`` reads figures only, with another
    model. Raises ``FileRefusedError`` when a page takes too long.
    """
    results: list[Words] = [[] for _ in regions]
    for strip, places in _build_strips(picture, regions, scale):
        for line in _recognise_strip(strip, deadline, layout, digits=digits):
            middle = (line[0].top + line[0].bottom) / 2
            for index, top, bottom, (dx, dy) in places:
                if top <= middle < bottom:
                    moved = [_move_word(word, dx, dy, scale) for word in line]
                    results[index].append(moved)
                    break
    return results


def list_words(lines: Words) -> list[PageWord]:
    """Return the words of all lines."""
    return [word for line in lines for word in line]


def _build_strips(
    picture: np.ndarray, regions: Sequence[Box], scale: float
) -> Iterator[tuple[np.ndarray, list[tuple[int, float, float, tuple[float, float]]]]]:
    """Yield pictures of regions one below the other, and where in them each region lies."""
    paper = int(np.percentile(picture[::8, ::8], 90))
    pieces: list[np.ndarray] = []
    places: list[tuple[int, float, float, tuple[float, float]]] = []
    cursor = _MARGIN
    for index, (left, top, right, bottom) in enumerate(regions):
        piece = picture[top:bottom, left:right]
        if not piece.size:
            continue
        if scale != 1.0:
            size = (max(1, round(piece.shape[1] * scale)), max(1, round(piece.shape[0] * scale)))
            piece = np.asarray(Image.fromarray(piece).resize(size, Image.Resampling.LANCZOS))
        if pieces and cursor + piece.shape[0] > _STRIP_HEIGHT:
            yield _join_strip(pieces, paper), places
            pieces, places, cursor = [], [], _MARGIN
        reach = _GAP / 2
        offset = (left - _MARGIN / scale, top - cursor / scale)
        places.append((index, cursor - reach, cursor + piece.shape[0] + reach, offset))
        pieces.append(piece)
        cursor += piece.shape[0] + _GAP
    if pieces:
        yield _join_strip(pieces, paper), places


def _join_strip(pieces: Sequence[np.ndarray], paper: int) -> np.ndarray:
    width = max(piece.shape[1] for piece in pieces) + 2 * _MARGIN
    height = sum(piece.shape[0] + _GAP for piece in pieces) - _GAP + 2 * _MARGIN
    strip = np.full((height, width), paper, dtype=np.uint8)
    cursor = _MARGIN
    for piece in pieces:
        strip[cursor : cursor + piece.shape[0], _MARGIN : _MARGIN + piece.shape[1]] = piece
        cursor += piece.shape[0] + _GAP
    return strip


def _recognise_strip(
    strip: np.ndarray, deadline: float, layout: int, *, digits: bool
) -> list[list[PageWord]]:
    """Return the lines that Tesseract sees in a picture; a word's box is as high as its line."""
    data = io.BytesIO()
    Image.fromarray(strip).save(data, "PPM")
    command = ["tesseract", "stdin", "stdout", "--dpi", str(DPI), "--psm", str(layout)]
    command += ["-l", _choose_digit_model() if digits else "vie"]
    if digits:
        command += ["-c", "tessedit_char_whitelist=0123456789.,"]
    limit = min(_PAGE_SECONDS, max(0.1, deadline - time.monotonic()))
    try:
        done = subprocess.run(  # noqa: S603 - fixed program and words
            [*command, "tsv"],
            input=data.getvalue(),
            capture_output=True,
            timeout=limit,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as fault:
        raise FileRefusedError("too_slow", seconds=round(limit)) from fault
    except (OSError, subprocess.CalledProcessError) as fault:
        raise FileRefusedError("no_tesseract") from fault
    return _parse_tsv(done.stdout.decode("utf-8", "replace"))


def _parse_tsv(tsv: str) -> list[list[PageWord]]:
    rows: dict[tuple[str, str, str], list[PageWord]] = {}
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != _WORD or not text:
            continue
        left, top = float(row["left"]), float(row["top"])
        width, height = float(row["width"]), float(row["height"])
        sure = max(0.0, float(row["conf"]) / 100)
        word = PageWord(text, left, left + width, top, top + height, height, sure)
        rows.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(word)
    lines: list[list[PageWord]] = []
    for words in rows.values():
        top = min(word.top for word in words)
        bottom = max(word.bottom for word in words)
        lines.append(
            [
                PageWord(w.text, w.x0, w.x1, top, bottom, bottom - top, w.confidence)
                for w in sorted(words, key=lambda word: word.x0)
            ]
        )
    return sorted(lines, key=lambda line: line[0].top)


def _move_word(word: PageWord, dx: float, dy: float, scale: float) -> PageWord:
    return PageWord(
        word.text,
        word.x0 / scale + dx,
        word.x1 / scale + dx,
        word.top / scale + dy,
        word.bottom / scale + dy,
        word.size / scale,
        word.confidence,
    )


def _choose_digit_model() -> str:
    from reports.readers.ocr.scan import list_tesseract_languages  # noqa: PLC0415 - it imports much else

    return "eng" if "eng" in list_tesseract_languages() else "vie"
