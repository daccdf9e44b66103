"""The export as a workbook in the layout that staff use."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from geo.i18n import t
from store.audit.csv_guard import is_risky
from store.db.errors import ExportError
from store.exports.tables.content import get_program_version
from store.facts.labels import format_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from store.exports.tables.content import ExportContent
    from store.exports.tables.table import Cell, ExportColumn, ExportTable

MAX_ROWS: Final = 1_048_576
MAX_CHARS: Final = 32_767
"""What a sheet and a cell hold; letters outside the basic plane count twice."""

_KEPT: Final = 32_600
_FONT: Final = "Times New Roman"
_COLOURS: Final = {"main": "#D9E4F1", "more": "#E8EEF6", "source": "#EDEDED"}
_A3: Final = 8
_A4: Final = 9
_WIDE: Final = 12
_WHOLE: Final = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_LINE: Final = 14.0
_MAX_LINES: Final = 12


def to_xlsx(content: ExportContent) -> bytes:
    """Return the export as a workbook: a sheet per table, numbers as numbers, days as days.

    Texts are written as texts whatever they begin with, and marked so; a text longer than a cell
    holds is cut and says so. Raises ``ExportError`` when a table has more rows than a sheet.
    """
    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(made, options)
    book.set_properties(
        {
            "title": content.title,
            "author": content.user,
            "comments": " · ".join(f"{entry.label}: {entry.value}" for entry in content.about)[
                :2000
            ],
            "company": get_program_version(),
            "created": content.at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    sheets = _WorkbookWriter(book, content)
    for table in content.tables:
        sheets.add(table)
    book.close()
    return made.getvalue()


class _WorkbookWriter:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, content: ExportContent) -> None:
        self.book = book
        self.content = content
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def add(self, table: ExportTable) -> None:
        """Write one table as a sheet."""
        table = self._arrange(table)
        columns = [column for column in table.columns if not column.coded]
        column_indexes = [
            column_index for column_index, column in enumerate(table.columns) if not column.coded
        ]
        sheet = self.book.add_worksheet(table.title)
        head = self._write_head(sheet, table)
        if head + 1 + len(table.rows) > MAX_ROWS:
            values = {"table": table.title, "count": len(table.rows), "limit": MAX_ROWS}
            raise ExportError(t("exports.fault.too_many_rows", self.content.language, **values))
        for column_index, column in enumerate(columns):
            look = self._get_format(bold=True, align="center", valign="vcenter", text_wrap=True,
                                bg_color=_COLOURS[column.place])  # fmt: skip
            title = self._shorten_text(column.get_title(self.content.language))
            sheet.write_string(head, column_index, title, look)
            folded = {"level": 1} if column.place == "source" else {}
            sheet.set_column(column_index, column_index, column.width, None, folded)
        sheet.set_row(head, 62)
        for line, row in enumerate(table.rows, start=head + 1):
            cells = [row[place] for place in column_indexes]
            sheet.set_row(line, _estimate_height(cells, columns))
            for column_index, cell in enumerate(cells):
                self._write_cell(sheet, line, column_index, cell, columns[column_index])
        self._frame(sheet, table, columns, head)

    def _arrange(self, table: ExportTable) -> ExportTable:
        """Return the items' table with the columns that were asked for first, and on paper."""
        wanted = self.content.options.columns
        if table.key != "items" or not wanted:
            return table
        keys = ["number", *(key for key in wanted if key != "number")]
        places = {column.key: index for index, column in enumerate(table.columns)}
        first = [places[key] for key in keys if key in places]
        rest = [index for index in places.values() if index not in first]
        columns = (
            *(replace(table.columns[index], place="main", coded=False) for index in first),
            *(
                replace(column, place="more") if column.place == "main" else column
                for column in (table.columns[index] for index in rest)
            ),
        )
        rows = tuple(tuple(row[index] for index in (*first, *rest)) for row in table.rows)
        return replace(table, columns=columns, rows=rows)

    def _write_head(self, sheet: Worksheet, table: ExportTable) -> int:
        """Write the lines above the table; return the row of its header."""
        content = self.content
        values = {entry.key: entry.value for entry in content.about}
        title = f"{content.title} – {table.title}".upper()
        sheet.write_string(0, 0, title, self._get_format(bold=True, font_size=14, border=0))
        lines = [
            t("exports.about.period_line", content.language, period=values.get("period", ""),
              as_of=values.get("as_of", "")),
            t("exports.about.filters_line", content.language, filters=values["filters"]),
            t("exports.about.made_line", content.language, at=values["made_at"],
              user=values.get("made_by", ""), program=values["program"]),
        ]  # fmt: skip
        if table.key == "documents":
            shown_keys = {"title", "period", "period_id", "as_of", "filters", "made_at", "made_by",
                          "program"}  # fmt: skip
            lines += [
                f"{entry.label}: {entry.value}"
                for entry in content.about
                if entry.key not in shown_keys
            ]
        elif table.key == "communes":
            lines.append(values["shares"])
        for row_index, line in enumerate(lines, start=1):
            sheet.write_string(
                row_index, 0, self._shorten_text(line), self._get_format(italic=True, border=0)
            )
        return len(lines) + 2

    def _frame(
        self, sheet: Worksheet, table: ExportTable, columns: Sequence[ExportColumn], head: int
    ) -> None:
        """Freeze the header, offer filters, and prepare the sheet for paper."""
        last = len(columns) - 1
        paper = max(
            column_index for column_index, column in enumerate(columns) if column.place == "main"
        )
        named = next(
            (column_index for column_index, column in enumerate(columns) if column.key == "name"), 0
        )
        sheet.freeze_panes(head + 1, named + 1 if named <= 2 else 1)  # noqa: PLR2004
        end = head + len(table.rows)
        if table.rows:
            sheet.autofilter(head, 0, end, last)
        sheet.set_landscape()
        papers = {"a4": _A4, "a3": _A3, "": _A3 if paper >= _WIDE else _A4}
        sheet.set_paper(papers[self.content.options.paper])
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.repeat_rows(head)
        sheet.print_area(0, 0, max(end, head), paper)
        sheet.set_footer("&C" + t("exports.about.page", self.content.language))
        sheet.outline_settings(True, True, False, False)

    def _write_cell(
        self, sheet: Worksheet, row: int, column_index: int, cell: Cell, column: ExportColumn
    ) -> None:
        if cell is None:
            sheet.write_blank(row, column_index, None, self._get_format())
        elif isinstance(cell, bool):
            word = t(f"exports.value.{'yes' if cell else 'no'}", self.content.language)
            sheet.write_string(row, column_index, word, self._get_format(align="center"))
        elif isinstance(cell, int | float):
            whole = float(cell).is_integer()
            pattern = "[$-42A]#,##0" if whole else "[$-42A]#,##0.0###"
            sheet.write_number(row, column_index, cell, self._get_format(num_format=pattern))
        elif isinstance(cell, date):
            self._write_day(sheet, row, column_index, cell)
        elif column.kind == "when":
            self._write_time(sheet, row, column_index, cell)
        elif column.kind == "moment":
            moment = datetime.fromisoformat(cell).astimezone(UTC).replace(tzinfo=None)
            look = self._get_format(num_format="dd/mm/yyyy hh:mm", align="center")
            sheet.write_datetime(row, column_index, moment, look)
        elif column.kind == "ordinal" and _WHOLE.fullmatch(cell):
            sheet.write_number(row, column_index, int(cell), self._get_format(num_format="0"))
        else:
            self._write_text(sheet, row, column_index, cell, wrap=column.kind == "long")

    def _write_text(
        self, sheet: Worksheet, row: int, column_index: int, text: str, *, wrap: bool
    ) -> None:
        look: dict[str, Any] = {"num_format": "@"}
        if is_risky(text):
            look["quote_prefix"] = True
        if wrap:
            look["text_wrap"] = True
        sheet.write_string(row, column_index, self._shorten_text(text), self._get_format(**look))

    def _write_time(self, sheet: Worksheet, row: int, column_index: int, text: str) -> None:
        """Write a time: a day as a day, a month, quarter or year in words."""
        if len(text) == len("2026-01-31"):
            self._write_day(sheet, row, column_index, date.fromisoformat(text))
        else:
            words = format_when(text, self.content.language)
            self._write_text(sheet, row, column_index, words, wrap=False)

    def _write_day(self, sheet: Worksheet, row: int, column_index: int, day: date) -> None:
        look = self._get_format(num_format="dd/mm/yyyy", align="center")
        sheet.write_datetime(row, column_index, day, look)

    def _shorten_text(self, text: str) -> str:
        """Return a text that a cell can hold, saying how much of it is left out."""
        if _count_utf16_units(text) <= MAX_CHARS:
            return text
        shortened_text = text.encode("utf-16-le")[: 2 * _KEPT].decode("utf-16-le", "ignore")
        return shortened_text + t(
            "exports.value.cut", self.content.language, count=len(text) - len(shortened_text)
        )

    def _get_format(self, **look: Any) -> Format:
        whole = {"font_name": _FONT, "font_size": 10, "valign": "top", "border": 1,
                 "border_color": "#BFBFBF"} | look  # fmt: skip
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]


def _estimate_height(cells: Sequence[Cell], columns: Sequence[ExportColumn]) -> float:
    """Return the height of a row, in points, that shows its texts: not every program fits it."""
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        if column.kind == "long" and isinstance(cell, str):
            wrapped = sum(-(-max(len(part), 1) // column.width) for part in cell.split("\n"))
            lines = max(lines, wrapped)
    return _LINE * min(lines, _MAX_LINES)


def _count_utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
