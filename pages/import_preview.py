"""What importing a report would do, before anything is written: table, questions, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.i18n import money
from layers.words import when_text, word
from pages.safe import Html, join, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from pages.frame import Context
    from reports.extraction import Extraction, ProjectRow, QueueEntry, Value
    from store.plan import ImportPlan

_COLUMNS: Final = (
    "no", "name", "investment", "communes", "planned", "actual", "forecast", "asked", "milestones",
)  # fmt: skip
_FIELDS: Final = {
    "investment": ("investment_mvnd",),
    "planned": ("planned_clearance_pct", "planned_construction_pct"),
    "actual": ("actual_clearance_pct", "actual_construction_pct", "physical_done"),
    "forecast": ("forecast",),
    "asked": ("asked_to_act",),
    "milestones": ("milestone_start", "milestone_inauguration", "milestone_finish"),
}


def show_preview(ctx: Context, plan: ImportPlan) -> None:
    """Show the plan: the document, the balance, then one view at a time."""
    read = plan.extraction
    _document(ctx, plan)
    for problem in plan.problems:
        text = problem.text(ctx.language)
        (st.error if problem.blocking else st.warning)(text)
    for message in read.document.messages:
        st.warning(message)
    views = {
        "projects": len(read.projects),
        "queue": len(plan.reviews),
        "differences": len(plan.differing),
        "changes": 0 if plan.diff is None else len(plan.diff),
        "indicators": len(read.indicators),
        "clearance": len(read.clearance),
        "parks": len(read.parks),
    }
    chosen = st.segmented_control(
        ctx.t("imports.view.label"),
        list(views),
        default="projects" if read.projects else "indicators",
        format_func=lambda key: f"{ctx.t(f'imports.view.{key}')} ({views[key]})",
        key="import.view",
        required=True,
    )
    draw = {
        "projects": _projects,
        "queue": _queue,
        "differences": _differences,
        "changes": _changes,
        "indicators": _indicators,
        "clearance": _clearance,
        "parks": _parks,
    }
    draw[chosen](ctx, plan)


def _document(ctx: Context, plan: ImportPlan) -> None:
    read, balance = plan.extraction, plan.extraction.balance
    verdict = ctx.t("imports.balance.exact" if balance.exact else "imports.balance.broken")
    lines = (
        ctx.t("imports.document.title", title=read.document.title or read.document.name),
        ctx.t(
            "imports.document.facts",
            issuer=read.document.issuer or ctx.t("imports.document.unknown"),
            period=plan.period or ctx.t("imports.document.unknown"),
            sha256=plan.sha256[:16],
        ),
        ctx.t(
            "imports.balance.line",
            lines=balance.table_lines,
            rows=balance.in_rows,
            headers=balance.in_headers,
            queue=balance.in_queue,
            verdict=verdict,
        ),
        ctx.t("imports.balance.not_understood", count=read.not_understood),
    )
    body = join(Html("<div>{}</div>").format(line) for line in lines)
    show(Html('<div class="hp-figure">{}</div>').format(body))


def _projects(ctx: Context, plan: ImportPlan) -> None:
    """Show the report's own table as read, problems marked in their rows."""
    read = plan.extraction
    head = [ctx.t(f"imports.column.{name}") for name in _COLUMNS]
    rows = []
    for project in read.projects:
        asked = [one for one in read.queue if _within(one, project)]
        rows.append(_project(ctx, project, asked, dict(_names(ctx))))
    show(_table(head, rows))


def _names(ctx: Context) -> Iterable[tuple[str, str]]:
    return zip(ctx.facts.communes["code"], ctx.facts.communes["name"], strict=True)


def _within(entry: QueueEntry, project: ProjectRow) -> bool:
    return project.place.line_from <= entry.place.line_from <= project.place.line_to


def _project(
    ctx: Context, project: ProjectRow, asked: Sequence[QueueEntry], names: dict[str, str]
) -> tuple[object, ...]:
    cells: list[object] = [
        project.no,
        Html("{}<div class='hp-under'>{}</div>").format(project.name, project.group_title),
    ]
    for column in _COLUMNS[2:]:
        if column == "communes":
            placed = ", ".join(names.get(one.code, one.code) for one in project.communes)
            marks = join(
                Html('<div class="hp-mark hp-mark-differs">{}: {}</div>').format(
                    ctx.t(f"imports.reason.{one.reason}"), one.raw
                )
                for one in asked
            )
            cells.append(Html("{}{}").format(placed, marks))
            continue
        values = [one for one in project.values if one.field in _FIELDS[column]]
        cells.append(
            join(
                Html('<div title="{}"{}>{}</div>').format(
                    one.raw,
                    Html(' class="hp-mark-differs"') if one.confidence < 0.9 else "",  # noqa: PLR2004
                    _value(ctx, one),
                )
                for one in values
            )
        )
    return tuple(cells)


def _value(ctx: Context, one: Value) -> str:
    """Return a value as the report's table shows it."""
    field, value, total, unit = one.field, one.value, one.total, one.unit
    component = one.component
    part = f"{component}: " if component else ""
    if field == "investment_mvnd":
        return part + money(float(value), ctx.language)
    if field == "forecast":
        return word("forecast", value, ctx.language)
    if field.startswith("milestone"):
        return f"{word('field', field, ctx.language)}: {when_text(value, ctx.language)}"
    if field == "asked_to_act":
        return value
    if field == "physical_done":
        return f"{part}{value}/{total} {unit}" if total else f"{part}{value} {unit}"
    short = "GPMB" if "clearance" in field else ctx.t("imports.column.construction")
    return f"{part}{short} {value.replace('.', ',')} %"


def _queue(ctx: Context, plan: ImportPlan) -> None:
    rows = [
        (
            ctx.t(f"imports.reason.{one.reason}"),
            one.raw,
            ctx.t("pages.source.line", line=one.place.get("line_from", 0)),
            one.detail,
            "; ".join(f"{choice} ({score:.2f})" for choice, score in one.candidates[:4]),
        )
        for one in plan.reviews
    ]
    head = [ctx.t(f"imports.queue.{name}") for name in ("reason", "raw", "place", "detail", "may")]
    show(_table(head, rows))


def _differences(ctx: Context, plan: ImportPlan) -> None:
    found = plan.differences(ctx.language)
    shown = found.assign(what=[word("field", one, ctx.language) for one in found["what"]])
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


def _changes(ctx: Context, plan: ImportPlan) -> None:
    if plan.diff is None or plan.diff.empty:
        show(Html("<p>{}</p>").format(ctx.t("imports.view.nothing")))
        return
    frame = plan.diff.assign(
        change=[ctx.t(f"imports.change.{one}") for one in plan.diff["change"]],
        field=[word("field", one, ctx.language) if one else "" for one in plan.diff["field"]],
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=380,
        column_config={name: ctx.t(f"imports.changes.{name}") for name in frame.columns},
    )


def _indicators(ctx: Context, plan: ImportPlan) -> None:
    read: Extraction = plan.extraction
    rows = [
        (
            word("subject", one.subject, ctx.language),
            word("measure", one.measure, ctx.language),
            f"{one.value:g}" + (f"/{one.total:g}" if one.total is not None else ""),
            one.raw,
            ctx.t("pages.source.line", line=one.place.line_from),
        )
        for one in read.indicators
    ]
    show(
        _table(
            [ctx.t(f"imports.indicator.{n}") for n in ("of", "what", "value", "raw", "at")], rows
        )
    )


def _clearance(ctx: Context, plan: ImportPlan) -> None:
    names = dict(_names(ctx))
    rows = [
        (
            names.get(one.commune, one.commune),
            one.project_no or "",
            word("obstacle", one.category, ctx.language),
            one.statement,
            one.asked_to_act,
            ctx.t("pages.source.line", line=one.place.line_from),
        )
        for one in plan.extraction.clearance
    ]
    head = [ctx.t(f"imports.clearance.{n}") for n in ("commune", "no", "kind", "says", "who", "at")]
    show(_table(head, rows))


def _parks(ctx: Context, plan: ImportPlan) -> None:
    names = dict(_names(ctx))
    rows = [
        (
            word("kind", one.kind, ctx.language),
            one.name,
            ", ".join(names.get(place.code, place.code) for place in one.communes),
            "; ".join(
                f"{word('field', value.field, ctx.language)}: {value.value}" for value in one.values
            ),
            ctx.t("pages.source.line", line=one.place.line_from),
        )
        for one in plan.extraction.parks
    ]
    head = [ctx.t(f"imports.park.{n}") for n in ("kind", "name", "communes", "says", "at")]
    show(_table(head, rows))


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    line = Html("<tr>{}</tr>")
    top = line.format(join(Html("<th>{}</th>").format(text) for text in head))
    body = join(line.format(join(Html("<td>{}</td>").format(cell) for cell in row)) for row in rows)
    return Html('<div class="hp-scroll hp-tall"><table class="hp-table">{}{}</table></div>').format(
        top, body
    )
