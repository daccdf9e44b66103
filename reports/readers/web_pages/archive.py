"""Web archives (MHT) and saved e-mails: which of their parts is the page, and which its sheets."""

from __future__ import annotations

import email
import email.policy
import html
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from geo.i18n import t
from reports.readers.refusal import FileRefusedError
from reports.readers.web_pages.decoding import decode_page

if TYPE_CHECKING:
    from email.message import Message

FRAMES: Final = re.compile(r"<frameset\b", re.IGNORECASE)
_SHEET: Final = re.compile(r"<x:ExcelWorksheet>(.*?)</x:ExcelWorksheet>", re.IGNORECASE | re.DOTALL)
_NAME: Final = re.compile(r"<x:Name>(.*?)</x:Name>", re.IGNORECASE | re.DOTALL)
_SOURCE: Final = re.compile(r"""<x:WorksheetSource\s+HRef\s*=\s*["']([^"']+)""", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)
_FRAME: Final = re.compile(r"""<frame\b[^>]*\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_TABS: Final = "tabstrip"
_MAX_PARTS: Final = 2_000


@dataclass(frozen=True)
class WebSheet:
    """A page to read: its text, and the sheet's name where it is one of a workbook."""

    text: str
    name: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class _Part:
    location: str
    text: str


def list_sheets(text: str) -> list[tuple[str, str, bool]]:
    """Return what Excel says of the sheets of a page: name, address of its page, whether hidden."""
    found: list[tuple[str, str, bool]] = []
    for about in _SHEET.findall(text):
        name, source = _NAME.search(about), _SOURCE.search(about)
        address = html.unescape(source[1]) if source else ""
        title = html.unescape(name[1]).strip() if name else ""
        found.append((title, address, bool(_HIDDEN.search(about))))
    return found


def read_archive(data: bytes) -> tuple[list[WebSheet], tuple[str, ...]]:
    """Return the pages to read, and messages on what is left out.

    Raises ``FileRefusedError`` when the archive holds no page.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages: list[_Part] = []
    plain: list[_Part] = []
    attached: list[str] = []
    for count, part in enumerate(message.walk()):
        if count > _MAX_PARTS:
            raise FileRefusedError("nested_too_deeply")
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment":
            attached.append(part.get_filename() or kind)
        elif kind in {"text/html", "application/xhtml+xml"}:
            pages.append(_decode_part(part))
        elif kind == "text/plain":
            plain.append(_decode_part(part))
    messages = (
        (t("reports.read.attachments", names=", ".join(attached[:5]), count=len(attached)),)
        if attached
        else ()
    )
    if pages:
        return _choose_pages(pages), messages
    if plain:
        lines = html.escape(plain[0].text)
        return [WebSheet(f"<pre>{lines}</pre>")], messages
    raise FileRefusedError("nothing_read")


def _choose_pages(pages: list[_Part]) -> list[WebSheet]:
    """Return the first page, or the pages of the sheets or frames that it is made of."""
    main = pages[0]
    sheets = list_sheets(main.text)
    if not FRAMES.search(main.text):
        name, _, hidden = sheets[0] if len(sheets) == 1 else ("", "", False)
        return [WebSheet(main.text, name, hidden)]
    by_name = {_get_base(page.location): page for page in pages[1:] if page.location}
    chosen: list[WebSheet] = []
    for name, address, hidden in sheets:
        page = by_name.get(_get_base(address))
        if address and page is not None:
            chosen.append(WebSheet(page.text, name, hidden))
    if not chosen:
        frames = [by_name.get(_get_base(html.unescape(src))) for src in _FRAME.findall(main.text)]
        found = [page for page in frames if page is not None and _TABS not in page.location.lower()]
        chosen = [WebSheet(page.text) for page in found or pages[1:]]
    if not chosen:
        raise FileRefusedError("web_frames")
    return chosen


def _decode_part(part: Message) -> _Part:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    location = str(part.get("Content-Location") or "")
    return _Part(location, decode_page(data, part.get_content_charset() or ""))


def _get_base(address: str) -> str:
    return posixpath.basename(unquote(address.replace("\\", "/")).partition("#")[0]).lower()
