"""Where a clearance case comes from: the report's words, or the visit with its photos."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo import clock
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.source_list import render_source_list
from store.exports.export import FORMATS
from store.exports.tables.register import (
    REGISTER_FORMATS,
    export_register_apart,
    make_register_file_name,
)
from store.facts.sources import find_sources, source_from_row
from store.imports.item_statements import list_all_statements

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.facts.sources import Source


def show_register_exports(ctx: PageContext, cases: tuple[str, ...], criteria: str) -> None:
    """Offer the chosen cases as files, to who may export; ``criteria``: by what they are chosen.

    A file is made, and written down in the audit, when its button is pressed.
    """
    if not (cases and ctx.may("export.make")):
        return
    opened = st.popover(ctx.t("exports.bar.open"), key="register.exports", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(width=340):
        show_markup(Html('<p class="hp-under">{}</p>').format(
            ctx.t("register.export.what", count=len(cases))
        ))  # fmt: skip
        for name in REGISTER_FORMATS:
            called = make_register_file_name(name, clock.now())
            st.download_button(
                ctx.t(f"exports.format.{name}"),
                data=partial(_make_export, ctx, cases, name, criteria, called),
                file_name=called,
                mime=FORMATS[name].mime,
                key=f"register.export-{name}",
                on_click="ignore",
                width="stretch",
            )


def _make_export(
    ctx: PageContext, cases: tuple[str, ...], name: str, criteria: str, called: str
) -> bytes:
    made = export_register_apart(
        cases,
        name,
        ctx.user,
        filters_text=criteria,
        language=ctx.language,
        called=called,
    )
    return made.content


def render_sources(ctx: PageContext, row: pd.Series) -> Markup:
    """Return the sources of a case as markup."""
    parts = []
    if row["clearance"]:
        parts.append(
            Html('<div class="hp-under">{} {}</div>').format(
                ctx.t("register.case.from_report"),
                render_source_list(ctx, _find_statement_sources(ctx, row["clearance"])),
            )
        )
    if row["visit"]:
        parts.append(_render_visit(ctx, str(row["visit"])))
    if not parts:
        parts.append(Html('<p class="hp-under">{}</p>').format(ctx.t("register.case.from_person")))
    return join_markup(parts)


def _find_statement_sources(ctx: PageContext, source: str) -> tuple[Source, ...]:
    """Return the place of a statement, of a problem or of the observation of an obstacle."""
    for shown in list_all_statements(ctx.facts):
        if shown.key == source:
            return (shown.source,)
    rows = ctx.facts.clearance[ctx.facts.clearance["clearance"] == source]
    if rows.empty:
        return find_sources(ctx.facts, [source])
    return (source_from_row(ctx.facts, rows.to_dict("records")[0]),)


def _render_visit(ctx: PageContext, visit: str) -> Markup:
    rows = ctx.facts.visits[ctx.facts.visits["visit"] == visit]
    if rows.empty:
        return Html("<p>{}</p>").format(ctx.t("register.case.visit_gone"))
    row = rows.iloc[0]
    photos = ctx.facts.photos[ctx.facts.photos["visit"] == visit]["photo"]
    pictures = join_markup(
        Html(
            '<a href="hpmap/photo/{}" target="_blank"><img src="hpmap/photo/{}/thumb" alt="{}"></a>'
        ).format(photo, photo, ctx.t("register.case.photo", number=number))
        for number, photo in enumerate(photos if ctx.may("photo.see") else (), start=1)
    )
    return Html('<p>{}</p><div class="hp-photos">{}</div>').format(
        ctx.t("register.case.from_visit", who=row["inspector"], at=ctx.moment(str(row["at"]))),
        pictures,
    )
