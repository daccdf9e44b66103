"""The export as CSV files for programs, in one ZIP with what their columns mean."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.audit.csv_guard import escape_formula
from store.exports.file_options import DEFAULT_OPTIONS, FileOptions
from store.exports.tables.table import ExportTable, format_iso_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from store.exports.tables.content import ExportContent
    from store.exports.tables.table import Cell

_EARLIEST: Final = 1980


def to_csv(content: ExportContent) -> bytes:
    """Return a ZIP: a CSV file per table, ``columns.csv`` and ``about.csv``.

    UTF-8 with a byte order mark, header lines of ASCII column keys; RFC 4180, or parted and with
    the decimal sign that the content's options say.
    """
    options = content.options
    files = {f"{table.key}.csv": format_csv(table, options) for table in content.tables}
    files["columns.csv"] = _format_columns_csv(content)
    files["about.csv"] = _format_about_csv(content)
    return make_zip({name: text.encode("utf-8-sig") for name, text in files.items()}, content.at)


def format_csv(table: ExportTable, options: FileOptions = DEFAULT_OPTIONS) -> str:
    """Return a table as CSV: a header of keys, unknown cells empty, texts safe in spreadsheets."""
    return _write_csv([column.key for column in table.columns], table.rows, options)


def make_zip(files: Mapping[str, bytes], at: datetime) -> bytes:
    """Return a ZIP of files, the same bytes for the same files and time."""
    made = io.BytesIO()
    when = (max(at.year, _EARLIEST), at.month, at.day, at.hour, at.minute, at.second)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return made.getvalue()


def _format_columns_csv(content: ExportContent) -> str:
    rows = [
        (table.key, column.key, table.title, column.get_title(content.language), column.kind)
        for table in content.tables
        for column in table.columns
    ]
    return _write_csv(["table", "column", "table_title", "title", "kind"], rows, content.options)


def _format_about_csv(content: ExportContent) -> str:
    rows = [(entry.key, entry.label, entry.value) for entry in content.about]
    style = content.options.csv
    rule = t("exports.file.csv_rule", content.language,
             marks=t(f"exports.csv_style.{style}_rule", content.language))  # fmt: skip
    rows.append(("csv_rule", t("exports.file.csv_rule_label", content.language), rule))
    return _write_csv(["key", "label", "value"], rows, content.options)


def _write_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]], options: FileOptions) -> str:
    mark = options.decimal_mark

    def write_cell(cell: Cell) -> str:
        if isinstance(cell, str):
            return escape_formula(cell)
        text = format_iso_cell(cell)
        return text.replace(".", mark) if isinstance(cell, float) else text

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=options.separator, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([write_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
