"""Files compressed for browsers: fast for whoever asks first, small for everybody later."""

from __future__ import annotations

import gzip
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

import brotli

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_KEPT: Final = 512
"""Far more files than pages ask for; all of Streamlit's are 7 MB when compressed."""

_ASKED_OFTEN: Final = 2


@dataclass(frozen=True)
class CompressedBody:
    """A file's content as it is sent, and the name of its encoding."""

    body: bytes
    encoding: str


class Compressor:
    """Compresses each file once, by its address: its content never changes.

    Gzip at once; from the second request on also Brotli at its best, a fifth smaller, which takes
    up to a second of one core and so is made beside the readers, by a thread that lets go of the
    interpreter.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: Counter[str] = Counter()
        self._made: dict[tuple[str, str], bytes] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="compression")

    def find_made(self, address: str, accepted: str) -> CompressedBody | None:
        """Return what was compressed already and a browser that accepts this takes, if any."""
        for encoding in ("br", "gzip"):
            body = self._made.get((address, encoding)) if encoding in accepted else None
            if body is not None:
                if encoding == "gzip" and "br" in accepted:
                    self._count(address, body)
                return CompressedBody(body, encoding)
        return None

    def compress(
        self, address: str, accepted: str, read: Callable[[], bytes]
    ) -> CompressedBody | None:
        """Return the content that ``read`` returns, ``None`` for a browser that takes no gzip."""
        made = self.find_made(address, accepted)
        if made is not None or "gzip" not in accepted:
            return made
        body = gzip.compress(read(), 9, mtime=0)
        self._keep(address, "gzip", body)
        if "br" in accepted:
            self._count(address, body)
        return CompressedBody(body, "gzip")

    def finish(self) -> None:
        """Wait until everything begun is made; nothing is made smaller after that."""
        self._worker.shutdown()

    def _count(self, address: str, zipped: bytes) -> None:
        with self._lock:
            self._asked[address] += 1
            often = self._asked[address] == _ASKED_OFTEN
        if often:
            self._worker.submit(self._make_smallest, address, zipped)

    def _make_smallest(self, address: str, zipped: bytes) -> None:
        self._keep(address, "br", brotli.compress(gzip.decompress(zipped), quality=11))

    def _keep(self, address: str, encoding: str, body: bytes) -> None:
        with self._lock:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
                self._asked.clear()
            self._made[address, encoding] = body
