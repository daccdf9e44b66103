"""The briefing on a meeting room's screen: map, headline and watch list, turned by the keyboard.

First the city, its goal, its land and its money, then the cases one by one, the map going there;
each on the layer that it speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.choropleth.layer import LAYER_KEYS
from layers.details.places import find_place
from layers.labels.short_names import shorten_name
from layers.leaflet.map_message import Viewport
from layers.leaflet.map_view import show_map
from layers.leaflet.project_symbols import pack_item_symbols
from layers.leaflet.scene import build_map_scene, pack_layer_part
from layers.watchlist.reason import list_shown_reasons
from layers.watchlist.watchlist import build_watchlist, find_watch_day
from pages.briefing.slides import MOST_CASES, keep_together, list_slides, render_theme
from pages.shell import view_state
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from store.facts.labels import format_iso_day, get_period_label
from store.facts.selection import resolve_period
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from markupsafe import Markup

    from layers.watchlist.watchlist import WatchlistRow
    from pages.briefing.slides import Slide
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

MAP_HEIGHT: Final = 1600
"""As tall as any screen: the frame's own height is that of the window, see ``leader.css``."""
_AT: Final = "present.step"


def show_screen(ctx: PageContext) -> None:
    """Show the screen at the slide that the address names."""
    show_markup(Html('<div class="hp-screen" hidden></div>'))
    filters = view_state.get_view_state().filters
    settled = frozenset(list_contradiction_decisions())
    rows = build_watchlist(ctx.facts, filters, settled=settled, language=ctx.language)
    slides = list_slides(rows)
    step = _get_step(slides)
    _show_bar(ctx, step, slides)
    left, right = st.columns([1.6, 1], gap="small")
    with left, st.container(key="present-map"):
        _show_map(ctx, slides[step].row, step)
    with right, st.container(key="present-words"):
        _show_text(ctx, filters, slides[step], rows, settled)
    view_state.write_address()


def _get_step(slides: tuple[Slide, ...]) -> int:
    """Return the number of the slide: the session's, which turning changes, else the address's."""
    names = [slide.name for slide in slides]
    if _AT not in st.session_state:
        name = st.query_params.get("at", "")
        st.session_state[_AT] = names.index(name) if name in names else 0
        if "layer" not in st.query_params:
            _take_layer(slides[st.session_state[_AT]])
    step = min(max(st.session_state[_AT], 0), len(slides) - 1)
    st.session_state[_AT] = step
    st.query_params["at"] = names[step]
    return int(step)


def _take_layer(slide: Slide) -> None:
    if slide.layer is not None:
        view_state.change_view_state(layer=slide.layer)


def _show_bar(ctx: PageContext, current_step: int, slides: tuple[Slide, ...]) -> None:
    """Show period, step and the buttons; every button has its key on the keyboard."""
    filters, last = view_state.get_view_state().filters, len(slides) - 1
    label = get_period_label(ctx.facts, resolve_period(ctx.facts, filters), ctx.language)
    with st.container(horizontal=True, vertical_alignment="center", key="present-bar"):
        show_markup(
            Html('<h1 class="hp-screen-title">{} <span>{}</span></h1>').format(
                label, ctx.t("leader.present.step", at=current_step + 1, count=len(slides))
            )
        )
        for number, key in enumerate(LAYER_KEYS, start=1):
            st.button(
                ctx.t(f"pages.layer.{key}"),
                key=f"present.layer-{key}",
                type="primary" if key == view_state.get_view_state().layer else "secondary",
                shortcut=str(number),
                on_click=_set_layer,
                args=(key,),
            )
        for name, keys, step in (("back", "Left", -1), ("next", "Right", 1)):
            st.button(
                ctx.t(f"leader.present.{name}"),
                key=f"present.{name}",
                shortcut=keys,
                disabled=not 0 <= current_step + step <= last,
                on_click=_turn_step,
                args=(step, slides),
            )
        st.button(
            ctx.t("leader.present.leave"),
            key="present.leave",
            shortcut="Esc",
            on_click=_leave_screen,
        )
        with st.container(key="present-clicker"):  # what the remote control of a projector sends
            for name, keys, step in (("up", "PageUp", -1), ("down", "PageDown", 1)):
                st.button(
                    escape_markdown(keys),
                    key=f"present.{name}",
                    shortcut=keys,
                    disabled=not 0 <= current_step + step <= last,
                    on_click=_turn_step,
                    args=(step, slides),
                )


def _set_layer(key: str) -> None:
    view_state.change_view_state(
        layer=next(layer_key for layer_key in LAYER_KEYS if layer_key == key)
    )


def _turn_step(step: int, slides: tuple[Slide, ...]) -> None:
    # From where the session is, not from what the screen shows: keys may come faster than it.
    now = min(max(st.session_state.get(_AT, 0) + step, 0), len(slides) - 1)
    st.session_state[_AT] = now
    _take_layer(slides[now])


def _leave_screen() -> None:
    st.session_state.pop(_AT, None)
    for name in ("present", "at"):
        if name in st.query_params:
            del st.query_params[name]


def _show_map(ctx: PageContext, row: WatchlistRow | None, step: int) -> None:
    state = view_state.get_view_state()
    layer = pack_layer_part(ctx.facts, state.layer, state.filters, ctx.language)
    place = find_place(ctx.facts, "item", row.item, language=ctx.language) if row else None
    view = Viewport(step, place.communes if place else ())
    symbols = pack_item_symbols(ctx.facts, state.filters, ctx.language)
    scene = build_map_scene(
        ctx.facts, state, layer, place, symbols, language=ctx.language, view=view, keys=True
    )
    show_map(scene, key="present.frame", height=MAP_HEIGHT)


def _show_text(
    ctx: PageContext,
    filters: Filters,
    slide: Slide,
    rows: tuple[WatchlistRow, ...],
    settled: frozenset[str],
) -> None:
    above = render_theme(ctx, filters, slide.name, rows, settled)
    cases = Html("")
    if slide.row is not None or slide.layer is None:
        lines = join_markup(
            _render_line(ctx, row, chosen=row is slide.row) for row in rows[:MOST_CASES]
        )
        cases = Html('<h2>{}</h2><ol class="hp-screen-list">{}</ol>').format(
            ctx.t("pages.panel.watch"),
            lines or Html("<li>{}</li>").format(ctx.t("pages.panel.watch_none")),
        )
    day = find_watch_day(ctx.facts, filters)
    # One element, which the keyboard can reach: what does not fit is read by scrolling it.
    show_markup(
        Html(
            '<div class="hp-screen-words" tabindex="0">{}{}<p class="hp-under">{}</p></div>'
        ).format(
            above,
            cases,
            ctx.t(
                "leader.watch.day", day=format_iso_day(day.isoformat() if day else "", ctx.language)
            ),
        )
    )


def _render_line(ctx: PageContext, row: WatchlistRow, *, chosen: bool) -> Markup:
    if not chosen:
        return Html('<li>{} <span class="hp-under">{}</span></li>').format(
            shorten_name(row.name), keep_together(row.money)
        )
    reasons = join_markup(
        Html("<li>{}</li>").format(reason.sentence) for reason in list_shown_reasons(row.reasons)
    )
    return Html(
        '<li class="hp-screen-now" aria-current="true"><b>{}</b><div>{}</div><ul>{}</ul>'
        "<div><b>{}</b> {}</div><div><b>{}</b> {}</div></li>"
    ).format(
        row.name,
        row.money,
        reasons,
        ctx.t("leader.watch.body"),
        row.body,
        ctx.t("leader.watch.age"),
        row.age,
    )
