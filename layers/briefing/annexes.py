"""The annexes: tables of what the text sums up, the maps, and the documents behind all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import format_number, format_percent
from layers.briefing.document import Annex, AnnexColumn, AnnexRow, AnnexTable, BriefingParagraph
from layers.details.clearance_lines import list_problem_lines
from layers.print.map_image import build_map_image
from layers.summary.key_figures import list_key_figures
from layers.tables.item_table import build_item_table
from layers.tables.table_columns import COLUMNS
from layers.tables.table_settings import TableSettings
from layers.watchlist.reason import list_shown_reasons
from store.column_values import iterate_rows
from store.facts.labels import format_iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.context import BriefingContext
    from layers.briefing.document import CitedDocument
    from layers.choropleth.layer import LayerKey
    from layers.watchlist.watchlist import WatchlistRow

MOST_ROWS: Final = 400
"""Rows of a table; of more, the first are shown and the others counted."""

MOST_COMMUNES: Final = 4

_PROJECT_SOURCES: Final = (
    "investment_mvnd",
    "construction",
    "planned_construction",
    "clearance",
    "forecast",
    "status",
    "milestone_start",
    "milestone_inauguration",
    "milestone_finish",
)


def build_watchlist_annex(view: BriefingContext, watched: tuple[WatchlistRow, ...]) -> Annex:
    """Return the whole watch list."""
    rows = tuple(
        AnnexRow(
            (
                row.name,
                format_billions(view, row.investment_mvnd),
                " ".join(reason.sentence for reason in list_shown_reasons(row.reasons)),
                row.body,
                _format_age(view, row.age_days),
            ),
            tuple(
                dict.fromkeys(
                    (*row.sources, *(source for one in row.acting for source in one.sources))
                )
            ),
        )
        for row in watched
    )
    columns = (
        build_column(view, "name", 5.2),
        build_column(view, "billions", 1.7, "right"),
        build_column(view, "reason", 7.2),
        build_column(view, "body", 3.6),
        build_column(view, "age", 1.5, "center"),
    )
    return build_annex(view, "watch", columns, rows)


def build_projects_annex(view: BriefingContext) -> Annex:
    """Return the key projects chosen; where none is, everything chosen."""
    items = view.items
    key = items[items["kind"] == "key_project"]
    shown = set((key if len(key) else items)["item"])
    marks = {row.item: row for row in iterate_rows(items)}
    every = TableSettings(columns=tuple(COLUMNS))
    table = build_item_table(view.facts, view.filters, view=every, language=view.language)
    rows = tuple(
        AnnexRow(
            _build_project_cells(view, row, marks[row.item]),
            view.list_row_sources(marks[row.item], *_PROJECT_SOURCES),
        )
        for row in iterate_rows(table)
        if row.item in shown
    )
    columns = (
        build_column(view, "name", 5.0),
        build_column(view, "communes", 3.2),
        build_column(view, "billions", 1.7, "right"),
        build_column(view, "planned", 1.6, "center"),
        build_column(view, "actual", 1.6, "center"),
        build_column(view, "cleared", 1.6, "center"),
        build_column(view, "forecast", 1.9),
        build_column(view, "status", 1.9),
        build_column(view, "milestones", 2.6),
    )
    note = BriefingParagraph(view.t("annex.shares_note"))
    return build_annex(view, "projects", columns, rows, note)


def build_clearance_annex(view: BriefingContext) -> Annex:
    """Return every clearance problem by commune, the most severe of a commune first."""
    names = view.facts.commune_names
    lines = list_problem_lines(view.facts, view.problems, language=view.language)
    ordered = sorted(lines, key=lambda line: (not line.code, line.code))
    rows = tuple(
        AnnexRow(
            (
                names.get(line.code, "") or view.t("clearance.no_commune"),
                line.item_name or view.t("clearance.no_item"),
                line.statement or line.category_label,
                line.severity_label,
                view.t("clearance.age", since=line.since_label, days=line.age_days)
                if line.age_days
                else line.since_label,
                line.asked_to_act or view.t("clearance.no_body"),
            ),
            line.sources,
        )
        for line in ordered
    )
    columns = (
        build_column(view, "commune", 2.8),
        build_column(view, "project", 4.6),
        build_column(view, "problem", 4.8),
        build_column(view, "severity", 2.0),
        build_column(view, "since", 2.2),
        build_column(view, "body", 3.2),
    )
    return build_annex(view, "clearance", columns, rows)


def build_map_annexes(view: BriefingContext, layers: Iterable[LayerKey]) -> Iterable[Annex]:
    """Yield a map for every layer."""
    for layer in layers:
        picture = build_map_image(view.facts, view.filters, layer, language=view.language)
        paragraphs = tuple(BriefingParagraph(str(note)) for note in picture.content["notes"])
        title = view.t("annex.map", title=picture.content["title"])
        yield Annex(f"map-{layer}", title, paragraphs, picture=picture)


def build_documents_annex(view: BriefingContext, documents: tuple[CitedDocument, ...]) -> Annex:
    """Return the documents that are referred to, by number, and what the figures mean."""
    known = view.facts.document_rows
    rows = tuple(
        AnnexRow(
            (
                str(known[document.doc]["title"]),
                str(known[document.doc]["issuer"]) or view.unknown,
                format_iso_day(str(known[document.doc]["issued"]), view.language) or view.unknown,
                format_iso_day(str(known[document.doc]["as_of"]), view.language) or view.unknown,
                view.t(f"document.{known[document.doc]['status']}"),
            )
        )
        for document in documents
    )
    columns = (
        build_column(view, "document", 9.0),
        build_column(view, "issuer", 4.5),
        build_column(view, "issued", 2.0, "center"),
        build_column(view, "as_of", 2.0, "center"),
        build_column(view, "state", 1.8, "center"),
    )
    definitions = tuple(
        BriefingParagraph(figure.help, lead=f"{figure.label}:")
        for figure in list_key_figures(view.facts, view.filters, language=view.language)
    )
    table = AnnexTable(columns, rows, view.t("annex.documents_none"), cited=False)
    return Annex("documents", view.t("annex.documents"), definitions, table)


def build_annex(
    view: BriefingContext,
    key: str,
    columns: tuple[AnnexColumn, ...],
    rows: tuple[AnnexRow, ...],
    *paragraphs: BriefingParagraph,
) -> Annex:
    """Return an annex with a table of at most ``MOST_ROWS``; what is cut off is counted."""
    if len(rows) > MOST_ROWS:
        paragraphs = (
            *paragraphs,
            BriefingParagraph(view.t("annex.cut", shown=MOST_ROWS, count=len(rows))),
        )
    table = AnnexTable(columns, rows[:MOST_ROWS], view.t(f"annex.{key}_none"))
    return Annex(key, view.t(f"annex.{key}"), paragraphs, table)


def _build_project_cells(view: BriefingContext, row: Any, known: Any) -> tuple[str, ...]:
    return (
        str(row.name),
        _format_communes(view, str(row.communes)),
        format_billions(view, known.investment_mvnd),
        _format_share(view, known, "planned_construction"),
        _format_share(view, known, "construction"),
        _format_share(view, known, "clearance"),
        str(row.forecast) or view.unknown,
        str(row.status) or view.unknown,
        str(row.milestone) or view.unknown,
    )


def _format_age(view: BriefingContext, days: int | None) -> str:
    if days is None:
        return view.unknown
    return format_number(days, 0, view.language) if days else view.t("cell.fresh")


def _format_communes(view: BriefingContext, listed: str) -> str:
    """Return the names of communes, the first ones where there are many."""
    names = listed.split(", ") if listed else []
    if len(names) <= MOST_COMMUNES + 1:
        return listed or view.unknown
    shown_names = ", ".join(names[:MOST_COMMUNES])
    return view.t("cell.more_communes", names=shown_names, count=len(names) - MOST_COMMUNES)


def _format_share(view: BriefingContext, known: Any, name: str) -> str:
    """Return a percentage, with the part of the item that it is of."""
    value = getattr(known, name)
    if pd.isna(value):
        return view.unknown
    text = format_percent(float(value), view.language)
    part = getattr(known, f"{name}_component")
    return f"{text} ({part})" if part else text


def format_billions(view: BriefingContext, mvnd: Any) -> str:
    """Return an amount (million VND) in billions, without the unit; the word for unknown."""
    if mvnd is None or pd.isna(mvnd):
        return view.unknown
    billions = float(mvnd) / 1000
    return format_number(billions, 0 if billions.is_integer() else 1, view.language)


def build_column(view: BriefingContext, key: str, width: float, align: Any = "left") -> AnnexColumn:
    """Return a column under its title."""
    return AnnexColumn(view.t(f"column.{key}"), width, align)
