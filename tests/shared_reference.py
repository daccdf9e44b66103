"""Where the reference material lies on a developer's machine; ``None`` elsewhere.

``HPMAP_REFERENCE_DIR`` names the folder; without it, ``shared`` beside the checkout.
"""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
_FOLDER = Path(os.environ.get("HPMAP_REFERENCE_DIR") or _BESIDE).expanduser()
SHARED: Path | None = _FOLDER if _FOLDER.is_dir() else None

LEFT_OUT = "HPMAP_REFERENCE_DIR names no folder of the reports, boundaries and standards"
needs_shared = pytest.mark.skipif(SHARED is None, reason=LEFT_OUT)
