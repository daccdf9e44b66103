"""Pieces of the panel as markup: every value with its period, its notes and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.shell.html import Html, join_markup, render_remark, render_words
from pages.widgets.source_list import render_source_list
from reports.model.schema import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.details.clearance_lines import ProblemLine
    from layers.details.commune_details import CommuneDetails, FormerUnitShare
    from layers.details.contradiction_lines import StatementConflict
    from layers.details.project_details import ItemDetails
    from layers.details.stated_lines import StatedLine
    from layers.details.value_lines import ValueLine
    from pages.shell.context import PageContext


STATED_AT_ONCE: Final = 12


def render_heading(title: str, under: str = "") -> Html:
    """Return the panel's heading with a line under it."""
    return Html('<h3 class="hp-title">{}</h3><div class="hp-under">{}</div>').format(title, under)


def render_value_lines(ctx: PageContext, lines: Sequence[ValueLine]) -> Html:
    """Return figures as label, value, notes and sources."""
    return Html('<dl class="hp-facts">{}</dl>').format(
        join_markup(_render_value_line(ctx, line) for line in lines)
    )


def _render_value_line(ctx: PageContext, line: ValueLine) -> Html:
    marks = []
    if line.carried:
        carried = ctx.t("pages.panel.carried", period=line.period_label)
        marks.append(Html('<span class="hp-mark">{}</span>').format(carried))
    if line.conflicted:
        differs = ctx.t("pages.panel.conflicted")
        marks.append(Html('<span class="hp-mark hp-mark-differs">{}</span>').format(differs))
    remark = render_remark(line.remark, ctx.language)
    under = Html(" ").join(filter(None, (Html("{}").format(line.note), remark)))
    return Html("<dt>{label}</dt><dd>{value} {marks}{note}{sources}</dd>").format(
        label=line.label,
        value=_render_value(line),
        marks=join_markup(marks),
        note=Html('<div class="hp-under">{}</div>').format(under) if under else "",
        sources=render_source_list(ctx, line.sources),
    )


def _render_value(line: ValueLine) -> Html:
    """Return a value, words of the report as what they are."""
    own = line.key in FIELDS and FIELDS[line.key].kind == "text"
    return render_words(line.value) if own else Html("{}").format(line.value)


def render_problem_lines(ctx: PageContext, problems: Sequence[ProblemLine]) -> Html:
    """Return clearance problems: what, how severe and why, since when, who must act."""
    if not problems:
        return Html("")
    entries = [
        Html(
            '<li><b>{title}</b> <span class="hp-mark">{when}</span><div>{statement}</div>'
            '<div class="hp-under">{grave} {since}</div>'
            '<div class="hp-act">{act}</div>{sources}</li>'
        ).format(
            title=" · ".join(text for text in (line.category_label, line.item_name) if text),
            when=ctx.t(
                "pages.panel.carried" if line.carried else "pages.panel.of_period",
                period=line.period_label,
            ),
            statement=render_words(line.statement),
            grave=ctx.t(
                "pages.panel.severity",
                level=line.severity,
                word=line.severity_label,
                signs="; ".join(line.sign_labels),
            ),
            since=ctx.t("pages.panel.since", period=line.since_label, days=line.age_days)
            if line.age_days
            else "",
            act=ctx.t("pages.panel.must_act", body=line.asked_to_act) if line.asked_to_act else "",
            sources=render_source_list(ctx, line.sources),
        )
        for line in problems
    ]
    return Html('<h4>{}</h4><ul class="hp-problems">{}</ul>').format(
        ctx.t("pages.panel.problems", count=len(problems)), join_markup(entries)
    )


def render_stated_lines(ctx: PageContext, lines: Sequence[StatedLine]) -> Html:
    """Return what documents state beside the figures: the first lines, the others folded."""
    first, others = (
        join_markup(_render_stated_line(ctx, line) for line in part)
        for part in (lines[:STATED_AT_ONCE], lines[STATED_AT_ONCE:])
    )
    shown = Html('<ul class="hp-places">{}</ul>').format(first)
    if not others:
        return shown
    more = ctx.t("pages.panel.more_stated", count=len(lines) - STATED_AT_ONCE)
    return Html(
        '{}<details class="hp-notes"><summary>{}</summary><ul class="hp-places">{}</ul></details>'
    ).format(shown, more, others)


def render_stated_section(ctx: PageContext, lines: Sequence[StatedLine]) -> Html:
    """Return the same under a heading that counts them; nothing where there are none."""
    if not lines:
        return Html("")
    heading = ctx.t("pages.panel.stated", count=len(lines))
    return Html("<h4>{}</h4>{}").format(heading, render_stated_lines(ctx, lines))


def _render_stated_line(ctx: PageContext, line: StatedLine) -> Html:
    under = " · ".join(text for text in (line.note, line.mood_label, line.period_label) if text)
    return Html('<li>{}: <b>{}</b> <span class="hp-under">{}</span> {}</li>').format(
        line.label, line.value, under, render_source_list(ctx, (line.source,))
    )


def render_former_units(ctx: PageContext, facts: CommuneDetails) -> Html:
    """Return the units of before that make up the commune."""
    return render_former_list(ctx, facts.former_units)


def render_former_list(ctx: PageContext, units: Sequence[FormerUnitShare]) -> Html:
    """Return units of before, each with the part of it that lies in the commune, folded."""
    rows = [
        Html("<li>{}{}</li>").format(
            unit.label,
            ""
            if unit.share is None or unit.share >= 0.995  # noqa: PLR2004 - rounds to the whole
            else " – " + ctx.t("pages.panel.part", percent=round(unit.share * 100)),
        )
        for unit in units
    ]
    districts = ", ".join(dict.fromkeys(unit.district for unit in units if unit.district))
    return Html(
        '<details class="hp-notes"><summary>{}</summary><p>{}</p><ul>{}</ul></details>'
    ).format(
        ctx.t("pages.panel.former", count=len(rows)),
        ctx.t("pages.panel.former_districts", names=districts) if districts else "",
        join_markup(rows),
    )


def render_place_lines(ctx: PageContext, facts: ItemDetails) -> Html:
    """Return how the item's communes are known."""
    rows = [
        Html("<li><b>{}</b>: {}, {}{} {}{}</li>").format(
            place.name,
            place.how_label,
            place.certainty_label[:1].lower() + place.certainty_label[1:],
            Html(" – {}").format(render_remark(place.note, ctx.language)) if place.note else "",
            render_source_list(ctx, place.sources),
            _render_share(ctx, place.share_text) if len(facts.places) > 1 else "",
        )
        for place in facts.places
    ]
    return Html("<h4>{}</h4><ul class='hp-places'>{}</ul>").format(
        ctx.t("pages.panel.places", count=len(rows)), join_markup(rows)
    )


def _render_share(ctx: PageContext, amount: str) -> Html:
    """Return the program's own share, apart from what the source beside it says."""
    if not amount:
        return Html("")
    words = ctx.t("pages.panel.equal_share", amount=amount)
    return Html('<div class="hp-under">{}</div>').format(words)


def render_conflict_lines(ctx: PageContext, conflicts: Sequence[StatementConflict]) -> Html:
    """Return what reports say differently, side by side with both sources."""
    if not conflicts:
        return Html("")
    rows = [
        Html(
            "<tr><td>{}</td><td>{} {}</td><td>{} {}</td></tr>"
            '<tr><td colspan="3" class="hp-under">{}</td></tr>'
        ).format(
            render_words(line.subject),
            render_words(line.value_a),
            render_source_list(ctx, (line.source_a,)),
            render_words(line.value_b),
            render_source_list(ctx, (line.source_b,)),
            render_remark(line.note, ctx.language),
        )
        for line in conflicts
    ]
    return Html('<h4>{}</h4><table class="hp-table">{}</table>').format(
        ctx.t("pages.panel.conflicts", count=len(conflicts)), join_markup(rows)
    )


def render_history_lines(ctx: PageContext, history: Sequence[ValueLine]) -> Html:
    """Return what every period said, folded."""
    if not history:
        return Html("")
    rows = [
        Html("<tr><td>{}</td><td>{}</td><td>{}{}</td></tr>").format(
            line.period_label,
            line.label,
            _render_value(line),
            render_source_list(ctx, line.sources),
        )
        for line in history
    ]
    return Html(
        '<details class="hp-notes"><summary>{}</summary>'
        '<table class="hp-table">{}</table></details>'
    ).format(ctx.t("pages.panel.history", count=len(rows)), join_markup(rows))
