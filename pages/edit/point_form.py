"""Editing where an item lies exactly: a click on the map, or typed coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import streamlit as st

from geo.boundaries.active import get_web_layer
from geo.errors import ProjectMapError
from geo.i18n import format_number
from geo.positions import find_commune_at, measure_metres_outside, read_position, to_vn2000
from layers.labels.field_labels import format_field_value, list_differences
from layers.leaflet.map_message import PointPick
from layers.leaflet.map_view import show_map
from layers.leaflet.point_picker import build_pick_scene
from pages.edit.save import EditDraft, form_key, show_save_form
from pages.shell.html import Html, escape_markdown, show_markup
from store.editing.items import POINT_FIELDS, set_point

if TYPE_CHECKING:
    from layers.leaflet.clicks import MapClick
    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedItem

MAP_HEIGHT: Final = 430
MOST_CHARS: Final = 120


def show_point_form(ctx: PageContext, now: OpenedItem, *, allowed: bool) -> None:
    """Show the item's point on the map, take another, and what saving changes."""
    code = str(now.item["item"])
    slot = f"edit.at-{code}-{form_key()}"
    communes = tuple(str(row["commune"]) for row in now.places)
    stored_point = (now.point["lon"], now.point["lat"]) if now.point else None
    left, right = st.columns([1.8, 1])
    with right:
        _ask_coordinates(ctx, slot)
        if stored_point and st.button(ctx.t("edit.point.forget"), key="edit.forget"):
            st.session_state[slot] = {}
        chosen: dict[str, Any] | None = st.session_state.get(slot)
        point = _choose_point(chosen, stored_point)
        show_markup(_describe_point(ctx, point, communes))
    with left:
        scene = build_pick_scene(
            ctx.facts,
            communes,
            PointPick(stored_point, point),
            serial=crc32(slot.encode()),
            language=ctx.language,
        )
        show_map(
            scene,
            key=f"edit.map-{code}",
            height=MAP_HEIGHT,
            on_click=lambda click: _handle_click(slot, click),
        )
    before = {name: now.point[name] for name in POINT_FIELDS} if now.point else None
    after = None if chosen is None else (chosen or None)
    lines = () if chosen is None else list_differences(ctx.facts, before, after, ctx.language)
    show_save_form(
        ctx,
        EditDraft(
            f"point-{code}",
            lines,
            now.point_token,
            lambda token, _key, why: set_point(code, after, seen=token, actor=ctx.user, why=why),
            again=True,
        ),
        allowed=allowed,
    )


def _choose_point(
    chosen: dict[str, Any] | None, stored_point: tuple[float, float] | None
) -> tuple[float, float] | None:
    if chosen is None:
        return stored_point
    return (chosen["lon"], chosen["lat"]) if chosen else None


def _handle_click(slot: str, click: MapClick) -> None:
    if click.at is not None:
        lon, lat = click.at
        st.session_state[slot] = _build_point(lon, lat, "map")


def _build_point(lon: float, lat: float, how: str) -> dict[str, Any]:
    return {"lon": lon, "lat": lat, "accuracy_m": None, "how": how, "note": ""}


def _ask_coordinates(ctx: PageContext, slot: str) -> None:
    """Take coordinates that are typed, in degrees or in VN-2000."""
    typed = st.text_input(
        ctx.t("edit.point.typed"),
        placeholder="20.8651, 106.6838",
        help=ctx.t("edit.point.help"),
        max_chars=MOST_CHARS,
        key=f"{slot}-typed",
    ).strip()
    if st.button(ctx.t("edit.point.take"), key="edit.take", disabled=not typed):
        try:
            position = read_position(typed)
        except ProjectMapError as fault:
            st.error(escape_markdown(fault))
            return
        st.session_state[slot] = _build_point(position.lon, position.lat, "coordinates")


def _describe_point(
    ctx: PageContext, point: tuple[float, float] | None, communes: tuple[str, ...]
) -> Html:
    """Return where the point is, in both systems, and how far outside the item's communes."""
    if point is None:
        return Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.point.unknown"))
    east, north = to_vn2000(*point)
    inside = find_commune_at(*point)
    away = measure_metres_outside(*point, communes)
    rough = get_web_layer().provider == "approximate"
    if away is None:
        warning = ctx.t("edit.point.no_communes")
    elif away > 0:
        warning = ctx.t("edit.point.outside", metres=format_number(round(away), 0, ctx.language))
        warning = f"{warning} {ctx.t('edit.point.rough')}" if rough else warning
    else:
        warning = ""
    return Html(
        '<dl class="hp-facts"><dt>WGS 84</dt><dd>{}, {}</dd><dt>VN-2000</dt><dd>{} – {}</dd>'
        "<dt>{}</dt><dd>{}</dd></dl>{}"
    ).format(
        format_field_value(ctx.facts, "lat", point[1], language=ctx.language),
        format_field_value(ctx.facts, "lon", point[0], language=ctx.language),
        ctx.t("edit.point.east", metres=format_number(east, 1, ctx.language)),
        ctx.t("edit.point.north", metres=format_number(north, 1, ctx.language)),
        ctx.t("edit.point.lies_in"),
        format_field_value(ctx.facts, "commune", inside, language=ctx.language)
        if inside
        else ctx.t("edit.point.nowhere"),
        Html('<p class="hp-mind">{}</p>').format(warning) if warning else "",
    )
