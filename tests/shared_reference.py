"""Where the reference material lies on a developer's machine; ``None`` elsewhere."""

from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[2] / "shared"
SHARED: Path | None = _FOLDER if _FOLDER.is_dir() else None

needs_shared = pytest.mark.skipif(
    SHARED is None, reason="the reference material (reports, official boundaries) is not here"
)
