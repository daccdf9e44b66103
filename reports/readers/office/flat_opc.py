"""Word documents as one XML file (flat OPC): made the package that Word would have written."""

from __future__ import annotations

import base64
import binascii
import io
import posixpath
import zipfile
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from reports.readers.office.safe_xml import parse_xml
from reports.readers.refusal import make_refusal

_PKG: Final = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAX_PARTS: Final = 5_000


def make_package(data: bytes, name: str) -> bytes:
    """Return the zip package of a flat OPC file.

    Raises ``ReportError`` for XML that is damaged or declares a document type.
    """
    parts: dict[str, tuple[str, bytes]] = {}
    for part in parse_xml(data, name).iterchildren(f"{_PKG}part"):
        path = (part.get(f"{_PKG}name") or "").lstrip("/")
        if path and path not in parts:
            parts[path] = (part.get(f"{_PKG}contentType") or "", _read_part(part, name))
    if not parts or len(parts) > _MAX_PARTS:
        raise make_refusal("damaged", name)
    for path in parts:
        if path.endswith(".rels"):
            parts[path] = (parts[path][0], _drop_dangling(path, parts, name))
    overrides = "".join(
        f"<Override PartName={quoteattr('/' + path)} ContentType={quoteattr(kind)}/>"
        for path, (kind, _) in parts.items()
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{overrides}</Types>')
        for path, (_, content) in parts.items():
            package.writestr(path, content)
    return made.getvalue()


def _read_part(part: etree._Element, name: str) -> bytes:
    for child in part:
        if child.tag == f"{_PKG}xmlData":
            return b"".join(
                etree.tostring(piece, encoding="utf-8", with_tail=False) for piece in child
            )
        if child.tag == f"{_PKG}binaryData":
            try:
                return base64.b64decode("".join((child.text or "").split()))
            except (binascii.Error, ValueError) as fault:
                raise make_refusal("damaged", name) from fault
    return b""


def _drop_dangling(path: str, parts: dict[str, tuple[str, bytes]], name: str) -> bytes:
    """Return a part of relationships without those to parts that the file does not hold.

    Word leaves out what it can make anew, such as the properties; readers of packages do not.
    """
    root = parse_xml(parts[path][1], name)
    folder = posixpath.dirname(posixpath.dirname(path))
    for relation in list(root):
        target = relation.get("Target") or ""
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if relation.get("TargetMode") != "External" and inside not in parts:
            root.remove(relation)
    written: bytes = etree.tostring(root, encoding="utf-8")
    return written
