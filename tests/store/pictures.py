"""Photos that phones might send, and that nobody should."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

SECRET = b"SERIAL-OF-THE-PHONE-4711"


def picture(
    size: tuple[int, int] = (640, 480), *, shade: int = 120, mode: str = "RGB"
) -> Image.Image:
    """Return a picture that is dark on its left and light on its right."""
    image = Image.new("RGB", size, (shade, 40, 40))
    image.paste((40, 200, 220), (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def as_file(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    """Return a picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def exif(
    *,
    orientation: int = 1,
    at: tuple[float, float] | None = (106.6881, 20.8449),
    taken: str = "2026:11:20 09:30:15",
    offset: str = "+07:00",
) -> Image.Exif:
    """Return metadata as phones write them: orientation, position, moment, the phone's name."""
    said = Image.Exif()
    said[0x010F] = "Maker"
    said[0x0110] = SECRET.decode()
    said[0x0112] = orientation
    inner = said.get_ifd(0x8769)
    inner[0x9003] = taken
    if offset:
        inner[0x9011] = offset
    inner[0xA431] = SECRET.decode()
    if at is not None:
        gps = said.get_ifd(0x8825)
        for tag, value, halves in ((1, at[1], "NS"), (3, at[0], "EW")):
            gps[tag] = halves[value < 0]
            gps[tag + 1] = _parts(abs(value))
    return said


def _parts(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    seconds = round(((degrees - whole) * 60 - minutes) * 60 * 10000)
    return IFDRational(whole, 1), IFDRational(minutes, 1), IFDRational(seconds, 10000)


def phone_photo(**more: object) -> bytes:
    """Return a JPEG with everything that a phone adds to it."""
    image = picture((1024, 768), shade=int(more.pop("shade", 120)))
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return as_file(image, exif=exif(**more), comment=SECRET, xmp=xmp, icc_profile=SECRET * 4)


def png_bomb(side: int = 30_000) -> bytes:
    """Return a small PNG that says it is ``side`` pixels a side."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body) for name, body in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
