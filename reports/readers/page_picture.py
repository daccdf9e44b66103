"""A page of a PDF or a picture as a person sees it, made small enough for a screen.

It is drawn in a process of its own, as reading is: a page may unpack to gigabytes or never end.
"""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reports.child_process import limit_memory, make_child_environment

if TYPE_CHECKING:
    from PIL import Image

WIDTH: Final = 1200
"""Pixels of a page's picture from side to side."""

_TALLEST: Final = 3.0
"""How many times taller than wide a picture may be; more is made smaller."""

_MOST_PIXELS: Final = 180_000_000
_MEMORY: Final = 2 * 1024**3
_SECONDS: Final = 20
_QUALITY: Final = 82
_log = logging.getLogger(__name__)


def draw_page(data: bytes, page: int, *, width: int = WIDTH) -> bytes:
    """Return a page (from 1) as JPEG; empty where the file has no such page or cannot be drawn."""
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        path = Path(folder) / "report"
        path.write_bytes(data)
        command = [sys.executable, "-m", __name__, str(path), str(page), str(width)]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command,
                check=True,
                capture_output=True,
                timeout=_SECONDS,
                env=make_child_environment(),
            )
        except (subprocess.SubprocessError, OSError) as fault:
            _log.warning("a page could not be drawn: %s", type(fault).__name__)
            return b""
    return done.stdout


def _draw(path: Path, page: int, width: int) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - in the process of its own only

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with path.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    if is_pdf:
        picture = _draw_pdf(path, page, width)
    else:
        _allow_heic()
        with Image.open(path) as opened:
            opened.seek(page - 1)
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((width, int(width * _TALLEST)))
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=_QUALITY)
    return packed.getvalue()


def _draw_pdf(path: Path, page: int, width: int) -> Image.Image:
    import pypdfium2  # noqa: PLC0415

    pdf = pypdfium2.PdfDocument(path)
    pdf.init_forms()
    drawn = pdf[page - 1]
    across, down = drawn.get_size()
    scale = min(width / max(across, 1), width * _TALLEST / max(down, 1))
    picture: Image.Image = drawn.render(scale=scale).to_pil()
    return picture.convert("RGB")


def _allow_heic() -> None:
    """Let pictures of iPhones be opened where the library for them is installed."""
    try:
        from pillow_heif import register_heif_opener  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    except ImportError:
        return
    register_heif_opener()


if __name__ == "__main__":
    limit_memory(_MEMORY)
    logging.disable(logging.CRITICAL)
    _path, _page, _width = sys.argv[1:]
    sys.stdout.buffer.write(_draw(Path(_path), int(_page), int(_width)))
