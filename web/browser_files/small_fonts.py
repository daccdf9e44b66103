"""Streamlit's fonts, cut to what pages show of them: they were a third of a first visit's bytes.

Each is cut once, in a process beside the server (``font_cutting``), and kept in the state folder;
until then the whole one is served.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from geo.paths import get_state_dir
from reports.child_process import make_child_environment

_LOG = logging.getLogger(__name__)
_RULES: Final = Path(__file__).with_name("font_cutting.py")
_LONGEST_SECONDS: Final = 300
CUT_FONTS: Final = ("MaterialSymbols", "SourceSansVF", "SourceCodeVF")
"""What the names of the fonts that pages use begin with."""


class FontFinder:
    """Finds fonts as they are to be sent, and has those cut that are not yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Path, bytes] = {}
        self._begun: set[Path] = set()

    def find_font(self, source: Path) -> bytes:
        """Return the content of one of Streamlit's fonts, cut if it has been cut."""
        kept = self._kept.get(source)
        if kept is not None:
            return kept
        if not source.name.startswith(CUT_FONTS):
            return source.read_bytes()
        target = build_font_path(source)
        with contextlib.suppress(FileNotFoundError):
            return self._kept.setdefault(source, target.read_bytes())
        with self._lock:
            begins = source not in self._begun
            self._begun.add(source)
        if begins:
            _start_cutting(source, target)
        return source.read_bytes()


def build_font_path(source: Path) -> Path:
    """Return where a font is kept when it is cut: another name for every version and rule."""
    told = f"{source.name} {version('streamlit')}".encode() + _RULES.read_bytes()
    return get_state_dir() / "fonts" / f"{hashlib.sha256(told).hexdigest()[:16]}.woff2"


def _start_cutting(source: Path, target: Path) -> None:
    command = [sys.executable, "-m", "web.browser_files.font_cutting", str(source), str(target)]
    Thread(target=_run_program, args=(command,), name="font cutting", daemon=True).start()


def _run_program(command: list[str]) -> None:
    """Run a program to its end: what fails is logged, the whole font serves as well."""
    try:
        subprocess.run(  # noqa: S603 - this program itself, on a file of Streamlit's
            command,
            env=make_child_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        _LOG.warning("a font is served whole", exc_info=True)
