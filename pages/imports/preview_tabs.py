"""The other views of a planned import: questions, differences, changes, counts, problems, parks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.details.contradiction_lines import list_contradiction_lines
from layers.labels.field_labels import format_figure_value
from layers.labels.plan_labels import describe_changes, describe_differences
from pages.shell.html import Html, escape_markdown, show_markup
from pages.statements.slivers import describe_slivers
from pages.widgets.file_links import name_place
from pages.widgets.source_list import render_source_list
from pages.widgets.tables import render_table
from store.facts.labels import format_quantity, translate_word
from store.imports.plan.plan import add_plan_to_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup
    from pandas import DataFrame

    from layers.details.contradiction_lines import ContradictionLine
    from pages.shell.context import PageContext
    from reports.model.document import SourcePlace
    from reports.model.extraction import Extraction
    from store.imports.plan.plan import ImportPlan

_CONTRADICTIONS: Final = "import.contradictions"


def show_differences(ctx: PageContext, plan: ImportPlan) -> None:
    """Show where the reading differs from what is stored."""
    shown = describe_differences(plan.differences(ctx.language), ctx.facts, ctx.language)
    columns = ("item", "what", "part_stored", "stored", "part_read", "read", "reason")
    st.dataframe(
        shown[[*columns, "line_stored", "line_read"]],
        hide_index=True,
        height=380,
        placeholder="–",
        column_config={
            name: ctx.t(f"imports.difference.{name}")
            for name in (*columns, "line_stored", "line_read")
        },
    )


def show_changes(ctx: PageContext, plan: ImportPlan) -> None:
    """Show what changes against the period before."""
    if plan.diff is None or plan.diff.empty:
        show_markup(Html("<p>{}</p>").format(ctx.t("imports.view.nothing")))
        return
    unusual = plan.diff["change"] != "new"
    if unusual.any():
        st.dataframe(**_describe_changes(ctx, plan.diff[unusual]), height="content")
    else:
        show_markup(Html("<p>{}</p>").format(ctx.t("imports.view.nothing_unusual")))
    routine = plan.diff[~unusual]
    if len(routine):
        title = ctx.t("imports.view.routine", count=len(routine))
        with st.expander(escape_markdown(title), expanded=False):
            st.dataframe(**_describe_changes(ctx, routine), height=380)


_ORDER: Final = ("not_named", "new_item", "respelt", "changed", "new")
"""Kinds of change, what is least usual first."""


def _describe_changes(ctx: PageContext, changes: DataFrame) -> dict[str, Any]:
    """Return what a table of changes is shown with, its values in words."""
    ordered = changes.sort_values(
        "change", key=lambda kinds: kinds.map(_ORDER.index), kind="stable"
    )
    rows = describe_changes(ordered, ctx.facts, ctx.language)
    labels = {name: ctx.t(f"imports.changes.{name}") for name in rows.columns}
    return {"data": rows, "hide_index": True, "column_config": labels}


def list_new_contradictions(ctx: PageContext, plan: ImportPlan) -> list[ContradictionLine]:
    """Return the contradictions that there would be and are not yet, worked out once a plan."""
    if not plan.changes:
        return []
    kept = st.session_state.get(_CONTRADICTIONS)
    if kept is None or kept[0] is not plan or kept[1] != ctx.language:
        known = {line.id for line in list_contradiction_lines(ctx.facts, language=ctx.language)}
        after = list_contradiction_lines(add_plan_to_facts(plan, ctx.facts), language=ctx.language)
        kept = (plan, ctx.language, [line for line in after if line.id not in known])
        st.session_state[_CONTRADICTIONS] = kept
    new: list[ContradictionLine] = kept[2]
    return new


def show_contradictions(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the contradictions that the report would bring."""
    rows = [
        (
            Html("<b>{}</b><div class='hp-under'>{}</div>").format(
                line.title, "; ".join(line.names)
            ),
            Html("{} {}").format(line.a, render_source_list(ctx, line.a_sources)),
            Html("{} {}").format(line.b, render_source_list(ctx, line.b_sources)),
            " ".join(line.why),
        )
        for line in list_new_contradictions(ctx, plan)
    ]
    head = [ctx.t(f"imports.contradiction.{n}") for n in ("about", "a", "b", "why")]
    show_markup(render_table(head, rows))


def show_matches(ctx: PageContext, plan: ImportPlan) -> None:
    """Show which item every name was taken for, how, and how alike they are."""
    names = ctx.facts.item_names
    rows = [
        (
            name,
            match.item or ctx.t("imports.match.new"),
            names.get(match.item, ""),
            ctx.t(f"imports.how.{match.how}"),
            f"{round(100 * match.score)} %",
        )
        for name, match in plan.matches
    ]
    head = [ctx.t(f"imports.match.{n}") for n in ("name", "item", "known", "how", "score")]
    show_markup(render_table(head, rows))


def show_indicators(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the counts that the report states."""
    read: Extraction = plan.extraction
    rows = [
        (
            translate_word("subject", indicator.subject, ctx.language),
            translate_word("measure", indicator.measure, ctx.language),
            "/".join(
                format_quantity(float(number), ctx.language)
                for number in (indicator.value, indicator.total)
                if number is not None
            ),
            indicator.raw,
            _link_place(ctx, indicator.place),
        )
        for indicator in read.indicators
    ]
    show_markup(
        render_table(
            [ctx.t(f"imports.indicator.{n}") for n in ("of", "what", "value", "raw", "at")], rows
        )
    )


def show_clearance(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the clearance problems that the report states."""
    names = dict(_list_commune_names(ctx))
    rows = [
        (
            names.get(problem.commune, problem.commune),
            problem.project_no or "",
            translate_word("obstacle", problem.category, ctx.language),
            problem.statement,
            problem.asked_to_act,
            _link_place(ctx, problem.place),
        )
        for problem in plan.extraction.clearance
    ]
    head = [ctx.t(f"imports.clearance.{n}") for n in ("commune", "no", "kind", "says", "who", "at")]
    show_markup(render_table(head, rows))


def show_parks(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the parks, clusters and zones that the report names."""
    names = dict(_list_commune_names(ctx))
    rows = [
        (
            translate_word("kind", park.kind, ctx.language),
            park.name,
            Html('{}<div class="hp-under">{}</div>').format(
                ", ".join(names.get(place.code, place.code) for place in park.communes),
                describe_slivers(ctx, (code for one in park.communes for code in one.left_out)),
            ),
            "; ".join(
                f"{translate_word('field', value.field, ctx.language)}: "
                f"{format_figure_value(value.field, value.value, ctx.language)}"
                for value in park.values  # noqa: PD011 - no frame
            ),
            _link_place(ctx, park.place),
        )
        for park in plan.extraction.parks
    ]
    head = [ctx.t(f"imports.park.{n}") for n in ("kind", "name", "communes", "says", "at")]
    show_markup(render_table(head, rows))


def _link_place(ctx: PageContext, place: SourcePlace) -> Markup:
    """Return where something stands, as a link into the file."""
    text = ctx.t("pages.source.line", line=place.line_from)
    return Html('<a href="#{}">{}</a>').format(name_place(place), text)


def _list_commune_names(ctx: PageContext) -> Iterable[tuple[str, str]]:
    return zip(ctx.facts.communes["code"], ctx.facts.communes["name"], strict=True)
