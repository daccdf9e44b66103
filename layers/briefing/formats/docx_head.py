"""Head and foot of the Word document: who issues it, to whom it goes, who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Mm, Pt

from layers.briefing.formats import layout
from layers.briefing.formats.docx_parts import (
    draw_rule,
    keep_row_together,
    set_column_widths,
    set_spacing,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from layers.briefing.letterhead import LetterheadText

SIGNATURE_LINES = 5
"""Empty lines for the signature and the seal."""


def write_letterhead(document: Document, head: LetterheadText, subject: list[str]) -> None:
    """Write the head: two columns, then what kind of document it is and what it is about."""
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    room = layout.HEAD_COLUMNS[0]
    superior = layout.balance_lines(head.superior, layout.COUNTRY_PT, room)
    body = layout.balance_lines(head.body, layout.COUNTRY_PT, room)
    for position, line in enumerate((*superior, *body)):
        _write_line(
            left, line, layout.COUNTRY_PT, bold=position >= len(superior), first=not position
        )
    draw_rule(
        left.add_paragraph(), layout.compute_rule_length(body[-1], layout.COUNTRY_PT, room), room
    )
    _write_line(left, head.number, layout.NUMBER_PT, before=6)
    _write_line(right, head.country, layout.COUNTRY_PT, bold=True, first=True)
    _write_line(right, head.motto, layout.MOTTO_PT, bold=True)
    draw_rule(right.add_paragraph(), layout.MOTTO_RULE, layout.HEAD_COLUMNS[1])
    _write_line(right, head.place_and_date, layout.NUMBER_PT, italic=True, before=6)
    set_column_widths(table, list(layout.HEAD_COLUMNS), margin_mm=0)
    _write_centred_line(document.add_paragraph(), head.kind, before=18)
    for line in subject:
        _write_centred_line(document.add_paragraph(), line)
    wide = layout.PAGE_WIDTH - layout.LEFT - layout.RIGHT
    length = layout.compute_rule_length(subject[-1], layout.TITLE_PT, wide)
    draw_rule(document.add_paragraph(), length, wide)
    set_spacing(document.add_paragraph(), after=0)


def write_signature_block(document: Document, head: LetterheadText) -> None:
    """Write to whom it goes on the left, and the room for who signs on the right."""
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    _write_line(left, head.recipients_title, 12, bold=True, italic=True, first=True, align="left")
    for recipient in head.recipients:
        _write_line(left, recipient, layout.RECIPIENTS_PT, align="left")
    first = True
    if head.signs_for:
        _write_line(right, head.signs_for, layout.BODY_PT, bold=True, first=True)
        first = False
    _write_line(right, head.signer, layout.BODY_PT, bold=True, first=first)
    for _ in range(SIGNATURE_LINES):
        _write_line(right, "", layout.BODY_PT)
    set_column_widths(table, [80, 80], margin_mm=0)
    keep_row_together(table.rows[0])


def _write_line(
    cell: _Cell,
    text: str,
    size_pt: float,
    *,
    bold: bool = False,
    italic: bool = False,
    first: bool = False,
    before: float = 0,
    align: str = "center",
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    set_spacing(paragraph, before=before, align=align)
    paragraph.paragraph_format.first_line_indent = Mm(0)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size_pt)


def _write_centred_line(paragraph: Paragraph, text: str, *, before: float = 0) -> None:
    set_spacing(paragraph, before=before, align="center")
    paragraph.paragraph_format.first_line_indent = Mm(0)
    run = paragraph.add_run(text)
    run.bold = True
    run.font.size = Pt(layout.TITLE_PT)
