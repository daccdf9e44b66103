"""A server on loopback that gives out the standard's schema, so that nobody else is asked."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORIGIN = "https://standard.open-contracting.org/infrastructure/schema/0__9__5/"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Give the address under which the files of ``folder`` are served; their ids point there."""

    class Files(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = folder / self.path.lstrip("/")
            if not path.is_file():
                self.send_error(404)
                return
            address = f"http://127.0.0.1:{self.server.server_address[1]}/"
            text = path.read_text("utf-8-sig").replace(ORIGIN, address)
            if path.suffix == ".json":
                json.loads(text)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
