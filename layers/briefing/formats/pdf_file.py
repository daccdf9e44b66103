"""The briefing as a PDF in the layout of Decree 30/2020/NĐ-CP, its text selectable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.i18n import t
from layers.briefing.compose import ROMAN
from layers.briefing.formats import layout
from layers.briefing.formats.layout import balance_lines, compute_column_widths, compute_rule_length
from layers.briefing.letterhead import format_letterhead
from layers.print.typst import break_long_words, clip_text, render_typst

if TYPE_CHECKING:
    from layers.briefing.document import (
        Annex,
        AnnexTable,
        Briefing,
        BriefingBlock,
        BriefingParagraph,
    )
    from layers.briefing.letterhead import Letterhead, LetterheadText
    from layers.print.map_image import MapImage


def build_briefing_pdf(briefing: Briefing, head: Letterhead) -> bytes:
    """Return the briefing under a head as a PDF."""
    texts = format_letterhead(head, briefing.language)
    return render_typst(
        "briefing.typ",
        {
            "language": briefing.language,
            "title": break_long_words(f"{briefing.subject}, {briefing.when}"),
            "head": _build_head(texts, briefing),
            "layout": _build_layout(tight=briefing.tight),
            "opening": [_build_paragraph(briefing, paragraph) for paragraph in briefing.opening],
            "sections": [
                {
                    "title": f"{ROMAN[position]}. {break_long_words(section.title).upper()}",
                    "blocks": [
                        {
                            "title": f"{number}. {break_long_words(block.title)}"
                            if block.title
                            else "",
                            **_build_block(briefing, block),
                        }
                        for number, block in enumerate(section.blocks, start=1)
                    ],
                }
                for position, section in enumerate(briefing.sections)
            ],
            "closing": break_long_words(briefing.closing),
            "notes": [_build_paragraph(briefing, note) for note in briefing.notes],
            "annexes": [
                _build_annex(briefing, annex, ROMAN[position], texts)
                for position, annex in enumerate(briefing.annexes)
            ],
        },
        form="pdf",
    )


def _build_head(head: LetterheadText, briefing: Briefing) -> dict[str, Any]:
    left = layout.HEAD_COLUMNS[0]
    wide = layout.PAGE_WIDTH - layout.LEFT - layout.RIGHT
    subject = [break_long_words(line) for line in (briefing.subject, briefing.when) if line]
    body = balance_lines(head.body, layout.COUNTRY_PT, left)
    return {
        "superior": balance_lines(head.superior, layout.COUNTRY_PT, left),
        "body": body,
        "body_rule": compute_rule_length(body[-1], layout.COUNTRY_PT, left),
        "number": head.number,
        "country": head.country,
        "motto": head.motto,
        "place_and_date": head.place_and_date,
        "kind": head.kind,
        "subject": subject,
        "subject_rule": compute_rule_length(subject[-1], layout.TITLE_PT, wide),
        "recipients_title": head.recipients_title,
        "recipients": list(head.recipients),
        "signs_for": head.signs_for,
        "signer": head.signer,
    }


def _build_layout(*, tight: bool) -> dict[str, Any]:
    return {
        "top": layout.TOP,
        "bottom": layout.BOTTOM + (layout.TIGHT_SPARE if tight else 0),
        "left": layout.LEFT,
        "right": layout.RIGHT,
        "columns": list(layout.HEAD_COLUMNS),
        "country": layout.COUNTRY_PT,
        "motto": layout.MOTTO_PT,
        "number": layout.NUMBER_PT,
        "title": layout.TITLE_PT,
        "body": layout.BODY_PT,
        "table": layout.TABLE_PT,
        "recipients": layout.RECIPIENTS_PT,
        "indent": layout.INDENT,
        "after": layout.TIGHT_AFTER_PT if tight else layout.AFTER_PT,
        "small": layout.SMALL_PT,
        "figure": layout.FIGURE_PT,
        "figures": layout.FIGURES_IN_LINE,
    }


def _build_paragraph(briefing: Briefing, paragraph: BriefingParagraph) -> dict[str, Any]:
    return {
        "lead": clip_text(paragraph.lead, layout.LEAD_CHARS),
        "text": clip_text(paragraph.text, layout.TEXT_CHARS),
        "cited": briefing.cite(paragraph.sources, paragraph.text),
        "listed": paragraph.listed,
    }


def _build_block(briefing: Briefing, block: BriefingBlock) -> dict[str, Any]:
    return {
        "paragraphs": [_build_paragraph(briefing, paragraph) for paragraph in block.paragraphs],
        "figures": [
            {
                "label": clip_text(figure.label, layout.LEAD_CHARS),
                "text": clip_text(figure.text, layout.LEAD_CHARS),
                "detail": clip_text(figure.detail, layout.LEAD_CHARS),
                "cited": briefing.cite(figure.sources),
            }
            for figure in block.figures
        ],
        "table": _build_table(briefing, block.table, layout.PAGE_WIDTH) if block.table else None,
        **_build_picture(block.picture),
    }


def _build_picture(picture: MapImage | None) -> dict[str, Any]:
    return {
        "picture": picture.content if picture else None,
        "described": break_long_words(picture.build_alt_text()) if picture else "",
    }


def _build_annex(
    briefing: Briefing, annex: Annex, number: str, head: LetterheadText
) -> dict[str, Any]:
    return {
        "number": t("briefing.annex.number", briefing.language, number=number),
        "title": break_long_words(annex.title).upper(),
        "attached": head.attached,
        "paragraphs": [_build_paragraph(briefing, paragraph) for paragraph in annex.paragraphs],
        "table": _build_table(briefing, annex.table, layout.PAGE_HEIGHT) if annex.table else None,
        **_build_picture(annex.picture),
    }


def _build_table(briefing: Briefing, table: AnnexTable, page_width: float) -> dict[str, Any]:
    titles, aligns = layout.head_columns(table, briefing.language)
    return {
        "titles": titles,
        "aligns": aligns,
        "widths": compute_column_widths(table, page_width),
        "rows": [
            [
                str(number),
                *(clip_text(cell, layout.CELL_CHARS) for cell in row.cells),
                *([briefing.cite(row.sources)] if table.cited else []),
            ]
            for number, row in enumerate(table.rows, start=1)
        ],
        "empty": table.empty,
        "whole": all(len(cell) <= layout.WHOLE_CHARS for row in table.rows for cell in row.cells),
    }
