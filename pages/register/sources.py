"""Where a clearance case comes from: the report's words, or the visit with its photos."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo import clock
from pages.shell.html import Html, join, show
from pages.widgets.source_list import source_list
from store.exports.export import FORMATS
from store.exports.tables.register import REGISTER_FORMATS, export_register, register_file
from store.facts.sources import source_at, sources_of

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from pages.shell.context import Context
    from store.facts.sources import Source


def show_register_exports(ctx: Context, cases: tuple[str, ...], told: str) -> None:
    """Offer the chosen cases as files, to who may export; ``told`` says by what they are chosen.

    A file is made, and written down in the audit, when its button is pressed.
    """
    if not (cases and ctx.may("export.make")):
        return
    opened = st.popover(ctx.t("exports.bar.open"), key="register.exports", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(width=340):
        show(Html('<p class="hp-under">{}</p>').format(
            ctx.t("register.export.what", count=len(cases))
        ))  # fmt: skip
        for name in REGISTER_FORMATS:
            called = register_file(name, clock.now())
            st.download_button(
                ctx.t(f"exports.format.{name}"),
                data=partial(_made, ctx, cases, name, told, called),
                file_name=called,
                mime=FORMATS[name].mime,
                key=f"register.export-{name}",
                on_click="ignore",
                width="stretch",
            )


def _made(ctx: Context, cases: tuple[str, ...], name: str, told: str, called: str) -> bytes:
    made = export_register(
        ctx.facts, cases, name, ctx.user, told=told, language=ctx.language, called=called
    )
    return made.content


def sources_markup(ctx: Context, row: pd.Series) -> Markup:
    """Return the sources of a case as markup."""
    parts = []
    if row["clearance"]:
        parts.append(
            Html('<div class="hp-under">{} {}</div>').format(
                ctx.t("register.case.from_report"), source_list(ctx, _stated(ctx, row["clearance"]))
            )
        )
    if row["visit"]:
        parts.append(_visit(ctx, str(row["visit"])))
    if not parts:
        parts.append(Html('<p class="hp-under">{}</p>').format(ctx.t("register.case.from_person")))
    return join(parts)


def _stated(ctx: Context, source: str) -> tuple[Source, ...]:
    """Return the place of a statement, or of the observation of an obstacle."""
    rows = ctx.facts.clearance[ctx.facts.clearance["clearance"] == source]
    if rows.empty:
        return sources_of(ctx.facts, [source])
    one = rows.iloc[0]
    return (
        source_at(
            ctx.facts,
            str(one["doc"]),
            int(one["line_from"]),
            int(one["line_to"]),
            raw=str(one["raw"]),
        ),
    )


def _visit(ctx: Context, visit: str) -> Markup:
    rows = ctx.facts.visits[ctx.facts.visits["visit"] == visit]
    if rows.empty:
        return Html("<p>{}</p>").format(ctx.t("register.case.visit_gone"))
    one = rows.iloc[0]
    photos = ctx.facts.photos[ctx.facts.photos["visit"] == visit]["photo"]
    pictures = join(
        Html(
            '<a href="hpmap/photo/{}" target="_blank"><img src="hpmap/photo/{}/thumb" alt="{}"></a>'
        ).format(photo, photo, ctx.t("register.case.photo", number=number))
        for number, photo in enumerate(photos if ctx.may("photo.see") else (), start=1)
    )
    return Html('<p>{}</p><div class="hp-photos">{}</div>').format(
        ctx.t("register.case.from_visit", who=one["inspector"], at=ctx.moment(str(one["at"]))),
        pictures,
    )
