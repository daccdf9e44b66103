"""Before the first visit: what the page will show, how an inspector begins, where to go first."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.labels.short_names import shorten_name
from layers.print.qr_code import make_qr_png
from layers.watchlist.watchlist import build_watchlist
from pages.project.links import PHONE
from pages.shell.html import Html, join_markup, show_markup
from pages.shell.last_opened import show_choices
from pages.widgets.visit_card import build_project_link
from store.facts.filters import Filters
from store.imports.contradiction_decisions import list_contradiction_decisions
from web.public_address import find_public_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from pages.shell.context import PageContext

MOST: Final = 8
"""Projects that are named as those to visit first."""

_SHOWN: Final = ("beside", "photos", "mind", "apart")
_STEPS: Final = ("open", "visit", "send")


def show_first_visits(ctx: PageContext) -> None:
    """Show what to do while nobody has visited anything."""
    show_markup(Html('<p class="hp-lead">{}</p>').format(ctx.t("field.visits.none")))
    start, projects = st.columns(2, gap="large")
    with start:
        show_markup(_render_list(ctx, "steps", "ol", _STEPS))
        if ctx.may("phone.use"):
            show_markup(_render_phone(ctx))
        if ctx.may("page.odk"):
            link = Html('<p><a class="hp-link" href="bieu-mau" target="_self">{}</a></p>')
            show_markup(link.format(ctx.t("field.first.odk")))
        show_markup(_render_list(ctx, "shown", "ul", _SHOWN))
    with projects:
        held_up = list(_list_projects(ctx))
        show_choices(ctx.t("field.first.projects"), held_up)
        if held_up:
            show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("field.first.why")))


def _render_list(ctx: PageContext, name: str, tag: str, entries: tuple[str, ...]) -> Markup:
    lines = join_markup(
        Html("<li>{}</li>").format(ctx.t(f"field.first.{name}_{entry}")) for entry in entries
    )
    return Html('<h3 class="hp-sub">{title}</h3><{tag}>{lines}</{tag}>').format(
        title=ctx.t(f"field.first.{name}"), tag=tag, lines=lines
    )


def _render_phone(ctx: PageContext) -> Markup:
    """Return the way to the field page: a link, and a code for the phone's camera."""
    base = find_public_base(st.context.url or "")
    link = Html('<p><a class="hp-button" href="{}" target="_blank">{}</a></p>').format(
        PHONE, ctx.t("field.near.open_phone")
    )
    code = make_qr_png(f"{base}/{PHONE}") if base else b""
    if not code:
        return link
    return Html(
        '<div class="hp-way-in"><img class="hp-qr" alt="{}" src="data:image/png;base64,{}">'
        '<div>{}<p class="hp-under hp-address">{}</p></div></div>'
    ).format(ctx.t("field.first.qr"), b64encode(code).decode(), link, f"{base}/{PHONE}")


def _list_projects(ctx: PageContext) -> Iterator[tuple[str, str, str]]:
    """Yield the placed projects that something holds up, the most investment first."""
    settled = frozenset(list_contradiction_decisions())
    rows = build_watchlist(ctx.facts, Filters(), settled=settled, language=ctx.language)
    held_up = [row for row in rows if row.holding and row.communes]
    for row in held_up[:MOST]:
        note = " · ".join(filter(None, [row.money, row.reason]))
        yield build_project_link(ctx, row.item), f"{row.item} – {shorten_name(row.name)}", note
