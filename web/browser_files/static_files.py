"""Streamlit's own files for the browser, and the map frame's, compressed and kept by browsers.

Their names carry a hash of what is in them, so a browser asks for each once and keeps it for good.
"""

from __future__ import annotations

import asyncio
from functools import cache, partial
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import Response

from web.browser_files.compression import CompressedBody, Compressor
from web.browser_files.script_rewrites import read_script
from web.browser_files.small_fonts import FontFinder

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX: Final = "/static/"
FRAME_PREFIX: Final = "/component/streamlit_folium.st_folium/"
FOR_GOOD: Final = "public, max-age=31536000, immutable"
_SOON_AGAIN: Final = "s-maxage=60"
"""A proxy asks again for what is not as small yet as it will be; a browser keeps what it has."""

_MEDIA_TYPES: Final = {  # named here: what the machine knows of them differs
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
_FONT_SUFFIX: Final = ".woff2"
_COMPRESSOR: Final = Compressor()


class StaticFilesMiddleware:
    """ASGI middleware that answers for Streamlit's fonts, and for its texts where gzip is taken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._fonts = FontFinder()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the request pass."""
        answer = None
        if (
            scope["type"] == "http"
            and scope["method"] in {"GET", "HEAD"}
            and scope["path"].startswith((PREFIX, FRAME_PREFIX))
        ):
            accepted = Headers(scope=scope).get("accept-encoding", "")
            answer = await self._make_answer(scope["path"], accepted)
        await (answer or self._app)(scope, receive, send)

    async def _make_answer(self, address: str, accepted: str) -> Response | None:
        path = list_static_files().get(address)
        if path is None:
            return None
        if path.suffix == _FONT_SUFFIX:
            font = await asyncio.to_thread(self._fonts.find_font, path)
            return Response(font, media_type="font/woff2", headers={"Cache-Control": FOR_GOOD})
        media_type = _MEDIA_TYPES[path.suffix]
        made = _COMPRESSOR.find_made(address, accepted)
        if made:  # at once: a first visit asks for some hundred files
            return _make_response(made, media_type, accepted)
        answer = await asyncio.to_thread(
            make_file_answer, address, accepted, media_type, partial(read_script, path)
        )
        return answer if "content-encoding" in answer.headers else None


def make_file_answer(
    address: str, accepted: str, media_type: str, read: Callable[[], bytes]
) -> Response:
    """Return the answer with a file that ``read`` returns, kept by browsers for good.

    ``address`` carries a hash of the content; ``accepted`` are the encodings that a browser takes.
    """
    made = _COMPRESSOR.compress(address, accepted, read)
    if made:
        return _make_response(made, media_type, accepted)
    headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
    return Response(read(), media_type=media_type, headers=headers)


def _make_response(made: CompressedBody, media_type: str, accepted: str) -> Response:
    smaller_later = made.encoding == "gzip" and "br" in accepted
    headers = {
        "Cache-Control": f"{FOR_GOOD}, {_SOON_AGAIN}" if smaller_later else FOR_GOOD,
        "Content-Encoding": made.encoding,
        "Vary": "Accept-Encoding",
    }
    return Response(made.body, media_type=media_type, headers=headers)


@cache
def list_static_files() -> dict[str, Path]:
    """Return the files answered for by their addresses: no other is opened."""
    folders = {PREFIX: get_static_folder(), f"{FRAME_PREFIX}static/": _get_frame_folder()}
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for prefix, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _MEDIA_TYPES.keys() | {_FONT_SUFFIX}
    }


def get_static_folder() -> Path:
    """Return the folder of Streamlit's files for the browser."""
    return Path(str(files("streamlit"))) / "static" / "static"


def _get_frame_folder() -> Path:
    """Return the folder of the map frame's files, without importing its package.

    Imported outside a page's run, its component would stay unknown to Streamlit, and no map drawn.
    """
    spec = find_spec("streamlit_folium")
    (folder,) = (spec and spec.submodule_search_locations) or ("",)
    return Path(folder) / "frontend" / "build" / "static"
