"""QR codes: an address as a picture that any phone reads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import segno

if TYPE_CHECKING:
    from segno import QRCode

MAX_CHARS: Final = 600
"""Longer addresses would need squares too small for a board by the road."""

QUIET: Final = 4
"""Empty modules round the code, as the standard asks."""

SCALE: Final = 8
"""Pixels a module."""


def make_qr_png(address: str) -> bytes:
    """Return an address as a PNG; no bytes where it is too long."""
    return _save_code(address, "png")


def make_qr_svg(address: str) -> bytes:
    """Return an address as an SVG file for print; no bytes where it is too long."""
    return _save_code(address, "svg")


def _save_code(address: str, kind: str) -> bytes:
    code = _make_code(address)
    if code is None:
        return b""
    out = io.BytesIO()
    code.save(out, kind=kind, scale=SCALE, border=QUIET)
    return out.getvalue()


def _make_code(address: str) -> QRCode | None:
    if not address or len(address) > MAX_CHARS:
        return None
    return segno.make(address, error="m", micro=False, boost_error=True)
