"""What the process that reads one file runs for each kind of workbook and web page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.readers.raw_pages import RawPage


def read_records(
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
