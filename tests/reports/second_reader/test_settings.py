"""The settings of the second reader: off without an address, and only safe ones are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model.errors import SecondReaderError
from reports.second_reader.settings import load_reader_settings

if TYPE_CHECKING:
    from pathlib import Path

MODEL = {"HPMAP_READER_MODEL": "m"}


def test_without_an_address_there_is_none() -> None:
    assert load_reader_settings({}) is None
    assert load_reader_settings({"HPMAP_READER_URL": "  ", **MODEL}) is None


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://reader.example/v1", "https://reader.example/v1/chat/completions"),
        ("https://reader.example/v1/", "https://reader.example/v1/chat/completions"),
        ("https://reader.example:8443", "https://reader.example:8443/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1/chat/completions"),
        ("https://a.example/v1/chat/completions", "https://a.example/v1/chat/completions"),
    ],
)
def test_addresses_that_are_taken(address: str, url: str) -> None:
    settings = load_reader_settings({"HPMAP_READER_URL": address, **MODEL})
    assert settings is not None
    assert settings.url == url


@pytest.mark.parametrize(
    "address",
    [
        "http://reader.example/v1",
        "http://10.0.0.7/v1",
        "http://localhost.evil.example/v1",
        "ftp://reader.example",
        "file:///etc/passwd",
        "reader.example/v1",
        "https://",
        "https://user:word@reader.example/v1",
        "https://reader.example/v1?key=1",
        "https://reader.example/v1#a",
        "https://reader.example/v1 x",
        "https://reader.example:no/v1",
        "https://rèader.example/v1",
        "https://[::1/v1",
    ],
)
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(SecondReaderError) as caught:
        load_reader_settings({"HPMAP_READER_URL": address, **MODEL})
    assert caught.value.reason == "bad_address"


def test_http_to_another_machine_only_where_the_operator_says_so() -> None:
    environment = {
        "HPMAP_READER_URL": "http://10.0.0.7/v1", "HPMAP_READER_PLAIN_HTTP": "1", **MODEL,
    }  # fmt: skip
    settings = load_reader_settings(environment)
    assert settings is not None
    assert settings.host == "10.0.0.7"


def test_the_key_comes_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("  abc-123\n", encoding="ascii")
    environment = {"HPMAP_READER_URL": "https://r.example", **MODEL}
    settings = load_reader_settings({**environment, "HPMAP_READER_KEY_FILE": str(file)})
    assert settings is not None
    assert settings.key == "abc-123"
    assert "abc-123" not in repr(settings)
    for bad in (b"", b"a\r\nX-Evil: 1", b"\xff\xfe", b"a" * 5000, b"a b"):
        file.write_bytes(bad)
        with pytest.raises(SecondReaderError) as caught:
            load_reader_settings({**environment, "HPMAP_READER_KEY_FILE": str(file)})
        assert caught.value.reason == "no_key"
    with pytest.raises(SecondReaderError):
        load_reader_settings({**environment, "HPMAP_READER_KEY_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("text", "seconds"), [("30", 30), ("", 60), ("x", 60), ("nan", 60), ("0", 60)]
)
def test_seconds(text: str, seconds: float) -> None:
    environment = {"HPMAP_READER_URL": "https://r.example", "HPMAP_READER_SECONDS": text, **MODEL}
    settings = load_reader_settings(environment)
    assert settings is not None
    assert settings.total_seconds == seconds
