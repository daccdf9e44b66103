"""How pages look, kept as small grey pictures: enough to notice that one has fallen apart."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

KEPT: Final = Path(__file__).with_name("looks")
WIDTH: Final = 80
MOST_DIFFERENT: Final = 7.0
"""Mean difference of grey (0 to 255) that other fonts or a changed figure may make."""

TAKE_ANEW: Final = "HPMAP_TAKE_LOOKS"
"""Set it to keep the pages as they look now; open the full pictures first."""


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
