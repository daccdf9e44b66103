"""Pictures of every usual format and kind, as dark writing on light paper, at one resolution."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports.readers.ocr.page_images import open_pictures
from reports.readers.ocr.picture_formats import tell_picture_format
from reports.readers.refusal import FileRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from reports.readers.ocr.page_images import PageImage

SIZE = (60, 90)


def _page() -> Image.Image:
    image = Image.new("L", SIZE, 255)
    image.paste(0, (10, 20, 30, 40))
    return image


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def _drawn(data: bytes, folder: Path, number: int = 1) -> PageImage:
    path = folder / "report"
    path.write_bytes(data)
    source = open_pictures(path)
    page = source.draw(number)
    source.close()
    return page


def _check(page: PageImage) -> None:
    """Compare places of the page: it is light, with the dark square where it was."""
    height, width = page.picture.shape
    assert page.picture[height // 3, width // 3] < 60
    assert page.picture[height * 4 // 5, width * 4 // 5] > 200


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("PNG", "PNG"),
        ("JPEG", "JPEG"),
        ("TIFF", "TIFF"),
        ("GIF", "GIF"),
        ("WEBP", "WebP"),
        ("BMP", "BMP"),
        ("JPEG2000", "JPEG 2000"),
        ("AVIF", "AVIF"),
    ],
)
def test_every_usual_format_is_read(form: str, name: str, tmp_path: Path) -> None:
    data = _saved(_page().convert("RGB"), form)
    assert tell_picture_format(data[:1024]) == name
    _check(_drawn(data, tmp_path))


@pytest.mark.parametrize("kind", ["CMYK", "P", "1", "I;16", "clear", "dark", "F"])
def test_every_kind_of_pixel_is_read(kind: str, tmp_path: Path) -> None:
    image = _page()
    if kind == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    elif kind == "F":
        image = Image.fromarray(np.asarray(image).astype(np.float32) / 255)
    elif kind == "clear":
        image = Image.merge(
            "RGBA", (*(Image.new("L", SIZE, 0),) * 3, image.point(lambda v: 255 - v))
        )
    elif kind == "dark":
        image = image.point(lambda v: 255 - v)
    else:
        image = image.convert(kind)
    _check(_drawn(_saved(image, "TIFF"), tmp_path))


def test_frames_are_pages_of_a_tiff_only(tmp_path: Path) -> None:
    """Of an animation the first is read, and that is said."""
    frames = [Image.new("L", (50, 50), shade) for shade in (250, 200)]
    animated = _saved(_page(), "GIF", save_all=True, append_images=frames)
    path = tmp_path / "report"
    path.write_bytes(animated)
    source = open_pictures(path)
    assert source.count == 1
    assert source.notes == [("first_frame", {"format": "GIF", "frames": 3})]
    source.close()
    path.write_bytes(_saved(_page(), "TIFF", save_all=True, append_images=frames))
    source = open_pictures(path)
    assert (source.count, source.notes) == (3, [])
    assert source.draw(3).picture.shape != source.draw(1).picture.shape
    source.close()


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x14ftypmif1\x00\x00\x00\x00mif1", "HEIF"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", ""),
        (b"\x97JB2\r\n\x1a\n", "JBIG2"),
        (b"BM\x00\x00 nothing of a bitmap", ""),
        (b"RIFF\x00\x00\x00\x00WAVE", ""),
    ],
)
def test_formats_are_told_by_their_bytes(start: bytes, name: str, tmp_path: Path) -> None:
    assert tell_picture_format(start) == name
    if name:
        with pytest.raises(FileRefusedError) as refused:
            _drawn(start + bytes(40), tmp_path)
        assert refused.value.values["format"] == name


def test_a_pdf_page_is_drawn_as_it_is_shown(tmp_path: Path) -> None:
    """Turned by its /Rotate, cut to its CropBox; the resolution of the scan is known."""
    pdf = pypdfium2.PdfDocument(_scan_pdf((600, 900)))
    pdf[0].set_rotation(90)
    pdf[0].set_cropbox(0, 0, 600, 700)
    data = io.BytesIO()
    pdf.save(data)
    pdf.close()
    page = _drawn(data.getvalue(), tmp_path)
    assert page.picture.shape == pytest.approx((2500, 2917), abs=1)
    assert page.dpi == 7
    assert page.enlarged == pytest.approx(41.7, abs=0.1)
    assert page.picture[1000, 2200] < 60 < page.picture[400, 400]


def test_pixels_taken_for_points_make_no_giant(tmp_path: Path) -> None:
    """A page as large in points as its picture in pixels is drawn at the picture's own size."""
    page = _drawn(_scan_pdf((2400, 3600)), tmp_path)
    assert max(page.picture.shape) == 3600


def _scan_pdf(size: tuple[int, int]) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size)
    image = _page() if size[0] < 1000 else _page().resize(size)
    canvas.drawImage(ImageReader(image), 0, 0, *size)
    canvas.showPage()
    canvas.save()
    return data.getvalue()
