"""A report's own project table as it was read, problems marked in their rows and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import format_money
from pages.shell.html import Html, join_markup, show_markup
from pages.statements.slivers import describe_slivers
from pages.widgets.file_links import name_place
from pages.widgets.tables import render_table
from store.facts.labels import format_when, translate_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages.shell.context import PageContext
    from reports.model.document import SourcePlace
    from reports.model.extraction import ExtractedValue, ProjectRow, QueueEntry
    from store.imports.plan.plan import ImportPlan

MOST_ROWS: Final = 500
"""Projects shown here; all of them stand in the view of the file."""

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


def show_project_table(ctx: PageContext, plan: ImportPlan) -> None:
    """Show the report's own table as read, problems marked in their rows."""
    read = plan.extraction
    head = [ctx.t(f"imports.column.{name}") for name in _COLUMNS]
    by_line: dict[int, list[QueueEntry]] = {}
    for entry in read.queue:
        by_line.setdefault(entry.place.line_from, []).append(entry)
    rows = []
    for project in read.projects[:MOST_ROWS]:
        questions = _list_questions(project.place, by_line)
        rows.append(_render_project(ctx, project, questions, ctx.facts.commune_names))
    show_markup(render_table(head, rows))
    left = len(read.projects) - len(rows)
    if left:
        show_markup(
            Html('<p class="hp-under">{}</p>').format(ctx.t("imports.file.more", count=left))
        )


def _list_questions(
    row: SourcePlace, by_line: Mapping[int, Sequence[QueueEntry]]
) -> list[QueueEntry]:
    """Return the questions about a row; one of a turned table is a column and shares its lines."""
    lines = range(row.line_from, row.line_to + 1)
    return [
        entry
        for line in lines
        for entry in by_line.get(line, ())
        if row.column in {0, entry.place.column}
    ]


def _render_project(
    ctx: PageContext, project: ProjectRow, questions: Sequence[QueueEntry], names: Mapping[str, str]
) -> tuple[object, ...]:
    cells: list[object] = [
        Html('<a href="#{}" title="{}">{}</a>').format(
            name_place(project.place), ctx.t("imports.file.go"), project.no or "–"
        ),
        Html("{}<div class='hp-under'>{}</div>").format(project.name, project.group_title),
    ]
    for column in _COLUMNS[2:]:
        if column == "communes":
            placed = ", ".join(
                names.get(commune.code, commune.code) for commune in project.communes
            )
            marks = join_markup(
                Html('<div class="hp-mark hp-mark-differs"><a href="#{}">{}</a>: {}</div>').format(
                    name_place(question.place),
                    ctx.t(f"imports.reason.{question.reason}"),
                    question.raw,
                )
                for question in questions
            )
            slivers = describe_slivers(ctx, (code for c in project.communes for code in c.left_out))
            under = Html('<div class="hp-under">{}</div>').format(slivers) if slivers else ""
            cells.append(Html("{}{}{}").format(placed, under, marks))
            continue
        values = [value for value in project.values if value.field in _FIELDS[column]]
        cells.append(
            join_markup(
                Html('<div title="{}"{}>{}</div>').format(
                    value.raw,
                    Html(' class="hp-mark-differs"') if value.confidence < 0.9 else "",  # noqa: PLR2004
                    format_value(ctx, value),
                )
                for value in values
            )
        )
    return tuple(cells)


def format_value(ctx: PageContext, extracted: ExtractedValue) -> str:
    """Return a value as the report's table shows it."""
    field, value, total, unit = extracted.field, extracted.value, extracted.total, extracted.unit
    component = extracted.component
    part = f"{component}: " if component else ""
    if field == "investment_mvnd":
        return part + format_money(float(value), ctx.language)
    if field == "forecast":
        return translate_word("forecast", value, ctx.language)
    if field.startswith("milestone"):
        return f"{translate_word('field', field, ctx.language)}: {format_when(value, ctx.language)}"
    if field == "asked_to_act":
        return value
    if field == "physical_done":
        shown = translate_word("measure_unit", unit, ctx.language)
        return f"{part}{value}/{total} {shown}" if total else f"{part}{value} {shown}"
    short = "GPMB" if "clearance" in field else ctx.t("imports.column.construction")
    return f"{part}{short} {value.replace('.', ',')} %"
