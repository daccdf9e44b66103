"""Pieces of a Word document that python-docx has no words for."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT: Final = "Times New Roman"
BLACK: Final = RGBColor(0, 0, 0)
ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
MOMENT: Final = (2020, 3, 5, 0, 0, 0)
"""Written into every file instead of the moment it was made: the day of the decree."""

_FONT_SLOTS: Final = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEME_SLOTS: Final = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def make_element(name: str, **attributes: object) -> Any:
    """Return an element of WordprocessingML with its attributes."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def set_style(style: ParagraphStyle, size_pt: float, *, bold: bool = False) -> None:
    """Make a style upright black Times New Roman, in every script."""
    style.font.name = FONT
    style.font.size = Pt(size_pt)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in _FONT_SLOTS:
        fonts.set(qn(slot), FONT)
    for slot in _THEME_SLOTS:
        fonts.attrib.pop(qn(slot), None)


def set_spacing(
    paragraph: Paragraph, *, before: float = 0, after: float = 0, align: str = ""
) -> None:
    """Set the space around a paragraph, in points, and how it is aligned."""
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if align:
        paragraph.alignment = ALIGN[align]


def draw_rule(paragraph: Paragraph, length_mm: float, room_mm: float) -> None:
    """Make an empty paragraph a horizontal line of a length, in the middle of its room."""
    side = max((room_mm - length_mm) / 2, 0)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(side)
    form.first_line_indent = Mm(0)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(3)
    borders = make_element("w:pBdr")
    borders.append(make_element("w:bottom", val="single", sz=6, space=0, color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - no public way


def insert_page_number(run: Run) -> None:
    """Put the field of the page's number into a run."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("1", ""), ("end", "")):
        if text:
            field = make_element("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = text
        elif kind == "1":
            field = make_element("w:t")
            field.text = "1"
        else:
            field = make_element("w:fldChar", fldCharType=kind)
        run._r.append(field)  # noqa: SLF001 - no public way


def restart_page_numbers(section: Section) -> None:
    """Let the pages of a section count from 1, as those of an annex do."""
    section._sectPr.append(make_element("w:pgNumType", start=1))  # noqa: SLF001 - no public way


def repeat_header_row(row: _Row) -> None:
    """Let a table's row stand at the top of every page that the table is broken over."""
    row._tr.get_or_add_trPr().append(make_element("w:tblHeader"))  # noqa: SLF001 - no public way


def keep_row_together(row: _Row) -> None:
    """Let a row not be broken over pages."""
    row._tr.get_or_add_trPr().append(make_element("w:cantSplit"))  # noqa: SLF001 - no public way


def shade_cell(cell: _Cell, colour: str) -> None:
    """Fill a cell with a colour (``rrggbb``)."""
    cell._tc.get_or_add_tcPr().append(  # noqa: SLF001 - no public way
        make_element("w:shd", val="clear", color="auto", fill=colour)
    )


def set_column_widths(table: Table, widths_mm: list[float], *, margin_mm: float = 1.0) -> None:
    """Fix the widths of a table's columns and the room inside its cells."""
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - no public way
    margins = make_element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(make_element(f"w:{side}", w=round(Mm(margin_mm).twips), type="dxa"))
    properties.append(margins)
    grid = table._tbl.tblGrid.findall(qn("w:gridCol"))  # noqa: SLF001 - no public way
    for column, width in zip(grid, widths_mm, strict=True):
        column.set(qn("w:w"), str(round(Mm(width).twips)))
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def strip_timestamps(packed: bytes) -> bytes:
    """Return a packed document whose parts all carry the same moment, so that it has none."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as stripped,
    ):
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            stripped.writestr(entry, given.read(name))
    return made.getvalue()


def set_alt_text(run: Run, title: str, text: str) -> None:
    """Give a picture a name and a text for readers who do not see it."""
    for drawn in run._r.iter(qn("wp:docPr")):  # noqa: SLF001 - no public way
        drawn.set("title", title)
        drawn.set("descr", text)
