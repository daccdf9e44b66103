"""Pages of a scan as grey pictures at one resolution, with a guard against giant ones."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from reports.readers.pdf.pages import count_pages
from reports.readers.refusal import FileRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DPI: Final = 300
_MAX_MEGAPIXELS: Final = 60
"""An A3 page at 400 dots per inch has 31."""
_POINTS: Final = 72
_PAGE_INCHES: Final = 11.7
"""The longer side of an A4 page: what a picture without a stated resolution is taken to show."""
_MAX_ENLARGED: Final = 3.0


def open_pictures(path: Path) -> tuple[int, Iterator[np.ndarray]]:
    """Return the number of pages and the pages as arrays of grey (0 black to 255 white).

    Raises ``FileRefusedError`` for a damaged or locked file and for a picture of too many pixels.
    """
    with path.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    if is_pdf:
        return count_pages(path), _render_pdf(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                _check_pixels(*image.size)
                count = int(getattr(image, "n_frames", 1))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as fault:
        raise FileRefusedError("damaged") from fault
    except Image.DecompressionBombError as fault:
        raise FileRefusedError("too_many_pixels", megapixels=180, limit=_MAX_MEGAPIXELS) from fault
    return count, _read_frames(path, count)


def _render_pdf(path: Path) -> Iterator[np.ndarray]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in pdf:
            width, height = page.get_size()
            scale = DPI / _POINTS
            _check_pixels(int(width * scale), int(height * scale))
            picture = page.render(scale=scale, grayscale=True)
            yield np.asarray(picture.to_pil().convert("L"))
            page.close()
    except pypdfium2.PdfiumError as fault:
        raise FileRefusedError("damaged") from fault
    finally:
        pdf.close()


def _read_frames(path: Path, count: int) -> Iterator[np.ndarray]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                for number in range(count):
                    image.seek(number)
                    _check_pixels(*image.size)
                    yield np.asarray(_scale_to_resolution(ImageOps.exif_transpose(image)))
    except (OSError, ValueError, SyntaxError, EOFError) as fault:
        raise FileRefusedError("damaged") from fault


def _scale_to_resolution(image: Image.Image) -> Image.Image:
    """Return the picture in grey on white, its longer side as that of a page at ``DPI``."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        back = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(back, image.convert("RGBA"))
    grey = image.convert("L")
    scale = min(_PAGE_INCHES * DPI / max(grey.size), _MAX_ENLARGED)
    if abs(scale - 1) < 0.1:  # noqa: PLR2004 - near enough
        return grey
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS)


def _check_pixels(width: int, height: int) -> None:
    megapixels = width * height / 1e6
    if megapixels > _MAX_MEGAPIXELS:
        raise FileRefusedError(
            "too_many_pixels", megapixels=round(megapixels), limit=_MAX_MEGAPIXELS
        )
