"""What archives and addresses deliver is fetched within limits or refused; none leads outside."""

from __future__ import annotations

import io
import threading
import zipfile
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo.boundaries import delivery
from geo.boundaries.active import get_active_layer, install_official, roll_back_layer
from geo.errors import BoundaryError, BoundarySourceError
from tests.geo.boundaries.refusals import refusal
from tests.geo.boundary_sets import zip_of


def test_an_oversized_file_is_not_read_on(made, tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "FILE_MAX_BYTES", 2000)
    folder = made.write(tmp_path / "set")
    name = min(made.contents)
    (folder / name).write_bytes(b"[" * 100_000)
    assert f"{name}: lớn hơn" in refusal(folder)


@pytest.mark.parametrize("name", ["../evil.geojson", "/etc/evil", "a\\..\\..\\evil", "C:/evil"])
def test_a_zip_that_leads_outside_is_refused(made, tmp_path, name):
    archive = tmp_path / "set.zip"
    archive.write_bytes(zip_of(made.contents | {name: b"x"}))
    assert "trỏ ra ngoài" in refusal(archive)


def test_a_zip_bomb_is_not_inflated(made, tmp_path, monkeypatch):
    """400 MB of zeros in 400 kB: reading stops at the limit."""
    monkeypatch.setattr(delivery, "FILE_MAX_BYTES", 100_000)
    name = min(made.contents)
    archive = tmp_path / "set.zip"
    archive.write_bytes(zip_of(made.contents | {name: bytes(40_000_000)}))
    assert archive.stat().st_size < 400_000
    assert f"{name}: lớn hơn" in refusal(archive)


def test_a_zip_with_too_many_entries_is_refused(made, tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "ARCHIVE_MAX_ENTRIES", 50)
    archive = tmp_path / "set.zip"
    archive.write_bytes(made.zipped())
    assert "hơn 50 mục" in refusal(archive)


def test_a_file_twice_in_a_zip_is_refused(made, tmp_path):
    name = min(made.contents)
    archive = tmp_path / "set.zip"
    archive.write_bytes(zip_of(made.contents | {f"other/{name}": b"{}"}))
    assert f"{name}: có hai lần" in refusal(archive)


def test_an_encrypted_entry_is_refused(made, tmp_path):
    content = bytearray(made.zipped())
    name = next(iter(made.contents))
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        entry = bundle.getinfo(name)
        directory = content.index(b"PK\x01\x02")
    content[entry.header_offset + 6] |= 1
    content[directory + 8] |= 1
    archive = tmp_path / "set.zip"
    archive.write_bytes(content)
    assert f"{name}: bị đặt mật khẩu" in refusal(archive)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
@pytest.mark.usefixtures("made")
def test_what_is_no_zip_is_refused(tmp_path, content):
    archive = tmp_path / "set.zip"
    archive.write_bytes(content)
    assert "Tệp zip hỏng" in refusal(archive)


def test_a_damaged_entry_is_refused(made, tmp_path):
    content = bytearray(made.zipped())
    content[200] ^= 0xFF
    archive = tmp_path / "set.zip"
    archive.write_bytes(content)
    assert refusal(archive)


def test_a_large_archive_is_refused_unread(made, tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "ARCHIVE_MAX_BYTES", 1000)
    archive = tmp_path / "set.zip"
    archive.write_bytes(made.zipped())
    assert "không được nhận" in refusal(archive)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/wards/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https:///wards",
        "https://[/",
        "/vsicurl/http://example.org/x.zip",
    ],
)
@pytest.mark.usefixtures("made")
def test_only_https_addresses_and_real_paths_are_taken(address):
    before = get_active_layer().version
    with pytest.raises((BoundaryError, BoundarySourceError), match=r"Địa chỉ|Không tìm thấy"):
        install_official(address)
    assert get_active_layer().version == before


@pytest.fixture
def served(made, tmp_path):
    """Serve a folder on this machine; yields the folder and its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_args: object) -> None: ...

    folder = made.write(tmp_path / "served")
    yield from _serve(partial(Quiet, directory=str(folder)), folder)


def _serve(handler, folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield folder, f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_address_is_installed_folder_or_zip(made, served):
    folder, address = served
    assert install_official(address).provider == "official"
    roll_back_layer()
    (folder / "set.zip").write_bytes(made.zipped())
    assert install_official(address + "set.zip").provider == "official"


def test_a_file_missing_at_an_address_is_named(made, served):
    folder, address = served
    name = min(made.contents)
    (folder / name).unlink()
    assert f"{name}: thiếu tệp" in refusal(address)


@pytest.mark.usefixtures("made")
def test_nothing_at_an_address_means_try_another(served):
    with pytest.raises(BoundarySourceError):
        install_official(served[1] + "none.zip")


@pytest.mark.usefixtures("made")
def test_an_address_that_does_not_answer_is_a_source_fault():
    with pytest.raises(BoundarySourceError, match="Không tải được"):
        install_official("http://127.0.0.1:9/wards/")


@pytest.mark.usefixtures("made")
def test_a_redirect_to_an_unsafe_address_is_not_followed(tmp_path):
    class Away(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "http://example.org/wards/x")
            self.end_headers()

        def log_message(self, *_args: object) -> None: ...

    for _, address in _serve(Away, tmp_path):
        assert "http://example.org" in refusal(address)
