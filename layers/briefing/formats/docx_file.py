"""The briefing as a Word document in the layout of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import io
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from geo.i18n import t
from layers.briefing.compose import ROMAN
from layers.briefing.formats import layout
from layers.briefing.formats.docx_head import write_letterhead, write_signature_block
from layers.briefing.formats.docx_parts import (
    ALIGN,
    MOMENT,
    insert_page_number,
    keep_row_together,
    repeat_header_row,
    restart_page_numbers,
    set_alt_text,
    set_column_widths,
    set_spacing,
    set_style,
    shade_cell,
    strip_timestamps,
)
from layers.briefing.letterhead import format_letterhead
from layers.print.typst import clip_text, strip_unprintable

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.section import Section as DocxSection
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph as DocxParagraph

    from layers.briefing.document import (
        Annex,
        AnnexTable,
        Briefing,
        BriefingBlock,
        BriefingFigure,
        BriefingParagraph,
    )
    from layers.briefing.letterhead import Letterhead, LetterheadText
    from layers.print.map_image import MapImage

FIGURE_PPI: Final = 200
CELL: Final = "Table text"


def build_briefing_docx(briefing: Briefing, head: Letterhead) -> bytes:
    """Return the briefing under a head as a Word document."""
    document = Document()
    texts = format_letterhead(head, briefing.language)
    _set_up_document(document, briefing)
    write_letterhead(
        document,
        texts,
        [strip_unprintable(line) for line in (briefing.subject, briefing.when) if line],
    )
    for paragraph in briefing.opening:
        _write_paragraph(document, briefing, paragraph)
    for number, section in enumerate(briefing.sections):
        document.add_heading(f"{ROMAN[number]}. {strip_unprintable(section.title).upper()}", 1)
        for block_number, block in enumerate(section.blocks, start=1):
            if block.title:
                document.add_heading(f"{block_number}. {strip_unprintable(block.title)}", 2)
            _write_block(document, briefing, block)
    closing = document.add_paragraph(strip_unprintable(briefing.closing))
    closing.paragraph_format.keep_with_next = True
    write_signature_block(document, texts)
    for note in briefing.notes:
        _write_note(document, note, layout.SMALL_PT)
    for number, annex in enumerate(briefing.annexes):
        _write_annex(document, briefing, annex, ROMAN[number], texts)
    made = io.BytesIO()
    document.save(made)
    return strip_timestamps(made.getvalue())


def _set_up_document(document: DocxDocument, briefing: Briefing) -> None:
    about = document.core_properties
    about.title = strip_unprintable(briefing.subject)[:255]
    about.author = about.last_modified_by = about.comments = ""
    about.language = briefing.language
    about.created = about.modified = datetime(*MOMENT, tzinfo=UTC)
    about.revision = 1
    section = document.sections[0]
    _set_page_size(section, landscape=False)
    _number_pages(section)
    styles = document.styles
    normal: ParagraphStyle = styles["Normal"]
    set_style(normal, layout.BODY_PT)
    normal.paragraph_format.alignment = ALIGN["justify"]
    normal.paragraph_format.first_line_indent = Mm(layout.INDENT)
    normal.paragraph_format.space_before = Pt(0)
    after = Pt(layout.TIGHT_AFTER_PT if briefing.tight else layout.AFTER_PT)
    normal.paragraph_format.space_after = after
    normal.paragraph_format.line_spacing = 1.0 if briefing.tight else 1.1
    normal.paragraph_format.widow_control = True
    cell: ParagraphStyle = styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    set_style(cell, layout.TABLE_PT)
    form = cell.paragraph_format
    form.first_line_indent, form.line_spacing = Mm(0), 1.0
    form.space_before = form.space_after = Pt(1)
    for level in (1, 2):
        heading: ParagraphStyle = styles[f"Heading {level}"]
        set_style(heading, layout.BODY_PT, bold=True)
        heading.paragraph_format.space_before = Pt(layout.AFTER_PT)
        heading.paragraph_format.space_after = after
        heading.paragraph_format.keep_with_next = True


def _set_page_size(section: DocxSection, *, landscape: bool) -> None:
    across, down = Mm(layout.PAGE_WIDTH), Mm(layout.PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (down, across) if landscape else (across, down)
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
    section.header_distance = section.footer_distance = Mm(layout.HEADER)


def _number_pages(section: DocxSection) -> None:
    """Give every page its number in the middle of the top margin, the first one not shown."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    set_spacing(paragraph, align="center")
    paragraph.paragraph_format.first_line_indent = Mm(0)
    run = paragraph.add_run()
    run.font.size = Pt(layout.BODY_PT)
    insert_page_number(run)


def _write_paragraph(
    document: DocxDocument, briefing: Briefing, paragraph: BriefingParagraph
) -> None:
    written = document.add_paragraph("- " if paragraph.listed else "")
    if paragraph.lead:
        written.add_run(f"{clip_text(paragraph.lead, layout.LEAD_CHARS)} ").bold = True
    cited = briefing.cite(paragraph.sources, paragraph.text)
    text = clip_text(paragraph.text, layout.TEXT_CHARS)
    written.add_run(f"{text} {cited}".rstrip())


def _write_block(document: DocxDocument, briefing: Briefing, block: BriefingBlock) -> None:
    for paragraph in block.paragraphs:
        _write_paragraph(document, briefing, paragraph)
    if block.figures:
        _write_figures(document, briefing, block.figures)
    if block.picture is not None:
        _write_picture(document, block.picture)
    if block.table is not None:
        _write_table(document, briefing, block.table, layout.PAGE_WIDTH)


def _write_figures(
    document: DocxDocument, briefing: Briefing, figures: tuple[BriefingFigure, ...]
) -> None:
    across = layout.FIGURES_IN_LINE
    made = document.add_table(math.ceil(len(figures) / across), across, style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    cells = (cell for row in made.rows for cell in row.cells)
    for figure, cell in zip(figures, cells, strict=False):
        label, value = cell.paragraphs[0], cell.add_paragraph()
        _write_cell(label, figure.label, "left")
        _write_cell(value, figure.text, "left", bold=True)
        value.runs[0].font.size = Pt(layout.FIGURE_PT)
        under = f"{figure.detail} {briefing.cite(figure.sources)}".strip()
        _write_cell(cell.add_paragraph(), under, "left")
    for row in made.rows:
        keep_row_together(row)
    width = (layout.PAGE_WIDTH - layout.LEFT - layout.RIGHT) / across
    set_column_widths(made, [width] * across)


def _write_annex(
    document: DocxDocument, briefing: Briefing, annex: Annex, number: str, head: LetterheadText
) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page_size(section, landscape=True)
    if annex is briefing.annexes[0]:
        section.header.is_linked_to_previous = True
    restart_page_numbers(section)
    for text, bold, italic in (
        (t("briefing.annex.number", briefing.language, number=number), True, False),
        (strip_unprintable(annex.title).upper(), True, False),
        (head.attached, False, True),
    ):
        line = document.add_paragraph()
        set_spacing(line, after=2, align="center")
        line.paragraph_format.first_line_indent = Mm(0)
        run = line.add_run(text)
        run.bold, run.italic = bold, italic
        run.font.size = Pt(layout.TITLE_PT if text != head.attached else layout.BODY_PT)
    if annex.picture is not None:
        _write_picture(document, annex.picture)
    if annex.table is not None:
        _write_table(document, briefing, annex.table, layout.PAGE_HEIGHT)
    for paragraph in annex.paragraphs:
        _write_note(document, paragraph)


def _write_note(
    document: DocxDocument, paragraph: BriefingParagraph, size_pt: float = layout.TABLE_PT
) -> None:
    line = document.add_paragraph(style=CELL)
    line.alignment = ALIGN["left"]
    if paragraph.lead:
        line.add_run(f"{strip_unprintable(paragraph.lead)} ").bold = True
    line.add_run(clip_text(paragraph.text, layout.TEXT_CHARS))
    for run in line.runs:
        run.font.size = Pt(size_pt)


def _write_picture(document: DocxDocument, picture: MapImage) -> None:
    line = document.add_paragraph()
    set_spacing(line, before=4, align="center")
    line.paragraph_format.first_line_indent = Mm(0)
    run = line.add_run()
    figure = io.BytesIO(picture.figure(ppi=FIGURE_PPI))
    run.add_picture(figure, width=Mm(picture.width_mm + layout.LEGEND_WIDTH))
    title = picture.content["title"]
    set_alt_text(run, strip_unprintable(title), strip_unprintable(picture.build_alt_text()))


def _write_table(
    document: DocxDocument, briefing: Briefing, table: AnnexTable, page_width: float
) -> None:
    if not table.rows:
        document.add_paragraph(table.empty)
        return
    titles, aligns = layout.head_columns(table, briefing.language)
    made = document.add_table(1 + len(table.rows), len(titles), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    head, *rows = made.rows
    for cell, title in zip(head.cells, titles, strict=True):
        _write_cell(cell.paragraphs[0], title, "center", bold=True)
        shade_cell(cell, "e8e8e8")
    repeat_header_row(head)
    keep_row_together(head)
    for number, (row, written) in enumerate(zip(table.rows, rows, strict=True), start=1):
        texts = [str(number), *row.cells, *([briefing.cite(row.sources)] if table.cited else [])]
        for cell, text, align in zip(written.cells, texts, aligns, strict=True):
            _write_cell(cell.paragraphs[0], text, align)
        keep_row_together(written)
    set_column_widths(made, layout.compute_column_widths(table, page_width))


def _write_cell(paragraph: DocxParagraph, text: str, align: str, *, bold: bool = False) -> None:
    paragraph.style = CELL
    paragraph.alignment = ALIGN[align]
    run = paragraph.add_run(clip_text(text, layout.CELL_CHARS))
    if bold:
        run.bold = True
