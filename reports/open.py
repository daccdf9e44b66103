"""Opening a report: its format is told by its content, never by its name."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from reports.model.document import OPTIONS, Document, ReadLimits, ReadOptions
from reports.model.unseen import describe_unseen, reveal_unseen
from reports.readers.encodings.decoding import (
    ENCODINGS,
    decode_bytes,
    decode_text,
    detect_wide_encoding,
)
from reports.readers.encodings.document_encoding import apply_encoding
from reports.readers.ocr.picture_formats import tell_picture_format
from reports.readers.office.signatures import (
    OLE,
    decode_start,
    recognise_bytes,
    recognise_markup,
    recognise_ole,
    recognise_package,
)
from reports.readers.refusal import make_refusal
from reports.readers.zip_safety import list_package_parts

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS: Final = ReadLimits()
_MEGABYTE: Final = 1_000_000
_HEAD: Final = 1024
"""A PDF may begin with some bytes of something else, as far as every program allows."""
_SAMPLE: Final = 200_000
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_CONTROL_SHARE: Final = 0.001
_LETTERS: Final = re.compile(r"[^\W\d_]")
_LETTER_SHARE: Final = 0.3
_QUOTED_CELL: Final = re.compile(r'(?:^|\t)"[^\t]*\n', re.MULTILINE)


def open_document(
    data: bytes,
    name: str,
    *,
    limits: ReadLimits = LIMITS,
    progress: Callable[[int, int], None] | None = None,
    options: ReadOptions = OPTIONS,
) -> Document:
    """Return the document that the file holds, with what it says of itself (title, dates).

    ``options`` are a person's choices where the file leaves one; ``progress`` is called with
    pages read and pages in all. Raises a ``ReportError`` that names the file and says what to do:
    ``UnreadableReportError``, ``EncryptedReportError``, ``ReportLimitError`` or
    ``ReportToolError``.
    """
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise make_refusal("empty", name)
    if options.encoding and options.encoding not in ENCODINGS:
        choices = ", ".join(ENCODINGS)
        raise make_refusal("unknown_encoding", name, encoding=options.encoding, choices=choices)
    size = len(data) / _MEGABYTE
    if size > limits.max_upload_mb:
        raise make_refusal("too_large", name, size=f"{size:.0f}", limit=f"{limits.max_upload_mb:g}")
    document = _read_document(data, name, limits, progress, options)
    if not document.blocks:
        raise make_refusal("nothing_read", name)
    document = reveal_unseen(document) if options.unseen else document
    document = apply_encoding(document, options.encoding)
    document = dataclasses.replace(
        document, messages=(*document.messages, *describe_unseen(document))
    )
    from reports.model.head.document_head import add_document_metadata  # noqa: PLC0415 - only once a file is read

    return add_document_metadata(document)


def _read_document(
    data: bytes,
    name: str,
    limits: ReadLimits,
    progress: Callable[[int, int], None] | None,
    options: ReadOptions,
) -> Document:
    if b"%PDF-" in data[:_HEAD]:
        from reports.readers.pdf.reader import read_pdf  # noqa: PLC0415 - only the one that is needed

        return read_pdf(data, name, limits, progress, options)
    if data.startswith(b"PK"):
        return _read_package(data, name, limits, options)
    if tell_picture_format(data[:_HEAD]):
        from reports.readers.ocr.scan import read_scan  # noqa: PLC0415

        return read_scan(data, name, limits, progress, options)
    kind = recognise_ole(data) if data.startswith(OLE) else recognise_bytes(data)
    if not kind:
        kind = recognise_markup(decode_start(data))
    if kind:
        from reports.readers.office.files import read_kind  # noqa: PLC0415

        return read_kind(kind, data, name, limits, options)
    if not _is_text(data):
        raise make_refusal("not_a_report", name)
    return _read_text(data, name, limits, options)


def _read_package(data: bytes, name: str, limits: ReadLimits, options: ReadOptions) -> Document:
    kind = recognise_package(data, list_package_parts(data, name))
    from reports.readers.office.files import read_kind  # noqa: PLC0415

    return read_kind(kind, data, name, limits, options)


def _read_text(data: bytes, name: str, limits: ReadLimits, options: ReadOptions) -> Document:
    from reports.readers.sheets.csv_dialect import find_csv_shape  # noqa: PLC0415
    from reports.readers.sheets.csv_file import build_csv_document  # noqa: PLC0415
    from reports.readers.text import build_text_document  # noqa: PLC0415

    decoded = decode_bytes(data, options.encoding)
    shape = find_csv_shape(decoded.text)
    # Excel's Unicode text and cells in quotes are CSV; other text has tables by tabs as well.
    if shape is not None and (
        shape.dialect.separator != "\t"
        or shape.skipped
        or detect_wide_encoding(data)
        or _QUOTED_CELL.search(decoded.text)
    ):
        return build_csv_document(decoded, shape, data, name, limits)
    return build_text_document(decoded, data, name, limits)


def _is_text(data: bytes) -> bool:
    """Return True if bytes are writing: few control characters, and letters among the rest."""
    sample = data[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    if not detect_wide_encoding(sample) and controls > _CONTROL_SHARE * len(sample):
        return False
    from reports.readers.sheets.csv_dialect import find_csv_shape  # noqa: PLC0415

    text = decode_text(sample)
    visible = "".join(text.split())
    return (
        len(_LETTERS.findall(visible)) >= _LETTER_SHARE * len(visible)
        or find_csv_shape(text) is not None
    )
