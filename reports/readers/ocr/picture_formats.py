"""Formats of pictures, told by their first bytes: those that are read, and those known by name."""

from __future__ import annotations

from typing import Final

_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\x97JB2\r\n\x1a\n", "JBIG2"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"AT&TFORM", "DjVu"),
    (b"8BPS\x00\x01", "Photoshop"),
)
_BRANDS: Final = {
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"hevc": "HEIC",
    b"hevx": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"mif1": "HEIF",
    b"msf1": "HEIF",
}
_MOST_BRANDS: Final = 64
_BITMAP_HEADERS: Final = frozenset({12, 40, 52, 56, 64, 108, 124})

PILLOW_NAMES: Final = {
    "PNG": ("PNG",),
    "JPEG": ("JPEG", "MPO"),
    "TIFF": ("TIFF",),
    "GIF": ("GIF",),
    "WebP": ("WEBP",),
    "BMP": ("BMP",),
    "JPEG 2000": ("JPEG2000",),
    "AVIF": ("AVIF", "HEIF"),
    "HEIC": ("HEIF",),
    "HEIF": ("HEIF", "AVIF"),
}
"""The readers of Pillow that may open a format; formats that are not here are not read."""


def tell_picture_format(data: bytes) -> str:
    """Return the name of the picture format that a file begins like; '' for no picture."""
    for start, name in _STARTS:
        if data.startswith(start):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BITMAP_HEADERS:
        return "BMP"
    return _tell_boxed_format(data) if data[4:8] == b"ftyp" else ""


def _tell_boxed_format(data: bytes) -> str:
    """Return the format of a file of boxes (ISO 14496-12) by its brands, the first one first."""
    size = min(int.from_bytes(data[:4], "big"), 16 + 4 * _MOST_BRANDS)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, size, 4))]
    found = [_BRANDS[brand] for brand in brands if brand in _BRANDS]
    return next((name for name in found if name != "HEIF"), found[0] if found else "")
