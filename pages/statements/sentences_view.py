"""The document's sentences as they stand, beside the table of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.statement_view.marking import mark_lines
from layers.statement_view.sentences import lay_out_sentences
from pages.shell.context import run_alone
from pages.shell.html import Html, show_markup
from pages.statements.marked_text import render_fate_legend, render_lines
from pages.statements.statement_table import render_statements
from pages.widgets.line_parts import choose_line_part
from reports.outcome.summary import describe_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.statement_view.sentences import LineFilter, SentenceLayout, SentenceLine
    from pages.shell.context import PageContext
    from reports.model.extraction import Extraction

LINES_SHOWN: Final = 60
"""Lines shown at a time."""

_FILTERS: Final[tuple[LineFilter, ...]] = ("all", "sure", "ask", "unread")
_STATE: Final = "import.sentences"
_STATUS: Final = "import.sentences.status"
_CHUNK: Final = "import.sentences.chunk"


@run_alone
def show_sentences(ctx: PageContext, read: Extraction) -> None:
    """Show the sentences left, what they say right, both narrowed to a status on request."""
    layout = get_layout(read)
    said = describe_sentences(read, ctx.language)
    if said:
        show_markup(Html('<p class="hp-balance">{}</p>').format(said))
    show_markup(render_fate_legend(ctx))
    shown, lines = _choose_lines(ctx, layout)
    if not lines:
        show_markup(Html("<p>{}</p>").format(ctx.t("statements.page.nothing")))
        return
    left, right = st.columns([5, 6], gap="small")
    with left:
        runs = mark_lines(layout, lines, ctx.facts.commune_names)
        body = render_lines(ctx, layout, lines, runs)
        show_markup(
            Html(
                '<div class="hp-file hp-sentences" tabindex="0" role="region" aria-label="{}">{}'
                "</div>"
            ).format(ctx.t("statements.page.label"), body)
        )
    with right:
        numbers = sorted(dict.fromkeys(number for line in lines for number in line.statements))
        chosen = [(number, layout.reading.statements[number]) for number in numbers]
        if shown in {"sure", "ask"}:
            chosen = [(number, one) for number, one in chosen if one.status == shown]
        left_over = dict.fromkeys(number for line in lines for number in line.unread)
        unread = [layout.reading.unread[number] for number in left_over]
        if shown == "unread":
            chosen = []
        show_markup(render_statements(ctx, chosen, unread if shown in {"all", "unread"} else ()))


def get_layout(read: Extraction) -> SentenceLayout:
    """Return the document's lines with what they say, worked out once for each reading."""
    kept = st.session_state.get(_STATE)
    if kept is None or kept[0] is not read:
        kept = (read, lay_out_sentences(read))
        st.session_state[_STATE] = kept
        for key in (_STATUS, _CHUNK):
            st.session_state.pop(key, None)
    layout: SentenceLayout = kept[1]
    return layout


def open_sentence_at(read: Extraction, line: int) -> bool:
    """Let the lines round a line be shown; return whether it is one of those with sentences."""
    layout = get_layout(read)
    for at, own in enumerate(layout.lines):
        if own.place.line_from <= line <= own.place.line_to:
            st.session_state[_STATUS] = "all"
            st.session_state[_CHUNK] = at // LINES_SHOWN
            return True
    return False


def _choose_lines(
    ctx: PageContext, layout: SentenceLayout
) -> tuple[LineFilter, Sequence[SentenceLine]]:
    """Offer the statuses and the parts of a long text; return the status and the lines to show."""
    counts = layout.count_by_status()
    with st.container(horizontal=True, vertical_alignment="bottom", key="import.sentences.bar"):
        if _STATUS not in st.session_state:
            st.session_state[_STATUS] = "all"
        shown = st.segmented_control(
            ctx.t("statements.page.filter"),
            _FILTERS,
            format_func=lambda name: f"{ctx.t(f'statements.status.{name}')} ({counts[name]})",
            key=_STATUS,
            required=True,
        )
        status: LineFilter = shown or "all"
        lines = layout.list_lines(status)
        label = ctx.t("statements.page.lines")
        return status, choose_line_part(label, lines, LINES_SHOWN, _CHUNK)
