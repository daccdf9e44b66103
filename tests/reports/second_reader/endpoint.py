"""An endpoint of the tests' own on this machine, which does whatever a test wants of it."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from reports.second_reader.settings import ReaderSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Endpoint:
    """What came to the endpoint, and how it answers: ``behave`` writes all of the answer."""

    behave: Callable[[BaseHTTPRequestHandler], None]
    port: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """The address under which it is asked."""
        return f"http://127.0.0.1:{self.port}/v1/chat/completions"

    def settings(self, **changes: Any) -> ReaderSettings:
        """Return settings that name it, with short limits."""
        return ReaderSettings(self.url, "test-model", "s3cret-key", **changes)


@contextmanager
def serve(behave: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[Endpoint]:
    """Run an endpoint as long as the block lasts."""
    endpoint = Endpoint(behave)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            endpoint.bodies.append(json.loads(self.rfile.read(length)))
            endpoint.keys.append(self.headers.get("Authorization", ""))
            endpoint.paths.append(self.path)
            self.close_connection = True
            try:
                endpoint.behave(self)
            except OSError:
                return  # the caller has gone, as it should

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def wrap(content: str) -> bytes:
    """Return a text as such an endpoint answers with it."""
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def answer(status: int, body: bytes, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return a behaviour: one answer."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def propose(*proposals: Any) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return a behaviour: these proposals, as such an endpoint gives them."""
    return answer(200, wrap(json.dumps({"statements": list(proposals)})))
