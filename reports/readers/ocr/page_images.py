"""Pages of a scan as grey pictures at one resolution, with a guard against giant ones."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from reports.readers.ocr.colours import grey_colours, spread_values
from reports.readers.ocr.picture_formats import PILLOW_NAMES, tell_picture_format
from reports.readers.pdf.pages import count_pages
from reports.readers.refusal import FileRefusedError

if TYPE_CHECKING:
    from pathlib import Path

DPI: Final = 300
_MAX_MEGAPIXELS: Final = 60
"""An A3 page at 400 dots per inch has 31."""
_POINTS: Final = 72
_PAGE_INCHES: Final = 11.7
"""The longer side of an A4 page: what a picture without a stated resolution is taken to show."""
_LONGEST_INCHES: Final = 17.0
_SHORTEST_INCHES: Final = 7.5
"""A page outside of these was made by a program that took pixels for points, or a plan."""
_MOST_PIXELS: Final = 7000
_MAX_ENLARGED: Final = 3.0
_COARSE: Final = 1.3
_SOFT: Final = 0.8
_NEAR_BLACK: Final = 32
_NEAR_WHITE: Final = 224
_MOST_BETWEEN: Final = 0.002
_WHOLE: Final = 0.5
_PART: Final = 0.02
"""A picture over so much of a PDF page tells how finely the page, or a part, was scanned."""
_HEAD: Final = 1024
_SMALLER_COPY: Final = 1
_SUBFILE_TYPE: Final = 254
_FAULTS: Final = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in grey (0 black to 255 white); ``enlarged`` is its pixels for one of the scan's.

    ``enlarged`` and ``dpi``, the scan's resolution, are 0 for a page that is drawn, not scanned.
    """

    picture: np.ndarray
    enlarged: float
    dpi: int


class PageSource(Protocol):
    """A file whose pages can be drawn one by one."""

    @property
    def count(self) -> int:
        """Return the number of pages."""

    @property
    def notes(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what is to be said of the file: keys of ``reports.scan`` and their values."""

    def draw(self, number: int, *, whole: bool = True) -> PageImage:
        """Return a page (1-based), or not ``whole`` for a picture in it.

        Raises ``FileRefusedError``.
        """

    def close(self) -> None:
        """Give the file back."""


def open_pictures(path: Path) -> PageSource:
    """Return the pages of a PDF or a picture.

    Raises ``FileRefusedError`` for a damaged or locked file, for a format that is not read, and
    for a picture of too many pixels.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head:
        return _PdfPages(path)
    return _PictureFrames(path, tell_picture_format(head))


@dataclass
class _PdfPages:
    path: Path
    count: int = 0
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.count = count_pages(self.path)
        self._pdf = pypdfium2.PdfDocument(self.path)

    def draw(self, number: int, *, whole: bool = True) -> PageImage:
        try:
            page = self._pdf[number - 1]
            try:
                return self._draw_page(page, _WHOLE if whole else _PART)
            finally:
                page.close()
        except pypdfium2.PdfiumError as fault:
            raise FileRefusedError("damaged") from fault

    def _draw_page(self, page: Any, share: float) -> PageImage:
        width, height = page.get_size()
        scan = _find_scan(page, share * width * height)
        dots = _measure_dots(scan)
        inches = max(width, height) / _POINTS
        scale = DPI / _POINTS
        if not _SHORTEST_INCHES <= inches <= _LONGEST_INCHES:
            own = max(dots * max(width, height), _PAGE_INCHES * DPI)
            scale = min(own, _MOST_PIXELS) / max(width, height, 1.0)
        _check_pixels(int(width * scale), int(height * scale))
        drawn = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        grey = grey_colours(drawn.to_numpy()[:, :, :3])
        enlarged = scale / dots if dots else 0.0
        if enlarged >= _COARSE and _has_two_tones(_take_picture(scan)):
            grey = np.asarray(_soften(Image.fromarray(grey), enlarged))
        return PageImage(grey, enlarged, round(dots * _POINTS))

    def close(self) -> None:
        self._pdf.close()


def _find_scan(page: Any, least: float) -> Any | None:
    """Return the largest picture of a page; ``None`` where all are smaller than ``least``."""
    found = None
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        area = _measure_area(item)
        if area >= least:
            found, least = item, area
    return found


def _measure_dots(scan: Any | None) -> float:
    """Return the pixels of a picture for one point; 0 where there is none."""
    area = _measure_area(scan) if scan is not None else 0.0
    if scan is None or not area:
        return 0.0
    across, down = scan.get_px_size()
    return float((across * down / area) ** 0.5)


def _measure_area(item: Any) -> float:
    left, lower, right, upper = item.get_bounds()
    return float(abs((right - left) * (upper - lower)))


def _take_picture(scan: Any) -> Image.Image:
    """Return the picture as it is stored, in grey; an empty one where it can't be had alone."""
    try:
        return scan.get_bitmap().to_pil().convert("L")  # type: ignore[no-any-return]
    except (pypdfium2.PdfiumError, ValueError, RuntimeError):
        return Image.new("L", (1, 1), 128)


def _soften(grey: Image.Image, enlarged: float) -> Image.Image:
    return grey.filter(ImageFilter.GaussianBlur(_SOFT * enlarged))


@dataclass
class _PictureFrames:
    path: Path
    format: str
    count: int = 0
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.format not in PILLOW_NAMES:
            raise FileRefusedError("picture_format", format=self.format)
        if "HEIF" in PILLOW_NAMES[self.format] and not _add_heif_reader():
            raise FileRefusedError("picture_format", format=self.format)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._image = Image.open(self.path, formats=PILLOW_NAMES[self.format])
                self._frames = self._list_frames()
        except _FAULTS as fault:
            raise FileRefusedError("damaged_picture", format=self.format) from fault
        except Image.DecompressionBombError as fault:
            raise FileRefusedError(
                "too_many_pixels", megapixels=180, limit=_MAX_MEGAPIXELS
            ) from fault
        self.count = len(self._frames)
        _check_pixels(*self._image.size)

    def _list_frames(self) -> list[int]:
        """Return the frames that are pages: all of a TIFF but smaller copies, else the first."""
        count = int(getattr(self._image, "n_frames", 1))
        if self.format != "TIFF":
            if count > 1 and self.format in {"GIF", "WebP", "PNG", "AVIF"}:
                self.notes.append(("first_frame", {"format": self.format, "frames": count}))
            return [0]
        pages: list[int] = []
        for frame in range(count):
            self._image.seek(frame)
            kind = getattr(self._image, "tag_v2", {}).get(_SUBFILE_TYPE, 0)
            if not (isinstance(kind, int) and kind & _SMALLER_COPY):
                pages.append(frame)
        self._image.seek(0)
        return pages or [0]

    def draw(self, number: int, *, whole: bool = True) -> PageImage:  # noqa: ARG002
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._image.seek(self._frames[number - 1])
                _check_pixels(*self._image.size)
                return _scale_to_resolution(ImageOps.exif_transpose(self._image))
        except _FAULTS as fault:
            raise FileRefusedError("damaged_picture", format=self.format) from fault

    def close(self) -> None:
        self._image.close()


def _add_heif_reader() -> bool:
    """Return True if Pillow reads HEIC, which it does with ``pi-heif`` only."""
    try:
        from pi_heif import register_heif_opener  # noqa: PLC0415 - only where it is needed
    except ImportError:
        return False
    register_heif_opener(thumbnails=False)
    return True


def _scale_to_resolution(image: Image.Image) -> PageImage:
    """Return the picture in grey on white, its longer side as that of a page at ``DPI``."""
    grey = Image.fromarray(_make_grey(image))
    dpi = round(max(grey.size) / _PAGE_INCHES)
    scale = min(_PAGE_INCHES * DPI / max(grey.size), _MAX_ENLARGED)
    if abs(scale - 1) < 0.1:  # noqa: PLR2004 - near enough
        return PageImage(np.asarray(grey), 1.0, dpi)
    if scale >= _COARSE and _has_two_tones(grey):
        grey = _soften(grey, 1.0)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return PageImage(np.asarray(grey.resize(size, Image.Resampling.LANCZOS)), scale, dpi)


def _has_two_tones(grey: Image.Image) -> bool:
    """Return True for a picture of black and white only: its letters have jagged edges."""
    counts = grey.histogram()
    return sum(counts[_NEAR_BLACK:_NEAR_WHITE]) <= _MOST_BETWEEN * sum(counts)


def _make_grey(image: Image.Image) -> np.ndarray:
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        back = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(back, image.convert("RGBA")).convert("RGB")
    if image.mode.startswith("I") or image.mode == "F":
        return spread_values(np.asarray(image))
    if image.mode in {"1", "L"}:
        return grey_colours(np.asarray(image.convert("L")))
    return grey_colours(np.asarray(image.convert("RGB")))


def _check_pixels(width: int, height: int) -> None:
    megapixels = width * height / 1e6
    if megapixels > _MAX_MEGAPIXELS:
        raise FileRefusedError(
            "too_many_pixels", megapixels=round(megapixels), limit=_MAX_MEGAPIXELS
        )
