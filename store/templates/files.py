"""A filled template as a file: a workbook to mend in a spreadsheet, or CSV."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from geo.i18n import t
from store.audit.csv_guard import escape_formula, is_risky
from store.templates.columns import FIXED, format_plain, format_value, list_words
from store.templates.kinds import ADDABLE, TASK_DOCUMENT
from store.templates.sheet import make_mark

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from store.templates.columns import TemplateColumn, Value
    from store.templates.rows import FilledTemplate, TemplateRow

_HEAD: Final = 3
_FROZEN: Final = 3
_MOST_FROZEN: Final = 85
"""The first columns stay in sight where they are no wider, in letters, than half a screen."""

_SPARE: Final = 40
"""Empty rows for what is new."""

_FONT: Final = "Times New Roman"
_NUMBER: Final = "#,##0.########"
_WHOLE: Final = "#,##0"
_A3: Final = 8
_LINE: Final = 15.0
_MAX_LINES: Final = 8
_EARLIER: Final = "#7F6000"
_CREATED: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone
"""The same facts make the same file."""


def to_template_csv(template: FilledTemplate, *, separator: str = ",", mark: str = ".") -> bytes:
    """Return the template as CSV with a byte order mark; ``mark`` is the decimal sign."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for line in _list_head_lines(template, mark):
        writer.writerow([line])
    columns = template.kind.columns
    writer.writerow([column.heading for column in columns])
    for row in template.rows:
        cells = []
        for column in columns:
            value = row.cells.get(column.key)
            if isinstance(value, float):
                cells.append(format_plain(value, mark))
            else:
                cells.append(escape_formula(format_value(column, value, template.facts)))
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")


def to_template_xlsx(template: FilledTemplate) -> bytes:
    """Return the template as a workbook.

    What says which row it is and what is for reading only is locked, without a password; figures
    of an earlier period are brown and in italics; words are chosen from a list.
    """
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
               "strings_to_urls": False}  # fmt: skip
    book = xlsxwriter.Workbook(made, options)
    book.set_properties({"title": _make_title(template), "created": _CREATED})
    _TemplateWriter(book, template).write()
    book.close()
    return made.getvalue()


def _make_title(template: FilledTemplate) -> str:
    return t("templates.file.title", kind=t(f"templates.kind.{template.kind.key}"))


def _list_head_lines(template: FilledTemplate, mark: str) -> tuple[str, ...]:
    """Return the lines above the headings: title, period, the mark that tells the file."""
    return (
        _make_title(template),
        t("templates.file.period", period=template.period_label),
        t("templates.file.mark", mark=make_mark(template.kind, template.period, mark)),
    )


class _TemplateWriter:
    """Writes the sheet to fill in, its lists and the sheet that explains it."""

    def __init__(self, book: Workbook, template: FilledTemplate) -> None:
        self.book = book
        self.template = template
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        """Write the workbook."""
        template = self.template
        sheet = self.book.add_worksheet(t("templates.file.sheet"))
        guide = self.book.add_worksheet(t("templates.file.guide"))
        lists = self.book.add_worksheet(t("templates.file.lists"))
        title, *notes = _list_head_lines(template, ",")
        sheet.write_string(0, 0, title, self._look(bold=True, font_size=14, border=0))
        for row, note in enumerate(notes, start=1):
            sheet.write_string(row, 0, note, self._look(italic=True, border=0))
        columns = template.kind.columns
        for index, column in enumerate(columns):
            colour = "#EDEDED" if column.kind in FIXED else "#D9E4F1"
            head = self._look(bold=True, align="center", valign="vcenter", text_wrap=True,
                              bg_color=colour)  # fmt: skip
            sheet.write_string(_HEAD, index, column.heading, head)
            sheet.set_column(index, index, column.width)
        sheet.set_row(_HEAD, 48)
        for line, filled in enumerate(template.rows, start=_HEAD + 1):
            sheet.set_row(line, self._estimate_height(filled))
            for index, column in enumerate(columns):
                self._write_cell(sheet, line, index, filled, column)
        end = _HEAD + len(template.rows)
        if template.kind.key in ADDABLE:
            for line in range(end + 1, end + 1 + _SPARE):
                for index, column in enumerate(columns):
                    look = self._look_of(column, is_new=True)
                    sheet.write_blank(line, index, None, look)
            end += _SPARE
        self._offer_lists(sheet, lists, end)
        self._frame(sheet, end)
        self._explain(guide)

    def _estimate_height(self, row: TemplateRow) -> float:
        """Return the height in points of a row that shows its texts: not every program fits it."""
        widths = (column.width for column in self.template.kind.columns)
        texts = self.template.show_cells(row)
        lines = max(-(-len(text) // width) for text, width in zip(texts, widths, strict=True))
        return _LINE * min(max(lines, 1), _MAX_LINES)

    def _write_cell(
        self, sheet: Worksheet, line: int, index: int, row: TemplateRow, column: TemplateColumn
    ) -> None:
        value: Value = row.cells.get(column.key)
        look: dict[str, Any] = {}
        if column.key in row.earlier:
            look = {"italic": True, "font_color": _EARLIER}
        if isinstance(value, float):
            sheet.write_number(line, index, value, self._look_of(column, **look))
            return
        text = format_value(column, value, self.template.facts)
        if is_risky(text):
            look["quote_prefix"] = True
        sheet.write_string(line, index, text[:32_700], self._look_of(column, **look))

    def _offer_lists(self, sheet: Worksheet, lists: Worksheet, end: int) -> None:
        """Offer the words of a column as a list; the words stand on a sheet of their own."""
        for at, (key, words) in enumerate(self._list_choices().items()):
            column = self.template.kind.column(key)
            index = self.template.kind.columns.index(column)
            lists.write_string(0, at, column.heading, self._look(bold=True))
            lists.set_column(at, at, 34)
            for line, word in enumerate(words, start=1):
                lists.write_string(line, at, word, self._look())
            name = xl_col_to_name(at)
            source = f"='{lists.get_name()}'!${name}$2:${name}${len(words) + 1}"
            choice = {"validate": "list", "source": source, "error_type": "warning",
                      "error_title": t("templates.file.wrong_word"),
                      "error_message": t("templates.file.wrong_word_text")}  # fmt: skip
            sheet.data_validation(_HEAD + 1, index, end, index, choice)
        for index, column in enumerate(self.template.kind.columns):
            if column.kind == "number":
                limit = 100 if column.field.endswith("_pct") else 1e12
                between = {"validate": "decimal", "criteria": "between", "minimum": 0,
                           "maximum": limit, "error_type": "warning",
                           "error_title": t("templates.file.wrong_number"),
                           "error_message": t("templates.file.wrong_number_text")}  # fmt: skip
                sheet.data_validation(_HEAD + 1, index, end, index, between)
                whole = {"type": "formula",
                         "criteria": f"=MOD({xl_col_to_name(index)}{_HEAD + 2},1)=0",
                         "format": self.book.add_format({"num_format": _WHOLE})}  # fmt: skip
                sheet.conditional_format(_HEAD + 1, index, end, index, whole)

    def _list_choices(self) -> dict[str, tuple[str, ...]]:
        """Return what can be chosen in a cell of each column that offers something."""
        choices = list_words(self.template.kind.columns)
        if any(column.key == TASK_DOCUMENT for column in self.template.kind.columns):
            documents = self.template.facts.documents
            of_period = documents.loc[documents["period"] == self.template.period, "title"]
            choices[TASK_DOCUMENT] = tuple(dict.fromkeys(str(title) for title in of_period))
        return {key: words for key, words in choices.items() if words}

    def _frame(self, sheet: Worksheet, end: int) -> None:
        """Lock the keys, freeze the headings, prepare the sheet for paper."""
        last = len(self.template.kind.columns) - 1
        sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True,
                           "sort": True, "autofilter": True, "insert_rows": True})  # fmt: skip
        first = self.template.kind.columns[:_FROZEN]
        is_narrow = sum(column.width for column in first) <= _MOST_FROZEN
        sheet.freeze_panes(_HEAD + 1, _FROZEN if is_narrow else 1)
        sheet.autofilter(_HEAD, 0, max(end, _HEAD + 1), last)
        sheet.ignore_errors(
            {"number_stored_as_text": f"A{_HEAD + 2}:{xl_col_to_name(last)}{end + 1}"}
        )
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.print_area(0, 0, end, last - 1)
        sheet.set_footer("&C" + t("exports.about.page"))

    def _explain(self, guide: Worksheet) -> None:
        guide.set_column(0, 0, 40)
        guide.set_column(1, 1, 100)
        guide.write_string(0, 0, t("templates.guide.title"), self._look(bold=True, border=0))
        wrapped = self._look(text_wrap=True, border=0)
        lines = ["how", "carried", "empty", "rows", "key", "number"]
        lines += ["new"] if self.template.kind.key in ADDABLE else []
        for line, key in enumerate(lines, start=1):
            guide.write_string(line, 1, t(f"templates.guide.{key}"), wrapped)
        for line, column in enumerate(self.template.kind.columns, start=len(lines) + 2):
            guide.write_string(line, 0, column.heading, self._look(text_wrap=True))
            text = t(f"templates.column_kind.{column.kind}")
            guide.write_string(line, 1, text, self._look(text_wrap=True))

    def _look_of(self, column: TemplateColumn, *, is_new: bool = False, **look: Any) -> Format:
        if column.kind == "number":
            look["num_format"] = _NUMBER
        else:
            look |= {"num_format": "@", "text_wrap": True}
        # A code is given by the program: where it is empty, the row is new and stays so.
        if column.kind in FIXED or (column.kind == "new" and not is_new):
            look |= {"font_color": "#595959"}
        else:
            look["locked"] = False
        return self._look(**look)

    def _look(self, **look: Any) -> Format:
        whole = {"font_name": _FONT, "font_size": 11, "valign": "top", "border": 1,
                 "border_color": "#BFBFBF"} | look  # fmt: skip
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]
