"""The annexes: tables of what the text sums up, the maps, and the documents behind all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import number, percent
from layers.briefing.decisions import bodies_once
from layers.briefing.document import Annex, Column, Paragraph, Row, Table
from layers.details.clearance_lines import problem_lines
from layers.print.map_image import map_picture
from layers.summary.key_figures import key_figures
from layers.tables.item_table import item_table
from store.facts.labels import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.briefing.context import View
    from layers.briefing.document import CitedDocument
    from layers.choropleth.layer import LayerKey
    from layers.watchlist.watchlist import WatchRow

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


def watch_annex(view: View, watched: tuple[WatchRow, ...]) -> Annex:
    """Return the whole watch list."""
    rows = tuple(
        Row(
            (
                row.name,
                _billions(view, row.investment_mvnd),
                " ".join(reason.sentence for reason in row.reasons),
                bodies_once(row.body),
                _age(view, row.age_days),
            ),
            row.sources,
        )
        for row in watched
    )
    columns = (
        _column(view, "name", 5.2),
        _column(view, "billions", 1.7, "right"),
        _column(view, "reason", 7.2),
        _column(view, "body", 3.6),
        _column(view, "age", 1.5, "center"),
    )
    return _annex(view, "watch", columns, rows)


def project_annex(view: View) -> Annex:
    """Return the key projects chosen; where none is, everything chosen."""
    items = view.items
    key = items[items["kind"] == "key_project"]
    shown = set((key if len(key) else items)["item"])
    marks = {row.item: row for row in items.itertuples(index=False)}
    table = item_table(view.facts, view.filters, language=view.language)
    rows = tuple(
        Row(_project(view, row, marks[row.item]), view.of_row(marks[row.item], *_PROJECT_SOURCES))
        for row in table.itertuples(index=False)
        if row.item in shown
    )
    columns = (
        _column(view, "name", 5.0),
        _column(view, "communes", 3.2),
        _column(view, "billions", 1.7, "right"),
        _column(view, "planned", 1.6, "center"),
        _column(view, "actual", 1.6, "center"),
        _column(view, "cleared", 1.6, "center"),
        _column(view, "forecast", 1.9),
        _column(view, "status", 1.9),
        _column(view, "milestones", 2.6),
    )
    note = Paragraph(view.t("annex.shares_note"))
    return _annex(view, "projects", columns, rows, note)


def clearance_annex(view: View) -> Annex:
    """Return every clearance problem by commune, the most severe of a commune first."""
    names = dict(zip(view.facts.communes["code"], view.facts.communes["name"], strict=True))
    lines = problem_lines(view.facts, view.problems, language=view.language)
    ordered = sorted(lines, key=lambda one: (not one.code, one.code))
    rows = tuple(
        Row(
            (
                names.get(one.code, "") or view.t("clearance.no_commune"),
                one.item_name or view.t("clearance.no_item"),
                one.statement or one.category_label,
                one.severity_label,
                view.t("clearance.age", since=one.since_label, days=one.age_days)
                if one.age_days
                else one.since_label,
                one.asked_to_act or view.t("clearance.no_body"),
            ),
            one.sources,
        )
        for one in ordered
    )
    columns = (
        _column(view, "commune", 2.8),
        _column(view, "project", 4.6),
        _column(view, "problem", 4.8),
        _column(view, "severity", 2.0),
        _column(view, "since", 2.2),
        _column(view, "body", 3.2),
    )
    return _annex(view, "clearance", columns, rows)


def map_annexes(view: View, layers: Iterable[LayerKey]) -> Iterable[Annex]:
    """Yield a map for every layer."""
    for layer in layers:
        picture = map_picture(view.facts, view.filters, layer, language=view.language)
        paragraphs = tuple(Paragraph(str(note)) for note in picture.content["notes"])
        title = view.t("annex.map", title=picture.content["title"])
        yield Annex(f"map-{layer}", title, paragraphs, picture=picture)


def document_annex(view: View, documents: tuple[CitedDocument, ...]) -> Annex:
    """Return the documents that are referred to, by number, and what the figures mean."""
    known = {row["doc"]: row for row in view.facts.documents.to_dict("records")}
    rows = tuple(
        Row(
            (
                str(known[one.doc]["title"]),
                str(known[one.doc]["issuer"]) or view.unknown,
                iso_day(str(known[one.doc]["issued"]), view.language) or view.unknown,
                iso_day(str(known[one.doc]["as_of"]), view.language) or view.unknown,
                view.t(f"document.{known[one.doc]['status']}"),
            )
        )
        for one in documents
    )
    columns = (
        _column(view, "document", 9.0),
        _column(view, "issuer", 4.5),
        _column(view, "issued", 2.0, "center"),
        _column(view, "as_of", 2.0, "center"),
        _column(view, "state", 1.8, "center"),
    )
    definitions = tuple(
        Paragraph(one.help, lead=f"{one.label}:")
        for one in key_figures(view.facts, view.filters, language=view.language)
    )
    table = Table(columns, rows, view.t("annex.documents_none"), cited=False)
    return Annex("documents", view.t("annex.documents"), definitions, table)


def _annex(
    view: View, key: str, columns: tuple[Column, ...], rows: tuple[Row, ...], *told: Paragraph
) -> Annex:
    if len(rows) > MOST_ROWS:
        told = (*told, Paragraph(view.t("annex.cut", shown=MOST_ROWS, count=len(rows))))
    table = Table(columns, rows[:MOST_ROWS], view.t(f"annex.{key}_none"))
    return Annex(key, view.t(f"annex.{key}"), told, table)


def _project(view: View, row: Any, known: Any) -> tuple[str, ...]:
    return (
        str(row.name),
        _communes(view, str(row.communes)),
        _billions(view, known.investment_mvnd),
        _share(view, known, "planned_construction"),
        _share(view, known, "construction"),
        _share(view, known, "clearance"),
        str(row.forecast) or view.unknown,
        str(row.status) or view.unknown,
        str(row.milestone) or view.unknown,
    )


def _age(view: View, days: int | None) -> str:
    if days is None:
        return view.unknown
    return number(days, 0, view.language) if days else view.t("cell.fresh")


def _communes(view: View, listed: str) -> str:
    """Return the names of communes, the first ones where there are many."""
    names = listed.split(", ") if listed else []
    if len(names) <= MOST_COMMUNES + 1:
        return listed or view.unknown
    told = ", ".join(names[:MOST_COMMUNES])
    return view.t("cell.more_communes", names=told, count=len(names) - MOST_COMMUNES)


def _share(view: View, known: Any, name: str) -> str:
    """Return a percentage, with the part of the item that it is of."""
    value = getattr(known, name)
    if pd.isna(value):
        return view.unknown
    text = percent(float(value), view.language)
    part = getattr(known, f"{name}_component")
    return f"{text} ({part})" if part else text


def _billions(view: View, mvnd: Any) -> str:
    if mvnd is None or pd.isna(mvnd):
        return view.unknown
    billions = float(mvnd) / 1000
    return number(billions, 0 if billions.is_integer() else 1, view.language)


def _column(view: View, key: str, width: float, align: Any = "left") -> Column:
    return Column(view.t(f"column.{key}"), width, align)
