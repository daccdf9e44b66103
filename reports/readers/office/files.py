"""Reading a file whose kind ``signatures`` has told, or refusing it by the name of its kind."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import OPTIONS
from reports.model.errors import ReportError, UnreadableReportError
from reports.readers.office.convert import (
    CONVERSIONS,
    find_soffice,
    read_converted,
    with_source,
)
from reports.readers.raw_pages import assemble_document
from reports.readers.refusal import make_refusal
from reports.readers.subprocess_reader import read_pages
from reports.readers.word.ooxml.package import holds_word_document
from reports.readers.zip_safety import check_package, list_package_parts

if TYPE_CHECKING:
    from reports.model.document import Document, Media, ReadLimits, ReadOptions
    from reports.readers.raw_pages import RawPage

_log = logging.getLogger(__name__)
_REFUSALS: Final = {
    "encrypted": "encrypted_office",
    "damaged": "damaged",
    "zip": "other_package",
    "archive": "archive",
}

_NEVER_READ: Final = frozenset({"META-INF/manifest.xml"})
"""OpenOffice 3 and before wrote a document type there."""
_RECORDS: Final[dict[str, tuple[str, Media]]] = {
    "xls": ("xls", "xls"),
    "xlsb": ("xlsb", "xlsb"),
    "ods": ("ods", "ods"),
    "fods": ("ods", "ods"),
    "excel_xml": ("excel_xml", "xls"),
    "html": ("html", "html"),
    "mht": ("mht", "html"),
}
"""The kind of record that reads a kind of file (``RECORD_KINDS``), and its media."""


def read_kind(
    kind: str, data: bytes, name: str, limits: ReadLimits, options: ReadOptions = OPTIONS
) -> Document:
    """Return the document of a file of that kind.

    Raises ``ReportError``: what the kind's reader says, or which kind it is that is not read.
    """
    if kind == "docx" or (kind == "zip" and holds_word_document(data)):
        from reports.readers.word.docx import read_docx  # noqa: PLC0415 - only the one needed

        return read_docx(data, name, limits, options)
    if kind == "xlsx":
        from reports.readers.sheets.xlsx import read_xlsx  # noqa: PLC0415

        return read_xlsx(data, name, limits, options)
    if kind == "flat_opc":
        return _read_flat_opc(data, name, limits, options)
    if kind in _RECORDS:
        return _read_records(kind, data, name, limits, options)
    if kind in CONVERSIONS:
        return read_converted(kind, data, name, limits, options)
    if kind in _REFUSALS:
        raise make_refusal(_REFUSALS[kind], name)
    raise make_refusal("foreign", name, what=t(f"reports.foreign.{kind}"))


def _read_records(
    kind: str, data: bytes, name: str, limits: ReadLimits, options: ReadOptions
) -> Document:
    """Return the document of what a process of its own reads.

    LibreOffice, where it is installed, comes first for .xlsb, whose formats it alone knows, and
    opens what the reader of .xls does not.
    """
    if data.startswith(b"PK"):
        check_package(data, name, limits, unread=_NEVER_READ)
    record, media = _RECORDS[kind]
    try:
        pages = read_pages(record, data, name, limits, options=options).pages
    except ReportError as fault:
        if type(fault) is UnreadableReportError and kind == "xls" and find_soffice():
            return read_converted(kind, data, name, limits, options)
        raise
    if kind == "xlsb" and find_soffice():
        try:
            return read_converted(kind, data, name, limits, options)
        except ReportError as fault:
            _log.warning("a workbook is read without its formats: %s", type(fault).__name__)
    return _assemble_pages(pages, data, name, media, options)


def _assemble_pages(
    pages: list[RawPage], data: bytes, name: str, media: Media, options: ReadOptions
) -> Document:
    """Return the document of the pages asked for.

    Hidden sheets are read, marked as unseen, only with ``options.unseen``: after the others.
    """
    shown = [page for page in pages if page.number]
    hidden = [page for page in pages if not page.number and page.sheet and page.parts]
    messages: list[str] = []
    if options.unseen:
        first = len(shown) + 1
        shown += [replace(page, number=first + index) for index, page in enumerate(hidden)]
    else:
        messages = [t("reports.sheet.hidden", sheet=page.sheet) for page in hidden]
    left = [page for page in shown if not options.wants_page(page.number)]
    if left:
        names = ", ".join(page.sheet for page in left)
        messages.append(t("reports.sheet.left_out", sheets=names))
    numbers = {page.number for page in left}
    return assemble_document(
        [page for page in (*shown, *_list_plain(pages)) if page.number not in numbers],
        name=name,
        data=data,
        media=media,
        page_count=len(shown),
        messages=messages,
        unread_pages=sorted(numbers),
        sheets=tuple(page.sheet for page in shown),
    )


def _list_plain(pages: list[RawPage]) -> list[RawPage]:
    """Return the pages that are no sheets: those of a document, which has no numbers."""
    return [page for page in pages if not page.number and not page.sheet]


def _read_flat_opc(data: bytes, name: str, limits: ReadLimits, options: ReadOptions) -> Document:
    from reports.readers.office.flat_opc import make_package  # noqa: PLC0415
    from reports.readers.office.signatures import recognise_package  # noqa: PLC0415

    package = make_package(data, name)
    kind = recognise_package(package, list_package_parts(package, name))
    if kind not in {"docx", "xlsx"}:
        raise make_refusal("foreign", name, what=t("reports.foreign.xml"))
    return with_source(read_kind(kind, package, name, limits, options), data)
