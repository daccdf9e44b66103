"""What an operator sets for the second reader; without ``HPMAP_READER_URL`` there is none."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reports.model.errors import SecondReaderError

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH: Final = "/chat/completions"
_ON: Final = frozenset({"1", "true", "yes", "on"})
_LONGEST_KEY: Final = 4096
_SECONDS: Final = (5.0, 600.0)


@dataclass(frozen=True)
class ReaderSettings:
    """An OpenAI-compatible endpoint, and how much may go there and come back.

    ``url`` is the whole address that is asked. ``total_seconds`` bounds one import with all its
    calls, ``connect_seconds`` the time until the endpoint is reached. The numbers of sentences are
    of one import and of one call.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    connect_seconds: float = 5.0
    total_seconds: float = 60.0
    max_sentences: int = 60
    max_sentences_per_call: int = 10
    max_sentence_letters: int = 1_500
    max_paragraph_letters: int = 3_000
    max_request_bytes: int = 128_000
    max_answer_bytes: int = 256_000

    @property
    def host(self) -> str:
        """The one host that texts go to."""
        return urlsplit(self.url).hostname or ""


def load_reader_settings(environment: Mapping[str, str] | None = None) -> ReaderSettings | None:
    """Return the second reader that the environment names; ``None``, the default, without one.

    Raises ``SecondReaderError`` where what is set cannot be used.
    """
    values = os.environ if environment is None else environment
    address = values.get("HPMAP_READER_URL", "").strip()
    if not address:
        return None
    model = values.get("HPMAP_READER_MODEL", "").strip()
    if not model:
        raise SecondReaderError("no_model")
    plain = values.get("HPMAP_READER_PLAIN_HTTP", "").strip().lower() in _ON
    return ReaderSettings(
        url=_check_address(address, plain=plain),
        model=model,
        key=_read_key(values.get("HPMAP_READER_KEY_FILE", "").strip()),
        total_seconds=_read_seconds(values.get("HPMAP_READER_SECONDS", "")),
    )


def _check_address(address: str, *, plain: bool) -> str:
    """Return the whole address to ask; https, or http to this machine or where it is allowed."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise SecondReaderError("bad_address") from None
    secret = parts.username is not None or parts.password is not None
    odd = parts.query or parts.fragment or not address.isascii() or not address.isprintable()
    if not host or secret or odd or " " in address:
        raise SecondReaderError("bad_address")
    if parts.scheme != "https" and not (parts.scheme == "http" and (plain or _is_here(host))):
        raise SecondReaderError("bad_address")
    path = parts.path.rstrip("/")
    return parts._replace(path=path if path.endswith(PATH) else path + PATH).geturl()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read_key(file: str) -> str:
    """Return the key that a file holds, '' where none is named."""
    if not file:
        return ""
    try:
        with Path(file).expanduser().open("rb") as stream:
            key = stream.read(_LONGEST_KEY + 1).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise SecondReaderError("no_key") from None
    if not key or len(key) > _LONGEST_KEY or not key.isprintable() or " " in key:
        raise SecondReaderError("no_key")
    return key


def _read_seconds(text: str) -> float:
    """Return the seconds that an import may wait; what makes no sense leaves the default."""
    try:
        seconds = float(text)
    except ValueError:
        return ReaderSettings.total_seconds
    low, high = _SECONDS
    return seconds if low <= seconds <= high else ReaderSettings.total_seconds
