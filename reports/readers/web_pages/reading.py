"""One HTML text, walked through once: what a browser shows of it, in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from reports.readers.other_sheets.stated_values import settle_number
from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.number_formats.shown_values import show_value
from reports.readers.web_pages.drafts import CellDraft, Flow, RowDraft, TableCounter, TableDraft
from reports.readers.web_pages.looks import Look, StyleSheet
from reports.readers.word.ooxml.symbols import replace_signs

if TYPE_CHECKING:
    from reports.model.document import Block

_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre",
        "section", "summary", "ul",
    }
)  # fmt: skip
_SKIPPED: Final = frozenset(
    {
        "applet", "audio", "datalist", "head", "iframe", "noframes", "noscript", "object", "script",
        "select", "style", "svg", "template", "title", "video", "xml",
    }
)  # fmt: skip
_SECTIONS: Final = {"thead": 0, "tbody": 1, "tfoot": 2}
_CELLS: Final = frozenset({"td", "th"})
_UNSHOWN_INPUTS: Final = frozenset({"hidden", "password", "file", "image"})
_TICKS: Final = frozenset({"checkbox", "radio"})
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_PLAIN_CODES: Final = frozenset({"", "@", "general", "inherit"})
_EXCEL: Final = re.compile(r"microsoft excel|excel\.sheet", re.IGNORECASE)


def read_html(text: str, max_cells: int, tables_before: int = 0) -> tuple[Block, ...]:
    """Return the paragraphs and tables that the page shows.

    A table in a cell names its place; tables count from ``tables_before`` on.

    Raises ``FileRefusedError`` for a page beyond the limits, nested too deeply or damaged.
    """
    root = parse_html(text)
    if root is None:
        return ()
    css = "\n".join("".join(style.itertext()) for style in root.iter("style"))
    reader = _PageReader(StyleSheet(css), max_cells, formatted=_is_from_excel(root))
    counter = TableCounter(max_cells, tables_before)
    return tuple(reader.read(root).list_blocks(counter))


def parse_html(text: str) -> etree._Element | None:
    """Return the root of the page, ``None`` for none; raise as ``read_html`` does."""
    parser = etree.HTMLParser(
        recover=True, no_network=True, huge_tree=False, remove_pis=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise FileRefusedError("damaged") from fault
    if parser.error_log.filter_from_fatals():
        raise FileRefusedError("nested_too_deeply")
    return root


def _is_from_excel(root: etree._Element) -> bool:
    """Return whether Excel wrote the page: its texts are in their number formats already."""
    return any(
        _EXCEL.search(meta.get("content") or "")
        for meta in root.iter("meta")
        if (meta.get("name") or "").lower() in {"generator", "progid"}
    )


class _PageReader:
    """Goes through the elements; ``formatted`` is a page whose numbers are in their formats."""

    def __init__(self, styles: StyleSheet, max_cells: int, *, formatted: bool) -> None:
        self.styles = styles
        self.max_cells = max_cells
        self.formatted = formatted
        self._flows: list[Flow] = [Flow()]
        self._tables: list[TableDraft] = []
        self._looks: list[Look] = [Look()]
        self._sections: list[int] = []
        self._lists: list[int] = []
        self._cells = 0

    def read(self, root: etree._Element) -> Flow:
        """Return everything that the page holds, one below the other."""
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "comment":
                self._add(element.tail)
            elif event == "start":
                tag = str(element.tag).lower()
                self._looks.append(self.styles.get_look(element, self._looks[-1]))
                if tag in _SKIPPED:
                    walk.skip_subtree()
                    self._add(_read_choice(element) if tag == "select" else "")
                else:
                    self._start(tag, element)
                    self._add(element.text)
            else:
                tag = str(element.tag).lower()
                if tag not in _SKIPPED:
                    self._end(tag, element)
                self._looks.pop()
                self._add(element.tail)
        self._flows[0].end_paragraph()
        return self._flows[0]

    def _add(self, text: str | None) -> None:
        if text:
            look = self._looks[-1]
            words = replace_signs(text, look.font)
            self._flows[-1].add(words, look.reason, kept_spaces=look.kept_spaces)

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag == "br":
            self._flows[-1].add("\n", "", kept_spaces=True)
        elif tag == "input":
            self._add(_read_input(element))
        elif tag == "table":
            self._flows[-1].end_paragraph()
            draft = TableDraft()
            self._flows[-1].blocks.append(draft)
            self._tables.append(draft)
            self._sections.append(1)
        elif tag in _SECTIONS and self._tables:
            self._sections[-1] = _SECTIONS[tag]
        elif tag == "col" and self._tables:
            self._start_column(element)
        elif tag == "tr" and self._tables:
            hidden = bool(self._looks[-1].hidden)
            self._tables[-1].rows.append(RowDraft(self._sections[-1], hidden))
        elif tag in _CELLS and self._tables:
            self._start_cell(element)
        elif tag in _BLOCKS or tag in _CELLS or tag == "tr":
            self._flows[-1].end_paragraph()
            self._start_list_part(tag, element)

    def _start_list_part(self, tag: str, element: etree._Element) -> None:
        """Write the sign before a list's item as a browser does."""
        if tag in {"ol", "ul"}:
            self._lists.append(_read_number(element.get("start"), 1) if tag == "ol" else 0)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            self._add(f"{number}. " if number else "- ")
            self._lists[-1] = number + 1 if number else 0

    def _start_column(self, element: etree._Element) -> None:
        table = self._tables[-1]
        first = table.columns
        table.columns += max(1, min(_read_number(element.get("span"), 1), 1000))
        if self._looks[-1].hidden == "hidden_column":
            table.hidden_columns.append((first, table.columns - 1))

    def _start_cell(self, element: etree._Element) -> None:
        self._cells += 1
        if self._cells > self.max_cells:
            raise FileRefusedError("too_many_cells", limit=self.max_cells)
        table = self._tables[-1]
        if not table.rows:
            table.rows.append(RowDraft(self._sections[-1]))
        look = self._looks[-1]
        cell = CellDraft(
            _read_number(element.get("colspan"), 1),
            _read_number(element.get("rowspan"), 1),
            look.hidden if look.hidden == "hidden_column" else "",
        )
        table.rows[-1].cells.append(cell)
        self._flows.append(cell.flow)

    def _end(self, tag: str, element: etree._Element) -> None:
        if tag == "table" and self._tables:
            self._sections.pop()
            for row in self._tables.pop().rows:
                for cell in row.cells:
                    cell.write_small_tables(self.max_cells, len(row.cells))
        elif tag in _SECTIONS and self._tables:
            self._sections[-1] = 1
        elif tag in _CELLS and self._tables and len(self._flows) > 1:
            flow = self._flows.pop()
            flow.end_paragraph()
            cell = self._tables[-1].rows[-1].cells[-1]
            self._show_number(element, cell)
        elif tag in _BLOCKS or tag in _CELLS or tag == "tr":
            self._flows[-1].end_paragraph()
            if tag in {"ol", "ul"} and self._lists:
                self._lists.pop()

    def _show_number(self, element: etree._Element, cell: CellDraft) -> None:
        """Show a bare number in the format that Excel would show it in."""
        look = self._looks[-1]
        stored = next((v for k, v in element.attrib.items() if str(k).endswith("x:num")), "")
        if not look.code and not stored:
            return
        made = cell.make_cell(1, 1)
        text = "" if made.unseen else made.text
        if not text and not made.unseen and not cell.list_tables() and _NUMBER.fullmatch(stored):
            cell.shown = show_value(float(stored), look.code or "General")
            return
        if text and _NUMBER.fullmatch(stored):
            cell.shown = settle_number(text, stored)
            return
        plain = look.code.strip().lower() in _PLAIN_CODES
        if plain or self.formatted or stored or not _NUMBER.fullmatch(text):
            return
        if not _THOUSANDS.fullmatch(text):
            cell.shown = show_value(float(text), look.code)


def _read_input(element: etree._Element) -> str:
    kind = (element.get("type") or "text").lower()
    if kind in _TICKS:
        return "☒ " if element.get("checked") is not None else "☐ "
    return "" if kind in _UNSHOWN_INPUTS else element.get("value") or ""


def _read_choice(element: etree._Element) -> str:
    """Return the options that a list shows as chosen; the first where none is."""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return " ".join("".join(option.itertext()) for option in chosen)


def _read_number(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else default  # noqa: PLR2004
