"""The files of the field page that hold no data: page, script, style, texts, pictures, worker.

They are the same for everybody and public. All of them have one version, a hash over all, which
stands in their address and in the worker, so that a phone holds one set or another, never a mix.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, load_catalogue, t
from web.page_templates import render_template

_ASSETS: Final = Path(__file__).parent / "assets"
_KEEPING: Final = ("keep.js", "ask.js", "send.js")
_SCRIPTS: Final = (
    "words.js", *_KEEPING, "places.js", "photos.js", "near.js", "visit.js", "queue.js", "main.js",
)  # fmt: skip
_ROOM: Final = "phone."
_BLUE, _GOLD, _WHITE = "#1d4f91", "#f2b705", "#ffffff"
_OUTLINE: Final = ((6, 21), (12, 9), (18, 14), (26, 7), (23, 20), (16, 25))
"""The outline of the product's sign (``assets/icon.svg``) in its square of 32 units."""

ICONS: Final = {"icon-192.png": (192, 1.0), "icon-512.png": (512, 1.0), "icon-safe.png": (512, 0.7)}
"""Pictures by name: pixels a side, and what part of it the sign takes (phones cut corners off)."""


@cache
def compute_shell_version() -> str:
    """Return the version of all files together."""
    digest = hashlib.sha256()
    for name, (body, _) in sorted(_load_files().items()):
        digest.update(name.encode() + body)
    digest.update(render_template("phone.html", version="").encode())
    digest.update((_ASSETS / "worker.js").read_bytes())
    return digest.hexdigest()[:16]


def find_shell_file(name: str) -> tuple[bytes, str] | None:
    """Return the content and media type of a versioned file, ``None`` for a name that is none."""
    return _load_files().get(name)


@cache
def compress_shell_file(name: str) -> bytes:
    """Return the content of a versioned file, gzipped."""
    return gzip.compress(_load_files()[name][0], 9, mtime=0)


@cache
def build_page() -> bytes:
    """Return the page."""
    return render_template("phone.html", version=compute_shell_version()).encode()


@cache
def build_worker() -> bytes:
    """Return the worker, which names the version and the files that it keeps."""
    paths = [
        "./",
        "manifest.webmanifest",
        *(f"{compute_shell_version()}/{name}" for name in sorted(_load_files())),
    ]
    head = (
        f"self.HPPhoneShell = {json.dumps({'version': compute_shell_version(), 'shell': paths})};\n"
    )
    return head.encode() + _join_assets((*_KEEPING, "worker.js"))


@cache
def build_manifest() -> bytes:
    """Return what a phone needs to install the page."""
    pictures = [
        {
            "src": f"{compute_shell_version()}/{name}",
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": "maskable" if name == "icon-safe.png" else "any",
        }
        for name, (side, _) in ICONS.items()
    ]
    return json.dumps(
        {
            "id": "./",
            "name": f"{t('phone.page.title')} · {t('phone.page.product')}",
            "short_name": t("phone.page.title"),
            "lang": DEFAULT_LANGUAGE,
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            "orientation": "portrait",
            "background_color": _WHITE,
            "theme_color": "#123a73",
            "icons": pictures,
        },
        ensure_ascii=False,
    ).encode()


@cache
def _load_files() -> dict[str, tuple[bytes, str]]:
    script, style = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
    texts = {
        f"texts-{language}.json": (_dump_texts(language), "application/json; charset=utf-8")
        for language in LANGUAGES
    }
    pictures = {name: (_draw_icon(side, part), "image/png") for name, (side, part) in ICONS.items()}
    return {
        "phone.js": (_join_assets(_SCRIPTS), script),
        "phone.css": ((_ASSETS / "phone.css").read_bytes(), style),
        **texts,
        **pictures,
    }


def _join_assets(names: tuple[str, ...]) -> bytes:
    return b"\n".join((_ASSETS / name).read_bytes() for name in names)


def _dump_texts(language: str) -> bytes:
    catalogue = load_catalogue(DEFAULT_LANGUAGE) | load_catalogue(language)
    phone_texts = {
        key.removeprefix(_ROOM): text for key, text in catalogue.items() if key.startswith(_ROOM)
    }
    return json.dumps(phone_texts, ensure_ascii=False, sort_keys=True).encode()


def _draw_icon(side: int, part: float) -> bytes:
    """Return the product's sign on a blue square, drawn large and then made small to be smooth."""
    large = 4 * side
    image = Image.new("RGB", (large, large), _BLUE)
    scale = large / 32 * part
    margin = large * (1 - part) / 2
    outline = [(margin + x * scale, margin + y * scale) for x, y in _OUTLINE]
    draw = ImageDraw.Draw(image)
    draw.polygon(outline, fill=_GOLD)
    draw.line([*outline, *outline[:2]], fill=_WHITE, width=round(1.6 * scale), joint="curve")
    out = io.BytesIO()
    image.resize((side, side), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
