"""Entry of the process that reads the pages of one file (see ``subprocess_reader``)."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.child_process import limit_memory
from reports.readers.office import RECORD_KINDS
from reports.readers.raw_pages import page_to_json
from reports.readers.refusal import FileRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.readers.raw_pages import RawPage

_MEMORY: Final = 3 * 1024**3


def main(arguments: list[str]) -> int:
    """Write the count of pages, then each page, as JSON lines; or why the file is refused."""
    kind, path, settings = arguments
    limit_memory(_MEMORY)
    logging.disable(logging.CRITICAL)
    try:
        for record in _read_records(kind, Path(path), **json.loads(settings)):
            _write_record(record if isinstance(record, dict) else page_to_json(record))
    except FileRefusedError as refused:
        _write_record({"refused": refused.key, "values": refused.values})
    except MemoryError:
        _write_record({"refused": "too_much_memory", "values": {}})
    return 0


def _read_records(
    kind: str,
    path: Path,
    *,
    pages: int,
    cells: int,
    seconds: float,
    ranges: list[list[int]],
    only: list[list[Any]] | None,
    patient: bool,
) -> Iterator[dict[str, Any] | RawPage]:
    if kind == "pdf":
        from reports.readers.pdf.pages import read_pdf_pages  # noqa: PLC0415 - only what is needed

        yield from read_pdf_pages(path, max_pages=pages, ranges=ranges)
    elif kind in RECORD_KINDS:
        yield from _read_sheets_or_web_page(
            kind, path.read_bytes(), max_cells=cells, max_seconds=seconds
        )
    else:
        from reports.readers.ocr.pages import read_scan_pages  # noqa: PLC0415

        yield from read_scan_pages(
            path,
            max_pages=pages,
            max_seconds=seconds,
            ranges=ranges,
            only=None if only is None else {page: tuple(parts) for page, parts in only},
            patient=patient,
        )


def _read_sheets_or_web_page(
    kind: str, data: bytes, *, max_cells: int, max_seconds: float
) -> Iterator[dict[str, Any] | RawPage]:
    """Yield how many pages a file of a kind in ``RECORD_KINDS`` has, then each of them.

    Raises ``FileRefusedError`` beyond the limits, and anything for a damaged file.
    """
    if kind in {"html", "mht"}:
        from reports.readers.web_pages.pages import read_web_pages  # noqa: PLC0415 - as needed

        yield from read_web_pages(kind, data, max_cells=max_cells)
        return
    from reports.readers.other_sheets.sheet_pages import iterate_pages, make_budget  # noqa: PLC0415

    budget = make_budget(max_cells, max_seconds)
    if kind == "xls":
        from reports.readers.other_sheets.xls import read_xls_sheets as read  # noqa: PLC0415
    elif kind == "ods":
        from reports.readers.other_sheets.ods import read_ods_sheets as read  # noqa: PLC0415
    elif kind == "excel_xml":
        from reports.readers.other_sheets.excel_xml import (  # noqa: PLC0415
            read_excel_xml_sheets as read,
        )
    else:
        from reports.readers.other_sheets.xlsb import read_xlsb_sheets as read  # noqa: PLC0415
    yield from iterate_pages(read(data, budget), budget)


def _write_record(record: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
