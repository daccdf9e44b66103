"""A matrix of periods as markup: fields down, periods across, every cell with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.shell.html import Html, join_markup, render_remark
from pages.widgets.links import build_link_query
from pages.widgets.source_list import render_source_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.history.period_matrix import Cell, CellValue, MatrixRow, PeriodColumn
    from layers.history.project_history import ItemHistory
    from pages.shell.context import PageContext

MOST_COMMUNES: Final = 4


def select_matrix_rows(
    rows: Sequence[MatrixRow], *, every: bool, only_changed: bool
) -> tuple[MatrixRow, ...]:
    """Return the rows to show: the headlines or all, of these perhaps only what changed."""
    return tuple(
        row for row in rows if (every or row.headline) and (row.changed or not only_changed)
    )


def render_matrix(
    ctx: PageContext, columns: Sequence[PeriodColumn], bodies: Sequence[Markup]
) -> Markup:
    """Return the table with its head over ``bodies`` (of ``render_item_body`` and others)."""
    head = join_markup(
        Html("<th scope='col'>{}<div class='hp-under'>{}</div></th>").format(
            column.label, ctx.t("bench.matrix.as_of", day=column.as_of)
        )
        for column in columns
    )
    return Html(
        '<div class="hp-matrix" tabindex="0" role="region" aria-label="{label}"'
        ' style="--periods:{periods}">'
        '<table><thead><tr><th scope="col">{corner}</th>{head}</tr></thead>{bodies}</table></div>'
    ).format(
        label=ctx.t("bench.matrix.label"),
        periods=len(columns),
        corner=ctx.t("bench.matrix.corner"),
        head=head,
        bodies=join_markup(bodies),
    )


def render_item_body(ctx: PageContext, history: ItemHistory, rows: Sequence[MatrixRow]) -> Markup:
    """Return an item's part of the table: a line with its name, then its rows."""
    where = ", ".join(name for _, name in history.communes[:MOST_COMMUNES])
    if len(history.communes) > MOST_COMMUNES:
        where = ctx.t("bench.matrix.more", names=where, count=len(history.communes) - MOST_COMMUNES)
    under = " · ".join(text for text in (history.item, history.kind_label, where) if text)
    head = Html(
        '<tr class="hp-matrix-item"><th scope="rowgroup" colspan="{}"><div>'
        '<a class="hp-link" href="du-an?{}" target="_self">{}</a>'
        '<span class="hp-under">{}</span></div></th></tr>'
    ).format(
        len(history.columns) + 1, build_link_query(ctx, item=history.item), history.name, under
    )
    body = render_rows_body(ctx, rows, history.known)
    if not rows:
        body = Html('<tr><td colspan="{}" class="hp-under">{}</td></tr>').format(
            len(history.columns) + 1, ctx.t("bench.matrix.no_rows")
        )
    return Html("<tbody>{}{}</tbody>").format(head, body)


def render_titled_body(
    ctx: PageContext, columns: Sequence[PeriodColumn], title: str, rows: Sequence[MatrixRow]
) -> Markup:
    """Return rows of no item as a part of the table, under a title (a key of the catalogue)."""
    head = Html('<tr class="hp-matrix-item"><th scope="rowgroup" colspan="{}">{}</th></tr>').format(
        len(columns) + 1, ctx.t(title)
    )
    return Html("<tbody>{}{}</tbody>").format(head, render_rows_body(ctx, rows))


def render_rows_body(
    ctx: PageContext, rows: Sequence[MatrixRow], known: Sequence[bool] | None = None
) -> Markup:
    """Return rows; a cell from before the item was known says so by its look."""
    return join_markup(
        Html("<tr><th scope='row'>{}{}</th>{}</tr>").format(
            row.label,
            Html('<div class="hp-under">{}</div>').format(row.note) if row.note else "",
            join_markup(
                _render_cell(ctx, cell, known=known is None or known[position])
                for position, cell in enumerate(row.cells)
            ),
        )
        for row in rows
    )


def render_matrix_legend(ctx: PageContext) -> Markup:
    """Return what the marks in a matrix mean."""
    marks = ("better", "worse", "changed", "new", "refined")
    return Html('<p class="hp-under">{} {}</p>').format(
        ctx.t("bench.matrix.how"), join_markup((_render_mark(ctx, mark) for mark in marks), " ")
    )


def _render_cell(ctx: PageContext, cell: Cell, *, known: bool) -> Markup:
    if not cell:
        return Html("<td class='{}'>{}</td>").format(
            "hp-silent" if known else "hp-before", "–" if known else ""
        )
    marked = any(value.change for value in cell)
    return Html("<td class='{}'>{}</td>").format(
        "hp-changed" if marked else "", join_markup(_render_value(ctx, value) for value in cell)
    )


def _render_value(ctx: PageContext, value: CellValue) -> Markup:
    marks = [_render_mark(ctx, value.change)] if value.change else []
    if value.conflicted:
        differs = ctx.t("pages.panel.conflicted")
        marks.append(Html('<span class="hp-mark hp-mark-differs">{}</span>').format(differs))
    before = ctx.t("bench.matrix.before", value=value.before) if value.before else ""
    remark = render_remark(value.remark, ctx.language)
    unders = [text for text in (before, value.note, remark) if text]
    return Html("<div class='hp-value'>{} {} {}{}</div>").format(
        value.text,
        join_markup(marks, " "),
        render_source_list(ctx, value.sources),
        join_markup(Html('<div class="hp-under">{}</div>').format(text) for text in unders),
    )


def _render_mark(ctx: PageContext, change: str) -> Markup:
    return Html('<span class="hp-mark hp-change-{}">{}</span>').format(
        change, ctx.t(f"bench.change.{change}")
    )
