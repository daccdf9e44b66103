"""The one way to the endpoint: a POST to its host, no proxy, no redirect, all of it bounded.

The call runs in a thread of its own: a name that is not resolved, a line that drips or an answer
without an end is left behind when the time is over.
"""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reports.model.errors import SecondReaderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.second_reader.settings import ReaderSettings

    Transport = Callable[[ReaderSettings, bytes, float], bytes]
    """Sends a request's body and returns the answer's, within so many seconds."""

_OK: Final = 200
_REDIRECTS: Final = range(300, 400)
_CHUNK: Final = 65_536


@dataclass
class _Outcome:
    """What the thread of a call leaves behind; ``sock`` while it is under way."""

    sock: socket.socket | None = None
    answer: bytes = b""
    fault: SecondReaderError | None = None


def send_request(settings: ReaderSettings, body: bytes, seconds: float) -> bytes:
    """Return what the endpoint answers. Raises ``SecondReaderError`` for whatever goes wrong."""
    connection = _open_connection(settings, min(settings.connect_seconds, seconds))
    outcome = _Outcome()

    def call() -> None:
        try:
            connection.connect()
            outcome.sock = connection.sock
            connection.sock.settimeout(seconds)
            outcome.answer = _exchange(connection, settings, body)
        except SecondReaderError as fault:
            outcome.fault = fault
        except (OSError, HTTPException, ValueError) as fault:
            reason = "timeout" if isinstance(fault, TimeoutError) else "unreachable"
            outcome.fault = SecondReaderError(reason)
        finally:
            connection.close()

    thread = threading.Thread(target=call, name="second-reader", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        _break_off(outcome.sock)
        raise SecondReaderError("timeout")
    if outcome.fault is not None:
        raise outcome.fault
    return outcome.answer


def _open_connection(settings: ReaderSettings, seconds: float) -> HTTPConnection:
    """Return a connection to the host itself: no proxy of the environment comes between."""
    parts = urlsplit(settings.url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    return HTTPConnection(host, parts.port, timeout=seconds)


def _exchange(connection: HTTPConnection, settings: ReaderSettings, body: bytes) -> bytes:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": "haiphong-map",
    }
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    connection.request("POST", urlsplit(settings.url).path, body, headers)
    with connection.getresponse() as response:
        if response.status in _REDIRECTS:
            raise SecondReaderError("redirect")
        if response.status != _OK:
            raise SecondReaderError("status", status=response.status)
        if response.getheader("Content-Encoding", "identity").lower() != "identity":
            raise SecondReaderError("rubbish")
        return _read_bounded(response, settings.max_answer_bytes)


def _read_bounded(response: HTTPResponse, limit: int) -> bytes:
    """Return an answer's body; one that is longer than it may be is left after that much."""
    parts: list[bytes] = []
    length = 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        length += len(chunk)
        if length > limit:
            raise SecondReaderError("too_large", limit=limit // 1000)
    return b"".join(parts)


def _break_off(sock: socket.socket | None) -> None:
    """End a call that takes too long, so that its thread ends too."""
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
