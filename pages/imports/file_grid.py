"""A part of a file as a table of its own cells, each marked by what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.shell.html import Html, join_markup
from pages.widgets.file_links import name_place, name_reading
from reports.model.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from layers.file_view.parts import FileLayout, FileLine
    from layers.file_view.readings import ReadingIndex
    from pages.shell.context import PageContext
    from reports.model.document import TableCell, TableRow
    from reports.outcome.cell_fates import CellFate

FATES: Final[tuple[CellFate, ...]] = ("used", "asked", "unused", "unseen")
_LONGEST: Final = 1500
"""Characters of a cell that are shown: a hostile file may hold megabytes in one."""


def render_legend(ctx: PageContext, counts: Mapping[CellFate, int]) -> Markup:
    """Return what the marks mean, with how many cells have each."""
    return Html('<ul class="hp-legend">{}</ul>').format(
        join_markup(
            Html('<li><span class="hp-key hp-fate-{}"></span>{}: {}</li>').format(
                fate, ctx.t(f"imports.fate.{fate}"), counts.get(fate, 0)
            )
            for fate in FATES
        )
    )


def render_grid(
    ctx: PageContext,
    lines: Sequence[FileLine],
    layout: FileLayout,
    index: ReadingIndex,
    label: str,
) -> Markup:
    """Return lines of a file: rows of tables in grids, paragraphs between them."""
    parts: list[Markup] = []
    rows: list[Markup] = []

    def close() -> None:
        if rows:
            parts.append(Html('<table class="hp-grid">{}</table>').format(join_markup(rows)))
            rows.clear()

    table = 0
    for line in lines:
        content = line.content
        if isinstance(content, Paragraph):
            close()
            parts.append(_render_paragraph(ctx, content, layout, index))
            continue
        if content.place.table != table:
            close()
            table = content.place.table
            if line.nested:
                note = ctx.t("imports.file.nested")
                parts.append(Html('<p class="hp-under">{}</p>').format(note))
        rows.append(_render_row(ctx, content, layout, index))
    close()
    body = join_markup(parts) if parts else Html("<p>{}</p>").format(ctx.t("imports.file.empty"))
    frame = '<div class="hp-file" tabindex="0" role="region" aria-label="{}">{}</div>'
    return Html(frame).format(label, body)


def _render_paragraph(
    ctx: PageContext, paragraph: Paragraph, layout: FileLayout, index: ReadingIndex
) -> Markup:
    line = paragraph.place.line_from
    fate = layout.lines.get(line, "")
    number = index.by_line.get(line)
    body = _render_text(paragraph.text, paragraph.unseen, number)
    look = Html("")
    if fate:
        look = Html(' class="hp-fate-{}" title="{}"').format(fate, ctx.t(f"imports.fate.{fate}"))
    return Html('<p id="hp-line-{}"{}>{}</p>').format(line, look, body)


def _render_row(ctx: PageContext, row: TableRow, layout: FileLayout, index: ReadingIndex) -> Markup:
    line = row.place.line_from
    cells = join_markup(_render_cell(ctx, cell, line, layout, index) for cell in row.cells)
    asked = layout.lines.get(line) == "asked"
    look = Html(' class="hp-asked" title="{}"').format(ctx.t("imports.fate.line_asked"))
    return Html('<tr id="hp-line-{}"><th scope="row"{}>{}</th>{}</tr>').format(
        line, look if asked else "", line, cells
    )


def _render_cell(
    ctx: PageContext, cell: TableCell, line: int, layout: FileLayout, index: ReadingIndex
) -> Markup:
    key = cell.place.cell_key
    fate = layout.cells.get(key, "")
    number = index.by_cell.get(key, index.by_line.get(line)) if fate else None
    title = ctx.t(f"imports.fate.{fate}") if fate else ""
    if cell.unseen:
        reason = ctx.t(f"imports.unseen.{cell.unseen_reason or 'other'}")
        title = f"{title} · {reason}" if title else reason
    look = Html(' class="hp-fate-{}"').format(fate) if fate else Html("")
    if cell.merged:
        look, title = Html(' class="hp-merged"'), ctx.t("imports.file.merged")
    wide = Html(' colspan="{}"').format(min(cell.spans, 100)) if cell.spans > 1 else ""
    tip = Html(' title="{}"').format(title) if title else ""
    return Html('<td id="{}"{}{}{}>{}</td>').format(
        name_place(cell.place), look, wide, tip, _render_text(cell.text, cell.unseen, number)
    )


def _render_text(text: str, unseen: str, number: int | None) -> Markup:
    shown = Html("{}").format(_shorten(text))
    if unseen:
        gap = " " if text else ""
        shown = Html('{}{}<s class="hp-unseen">{}</s>').format(shown, gap, _shorten(unseen))
    if number is None:
        return shown
    return Html('<a href="#{}" tabindex="-1">{}</a>').format(name_reading(number), shown)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
