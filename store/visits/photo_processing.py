"""A photo as it is kept: made anew from its pixels, so that nothing else of the file stays.

What a phone sends is a file of a stranger: it is known by its content, never by its name, and its
size is checked before it is unpacked. Time and position are read from its metadata first; the
picture that is kept has no metadata at all.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import struct
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from geo.i18n import t
from store.db.errors import PhotoError
from store.visits.quality_flags import MAX_PHOTO_MEGAPIXELS, FieldLimits, load_field_limits

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_SIDE_PX: Final = 1600
MAX_THUMB_PX: Final = 320
QUALITY: Final = 82
THUMB_QUALITY: Final = 75
WHITE: Final = (255, 255, 255)
"""What shows where a picture is transparent."""

_HEIC: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)
_ORIENTATION, _EXIF, _GPS = 0x0112, 0x8769, 0x8825
_TAKEN, _DIGITIZED, _OFFSET = 0x9003, 0x9004, 0x9011
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d)[ T](\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"[+-]\d\d:\d\d")
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DAMAGED: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    MemoryError,
    RuntimeError,
    struct.error,
    Warning,
)
"""What Pillow raises at one place or another of a file that is damaged or made to harm; warnings
too, where the caller has made errors of them."""

_ONE_AT_A_TIME: Final = Lock()


@dataclass(frozen=True)
class ProcessedPhoto:
    """A photo made anew.

    ``photo`` is the SHA-256 of ``content`` (JPEG, at most 1600 pixels a side, upright),
    ``original`` that of the file that was sent. ``taken`` is an ISO moment as the file says it,
    with its offset where the file has one, '' where it says none; ``lon`` and ``lat`` degrees
    (EPSG:4326), ``None`` where it says none.
    """

    photo: str
    original: str
    content: bytes
    thumb: bytes
    width: int
    height: int
    taken: str
    lon: float | None
    lat: float | None


def process_photo(sent: bytes, limits: FieldLimits | None = None) -> ProcessedPhoto:
    """Return a photo as it is kept, from the file that was sent (JPEG, PNG or WebP).

    Raises ``PhotoError`` that says what to do: too large, of a kind that is not taken, damaged.
    """
    limits = limits or load_field_limits()
    if len(sent) > limits.max_photo_bytes:
        raise PhotoError(t("phone.photo.too_large", limit=f"{limits.max_photo_mb:g}"))
    kind = detect_image_type(sent)
    if kind == "HEIC":
        raise PhotoError(t("phone.photo.heic"))
    if not kind:
        raise PhotoError(t("phone.photo.kind"))
    # Unpacked pictures are large: one at a time bounds the memory that many senders can take.
    with _ONE_AT_A_TIME:
        try:
            return _convert_photo(sent, kind)
        except PhotoError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
            raise _make_pixels_error() from fault
        except _DAMAGED as fault:
            raise PhotoError(t("phone.photo.damaged")) from fault


def detect_image_type(sent: bytes) -> str:
    """Return ``JPEG``, ``PNG``, ``WEBP`` or ``HEIC`` by a file's first bytes, '' for another."""
    if sent.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if sent.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if sent[:4] == b"RIFF" and sent[8:12] == b"WEBP":
        return "WEBP"
    if sent[4:8] == b"ftyp" and sent[8:12] in _HEIC:
        return "HEIC"
    return ""


def _make_pixels_error() -> PhotoError:
    return PhotoError(t("phone.photo.pixels", limit=MAX_PHOTO_MEGAPIXELS))


def _convert_photo(sent: bytes, kind: str) -> ProcessedPhoto:
    with Image.open(io.BytesIO(sent), formats=(kind,)) as image:
        if image.width * image.height > MAX_PHOTO_MEGAPIXELS * 1_000_000:
            raise _make_pixels_error()
        metadata = _read_exif(image)
        if kind == "JPEG":
            image.draft("RGB", (MAX_SIDE_PX, MAX_SIDE_PX))  # unpacks no more than is kept
        image.load()
        pixels = _copy_pixels(image)
    turn = _TURNS.get(metadata.get(_ORIENTATION, 1))
    pixels.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX), Image.Resampling.LANCZOS)
    if turn is not None:
        pixels = pixels.transpose(turn)
    thumb = pixels.copy()
    thumb.thumbnail((MAX_THUMB_PX, MAX_THUMB_PX), Image.Resampling.LANCZOS)
    content = _encode_jpeg(pixels, QUALITY)
    lon, lat = _parse_position(metadata.get(_GPS, {}))
    return ProcessedPhoto(
        photo=hashlib.sha256(content).hexdigest(),
        original=hashlib.sha256(sent).hexdigest(),
        content=content,
        thumb=_encode_jpeg(thumb, THUMB_QUALITY),
        width=pixels.width,
        height=pixels.height,
        taken=_parse_taken_time(metadata.get(_EXIF, {})),
        lon=lon,
        lat=lat,
    )


def _copy_pixels(image: Image.Image) -> Image.Image:
    """Return a new picture of the same pixels: nothing that hangs on the old one comes along."""
    if image.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in image.info:
        shown = image.convert("RGBA")
        ground = Image.new("RGB", image.size, WHITE)
        ground.paste(shown, mask=shown.getchannel("A"))
        return ground
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda grey: grey / 257).convert("L")
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    return clean


def _encode_jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _read_exif(image: Image.Image) -> dict[int, Any]:
    """Return orientation, moment and position as the metadata have them; nothing when damaged."""
    metadata: dict[int, Any] = {}
    try:
        exif = image.getexif()
        metadata[_ORIENTATION] = exif.get(_ORIENTATION, 1)
        for part in (_EXIF, _GPS):
            metadata[part] = dict(exif.get_ifd(part))
    except _DAMAGED:
        return metadata
    return metadata if isinstance(metadata[_ORIENTATION], int) else metadata | {_ORIENTATION: 1}


def _parse_taken_time(metadata: Mapping[int, Any]) -> str:
    match = _MOMENT.match(str(metadata.get(_TAKEN) or metadata.get(_DIGITIZED) or ""))
    if not match:
        return ""
    year, month, day, hour, minute, second = match.groups()
    zone = _ZONE.match(str(metadata.get(_OFFSET) or ""))
    text = f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone.group() if zone else ''}"
    return text if _is_moment(text) else ""


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _parse_position(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    lat = _parse_degrees(gps.get(2), gps.get(1), "S", 90)
    lon = _parse_degrees(gps.get(4), gps.get(3), "W", 180)
    if lat is None or lon is None or lat == lon == 0:  # what phones write that do not know
        return None, None
    return lon, lat


def _parse_degrees(parts: Any, half: Any, negative: str, limit: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except _DAMAGED:
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or not 0 <= value <= limit:
        return None
    return round(-value if str(half).strip("\0 ").upper() == negative else value, 7)
