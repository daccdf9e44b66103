"""Choose a commune or a former district: by any of its names, without accents too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.search.suggest import find_suggestions
from layers.choropleth.registry import build_layer
from layers.details.place_search import search_places
from layers.details.places import find_place, list_last_districts
from layers.history.place_totals import find_commune_or_district
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.shell.last_opened import list_opened, show_choices
from pages.widgets.links import build_link_query
from store.facts.filters import Filters
from store.facts.item_snapshot import list_item_communes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pages.shell.context import PageContext

MOST_HITS: Final = 8
MOST_CHARS: Final = 80
_KEPT: Final = "place.kept"


def choose_place(ctx: PageContext) -> str:
    """Return the key of the place that the address or the reader chose; '' for none."""
    typed = st.text_input(
        ctx.t("bench.search.label"),
        placeholder=ctx.t("bench.search.hint"),
        max_chars=MOST_CHARS,
        key="place.search",
        live=True,
    )
    hits = dict(_find_hits(ctx, typed)) if typed else {}
    if typed and not hits:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.search.none")))
    if hits:
        with st.container(horizontal=True, key="place.hits", gap="small"):
            for key, label in hits.items():
                st.button(
                    escape_markdown(label),
                    key=f"place.hit-{key}",
                    on_click=_open_place,
                    args=(key,),
                )
    requested = st.query_params.get("place", "")
    key = requested or str(st.session_state.get(_KEPT, ""))
    if key:
        st.session_state[_KEPT] = key
        if not requested:
            st.query_params["place"] = key
    return key


def _open_place(key: str) -> None:
    st.session_state[_KEPT] = key
    st.session_state["place.search"] = ""
    st.query_params["place"] = key


def _find_hits(ctx: PageContext, typed: str) -> Iterator[tuple[str, str]]:
    """Yield the places that the words typed may mean; a former commune leads to today's."""
    names = ctx.facts.commune_names
    given: set[str] = set()
    for hit in find_suggestions(typed, limit=MOST_HITS, language=ctx.language):
        if hit.kind in {"commune", "district"}:
            candidates = [(hit.key, hit.label)]
        elif len(hit.communes) == 1:
            candidates = [(hit.communes[0], hit.label)]
        else:
            candidates = [(code, f"{names[code]} ({hit.label})") for code in hit.communes]
        for key, label in candidates:
            if (
                key not in given
                and len(given) < MOST_HITS
                and find_commune_or_district(ctx.facts, key, language=ctx.language)
            ):
                given.add(key)
                yield key, label


def show_commune_hits(
    ctx: PageContext, typed: str, open_commune: Callable[[str], None], *, key: str
) -> None:
    """Show the communes of what the map's search finds: a place of any name, a park, a project.

    Pressing one opens it and clears the words, which stand under ``key``.
    """
    if not typed.strip():
        return
    answer = search_places(ctx.facts, typed, ctx.language)
    if answer.missing:
        show_markup(Html('<p class="hp-under">{}</p>').format(answer.missing))

    def choose(code: str) -> None:
        st.session_state[key] = ""
        open_commune(code)

    labels: dict[str, str] = {}
    for hit in answer.hits:
        place = find_place(ctx.facts, hit["kind"], hit["key"], language=ctx.language)
        for code in place.communes if place else ():
            name = ctx.facts.commune_names[code]
            labels.setdefault(code, name if hit["label"] == name else f"{name} ({hit['label']})")
    with st.container(key=f"{key}-hits", gap="xsmall"):
        for code, label in list(labels.items())[:MOST_HITS]:
            st.button(escape_markdown(label), key=f"{key}-{code}", on_click=choose, args=(code,))


def show_first_places(ctx: PageContext, page: str, parameter: str) -> None:
    """Show what was opened last and where land holds projects up, as links to ``page``."""
    names = ctx.facts.commune_names

    def choose(key: str, note: str = "") -> tuple[str, str, str] | None:
        place = (
            find_commune_or_district(ctx.facts, key, language=ctx.language)
            if parameter == "place"
            else None
        )
        name = names.get(key) or (place.name if place else "")
        address = f"{page}?{build_link_query(ctx, **{parameter: key})}"
        return (address, name[:1].upper() + name[1:], note) if name else None

    opened = [choose(key) for key in list_opened(ctx, "place")]
    show_choices(ctx.t("pages.opened.last"), filter(None, opened))
    layer = build_layer(ctx.facts, "clearance", Filters(), language=ctx.language)
    title = ctx.t(
        "pages.opened.clearance", period=layer.legend.period_label, count=len(layer.highlights)
    )
    late = [choose(one.code, one.detail) for one in layer.highlights]
    show_choices(title, filter(None, late))


def show_all_places(ctx: PageContext) -> None:
    """Show every place with items, and how many, to choose from."""
    districts = list_last_districts(ctx.facts)
    placed = list_item_communes(ctx.facts)
    counts: dict[str, set[str]] = {}
    for item, codes in placed.items():
        for code in codes:
            counts.setdefault(code, set()).add(item)
    lines = []
    for row in districts.sort_values(["province", "name"]).itertuples(index=False):
        items = set().union(*(counts.get(code, set()) for code in row.communes.split()))
        name = ctx.t(f"map.former.{row.kind}", name=row.name)
        lines.append((row.unit, name, len(items)))
    show_markup(_render_links(ctx, "districts", lines))
    communes = [
        (code, name, len(counts.get(code, ()))) for code, name in ctx.facts.commune_names.items()
    ]
    show_markup(
        _render_links(ctx, "communes", sorted(communes, key=lambda line: (-line[2], line[0])))
    )


def _render_links(ctx: PageContext, what: str, lines: list[tuple[str, str, int]]) -> Html:
    entries = join_markup(
        Html(
            '<li><a class="hp-link" href="dia-ban?{}" target="_self">{}</a> '
            '<span class="hp-under">{}</span></li>'
        ).format(build_link_query(ctx, place=key), name, ctx.t("bench.search.items", count=count))
        for key, name, count in lines
    )
    return Html('<h4>{}</h4><ul class="hp-columns">{}</ul>').format(
        ctx.t(f"bench.search.{what}"), entries
    )
