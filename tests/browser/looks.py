"""How pages look, kept as small grey pictures: enough to notice that one has fallen apart."""

from __future__ import annotations

import base64
import io
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEPT: Final = Path(__file__).with_name("looks")
WIDTH: Final = 80
MOST_DIFFERENT: Final = 7.0
"""Mean difference of grey (0 to 255) that a changed figure may make."""

TAKE_ANEW: Final = "HPMAP_TAKE_LOOKS"
"""Set it to keep the pages as they look now; open the full pictures first."""


@cache
def own_font() -> str:
    """Return Source Sans, which comes with Streamlit, as a page can be given it."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    (file,) = folder.glob("SourceSansVF-Upright*.woff2")
    return base64.b64encode(file.read_bytes()).decode()


GIVE_FONT: Final = """async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
  const font = new FontFace('Source Sans', bytes.buffer, { weight: '200 900' });
  document.fonts.add(await font.load());
  await document.fonts.ready;
}"""


def dress(page: Page) -> None:
    """Set our own pages and the map in one font, whatever fonts the machine has.

    Streamlit's pages bring theirs, and the map asks for the same first. The page must have been
    opened with ``bypass_csp``.
    """
    for frame in page.frames:
        if frame.is_detached() or not frame.url.startswith("http"):
            continue
        if frame == page.main_frame and frame.locator("#root").count():
            continue
        frame.evaluate(GIVE_FONT, own_font())
        if frame == page.main_frame:
            frame.add_style_tag(content="* { font-family: 'Source Sans' !important; }")


def picture_at_rest(page: Page) -> bytes:
    """Return a screenshot of a page once two in a row are the same."""
    before = b""
    for _ in range(40):
        now = page.screenshot()
        if now == before:
            break
        before = now
        page.wait_for_timeout(200)
    return now


def find_difference(page: Page, name: str) -> float:
    """Return how far a page is from how it is kept once it looks so, or will not for long."""
    gap = difference(name, picture_at_rest(page))
    for _ in range(20):
        if gap <= MOST_DIFFERENT:
            break
        page.wait_for_timeout(1_000)
        gap = difference(name, picture_at_rest(page))
    return gap


def small(picture: bytes) -> Image.Image:
    """Return a screenshot as a small grey picture."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    return image.resize((WIDTH, max(1, round(WIDTH * image.height / image.width))))


def difference(name: str, picture: bytes) -> float:
    """Return how far a page is from how it is kept; infinite for another shape or none kept.

    With ``HPMAP_TAKE_LOOKS`` set, it is kept anew and differs by nothing.
    """
    now = small(picture)
    file = KEPT / f"{name}.png"
    if os.environ.get(TAKE_ANEW):
        KEPT.mkdir(exist_ok=True)
        now.save(file, optimize=True)
        folder = os.environ[TAKE_ANEW]
        if Path(folder).is_dir():
            (Path(folder) / f"{name}.png").write_bytes(picture)
        return 0.0
    if not file.is_file():
        return float("inf")
    before = Image.open(file)
    if before.size != now.size:
        return float("inf")
    gap = np.asarray(before, dtype=float) - np.asarray(now, dtype=float)
    return float(np.abs(gap).mean())
