"""The briefing as a PDF in the layout of Decree 30/2020/NĐ-CP, its text selectable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.i18n import t
from layers.briefing.compose import ROMAN
from layers.briefing.formats import layout
from layers.briefing.formats.layout import balanced, column_widths, rule_length
from layers.briefing.letterhead import head_text
from layers.print.typst import breakable, clipped, typeset

if TYPE_CHECKING:
    from layers.briefing.document import Annex, Briefing, Paragraph, Table
    from layers.briefing.letterhead import Head, HeadText


def briefing_pdf(briefing: Briefing, head: Head) -> bytes:
    """Return the briefing under a head as a PDF."""
    texts = head_text(head, briefing.language)
    return typeset(
        "briefing.typ",
        {
            "language": briefing.language,
            "title": breakable(f"{briefing.subject}, {briefing.when}"),
            "head": _head(texts, briefing),
            "layout": _layout(),
            "opening": [_paragraph(briefing, one) for one in briefing.opening],
            "sections": [
                {
                    "title": f"{ROMAN[at]}. {breakable(section.title).upper()}",
                    "blocks": [
                        {
                            "title": f"{number}. {breakable(block.title)}" if block.title else "",
                            "paragraphs": [_paragraph(briefing, one) for one in block.paragraphs],
                        }
                        for number, block in enumerate(section.blocks, start=1)
                    ],
                }
                for at, section in enumerate(briefing.sections)
            ],
            "closing": breakable(briefing.closing),
            "annexes": [
                _annex(briefing, annex, ROMAN[at], texts)
                for at, annex in enumerate(briefing.annexes)
            ],
        },
        form="pdf",
    )


def _head(head: HeadText, briefing: Briefing) -> dict[str, Any]:
    left = layout.HEAD_COLUMNS[0]
    wide = layout.PAGE_WIDTH - layout.LEFT - layout.RIGHT
    subject = [breakable(line) for line in (briefing.subject, briefing.when) if line]
    body = balanced(head.body, layout.COUNTRY_PT, left)
    return {
        "superior": balanced(head.superior, layout.COUNTRY_PT, left),
        "body": body,
        "body_rule": rule_length(body[-1], layout.COUNTRY_PT, left),
        "number": head.number,
        "country": head.country,
        "motto": head.motto,
        "place_and_date": head.place_and_date,
        "kind": head.kind,
        "subject": subject,
        "subject_rule": rule_length(subject[-1], layout.TITLE_PT, wide),
        "recipients_title": head.recipients_title,
        "recipients": list(head.recipients),
        "signs_for": head.signs_for,
        "signer": head.signer,
    }


def _layout() -> dict[str, Any]:
    return {
        "top": layout.TOP,
        "bottom": layout.BOTTOM,
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
        "after": layout.AFTER_PT,
        "map": layout.MAP_WIDTH,
    }


def _paragraph(briefing: Briefing, one: Paragraph) -> dict[str, Any]:
    return {
        "lead": clipped(one.lead, layout.LEAD_CHARS),
        "text": clipped(one.text, layout.TEXT_CHARS),
        "cited": briefing.cite(one.sources),
        "listed": one.listed,
    }


def _annex(briefing: Briefing, annex: Annex, number: str, head: HeadText) -> dict[str, Any]:
    return {
        "number": t("briefing.annex.number", briefing.language, number=number),
        "title": breakable(annex.title).upper(),
        "attached": head.attached,
        "paragraphs": [_paragraph(briefing, one) for one in annex.paragraphs],
        "table": _table(briefing, annex.table) if annex.table else None,
        "picture": annex.picture.content if annex.picture else None,
        "described": breakable(annex.picture.described()) if annex.picture else "",
    }


def _table(briefing: Briefing, table: Table) -> dict[str, Any]:
    titles = [t("briefing.column.row", briefing.language), *(one.title for one in table.columns)]
    aligns = ["center", *(one.align for one in table.columns)]
    if table.cited:
        titles.append(t("briefing.column.source", briefing.language))
        aligns.append("left")
    return {
        "titles": titles,
        "aligns": aligns,
        "widths": column_widths(table),
        "rows": [
            [
                str(number),
                *(clipped(cell, layout.CELL_CHARS) for cell in row.cells),
                *([briefing.cite(row.sources)] if table.cited else []),
            ]
            for number, row in enumerate(table.rows, start=1)
        ],
        "empty": table.empty,
        "whole": all(len(cell) <= layout.WHOLE_CHARS for row in table.rows for cell in row.cells),
    }
