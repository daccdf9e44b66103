"""Pieces of markup about visits: claimed beside observed, photos, what to mind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from layers.tables.claimed_vs_observed import to_vietnam_day
from pages.shell.html import Html, join_markup
from pages.widgets.links import build_link_query
from store.facts.labels import format_iso_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.tables.visit_list import GapLine, VisitEntry
    from pages.shell.context import PageContext
    from store.visits.read import VisitPhoto

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DECIMALS: Final = 5


def render_latest_gaps(ctx: PageContext, lines: Sequence[GapLine]) -> Markup:
    """Return the latest claim and observation of every measure side by side, the gap marked."""
    cards = [
        Html(
            '<div class="hp-gap hp-gap-{level}"><div class="hp-gap-name">{label}</div>'
            '<div class="hp-sides"><div><span class="hp-under">{said}</span><b>{claimed}</b>'
            '<span class="hp-under">{source}</span></div>'
            '<div><span class="hp-under">{seen}</span><b>{observed}</b>'
            '<span class="hp-under">{when}</span></div></div>'
            '<div class="hp-gap-size">{mark} {gap}</div></div>'
        ).format(
            level=line.level,
            label=line.label,
            said=ctx.t("field.project.claimed"),
            claimed=line.claimed,
            source=line.claimed_from,
            seen=ctx.t("field.project.observed"),
            observed=line.observed,
            when=ctx.t(
                "field.project.seen_on", day=_format_day(ctx, line.at), days=line.age_days or 0
            ),
            mark=render_level_mark(ctx, line.level),
            gap=line.gap,
        )
        for line in lines
    ]
    return Html('<div class="hp-gaps">{}</div>').format(join_markup(cards))


def render_level_mark(ctx: PageContext, level: str) -> Markup:
    """Return the word of a gap's level."""
    return Html('<span class="hp-mark hp-level-{}">{}</span>').format(
        level, ctx.t(f"field.level.{level}")
    )


def render_visit_card(ctx: PageContext, row: VisitEntry, *, named: bool = False) -> Markup:
    """Return one visit: when, by whom, what was claimed and seen, photos, what to mind.

    ``named``: also of which project.
    """
    visit = row.visit
    title = Html("")
    if named:
        title = Html(
            '<a class="hp-link" href="{}" target="_self"><b>{}</b></a> '
            '<a class="hp-link hp-under" href="{}" target="_self">{}</a>'
        ).format(
            build_project_link(ctx, visit.item),
            row.name,
            build_project_map_link(ctx, visit.item),
            ctx.t("field.link.map"),
        )
    texts = [
        Html("<p><b>{}</b> {}</p>").format(ctx.t(f"field.visit.{name}"), text)
        for name, text in (("works", visit.works), ("problem", visit.problem), ("note", visit.note))
        if text
    ]
    return Html(
        '<article class="hp-visit">{title}<div class="hp-under">{when} · {who} · {source}</div>'
        "{gaps}{texts}{photos}{place}{flags}</article>"
    ).format(
        title=title,
        when=ctx.moment(visit.at),
        who=visit.inspector,
        source=row.source,
        gaps=_render_gap_table(ctx, row.gaps),
        texts=join_markup(texts),
        photos=render_photo_strip(ctx, visit.photos),
        place=_render_place(ctx, row),
        flags=_render_flags(row.flags),
    )


def render_photo_strip(ctx: PageContext, photos: Sequence[VisitPhoto]) -> Markup:
    """Return thumbnails that open the photo; '' for who may see none."""
    if not photos:
        return Html("")
    if not ctx.may("photo.see"):
        count = ctx.t("field.visit.photos_hidden", count=len(photos))
        return Html('<p class="hp-under">{}</p>').format(count)
    shown = [
        Html(
            '<figure><a href="hpmap/photo/{id}" target="_blank"><img loading="lazy" '
            'src="hpmap/photo/{id}/thumb" alt="{alt}"></a><figcaption>{caption}</figcaption>'
            "</figure>"
        ).format(
            id=photo.photo,
            alt=photo.note or ctx.t("field.visit.photo"),
            caption=join_markup(
                (
                    Html("{}").format(text)
                    for text in (photo.note, _format_taken(ctx, photo))
                    if text
                ),
                "<br>",
            ),
        )
        for photo in photos
        if _HASH.fullmatch(photo.photo)
    ]
    return Html('<div class="hp-photos">{}</div>').format(join_markup(shown))


def build_project_link(ctx: PageContext, item: str) -> str:
    """Return the address of a project's page, relative to any page."""
    return f"du-an?{build_link_query(ctx, item=item)}"


def build_project_map_link(ctx: PageContext, item: str) -> str:
    """Return the address of a project on the map, relative to any page."""
    return f"./?{build_link_query(ctx, open=f'item~{item}')}"


def _render_gap_table(ctx: PageContext, gaps: Sequence[GapLine]) -> Markup:
    if not gaps:
        return Html('<p class="hp-under">{}</p>').format(ctx.t("field.visit.not_measured"))
    head = Html("<tr><td></td><th>{}</th><th>{}</th><th>{}</th></tr>").format(
        ctx.t("field.project.claimed"), ctx.t("field.project.observed"), ctx.t("field.project.gap")
    )
    rows = [
        Html("<tr><th scope='row'>{}</th><td>{}<div class='hp-under'>{}</div></td><td>{}</td>"
             "<td>{} {}</td></tr>").format(
            line.label, line.claimed, line.claimed_from, line.observed,
            render_level_mark(ctx, line.level), line.gap,
        )
        for line in gaps
    ]  # fmt: skip
    return Html('<table class="hp-table hp-gap-table">{}{}</table>').format(head, join_markup(rows))


def _render_place(ctx: PageContext, row: VisitEntry) -> Markup:
    lon, lat = row.visit.lon, row.visit.lat
    if lon is None or lat is None:
        return Html("")
    coordinates = f"{lat:.{_DECIMALS}f}, {lon:.{_DECIMALS}f}"
    text = ctx.t("field.visit.at", coordinates=coordinates)
    accuracy = f" ({row.accuracy})" if row.accuracy else ""
    return Html('<div class="hp-under">{}{}</div>').format(text, accuracy)


def _render_flags(flags: Sequence[str]) -> Markup:
    if not flags:
        return Html("")
    return Html('<ul class="hp-flags">{}</ul>').format(
        join_markup(Html("<li>{}</li>").format(text) for text in flags)
    )


def _format_taken(ctx: PageContext, photo: VisitPhoto) -> str:
    return (
        ctx.t("field.visit.taken", moment=photo.taken.replace("T", " ")[:16]) if photo.taken else ""
    )


def _format_day(ctx: PageContext, moment: str) -> str:
    day = to_vietnam_day(moment)
    return format_iso_day(day, ctx.language)
