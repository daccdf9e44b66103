"""Lines of a document as text, every candidate marked by colour and line, whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.labels.reading_labels import translate_term
from layers.statement_view.candidates import CANDIDATE_FATES, list_left_over
from layers.statement_view.sentences import CELL_BREAK
from pages.shell.html import Html, join_markup

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from markupsafe import Markup

    from layers.statement_view.candidates import Candidate
    from layers.statement_view.marking import MarkedRun
    from layers.statement_view.sentences import SentenceLayout, SentenceLine
    from pages.shell.context import PageContext

_LONGEST: Final = 4000
"""Characters of a line that are shown: a hostile file may hold megabytes in one."""
_MOST_LEFT: Final = 12


def name_statement(number: int) -> str:
    """Return the element of a statement on the page."""
    return f"hp-said-{number}"


def render_fate_legend(ctx: PageContext) -> Markup:
    """Return what the colours of a text mean."""
    return Html('<ul class="hp-legend" aria-label="{}">{}</ul>').format(
        ctx.t("statements.page.legend"),
        join_markup(
            Html('<li><mark class="hp-said hp-said-{}">{}</mark></li>').format(
                fate, ctx.t(f"statements.fate.{fate}")
            )
            for fate in CANDIDATE_FATES
        ),
    )


def render_lines(
    ctx: PageContext,
    layout: SentenceLayout,
    lines: Sequence[SentenceLine],
    runs: Sequence[tuple[MarkedRun, ...]],
    *,
    inside: Collection[int] = (),
    links: bool = True,
    own: int = -1,
) -> Markup:
    """Return lines with their numbers; what is left over of a sentence stands below its line.

    ``inside`` are the lines that are asked about; ``links``: marks lead to what they gave;
    ``own`` is the statement whose candidates stand out.
    """
    parts = []
    for line, words in zip(lines, runs, strict=True):
        look = Html(' class="hp-inside"') if line.place.line_from in inside else Html("")
        body = render_runs(ctx, words, links=links, own=own)
        parts.append(
            Html(
                '<div id="hp-line-{}"{}><span class="hp-number">{}</span>'
                '<p lang="vi">{}</p>{}</div>'
            ).format(
                line.place.line_from,
                look,
                line.place.line_from,
                body,
                _render_left(ctx, layout, line),
            )
        )
    return join_markup(parts)


def render_runs(
    ctx: PageContext, runs: Sequence[MarkedRun], *, links: bool = True, own: int = -1
) -> Markup:
    """Return a line's runs of words, marked; words beyond a measure are left out."""
    parts, left = [], _LONGEST
    for run in runs:
        if left <= 0:
            parts.append(Html("…"))
            break
        text = Html("{}").format(run.text[:left])
        left -= len(run.text)
        if CELL_BREAK in run.text and run.candidate is None:
            bar = Html('<span class="hp-bar" aria-hidden="true">│</span>')
            text = join_markup(
                (Html("{}").format(part) for part in run.text.split(CELL_BREAK)), bar
            )
        if run.candidate is not None:
            text = _render_mark(ctx, run.candidate, text, links=links, own=own)
        parts.append(text)
    return join_markup(parts)


def _render_mark(
    ctx: PageContext, candidate: Candidate, text: Markup, *, links: bool, own: int
) -> Markup:
    kind = translate_term("candidate", candidate.kind, ctx.language)
    title = f"{kind}: {ctx.t(f'statements.fate.{candidate.fate}')}"
    if links and candidate.statement >= 0:
        aim = name_statement(candidate.statement)
        text = Html('<a href="#{}" tabindex="-1">{}</a>').format(aim, text)
    stands_out = " hp-own" if candidate.statement == own >= 0 else ""
    return Html('<mark class="hp-said hp-said-{} hp-kind-{}{}" title="{}">{}</mark>').format(
        candidate.fate, candidate.kind, stands_out, title, text
    )


def _render_left(ctx: PageContext, layout: SentenceLayout, line: SentenceLine) -> Markup:
    """Return what is left over of the sentences that begin in a line, and why."""
    parts = []
    for number in line.unread:
        unread = layout.reading.unread[number]
        if unread.place.line_from > line.place.line_to:
            continue
        words = ctx.list_names([f"“{words[:80]}”" for words in list_left_over(unread)], _MOST_LEFT)
        why = translate_term("unread", unread.why, ctx.language)
        text = ctx.t("statements.page.left", words=words) if words else ""
        parts.append(
            Html('<div class="hp-left">{}</div>').format(" – ".join(filter(None, (text, why))))
        )
    return join_markup(parts)
