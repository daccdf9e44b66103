"""A line of so many bits a second between a browser and a server, whatever goes over it.

The browser's own throttling leaves sockets alone; this takes everything through one narrow place
and counts it.
"""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 2048
LATENCY_SECONDS = 0.02
"""One way."""


class Bucket:
    """Says when so many bytes are through a line that takes ``rate`` bytes a second."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._free_at = 0.0

    def reserve(self, count: int, now: float) -> float:
        """Return the seconds to wait until ``count`` more bytes are through."""
        self._free_at = max(self._free_at, now) + count / self._rate
        return self._free_at - now


class SlowLine:
    """A running line; ``received`` are the bytes that have come down it, headers included."""

    def __init__(self, port: int, bits_per_second: float) -> None:
        self._port = port
        self._rate = bits_per_second / 8
        self.received = 0
        self.address = ""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.gather(
            self._pump(reader, to_server, self._up, counted=False),
            self._pump(there, writer, self._down, counted=True),
            return_exceptions=True,
        )

    async def _pump(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        bucket: Bucket,
        *,
        counted: bool,
    ) -> None:
        try:
            await asyncio.sleep(LATENCY_SECONDS)
            while piece := await source.read(PIECE):
                await asyncio.sleep(bucket.reserve(len(piece), time.monotonic()))
                self.received += len(piece) if counted else 0
                target.write(piece)
                await target.drain()
        finally:
            target.close()

    async def start(self) -> Self:
        """Begin to take connections on a free port."""
        self._up, self._down = Bucket(self._rate), Bucket(self._rate)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def stop(self) -> None:
        """Cut every connection."""
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def open_slow_line(port: int, bits_per_second: float) -> Iterator[SlowLine]:
    """Run a line to a port of this machine in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    line = SlowLine(port, bits_per_second)
    asyncio.run_coroutine_threadsafe(line.start(), loop).result(10)
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(line.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
