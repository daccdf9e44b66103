"""Telling what a file is by its own bytes: OLE files, packages, XML, web pages, archives."""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
from typing import Final

import olefile

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = ("EncryptedPackage", "EncryptionInfo")
_STREAMS: Final = (
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("HwpSummaryInformation", "hwp"),
    ("\x05HwpSummaryInformation", "hwp"),
    ("__properties_version1.0", "msg"),
    ("VisioDocument", "visio"),
    ("Quill", "publisher"),
    ("MatOST", "works"),
    ("WksSSWorkBook", "works"),
)
"""The stream at the top of an OLE file that says whose it is; the first that is there."""
_FIB: Final = struct.Struct("<HHHHHH")
_WORD: Final = frozenset({0xA5DC, 0xA5EC})
_FIB_ENCRYPTED: Final = 0x0100

_MIMETYPES: Final = (
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.presentation", "ppt"),
    ("application/vnd.oasis.opendocument", "drawing"),
    ("application/vnd.sun.xml.calc", "ods"),
    ("application/vnd.sun.xml.writer", "odt"),
    ("application/epub+zip", "epub"),
    ("application/hwp+zip", "hwp"),
)
_PARTS: Final = (
    ("xl/workbook.bin", "xlsb"),
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "ppt"),
    ("visio/", "visio"),
    ("Index/", "iwork"),
    ("index.apxl", "iwork"),
    ("Index.zip", "iwork"),
    ("index.xml.gz", "iwork"),
    ("FixedDocSeq.fdseq", "xps"),
    ("FixedDocumentSequence.fdseq", "xps"),
)
_LOCKED_ODF: Final = (b"encryption-data", b"encrypted-package")

_BEGINNINGS: Final = (
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF\x00\x00\x00\x00", "archive"),
    (b"HWP Document File", "hwp"),
    (b"AT&TFORM", "djvu"),
    (b"%!PS", "postscript"),
    (b"\x00\x01\x00\x00Standard Jet DB", "access"),
    (b"\x00\x01\x00\x00Standard ACE DB", "access"),
    (b"\xff\x57\x50\x43", "wordperfect"),
    (b"\xdb\xa5-\x00", "word2"),
)
_BARE_XLS: Final = re.compile(rb"\x09(?:\x00\x04|\x02\x06|\x04\x06|\x08[\x08\x10])\x00")
"""A workbook of Excel 2 to 5 that stands in no OLE file begins with the record BOF."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD: Final = 20_000
_LEADING: Final = re.compile(
    r"(?:\s|<\?xml[^>]*\?>|<\?mso-[^>]*\?>|<!--.*?-->|<!\[[^>]*\]>)*", re.DOTALL
)
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|style|link|table|thead|tbody|tr|div|center|"
    r"font|p|h[1-6]|span|b|base)(?=[\s>/])",
    re.IGNORECASE,
)
_ROOT: Final = re.compile(r"<(?:([\w.-]+):)?([\w.-]+)((?:\s[^>]*)?)>", re.DOTALL)
_XML: Final = re.compile(r"\s*<\?xml\b")
_HEADER_LINE: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*:.*|[ \t]+\S.*")
_MHT: Final = re.compile(
    r"^(?:MIME-Version\s*:|Content-Type\s*:\s*(?:multipart|text/html))",
    re.IGNORECASE | re.MULTILINE,
)
_MHT_LINES: Final = 200


def decode_start(data: bytes) -> str:
    """Return how the bytes begin as text, whatever the letters beyond ASCII are."""
    head = data[: 2 * _HEAD]
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    if head[1:4:2] == b"\x00\x00":
        return head.decode("utf-16-le", "replace")
    return head.decode("latin-1")


def recognise_ole(data: bytes) -> str:
    """Return whose an OLE file is (``xls``, ``doc`` …), ``encrypted``, ``damaged`` or ``ole``."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            top = {path[0] for path in ole.listdir(streams=True, storages=True)}
            if top & set(_LOCKED):
                return "encrypted"
            if not top:
                return "damaged"
            kind = next((kind for stream, kind in _STREAMS if stream in top), "ole")
            if kind == "doc":
                head = ole.openstream("WordDocument").read(_FIB.size)
                if len(head) == _FIB.size and _is_locked(*_FIB.unpack(head)):
                    return "encrypted"
            return kind
    except Exception:  # noqa: BLE001 - olefile raises anything on a damaged file
        locked = any(word.encode("utf-16-le") in data for word in _LOCKED)
        return "encrypted" if locked else "damaged"


def recognise_package(data: bytes, parts: frozenset[str]) -> str:
    """Return what a package holds: ``docx``, ``xlsx``, ``xlsb``, ``ods``, … or ``zip``.

    ``encrypted`` is an OpenDocument file with a password.
    """
    mimetype = _read_start(data, "mimetype", parts)
    for begin, kind in _MIMETYPES:
        if mimetype.startswith(begin.encode()):
            manifest = _read_start(data, "META-INF/manifest.xml", parts, 1_000_000)
            return "encrypted" if any(word in manifest for word in _LOCKED_ODF) else kind
    for begin, kind in _PARTS:
        if any(part == begin or (begin[-1] == "/" and part.startswith(begin)) for part in parts):
            return kind
    return "zip"


def recognise_bytes(data: bytes) -> str:
    """Return what a file is that is neither PDF, package, picture nor OLE; '' for any other."""
    start = data.lstrip(b"\xef\xbb\xbf\x00 \t\r\n")[:64] if data[:1] != b"\x00" else data[:64]
    for begin, kind in _BEGINNINGS:
        if start.startswith(begin):
            return kind
    return "xls" if _BARE_XLS.match(data) else ""


def recognise_markup(text: str) -> str:
    """Return the kind of a text that is markup (``html``, ``mht``, ``excel_xml`` …), else ''."""
    head = text[:_HEAD].lstrip("\ufeff")
    if _is_mime(head):
        return "mht"
    begin = head[_LEADING.match(head).end() :]  # type: ignore[union-attr]  # it may be empty
    if _HTML.match(begin):
        return "html"
    if begin.lower().startswith("<!doctype"):
        return "xml"
    root = _ROOT.match(begin)
    if root is None:
        return "xml" if _XML.match(head) else ""
    return _recognise_root(root[2], root[3]) or ("xml" if _XML.match(head) else "")


def _is_locked(identity: int, *rest: int) -> bool:
    return identity in _WORD and bool(rest[-1] & _FIB_ENCRYPTED)


def _recognise_root(tag: str, attributes: str) -> str:
    if tag == "Workbook" and "schemas-microsoft-com:office:spreadsheet" in attributes:
        return "excel_xml"
    if tag == "wordDocument":
        return "word_xml"
    if tag == "package" and "office/2006/xmlPackage" in attributes:
        return "flat_opc"
    if tag == "document" and "opendocument" in attributes:
        flat = re.search(r"opendocument\.(spreadsheet|text)", attributes)
        return {"spreadsheet": "fods", "text": "fodt"}.get(flat[1], "ppt") if flat else "ppt"
    return ""


def _is_mime(head: str) -> bool:
    lines = head.lstrip().splitlines()[:_MHT_LINES]
    headers: list[str] = []
    for line in lines:
        if not _HEADER_LINE.fullmatch(line):
            if line.strip():
                return False
            break
        headers.append(line)
    return bool(_MHT.search("\n".join(headers)))


def _read_start(data: bytes, part: str, parts: frozenset[str], size: int = 200) -> bytes:
    """Return how a package's part begins, b'' for none and for one that cannot be unpacked."""
    if part not in parts:
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(part) as opened:
            return opened.read(size).strip()
    except Exception:  # noqa: BLE001 - what is damaged is said where it is read
        return b""
