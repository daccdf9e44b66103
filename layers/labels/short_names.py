"""Names of projects short enough for a list, a map's label, a search's hit."""

from __future__ import annotations

import re
from typing import Final

MOST_CHARS: Final = 64
_OPENING: Final = re.compile(
    r"^(?:dự án\s+)?(?:đầu tư\s+)?(?:xây dựng\s+)?(?:và kinh doanh\s+)?(?=\S)", re.IGNORECASE
)


def shorten_name(name: str, most: int = MOST_CHARS) -> str:
    """Return a name without "Dự án đầu tư xây dựng", cut at a word with "…" where it is long.

    The full name stands wherever there is room for it; nothing is looked up by a short one.
    """
    bare = _OPENING.sub("", " ".join(name.split())) or name
    bare = bare[:1].upper() + bare[1:]
    if len(bare) <= most:
        return bare
    cut = bare[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–(")
    return f"{cut or bare[: most - 1]}…"
