"""Where the program keeps what it builds: outside the code, one folder per installation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
"""The checkout: where ``app.py`` and ``data/`` lie."""

DATA: Final = Path(os.environ.get("HPMAP_DATA_DIR") or ROOT / "data").expanduser()
"""Facts and dictionaries, read only: the program's own, or another folder of them."""


def get_state_dir() -> Path:
    """Return the folder for built layers and installed boundaries, made if need be.

    ``HPMAP_STATE_DIR`` names it; without it, the user's data folder by the XDG convention.
    """
    chosen = os.environ.get("HPMAP_STATE_DIR")
    if chosen:
        folder = Path(chosen).expanduser()
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        folder = Path(base) / "haiphong-map"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
