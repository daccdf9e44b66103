"""The plain app that others are compared with: frozen, and named by a hash of its files."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

PLAIN = Path(__file__).with_name("plain")


def hash_yardstick() -> str:
    """Return twelve digits of the SHA-256 over the names and contents of the plain app's files."""
    digest = hashlib.sha256()
    for file in sorted(PLAIN.iterdir()):
        if file.suffix in {".py", ".csv"}:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def describe_yardstick() -> str:
    """Return the line that stands below every table that compares with the plain app."""
    used = ", ".join(
        f"{name} {version(name)}" for name in ("streamlit", "folium", "streamlit-folium")
    )
    return f"plain app: benchmarks/plain, {hash_yardstick()} ({used})"
