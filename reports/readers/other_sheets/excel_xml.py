"""Excel 2003 XML (SpreadsheetML): sheets in one XML file, often written by web systems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.readers.office.safe_xml import parse_tree
from reports.readers.other_sheets.sheet_pages import FoundSheet
from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.excel.cell_texts import Run, ShownText, find_reason, show_text
from reports.readers.sheets.excel.styles import CellStyle
from reports.readers.sheets.excel.worksheet import Area, name_column
from reports.readers.sheets.number_formats.date_text import to_serial
from reports.readers.sheets.number_formats.sections import GENERAL
from reports.readers.sheets.number_formats.shown_values import show_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from reports.readers.sheets.excel.worksheet import Budget

SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL: Final = "{urn:schemas-microsoft-com:office:excel}"
_HTML: Final = "{http://www.w3.org/TR/REC-html40}"
_NAMED_FORMATS: Final = {
    "general": GENERAL,
    "general number": GENERAL,
    "general date": "dd/mm/yyyy hh:mm",
    "long date": "dd/mm/yyyy",
    "medium date": "dd/mm/yyyy",
    "short date": "dd/mm/yyyy",
    "long time": "hh:mm:ss",
    "medium time": "hh:mm",
    "short time": "hh:mm",
    "currency": "#,##0.00",
    "euro currency": '#,##0.00 "€"',
    "fixed": "0.00",
    "standard": "#,##0.00",
    "percent": "0.00%",
    "scientific": "0.00E+00",
    "yes/no": '"Yes";"Yes";"No"',
    "true/false": '"TRUE";"TRUE";"FALSE"',
    "on/off": '"On";"On";"Off"',
}
_COLOUR: Final = re.compile(r"#([0-9A-Fa-f]{6})")
_LAST_ROW: Final = 1 << 20
_LAST_COLUMN: Final = 1 << 14
_MAX_PARENTS: Final = 20
_MAX_NESTED: Final = 50


@dataclass(frozen=True)
class _Style:
    parent: str = ""
    code: str = ""
    struck: bool | None = None
    ink: str = ""
    ground: str = ""


def read_excel_xml_sheets(data: bytes, budget: Budget) -> Iterator[FoundSheet]:
    """Yield the sheets of the file.

    Raises ``FileRefusedError`` for a damaged file, one beyond the limits, and one with a formula
    whose result is not stored.
    """
    root = parse_tree(data)
    styles = {
        style.get(f"{SS}ID") or "": _read_style(style)
        for style in root.iterfind(f"{SS}Styles/{SS}Style")
    }
    for sheet in root.iterchildren(f"{SS}Worksheet"):
        visible = sheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible") or ""
        found = FoundSheet(sheet.get(f"{SS}Name") or "", hidden=visible.startswith("SheetHidden"))
        found.hidden = found.hidden or visible.startswith("SheetVeryHidden")
        reader = _SheetReader(found, styles, budget)
        for table in sheet.iterchildren(f"{SS}Table"):
            reader.read(table)
        yield found


class _SheetReader:
    """Reads one sheet; what has no ``Index`` follows what stands before it."""

    def __init__(self, found: FoundSheet, styles: dict[str, _Style], budget: Budget) -> None:
        self.found = found
        self.content = found.content
        self.budget = budget
        self._styles = styles
        self._looks: dict[str, CellStyle] = {}
        self._columns: list[tuple[int, int, str]] = []
        self._row = 0

    def read(self, table: etree._Element) -> None:
        """Put what the table holds into the sheet's content."""
        column = 0
        for element in table.iterchildren(f"{SS}Column"):
            column = _read_number(element, "Index", column + 1, _LAST_COLUMN)
            last = min(column + _read_number(element, "Span", 0, _LAST_COLUMN), _LAST_COLUMN)
            if element.get(f"{SS}Hidden") == "1" or _is_zero(element.get(f"{SS}Width")):
                self.content.hidden_ranges.append((column, last))
            self._columns.append((column, last, element.get(f"{SS}StyleID") or ""))
            column = last
        style = table.get(f"{SS}StyleID") or ""
        for element in table.iterchildren(f"{SS}Row"):
            self._row = _read_number(element, "Index", self._row + 1, _LAST_ROW)
            hidden = element.get(f"{SS}Hidden") == "1" or _is_zero(element.get(f"{SS}Height"))
            if hidden:
                span = _read_number(element, "Span", 0, 10_000)
                self.content.hidden_rows.update(range(self._row, self._row + span + 1))
            cells = self._read_row(element, element.get(f"{SS}StyleID") or style, hidden=hidden)
            self.budget.spend(len(cells))
            if cells:
                self.content.cells[self._row] = {**self.content.cells.get(self._row, {}), **cells}
            self._row += _read_number(element, "Span", 0, _LAST_ROW)

    def _read_row(
        self, row: etree._Element, row_style: str, *, hidden: bool
    ) -> dict[int, ShownText]:
        cells: dict[int, ShownText] = {}
        column = 0
        for cell in row.iterchildren(f"{SS}Cell"):
            column = _read_number(cell, "Index", column + 1, _LAST_COLUMN)
            across = _read_number(cell, "MergeAcross", 0, _LAST_COLUMN)
            down = _read_number(cell, "MergeDown", 0, _LAST_ROW)
            if across or down:
                area = Area(self._row, column, self._row + down, column + across)
                self.content.areas.append(area)
            stored = cell.find(f"{SS}Data")
            if stored is not None:
                style = cell.get(f"{SS}StyleID") or row_style or self._find_style(column)
                shown = _show(stored, self._get_look(style or "Default"))
                if stored.get(f"{SS}Type") == "Error" and not hidden:
                    self.content.errors.append((f"{name_column(column)}{self._row}", shown.text))
                if shown.text.strip() or shown.unseen.strip():
                    cells[column] = shown
            elif cell.get(f"{SS}Formula") and not hidden and not self.found.hidden:
                address = f"{name_column(column)}{self._row}"
                raise FileRefusedError(
                    "formulas_without_values", sheet=self.found.name, cell=address
                )
            column += across
        return cells

    def _find_style(self, column: int) -> str:
        return next((style for first, last, style in self._columns if first <= column <= last), "")

    def _get_look(self, name: str) -> CellStyle:
        known = self._looks.get(name)
        if known is None:
            known = self._looks[name] = self._join_styles(name)
        return known

    def _join_styles(self, name: str) -> CellStyle:
        joined = _Style()
        default = self._styles.get("Default", _Style())
        chain = [name]
        while chain[-1] in self._styles and len(chain) < _MAX_PARENTS:
            chain.append(self._styles[chain[-1]].parent)
        for style in (*(self._styles[key] for key in chain if key in self._styles), default):
            joined = _Style(
                "",
                joined.code or style.code,
                style.struck if joined.struck is None else joined.struck,
                joined.ink or style.ink,
                joined.ground or style.ground,
            )
        return CellStyle(
            joined.code or GENERAL,
            bool(joined.struck),
            joined.ink or "000000",
            joined.ground or "FFFFFF",
        )


def _show(stored: etree._Element, style: CellStyle) -> ShownText:
    kind = stored.get(f"{SS}Type") or "String"
    if len(stored):
        runs: list[Run] = []
        _collect_runs(stored, runs, None, style, 0)
        return show_text(tuple(runs), style)
    raw = stored.text or ""
    if kind == "String":
        return show_text(raw, style)
    if not raw.strip():
        return ShownText("")
    text = raw.strip()
    value: str | float | bool = text
    if kind == "Number":
        try:
            value = float(text)
        except ValueError:
            return show_text(text, style)
    elif kind == "DateTime":
        serial = to_serial(text)
        value = text if serial is None else serial
    elif kind == "Boolean":
        value = text == "1"
    shown = text if kind == "Error" else show_value(value, style.code)
    if not shown:
        return ShownText("", show_value(value), "hidden_text") if value else ShownText("")
    reason = find_reason(style)
    return ShownText("", shown, reason) if reason else ShownText(shown)


def _collect_runs(
    element: etree._Element,
    runs: list[Run],
    font: tuple[bool, str | None] | None,
    style: CellStyle,
    depth: int,
) -> None:
    """Append the texts of a cell whose words have looks of their own."""
    if depth > _MAX_NESTED:
        raise FileRefusedError("nested_too_deeply")
    if element.text:
        runs.append(Run(element.text, font))
    for child in element:
        struck, ink = font or (style.struck, style.ink)
        if child.tag in {f"{_HTML}S", f"{_HTML}Strike", f"{_HTML}Del"}:
            struck = True
        colour = _COLOUR.fullmatch(child.get(f"{_HTML}Color") or "")
        ink = colour[1].upper() if colour else ink
        if child.tag == f"{_HTML}Br":
            runs.append(Run("\n", font))
        _collect_runs(child, runs, (struck, ink), style, depth + 1)
        if child.tail:
            runs.append(Run(child.tail, font))


def _read_style(style: etree._Element) -> _Style:
    code, struck, ink, ground = "", None, "", ""
    for child in style:
        if child.tag == f"{SS}NumberFormat":
            code = child.get(f"{SS}Format") or ""
            code = _NAMED_FORMATS.get(code.strip().lower(), code)
        elif child.tag == f"{SS}Font":
            through = child.get(f"{SS}StrikeThrough")
            struck = None if through is None else through == "1"
            ink = _read_colour(child.get(f"{SS}Color"))
        elif child.tag == f"{SS}Interior" and child.get(f"{SS}Pattern", "Solid") == "Solid":
            ground = _read_colour(child.get(f"{SS}Color"))
    return _Style(style.get(f"{SS}Parent") or "", code, struck, ink, ground)


def _read_colour(text: str | None) -> str:
    match = _COLOUR.fullmatch(text or "")
    return match[1].upper() if match else ""


def _read_number(element: etree._Element, name: str, default: int, most: int) -> int:
    text = element.get(f"{SS}{name}") or ""
    return min(int(text), most) if text.isascii() and text.isdigit() else default


def _is_zero(text: str | None) -> bool:
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False
