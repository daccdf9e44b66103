"""The briefing on a meeting room's screen: map, headline and watch list, turned by the keyboard.

Step 0 is the whole city; every step after it is one item of the watch list, the map going there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.choropleth.layer import LAYER_KEYS
from layers.choropleth.registry import build_layer
from layers.details.places import find_place, load_label_points
from layers.leaflet.map_message import Viewport
from layers.leaflet.map_view import show_map
from layers.leaflet.project_symbols import build_item_symbols
from layers.summary.key_figures import shorten_name
from layers.summary.summary import summarise_period
from layers.watchlist.watchlist import build_watchlist, find_watch_day
from pages.map.scene import build_map_scene
from pages.shell import view_state
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from store.facts.labels import format_iso_day, get_period_label
from store.facts.selection import resolve_period
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from markupsafe import Markup

    from layers.watchlist.watchlist import WatchlistRow
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

MOST_STEPS: Final = 8
MOST_SENTENCES: Final = 5
FIRST_ROWS: Final = 5
MAP_HEIGHT: Final = 1600
"""As tall as any screen: the frame's own height is that of the window, see ``leader.css``."""
_AT: Final = "present.step"
_STEP: Final = re.compile(r"\d{1,2}", re.ASCII)


def show_screen(ctx: PageContext) -> None:
    """Show the screen at the step that the address names."""
    show_markup(Html('<div class="hp-screen" hidden></div>'))
    state = view_state.get_view_state()
    settled = frozenset(list_contradiction_decisions())
    rows = build_watchlist(ctx.facts, state.filters, settled=settled, language=ctx.language)[
        :MOST_STEPS
    ]
    step = _get_step(len(rows))
    _show_bar(ctx, step, len(rows))
    row = rows[step - 1] if step else None
    left, right = st.columns([1.6, 1], gap="small")
    with left, st.container(key="present-map"):
        _show_map(ctx, row, step)
    with right, st.container(key="present-words"):
        _show_text(ctx, state.filters, rows, step, settled)
    view_state.write_address()


def _get_step(count: int) -> int:
    """Return the step: the session's, which turning changes at once, else the address's."""
    if _AT not in st.session_state:
        address_step = st.query_params.get("at", "")
        st.session_state[_AT] = int(address_step) if _STEP.fullmatch(address_step) else 0
    step = st.session_state[_AT] = min(max(st.session_state[_AT], 0), count)
    st.query_params["at"] = str(step)
    return int(step)


def _show_bar(ctx: PageContext, current_step: int, count: int) -> None:
    """Show period, step and the buttons; every button has its key on the keyboard."""
    filters = view_state.get_view_state().filters
    label = get_period_label(ctx.facts, resolve_period(ctx.facts, filters), ctx.language)
    with st.container(horizontal=True, vertical_alignment="center", key="present-bar"):
        show_markup(
            Html('<h1 class="hp-screen-title">{} <span>{}</span></h1>').format(
                label, ctx.t("leader.present.step", at=current_step, count=count)
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
                disabled=not 0 <= current_step + step <= count,
                on_click=_turn_step,
                args=(step,),
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
                    disabled=not 0 <= current_step + step <= count,
                    on_click=_turn_step,
                    args=(step,),
                )


def _set_layer(key: str) -> None:
    view_state.change_view_state(
        layer=next(layer_key for layer_key in LAYER_KEYS if layer_key == key)
    )


def _turn_step(step: int) -> None:
    # From where the session is, not from what the screen shows: keys may come faster than it.
    st.session_state[_AT] = st.session_state.get(_AT, 0) + step


def _leave_screen() -> None:
    st.session_state.pop(_AT, None)
    for name in ("present", "at"):
        if name in st.query_params:
            del st.query_params[name]


def _show_map(ctx: PageContext, row: WatchlistRow | None, step: int) -> None:
    state = view_state.get_view_state()
    layer = build_layer(state.layer, ctx.facts, state.filters, language=ctx.language)
    place = find_place(ctx.facts, "item", row.item, language=ctx.language) if row else None
    view = Viewport(step, place.communes if place else ())
    symbols = build_item_symbols(ctx.facts, state.filters, load_label_points())
    scene = build_map_scene(ctx, state, layer, place, symbols, view=view, keys=True)
    show_map(scene, key="present.frame", height=MAP_HEIGHT)


def _show_text(
    ctx: PageContext,
    filters: Filters,
    rows: tuple[WatchlistRow, ...],
    step: int,
    settled: frozenset[str],
) -> None:
    summary = summarise_period(ctx.facts, filters, settled=settled, language=ctx.language)
    above = Html("")
    if not step:
        sentences = join_markup(
            Html('<li class="{}">{}</li>').format(
                f"hp-{sentence.direction}" if sentence.direction else "", sentence.text
            )
            for sentence in summary.sentences[:MOST_SENTENCES]
        )
        above = Html('<ul class="hp-headline">{}</ul><p class="hp-under">{}</p>').format(
            sentences, summary.why
        )
    day = find_watch_day(ctx.facts, filters)
    shown = rows if step else rows[:FIRST_ROWS]
    lines = join_markup(
        _render_line(ctx, row, number, step) for number, row in enumerate(shown, start=1)
    )
    # One element, which the keyboard can reach: what does not fit is read by scrolling it.
    show_markup(
        Html(
            '<div class="hp-screen-words" tabindex="0">{}<h2>{}</h2>'
            '<ol class="hp-screen-list">{}</ol><p class="hp-under">{}</p></div>'
        ).format(
            above,
            ctx.t("pages.panel.watch"),
            lines or Html("<li>{}</li>").format(ctx.t("pages.panel.watch_none")),
            ctx.t(
                "leader.watch.day", day=format_iso_day(day.isoformat() if day else "", ctx.language)
            ),
        )
    )


def _render_line(ctx: PageContext, row: WatchlistRow, number: int, step: int) -> Markup:
    if number != step:
        return Html('<li>{} <span class="hp-under">{}</span></li>').format(
            shorten_name(row.name), row.money
        )
    reasons = join_markup(Html("<li>{}</li>").format(reason.sentence) for reason in row.reasons)
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
