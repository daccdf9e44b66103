"""Workbooks (.xlsx, .xlsm, strict Open XML): the template of the app, and any table.

Cells are read as they are shown; formulas are never worked out. What stands above the table's
heading row becomes paragraphs, and so do the words of text boxes. What is not read is named with
its sheet: hidden sheets, errors, comments, pictures.
"""

from __future__ import annotations

import time
import zipfile
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from geo.i18n import t
from reports.model.document import OPTIONS, Paragraph, TableBlock
from reports.readers.raw_pages import RawPage, assemble_document
from reports.readers.refusal import FileRefusedError, make_refusal
from reports.readers.sheets.excel.drawings import read_overlay
from reports.readers.sheets.excel.grid import build_rows
from reports.readers.sheets.excel.package import Package
from reports.readers.sheets.excel.workbook import read_workbook
from reports.readers.sheets.excel.worksheet import Budget, read_worksheet
from reports.readers.sheets.layout import split_sheet
from reports.readers.zip_safety import check_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Block, Document, ReadLimits, ReadOptions
    from reports.readers.sheets.excel.drawings import Overlay
    from reports.readers.sheets.excel.workbook import SheetEntry
    from reports.readers.sheets.excel.worksheet import Workbook, Worksheet

_DAMAGE: Final = (
    etree.LxmlError, zipfile.BadZipFile, EOFError, KeyError, IndexError, ValueError, TypeError,
    OverflowError, NotImplementedError, OSError,
)  # fmt: skip
"""What reading a package whose XML does not hold together ends in."""
_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 60


def read_xlsx(
    data: bytes, name: str, limits: ReadLimits, options: ReadOptions = OPTIONS
) -> Document:
    """Return the document of a workbook's visible sheets; a sheet counts as a page.

    Hidden sheets are read, marked as unseen, only with ``options.unseen``: after the others.
    Raises ``ReportError`` for a damaged or locked file, one beyond the limits, and one with a
    formula whose result was not stored.
    """
    check_package(data, name, limits)
    deadline = time.monotonic() + limits.max_seconds
    budget = Budget(limits.max_cells, deadline, limits.max_cells, limits.max_seconds)
    try:
        reading = _Reading(name, options, budget)
        reading.read(Package(data))
    except FileRefusedError as refused:
        raise make_refusal(refused.key, name, **refused.values) from refused
    except _DAMAGE as fault:
        raise make_refusal("damaged", name) from fault
    return assemble_document(
        reading.pages,
        name=name,
        data=data,
        media="xlsx",
        page_count=len(reading.sheets),
        messages=reading.messages,
        unread_pages=reading.unread,
        sheets=reading.sheets,
    )


@dataclass
class _Reading:
    """The sheets of a workbook, read one after the other."""

    name: str
    options: ReadOptions
    budget: Budget
    pages: list[RawPage] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)

    def read(self, package: Package) -> None:
        """Read all sheets that are wanted, and say of the others that they are not."""
        book, entries = read_workbook(package, self.budget)
        guide = t("reports.template.guide")
        entries = tuple(entry for entry in entries if entry.name != guide)
        left: list[str] = []
        for entry in sorted(entries, key=lambda entry: not entry.visible):
            if not entry.visible and not self.options.unseen:
                if entry.kind == "worksheet" and self._holds_anything(book, entry):
                    self.messages.append(t("reports.sheet.hidden", sheet=entry.name))
                continue
            self.sheets.append(entry.name)
            number = len(self.sheets)
            if not self.options.wants_page(number):
                left.append(entry.name)
                self.unread.append(number)
            elif entry.kind != "worksheet":
                self.messages.append(t("reports.sheet.chart", sheet=entry.name))
                self.unread.append(number)
            else:
                self._read_sheet(book, entry, number)
        if left:
            self.messages.append(t("reports.sheet.left_out", sheets=", ".join(left)))

    def _read_sheet(self, book: Workbook, entry: SheetEntry, number: int) -> None:
        sheet = read_worksheet(book, entry.part, self.budget)
        if sheet.unworked and entry.visible:
            raise FileRefusedError("formulas_without_values", sheet=entry.name, cell=sheet.unworked)
        overlay = read_overlay(book.package, entry.part)
        rows, numbers = build_rows(sheet, self.budget, hidden=not entry.visible)
        blocks = split_sheet(rows)
        tables = [replace(b, sheet=entry.name) for b in blocks if isinstance(b, TableBlock)]
        head: list[Block] = [block for block in blocks if isinstance(block, Paragraph)]
        begins = numbers[len(head)] if len(head) < len(numbers) else 0
        above = [box for row, box in overlay.boxes if row <= begins]
        below = [box for row, box in overlay.boxes if row > begins]
        self.pages.append(RawPage(number, (*head, *above, *tables, *below)))
        if entry.visible:
            self._describe(entry.name, sheet, overlay)

    def _describe(self, name: str, sheet: Worksheet, overlay: Overlay) -> None:
        """Say what is on the sheet and is no value: errors, comments, pictures."""
        if sheet.errors:
            cells = [f"{address} ({shown})" for address, shown in sheet.errors]
            self.messages.append(
                t("reports.sheet.errors", sheet=name, count=len(cells), cells=_join_samples(cells))
            )
        if overlay.comments:
            notes = [f"{place} “{words[:_SAMPLE_LENGTH]}”" for place, words in overlay.comments]
            self.messages.append(
                t(
                    "reports.sheet.comments",
                    sheet=name,
                    count=len(notes),
                    cells=_join_samples(notes),
                )
            )
        if overlay.pictures:
            self.messages.append(t("reports.sheet.pictures", sheet=name, count=overlay.pictures))

    def _holds_anything(self, book: Workbook, entry: SheetEntry) -> bool:
        return bool(read_worksheet(book, entry.part, self.budget).cells)


def _join_samples(samples: Sequence[str]) -> str:
    return ", ".join(samples[:_SAMPLES]) + (", …" if len(samples) > _SAMPLES else "")
