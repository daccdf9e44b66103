"""Addresses of this installation as they stand outside it: on a site board, in a QR code."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT_PATH: Final = "du-an"
"""The page of one project."""

SETTING: Final = "HPMAP_PUBLIC_URL"
_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?"
)
_SCHEMES: Final = ("http", "https")


def find_public_base(request: str = "", environment: Mapping[str, str] | None = None) -> str:
    """Return the base of this installation's addresses, without a slash at its end.

    ``HPMAP_PUBLIC_URL`` says it; else it is that of the ``request`` being answered. Neither may
    hold more than ``http(s)://host[:port]``: what does is left out, and '' says that there is none.
    A request's host is whatever a browser sent: the caller lets only allowed ones come here.
    """
    values = os.environ if environment is None else environment
    return clean_base_url(values.get(SETTING, "")) or clean_base_url(_parse_origin(request))


def clean_base_url(url: str) -> str:
    """Return ``http(s)://host[:port]`` in small letters; '' for anything that is not just that."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if url.split() != [url]:  # urlsplit passes over line breaks
        return ""
    host = parts.netloc.lower()
    more = parts.path not in {"", "/"} or parts.query or parts.fragment
    if parts.scheme not in _SCHEMES or more or not _HOST.fullmatch(host) or port == 0:
        return ""
    return f"{parts.scheme}://{host}"


def build_project_url(base: str, item: str) -> str:
    """Return the address of a project's page; every letter of the code stands for itself."""
    return f"{base}/{PROJECT_PATH}?item={quote(item, safe='')}"


def _parse_origin(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
