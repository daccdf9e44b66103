"""Choosing one of many items: in a list, narrowed to those that the words typed find.

A list in the browser knows only the words of its options; what is typed is looked up here, with the
other names and abbreviations that the map's search knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.details.place_search import search_places
from layers.labels.short_names import shorten_name
from pages.shell.html import Html, escape_markdown, show_markup
from store.facts.selection import find_items_by_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pages.shell.context import PageContext

MOST_OPTIONS: Final = 300
"""Items that are sent to the browser as one list."""

MOST_SEEN: Final = 20
"""Items that a list shows without words to narrow it."""

MOST_HITS: Final = 50
MOST_CHARS: Final = 80
MOST_NAME_CHARS: Final = 110


def ask_item_name(ctx: PageContext, *, key: str) -> str:
    """Ask for an item by any of its names or its code, in the words of the map's search."""
    typed: str | None = st.text_input(
        ctx.t("pages.items.search"),
        placeholder=ctx.t("pages.items.search_hint"),
        max_chars=MOST_CHARS,
        key=key,
        live=True,
    )
    return typed or ""


def show_item_hits(
    ctx: PageContext, typed: str, open_item: Callable[[str], None], *, key: str
) -> None:
    """Show what the map's search finds for the words; pressing one opens it and clears them."""
    if not typed.strip():
        return
    answer = search_places(ctx.facts, typed, ctx.language, only_items=True)
    if answer.missing:
        show_markup(Html('<p class="hp-under">{}</p>').format(answer.missing))

    def choose(item: str) -> None:
        st.session_state[key] = ""
        open_item(item)

    with st.container(key=f"{key}-hits", gap="xsmall"):
        for hit in answer.hits:
            words = escape_markdown(f"{hit['label']} ({hit['note']})")
            st.button(words, key=f"{key}-{hit['key']}", on_click=choose, args=(hit["key"],))


def list_item_choices(
    ctx: PageContext, items: Iterable[str], address: Callable[[str], str]
) -> Iterator[tuple[str, str, str]]:
    """Yield a link for every item that there is: address, code and name, no note."""
    names = ctx.facts.item_names
    for item in items:
        if item in names:
            yield address(item), f"{item} – {shorten_name(names[item], MOST_NAME_CHARS)}", ""


def list_item_options(
    ctx: PageContext, items: Collection[str], chosen: str = "", *, key: str
) -> list[str]:
    """Return the items that a list offers: all, or the first of those that what is typed finds.

    The field to type in stands where the items are more than one sees at once; ``chosen`` is always
    among them.
    """
    if len(items) <= MOST_SEEN:
        return list(items)
    typed = _ask_words(ctx, len(items), key)
    if not typed.strip() and len(items) <= MOST_OPTIONS:
        return list(items)
    among = set(items)
    hits = [item for item in find_items_by_text(ctx.facts, typed) if item in among][:MOST_HITS]
    return hits if not chosen or chosen in hits or chosen not in among else [chosen, *hits]


def find_wanted_items(ctx: PageContext, count: int, at_once: int, *, key: str) -> set[str] | None:
    """Return the items that what is typed finds, ``None`` where nothing is.

    The field to type in stands where ``count`` things of items are more than are shown at once.
    """
    typed = _ask_words(ctx, count, key) if count > at_once else ""
    return set(find_items_by_text(ctx.facts, typed)) if typed.strip() else None


def _ask_words(ctx: PageContext, count: int, key: str) -> str:
    return st.text_input(
        ctx.t("pages.items.find", count=count),
        placeholder=ctx.t("pages.items.find_hint"),
        max_chars=MOST_CHARS,
        key=f"{key}.find",
        width=230,
    )
