"""Statements as a table: subject, what is said, mood, time, communes, line, status."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from layers.labels.reading_labels import (
    format_reading,
    format_time,
    format_word_value,
    translate_term,
)
from layers.statement_view.candidates import list_left_over
from pages.shell.html import Html, join_markup, render_scrolling_table
from pages.statements.marked_text import name_statement
from pages.statements.slivers import describe_slivers, find_slivers
from pages.widgets.file_links import name_place
from store.imports.plan.learned import SETTLED_BY_HEADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from pages.shell.context import PageContext
    from reports.model.statement import Statement, UnreadSentence

COLUMNS: Final = ("subject", "says", "when", "communes", "at")
_LONGEST: Final = 160
_MOST_LEFT: Final = 12


def render_statements(
    ctx: PageContext,
    statements: Sequence[tuple[int, Statement]],
    unread: Iterable[UnreadSentence] = (),
) -> Markup:
    """Return statements with their numbers, and sentences not understood, as a table.

    What follows one another about the same subject has its name once. It scrolls within itself.
    """
    head = join_markup(
        Html('<th scope="col">{}</th>').format(ctx.t(f"statements.column.{name}"))
        for name in COLUMNS
    )
    rows = []
    for _, group in groupby(statements, key=lambda one: _get_subject(one[1])):
        members = list(group)
        for position, (number, statement) in enumerate(members):
            span = 0 if position else len(members)
            rows.append(_render_row(ctx, number, statement, span))
    rows += [_render_unread(ctx, sentence) for sentence in unread]
    if not rows:
        return Html('<p class="hp-mind">{}</p>').format(ctx.t("statements.page.none"))
    body = Html("<thead><tr>{}</tr></thead><tbody>{}</tbody>").format(head, join_markup(rows))
    return Html('<div class="hp-statements">{}</div>').format(
        render_scrolling_table(body, look="tall")
    )


def _get_subject(statement: Statement) -> tuple[str, str, str, int]:
    line = 0 if statement.subject else statement.place.line_from
    return statement.subject, statement.subject_kind, statement.item, line


def _render_row(ctx: PageContext, number: int, statement: Statement, span: int) -> Markup:
    """Return a row; ``span`` is how many rows its subject stands for, 0 where it stands above."""
    subject = Html("")
    if span:
        subject = Html('<td rowspan="{}">{}</td>').format(span, _render_subject(ctx, statement))
    cells = (
        render_said(ctx, statement),
        _render_when(ctx, statement),
        _render_communes(ctx, statement),
        _render_place(ctx, statement),
    )
    return Html('<tr id="{}" class="hp-is-{}">{}{}</tr>').format(
        name_statement(number),
        statement.status,
        subject,
        join_markup(Html("<td>{}</td>").format(cell) for cell in cells),
    )


def _render_unread(ctx: PageContext, unread: UnreadSentence) -> Markup:
    """Return the row of a sentence that is not understood: what is left over of it, and why."""
    words = ctx.list_names([f"“{words[:80]}”" for words in list_left_over(unread)], _MOST_LEFT)
    why = translate_term("unread", unread.why, ctx.language)
    return Html(
        '<tr class="hp-is-unread"><td>–</td><td colspan="3">{}{}</td><td><a href="#{}">{}</a> '
        '<span class="hp-mark hp-mark-unread">{}</span></td></tr>'
    ).format(
        ctx.t("statements.page.left", words=words) if words else "",
        _render_under(why),
        name_place(unread.place),
        unread.place.line_from,
        ctx.t("statements.status.unread"),
    )


def render_said(ctx: PageContext, statement: Statement) -> Markup:
    """Return what is said in words: field, value, what narrows it."""
    field = translate_term("field", statement.field, ctx.language)
    value = _shorten(format_reading(statement, ctx.language))
    under = [statement.detail[:_LONGEST]]
    if statement.part_of:
        under.append(ctx.t("statements.page.part_of", total=statement.part_of[:_LONGEST]))
    under += [", ".join(statement.bodies)[:_LONGEST]]
    notes = " · ".join(part for part in under if part)
    return Html("{}: <b>{}</b>{}").format(field, value, _render_under(notes))


def _render_subject(ctx: PageContext, statement: Statement) -> Markup:
    kind = translate_term("kind", statement.subject_kind, ctx.language)
    known = ctx.facts.item_names.get(statement.item, "") if statement.item else ""
    notes = [kind]
    if known and known != statement.subject:
        notes.append(ctx.t("statements.page.known", name=known))
    if SETTLED_BY_HEADING in statement.inferred:
        notes.append(ctx.t("statements.page.by_heading"))
    return Html("{}{}").format(_shorten(statement.subject) or "–", _render_under(" · ".join(notes)))


def _render_when(ctx: PageContext, statement: Statement) -> Markup:
    mood = translate_term("mood", statement.mood, ctx.language)
    notes = ctx.t("statements.page.inferred") if "year" in statement.inferred else ""
    time = format_time(statement, ctx.language)
    return Html('{} <span class="hp-mark hp-mood-{}">{}</span>{}').format(
        time, statement.mood, mood, _render_under(notes)
    )


def _render_communes(ctx: PageContext, statement: Statement) -> Markup:
    names = [ctx.facts.commune_names.get(code, code) for code in statement.communes]
    text = ctx.list_names(names, 6)
    if statement.province:
        text = ctx.t("statements.page.outside", province=statement.province)
    return Html("{}{}").format(text, _render_under(describe_slivers(ctx, find_slivers(statement))))


def _render_place(ctx: PageContext, statement: Statement) -> Markup:
    status = ctx.t(f"statements.status.{statement.status}")
    why = translate_term("why", statement.why, ctx.language) if statement.status == "ask" else ""
    if statement.candidates and statement.status == "ask":
        values = [
            format_word_value(statement.field, candidate, ctx.language)
            for candidate in statement.candidates
        ]
        why = f"{why}; {ctx.t('statements.page.may', values=ctx.list_names(values, 4))}"
    return Html('<a href="#{}">{}</a> <span class="hp-mark hp-mark-{}">{}</span>{}').format(
        name_place(statement.place),
        statement.place.line_from,
        statement.status,
        status,
        _render_under(why[:_LONGEST]),
    )


def _render_under(text: str) -> Markup:
    return Html('<div class="hp-under">{}</div>').format(text) if text else Html("")


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
