"""A slow line lets through so many bytes a second, and counts what comes down."""

from __future__ import annotations

import http.server
import threading
import urllib.request

from benchmarks.map.slow_line import Bucket, open_slow_line


def test_bytes_wait_for_those_before_them_and_an_idle_line_saves_nothing_up() -> None:
    bucket = Bucket(1000)
    assert bucket.reserve(500, now=10.0) == 0.5
    assert bucket.reserve(500, now=10.0) == 1.0
    assert bucket.reserve(1000, now=60.0) == 1.0


def test_an_answer_comes_through_whole_and_is_counted(tmp_path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 5000)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *parts) -> None:
            super().__init__(*parts, directory=str(tmp_path))

        def log_message(self, *_parts) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open_slow_line(server.server_address[1], 8e6) as line:
        with urllib.request.urlopen(f"{line.address}/file", timeout=20) as answer:  # noqa: S310 - our own
            assert answer.read() == b"x" * 5000
        assert 5000 < line.received < 6000
    server.shutdown()
    server.server_close()
